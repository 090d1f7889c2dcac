//! `[symbols]` of a style: circles of amounts, on the map and in the legend.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Length;
use crate::paint::Color;

/// `[symbols]`: circles of amounts.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SymbolLook {
    /// Colour of circles that no second value colours.
    pub fill: Color,
    /// Rim of every circle.
    pub rim: Color,
    /// Width of that rim.
    pub rim_width: Length,
    /// Radius of the largest circle.
    pub max_radius: Length,
    /// No circle is smaller than this.
    pub least_radius: Length,
    /// All circles together cover at most this share of a square as wide as the page, else all are smaller.
    pub crowd: f64,
    /// Fill of the circles of the legend.
    pub legend_fill: Color,
    /// Their rim, and the lines to their words.
    pub legend_line: Color,
    /// Width of both.
    pub legend_line_width: Length,
}
