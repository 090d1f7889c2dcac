//! What a legend that is a bar says: its colours, its numbers and, where it is asked for, how many places have which.

use super::LegendWish;
use crate::join::Value;
use crate::page::BarContent;
use crate::paint::Paint;
use crate::scale::{NumberFormat, Scale};

/// Bands of one colour that stand for colours without steps: more than can be told apart.
const BANDS: usize = 96;
/// Columns over a bar: half as many as numbers, within these bounds.
const COLUMNS: [usize; 2] = [12, 30];
/// Numbers above 0 whose range spans more than this ratio stand over logarithms, under columns.
const LOG_RATIO: f64 = 100.0;

/// The bar of numbers that are not classed, and of classes where one is asked for.
pub(super) fn content(
    scale: &Scale,
    wish: LegendWish,
    numbers: &[f64],
    format: &NumberFormat,
) -> Option<BarContent> {
    let histogram = wish == LegendWish::Histogram;
    let numbers = if histogram { numbers } else { &[] };
    let count = (numbers.len() / 2).clamp(COLUMNS[0], COLUMNS[1]);
    if let Some(continuous) = &scale.continuous {
        let share = |k: usize, of: usize| k as f64 / of as f64;
        let color =
            |k: usize, of: usize| Paint::Solid(continuous.along((share(k, of) + share(k + 1, of)) / 2.0));
        let tick = |value: &f64| (continuous.share(*value), format.shortest(*value));
        let counted = numbers.iter().map(|number| column_of(continuous.share(*number), count));
        let counted = counted.map(|column| (column, column)).collect();
        return Some(BarContent {
            bands: (0..BANDS).map(|k| (color(k, BANDS), share(k + 1, BANDS))).collect(),
            ticks: continuous.ticks.iter().map(tick).collect(),
            classed: false,
            columns: columns(counted, count, |column| color(column, count)),
        });
    }
    let bounds: Vec<(f64, f64)> = scale.classes.iter().filter_map(|class| class.bounds).collect();
    let asked = histogram || wish == LegendWish::Gradient;
    if !asked || bounds.len() < 2 || bounds.len() < scale.classes.len() {
        return None;
    }
    let (low, high) = (bounds[0].0, bounds[bounds.len() - 1].1);
    let log = histogram && low > 0.0 && high > low * LOG_RATIO;
    let even = |value: f64| if log { libm::log10(value) } else { value };
    let share = |value: f64| {
        let way = (even(value) - even(low)) / (even(high) - even(low));
        if high > low { way.clamp(0.0, 1.0) } else { 0.5 }
    };
    let bands =
        scale.classes.iter().zip(&bounds).map(|(class, (_, upper))| (class.paint.clone(), share(*upper)));
    let inner = bounds[1..].iter().map(|(lower, _)| *lower);
    let ends = std::iter::once(low).chain(inner).chain([high]);
    let ticks = ends.map(|value| (share(value), format.shortest(value))).collect();
    let class = |number: f64| {
        let key = &scale.class(&Value::Number(number))?.key;
        scale.classes.iter().position(|class| class.key == *key)
    };
    let counted =
        numbers.iter().filter_map(|number| Some((column_of(share(*number), count), class(*number)?)));
    let counted = counted.collect();
    let paint = |class: usize| scale.classes[class].paint.clone();
    Some(BarContent { bands: bands.collect(), ticks, classed: true, columns: columns(counted, count, paint) })
}

/// The column that a share of the way lies in.
fn column_of(share: f64, count: usize) -> usize {
    ((share * count as f64) as usize).min(count - 1)
}

/// `count` columns of what was counted, each a column and what its paint is found by: stacked in the order of the paints. None
/// where nothing was.
fn columns(
    mut counted: Vec<(usize, usize)>,
    count: usize,
    paint: impl Fn(usize) -> Paint,
) -> Vec<Vec<(Paint, f64)>> {
    counted.sort_unstable();
    let mut all: Vec<Vec<(usize, usize)>> = vec![Vec::new(); count];
    for (column, class) in counted {
        match all[column].last_mut() {
            Some((last, count)) if *last == class => *count += 1,
            _ => all[column].push((class, 1)),
        }
    }
    let tall = |column: &Vec<(usize, usize)>| column.iter().map(|(_, count)| count).sum::<usize>();
    let tallest = all.iter().map(tall).max().unwrap_or(0);
    if tallest == 0 {
        return Vec::new();
    }
    let stack = |column: Vec<(usize, usize)>| {
        column.into_iter().map(|(class, count)| (paint(class), count as f64 / tallest as f64)).collect()
    };
    all.into_iter().map(stack).collect()
}
