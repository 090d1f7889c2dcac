//! Classes of numbers: breaks, bounds, labels and colours of sequential and diverging scales.

use crate::diagnostic::{Diagnostic, Diagnostics, Result};
use crate::paint::{Color, Paint};

use super::{Class, Method, ScaleOptions, breaks, labels, ramp, round};

/// More classes than this cannot be told apart by a legend.
const MOST: usize = 12;

/// Classes from low to high: pale to dark.
pub(super) fn sequential(
    values: &[f64],
    options: &ScaleOptions,
    warnings: &mut Diagnostics,
) -> Result<Vec<Class>> {
    check(options)?;
    let breaks = sequential_breaks(values, options, warnings)?;
    let mut colors = ramp::steps(options, breaks.len() + 1)?;
    colors.reverse();
    let classes = build(values, &breaks, &colors, options);
    if matches!(options.method, Method::Breaks(_)) {
        warnings.extend(empty_classes(&classes));
    }
    Ok(classes)
}

/// The breaks of one of several numbers: see [`sequential`].
pub(super) fn breaks_of(
    values: &[f64],
    options: &ScaleOptions,
    warnings: &mut Diagnostics,
) -> Result<Vec<f64>> {
    check(options)?;
    sequential_breaks(values, options, warnings)
}

fn check(options: &ScaleOptions) -> Result<()> {
    if let Method::Breaks(breaks) = &options.method {
        return check_breaks(breaks);
    }
    if (2..=9).contains(&options.count) {
        return Ok(());
    }
    Err(Diagnostic::error(format!("{} classes are asked for; there can be 2 to 9", options.count))
        .hint("readers tell five classes apart with ease")
        .into())
}

fn check_breaks(breaks: &[f64]) -> Result<()> {
    let error =
        |what: String| Err(Diagnostic::error(what).hint("for example `breaks = [10, 100, 1000]`").into());
    if let Some(bad) = breaks.iter().find(|one| !one.is_finite()) {
        return error(format!("{bad} is no class break"));
    }
    if let Some(pair) = breaks.windows(2).find(|pair| pair[0] >= pair[1]) {
        return error(format!("class breaks must ascend, and {} is followed by {}", pair[0], pair[1]));
    }
    match breaks.len() {
        0 => error("there is no class break".to_owned()),
        many if many >= MOST => error(format!("{many} breaks make more than {MOST} classes")),
        _ => Ok(()),
    }
}

fn sequential_breaks(values: &[f64], options: &ScaleOptions, warnings: &mut Diagnostics) -> Result<Vec<f64>> {
    let count = options.count;
    Ok(match &options.method {
        Method::Breaks(given) => given.clone(),
        _ if breaks::different(values) <= count => breaks::between_all(values),
        Method::Quantile => {
            let found = breaks::quantile(values, count);
            if found.len() + 1 < count {
                warnings.push(fewer(found.len() + 1, count));
            }
            found
        }
        Method::Equal => breaks::equal(values, count),
        Method::Jenks => breaks::jenks(values, count),
        Method::Pretty => breaks::pretty(values, count),
        Method::Log => logarithmic(values, options)?,
        Method::Continuous | Method::ContinuousLog => {
            return Err(Diagnostic::error(
                "two numbers at once are classed, so they have no continuous scale",
            )
            .hint("choose another `method` in [scale], such as \"quantile\"")
            .into());
        }
    })
}

fn logarithmic(values: &[f64], options: &ScaleOptions) -> Result<Vec<f64>> {
    let lowest = values.first().copied().unwrap_or(0.0);
    if lowest < 0.0 {
        return Err(Diagnostic::error(format!(
            "logarithmic classes need values of zero or more, and one is {lowest}"
        ))
        .hint("choose `method = \"quantile\"` or `\"jenks\"`, or `kind = \"diverging\"`, in [scale]")
        .into());
    }
    Ok(breaks::logarithmic(values, options.count))
}

fn fewer(found: usize, wanted: usize) -> Diagnostic {
    Diagnostic::warning(format!("so many values are equal that {wanted} quantile classes became {found}"))
        .hint("`method = \"jenks\"` in [scale] makes as many classes as there are different values")
}

/// Classes on both sides of the midpoint, at the same distances from it, so that one darkness means one
/// distance. Outer classes that no value reaches on one side are left out; the colours of the others stay.
pub(super) fn diverging(
    values: &[f64],
    options: &ScaleOptions,
    warnings: &mut Diagnostics,
) -> Result<Vec<Class>> {
    check(options)?;
    let middle = options.midpoint;
    if !middle.is_finite() {
        return Err(Diagnostic::error("the midpoint of a diverging scale is not a number").into());
    }
    let breaks = diverging_breaks(values, options)?;
    let colors = around(&breaks, middle, options)?;
    let classes = build(values, &breaks, &colors, options);
    let one_sided = |side: &str| {
        Diagnostic::warning(format!("every value is {side} the midpoint {}", options.number.shortest(middle)))
            .hint("set `midpoint` in [scale], or `kind = \"sequential\"`")
    };
    if values.first().is_some_and(|lowest| *lowest >= middle) {
        warnings.push(one_sided("at or above"));
    } else if values.last().is_some_and(|highest| *highest <= middle) {
        warnings.push(one_sided("at or below"));
    }
    if matches!(options.method, Method::Breaks(_)) {
        warnings.extend(empty_classes(&classes));
        return Ok(classes);
    }
    // labels are made anew, because the outer classes are open
    let used = |class: &Class| class.count > 0;
    let (Some(first), Some(last)) = (classes.iter().position(used), classes.iter().rposition(used)) else {
        return Ok(classes);
    };
    Ok(build(values, &breaks[first..last], &colors[first..=last], options))
}

