//! The map file: every key, its meaning and its default, as it is written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::data::{BordersSpec, DataSpec};
use super::flow::{FlowSpec, FlowsSpec};
use super::highlight::HighlightSpec;
use super::legend::LegendSpec;
use super::output::OutputSpec;
use super::points::PointsSpec;
use super::scale::ScaleSpec;
use super::symbols::SymbolsSpec;

/// A map file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MapSpec {
    /// The finding, in a few words. Default: none.
    pub title: Option<String>,
    /// One sentence under the title. Default: none.
    pub subtitle: Option<String>,
    /// Where the facts come from; printed after "Source:". Default: none.
    pub source: Option<String>,
    /// Who made the figure, printed at the foot; credit for the borders is added to it. Default: none.
    pub credit: Option<String>,
    /// A remark at the foot; `**bold**` and `*italic*`. Default: none.
    pub note: Option<String>,
    /// Alternative text for people who do not see the figure. Default: `auto`, made from the data.
    pub alt: Option<String>,
    /// Language of names and number formats, a BCP 47 tag. Default: `en`.
    pub lang: Option<String>,
    /// Name of a bundled style, or the path of a style file. Default: `newsroom`.
    pub style: Option<String>,
    /// The table.
    #[serde(default)]
    pub data: DataSpec,
    /// Borders of your own.
    #[serde(default)]
    pub borders: BordersSpec,
    /// How values become paint.
    #[serde(default)]
    pub scale: ScaleSpec,
    /// Amounts as circles on the places. Default: none.
    pub symbols: Option<SymbolsSpec>,
    /// Places that stand out.
    #[serde(default)]
    pub highlight: HighlightSpec,
    /// What part of the world is shown, and how.
    #[serde(default)]
    pub frame: FrameSpec,
    /// What `frame.view` shows that the bundled views do not.
    #[serde(default)]
    pub view: ViewSpec,
    /// Which places are named.
    #[serde(default)]
    pub labels: LabelsSpec,
    /// The legend.
    #[serde(default)]
    pub legend: LegendSpec,
    /// Rows of a table drawn as points.
    #[serde(default)]
    pub points: Vec<PointsSpec>,
    /// Remarks tied to a position.
    #[serde(default)]
    pub callout: Vec<CalloutSpec>,
    /// Arrows from place to place.
    #[serde(default)]
    pub flow: Vec<FlowSpec>,
    /// What the arrows say, and a table of them.
    #[serde(default)]
    pub flows: FlowsSpec,
    /// What helps to read the main map as a map.
    #[serde(default)]
    pub furniture: FurnitureSpec,
    /// Further maps inside the figure.
    #[serde(default)]
    pub inset: Vec<InsetSpec>,
    /// Small charts beside the map.
    #[serde(default)]
    pub chart: Vec<ChartSpec>,
    /// Size and formats.
    #[serde(default)]
    pub output: OutputSpec,
}

/// `[frame]`: what part of the world, and how.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FrameSpec {
    /// `data`, `world`, a region (`Americas`), a list of places, or `[west, south, east, north]`. Default: `data`.
    pub fit: Option<FitSpec>,
    /// `auto`, a name (`pressmap projections`), a composite (`albers-usa`, `france`, `spain`, `portugal`, `chile`,
    /// `ecuador`), or a PROJ string (`+proj=laea +lat_0=52 +lon_0=10`). Default: `auto`, an equal-area one that suits the
    /// frame.
    pub projection: Option<String>,
    /// Longitude and latitude of the middle. Default: the middle of what is shown.
    pub center: Option<[f64; 2]>,
    /// Standard parallels of conic and cylindrical projections. Default: by the one-sixth rule.
    pub parallels: Option<[f64; 2]>,
    /// Turn of the map in degrees clockwise. Default: 0.
    pub rotate: Option<f64>,
    /// Room around what is fitted, as a share of the frame. Default: the style's.
    pub padding: Option<f64>,
    /// Whose borders: `de-facto`, `un`, an ISO code (`IN`), or a name of your own (see `[view]`). Default: `de-facto`.
    pub view: Option<String>,
    /// Land around the fitted places: `near` leaves out land masses that lie wholly outside their box, `all` draws
    /// whatever the page shows. Default: `near`.
    pub context: Option<ContextSpec>,
    /// What becomes of a few places that lie so far from the others that the map would shrink: `inset` shows them apart,
    /// `fit` fits them as all others. Default: `inset`.
    pub far: Option<FarSpec>,
    /// Lines of longitude and latitude every so many degrees. Default: none.
    pub graticule: Option<f64>,
    /// Borders from `coarse` (1:110 million), `medium` (1:50 million) or `fine` (1:10 million) data. Default: by the size of the map.
    pub detail: Option<DetailSpec>,
}

/// What counts as one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UnitsSpec {
    /// Territories and overseas parts that have an ISO code are places of their own.
    Own,
    /// They are drawn as parts of their state, in its colour.
    Sovereign,
}

/// `[view]`: how disputed areas are shown, beyond the bundled views.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewSpec {
    /// What the figure calls it. Default: the name of `frame.view`.
    pub name: Option<String>,
    /// Area by area (docs/views.md lists them), the place that it is shown as a part of; `own` for land of its
    /// own; `dashed` after either for a dashed border. Default: none.
    #[serde(default)]
    pub areas: BTreeMap<String, String>,
    /// Path of a CSV file with the columns view, area, shows and lines (`dashed` or `none`), relative to the map file.
    /// Default: none.
    pub file: Option<String>,
}

/// Which land is drawn around the fitted places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ContextSpec {
    /// Land masses that reach into the box of the fitted places.
    Near,
    /// All that the page shows.
    All,
}

