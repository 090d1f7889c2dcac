//! What there is to say of a row beyond its fate: what a state became, what a name is a part of, in which
//! system a code would mean something, and how a name of several places was settled.

use crate::atlas::{CodeSystem, Coded, Level, Lookup, PlaceId, Remark, Via, listed, without_footnotes};

use super::gazetteer::Gazetteer;
use super::{Fate, Join, RowFate};

/// The remark on `row`, as the end of a sentence that begins with its input.
pub(super) fn on(row: &RowFate, join: &Join, names: &dyn Gazetteer) -> Option<String> {
    match &row.fate {
        Fate::Unmatched(_) if join.by_position => None,
        Fate::Matched(_, Via::Context) => Some(settled(row, join, names)),
        Fate::Ambiguous(ids) => {
            let said = names.remark(join.input(row), join.level);
            let said = said.map(|remark| words(&remark, names));
            said.or_else(|| join.code_system.map(|_| two_systems(ids, names)))
        }
        Fate::Unmatched(_) if join.lost_country(row).is_some() => None,
        Fate::Unmatched(_) => {
            let said = names.remark(join.input(row), join.level).map(|remark| words(&remark, names));
            said.or_else(|| lone(row, join, names))
                .or_else(|| other_system(join.input(row), join, names))
                .or_else(|| other_level(row, join, names))
        }
        _ => None,
    }
}

fn settled(row: &RowFate, join: &Join, names: &dyn Gazetteer) -> String {
    let Fate::Matched(place, _) = row.fate else { return String::new() };
    if names.country_of(place).is_some() {
        return format!("is read as {}, by what the other rows name", named(place, names));
    }
    let others = match names.remark(join.input(row), join.level) {
        Some(Remark::Several { places, .. }) => places,
        _ => Vec::new(),
    };
    let others: Vec<PlaceId> = others.into_iter().filter(|id| *id != place).collect();
    let has_row =
        |id: &PlaceId| join.rows.iter().any(|one| matches!(one.fate, Fate::Matched(of, _) if of == *id));
    if !others.iter().all(has_row) {
        return format!(
            "is read as {}, as the other rows are members of the OECD alone",
            named(place, names)
        );
    }
    format!(
        "is read as {}, as {} has a row of its own",
        named(place, names),
        listed(&others, &|id| named(id, names), " and ")
    )
}

fn two_systems(ids: &[PlaceId], names: &dyn Gazetteer) -> String {
    format!(
        "is {}, by two systems of codes of which both stand in this column",
        listed(ids, &|id| named(id, names), " or ")
    )
}

/// A remark in words.
pub(super) fn words(remark: &Remark, names: &dyn Gazetteer) -> String {
    remark.sentence(&|id| named(id, names))
}

/// A province of another country in a table of one.
fn lone(row: &RowFate, join: &Join, names: &dyn Gazetteer) -> Option<String> {
    let Fate::Unmatched(near) = &row.fate else { return None };
    let [place] = near.as_slice() else { return None };
    let country = names.country_of(*place)?;
    let same = join.country_column.is_none()
        && matches!(names.lookup_province(join.input(row), &join.within), Lookup::One(id, _) if id == *place);
    let country = names.code_and_name(country).1;
    same.then(|| {
        let place = named(*place, names);
        format!("is {place} in {country}, but the other rows are of another country; if it is meant, write its code")
    })
}

/// What an unknown code is in another system, as words.
fn other_system(input: &str, join: &Join, names: &dyn Gazetteer) -> Option<String> {
    let (system, id) = elsewhere(input, join.level, join.code_system, names)?;
    Some(format!("is the {} code of {}", system.title(), named(id, names)))
}

/// The first system but `but` in which `input` is the code of a place.
pub(super) fn elsewhere(
    input: &str,
    level: Level,
    but: Option<CodeSystem>,
    names: &dyn Gazetteer,
) -> Option<(CodeSystem, PlaceId)> {
    let code = without_footnotes(input);
    let letters = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphabetic());
    if level != Level::Country || !letters {
        return None;
    }
    let others = CodeSystem::ALL.into_iter().filter(|system| Some(*system) != but);
    others.into_iter().find_map(|system| match names.coded(code, system)? {
        Coded::Place(id) => Some((system, id)),
        Coded::Group => None,
    })
}

/// A state of the U.S. in a column of countries, or a country in a column of states.
fn other_level(row: &RowFate, join: &Join, names: &dyn Gazetteer) -> Option<String> {
    let (level, what) = match join.level {
        Level::Country => (Level::UsState, "a state of the U.S."),
        _ => (Level::Country, "a country"),
    };
    match names.lookup(join.input(row), level) {
        Lookup::One(id, Via::Name | Via::Alias) => {
            let key = if level == Level::Country { "country" } else { "us-state" };
            let code = names.code_and_name(id).0;
            Some(format!("is {what} ({code}); `level = \"{key}\"` reads the rows as such"))
        }
        _ => None,
    }
}

/// A place's name with its code.
pub(super) fn named(id: PlaceId, names: &dyn Gazetteer) -> String {
    let (code, name) = names.code_and_name(id);
    format!("{name} ({code})")
}
