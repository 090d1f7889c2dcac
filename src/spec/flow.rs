//! `[[flow]]` and `[flows]` of the map file: arrows from place to place, as they are written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::data::{FilterSpec, Word};
use super::map::PositionSpec;

/// `[[flow]]`: arrows from one place to others.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FlowSpec {
    /// Where the arrows begin.
    pub from: PositionSpec,
    /// Where they end.
    pub to: FlowTargets,
    /// How much goes there: a number for all, or a list with one for each of `to`. Default: none.
    pub value: Option<FlowValues>,
}

/// Where arrows end.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum FlowTargets {
    /// One place.
    One(String),
    /// Several places or positions.
    Many(Vec<PositionSpec>),
}

/// How much arrows stand for.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum FlowValues {
    /// Each for as much.
    One(f64),
    /// One number for each.
    Many(Vec<f64>),
}

/// `[flows]`: what the arrows say, and a table of them.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FlowsSpec {
    /// Path of a table with a row for each arrow, relative to the map file. Default: none.
    pub file: Option<String>,
    /// Name of its column of places where arrows begin. Default: `from` or `origin`.
    pub from: Option<Word>,
    /// Name of its column of places where they end. Default: `to` or `destination`.
    pub to: Option<Word>,
    /// Name of its column of numbers. Default: `value` or `amount`, where there is one.
    pub value: Option<Word>,
    /// Which rows count, as in `[data]`. Default: all.
    pub filter: Option<FilterSpec>,
    /// What shows how much an arrow stands for: its `width` or its `color`. Default: `width`.
    pub by: Option<FlowBySpec>,
    /// Width of the widest arrow in px at scale 1, 2 to 200. Default: the style's.
    pub max_width: Option<f64>,
    /// How many classes of colour there are, 2 to 9. Default: 3.
    pub classes: Option<usize>,
    /// Name of a palette (`pressmap palettes`) for arrows by colour. Default: the style's one hue.
    pub palette: Option<String>,
    /// What the arrows are, in the legend. Default: none; arrows without a value then have no entry in it.
    pub label: Option<String>,
    /// Written before the numbers of the legend. Default: nothing.
    pub prefix: Option<String>,
    /// Written after them. Default: nothing.
    pub suffix: Option<String>,
}

/// What shows how much an arrow stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FlowBySpec {
    /// Its width, in proportion.
    #[default]
    Width,
    /// Its colour, by class.
    Color,
}