/// What becomes of far places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FarSpec {
    /// An inset of their own.
    Inset,
    /// They are fitted as all others.
    Fit,
}

/// How fine the borders are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DetailSpec {
    /// 1:110 million.
    Coarse,
    /// 1:50 million.
    Medium,
    /// 1:10 million.
    Fine,
}

/// What the frame shows.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum FitSpec {
    /// `data`, `world`, or the name of a region or a place.
    Name(String),
    /// West, south, east, north in degrees; west may be east of east (across ±180).
    Box([f64; 4]),
    /// Places.
    Places(Vec<String>),
}

/// `[labels]`: which places are named.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LabelsSpec {
    /// `data`, `all`, `none` or a list of places. Default: `data` for up to 40 places, else `none`.
    pub show: Option<ShowSpec>,
    /// What a label says; `{name}`, `{value}` and `{code}` are filled in. Default: `{name}`.
    pub text: Option<String>,
    /// Labels set by hand, by the code or name of their place. Default: none.
    #[serde(default)]
    pub pin: BTreeMap<String, LabelPinSpec>,
}

/// `[labels.pin.PLACE]`: one label set by hand. With `dx`, `dy` or `anchor` it stands where they say, whatever the
/// data; the other labels keep off it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LabelPinSpec {
    /// Px to the right of the label point of its place. Default: 0.
    pub dx: Option<f64>,
    /// Px below it; the middle of the words comes to lie there. Default: 0.
    pub dy: Option<f64>,
    /// Which end of the words stands there: `start`, `middle` or `end`. Default: `middle`.
    pub anchor: Option<AnchorSpec>,
    /// Words are broken into lines of at most so many px. Default: as it suits.
    pub wrap: Option<f64>,
    /// It is left out. Default: false.
    pub hide: Option<bool>,
    /// What it says, as in `labels.text`. Default: `labels.text`.
    pub text: Option<String>,
}

/// Which end of words stands at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AnchorSpec {
    /// The left end.
    Start,
    /// The middle.
    Middle,
    /// The right end.
    End,
}

/// A corner of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CornerSpec {
    /// Upper left.
    TopLeft,
    /// Upper right.
    TopRight,
    /// Lower left.
    BottomLeft,
    /// Lower right.
    BottomRight,
}

/// Which places are named.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ShowSpec {
    /// `data`, `all` or `none`.
    Name(String),
    /// Places.
    Places(Vec<String>),
}

/// `[[callout]]`: a remark tied to a position.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalloutSpec {
    /// `[longitude, latitude]`, or the name of a place.
    pub at: PositionSpec,
    /// The remark; `**bold**` and `*italic*`.
    pub text: String,
    /// Px from the position to the right, to where `anchor` of the words stands. Default: where there is room.
    pub dx: Option<f64>,
    /// Px from the position down, to the middle of the words. Default: where there is room.
    pub dy: Option<f64>,
    /// Which side of the words stands there: `start`, `middle` or `end`. Default: the side that looks to the position.
    pub anchor: Option<AnchorSpec>,
    /// Words are broken into lines of at most so many px. Default: the style's.
    pub wrap: Option<f64>,
}

/// A position.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum PositionSpec {
    /// Longitude and latitude in degrees.
    LonLat([f64; 2]),
    /// The label point of a place.
    Place(String),
}

/// `[furniture]`: scale, direction and degrees of the main map.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FurnitureSpec {
    /// Degrees at the ends of the lines of `frame.graticule`. Default: false.
    pub graticule_labels: Option<bool>,
    /// A bar that is as long as so many kilometres. It is left out, with a warning, where the scale varies by more than
    /// a tenth over the frame. Default: false.
    pub scale_bar: Option<bool>,
    /// `km` or `mi`, of the scale bar. Default: `km`.
    pub unit: Option<UnitSpec>,
    /// An arrow to the north. It is left out, with a warning, where north is not one direction. Default: false.
    pub north_arrow: Option<bool>,
}

/// Units of length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UnitSpec {
    /// Kilometres.
    Km,
    /// Miles.
    Mi,
}

/// What an inset shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InsetKindSpec {
    /// A map with data.
    Map,
    /// A small globe that shows where the main map lies.
    Locator,
}

/// `[[inset]]`: a further map in a frame of its own.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InsetSpec {
    /// `map`, or `locator` for a small globe that shows where the main map lies. Default: `map`.
    pub kind: Option<InsetKindSpec>,
    /// A few words above it. Default: none.
    pub title: Option<String>,
    /// Its table. Default: that of the main map.
    pub data: Option<DataSpec>,
    /// Its frame. Default: fitted to its data.
    #[serde(default)]
    pub frame: FrameSpec,
    /// Which of its places are named. Default: `data`.
    #[serde(default)]
    pub labels: LabelsSpec,
    /// Its width as a share of the map's. Default: the style's.
    pub width: Option<f64>,
    /// The corner of the map that it stands in; on a narrow page it stands under the map. Default: where the map is emptiest.
    pub anchor: Option<CornerSpec>,
    /// Px by which it is moved to the right from its corner. Default: 0.
    pub dx: Option<f64>,
    /// Px by which it is moved down from there. Default: 0.
    pub dy: Option<f64>,
}

/// `[[chart]]`: a small chart beside the map.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChartSpec {
    /// `histogram` (how many places have which value) or `ranking` (the highest values as bars).
    pub kind: ChartKindSpec,
    /// A few words above it. Default: none.
    pub title: Option<String>,
    /// How many bars a ranking has, 3 to 20. Default: 10.
    pub top: Option<usize>,
}

/// Kinds of chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChartKindSpec {
    /// How many places have which value.
    Histogram,
    /// The highest values as bars.
    Ranking,
}
