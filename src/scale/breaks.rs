//! Class breaks of numbers: quantile, equal, natural, pretty, logarithmic.
//!
//! Every function takes ascending finite numbers with at least two different ones among them and gives
//! inner breaks, ascending and without repeats. A number on a break belongs to the class above it.

use super::round::{self, ten};

/// No limit to how round a break may be.
const ANY: i32 = 400;

/// Breaks that put as many numbers into each of `count` classes: quantiles of type 7 (Hyndman and Fan 1996,
/// "Sample quantiles in statistical packages"), made round. Equal numbers stay together, so there may be fewer.
pub(super) fn quantile(values: &[f64], count: usize) -> Vec<f64> {
    let mut breaks = Vec::new();
    let mut last = 0;
    for i in 1..count {
        let at = (values.len() - 1) as f64 * i as f64 / count as f64;
        let (low, share) = (at.floor() as usize, at - at.floor());
        let high = (low + 1).min(values.len() - 1);
        let quantile = values[low] + share * (values[high] - values[low]);
        let split = values.partition_point(|value| *value < quantile);
        if split > last && split < values.len() {
            breaks.push(round::within(values[split - 1], values[split], quantile, ANY));
            last = split;
        }
    }
    breaks
}

/// `count` classes of the same width. Breaks are written with three digits more than the width needs, or as
/// many as it takes to class the data as the exact breaks do.
pub(super) fn equal(values: &[f64], count: usize) -> Vec<f64> {
    let (low, high) = ends(values);
    let width = high / count as f64 - low / count as f64;
    let fine = round::exponent(width) - 2;
    (1..count).map(|i| rounded(values, low + width * i as f64, fine)).collect()
}

/// `exact` with no digit below `10^coarsest`, unless that would move a value into another class.
fn rounded(values: &[f64], exact: f64, coarsest: i32) -> f64 {
    let split = values.partition_point(|value| *value < exact);
    let above = split.checked_sub(1).map_or(f64::NEG_INFINITY, |below| values[below]);
    let upto = values.get(split).copied().unwrap_or(f64::INFINITY);
    let step = ten(coarsest);
    let (above, upto) = (above.max(exact - step), upto.min(exact + step));
    round::within(above, upto, exact, coarsest)
}

/// Natural breaks: the least sum of squared distances to the means of the classes (W. D. Fisher 1958, "On
/// grouping for maximum homogeneity"; G. F. Jenks 1977, "Optimal data classification for choropleth maps").
///
/// Exact, by dynamic programming over the different numbers; the best start of the last class only moves up
/// with its end, which halves the work at each step (H. Wang and M. Song 2011, "Ckmeans.1d.dp").
pub(super) fn jenks(values: &[f64], count: usize) -> Vec<f64> {
    let sums = Sums::new(values);
    let different = sums.values.len();
    let count = count.min(different);
    let mut best: Vec<f64> = (0..=different).map(|end| sums.cost(0, end)).collect();
    let mut starts: Vec<Vec<usize>> = Vec::with_capacity(count);
    for classes in 2..=count {
        let mut layer = Layer {
            sums: &sums,
            before: &best,
            cost: vec![f64::INFINITY; different + 1],
            start: vec![0; different + 1],
        };
        layer.solve(classes, different, classes - 1, different - 1);
        let Layer { cost, start, .. } = layer;
        best = cost;
        starts.push(start);
    }
    let mut breaks = Vec::with_capacity(count);
    let mut end = different;
    for start in starts.iter().rev() {
        end = start[end];
        let (below, above) = (sums.values[end - 1], sums.values[end]);
        breaks.push(round::within(below, above, below / 2.0 + above / 2.0, ANY));
    }
    breaks.reverse();
    breaks
}

/// Running sums over the different numbers, about their mean for the sake of precision.
struct Sums {
    values: Vec<f64>,
    count: Vec<f64>,
    sum: Vec<f64>,
    square: Vec<f64>,
}

impl Sums {
    fn new(values: &[f64]) -> Sums {
        let mean = values.iter().map(|value| value / values.len() as f64).sum::<f64>();
        let mut sums = Sums { values: Vec::new(), count: vec![0.0], sum: vec![0.0], square: vec![0.0] };
        let (mut count, mut sum, mut square) = (0.0, 0.0, 0.0);
        for (index, value) in values.iter().enumerate() {
            let off = value - mean;
            (count, sum, square) = (count + 1.0, sum + off, square + off * off);
            if values.get(index + 1) != Some(value) {
                sums.values.push(*value);
                sums.count.push(count);
                sums.sum.push(sum);
                sums.square.push(square);
            }
        }
        sums
    }

