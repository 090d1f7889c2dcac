//! Classes of words: those that the user named, or those that the data holds.
//!
//! Found classes stand in the order that is asked for (that of columns of memberships), or strongest first where all
//! are words of strength (see `strength`), else the one
//! with most places first, of two as many by the alphabet, and "other" and "unknown" last: the same at
//! any order of the rows.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Diagnostic, Diagnostics, Result, nearest};
use crate::paint::{Color, Paint, PatternForm};

use super::palettes::{self, Family};
use super::strength::{self, Strength};
use super::{Class, Kind, ScaleOptions, Values, fold, fold_number, pattern, ramp};

/// A class before it has paint.
struct Plan {
    value: String,
    label: String,
    color: Option<Color>,
    pattern: Option<PatternForm>,
    doubtful: bool,
    count: usize,
}

/// The classes of `values`, painted.
pub(super) fn classes(
    values: &Values<'_>,
    kind: Kind,
    options: &ScaleOptions,
    warnings: &mut Diagnostics,
) -> Result<Vec<Class>> {
    let counted = count(values);
    let plans = if options.classes.is_empty() {
        found(counted, kind, options)
    } else {
        named(counted, options, warnings)?
    };
    let paints = match kind {
        Kind::Nominal => nominal(&plans, options)?,
        _ => ordered(&plans, options)?,
    };
    let mut keys = Keys::default();
    let class = |(plan, paint): (Plan, Paint)| Class {
        key: keys.unique(&plan.value),
        label: plan.label,
        paint,
        count: plan.count,
        bounds: None,
        value: plan.value,
    };
    Ok(plans.into_iter().zip(paints).map(class).collect())
}

/// How many places have each value, and how the table writes it, by the folded value.
type Counted = BTreeMap<String, (String, usize)>;

fn count(values: &Values<'_>) -> Counted {
    let mut counted = Counted::new();
    let words = values.words.iter().map(|word| (fold(word), word.clone()));
    let numbers = values.numbers.iter().map(|number| (fold_number(*number), number.to_string()));
    for (folded, written) in words.chain(numbers) {
        let entry = counted.entry(folded).or_insert_with(|| (written.clone(), 0));
        // of several spellings the first by the alphabet, whatever the order of the rows
        if written < entry.0 {
            entry.0 = written;
        }
        entry.1 += 1;
    }
    counted
}

fn found(counted: Counted, kind: Kind, options: &ScaleOptions) -> Vec<Plan> {
    let words: Vec<String> = counted.keys().cloned().collect();
    let by_strength = kind == Kind::Ordered && strength::all(&words);
    let mut plans: Vec<Plan> = counted
        .into_iter()
        .map(|(value, (written, count))| Plan {
            label: capitalised(&written),
            color: None,
            pattern: None,
            doubtful: by_strength && strength::of(&value).is_some_and(|one| one.doubtful),
            value,
            count,
        })
        .collect();
    let place = |plan: &Plan| options.order.iter().position(|value| fold(value) == plan.value);
    if plans.iter().any(|plan| place(plan).is_some()) {
        plans.sort_by_key(|plan| place(plan).unwrap_or(usize::MAX));
    } else if by_strength {
        plans.sort_by_key(|plan| strength::of(&plan.value).map_or(usize::MAX, |Strength { step, .. }| step));
    } else if kind == Kind::Ordered && plans.iter().all(|plan| plan.value.parse::<f64>().is_ok()) {
        let number = |plan: &Plan| plan.value.parse::<f64>().unwrap_or(0.0);
        plans.sort_by(|a, b| number(b).total_cmp(&number(a)));
    } else {
        plans.sort_by_key(|plan| (is_rest(&plan.value), std::cmp::Reverse(plan.count)));
    }
    for (nth, plan) in plans.iter_mut().filter(|plan| plan.doubtful).enumerate() {
        plan.pattern = Some(pattern::turned(&options.doubt, nth));
    }
    plans
}

fn is_rest(value: &str) -> bool {
    matches!(
        value,
        "other" | "others" | "unknown" | "rest" | "otro" | "otros" | "andere" | "autre" | "autres"
    )
}

