//! Values into classes, classes into paint, and the legend's entries from the same object.
//!
//! A [`Scale`] is made once from the joined values. The map asks it for the paint of a value, the
//! legend for its entries; they cannot disagree.

mod bivariate;
mod breaks;
mod classes;
mod continuous;
mod labels;
mod numeric;
mod oklab;
mod overlap;
pub mod palettes;
mod pattern;
mod ramp;
mod round;
mod sizes;
mod strength;
#[cfg(test)]
mod tests;
mod values;
mod widths;

pub use bivariate::{Fading, Square, SquareOptions};
pub use continuous::Continuous;
pub use overlap::Combination;
pub use sizes::{SizeOptions, Sizes};
pub use widths::Widths;

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Diagnostics, Result, Warned};
use crate::join::Value;
use crate::paint::{Color, Paint, PatternForm};
use values::Values;

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
    /// Two numbers at once.
    Bivariate,
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
    /// No classes: every number has its own colour.
    Continuous,
    /// The same, with even distances between logarithms.
    ContinuousLog,
}

impl Method {
    /// Whether numbers are not classed.
    fn is_continuous(&self) -> bool {
        matches!(self, Method::Continuous | Method::ContinuousLog)
    }
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
    /// Values in the order of their classes, where those are found in the data; empty: by strength or by count.
    pub order: Vec<String>,
    /// How numbers are classed.
    pub method: Method,
    /// How many numeric classes, 2 to 9; of each of two numbers.
    pub count: usize,
    /// Name of a palette; `None`: `ramp` (ordered, sequential) or `categories` (nominal).
    pub palette: Option<String>,
    /// Turn the palette round.
    pub reverse: bool,
    /// The paints of two numbers at once.
    pub square: SquareOptions,
    /// The middle of a diverging scale.
    pub midpoint: f64,
    /// The style's one-hue ramp, darkest first.
    pub ramp: Vec<Color>,
    /// The style's colours for categories.
    pub categories: Vec<Color>,
    /// The style's pattern for classes that are found in the data and stand for what is only reported.
    pub doubt: PatternForm,
    /// Direction of the stripes of a place in several classes, degrees clockwise from the x axis.
    pub stripe_angle: f64,
    /// Width of such a stripe, px.
    pub stripe_width: f64,
    /// Paint of a place that is in the table without a value; also that of a place that is not in it when the scale is numeric.
    pub no_data: Paint,
    /// Words for it in the legend.
    pub no_data_label: String,
    /// Paint of a place that the table does not name.
    pub absent: Color,
    /// Turns a number into words in the figure's language.
    pub number: NumberFormat,
    /// Words around the names of classes.
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

/// How the lowest and the highest class of numbers are written, and a class beside its combinations; `{}` stands for
/// the number or the class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RangeWords {
    /// Default: `under {}`.
    pub under: String,
    /// Default: `{} and more`.
    pub over: String,
    /// Default: `{} only`.
    pub only: String,
}

impl Default for RangeWords {
    fn default() -> Self {
        let [under, over, only] = ["under {}", "{} and more", "{} only"].map(str::to_owned);
        RangeWords { under, over, only }
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
    /// How many places are in it, and in no other.
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
    /// Sets of classes that places are in at once, pairs first.
    pub combinations: Vec<Combination>,
    /// The class of missing values, `None` when no place needs it. A numeric scale always has it, because
    /// places that the table does not name wear it too; its `count` is that of the table's places.
    pub no_data: Option<Class>,
    /// Paint of places that the table does not name.
    pub absent: Paint,
    /// Paint of land that is no place of the map: the countries around a map of provinces.
    pub land: Paint,
    /// The colours of numbers that are not classed; all of them are then in one class.
    pub continuous: Option<Continuous>,
    /// The classes of two numbers, where the scale is one of both.
    pub square: Option<Square>,
    /// What sizes the circles of a map of circles.
    pub sizes: Option<Sizes>,
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
        let none = values.numbers.is_empty() && values.pairs.is_empty();
        if none && values.words.is_empty() && values.sets.is_empty() {
            return Err(nothing(&values).into());
        }
        let kind = kind(&values, options)?;
        let (mut square, mut continuous) = (None, None);
        let mut classes = match kind {
            Kind::Bivariate => {
                let (classes, made) = bivariate::classes(&values.pairs, options, &mut warnings)?;
                square = Some(made);
                classes
            }
            Kind::Ordered | Kind::Nominal => classes::classes(&values, kind, options, &mut warnings)?,
            Kind::Sequential | Kind::Diverging if options.method.is_continuous() => {
                let made = continuous::continuous(&values.numbers, kind, options)?;
                let classed = ScaleOptions { method: Method::Equal, ..options.clone() };
                match made {
                    Some((class, made)) => {
                        continuous = Some(made);
                        vec![class]
                    }
                    // a single number
                    None => numeric::sequential(&values.numbers, &classed, &mut warnings)?,
                }
            }
            Kind::Sequential => numeric::sequential(&values.numbers, options, &mut warnings)?,
            Kind::Diverging => numeric::diverging(&values.numbers, options, &mut warnings)?,
        };
        warnings.extend(ramp::look_alikes(&classes));
        let combinations = overlap::combine(&values.sets, &mut classes, options);
        let numeric = matches!(kind, Kind::Sequential | Kind::Diverging | Kind::Bivariate);
        let no_data = (numeric || values.missing > 0).then(|| no_data(options, values.missing));
        let absent = if numeric { options.no_data.clone() } else { Paint::Solid(options.absent) };
        let land = Paint::Solid(options.absent);
        Ok(Warned {
            value: Scale {
                kind,
                classes,
                combinations,
                no_data,
                absent,
                land,
                continuous,
                square,
                sizes: None,
            },
            warnings,
        })
    }

