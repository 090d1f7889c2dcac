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
    text.extend(largest(parts).into_iter().flat_map(|sentence| [" ".to_owned(), sentence]));
    // circles of one colour are in no class
    let plain = scale.sizes.is_some() && parts.map.join.size_column.is_none();
    for class in scale.entries().filter(|_| !plain).chain(&scale.no_data) {
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

/// The largest circles with their amounts.
fn largest(parts: &Parts<'_>) -> Option<String> {
    const TOLD: usize = 5;
    let sizes = parts.map.scale.sizes.as_ref()?;
    let mut amounts: Vec<(f64, PlaceId)> = parts
        .map
        .join
        .amounts()
        .iter()
        .filter_map(|(id, value)| match value {
            Value::Number(amount) => Some((*amount, *id)),
            _ => None,
        })
        .collect();
    amounts.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let told: Vec<String> = amounts
        .iter()
        .take(TOLD)
        .map(|(amount, id)| format!("{} {}", parts.atlas.place(*id).name, sizes.number.shortest(*amount)))
        .collect();
    let all = told.iter().map(String::as_str).collect::<Vec<_>>();
    let more = amounts.len().saturating_sub(TOLD);
    let more = if more > 0 { format!(" (+{more})") } else { String::new() };
    Some(format!("{}{more}.", parts.words.list(&all)))
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
