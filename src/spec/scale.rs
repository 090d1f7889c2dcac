//! `[scale]` of the map file: kinds, classes, breaks and palettes, as they are written.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::paint::Color;

/// `[scale]`: how values become paint.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScaleSpec {
    /// `ordered`, `nominal`, `sequential`, `diverging`, `bivariate` (two columns of numbers at once) or `value-by-alpha` (the
    /// second column fades the colours of the first). Default: by the data.
    pub kind: Option<KindSpec>,
    /// Named classes in the order of the legend, strongest first. Default: found in the data.
    #[serde(default)]
    pub class: Vec<ClassSpec>,
    /// How numbers are classed: `quantile`, `equal`, `jenks`, `pretty`, `log` or `breaks`; `continuous` or
    /// `continuous-log`: not at all, every number has its own colour. Default: `quantile`.
    pub method: Option<MethodSpec>,
    /// How many classes of numbers, 2 to 9; of each column of a scale of two 2 to 4. Default: 5, and 3 of each.
    pub classes: Option<usize>,
    /// Inner breaks between classes, ascending; implies `method = "breaks"`. Default: none.
    pub breaks: Option<Vec<f64>>,
    /// Inner breaks of the second column of a scale of two; `breaks` are those of the first. Default: found.
    pub second_breaks: Option<Vec<f64>>,
    /// Words at the two sides of the legend of such a scale: of the first column and of the second. Default: their names.
    pub axes: Option<Vec<String>>,
    /// Name of a palette (`pressmap palettes`); of a bivariate scale, two with a slash (`Blues/Reds`). Default: the
    /// style's own.
    pub palette: Option<String>,
    /// Turn the palette round. Default: false.
    pub reverse: Option<bool>,
    /// Words for places without a value. Default: `No data`.
    pub no_data: Option<String>,
    /// The middle of a diverging scale. Default: 0.
    pub midpoint: Option<f64>,
    /// Written before numbers (`$`). Default: nothing.
    pub prefix: Option<String>,
    /// Written after numbers (` %`). Default: nothing.
    pub suffix: Option<String>,
}

/// Kinds of scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KindSpec {
    /// Steps of one idea, strongest first.
    Ordered,
    /// Categories without an order.
    Nominal,
    /// Numbers from low to high.
    Sequential,
    /// Numbers on two sides of a middle.
    Diverging,
    /// Two columns of numbers at once, a square of classes.
    Bivariate,
    /// The colours of one column of numbers, the fainter the lower a second one is.
    ValueByAlpha,
}

impl KindSpec {
    /// Whether it is a scale of two columns at once.
    pub fn is_of_two(self) -> bool {
        matches!(self, KindSpec::Bivariate | KindSpec::ValueByAlpha)
    }
}

/// How numbers are classed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MethodSpec {
    /// As many places in every class.
    Quantile,
    /// Classes of one width.
    Equal,
    /// Natural breaks.
    Jenks,
    /// Round numbers.
    Pretty,
    /// Classes of one width on a logarithmic scale.
    Log,
    /// The breaks given.
    Breaks,
    /// No classes: colours without steps.
    Continuous,
    /// The same over logarithms.
    ContinuousLog,
}

/// `[[scale.class]]`: one named class.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassSpec {
    /// The value as the table writes it.
    pub value: String,
    /// Its words in the legend. Default: the value.
    pub label: Option<String>,
    /// Its colour. Default: from the palette.
    pub color: Option<Color>,
    /// `hatch`, `cross`, `dots` or `stripes`, drawn over the class's colour. Default: none.
    pub pattern: Option<PatternSpec>,
    /// Direction of its lines in degrees clockwise from the horizontal, -180 to 180. Default: the style's.
    pub angle: Option<f64>,
    /// Two to four colours of stripes of one width, in place of `color`; implies `pattern = "stripes"`. Default: none.
    pub colors: Option<Vec<Color>>,
    /// Its symbol where the classes are those of points: a name, or the path of an SVG file. Default: the style's.
    pub symbol: Option<String>,
}

/// Forms of pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PatternSpec {
    /// Parallel lines.
    Hatch,
    /// Two sets of parallel lines.
    Cross,
    /// Dots.
    Dots,
    /// Broad bands.
    Stripes,
}
