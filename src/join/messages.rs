//! What a join tells people: every row that is not on the map, all at once and each name once.

use std::collections::BTreeMap;

use crate::atlas::{CodeSystem, Level, Lookup, PlaceId, Via};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};

use crate::table::Table;

use super::gazetteer::Gazetteer;
use super::reading::Reading;
use super::remarks::{self, named};
use super::{Fate, Join, MOST_VALUES, RowFate, Value};

/// So many names are told one by one; the others are counted.
const SHOWN: usize = 20;

/// So many positions at sea are told one by one.
const POSITIONS: usize = 5;

/// So many rows that disagree are told one by one: in a long table nearly all do.
const CONFLICTS: usize = 5;

/// Everything that should be said of the rows of `join`.
pub(super) fn all(join: &Join, names: &dyn Gazetteer, allow_unmatched: bool) -> Diagnostics {
    let mut told = join.warnings.clone();
    let mut lost = strangers(join, names);
    if allow_unmatched {
        lost.iter_mut().for_each(|one| one.severity = crate::diagnostic::Severity::Warning);
    } else if let Some(last) = lost.last_mut() {
        last.hints.push("`--allow-unmatched` draws the map without such rows".to_owned());
    }
    told.extend(lost);
    told.extend(settled(join, names));
    told.extend(conflicts(join, names));
    told.extend(crowded(join, names));
    told.extend(shared_numbers(join));
    told.extend(aggregates(join));
    told.extend(empty(join));
    told.extend(nothing_matched(join));
    told
}

/// Rows with the same input, by the first of them.
struct Group<'j> {
    first: &'j RowFate,
    rows: usize,
}

/// The distinct inputs of the rows that `belongs` picks, in file order.
fn groups<'j>(join: &'j Join, belongs: impl Fn(&Fate) -> bool) -> Vec<Group<'j>> {
    let mut index = BTreeMap::<&str, usize>::new();
    let mut groups: Vec<Group> = Vec::new();
    for row in join.rows.iter().filter(|row| belongs(&row.fate)) {
        let input = join.input(row);
        match index.get(input) {
            Some(at) => groups[*at].rows += 1,
            None => {
                index.insert(input, groups.len());
                groups.push(Group { first: row, rows: 1 });
            }
        }
    }
    groups
}

/// Positions that lie in no place: the first few, and how many there are.
fn at_sea(join: &Join, names: &dyn Gazetteer) -> Vec<Diagnostic> {
    let lost = || join.rows.iter().filter(|row| matches!(row.fate, Fate::Unmatched(_)));
    let mut told: Vec<Diagnostic> =
        lost().take(POSITIONS).map(|row| stranger(join, names, &Group { first: row, rows: 1 })).collect();
    let rows = lost().count();
    if rows > POSITIONS {
        let more = match rows - POSITIONS {
            1 => "1 more row lies".to_owned(),
            more => format!("{more} more rows lie"),
        };
        let what = format!("{more} in no {}; in all, {rows} of {} rows", join.level.title(), join.rows.len());
        told.push(
            Diagnostic::error(what)
                .at(Place::file(join.file.clone()).key(&join.place_column))
                .hint("`pressmap match` lists every row"),
        );
    }
    told
}

/// Unmatched and ambiguous names.
fn strangers(join: &Join, names: &dyn Gazetteer) -> Vec<Diagnostic> {
    if join.by_position {
        return at_sea(join, names);
    }
    let groups = groups(join, |fate| matches!(fate, Fate::Unmatched(_) | Fate::Ambiguous(_)));
    let mut told: Vec<Diagnostic> =
        groups.iter().take(SHOWN).map(|group| stranger(join, names, group)).collect();
    if groups.len() > SHOWN {
        let rows: usize = groups.iter().map(|group| group.rows).sum();
        let more = groups.len() - SHOWN;
        let names = if more == 1 { "name is not known" } else { "names are not known" };
        told.push(
            Diagnostic::error(format!("{more} more {names}; in all, {rows} of {} rows", join.rows.len()))
                .at(Place::file(join.file.clone()).key(&join.place_column))
                .hint("`pressmap match` lists every row"),
        );
    }
    told
}