    /// Squared distances to their mean of the different numbers `start..end`.
    fn cost(&self, start: usize, end: usize) -> f64 {
        let count = self.count[end] - self.count[start];
        if count == 0.0 {
            return 0.0;
        }
        let sum = self.sum[end] - self.sum[start];
        (self.square[end] - self.square[start] - sum * sum / count).max(0.0)
    }
}

/// The best cost of the first `end` numbers in one class more than `before` has, and where the last class starts.
struct Layer<'s> {
    sums: &'s Sums,
    before: &'s [f64],
    cost: Vec<f64>,
    start: Vec<usize>,
}

impl Layer<'_> {
    /// Ends `from..=to`, whose best starts lie in `low..=high`.
    fn solve(&mut self, from: usize, to: usize, low: usize, high: usize) {
        if from > to {
            return;
        }
        let end = from + (to - from) / 2;
        let mut best = (f64::INFINITY, low);
        for start in low..=high.min(end - 1) {
            let cost = self.before[start] + self.sums.cost(start, end);
            if cost < best.0 {
                best = (cost, start);
            }
        }
        (self.cost[end], self.start[end]) = best;
        if end > from {
            self.solve(from, end - 1, low, best.1);
        }
        self.solve(end + 1, to, best.1, high);
    }
}

/// Multiples of a round number, about `count` classes (P. Heckbert 1990, "Nice numbers for graph labels", with
/// 2½ as a fourth step).
pub(super) fn pretty(values: &[f64], count: usize) -> Vec<f64> {
    let (low, high) = ends(values);
    let power = round::exponent(high / count as f64 - low / count as f64);
    let steps = [(1.0, power), (2.0, power), (2.5, power), (5.0, power), (1.0, power + 1)];
    let off = |breaks: &Vec<f64>| (breaks.len() + 1).abs_diff(count);
    let fit = steps.map(|(part, power)| multiples(low, high, part, power));
    fit.into_iter().filter(|breaks| !breaks.is_empty()).min_by_key(off).unwrap_or_else(|| quantile(values, 2))
}

fn multiples(low: f64, high: f64, part: f64, power: i32) -> Vec<f64> {
    const MOST: usize = 40;
    let step = part * ten(power);
    let first = (low / step).floor() + 1.0;
    let all = (0..MOST).map(|i| round::tidy((first + i as f64) * part * ten(power)));
    all.take_while(|x| *x < high).filter(|x| *x > low).collect()
}

/// Round numbers that grow by a factor, about `count` classes: of the rows 1, 2, 5 · 1, 3 · 1 · every second
/// power of ten, and so on, the one that gives nearest to as many. `values` above zero are what counts; others
/// are in the lowest class. Empty when there are no two different ones above zero.
pub(super) fn logarithmic(values: &[f64], count: usize) -> Vec<f64> {
    let above: Vec<f64> = values.iter().copied().filter(|value| *value > 0.0).collect();
    let (Some(low), Some(high)) = (above.first(), above.last()) else { return Vec::new() };
    let powers = round::exponent(*low)..=round::exponent(*high);
    let row = |parts: &[f64], stride: usize| -> Vec<f64> {
        let all =
            powers.clone().step_by(stride).flat_map(|power| parts.iter().map(move |part| part * ten(power)));
        all.map(round::tidy).filter(|x| *x > *low && *x <= *high).collect()
    };
    let mut rows = vec![row(&[1.0], 1), row(&[1.0, 3.0], 1), row(&[1.0, 2.0, 5.0], 1)];
    rows.extend((2..=40).map(|stride| row(&[1.0], stride)));
    let fit = rows.into_iter().min_by_key(|breaks| (breaks.len() + 1).abs_diff(count)).unwrap_or_default();
    if fit.is_empty() && low < high { quantile(&above, count) } else { fit }
}

/// A break between every two different numbers.
pub(super) fn between_all(values: &[f64]) -> Vec<f64> {
    let pairs = values.windows(2).filter(|pair| pair[0] < pair[1]);
    pairs.map(|pair| round::within(pair[0], pair[1], pair[1], ANY)).collect()
}

