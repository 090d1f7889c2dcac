//! Numbers without classes: every number has a colour of its own, mixed in Oklab between the stops of a ramp.
//!
//! The scale runs from a round number at or below the lowest value to one at or above the highest, so that both ends
//! of a legend can be written.

use crate::diagnostic::{Diagnostic, Result};
use crate::paint::{Color, Paint};

use super::{Class, Kind, Method, ScaleOptions, breaks, labels, oklab, ramp, round};

/// Stops of a ramp; between two of them colours are mixed.
const STOPS: usize = 33;
/// Steps between round numbers of the legend, at most.
const STEPS: usize = 5;
/// From so many powers of ten on they alone are written, at most so many of them.
const FEW: usize = 3;
const MANY: usize = 7;

/// Numbers into colours without classes.
#[derive(Clone, Debug, PartialEq)]
pub struct Continuous {
    /// Round numbers from one end to the other.
    pub ticks: Vec<f64>,
    /// Round numbers at both ends.
    ends: [f64; 2],
    /// Where logarithms have even distances.
    log: bool,
    /// Numbers (or logarithms) of the first and the last colour.
    colored: [f64; 2],
    /// Colours at even distances.
    stops: Vec<Color>,
}

impl Continuous {
    /// Where `value` lies between the ends: 0 to 1; what lies beyond them is at the end.
    pub fn share(&self, value: f64) -> f64 {
        let [low, high] = self.ends();
        ((self.even(value) - low) / (high - low)).clamp(0.0, 1.0)
    }

    /// The colour at a share of the way from the one end to the other.
    pub fn along(&self, share: f64) -> Color {
        let [low, high] = self.ends();
        self.at(low + (high - low) * share.clamp(0.0, 1.0))
    }

    /// The colour of a number.
    pub fn color(&self, value: f64) -> Color {
        self.along(self.share(value))
    }

    fn ends(&self) -> [f64; 2] {
        self.ends.map(|end| self.even(end))
    }

    /// The number, or its logarithm.
    fn even(&self, value: f64) -> f64 {
        if self.log { libm::log10(value.max(f64::MIN_POSITIVE)) } else { value }
    }

    fn at(&self, even: f64) -> Color {
        let [from, to] = self.colored;
        let last = self.stops.len() - 1;
        let at = ((even - from) / (to - from)).clamp(0.0, 1.0) * last as f64;
        let index = (at.floor() as usize).min(last);
        let next = self.stops[(index + 1).min(last)];
        oklab::mix(self.stops[index], next, at - index as f64)
    }
}

/// The one class of all numbers and their colours; `None` where there are no two different numbers.
pub(super) fn continuous(
    values: &[f64],
    kind: Kind,
    options: &ScaleOptions,
) -> Result<Option<(Class, Continuous)>> {
    if breaks::different(values) < 2 {
        return Ok(None);
    }
    let (low, high) = (values.first().copied().unwrap_or(0.0), values.last().copied().unwrap_or(0.0));
    let log = options.method == Method::ContinuousLog;
    if log && low <= 0.0 {
        return Err(not_above_zero(low).into());
    }
    let ticks = if log { decades(low, high) } else { round_steps(low, high) };
    let ends = [ticks[0], ticks[ticks.len() - 1]];
    let ticks = if log { powers(ticks) } else { ticks };
    let mut made = Continuous { ticks, ends, log, colored: [0.0, 1.0], stops: Vec::new() };
    if kind == Kind::Diverging {
        if log || !options.midpoint.is_finite() {
            return Err(Diagnostic::error(
                "a diverging scale has an even distance on both sides of its middle",
            )
            .hint("write `method = \"continuous\"` in [scale], and a number as `midpoint`")
            .into());
        }
        let away = made.ends().map(|end| (end - options.midpoint).abs()).into_iter().fold(0.0, f64::max);
        made.colored = [options.midpoint - away, options.midpoint + away];
        made.stops = ramp::diverging(options, STOPS)?;
    } else {
        made.colored = made.ends();
        made.stops = ramp::steps(options, STOPS)?;
        made.stops.reverse();
    }
    let class = Class {
        key: "range".to_owned(),
        label: labels::whole_range(values, &options.number),
        paint: Paint::Solid(made.along(0.5)),
        count: values.len(),
        bounds: Some((low, high)),
        value: String::new(),
    };
    Ok(Some((class, made)))
}

