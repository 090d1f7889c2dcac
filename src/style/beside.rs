//! Looks of what stands beside and on top of the map: furniture, insets, legend, charts, specimens.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Length;
use crate::paint::Color;

/// `[furniture]`: scale bar, north arrow and degrees.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FurnitureLook {
    /// Colour of bar and arrow.
    pub ink: Color,
    /// Width of the bar's line.
    pub line_width: Length,
    /// Height of the ticks at the bar's ends.
    pub tick: Length,
    /// Greatest length of the bar as a share of the map's width.
    pub share: Length,
    /// Length of the arrow.
    pub arrow: Length,
    /// Room between marks and words.
    pub gap: Length,
}

/// `[inset]`: maps inside the figure.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InsetLook {
    /// Its ground.
    pub ground: Color,
    /// Its frame.
    pub frame: Color,
    /// Width of the frame.
    pub frame_width: Length,
    /// Its width as a share of the map's.
    pub share: Length,
    /// Room between frame and map.
    pub padding: Length,
    /// Width of an inset of far places as a share of the map's.
    pub far_share: Length,
    /// Width of a far part of a composite as a share of the map's.
    pub part_share: Length,
    /// Width of a locator as a share of the map's.
    pub locator_share: Length,
    /// The main map's outline on a locator.
    pub locator_line: Color,
    /// Width of that outline.
    pub locator_width: Length,
    /// A main map that is smaller than this on the locator is marked by a square of this side.
    pub locator_least: Length,
}

/// `[legend]`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LegendLook {
    /// Width of a swatch.
    pub swatch_width: Length,
    /// Height of a swatch.
    pub swatch_height: Length,
    /// Between swatch and words.
    pub gap: Length,
    /// Between two entries.
    pub entry_gap: Length,
    /// Rim of swatches.
    pub rim: Color,
    /// Width of that rim; 0 for none.
    pub rim_width: Length,
    /// Width of one step of a scale of numbers.
    pub step_width: Length,
    /// Length of a bar on which lengths are true.
    pub bar_width: Length,
    /// Height of the tallest column above a bar that shows how many places have which number.
    pub column_height: Length,
    /// Room between two such columns as a share of one's width.
    pub column_gap: f64,
    /// Lines from a bar to its numbers, in the colour of those: their length.
    pub tick: Length,
    /// Their width.
    pub tick_width: Length,
    /// Height of a swatch under a word of the title, as a share of the word's size.
    pub underline: f64,
}

/// `[chart]`: small charts.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChartLook {
    /// Axes and ticks.
    pub axis: Color,
    /// Their width.
    pub axis_width: Length,
    /// Width of a chart.
    pub width: Length,
    /// Height of a chart.
    pub height: Length,
    /// Room between two bars as a share of a bar.
    pub bar_gap: f64,
}

/// `[specimen]`: sheets that show what there is.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpecimenLook {
    /// Least width of one specimen.
    pub cell: Length,
    /// Height of its picture as a multiple of its width.
    pub aspect: f64,
    /// Least width of a finished figure, px.
    pub figure: f64,
    /// Room between two figures.
    pub gap: Length,
}
