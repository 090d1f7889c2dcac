//! `[highlight]` of the map file: places that stand out.

use schemars::JsonSchema;
use serde::Deserialize;

/// `[highlight]`: places that stand out.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HighlightSpec {
    /// Places, or regions, that get an outline; all others with data become paler. Default: none.
    #[serde(default)]
    pub places: Vec<String>,
    /// How much paler the others are, 0 (as they were) to 1 (gone). Default: the style's.
    pub dim: Option<f64>,
}
