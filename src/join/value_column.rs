//! The column that holds the values: the one whose header says so, else the first of numbers, else one of
//! a few categories.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Result};
use crate::table::{Table, number, year};

use super::JoinOptions;
use super::gazetteer::Gazetteer;
use super::place_column::{self, PlaceColumn};
use super::words::{is_about, value_rank};

/// More categories than this are no categories but names.
const CATEGORIES: usize = 12;

/// What the cells of a column look like.
struct Profile {
    /// Shares of the sample, 0 to 1.
    filled: f64,
    numbers: f64,
    /// Number of different texts, up to one more than [`CATEGORIES`].
    kinds: usize,
    /// Letters in the longest text.
    longest: usize,
}

/// The columns of memberships, or the one column, that `options` name; else the best one. None when the table has
/// only places.
pub(super) fn find(
    table: &Table,
    names: &dyn Gazetteer,
    options: &JoinOptions,
    place: PlaceColumn,
    warnings: &mut Diagnostics,
) -> Result<Vec<usize>> {
    if !options.memberships.is_empty() {
        return options.memberships.iter().map(|name| table.column(name)).collect();
    }
    if let Some(name) = &options.value {
        return table.column(name).map(|column| vec![column]);
    }
    Ok(best(table, names, place, warnings).into_iter().collect())
}

fn best(
    table: &Table,
    names: &dyn Gazetteer,
    place: PlaceColumn,
    warnings: &mut Diagnostics,
) -> Option<usize> {
    let fit = |column: &usize| {
        *column != place.column
            && !is_about(&table.columns[*column])
            && !place_column::candidate(table, names, *column, None).holds_places()
    };
    let columns: Vec<(usize, Profile)> =
        (0..table.columns.len()).filter(fit).map(|column| (column, profile(table, column))).collect();
    let columns: Vec<(usize, Profile)> =
        columns.into_iter().filter(|(_, profile)| profile.filled > 0.0).collect();
    let years: Vec<usize> = columns
        .iter()
        .map(|(column, _)| *column)
        .filter(|column| year(&table.columns[*column]).is_some())
        .collect();
    let chosen = by_header(table, &columns).or_else(|| by_cells(&columns));
    match chosen {
        Some(column) if years.len() > 1 && years.contains(&column) => {
            let latest = latest_year(table, &columns, &years).unwrap_or(column);
            warnings.push(told_year(table, latest, years.len()));
            Some(latest)
        }
        other => other,
    }
}

fn by_header(table: &Table, columns: &[(usize, Profile)]) -> Option<usize> {
    let ranked =
        columns.iter().filter_map(|(column, _)| Some((value_rank(&table.columns[*column])?, *column)));
    ranked.min().map(|(_, column)| column)
}

fn by_cells(columns: &[(usize, Profile)]) -> Option<usize> {
    let first = |fits: &dyn Fn(&Profile) -> bool| {
        columns.iter().find(|(_, one)| fits(one)).map(|(column, _)| *column)
    };
    first(&|one| one.numbers >= 0.8 && one.filled >= 0.8)
        .or_else(|| first(&|one| one.numbers >= 0.8))
        .or_else(|| first(&|one| one.kinds <= CATEGORIES && one.longest <= 48))
}

fn profile(table: &Table, column: usize) -> Profile {
    let (mut rows, mut filled, mut numbers, mut longest) = (0_usize, 0_usize, 0_usize, 0);
    let mut kinds = BTreeSet::new();
    for row in place_column::sample(table) {
        rows += 1;
        let cell = table.cell(row, column);
        if number::is_missing(cell) {
            continue;
        }
        filled += 1;
        numbers += usize::from(number::looks_like(cell));
        longest = longest.max(cell.chars().count());
        if kinds.len() <= CATEGORIES {
            kinds.insert(cell);
        }
    }
    Profile {
        filled: filled as f64 / rows.max(1) as f64,
        numbers: numbers as f64 / filled.max(1) as f64,
        kinds: kinds.len(),
        longest,
    }
}

/// The latest year that at least half as many places report as in the best year.
fn latest_year(table: &Table, columns: &[(usize, Profile)], years: &[usize]) -> Option<usize> {
    let wide = || columns.iter().filter(|(column, _)| years.contains(column));
    let fullest = wide().map(|(_, one)| one.filled).fold(0.0, f64::max);
    let enough = wide().filter(|(_, one)| one.filled * 2.0 >= fullest);
    enough.max_by_key(|(column, _)| year(&table.columns[*column])).map(|(column, _)| *column)
}

fn told_year(table: &Table, column: usize, years: usize) -> Diagnostic {
    let name = &table.columns[column];
    Diagnostic::warning(format!("the table has a column for each of {years} years; \"{name}\" is shown"))
        .at(Place::file(table.file.clone()))
        .hint("choose another by `value = \"…\"` in [data], or `--value`")
}
