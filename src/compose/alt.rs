//! Alternative text made from the data: what the figure says, for people who do not see it.

use super::Parts;
use crate::atlas::PlaceId;
use crate::join::Value;
use crate::scale::Class;

/// Places named for one class before the rest is only counted.
const NAMED: usize = 12;

/// A sentence on the figure, then one a class.
pub fn describe(parts: &Parts<'_>) -> String {
    let mut text = match parts.title == parts.words.map {
        true => format!("{}.", parts.words.map),
        false => format!("{}{}{}.", parts.words.map, parts.words.colon, parts.title.trim_end_matches('.')),
    };
    let scale = parts.map.scale;
    for class in scale.entries().chain(&scale.no_data) {
        let places = members(parts, class);
        if !places.is_empty() {
            text.push(' ');
            text.push_str(&sentence(parts, class, &places));
        }
    }
    for inset in parts.insets.iter().filter(|inset| inset.own_data) {
        let names: Vec<&str> =
            inset.part.join.values.keys().map(|id| &*parts.atlas.place(*id).name).collect();
        if let (Some(title), false) = (&inset.title, names.len() > NAMED) {
            let title = title.text();
            text.push_str(&format!(" {title}{}{}.", parts.words.colon, parts.words.list(&names)));
        }
    }
    for callout in parts.callouts {
        let remark = callout.text.text();
        text.push(' ');
        text.push_str(remark.trim());
        if !remark.trim_end().ends_with(['.', '!', '?']) {
            text.push('.');
        }
    }
    text
}

fn members(parts: &Parts<'_>, class: &Class) -> Vec<PlaceId> {
    let scale = parts.map.scale;
    let is_in = |value: &Value| scale.shown(value).is_some_and(|one| one.key == class.key);
    parts.map.join.values.iter().filter(|(_, value)| is_in(value)).map(|(id, _)| *id).collect()
}

fn sentence(parts: &Parts<'_>, class: &Class, places: &[PlaceId]) -> String {
    let label = class.label.trim_end_matches('.');
    let colon = parts.words.colon;
    if places.len() > NAMED {
        return format!("{label}{colon}{}.", places.len());
    }
    let names: Vec<&str> = places.iter().map(|id| &*parts.atlas.place(*id).name).collect();
    format!("{label}{colon}{}.", parts.words.list(&names))
}
