//! Words of numeric classes: ranges that are true to the half-open classes, numbers in the figure's language.

use super::round;
use super::{NumberFormat, RangeWords};

/// Below this, whole numbers are written as inclusive ranges (`4 – 9`).
const SMALL: f64 = 1000.0;

impl NumberFormat {
    /// `number` with `decimals` digits after the decimal mark, groups of three before it, and U+2212 as minus.
    pub fn format(&self, number: f64, decimals: usize) -> String {
        format!("{}{}", self.bare(number, decimals), self.suffix)
    }

    /// `number` with as many decimals as it needs, ten at most.
    pub fn shortest(&self, number: f64) -> String {
        self.format(number, round::decimals(number))
    }

    /// Without the suffix, which stands once at the end of a range.
    fn bare(&self, number: f64, decimals: usize) -> String {
        let written = format!("{:.decimals$}", number.abs());
        let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
        let mut out = String::new();
        // what rounds to zero has no sign
        if number < 0.0 && written.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
            out.push('\u{2212}');
        }
        out.push_str(&self.prefix);
        for (index, digit) in whole.char_indices() {
            if index > 0 && (whole.len() - index) % 3 == 0 {
                out.push_str(&self.group);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push(self.decimal);
            out.push_str(fraction);
        }
        out
    }

    fn range(&self, low: f64, high: f64, decimals: usize) -> String {
        format!("{} – {}", self.bare(low, decimals), self.format(high, decimals))
    }
}

/// The labels of the classes that `breaks` make of `values` (ascending).
///
/// Classes of one value each are called by it. Whole numbers below a thousand are inclusive ranges
/// (`1 – 4`, `5 – 9`). Otherwise the ends are open, `under 1,600` and `25,000 and more`, and a number on
/// a break belongs to the class that begins with it.
pub(super) fn labels(
    values: &[f64],
    breaks: &[f64],
    number: &NumberFormat,
    words: &RangeWords,
) -> Vec<String> {
    let members: Vec<&[f64]> = split(values, breaks);
    let single = |class: &&[f64]| class.first().is_some_and(|first| Some(first) == class.last());
    if members.iter().all(single) {
        let decimals = values.iter().map(|value| round::decimals(*value)).max().unwrap_or(0);
        return members.iter().map(|class| number.format(class[0], decimals)).collect();
    }
    let whole = |x: &f64| *x == x.trunc() && x.abs() < SMALL;
    if values.iter().chain(breaks).all(whole) {
        return inclusive(values, breaks, number);
    }
    open(breaks, number, words)
}

/// The values of each class.
pub(super) fn split<'v>(values: &'v [f64], breaks: &[f64]) -> Vec<&'v [f64]> {
    let mut rest = values;
    let mut classes = Vec::with_capacity(breaks.len() + 1);
    for end in breaks {
        let (class, after) = rest.split_at(rest.partition_point(|value| value < end));
        classes.push(class);
        rest = after;
    }
    classes.push(rest);
    classes
}

fn inclusive(values: &[f64], breaks: &[f64], number: &NumberFormat) -> Vec<String> {
    let (low, high) = (values.first().copied().unwrap_or(0.0), values.last().copied().unwrap_or(0.0));
    let starts = std::iter::once(breaks.first().map_or(low, |first| low.min(first - 1.0)))
        .chain(breaks.iter().copied());
    let last = breaks.last().map_or(high, |last| high.max(*last));
    let ends = breaks.iter().map(|end| end - 1.0).chain([last]);
    let label = |(from, to)| if from == to { number.format(from, 0) } else { number.range(from, to, 0) };
    starts.zip(ends).map(label).collect()
}

fn open(breaks: &[f64], number: &NumberFormat, words: &RangeWords) -> Vec<String> {
    let decimals = breaks.iter().map(|end| round::decimals(*end)).max().unwrap_or(0);
    let (Some(first), Some(last)) = (breaks.first(), breaks.last()) else { return Vec::new() };
    let put = |words: &str, x: f64| words.replacen("{}", &number.format(x, decimals), 1);
    let mut labels = vec![put(&words.under, *first)];
    labels.extend(breaks.windows(2).map(|pair| number.range(pair[0], pair[1], decimals)));
    labels.push(put(&words.over, *last));
    labels
}

/// The label of a single class of several values.
pub(super) fn whole_range(values: &[f64], number: &NumberFormat) -> String {
    let (low, high) = (values.first().copied().unwrap_or(0.0), values.last().copied().unwrap_or(0.0));
    let decimals = round::decimals(low).max(round::decimals(high));
    number.range(low, high, decimals)
}
