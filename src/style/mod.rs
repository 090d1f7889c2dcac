//! Looks: colours by role, the type scale, line weights, spacing. Nothing else, and nowhere else.
//!
//! A style file is TOML. It may extend another one, and a length may be written for a narrow and a wide
//! page (`{ narrow = 26, wide = 58 }`), so that one style serves a phone and a poster. [`load`] merges,
//! resolves the lengths at the figure's width and gives a [`Style`], whose sections are handed to the
//! rooms that draw with them. Lengths are px at scale 1 unless said otherwise.

mod beside;
mod highlight;
mod load;
mod points;
mod schema;
mod square;
mod symbol;
#[cfg(test)]
mod tests;

pub use beside::{ChartLook, FurnitureLook, InsetLook, LegendLook, SpecimenLook};
pub use highlight::HighlightLook;
pub(crate) use load::prepare;
pub use load::{BUNDLED, bundled, load};
pub use points::PointsLook;
pub use schema::schema;
pub use square::SquareLook;
pub use symbol::SymbolLook;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::paint::Color;
use crate::text::Font;

/// A style at one page width.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// What it is for, in a sentence.
    pub description: String,
    /// The sheet.
    pub page: PageLook,
    /// The type scale.
    pub text: TextLooks,
    /// Land, sea and borders.
    pub map: MapLook,
    /// Paint of classes.
    pub scale: ScaleLook,
    /// Colours of two numbers at once.
    pub bivariate: SquareLook,
    /// Circles of amounts.
    pub symbols: SymbolLook,
    /// Symbols of points.
    pub points: PointsLook,
    /// Places that stand out.
    pub highlight: HighlightLook,
    /// Names on the map.
    pub labels: LabelLook,
    /// Remarks tied to a position.
    pub callout: CalloutLook,
    /// Arrows.
    pub flow: FlowLook,
    /// Scale bar and north arrow.
    pub furniture: FurnitureLook,
    /// Maps inside the figure.
    pub inset: InsetLook,
    /// The legend.
    pub legend: LegendLook,
    /// Small charts.
    pub chart: ChartLook,
    /// Specimen sheets.
    pub specimen: SpecimenLook,
}

/// A length in px at scale 1, or one for a narrow (390 px) and a wide (1600 px) page, between which it
/// grows by a power of the width.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Deserialize)]
#[serde(transparent)]
pub struct Length(pub f64);

impl JsonSchema for Length {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Length".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "px at scale 1, or one for a 390 px and one for a 1600 px wide page",
            "anyOf": [
                { "type": "number" },
                {
                    "type": "object",
                    "properties": { "narrow": { "type": "number" }, "wide": { "type": "number" } },
                    "required": ["narrow", "wide"],
                    "additionalProperties": false
                }
            ]
        })
    }
}

/// How words of one role are set.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextLook {
    /// Name of a bundled family.
    pub family: String,
    /// Font size.
    pub size: Length,
    /// CSS weight, 100 to 900.
    pub weight: u16,
    /// Italic.
    #[serde(default)]
    pub italic: bool,
    /// Distance between baselines as a multiple of the size.
    pub leading: f64,
    /// Extra space after every letter as a share of the size.
    #[serde(default)]
    pub tracking: f64,
    /// Colour.
    pub color: Color,
}

impl TextLook {
    /// The font.
    pub fn font(&self) -> Font {
        Font { family: self.family.clone(), weight: self.weight, italic: self.italic }
    }

    /// Distance between baselines in px.
    pub fn line_height(&self) -> f64 {
        self.size.0 * self.leading
    }

    /// The same in another size.
    #[must_use]
    pub fn sized(&self, factor: f64) -> TextLook {
        TextLook { size: Length(self.size.0 * factor), ..self.clone() }
    }
}

/// `[text.ROLE]`: the type scale.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextLooks {
    /// The title.
    pub title: TextLook,
    /// The sentence under it.
    pub deck: TextLook,
    /// Words of the legend.
    pub legend: TextLook,
    /// Words above the legend.
    pub legend_title: TextLook,
    /// Names of places with data.
    pub label: TextLook,
    /// Names of other places.
    pub context: TextLook,
    /// Names of points, and the numbers of those that are drawn as one.
    pub point: TextLook,
    /// Remarks on the map.
    pub callout: TextLook,
    /// Words above an inset.
    pub inset_title: TextLook,
    /// Names in an inset.
    pub inset_label: TextLook,
    /// Words above a chart.
    pub chart_title: TextLook,
    /// Numbers and names in a chart.
    pub chart: TextLook,
    /// The remark at the foot.
    pub note: TextLook,
    /// Source and credit.
    pub source: TextLook,
}

impl TextLooks {
    /// Every role by its key.
    pub fn roles(&self) -> [(&'static str, &TextLook); 14] {
        [
            ("title", &self.title),
            ("deck", &self.deck),
            ("legend", &self.legend),
            ("legend_title", &self.legend_title),
            ("label", &self.label),
            ("context", &self.context),
            ("point", &self.point),
            ("callout", &self.callout),
            ("inset_title", &self.inset_title),
            ("inset_label", &self.inset_label),
            ("chart_title", &self.chart_title),
            ("chart", &self.chart),
            ("note", &self.note),
            ("source", &self.source),
        ]
    }
}

/// `[page]`: the sheet.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageLook {
    /// Its colour.
    pub background: Color,
    /// Empty rim on all sides.
    pub margin: Length,
    /// Between title and deck, deck and legend.
    pub gap: Length,
    /// Between the header and the map, the map and the foot.
    pub map_gap: Length,
    /// Greatest measure of running text in times its size.
    pub measure: f64,
    /// The same for notes and sources, in which more is said in smaller type.
    pub note_measure: f64,
    /// Greatest height of the map as a multiple of the page's width.
    pub tallest: Length,
    /// Smallest height of the map as a multiple of the page's width.
    pub flattest: f64,
    /// Below this page width, callouts become numbered notes and insets stand under the map.
    pub narrow: f64,
}

