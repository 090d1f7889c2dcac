//! `[output]` of the map file: size and formats.

use schemars::JsonSchema;
use serde::Deserialize;

/// `[output]`: size and formats.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutputSpec {
    /// Width of the page in px at scale 1, 200 to 10000. Default: 1600.
    pub width: Option<f64>,
    /// Height of the page in px, or `auto`. Default: `auto`, as the map needs it.
    pub height: Option<HeightSpec>,
    /// Pixels of a raster image per px of the page, 0.1 to 10. Default: 1.
    pub scale: Option<f64>,
    /// Dots per inch written into raster images. Default: 96 times the scale.
    pub dpi: Option<f64>,
    /// File formats written when no output is named. Default: `["svg", "png"]`.
    pub formats: Option<Vec<String>>,
}

/// Height of the page.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum HeightSpec {
    /// Px at scale 1.
    Px(f64),
    /// `auto`.
    Name(String),
}
