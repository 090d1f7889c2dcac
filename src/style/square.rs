//! `[bivariate]` of a style: the colours of two numbers at once, and the square of the legend.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Length;
use crate::paint::Color;

/// `[bivariate]`: colours of two numbers at once.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SquareLook {
    /// Colours of the corners: both low, the first high, the second high, both high. Those between are mixed.
    pub corners: [Color; 4],
    /// Hatches in place of hues: the first number is the ground between the first two corners, the second a hatch in
    /// the colour of the third.
    pub hatch: bool,
    /// Colours of the first number from low to high where the second fades them: of like lightness.
    pub hues: Vec<Color>,
    /// What is left of them where the second number is lowest, 0 to 1.
    pub faintest: f64,
    /// Side of a class in the legend.
    pub cell: Length,
    /// Rim of the classes in the legend.
    pub rim: Color,
    /// Width of that rim; 0 for none.
    pub rim_width: Length,
    /// Arrows beside the words of the legend.
    pub arrow: Color,
    /// Width of their line.
    pub arrow_width: Length,
}
