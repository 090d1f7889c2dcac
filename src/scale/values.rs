//! The joined values, sorted by their form.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::join::Value;

/// The values of all places, by their form.
pub(super) struct Values<'v> {
    /// Finite numbers, ascending.
    pub numbers: Vec<f64>,
    pub words: Vec<String>,
    /// The values of places that have several; they stand among the words and numbers too.
    pub sets: Vec<&'v [Value]>,
    pub pairs: Vec<[f64; 2]>,
    pub missing: usize,
}

impl<'v> Values<'v> {
    pub fn sort(values: impl Iterator<Item = &'v Value>, warnings: &mut Diagnostics) -> Values<'v> {
        let mut sorted = Values {
            numbers: Vec::new(),
            words: Vec::new(),
            sets: Vec::new(),
            pairs: Vec::new(),
            missing: 0,
        };
        let mut endless = 0;
        let mut each = Vec::new();
        for value in values {
            if let Value::Several(set) = value {
                sorted.sets.push(set);
            }
            each.extend(value.each());
        }
        for value in each {
            match value {
                Value::Number(number) if number.is_finite() => sorted.numbers.push(*number + 0.0),
                Value::Pair([one, other]) if one.is_finite() && other.is_finite() => {
                    sorted.pairs.push([one + 0.0, other + 0.0]);
                }
                Value::Number(_) | Value::Pair(_) => endless += 1,
                Value::Text(text) => sorted.words.push(text.to_string()),
                Value::Missing => sorted.missing += 1,
                // sets hold none
                Value::Several(_) => {}
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
