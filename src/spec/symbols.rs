//! `[symbols]` of the map file: amounts as circles on the places.

use schemars::JsonSchema;
use serde::Deserialize;

use super::data::Word;

/// `[symbols]`: amounts as circles on the places, which stay plain land beneath.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SymbolsSpec {
    /// `circle`: one on each place, its area in proportion to the value. Default: `circle`.
    pub kind: Option<SymbolKindSpec>,
    /// Name of the column of the amounts; where `data.value` names another one, that colours the circles.
    /// Default: the value column.
    pub column: Option<Word>,
    /// Radius of the largest circle in px at scale 1, 2 to 400. Default: the style's, less where there are many.
    pub max_radius: Option<f64>,
    /// What is drawn in place of a circle, with its area: `square`, `diamond`, `triangle`, `triangle-down`, `pentagon` or
    /// `hexagon`. Default: `circle`.
    pub symbol: Option<String>,
    /// Larger circles grow a little faster, as readers take them for smaller than they are (Flannery 1971).
    /// Default: false.
    pub flannery: Option<bool>,
    /// Values whose circles the legend shows, one to four. Default: found, two or three round ones.
    pub legend: Option<Vec<f64>>,
    /// Words above these circles. Default: the legend's title, or the name of the column.
    pub title: Option<String>,
}

/// Kinds of symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SymbolKindSpec {
    /// Circles, area in proportion to the value.
    Circle,
}
