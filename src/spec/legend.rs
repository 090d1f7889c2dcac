//! `[legend]` of the map file, as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::map::CornerSpec;

/// `[legend]`: what tells the classes.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LegendSpec {
    /// Whether there is one. Default: true.
    pub show: Option<bool>,
    /// How it tells the classes: `list` (a swatch and words for each), `steps` (numbers: steps side by side), `gradient`
    /// (numbers: a bar on which lengths are true), `histogram` (such a bar under columns that show how many places have
    /// which number), `inline` (names of classes in title and subtitle stand in their colours) or `direct` (two classes: their names stand on the map). Default: `auto`, `gradient` for colours
    /// without steps, `steps` for other numbers, else `list`.
    pub form: Option<LegendFormSpec>,
    /// How many places are in each class, beside its words. Default: false.
    pub counts: Option<bool>,
    /// `horizontal` or `vertical`: whether entries stand side by side or below each other, and whether steps and
    /// gradients lie or stand. Default: `horizontal`; on the map entries stand below each other.
    pub direction: Option<DirectionSpec>,
    /// Words above it (what is measured, in which unit). Default: none.
    pub title: Option<String>,
    /// Where it stands: `above` the map, or on the `map` where that is emptiest; above it on a narrow page.
    /// Default: `above`, `map` when there is an `anchor`.
    pub position: Option<LegendPositionSpec>,
    /// The corner of the map that it stands in. Default: where the map is emptiest.
    pub anchor: Option<CornerSpec>,
    /// Px by which it is moved to the right from its corner of the map. Default: 0.
    pub dx: Option<f64>,
    /// Px by which it is moved down from there. Default: 0.
    pub dy: Option<f64>,
}

/// Where a legend stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LegendPositionSpec {
    /// Above the map.
    Above,
    /// On the map.
    Map,
}

/// How a legend tells the classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LegendFormSpec {
    /// By what the scale is.
    #[default]
    Auto,
    /// A swatch and words for each class.
    List,
    /// Numbers: steps side by side.
    Steps,
    /// Numbers: a bar on which lengths are true.
    Gradient,
    /// Numbers: such a bar under columns that show how many places have which.
    Histogram,
    /// Coloured words in title and subtitle.
    Inline,
    /// Words on the map.
    Direct,
}

/// Which way it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DirectionSpec {
    /// Side by side.
    Horizontal,
    /// One below the other.
    Vertical,
}