/// `[map]`: land, sea and borders.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MapLook {
    /// The sea.
    pub sea: Color,
    /// Places that the table does not name.
    pub land: Color,
    /// Land around places that have borders of their own.
    pub context: Color,
    /// Lakes.
    pub lake: Color,
    /// Borders between dark areas.
    pub border: Color,
    /// Borders where an area beside them is too pale for `border`.
    pub border_dark: Color,
    /// Width of borders.
    pub border_width: Length,
    /// Width of lines between provinces of one country.
    pub province_width: Length,
    /// Lengths of dashes and gaps of disputed borders.
    pub disputed_dash: [f64; 2],
    /// Coasts of areas that are too pale for the sea beside them.
    pub coast: Color,
    /// Width of coasts.
    pub coast_width: Length,
    /// The sea along a coast, from where it turns into the sea's colour.
    pub glow: Color,
    /// How far that reaches; 0 for none. Maps of countries and of provinces have it.
    pub glow_width: Length,
    /// Smallest contrast ratio at which two areas or an area and a line are told apart.
    pub contrast: f64,
    /// Edge of the globe.
    pub globe: Color,
    /// Width of the globe's edge.
    pub globe_width: Length,
    /// Lines of longitude and latitude.
    pub graticule: Color,
    /// Width of these lines.
    pub graticule_width: Length,
    /// A place with data gets a marker when no part of it is as large as a square of this side, and all together are
    /// below three such squares.
    pub marker_below: Length,
    /// Radius of a marker.
    pub marker_radius: Length,
    /// Smallest radius of a marker among others that it would lie over.
    pub marker_least: Length,
    /// Radius of the dot for a further island of a place with a marker, far from it.
    pub marker_islet: Length,
    /// Rim of such a marker.
    pub marker_rim: Color,
    /// Width of that rim.
    pub marker_rim_width: Length,
    /// Points of `[[points]]`.
    pub point: Color,
    /// Radius of a point.
    pub point_radius: Length,
    /// Rim of a point.
    pub point_rim: Color,
    /// Width of that rim.
    pub point_rim_width: Length,
    /// Room around the fitted places as a share of the frame.
    pub padding: f64,
}

/// `[scale]`: paint of classes.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScaleLook {
    /// One hue, darkest first.
    pub ramp: Vec<Color>,
    /// Colours of categories without an order.
    pub categories: Vec<Color>,
    /// Ground of places without a value.
    pub no_data: Color,
    /// Hatch of places without a value.
    pub no_data_mark: Color,
    /// Direction of hatches in degrees clockwise from the x axis.
    pub hatch_angle: f64,
    /// Distance between two lines of a hatch.
    pub hatch_spacing: Length,
    /// Width of a line of a hatch.
    pub hatch_width: Length,
    /// Distance between two dots.
    pub dot_spacing: Length,
    /// Radius of a dot.
    pub dot_radius: Length,
    /// Width of a stripe.
    pub stripe_width: Length,
}

/// `[labels]`: names on the map.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LabelLook {
    /// Ink on pale ground.
    pub on_light: Color,
    /// Ink on dark ground.
    pub on_dark: Color,
    /// Width of the rim in the colour beneath.
    pub halo: Length,
    /// Smaller steps that a name may take to fit, as factors of its size.
    pub steps: Vec<f64>,
    /// Widest spaces between the letters of a name whose area is much wider than it, as a share of its size, 0 to 0.35;
    /// 0 for none.
    pub spread: f64,
    /// No name is set below this size.
    pub smallest: Length,
    /// Colour of leader lines.
    pub leader: Color,
    /// Their width.
    pub leader_width: Length,
    /// Width of the edge in the colour of the page on both sides of a leader; 0 for none.
    pub leader_edge: Length,
    /// Room between leader and words.
    pub leader_gap: Length,
    /// Radius of the dot where a leader ends.
    pub leader_dot: Length,
    /// Most names that are shown without being asked for.
    pub most: f64,
    /// From so many names on a map, they are set smaller.
    pub crowd: f64,
    /// Their size then, as a share of the usual one.
    pub crowded: f64,
}

/// `[callout]`: remarks tied to a position.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalloutLook {
    /// Colour of the line and the ring.
    pub line: Color,
    /// Their width.
    pub line_width: Length,
    /// Radius of the ring at the position.
    pub ring: Length,
    /// Paint inside the ring.
    pub ring_fill: Color,
    /// Width of a block of words.
    pub width: Length,
    /// Room between words and line.
    pub gap: Length,
    /// Numbers in place of words on a narrow page: their size.
    pub number_radius: Length,
}

/// `[flow]`: arrows.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FlowLook {
    /// Their colour.
    pub color: Color,
    /// A rim that parts them from the areas beneath.
    pub rim: Color,
    /// Width of the rim.
    pub rim_width: Length,
    /// Width at the start.
    pub start_width: Length,
    /// Width before the head.
    pub end_width: Length,
    /// Width of the widest of arrows whose width is in proportion to a value.
    pub max_width: Length,
    /// None of these is drawn narrower.
    pub least_width: Length,
    /// Length of an arrow in the legend.
    pub sample: Length,
    /// Length of the head.
    pub head_length: Length,
    /// Width of the head.
    pub head_width: Length,
    /// How far the curve bows, as a share of its length.
    pub bow: f64,
    /// Room between the head and the words it points to.
    pub gap: Length,
}