fn not_above_zero(lowest: f64) -> Diagnostic {
    Diagnostic::error(format!("a logarithmic scale needs values above zero, and one is {lowest}"))
        .hint("choose `method = \"continuous\"` in [scale]")
}

/// Round numbers at even distances from one at or below `low` to one at or above `high`.
fn round_steps(low: f64, high: f64) -> Vec<f64> {
    let rough = (high / STEPS as f64 - low / STEPS as f64).max(f64::MIN_POSITIVE);
    let power = round::exponent(rough);
    let steps = [(1.0, power), (2.0, power), (2.5, power), (5.0, power), (1.0, power + 1), (2.0, power + 1)];
    let all = steps.map(|(part, power)| {
        let step = part * round::ten(power);
        let (first, last) = ((low / step).floor(), (high / step).ceil());
        let count = (last - first).clamp(1.0, 40.0) as usize;
        (0..=count).map(|i| round::tidy((first + i as f64) * part * round::ten(power))).collect::<Vec<f64>>()
    });
    let fits = |ticks: &&Vec<f64>| ticks.len() <= STEPS + 1;
    all.iter().find(fits).unwrap_or(&all[5]).clone()
}

/// Round numbers 1, 2, 5, 10 from one at or below `low` to one at or above `high`.
fn decades(low: f64, high: f64) -> Vec<f64> {
    let powers = round::exponent(low)..=round::exponent(high) + 1;
    let parts = [1.0, 2.0, 5.0];
    let all: Vec<f64> =
        powers.flat_map(|power| parts.map(move |part| round::tidy(part * round::ten(power)))).collect();
    let first = all.iter().rposition(|tick| *tick <= low).unwrap_or(0);
    let last = all.iter().position(|tick| *tick >= high).unwrap_or(all.len() - 1);
    all[first..=last.max(first)].to_vec()
}

/// Those of them that are powers of ten, where there are enough; of very many every second or third.
fn powers(all: Vec<f64>) -> Vec<f64> {
    let is_power = |tick: &f64| round::ten(round::exponent(*tick)) == *tick;
    let powers: Vec<f64> = all.iter().copied().filter(is_power).collect();
    if powers.len() < FEW {
        return all;
    }
    powers.iter().copied().step_by(powers.len().div_ceil(MANY)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_round_and_hold_all_values() {
        assert_eq!(round_steps(0.3, 34.0), [0.0, 10.0, 20.0, 30.0, 40.0]);
        assert_eq!(round_steps(52.1, 84.6), [50.0, 60.0, 70.0, 80.0, 90.0]);
        assert_eq!(round_steps(-3.0, 4.1), [-4.0, -2.0, 0.0, 2.0, 4.0, 6.0]);
        assert_eq!(decades(0.4, 1.4e9).first(), Some(&0.2));
        assert_eq!(decades(30.0, 900.0), [20.0, 50.0, 100.0, 200.0, 500.0, 1000.0]);
        assert_eq!(powers(decades(1e3, 2e6)), [1e3, 1e4, 1e5, 1e6]);
        assert_eq!(powers(decades(30.0, 900.0)).len(), 6);
        for (low, high) in [(1e-9, 3e12), (5.0, 5.5), (1.0, 2.0), (0.02, 0.021)] {
            for ticks in [round_steps(low, high), decades(low, high)] {
                assert!(ticks.len() >= 2 && ticks[0] <= low && ticks[ticks.len() - 1] >= high, "{ticks:?}");
                assert!(ticks.windows(2).all(|pair| pair[0] < pair[1]), "{ticks:?}");
            }
        }
    }

    #[test]
    fn colours_run_from_stop_to_stop() {
        let (black, white) = (Color::rgb(0, 0, 0), Color::rgb(255, 255, 255));
        let scale = Continuous {
            ticks: vec![0.0, 100.0],
            ends: [0.0, 100.0],
            log: false,
            colored: [0.0, 100.0],
            stops: vec![white, Color::rgb(200, 30, 30), black],
        };
        assert_eq!([-5.0, 0.0, 50.0, 100.0, 1e9].map(|value| scale.color(value)), {
            [white, white, Color::rgb(200, 30, 30), black, black]
        });
        // half way in Oklab, where mid-grey is darker than in sRGB
        let log = Continuous {
            ticks: vec![1.0, 100.0],
            ends: [1.0, 100.0],
            log: true,
            colored: [0.0, 2.0],
            stops: vec![black, white],
        };
        assert_eq!((log.share(10.0), log.color(10.0)), (0.5, Color::rgb(99, 99, 99)));
    }
}