    /// The scale of a map without a table: every place is absent.
    pub fn empty(options: &ScaleOptions) -> Scale {
        Scale {
            kind: Kind::Nominal,
            classes: Vec::new(),
            combinations: Vec::new(),
            no_data: None,
            absent: Paint::Solid(options.absent),
            land: Paint::Solid(options.absent),
            continuous: None,
            square: None,
            sizes: None,
        }
    }

    /// The class of `value`, or the combination of its classes; `None` for [`Value::Missing`].
    pub fn class(&self, value: &Value) -> Option<&Class> {
        match (self.kind, value) {
            (Kind::Sequential | Kind::Diverging, Value::Number(number)) => self.numeric_class(*number),
            (_, Value::Pair(pair)) => self.classes.get(self.square.as_ref()?.class(*pair)?),
            (_, Value::Several(values)) => match overlap::parts(&self.classes, values).as_slice() {
                [one] => self.classes.get(*one),
                parts => {
                    let found = self.combinations.iter().find(|one| one.parts == parts);
                    found.map(|one| &one.class)
                }
            },
            _ => index_of(&self.classes, value).map(|index| &self.classes[index]),
        }
    }

    /// The class that a place with this value is shown as: its own, or no data. `None` for a place that the table has
    /// in no class at all.
    pub fn shown(&self, value: &Value) -> Option<&Class> {
        let in_none = matches!(value, Value::Several(values) if values.is_empty());
        self.class(value).or(self.no_data.as_ref().filter(|_| !in_none))
    }

    /// The single values of `value` in the order of their classes.
    pub fn in_order<'v>(&self, value: &'v Value) -> Vec<&'v Value> {
        let mut values: Vec<&Value> = value.each().iter().collect();
        values.sort_by_key(|value| index_of(&self.classes, value));
        values
    }

    /// Everything that the legend tells of: the classes, then their combinations. A class that no place is in but
    /// together with others is told of by those.
    pub fn entries(&self) -> impl Iterator<Item = &Class> {
        let striped = |index: usize| self.combinations.iter().any(|one| one.parts.contains(&index));
        let alone = self.classes.iter().enumerate().filter(move |(i, class)| class.count > 0 || !striped(*i));
        alone.map(|(_, class)| class).chain(self.combinations.iter().map(|one| &one.class))
    }

    fn numeric_class(&self, number: f64) -> Option<&Class> {
        if !number.is_finite() {
            return None;
        }
        let below = |class: &&Class| class.bounds.is_some_and(|(_, upper)| number < upper);
        self.classes.iter().find(below).or_else(|| self.classes.last())
    }

    /// The paint of a place: its number's, its class's, no data's, or (`None`) that of an absent place.
    pub fn paint(&self, value: Option<&Value>) -> Cow<'_, Paint> {
        if let (Some(continuous), Some(Value::Number(number))) = (&self.continuous, value)
            && number.is_finite()
        {
            return Cow::Owned(Paint::Solid(continuous.color(*number)));
        }
        let class = value.and_then(|value| self.shown(value));
        Cow::Borrowed(class.map_or(&self.absent, |class| &class.paint))
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

/// Which of `classes`, classes of words, a single value is in.
fn index_of(classes: &[Class], value: &Value) -> Option<usize> {
    let folded = match value {
        Value::Number(number) => fold_number(*number),
        Value::Text(text) => fold(text),
        Value::Missing | Value::Pair(_) | Value::Several(_) => return None,
    };
    classes.iter().position(|class| class.value == folded)
}

fn kind(values: &Values<'_>, options: &ScaleOptions) -> Result<Kind> {
    let words = !values.words.is_empty() || !values.sets.is_empty();
    match options.kind {
        Some(kind @ (Kind::Sequential | Kind::Diverging)) if words => Err(no_numbers(values, kind).into()),
        Some(Kind::Bivariate) if values.pairs.is_empty() => Err(no_pairs().into()),
        Some(kind) => Ok(kind),
        None if !options.classes.is_empty() => Ok(Kind::Ordered),
        None if !words => Ok(Kind::Sequential),
        None if strength::all(&values.words) => Ok(Kind::Ordered),
        None => Ok(Kind::Nominal),
    }
}

fn no_pairs() -> Diagnostic {
    Diagnostic::error("a bivariate scale needs two columns of numbers")
        .hint("name both in [data], for example `value = [\"income\", \"health\"]`")
}

fn nothing(values: &Values<'_>) -> Diagnostic {
    if values.missing == 0 {
        return Diagnostic::error("no place has a value: no row was matched");
    }
    Diagnostic::error("no place has a value: every cell is empty or marked as missing")
        .hint("choose another column by `value = \"…\"` in [data], or `--value`")
}

fn no_numbers(values: &Values<'_>, kind: Kind) -> Diagnostic {
    let name = if kind == Kind::Sequential { "sequential" } else { "diverging" };
    let example = values.words.first().map_or("several in one place", String::as_str);
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