fn stranger(join: &Join, names: &dyn Gazetteer, group: &Group) -> Diagnostic {
    let input = join.input(group.first);
    let more = match group.rows - 1 {
        0 => String::new(),
        1 => " (and 1 more row)".to_owned(),
        more => format!(" (and {more} more rows)"),
    };
    let at = join.place(group.first);
    if let Some(country) = join.lost_country(group.first) {
        return lost_country(join, names, country, &format!("\"{input}\"{more}")).at(at);
    }
    let remark = remarks::on(group.first, join, names);
    match &group.first.fate {
        Fate::Ambiguous(ids) => {
            let what = remark.unwrap_or_else(|| {
                let listed: Vec<String> = ids.iter().map(|id| named(*id, names)).collect();
                format!("may be {}", listed.join(" or "))
            });
            let code = ids.first().map_or("", |id| names.code_and_name(*id).0);
            let hint = if names.remark(input, join.level).is_some_and(|remark| remark.is_past()) {
                "write the place of today that the row belongs to, or leave the row out".to_owned()
            } else if join.level == Level::Admin1 && join.within.is_empty() && join.country_column.is_none() {
                format!(
                    "write the code, such as {code}, or name the country by `within` in [data] or `--within`"
                )
            } else {
                format!("write the full name, or the code, such as {code}")
            };
            Diagnostic::error(format!("\"{input}\" {what}{more}")).at(at).hint(hint)
        }
        Fate::Unmatched(ids) if join.by_position => {
            let what = format!("no {} lies at longitude and latitude {input}{more}", join.level.title());
            let near: Vec<&str> = ids.iter().take(3).map(|id| names.code_and_name(*id).1).collect();
            let error = Diagnostic::error(what).at(at);
            match near.as_slice() {
                [] => error.hint("it lies at sea, or outside of all places"),
                near => error.hint(format!("near it: {}", near.join(", "))),
            }
        }
        Fate::Unmatched(ids) => {
            let error =
                Diagnostic::error(format!("no {} is called \"{input}\"{more}", join.level.title())).at(at);
            let quoted = |id: &PlaceId| match join.level {
                Level::Admin1 => named(*id, names),
                _ => format!("\"{}\"", names.code_and_name(*id).1),
            };
            let near: Vec<String> = ids.iter().map(quoted).collect();
            match (remark, near.as_slice()) {
                (Some(remark), _) => error.hint(format!("{input} {remark}")),
                (None, []) => error,
                _ => error.hint(format!("did you mean {}?", near.join(" or "))),
            }
        }
        _ => Diagnostic::error(format!("\"{input}\" is not on the map")).at(at),
    }
}

/// A province beside a country that is none.
fn lost_country(join: &Join, names: &dyn Gazetteer, country: &str, province: &str) -> Diagnostic {
    let column = join.country_column.as_deref().unwrap_or_default();
    let what =
        format!("no country is called \"{country}\" (column \"{column}\"), where {province} is looked for");
    let error = Diagnostic::error(what);
    let near: Vec<String> = match names.lookup(country, Level::Country) {
        Lookup::Many(ids) => ids,
        _ => names.suggest(country, Level::Country),
    }
    .iter()
    .map(|id| format!("\"{}\"", names.code_and_name(*id).1))
    .collect();
    match (names.remark(country, Level::Country), near.as_slice()) {
        (Some(remark), _) => error.hint(format!("{country} {}", remarks::words(&remark, names))),
        (None, []) => error.hint("correct the country, or leave its cell empty"),
        (None, near) => error.hint(format!("did you mean {}?", near.join(" or "))),
    }
}

/// Names of several places that the other rows settled.
fn settled(join: &Join, names: &dyn Gazetteer) -> Vec<Diagnostic> {
    let groups = groups(join, |fate| matches!(fate, Fate::Matched(_, Via::Context)));
    let told = groups.iter().take(SHOWN).filter_map(|group| {
        let remark = remarks::on(group.first, join, names)?;
        let what = format!("\"{}\" {remark}", join.input(group.first));
        Some(Diagnostic::warning(what).at(join.place(group.first)))
    });
    told.collect()
}

/// That a column is read by another system of codes than ISO 3166-1, where its header does not say so.
pub(super) fn of_reading(table: &Table, column: usize, reading: Reading) -> Option<Diagnostic> {
    use CodeSystem::{Fifa, Fips, Ioc};
    let system = reading.system.filter(|system| !reading.told && matches!(system, Ioc | Fifa | Fips))?;
    let name = table.columns.get(column).map_or("", String::as_str);
    let what = format!("column \"{name}\" is read as {} codes", system.title());
    let (header, iso) = (system.word(), if system == Fips { "iso2" } else { "iso3" });
    Some(
        Diagnostic::warning(what)
            .at(Place::file(table.file.clone()))
            .hint(format!("call the column \"{header}\" if that is right, or \"{iso}\" if it is not")),
    )
}

/// Rows for one place that disagree.
fn conflicts(join: &Join, names: &dyn Gazetteer) -> Vec<Diagnostic> {
    let mut told: Vec<Diagnostic> = Vec::new();
    let pairs =
        join.conflicts.iter().filter_map(|(one, other)| Some((join.rows.get(*one)?, join.rows.get(*other)?)));
    for (one, other) in pairs.take(CONFLICTS) {
        let name = match one.fate {
            Fate::Matched(id, _) => names.code_and_name(id).1,
            _ => join.input(one),
        };
        let what = format!(
            "{name} has two values: {} {} and {} {}",
            value_words(&one.value),
            join.position.words(one.line as usize),
            value_words(&other.value),
            join.position.words(other.line as usize)
        );
        told.push(Diagnostic::error(what).at(join.place(other)));
    }
    if join.conflicts.len() > CONFLICTS {
        let more = join.conflicts.len() - CONFLICTS;
        told.push(
            Diagnostic::error(format!("{more} more rows disagree with an earlier row of the same place"))
                .at(Place::file(join.file.clone())),
        );
    }
    if let Some(last) = told.last_mut() {
        if let Some((column, latest)) = &join.period {
            last.hints.push(format!(
                "\"{column}\" holds several periods: show one by `--when {latest}`, or `when = \"{latest}\"` in [data]"
            ));
        }
        last.hints.push("keep one row a place: by `filter` in [data] (one year, one indicator), or by `duplicates = \"first\"`, `\"last\"` or `\"sum\"`".to_owned());
        if join
            .conflicts
            .iter()
            .any(|(one, _)| matches!(join.rows[*one].value, Value::Text(_) | Value::Several(_)))
        {
            last.hints.push("or show all of them as stripes: `duplicates = \"stripe\"`".to_owned());
        }
    }
    told
}

