//! Values into classes, classes into paint, and the legend's entries from the same object.
//!
//! A [`Scale`] is made once from the joined values. The map asks it for the paint of a value, the
//! legend for its entries; they cannot disagree.

mod breaks;
mod classes;
mod labels;
mod numeric;
mod oklab;
pub mod palettes;
mod pattern;
mod ramp;
mod round;
mod strength;
#[cfg(test)]
mod tests;

use crate::diagnostic::{Diagnostic, Diagnostics, Result, Warned};
use crate::join::Value;
use crate::paint::{Color, Paint, PatternForm};

/// What kind of scale is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Steps of one idea, strongest first.
    Ordered,
    /// Categories without an order.
    Nominal,
    /// Numbers from low to high.
    Sequential,
    /// Numbers on two sides of a middle.
    Diverging,
}

/// How class breaks are found.
#[derive(Clone, Debug, PartialEq)]
pub enum Method {
    /// As many places in every class.
    Quantile,
    /// Classes of the same width.
    Equal,
    /// Natural breaks (Fisher 1958; Jenks 1977), exact.
    Jenks,
    /// Round numbers at round distances (Heckbert 1990, "Nice numbers for graph labels").
    Pretty,
    /// Round numbers at distances that grow by a factor: 1, 10, 100 or 1, 2, 5, 10.
    Log,
    /// These inner breaks, ascending.
    Breaks(Vec<f64>),
}

/// A class that the user named.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassOptions {
    /// The value in the table (compared without case and outer space).
    pub value: String,
    /// Its words in the legend.
    pub label: String,
    /// Its own colour.
    pub color: Option<Color>,
    /// A pattern drawn over a paler ground.
    pub pattern: Option<PatternForm>,
}

/// What to make a scale from. Colours come from a palette or the style.
#[derive(Clone, Debug, PartialEq)]
pub struct ScaleOptions {
    /// `None`: numbers are sequential, words are nominal (ordered when `classes` are given, or when all
    /// are words of strength such as `established` and `reported`).
    pub kind: Option<Kind>,
    /// Classes in the order of the legend; empty: found from the data.
    pub classes: Vec<ClassOptions>,
    /// How numbers are classed.
    pub method: Method,
    /// How many numeric classes, 2 to 9.
    pub count: usize,
    /// Name of a palette; `None`: `ramp` (ordered, sequential) or `categories` (nominal).
    pub palette: Option<String>,
    /// Turn the palette round.
    pub reverse: bool,
    /// The middle of a diverging scale.
    pub midpoint: f64,
    /// The style's one-hue ramp, darkest first.
    pub ramp: Vec<Color>,
    /// The style's colours for categories.
    pub categories: Vec<Color>,
    /// The style's pattern for classes that are found in the data and stand for what is only reported.
    pub doubt: PatternForm,
    /// Paint of a place that is in the table without a value; also that of a place that is not in it when the scale is numeric.
    pub no_data: Paint,
    /// Words for it in the legend.
    pub no_data_label: String,
    /// Paint of a place that the table does not name.
    pub absent: Color,
    /// Turns a number into words in the figure's language.
    pub number: NumberFormat,
    /// Words of numeric classes that are open to one side.
    pub words: RangeWords,
}

/// How numbers are written.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberFormat {
    /// Between whole and fraction.
    pub decimal: char,
    /// Between groups of three digits; empty for none.
    pub group: String,
    /// Before the number (`$`).
    pub prefix: String,
    /// After the number (` %`).
    pub suffix: String,
}

/// How the lowest and the highest class are written; `{}` stands for the number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RangeWords {
    /// Default: `under {}`.
    pub under: String,
    /// Default: `{} and more`.
    pub over: String,
}

impl Default for RangeWords {
    fn default() -> Self {
        RangeWords { under: "under {}".to_owned(), over: "{} and more".to_owned() }
    }
}

/// One class of a [`Scale`].
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// A stable key (`origin`, `3`): an XML name's tail.
    pub key: String,
    /// Its words in the legend.
    pub label: String,
    /// Its paint.
    pub paint: Paint,
    /// The text colour that reads on it is decided by contrast elsewhere; this is the class's number of places.
    pub count: usize,
    /// Lower and upper bound of a numeric class (lower inclusive, upper exclusive but for the last).
    pub bounds: Option<(f64, f64)>,
    /// The value that a class of words stands for, as [`fold`] leaves it; empty for a numeric class.
    pub value: String,
}

/// Values into paint.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// What kind it became.
    pub kind: Kind,
    /// Its classes in legend order (numeric: ascending).
    pub classes: Vec<Class>,
    /// The class of missing values, `None` when no place needs it. A numeric scale always has it, because
    /// places that the table does not name wear it too; its `count` is that of the table's places.
    pub no_data: Option<Class>,
    /// Paint of places that the table does not name.
    pub absent: Paint,
}

