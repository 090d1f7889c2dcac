//! Places that are in several classes at once: a combination for each set of classes that occurs.
//!
//! A combination wears the paints of its classes as stripes, in the order of the legend. It is a [`Class`] of its own,
//! so that map, legend and words treat it as any other.

use std::collections::BTreeMap;

use crate::join::Value;
use crate::paint::{Paint, Pattern, PatternForm};

use super::{Class, ScaleOptions, index_of};

/// Classes that some places are in at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Combination {
    /// Which of the scale's classes, ascending; two at least.
    pub parts: Vec<usize>,
    /// Its key (the classes' keys with a space between), label, paint, and number of places.
    pub class: Class,
}

/// The classes of several values, ascending, each once.
pub(super) fn parts(classes: &[Class], values: &[Value]) -> Vec<usize> {
    let mut parts: Vec<usize> = values.iter().filter_map(|value| index_of(classes, value)).collect();
    parts.sort_unstable();
    parts.dedup();
    parts
}

/// The combinations of `sets`, pairs first. Takes from the count of each class the places that are in others too,
/// and says so in its label where both occur.
pub(super) fn combine(sets: &[&[Value]], classes: &mut [Class], options: &ScaleOptions) -> Vec<Combination> {
    let mut counted = BTreeMap::<(usize, Vec<usize>), usize>::new();
    for set in sets {
        let parts = parts(classes, set);
        // the same class told twice is one place
        for part in &parts {
            let told = set.iter().filter(|value| index_of(classes, value) == Some(*part)).count();
            let alone = usize::from(parts.len() == 1);
            classes[*part].count = (classes[*part].count + alone).saturating_sub(told);
        }
        if parts.len() > 1 {
            *counted.entry((parts.len(), parts)).or_default() += 1;
        }
    }
    let combinations: Vec<Combination> = counted
        .into_iter()
        .map(|((_, parts), count)| Combination { class: class(&parts, count, classes, options), parts })
        .collect();
    for (index, class) in classes.iter_mut().enumerate() {
        if combinations.iter().any(|one| one.parts.contains(&index)) {
            class.label = options.words.only.replacen("{}", &class.label, 1);
        }
    }
    combinations
}

fn class(parts: &[usize], count: usize, classes: &[Class], options: &ScaleOptions) -> Class {
    let all = |what: fn(&Class) -> &str, between: &str| {
        parts.iter().map(|part| what(&classes[*part])).collect::<Vec<_>>().join(between)
    };
    let bands: Vec<Paint> = parts.iter().map(|part| classes[*part].paint.clone()).collect();
    let first = bands[0].ground();
    let form = PatternForm::Stripes { angle: options.stripe_angle, width: options.stripe_width, bands };
    Class {
        key: all(|class| &class.key, " "),
        label: all(|class| &class.label, " + "),
        paint: Paint::Pattern(Pattern { ground: first, mark: first, form, origin: (0.0, 0.0) }),
        count,
        bounds: None,
        value: String::new(),
    }
}
