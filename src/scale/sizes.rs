//! Amounts into the radii of circles, and the examples that the legend shows, from the same object.
//!
//! The area of a circle is in proportion to its value. By the compensation of J. J. Flannery (1971), "The relative
//! effectiveness of some common graduated point symbols in the presentation of quantitative data", Canadian
//! Cartographer 8(2), larger circles grow faster, as readers take them for smaller than they are.

use super::breaks;
use super::round::{exponent, ten};
use super::{Class, Kind, NumberFormat, Scale, ScaleOptions, Values, labels, no_data};
use crate::diagnostic::{Diagnostic, Diagnostics, Result, Warned};
use crate::join::Value;
use crate::paint::{Color, Paint};
use crate::symbol::Symbol;

/// The radius grows with this power of the value where its area is to be in proportion.
const BY_AREA: f64 = 0.5;
/// The same by Flannery.
const FLANNERY: f64 = 0.5716;
/// From this ratio of the highest to the lowest value on, examples are powers of ten, their doubles and halves.
const WIDE: f64 = 6.0;
/// How many examples are found, and the ratio of one to the next.
const EXAMPLES: usize = 3;
const APART: f64 = 5.0;

/// What circles are sized by.
#[derive(Clone, Debug, PartialEq)]
pub struct SizeOptions {
    /// Larger circles grow faster, by Flannery.
    pub flannery: bool,
    /// Radius of the highest value, px.
    pub max_radius: f64,
    /// No circle is drawn smaller than this, px.
    pub least_radius: f64,
    /// All circles together cover at most so many px², else all are smaller; `None` for no bound.
    pub room: Option<f64>,
    /// Values whose circles the legend shows; empty: found.
    pub examples: Vec<f64>,
    /// Paint of circles that no second value colours.
    pub fill: Color,
    /// What is drawn, with the area of the circle.
    pub symbol: Symbol,
}

/// Values into radii.
#[derive(Clone, Debug, PartialEq)]
pub struct Sizes {
    /// The highest value.
    most: f64,
    /// Its radius, px.
    radius: f64,
    least: f64,
    power: f64,
    /// What is drawn, with the area of the circle.
    pub symbol: Symbol,
    /// Values for the legend, descending, at most four.
    pub examples: Vec<f64>,
    /// How the amounts are written: as numbers of the scale, but bare where the scale is that of another column.
    pub number: NumberFormat,
}

impl Sizes {
    /// From the amounts of all matched places.
    ///
    /// # Errors
    /// A value is a word or below zero, none is above zero, or an example is not above zero.
    pub fn new<'a>(
        amounts: impl Iterator<Item = &'a Value>,
        options: &SizeOptions,
        number: NumberFormat,
    ) -> Result<Sizes> {
        let amounts = Values::sort(amounts, &mut Diagnostics::default());
        if let Some(word) = amounts.words.first() {
            let what = format!("circles need numbers, and the values are words such as \"{word}\"");
            return Err(Diagnostic::error(what)
                .hint("name a column of numbers by `column = \"…\"` in [symbols]")
                .into());
        }
        if let Some(low) = amounts.numbers.first().filter(|low| **low < 0.0) {
            let what = format!("circles show amounts, and the value {low} is below zero");
            return Err(Diagnostic::error(what)
                .hint("leave [symbols] out, and set `kind = \"diverging\"` in [scale]")
                .into());
        }
        let above = &amounts.numbers[amounts.numbers.partition_point(|one| *one <= 0.0)..];
        let (Some(low), Some(most)) = (above.first(), above.last()) else {
            return Err(Diagnostic::error("no place has an amount above zero, so there is no circle").into());
        };
        let power = if options.flannery { FLANNERY } else { BY_AREA };
        let mut sizes = Sizes {
            most: *most,
            radius: options.max_radius,
            least: options.least_radius,
            power,
            symbol: options.symbol.clone(),
            examples: Vec::new(),
            number,
        };
        if let Some(room) = options.room {
            let covered: f64 = above.iter().map(|value| sizes.share(*value) * sizes.share(*value)).sum();
            sizes.radius = sizes.radius.min((room / (std::f64::consts::PI * covered)).sqrt());
        }
        sizes.examples = match options.examples.is_empty() {
            true => examples(*low, *most),
            false => given(&options.examples)?,
        };
        Ok(sizes)
    }

    /// The radius of the circle of `value`, px: none for zero and less, and never too small to be seen.
    pub fn radius(&self, value: f64) -> Option<f64> {
        (value > 0.0).then(|| (self.radius * self.share(value)).max(self.least))
    }

    /// The radius as a share of the largest.
    fn share(&self, value: f64) -> f64 {
        libm::pow(value / self.most, self.power)
    }
}

