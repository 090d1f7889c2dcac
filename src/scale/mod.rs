//! Values into classes, classes into paint, and the legend's entries from the same object.
//!
//! A [`Scale`] is made once from the joined values. The map asks it for the paint of a value, the
//! legend for its entries; they cannot disagree.

use crate::diagnostic::{Result, Warned};
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
    /// Round numbers (Heckbert 1990 / Wilkinson's extended labels).
    Pretty,
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
    /// `None`: numbers are sequential, words are nominal (ordered when `classes` are given).
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
    /// Paint of a place that is in the table without a value; also that of a place that is not in it when the scale is numeric.
    pub no_data: Paint,
    /// Words for it in the legend.
    pub no_data_label: String,
    /// Paint of a place that the table does not name.
    pub absent: Color,
    /// Turns a number into words in the figure's language.
    pub number: NumberFormat,
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
}

/// Values into paint.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// What kind it became.
    pub kind: Kind,
    /// Its classes in legend order (numeric: ascending).
    pub classes: Vec<Class>,
    /// The class of missing values, `None` when no place needs it.
    pub no_data: Option<Class>,
    /// Paint of places that the table does not name.
    pub absent: Paint,
}

impl Scale {
    /// From the values of all matched places.
    pub fn new<'a>(
        _values: impl Iterator<Item = &'a Value>,
        _options: &ScaleOptions,
    ) -> Result<Warned<Scale>> {
        todo!()
    }

    /// The class of `value`; `None` for [`Value::Missing`].
    pub fn class(&self, _value: &Value) -> Option<&Class> {
        todo!()
    }

    /// The paint of a place: its class's, no data's, or (`None`) that of an absent place.
    pub fn paint(&self, _value: Option<&Value>) -> &Paint {
        todo!()
    }
}
