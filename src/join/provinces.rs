//! What is particular to a table of provinces: the column of their countries, and how the other rows settle a name
//! that provinces of several countries share.

use std::collections::{BTreeMap, BTreeSet};

use crate::atlas::{IN_COUNTRY, Level, PlaceId, Via};
use crate::diagnostic::Result;
use crate::table::Table;

use super::gazetteer::Gazetteer;
use super::place_column::{self, PlaceColumn};
use super::{Fate, JoinOptions};

/// A column of countries names a country in nine cells of ten.
const MOSTLY: f64 = 0.9;

/// A table speaks of one country when four names in five are of it, and at least so many are.
const MOST: (usize, usize) = (4, 5);
const LEAST: usize = 4;

/// The column that holds the country of each province: the one that is named, or the first that is a column of
/// countries.
pub(super) fn country_column(
    table: &Table,
    names: &dyn Gazetteer,
    options: &JoinOptions,
    place: PlaceColumn,
) -> Result<Option<usize>> {
    if place.level != Level::Admin1 {
        return Ok(None);
    }
    if let Some(name) = &options.country {
        return table.column(name).map(Some);
    }
    let is_countries = |column: &usize| {
        *column != place.column && place_column::country_share(table, names, *column) >= MOSTLY
    };
    Ok((0..table.columns.len()).find(is_countries))
}

/// The cells of the place column, each with the country of its row behind [`IN_COUNTRY`].
pub(super) fn cells_in_countries(table: &Table, place: usize, country: usize) -> Vec<String> {
    let both = |row: usize| match table.cell(row, place) {
        "" => String::new(),
        cell => format!("{cell}{IN_COUNTRY}{}", table.cell(row, country)),
    };
    (0..table.len()).map(both).collect()
}

/// The cell without its country.
pub(super) fn cell_alone(cell: &str) -> &str {
    cell.split(IN_COUNTRY).next().unwrap_or_default()
}

/// Of a name that provinces of several countries share, those are left that lie in a country which other rows name
/// without doubt. A lone name of another country, in a table of one, is no match but a suggestion.
pub(super) fn settle(names: &dyn Gazetteer, fates: &mut [Fate], scoped: bool) {
    let countries = counted(names, fates);
    let total: usize = countries.values().sum();
    for fate in fates.iter_mut() {
        let Fate::Ambiguous(ids) = fate else { continue };
        let likely =
            |id: &PlaceId| names.country_of(*id).is_some_and(|country| countries.contains_key(&country));
        let left: Vec<PlaceId> = ids.iter().copied().filter(likely).collect();
        match left.as_slice() {
            [one] => *fate = Fate::Matched(*one, Via::Context),
            [_, ..] => *fate = Fate::Ambiguous(left),
            [] => {}
        }
    }
    let Some((main, count)) = countries.iter().max_by_key(|(_, count)| **count) else { return };
    if scoped || *count < LEAST || count * MOST.1 < total * MOST.0 {
        return;
    }
    for fate in fates.iter_mut() {
        if let Fate::Matched(id, Via::Name | Via::Alias) = *fate
            && names.country_of(id).is_some_and(|country| country != *main)
        {
            *fate = Fate::Unmatched(vec![id]);
        }
    }
}

/// How many different provinces of each country the table names without doubt.
fn counted(names: &dyn Gazetteer, fates: &[Fate]) -> BTreeMap<PlaceId, usize> {
    let sure: BTreeSet<PlaceId> = fates
        .iter()
        .filter_map(|fate| match fate {
            Fate::Matched(id, _) => Some(*id),
            _ => None,
        })
        .collect();
    let mut countries = BTreeMap::new();
    for country in sure.into_iter().filter_map(|id| names.country_of(id)) {
        *countries.entry(country).or_default() += 1;
    }
    countries
}

/// Whether the known cells of a column are mostly provinces of one country.
pub(super) fn of_one_country(countries: &[BTreeSet<PlaceId>]) -> bool {
    let mut counts: BTreeMap<PlaceId, usize> = BTreeMap::new();
    countries.iter().flatten().for_each(|country| *counts.entry(*country).or_default() += 1);
    let most = counts.values().max().copied().unwrap_or_default();
    most >= LEAST && most * MOST.1 >= countries.len() * MOST.0
}