impl Scale {
    /// From the values of all matched places.
    ///
    /// # Errors
    /// No place has a value; a value has no class; the palette is unknown or too small; a kind or a
    /// method does not suit the values; breaks do not ascend.
    pub fn new<'a>(values: impl Iterator<Item = &'a Value>, options: &ScaleOptions) -> Result<Warned<Scale>> {
        let mut warnings = Diagnostics::default();
        let values = Values::sort(values, &mut warnings);
        if values.numbers.is_empty() && values.words.is_empty() {
            return Err(nothing(&values).into());
        }
        let kind = kind(&values, options)?;
        let classes = match kind {
            Kind::Ordered | Kind::Nominal => classes::classes(&values, kind, options, &mut warnings)?,
            Kind::Sequential => numeric::sequential(&values.numbers, options, &mut warnings)?,
            Kind::Diverging => numeric::diverging(&values.numbers, options, &mut warnings)?,
        };
        warnings.extend(ramp::look_alikes(&classes));
        let numeric = matches!(kind, Kind::Sequential | Kind::Diverging);
        let no_data = (numeric || values.missing > 0).then(|| no_data(options, values.missing));
        let absent = if numeric { options.no_data.clone() } else { Paint::Solid(options.absent) };
        Ok(Warned { value: Scale { kind, classes, no_data, absent }, warnings })
    }

    /// The scale of a map without a table: every place is absent.
    pub fn empty(options: &ScaleOptions) -> Scale {
        Scale {
            kind: Kind::Nominal,
            classes: Vec::new(),
            no_data: None,
            absent: Paint::Solid(options.absent),
        }
    }

    /// The class of `value`; `None` for [`Value::Missing`].
    pub fn class(&self, value: &Value) -> Option<&Class> {
        match (self.kind, value) {
            (_, Value::Missing) => None,
            (Kind::Sequential | Kind::Diverging, Value::Number(number)) => self.numeric_class(*number),
            (_, Value::Number(number)) => self.word_class(&fold_number(*number)),
            (_, Value::Text(text)) => self.word_class(&fold(text)),
        }
    }

    fn word_class(&self, folded: &str) -> Option<&Class> {
        self.classes.iter().find(|class| class.value == folded)
    }

    fn numeric_class(&self, number: f64) -> Option<&Class> {
        if !number.is_finite() {
            return None;
        }
        let below = |class: &&Class| class.bounds.is_some_and(|(_, upper)| number < upper);
        self.classes.iter().find(below).or_else(|| self.classes.last())
    }

    /// The paint of a place: its class's, no data's, or (`None`) that of an absent place.
    pub fn paint(&self, value: Option<&Value>) -> &Paint {
        let Some(value) = value else { return &self.absent };
        let class = self.class(value).or(self.no_data.as_ref());
        class.map_or(&self.absent, |class| &class.paint)
    }
}

/// `text` as classes compare it: without case, outer and repeated space; a number in its shortest form.
pub fn fold(text: &str) -> String {
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    match plain.parse::<f64>() {
        Ok(number) if number.is_finite() => fold_number(number),
        _ => plain,
    }
}

fn fold_number(number: f64) -> String {
    // 0 and -0 are one class
    (number + 0.0).to_string()
}

/// The values of all places, by their form.
struct Values {
    /// Finite numbers, ascending.
    numbers: Vec<f64>,
    words: Vec<String>,
    missing: usize,
}

impl Values {
    fn sort<'a>(values: impl Iterator<Item = &'a Value>, warnings: &mut Diagnostics) -> Values {
        let mut sorted = Values { numbers: Vec::new(), words: Vec::new(), missing: 0 };
        let mut endless = 0;
        for value in values {
            match value {
                Value::Number(number) if number.is_finite() => sorted.numbers.push(*number + 0.0),
                Value::Number(_) => endless += 1,
                Value::Text(text) => sorted.words.push(text.clone()),
                Value::Missing => sorted.missing += 1,
            }
        }
        if endless > 0 {
            let what = if endless == 1 { "1 value is".to_owned() } else { format!("{endless} values are") };
            warnings
                .push(Diagnostic::warning(format!("{what} infinite or not a number, and count as no data")));
        }
        sorted.missing += endless;
        sorted.numbers.sort_by(f64::total_cmp);
        sorted
    }
}

fn kind(values: &Values, options: &ScaleOptions) -> Result<Kind> {
    let words = !values.words.is_empty();
    match options.kind {
        Some(kind @ (Kind::Sequential | Kind::Diverging)) if words => Err(no_numbers(values, kind).into()),
        Some(kind) => Ok(kind),
        None if !options.classes.is_empty() => Ok(Kind::Ordered),
        None if !words => Ok(Kind::Sequential),
        None if strength::all(&values.words) => Ok(Kind::Ordered),
        None => Ok(Kind::Nominal),
    }
}

fn nothing(values: &Values) -> Diagnostic {
    if values.missing == 0 {
        return Diagnostic::error("no place has a value: no row was matched");
    }
    Diagnostic::error("no place has a value: every cell is empty or marked as missing")
        .hint("choose another column by `value = \"…\"` in [data], or `--value`")
}

fn no_numbers(values: &Values, kind: Kind) -> Diagnostic {
    let name = if kind == Kind::Sequential { "sequential" } else { "diverging" };
    let example = values.words.first().map_or("", String::as_str);
    Diagnostic::error(format!("a {name} scale needs numbers, and the values are words such as \"{example}\""))
        .hint("set `kind = \"ordered\"` or `\"nominal\"` in [scale], or choose another value column")
}

fn no_data(options: &ScaleOptions, count: usize) -> Class {
    Class {
        key: "no-data".to_owned(),
        label: options.no_data_label.clone(),
        paint: options.no_data.clone(),
        count,
        bounds: None,
        value: String::new(),
    }
}
