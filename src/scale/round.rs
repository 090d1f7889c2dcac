//! Round numbers: of all breaks that class the data alike, the one with the fewest digits.
//!
//! Between two neighbouring values any break classes the data alike, so the roundest is taken: a legend
//! then reads "1,600 – 4,300" rather than "1,587 – 4,323", and means exactly the same.

/// The roundest number in `(above, upto]`, of two as round the one nearer to `near`.
///
/// Multiples of 1, ½ and ⅕ of a power of ten count as round in this order, no power beyond `10^coarsest`
/// is tried, and none is taken that is further from `near` than half the gap is wide.
pub(super) fn within(above: f64, upto: f64, near: f64, coarsest: i32) -> f64 {
    let reach = (upto - above) / 2.0;
    let top = coarsest.min(exponent(upto.abs().max(above.abs())) + 1);
    for power in (top - 18..=top).rev() {
        for (part, power) in [(1.0, power), (5.0, power - 1), (2.0, power - 1)] {
            if let Some(found) = multiple(above, upto, near, reach, part, power) {
                return found;
            }
        }
    }
    upto
}

/// The multiple of `part · 10^power` in `(above, upto]` that is nearest to `near`, if one is near enough.
fn multiple(above: f64, upto: f64, near: f64, reach: f64, part: f64, power: i32) -> Option<f64> {
    let times = |k: f64| k * part * ten(power);
    let quotient = |x: f64| (x / ten(power)) / part;
    let candidates = [quotient(near).round(), quotient(above).floor() + 1.0, quotient(upto).floor()]
        .map(|k| tidy(times(k)));
    let fits = |x: &f64| *x > above && *x <= upto && (*x - near).abs() <= reach * (1.0 + 1e-9);
    candidates.into_iter().filter(fits).min_by(|a, b| (a - near).abs().total_cmp(&(b - near).abs()))
}

/// `10^power`, correctly rounded.
pub(super) fn ten(power: i32) -> f64 {
    format!("1e{power}").parse().unwrap_or(f64::NAN)
}

/// The power of ten of the first digit of `x`; that of 1 for zero.
pub(super) fn exponent(x: f64) -> i32 {
    let written = format!("{:e}", x.abs());
    let power = written.split_once('e').and_then(|(_, power)| power.parse().ok());
    if x == 0.0 { 0 } else { power.unwrap_or(0) }
}

/// `x` without the dust of binary arithmetic: at 14 significant digits.
pub(super) fn tidy(x: f64) -> f64 {
    let tidied: f64 = format!("{x:.13e}").parse().unwrap_or(x);
    // -0 is 0
    tidied + 0.0
}

/// Decimals that `x` needs to be written exactly, at most ten.
pub(super) fn decimals(x: f64) -> usize {
    (0..10).find(|places| format!("{x:.places$}").parse() == Ok(x)).unwrap_or(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_roundest_number_of_a_gap() {
        let free = |a, b, near| within(a, b, near, i32::MAX - 20);
        assert_eq!(free(1587.0, 1623.0, 1590.0), 1600.0);
        assert_eq!(free(3.0, 4.0, 3.5), 4.0);
        assert_eq!(free(0.123, 0.131, 0.127), 0.13);
        assert_eq!(free(-4.0, 7.0, 1.0), 0.0);
        assert_eq!(free(100.0, 10_000.0, 5000.0), 5000.0);
        assert_eq!(free(12.34, 12.340_000_1, 12.340_000_1), 12.340_000_1);
        assert_eq!(free(-1623.0, -1587.0, -1600.0), -1600.0);
        assert_eq!(within(1000.0, 2000.0, 1587.33, 0), 1587.0);
    }

    #[test]
    fn digits_and_powers() {
        assert_eq!((decimals(3.0), decimals(0.25), decimals(1e-7)), (0, 2, 7));
        assert_eq!((exponent(999.0), exponent(0.02), exponent(0.0)), (2, -2, 0));
        assert_eq!(tidy(0.1 + 0.2), 0.3);
    }
}
