//! The fate of every row.

use std::collections::HashMap;

use crate::atlas::{Lookup, PlaceId};
use crate::table::{Table, number};

use super::gazetteer::Gazetteer;
use super::place_column::PlaceColumn;
use super::{Fate, RowFate, Value};

/// Near names are looked for so often; a table of strangers would take long, and nobody reads on.
const SUGGESTIONS: usize = 100;

/// What became of each row of `table`, in file order; `values` has one value a row.
pub(super) fn of_rows(
    table: &Table,
    names: &dyn Gazetteer,
    place: PlaceColumn,
    values: Vec<Value>,
) -> Vec<RowFate> {
    let codes = is_alpha2(table, place.column);
    // the map is only asked, never walked, so its order cannot show
    let mut known = HashMap::<&str, Fate>::new();
    let mut suggested = 0;
    let mut rows = Vec::with_capacity(table.len());
    for (row, value) in values.into_iter().enumerate() {
        let cell = table.cell(row, place.column);
        let fate =
            known.entry(cell).or_insert_with(|| fate(names, cell, place, codes, &mut suggested)).clone();
        rows.push(RowFate { line: table.line(row), input: cell.to_owned(), fate, duplicate: false, value });
    }
    mark_duplicates(&mut rows);
    rows
}

/// Whether the column consists of two-letter codes: only there is `NA` Namibia, and not a missing value.
fn is_alpha2(table: &Table, column: usize) -> bool {
    let mut cells = table.cells(column).filter(|cell| !cell.is_empty());
    cells.all(|cell| cell.len() == 2 && cell.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

fn fate(names: &dyn Gazetteer, cell: &str, place: PlaceColumn, codes: bool, suggested: &mut usize) -> Fate {
    if cell.is_empty() || (!codes && cell.eq_ignore_ascii_case("na")) {
        return Fate::Empty;
    }
    match names.lookup(cell, place.level) {
        Lookup::One(id, via) => Fate::Matched(id, via),
        Lookup::Many(ids) => Fate::Ambiguous(ids),
        Lookup::Aggregate => Fate::Aggregate,
        Lookup::Unknown if number::is_missing_word(cell) => Fate::Empty,
        Lookup::Unknown => Fate::Unmatched(suggest(names, cell, place, suggested)),
    }
}

fn suggest(names: &dyn Gazetteer, cell: &str, place: PlaceColumn, suggested: &mut usize) -> Vec<PlaceId> {
    *suggested += 1;
    if *suggested > SUGGESTIONS { Vec::new() } else { names.suggest(cell, place.level) }
}

fn mark_duplicates(rows: &mut [RowFate]) {
    let mut seen = std::collections::BTreeSet::new();
    for row in rows {
        if let Fate::Matched(id, _) = row.fate {
            row.duplicate = !seen.insert(id);
        }
    }
}
