//! `[[points]]` of the map file: rows that say where they are, and what stands there.

use schemars::JsonSchema;
use serde::Deserialize;

use super::data::{FilterSpec, Word};
use super::scale::ScaleSpec;
use crate::paint::Color;

/// `[[points]]`: rows that say where they are by longitude and latitude, drawn as symbols.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointsSpec {
    /// Path of the data file, relative to the map file. Default: the table of `[data]`, read as it says.
    pub file: Option<String>,
    /// Name of the column that holds longitudes in degrees. Default: that of `[data]`, or found by its name.
    pub lon: Option<Word>,
    /// Name of the column that holds latitudes. Default: found with `lon`.
    pub lat: Option<Word>,
    /// Name of the column that says what each point is, for the SVG's tooltips and for `labels`. Default: none.
    pub name: Option<Word>,
    /// Which rows count, as in `[data]`. Default: all.
    pub filter: Option<FilterSpec>,
    /// What stands at each point: `circle`, `square`, `diamond`, `triangle`, `triangle-down`, `pentagon`, `hexagon`,
    /// `star`, `plus`, `cross` or `ring`, or the path of an SVG file, relative to the map file. Default: a dot; for
    /// classes, the style's.
    pub symbol: Option<String>,
    /// Radius of a symbol in px at scale 1, 0.5 to 200. Default: the style's.
    pub radius: Option<f64>,
    /// Colour of symbols without classes. Default: the style's.
    pub color: Option<Color>,
    /// Name of the column whose values are classes with colours and symbols of their own. Default: none.
    pub value: Option<Word>,
    /// How those values become paint; the keys of `[scale]`. Default: by the data.
    pub scale: Option<ScaleSpec>,
    /// Name of the column of amounts that size the symbols, area in proportion. Default: none.
    pub size: Option<Word>,
    /// Radius of the largest symbol in px at scale 1, 2 to 400, where they are sized. Default: the style's.
    pub max_radius: Option<f64>,
    /// Words in the legend: beside the symbol, or above its classes. Default: none; without classes and words no entry.
    pub legend: Option<String>,
    /// Words above the sizes in the legend. Default: the name of the column.
    pub size_title: Option<String>,
    /// Whether the names stand beside the points. Default: false.
    pub labels: Option<bool>,
    /// Points that would lie over one another are moved apart, a little. Default: false.
    pub dodge: Option<bool>,
    /// Points that are close together become one circle with their number. Default: false.
    pub cluster: Option<bool>,
    /// How close those are, in px at scale 1, 2 to 400. Default: the style's.
    pub cluster_distance: Option<f64>,
}
