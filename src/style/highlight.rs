//! `[highlight]` of a style: what stands out, and by how much the rest steps back.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Length;
use crate::paint::Color;

/// `[highlight]`: places that stand out.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HighlightLook {
    /// Colour of their outline.
    pub line: Color,
    /// Its width.
    pub line_width: Length,
    /// A rim on both sides of the outline.
    pub rim: Color,
    /// Width of the rim on either side.
    pub rim_width: Length,
    /// How much paler the others are: the share of the page's colour in theirs.
    pub dim: f64,
}
