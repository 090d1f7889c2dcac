//! What kind of value a key takes, by its schema, and the sentence for one that it does not take.

use serde_json::Value as Json;
use toml::de::DeValue;

use crate::diagnostic::{Diagnostic, nearest};

/// Whether `value` is of a kind that one of `leaves` takes; `items` gives the leaves of a list's items.
pub(super) fn fits<'a>(
    value: &DeValue<'_>,
    leaves: &[&'a Json],
    items: &dyn Fn(&'a Json) -> Vec<&'a Json>,
) -> bool {
    leaves.iter().any(|leaf| fits_leaf(value, leaf, items))
}

fn fits_leaf<'a>(value: &DeValue<'_>, leaf: &'a Json, items: &dyn Fn(&'a Json) -> Vec<&'a Json>) -> bool {
    let kinds = kinds(leaf);
    let takes = |kind: &str| kinds.is_empty() || kinds.contains(&kind);
    let bound = |key: &str| leaf.get(key).and_then(Json::as_u64);
    match value {
        DeValue::String(text) => {
            takes("string") && is_choice(text, leaf) && {
                let length = text.chars().count() as u64;
                bound("minLength").is_none_or(|least| length >= least)
                    && bound("maxLength").is_none_or(|most| length <= most)
            }
        }
        DeValue::Integer(number) => {
            let negative = number.as_str().starts_with('-');
            takes("number") || (takes("integer") && !(negative && bound("minimum") == Some(0)))
        }
        DeValue::Float(_) => takes("number"),
        DeValue::Boolean(_) => takes("boolean"),
        // a date stands for a text where a number may, too
        DeValue::Datetime(_) => kinds.is_empty() || (takes("string") && takes("number")),
        DeValue::Array(list) => {
            takes("array") && {
                let length = list.len() as u64;
                let inner = items(leaf);
                bound("minItems").is_none_or(|least| length >= least)
                    && bound("maxItems").is_none_or(|most| length <= most)
                    && (inner.is_empty() || list.iter().all(|item| fits(item.get_ref(), &inner, items)))
            }
        }
        DeValue::Table(_) => takes("object"),
    }
}

/// The kinds that a schema takes; empty for any.
fn kinds(leaf: &Json) -> Vec<&str> {
    match leaf.get("type") {
        Some(Json::String(kind)) => vec![kind],
        Some(Json::Array(kinds)) => kinds.iter().filter_map(Json::as_str).collect(),
        _ => Vec::new(),
    }
}

/// The words that a schema allows; empty for any.
fn choices(leaf: &Json) -> Vec<&str> {
    let one = leaf.get("const").and_then(Json::as_str);
    let many = leaf.get("enum").and_then(Json::as_array);
    one.into_iter().chain(many.into_iter().flatten().filter_map(Json::as_str)).collect()
}

fn is_choice(text: &str, leaf: &Json) -> bool {
    let choices = choices(leaf);
    choices.is_empty() || choices.contains(&text)
}

/// That the key at `path` does not take `value`.
pub(super) fn fault<'a>(
    path: &str,
    value: &DeValue<'_>,
    leaves: &[&'a Json],
    items: &dyn Fn(&'a Json) -> Vec<&'a Json>,
) -> Diagnostic {
    let words: Vec<&str> = leaves.iter().flat_map(|leaf| choices(leaf)).collect();
    if let (DeValue::String(text), false) = (value, words.is_empty()) {
        let one = Diagnostic::error(format!("`{text}` is no value of `{path}`"));
        return match nearest(text, &words) {
            Some(near) => one.hint(format!("did you mean `{near}`?")),
            None => one.hint(format!("it is one of {}", words.join(", "))),
        };
    }
    let mut wanted: Vec<String> = if words.is_empty() { Vec::new() } else { vec!["a word".to_owned()] };
    for leaf in leaves.iter().filter(|leaf| choices(leaf).is_empty()) {
        wanted.extend(wishes(leaf, items));
    }
    wanted.dedup();
    let one =
        Diagnostic::error(format!("`{path}` should be {}, not {}", wanted.join(" or "), described(value)));
    if words.is_empty() { one } else { one.hint(format!("it is one of {}", words.join(", "))) }
}

/// What a schema takes, in words.
fn wishes<'a>(leaf: &'a Json, items: &dyn Fn(&'a Json) -> Vec<&'a Json>) -> Vec<String> {
    let bound = |key: &str| leaf.get(key).and_then(Json::as_u64);
    let word = |kind: &str| match kind {
        "string" if bound("maxLength") == Some(1) => "one character".to_owned(),
        "string" => "a text".to_owned(),
        "integer" if bound("minimum") == Some(0) => "a whole number from 0 on".to_owned(),
        "integer" => "a whole number".to_owned(),
        "number" => "a number".to_owned(),
        "boolean" => "true or false".to_owned(),
        "array" => {
            let inner = items(leaf).first().and_then(|one| kinds(one).first().copied());
            let noun = match inner {
                Some("string") => "texts",
                Some("number" | "integer") => "numbers",
                _ => "values",
            };
            match bound("minItems").filter(|least| Some(*least) == bound("maxItems")) {
                Some(count) => format!("a list of {count} {noun}"),
                None => format!("a list of {noun}"),
            }
        }
        _ => "a section".to_owned(),
    };
    let kinds = kinds(leaf);
    // a column may be called by a number or a truth value; nobody need be told
    let plain = kinds.contains(&"string") && kinds.contains(&"boolean");
    let shown = kinds.iter().filter(|kind| **kind != "null" && !(plain && **kind == "boolean"));
    shown.map(|kind| word(kind)).collect()
}

/// A value in words.
fn described(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) if text.chars().count() <= 40 => format!("the text \"{text}\""),
        DeValue::String(_) => "a text".to_owned(),
        DeValue::Integer(number) => format!("the number {}", number.as_str()),
        DeValue::Float(number) => format!("the number {}", number.as_str()),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(date) => format!("the date {date}"),
        DeValue::Array(list) if list.len() == 1 => "a list of one".to_owned(),
        DeValue::Array(list) => format!("a list of {}", list.len()),
        DeValue::Table(_) => "a section".to_owned(),
    }
}