/// Symmetrical breaks; the midpoint is one of them when the count of classes is even.
fn diverging_breaks(values: &[f64], options: &ScaleOptions) -> Result<Vec<f64>> {
    let (middle, count) = (options.midpoint, options.count);
    let mut away: Vec<f64> = values.iter().map(|value| round::tidy((value - middle).abs())).collect();
    away.sort_by(f64::total_cmp);
    let farthest = away.last().copied().unwrap_or(0.0);
    let even = count.is_multiple_of(2);
    let (sides, span) = if even { (count / 2, farthest) } else { (count / 2 + 1, farthest) };
    let distances = match &options.method {
        Method::Breaks(given) => return Ok(given.clone()),
        Method::Log => {
            return Err(Diagnostic::error("a diverging scale has no logarithmic classes")
                .hint("choose another `method` in [scale], or give `breaks`")
                .into());
        }
        _ if span == 0.0 => Vec::new(),
        Method::Equal | Method::Continuous | Method::ContinuousLog => equal_distances(span, count),
        Method::Pretty => breaks::pretty(&[0.0, span], sides),
        Method::Jenks => apart(&away, breaks::jenks(&away, sides)),
        Method::Quantile => apart(&away, breaks::quantile(&away, sides)),
    };
    let mut all: Vec<f64> = distances.iter().rev().map(|distance| round::tidy(middle - distance)).collect();
    all.extend(even.then_some(middle));
    all.extend(distances.iter().map(|distance| round::tidy(middle + distance)));
    all.dedup();
    Ok(all)
}

/// Distances of `count` classes of one width: the middle one lies across the midpoint when the count is odd.
fn equal_distances(span: f64, count: usize) -> Vec<f64> {
    let width = 2.0 * span / count as f64;
    let offset = if count.is_multiple_of(2) { 1.0 } else { 0.5 };
    (0..(count - 1) / 2).map(|i| round::tidy(width * (i as f64 + offset))).collect()
}

/// Moves a break off the value that it may stand on, halfway to the one below: on the other side of the
/// midpoint a number on it would fall into the class beyond.
fn apart(away: &[f64], distances: Vec<f64>) -> Vec<f64> {
    let moved = distances.into_iter().map(|distance| {
        let split = away.partition_point(|value| *value < distance);
        match (split.checked_sub(1).map(|below| away[below]), away.get(split)) {
            (Some(below), Some(at)) if *at == distance => {
                let half = below / 2.0 + at / 2.0;
                round::within(below, half, half, 400)
            }
            _ => distance,
        }
    });
    moved.collect()
}

/// The colours of the classes of `breaks`: the middle of the palette at the midpoint, one step for each class
/// away from it on either side.
fn around(breaks: &[f64], middle: f64, options: &ScaleOptions) -> Result<Vec<Color>> {
    let below = breaks.partition_point(|one| *one < middle);
    let on_break = breaks.get(below) == Some(&middle);
    let classes = breaks.len() + 1;
    // classes wholly below and wholly above the midpoint
    let below = if on_break { below + 1 } else { below };
    let above = classes - below - usize::from(!on_break);
    let side = below.max(above).max(1);
    let colors = ramp::diverging(options, 2 * side + usize::from(!on_break))?;
    Ok(colors.into_iter().skip(side - below.min(side)).take(classes).collect())
}

/// The classes that `breaks` make, with one colour each.
fn build(values: &[f64], breaks: &[f64], colors: &[Color], options: &ScaleOptions) -> Vec<Class> {
    let members = labels::split(values, breaks);
    let words = if breaks.is_empty() && breaks::different(values) > 1 {
        vec![labels::whole_range(values, &options.number)]
    } else {
        labels::labels(values, breaks, &options.number, &options.words)
    };
    let lowest = values.first().copied().unwrap_or(0.0);
    let highest = values.last().copied().unwrap_or(0.0);
    let lower =
        |i: usize| if i == 0 { breaks.first().map_or(lowest, |one| one.min(lowest)) } else { breaks[i - 1] };
    let upper = |i: usize| {
        breaks.get(i).copied().unwrap_or_else(|| breaks.last().map_or(highest, |one| one.max(highest)))
    };
    let class = |(i, ((class, label), color)): (usize, ((&&[f64], String), &Color))| Class {
        key: (i + 1).to_string(),
        label,
        paint: Paint::Solid(*color),
        count: class.len(),
        bounds: Some((lower(i), upper(i))),
        value: String::new(),
    };
    members.iter().zip(words).zip(colors).enumerate().map(class).collect()
}

fn empty_classes(classes: &[Class]) -> Vec<Diagnostic> {
    let empty = classes.iter().filter(|class| class.count == 0);
    empty.map(|class| Diagnostic::warning(format!("no place is in the class \"{}\"", class.label))).collect()
}
