//! `[points]` of a style: the symbols of `[[points]]`. Their colour and rim are those of dots, in `[map]`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Length;
use crate::paint::Color;

/// `[points]`: symbols of points.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointsLook {
    /// Radius of a circle; other symbols have its area.
    pub radius: Length,
    /// A user's drawing is so many times as large, as it has details.
    pub drawing: f64,
    /// The symbols of classes that have none of their own, in turn.
    pub symbols: Vec<String>,
    /// Colours of classes without an order, in turn where their symbols differ; none: those of `[scale]`.
    pub categories: Vec<Color>,
    /// Radius of the largest symbol where amounts size them.
    pub max_radius: Length,
    /// None of those is smaller than this.
    pub least_radius: Length,
    /// All of those together cover at most this share of a square as wide as the page, else all are smaller.
    pub crowd: f64,
    /// Room between points that are moved apart.
    pub gap: Length,
    /// Points that are moved apart go no further than so many of their radii.
    pub farthest: f64,
    /// Points that are closer than this become one circle, where that is asked for.
    pub cluster: Length,
    /// Radius of the circle of two points; of more it grows with the root of their number.
    pub cluster_radius: Length,
    /// Up to so many times that radius.
    pub cluster_most: f64,
}