fn capitalised(text: &str) -> String {
    let mut chars = text.trim().chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The user's classes; every value of the data must have one.
fn named(counted: Counted, options: &ScaleOptions, warnings: &mut Diagnostics) -> Result<Vec<Plan>> {
    let mut left = counted;
    let mut plans: Vec<Plan> = Vec::new();
    for class in &options.classes {
        let value = fold(&class.value);
        if plans.iter().any(|plan| plan.value == value) {
            return Err(Diagnostic::error(format!("the class \"{}\" is given twice", class.value))
                .hint("keep one [[scale.class]] a value")
                .into());
        }
        let count = left.remove(&value).map_or(0, |(_, count)| count);
        if count == 0 {
            warnings.push(Diagnostic::warning(format!("no place is in the class \"{}\"", class.value)));
        }
        let label = if class.label.is_empty() { class.value.clone() } else { class.label.clone() };
        let (color, pattern) = (class.color, class.pattern.clone());
        plans.push(Plan { value, label, color, pattern, doubtful: false, count });
    }
    if left.is_empty() { Ok(plans) } else { Err(without_class(&left, options).into()) }
}

fn without_class(left: &Counted, options: &ScaleOptions) -> Diagnostic {
    let places = |count: usize| if count == 1 { "1 place".to_owned() } else { format!("{count} places") };
    let listed: Vec<String> =
        left.values().map(|(written, count)| format!("\"{written}\" ({})", places(*count))).collect();
    let what = if listed.len() == 1 { "a value has no class" } else { "some values have no class" };
    let mut error = Diagnostic::error(format!("{what}: {}", listed.join(", ")));
    let known: Vec<&str> = options.classes.iter().map(|class| class.value.as_str()).collect();
    for (written, _) in left.values() {
        if let Some(near) = nearest(written, &known) {
            error = error.hint(format!("did you mean \"{near}\" by \"{written}\"?"));
        }
    }
    error.hint("add a [[scale.class]] for each value")
}

/// Steps of the ramp, strongest first. A class with a pattern has its own step as ground, and marks in
/// the next darker one; so there is always a darker one, and the ramp is cut as for three classes at
/// least: what is only reported never wears the dark end, alone or with another class.
fn ordered(plans: &[Plan], options: &ScaleOptions) -> Result<Vec<Paint>> {
    let marked = |plan: Option<&Plan>| plan.is_some_and(|plan| plan.pattern.is_some());
    let leads = marked(plans.first());
    let count = if leads {
        (plans.len() + 1).max(3)
    } else if plans.iter().any(|plan| plan.pattern.is_some()) {
        plans.len().max(3)
    } else {
        plans.len()
    };
    let steps = ramp::steps(options, count)?;
    // a spare step goes to the front, or, where the first class is sure, between the first and the last
    let spare = count - plans.len();
    let step = |index: usize| if leads || index > 0 { index + spare } else { index };
    let paint = |(index, plan): (usize, &Plan)| {
        let ground = plan.color.unwrap_or(steps[step(index)]);
        match &plan.pattern {
            None => Paint::Solid(ground),
            Some(form) if plan.color.is_some() => pattern::over(ground, pattern::deepened(ground), form),
            Some(form) => pattern::over(ground, steps[step(index) - 1], form),
        }
    };
    Ok(plans.iter().enumerate().map(paint).collect())
}

fn nominal(plans: &[Plan], options: &ScaleOptions) -> Result<Vec<Paint>> {
    let wanted = plans.iter().filter(|plan| plan.color.is_none()).count();
    let mut colors = match &options.palette {
        None => options.categories.clone(),
        Some(name) => {
            let palette = palettes::by_name(name)?;
            match palette.family {
                Family::Categorical => palette.colors(palette.limit().unwrap_or(wanted)),
                _ => ramp::steps(&ScaleOptions { reverse: false, ..options.clone() }, wanted.max(1))?,
            }
        }
    };
    if wanted > colors.len() {
        return Err(too_many(wanted, colors.len()).into());
    }
    if options.reverse {
        colors.truncate(wanted);
        colors.reverse();
    }
    let mut next = colors.into_iter();
    let paints = plans.iter().map(|plan| {
        let ground = plan.color.or_else(|| next.next()).unwrap_or(options.absent);
        match &plan.pattern {
            None => Paint::Solid(ground),
            Some(form) => pattern::over(ground, pattern::deepened(ground), form),
        }
    });
    Ok(paints.collect())
}

fn too_many(wanted: usize, colors: usize) -> Diagnostic {
    Diagnostic::error(format!("there are {wanted} categories and {colors} colours to tell them apart"))
        .hint("group the small ones in the data as \"Other\"")
        .hint("or give each class its own colour ([[scale.class]] with `color`), or name a larger palette such as \"Paired\" (12)")
        .hint("or choose another value column by `value = \"…\"` in [data], or `--value`")
}

/// Keys of classes: lower-case ASCII letters, digits and hyphens, each once.
#[derive(Default)]
struct Keys(Vec<String>);

impl Keys {
    fn unique(&mut self, value: &str) -> String {
        let plain: String = value.nfd().filter(|c| c.is_ascii()).collect();
        let parts = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
        let slug = parts.collect::<Vec<_>>().join("-").to_lowercase();
        let slug = if slug.is_empty() { format!("class-{}", self.0.len() + 1) } else { slug };
        let mut key = slug.clone();
        let mut nth = 2;
        // "no-data" is the key of missing values
        while key == "no-data" || self.0.contains(&key) {
            key = format!("{slug}-{nth}");
            nth += 1;
        }
        self.0.push(key.clone());
        key
    }
}