fn given(values: &[f64]) -> Result<Vec<f64>> {
    if let Some(bad) = values.iter().find(|one| !(one.is_finite() && **one > 0.0)) {
        return Err(Diagnostic::error(format!("{bad} in the legend of [symbols] has no circle"))
            .hint("write two or three round numbers above zero, for example `legend = [1000, 200, 50]`")
            .into());
    }
    let mut all = values.to_vec();
    all.sort_by(|a, b| b.total_cmp(a));
    all.dedup();
    Ok(all)
}

/// Round values from near the highest down, whose circles are told apart.
pub(super) fn examples(low: f64, most: f64) -> Vec<f64> {
    let mut all = Vec::new();
    if most / low < WIDE {
        let half = (most.sqrt() + low.sqrt()) / 2.0;
        all.extend([floor(most, &FINE), nearest(half * half, &FINE), nearest(low, &FINE)]);
    } else {
        let mut next = floor(most, &COARSE);
        while all.len() < EXAMPLES && (all.is_empty() || next >= low) {
            all.push(next);
            next = nearest(next / APART, &COARSE);
        }
    }
    all.dedup();
    all
}

const COARSE: [f64; 4] = [1.0, 2.0, 5.0, 10.0];
const FINE: [f64; 11] = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0];

/// The largest of `steps` × a power of ten that is not above `value`.
fn floor(value: f64, steps: &[f64]) -> f64 {
    let power = exponent(value);
    let all = steps.iter().map(|step| step * ten(power));
    super::round::tidy(all.filter(|one| *one <= value).fold(ten(power), f64::max))
}

/// The one of `steps` × a power of ten that is nearest to `value`, by their ratio.
fn nearest(value: f64, steps: &[f64]) -> f64 {
    let power = exponent(value);
    let off = |one: &f64| (one / value).max(value / one);
    let all = steps.iter().map(|step| step * ten(power));
    super::round::tidy(all.min_by(|a, b| off(a).total_cmp(&off(b))).unwrap_or(value))
}

impl Scale {
    /// The scale of a map of circles: the amounts size them, and either one colour or the scale of `values` paints them.
    ///
    /// # Errors
    /// As for [`Sizes::new`] and [`Scale::new`].
    pub fn sized<'a>(
        values: Option<impl Iterator<Item = &'a Value>>,
        amounts: impl Iterator<Item = &'a Value> + Clone,
        sizes: &SizeOptions,
        options: &ScaleOptions,
    ) -> Result<Warned<Scale>> {
        let number = options.number.clone();
        let (mut scale, number) = match values {
            Some(values) => {
                let bare = NumberFormat { prefix: String::new(), suffix: String::new(), ..number };
                (Scale::new(values, options)?, bare)
            }
            None => (Scale::of_amounts(amounts.clone(), sizes.fill, options), number),
        };
        // a place without a circle is plain land: it may be one of zero, or none of the table's
        scale.value.absent = scale.value.land.clone();
        scale.value.sizes = Some(Sizes::new(amounts, sizes, number)?);
        Ok(scale)
    }

    /// One class of all amounts.
    fn of_amounts<'a>(
        amounts: impl Iterator<Item = &'a Value>,
        fill: Color,
        options: &ScaleOptions,
    ) -> Warned<Scale> {
        let mut warnings = Diagnostics::default();
        let values = Values::sort(amounts, &mut warnings);
        let (low, high) = (values.numbers.first(), values.numbers.last());
        let bounds = low.copied().zip(high.copied());
        let label = match breaks::different(&values.numbers) {
            0 | 1 => options.number.shortest(bounds.map_or(0.0, |(low, _)| low)),
            _ => labels::whole_range(&values.numbers, &options.number),
        };
        let class = Class {
            key: "1".to_owned(),
            label,
            paint: Paint::Solid(fill),
            count: values.numbers.len(),
            bounds,
            value: String::new(),
        };
        let mut scale = Scale { kind: Kind::Sequential, classes: vec![class], ..Scale::empty(options) };
        scale.no_data = (values.missing > 0).then(|| no_data(options, values.missing));
        Warned { value: scale, warnings }
    }
}

