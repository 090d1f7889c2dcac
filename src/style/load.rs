//! Style files: extending, merging, and lengths resolved at a page width.

use std::sync::OnceLock;

use toml::{Table, Value};

use super::Style;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, nearest};
use crate::strict;
use crate::text::FAMILIES;

/// The bundled styles: name and file. The first is the default.
pub const BUNDLED: &[(&str, &str)] = &[
    ("newsroom", include_str!("../../styles/newsroom.toml")),
    ("print-bw", include_str!("../../styles/print-bw.toml")),
    ("dark", include_str!("../../styles/dark.toml")),
];

/// Page widths between which a `{ narrow, wide }` length is interpolated.
const NARROW: f64 = 390.0;
const WIDE: f64 = 1600.0;

/// The text of the bundled style `name`.
pub fn bundled(name: &str) -> Option<&'static str> {
    BUNDLED.iter().find(|(one, _)| *one == name).map(|(_, text)| *text)
}

/// A style at a page width in px. `name` is a bundled style, or the path that `open` is asked to read;
/// `changes` are laid over it (`page.margin` …).
pub fn load(
    name: &str,
    width: f64,
    changes: &[(String, Value)],
    open: &dyn Fn(&str) -> Result<String, Diagnostics>,
) -> Result<Style, Diagnostics> {
    let mut merged = gather(name, &mut Vec::new(), open)?;
    for (key, value) in changes {
        let message = strict::set(&mut merged, key, value.clone()).err();
        message.map_or(Ok(()), |message| Err(Diagnostic::usage(message).at(Place::default().key(key))))?;
    }
    resolve(&mut merged, width);
    let style: Style = strict::from_table(name, "", merged)?;
    check_words(name, &style)?;
    Ok(style)
}

/// Families and weights that there are.
fn check_words(name: &str, style: &Style) -> Result<(), Diagnostics> {
    let mut found = Diagnostics::default();
    for (role, look) in style.text.roles() {
        let place = |key: &str| Place::file(name).key(format!("text.{role}.{key}"));
        if !FAMILIES.contains(&look.family.as_str()) {
            let one = Diagnostic::error(format!("no bundled family is called `{}`", look.family));
            found.push(one.at(place("family")).hint(format!("the families are {}", FAMILIES.join(", "))));
        }
        if !(100..=900).contains(&look.weight) {
            let one = Diagnostic::error(format!("{} is no weight of a font", look.weight));
            found.push(one.at(place("weight")).hint("weights lie between 100 and 900"));
        }
        if !(2.0..=1000.0).contains(&look.size.0) {
            let one = Diagnostic::error(format!("{} px is no size for words", look.size.0));
            found.push(one.at(place("size")).hint("sizes lie between 2 and 1000 px"));
        }
    }
    found.into_result().map(|_| ())
}

/// Reads the default style, which would otherwise be read when it is first asked for.
pub(crate) fn prepare() {
    default();
}

/// The default style's table as `build.rs` packs it, which all others are laid over.
static DEFAULT: &str = include_str!(concat!(env!("OUT_DIR"), "/style.json"));

/// The default style's table: read once.
pub(super) fn default() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    // that it can be read is a matter of the tests
    TABLE.get_or_init(|| serde_json::from_str(DEFAULT).unwrap_or_default())
}

/// The table of `name` laid over all that it extends.
fn gather(
    name: &str,
    trail: &mut Vec<String>,
    open: &dyn Fn(&str) -> Result<String, Diagnostics>,
) -> Result<Table, Diagnostics> {
    let place = || trail.last().map(|file| Place::file(file).key("extends"));
    if trail.iter().any(|one| one == name) {
        let chain = format!("{} → {name}", trail.join(" → "));
        let mut fault = Diagnostic::error(format!("the styles extend each other in a circle: {chain}"));
        fault.place = place();
        return Err(fault.into());
    }
    if name == BUNDLED[0].0 {
        return Ok(default().clone());
    }
    let text = match bundled(name) {
        Some(text) => text.to_owned(),
        None if is_path(name) => open(name)?,
        None => {
            let mut fault = unknown(name);
            fault.place = place();
            return Err(fault.into());
        }
    };
    let mut table = strict::table(name, &text)?;
    let base = match table.remove("extends") {
        Some(Value::String(base)) => beside(name, base),
        Some(_) => {
            let fault =
                Diagnostic::error("`extends` takes the name of a style").at(Place::file(name).key("extends"));
            return Err(fault.into());
        }
        None => BUNDLED[0].0.to_owned(),
    };
    // the keys of the bundled styles are a matter of the tests
    if bundled(name).is_none() {
        strict::check_keys(name, &text, &super::schema())?;
    }
    trail.push(name.to_owned());
    let mut below = gather(&base, trail, open)?;
    trail.pop();
    lay_over(&mut below, table);
    Ok(below)
}

fn is_path(name: &str) -> bool {
    name.ends_with(".toml") || name.contains(['/', '\\'])
}

/// A relative path in `extends` is relative to the file that says it.
fn beside(name: &str, base: String) -> String {
    match name.rsplit_once('/') {
        Some((folder, _)) if is_path(&base) && !base.starts_with('/') => format!("{folder}/{base}"),
        _ => base,
    }
}

fn unknown(name: &str) -> Diagnostic {
    let names: Vec<&str> = BUNDLED.iter().map(|(one, _)| *one).collect();
    let fault = Diagnostic::error(format!("there is no style called `{name}`"));
    match nearest(name, &names) {
        Some(near) => fault.hint(format!("did you mean `{near}`?")),
        None => fault.hint(format!("the styles are {}; a file's name ends in .toml", names.join(", "))),
    }
}

fn lay_over(below: &mut Table, above: Table) {
    for (key, value) in above {
        match (below.get_mut(&key), value) {
            (Some(Value::Table(inner)), Value::Table(over)) if !is_length(&over) && !is_length(inner) => {
                lay_over(inner, over);
            }
            (_, value) => {
                below.insert(key, value);
            }
        }
    }
}

fn is_length(table: &Table) -> bool {
    table.len() == 2 && table.contains_key("narrow") && table.contains_key("wide")
}

/// Replaces every `{ narrow, wide }` by its length at `width`.
fn resolve(table: &mut Table, width: f64) {
    for (_, value) in table.iter_mut() {
        let Value::Table(inner) = value else { continue };
        if !is_length(inner) {
            resolve(inner, width);
            continue;
        }
        if let (Some(narrow), Some(wide)) = (number(&inner["narrow"]), number(&inner["wide"])) {
            *value = Value::Float(length_at(narrow, wide, width));
        }
    }
}

fn number(value: &Value) -> Option<f64> {
    value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64))
}

/// `narrow · (width / 390)^p` with p such that 1600 px give `wide`; straight where a power is undefined.
/// Below 390 px nothing shrinks further.
fn length_at(narrow: f64, wide: f64, width: f64) -> f64 {
    if narrow <= 0.0 || wide <= 0.0 {
        let share = (width - NARROW) / (WIDE - NARROW);
        return (narrow + (wide - narrow) * share.clamp(0.0, 1.0)).max(0.0);
    }
    let power = libm::log(wide / narrow) / libm::log(WIDE / NARROW);
    let exact = narrow * libm::pow(width.max(NARROW) / NARROW, power);
    (exact * 1000.0).round() / 1000.0
}