/// Number of different values of an ascending list.
pub(super) fn different(values: &[f64]) -> usize {
    values.windows(2).filter(|pair| pair[0] < pair[1]).count() + usize::from(!values.is_empty())
}

fn ends(values: &[f64]) -> (f64, f64) {
    (values.first().copied().unwrap_or(0.0), values.last().copied().unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::super::labels;
    use super::*;

    /// Reference: mapclassify 2.10.0, `FisherJenks`, on the columns of `gapminder-health-income.csv` and `statecrime.csv`.
    #[test]
    fn natural_breaks_agree_with_mapclassify() {
        let column = |text: &str, column: usize| -> Vec<f64> {
            let options = crate::table::TableOptions::default();
            let table = crate::table::read("f.csv", text.as_bytes(), crate::table::Form::Delimited, &options);
            let table = table.expect("a table").value;
            let mut values: Vec<f64> = table.cells(column).filter_map(|cell| cell.parse().ok()).collect();
            values.sort_by(f64::total_cmp);
            values
        };
        let gapminder = include_str!("../../tests/tables/gapminder-health-income.csv");
        let income = column(gapminder, 1);
        let health = column(gapminder, 2);
        let violent = column(include_str!("../../tests/tables/statecrime.csv"), 1);
        let cases: [(&[f64], &[usize], &[f64]); 5] = [
            (&income, &[100, 54, 26, 6, 1], &[11903.0, 30265.0, 56118.0, 88314.0]),
            (&income, &[85, 48, 27, 17, 5, 4, 1], &[8606.0, 20485.0, 34644.0, 48226.0, 64304.0, 88314.0]),
            (&health, &[49, 57, 81], &[65.7, 74.7]),
            (&health, &[4, 25, 29, 24, 30, 39, 36], &[53.8, 62.4, 67.0, 71.7, 75.2, 78.7]),
            (&violent, &[14, 14, 12, 10, 1], &[265.5, 388.9, 530.3, 704.6]),
        ];
        for (values, counts, lasts) in cases {
            let found = jenks(values, counts.len());
            let members = labels::split(values, &found);
            assert_eq!(members.iter().map(|class| class.len()).collect::<Vec<_>>(), counts);
            let found: Vec<f64> =
                members.iter().take(lasts.len()).filter_map(|class| class.last().copied()).collect();
            assert_eq!(found, lasts);
        }
        // the same reference for quantiles
        let quantiles = quantile(&income, 5);
        assert_eq!(
            labels::split(&income, &quantiles).iter().map(|class| class.len()).collect::<Vec<_>>(),
            [38, 37, 37, 37, 38]
        );
        assert_eq!(quantiles, [2900.0, 7400.0, 14800.0, 28000.0]);
    }

    #[test]
    fn natural_breaks_of_ten_thousand_numbers_are_fast() {
        let values: Vec<f64> = (0..10_000).map(|i| f64::from(i) * f64::from(i % 97) + f64::from(i)).collect();
        let mut values = values;
        values.sort_by(f64::total_cmp);
        let start = std::time::Instant::now();
        assert_eq!(jenks(&values, 9).len(), 8);
        assert!(start.elapsed().as_millis() < 1000, "{:?}", start.elapsed());
    }

    proptest::proptest! {
    /// No grouping into as many classes is better than the one found (all are tried).
    #[test]
    fn natural_breaks_are_the_best(list in proptest::collection::vec(0..40_i32, 4..9)) {
        let mut values: Vec<f64> = list.into_iter().map(f64::from).collect();
        values.sort_by(f64::total_cmp);
        proptest::prop_assume!(different(&values) > 3);
        let spread = |class: &[f64]| {
            let mean = class.iter().sum::<f64>() / class.len() as f64;
            class.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>()
        };
        let mut best = f64::INFINITY;
        for a in 1..values.len() - 1 {
            for b in a + 1..values.len() {
                best = best.min(spread(&values[..a]) + spread(&values[a..b]) + spread(&values[b..]));
            }
        }
        let found: f64 = labels::split(&values, &jenks(&values, 3)).into_iter().map(spread).sum();
        proptest::prop_assert!(found <= best + 1e-9, "{} > {}", found, best);
    }
    }
}
