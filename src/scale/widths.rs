//! Amounts into widths of lines, in proportion, and the examples that the legend shows, from the same object.

use super::NumberFormat;
use super::sizes;

/// Values into widths.
#[derive(Clone, Debug, PartialEq)]
pub struct Widths {
    /// The highest value.
    most: f64,
    /// Its width, px.
    widest: f64,
    least: f64,
    /// Values for the legend, descending, at most three.
    pub examples: Vec<f64>,
    /// How they are written.
    pub number: NumberFormat,
}

impl Widths {
    /// From all amounts; those that are not above zero have no width. `None` where no amount is above zero. The
    /// highest is `widest` px wide, and none is narrower than `least`.
    pub fn new(amounts: &[f64], widest: f64, least: f64, number: NumberFormat) -> Option<Widths> {
        let above = || amounts.iter().copied().filter(|one| one.is_finite() && *one > 0.0);
        let most = above().fold(0.0, f64::max);
        let low = above().fold(f64::INFINITY, f64::min);
        (most > 0.0).then(|| Widths { most, widest, least, examples: sizes::examples(low, most), number })
    }

    /// The width of the line of a value, px.
    pub fn width(&self, value: f64) -> f64 {
        (self.widest * value / self.most).max(self.least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_in_proportion_and_never_too_thin() {
        let number =
            NumberFormat { decimal: '.', group: String::new(), prefix: String::new(), suffix: String::new() };
        let widths = Widths::new(&[50.0, 200.0, 1.0, -3.0], 20.0, 1.0, number.clone()).expect("amounts");
        assert_eq!([200.0, 50.0, 1.0].map(|value| widths.width(value)), [20.0, 5.0, 1.0]);
        assert_eq!(widths.examples, [200.0, 50.0, 10.0]);
        assert_eq!(Widths::new(&[0.0, f64::NAN], 20.0, 1.0, number), None);
    }
}