impl NumberFormat {
    /// A round number in few letters: from a million on, the zeros are a word (`{} million`).
    pub fn compact(&self, number: f64, words: &[[&str; 2]; 2]) -> String {
        let [millions, billions] = words;
        let (part, [one, many]) = match number.abs() {
            large if large >= 1e9 => (number / 1e9, billions),
            large if large >= 1e6 => (number / 1e6, millions),
            _ => return self.shortest(number),
        };
        let bare = NumberFormat { suffix: String::new(), ..self.clone() };
        let words = if part == 1.0 { one } else { many };
        format!("{}{}", words.replacen("{}", &bare.shortest(super::round::tidy(part)), 1), self.suffix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number() -> NumberFormat {
        NumberFormat {
            decimal: '.',
            group: ",".to_owned(),
            prefix: "$".to_owned(),
            suffix: " a year".to_owned(),
        }
    }

    fn options() -> SizeOptions {
        SizeOptions {
            flannery: false,
            max_radius: 80.0,
            least_radius: 1.0,
            room: None,
            examples: Vec::new(),
            fill: Color::rgb(0, 0, 0),
            symbol: Symbol::CIRCLE,
        }
    }

    fn sizes(values: &[f64], options: &SizeOptions) -> Sizes {
        let values: Vec<Value> = values.iter().map(|value| Value::Number(*value)).collect();
        Sizes::new(values.iter(), options, number()).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn four_times_the_value_is_twice_the_radius() {
        let sizes = sizes(&[400.0, 100.0, 25.0, 0.0], &options());
        assert_eq!(sizes.radius(400.0), Some(80.0));
        assert_eq!(sizes.radius(100.0), Some(40.0));
        assert_eq!(sizes.radius(25.0), Some(20.0));
        assert_eq!(sizes.radius(0.0), None);
        assert_eq!(sizes.radius(1e-9), Some(1.0));
    }

    /// Reference: R = 1.0083 · (v / v_min)^0.5716 · r_min; of two values, the ratio is 4^0.5716 = 2.2087.
    #[test]
    fn by_flannery_the_larger_circle_is_larger_still() {
        let sizes = sizes(&[400.0, 100.0], &SizeOptions { flannery: true, ..options() });
        let ratio = sizes.radius(400.0).unwrap_or(0.0) / sizes.radius(100.0).unwrap_or(1.0);
        assert!((ratio - 2.2087).abs() < 1e-3, "{ratio}");
    }

    #[test]
    fn circles_share_the_room_there_is() {
        let values = vec![7.0; 100];
        let sizes = sizes(&values, &SizeOptions { room: Some(10_000.0), ..options() });
        let radius = sizes.radius(7.0).unwrap_or(0.0);
        assert!((radius * radius * std::f64::consts::PI * 100.0 - 10_000.0).abs() < 1e-6);
    }

    #[test]
    fn examples_are_round_and_told_apart() {
        let of = |low: f64, most: f64| sizes(&[low, most], &options()).examples;
        assert_eq!(of(800.0, 1_416_043_270.0), [1e9, 2e8, 5e7]);
        assert_eq!(of(0.3, 37.0), [20.0, 5.0, 1.0]);
        assert_eq!(of(50.0, 93.0), [80.0, 70.0, 50.0]);
        assert_eq!(of(7.0, 7.0), [7.0]);
        assert_eq!(of(0.004, 0.5), [0.5, 0.1, 0.02]);
    }

    #[test]
    fn words_and_debts_have_no_circle() {
        let fault = |values: &[Value]| {
            Sizes::new(values.iter(), &options(), number()).err().map(|all| all.to_string())
        };
        let word = fault(&[Value::Text("member".into())]).unwrap_or_default();
        assert!(word.starts_with("circles need numbers"), "{word}");
        let debt = fault(&[Value::Number(-3.0), Value::Number(2.0)]).unwrap_or_default();
        assert!(debt.contains("-3 is below zero"), "{debt}");
        assert!(fault(&[Value::Number(0.0)]).unwrap_or_default().contains("no place has an amount"));
    }

    #[test]
    fn large_round_numbers_are_words() {
        let number = number();
        let words = [["{} million", "{} million"], ["{} billion", "{} billion"]];
        assert_eq!(number.compact(2e8, &words), "$200 million a year");
        assert_eq!(number.compact(1.5e9, &words), "$1.5 billion a year");
        assert_eq!(number.compact(50_000.0, &words), "$50,000 a year");
    }
}