fn value_words(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Text(text) => format!("\"{text}\""),
        Value::Missing => "none".to_owned(),
        Value::Several(values) if values.is_empty() => "none".to_owned(),
        Value::Several(values) => values.iter().map(value_words).collect::<Vec<_>>().join(" and "),
    }
}

/// Places that are in more classes than stripes can show.
fn crowded(join: &Join, names: &dyn Gazetteer) -> Vec<Diagnostic> {
    let told = join.crowded.iter().filter_map(|(row, value)| {
        let row = join.rows.get(*row)?;
        let name = match row.fate {
            Fate::Matched(id, _) => names.code_and_name(id).1,
            _ => join.input(row),
        };
        let listed: Vec<String> = value.each().iter().map(value_words).collect();
        let what = format!(
            "{name} has more than {MOST_VALUES} values ({}), and {MOST_VALUES} stripes are the most that can be told apart",
            listed.join(", ")
        );
        Some(Diagnostic::error(what).at(join.place(row)))
    });
    let mut told: Vec<Diagnostic> = told.take(CONFLICTS).collect();
    if let Some(last) = told.last_mut() {
        last.hints.push(
            "show fewer categories: by `filter` in [data], or by joining small ones into one".to_owned(),
        );
    }
    told
}

/// A number that holds for several places at once is shown whole for each, which may not be what it counts.
fn shared_numbers(join: &Join) -> Option<Diagnostic> {
    let mut rows = join.rows.iter().filter(|row| row.shared > 1 && matches!(row.value, Value::Number(_)));
    let first = rows.next()?;
    let mut lines: Vec<u32> = rows.map(|row| row.row).chain([first.row]).collect();
    lines.sort_unstable();
    lines.dedup();
    let what = match lines.len() {
        1 => format!(
            "1 row names {} places; its number, {}, is shown for each of them",
            first.shared,
            value_words(&first.value)
        ),
        more => format!("{more} rows name several places; their numbers are shown for each of them"),
    };
    Some(
        Diagnostic::warning(what)
            .at(join.place(first))
            .hint("give each place a row of its own if the number is their sum"),
    )
}

fn aggregates(join: &Join) -> Option<Diagnostic> {
    let groups = groups(join, |fate| matches!(fate, Fate::Aggregate));
    let first = groups.first()?.first;
    let rows: usize = groups.iter().map(|group| group.rows).sum();
    let what = if rows == 1 {
        "1 row is a total or a group of places, and not drawn".to_owned()
    } else {
        format!("{rows} rows are totals or groups of places, and not drawn")
    };
    let listed =
        groups.iter().take(SHOWN).map(|group| join.input(group.first)).collect::<Vec<_>>().join(", ");
    let more = match groups.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(Diagnostic::warning(format!("{what}: {listed}{more}")).at(join.place(first)))
}

fn empty(join: &Join) -> Option<Diagnostic> {
    let mut rows = join.rows.iter().filter(|row| row.fate == Fate::Empty);
    let first = rows.next()?;
    let what = match rows.count() {
        0 => "1 row names no place".to_owned(),
        more => format!("{} rows name no place", more + 1),
    };
    let place = join.place(first);
    let place = if place.key.is_empty() { place.key(&join.place_column) } else { place };
    Some(Diagnostic::warning(what).at(place))
}

/// An error even where unmatched rows are allowed: there is nothing to draw.
fn nothing_matched(join: &Join) -> Option<Diagnostic> {
    if join.rows.iter().any(|row| matches!(row.fate, Fate::Matched(..))) {
        return None;
    }
    if join.by_position {
        let what = format!("no row lies in a {}", join.level.title());
        let one = Diagnostic::error(what).at(Place::file(join.file.clone()));
        let columns = format!("longitude and latitude are read from {}", join.place_column);
        return Some(one.hint(format!("{columns}; `lon` and `lat` in [data] name other columns")));
    }
    let what = format!("no row of column \"{}\" is a {}", join.place_column, join.level.title());
    let error = Diagnostic::error(what).at(Place::file(join.file.clone()));
    let column = "name the column of the places by `place` in [data] or `--place`";
    Some(error.hint(match join.level {
        Level::Country => format!("{column}, or set `level = \"us-state\"`"),
        Level::UsState | Level::Admin1 => format!("{column}, or set `level = \"country\"`"),
        Level::Own => {
            format!("{column}, or what its cells are in the borders file by `id` or `name` in [borders]")
        }
    }))
}
