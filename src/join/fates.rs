//! The fate of every row.

use std::collections::HashMap;
use std::sync::Arc;

use crate::atlas::{Lookup, PlaceId};
use crate::table::{Position, Table, number};

use super::gazetteer::Gazetteer;
use super::place_column::PlaceColumn;
use super::several::{self, Part};
use super::{Fate, RowFate, Value};

/// Near names are looked for so often; a table of strangers would take long, and nobody reads on.
const SUGGESTIONS: usize = 100;

/// A cell's fate, or, where it holds several places, each of them: the byte where its name begins, the name, and
/// its fate. A million rows share the names of some hundred places.
type Read = Vec<(usize, Arc<str>, Fate)>;

/// What became of each row of `table`, in file order; `values` has one value a row. A row that names several places
/// gives one entry for each.
pub(super) fn of_rows(
    table: &Table,
    names: &dyn Gazetteer,
    place: PlaceColumn,
    values: Vec<Value>,
) -> Vec<RowFate> {
    let mut reading = Reading {
        names,
        place,
        codes: is_alpha2(table, place.column),
        lists: table.position == Position::Characters,
        suggested: 0,
    };
    // the map is only asked, never walked, so its order cannot show
    let mut known = HashMap::<&str, Read>::new();
    let mut rows = Vec::with_capacity(table.len());
    for (row, value) in values.into_iter().enumerate() {
        let cell = table.cell(row, place.column);
        let read = known.entry(cell).or_insert_with(|| reading.cell(cell));
        let shared = read.len() as u32;
        for (start, name, fate) in read.iter() {
            // an entry of a typed list stands at its character
            let offset = if reading.lists { cell[..*start].chars().count() } else { 0 };
            rows.push(RowFate {
                row: row as u32,
                line: table.line(row) + offset,
                input: name.clone(),
                fate: fate.clone(),
                duplicate: false,
                shared,
                value: value.clone(),
            });
        }
    }
    mark_duplicates(&mut rows);
    rows
}

/// Whether the column consists of two-letter codes: only there is `NA` Namibia, and not a missing value.
fn is_alpha2(table: &Table, column: usize) -> bool {
    let mut cells = table.cells(column).filter(|cell| !cell.is_empty());
    cells.all(|cell| cell.len() == 2 && cell.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// How the cells of the place column are read.
struct Reading<'a> {
    names: &'a dyn Gazetteer,
    place: PlaceColumn,
    codes: bool,
    /// Whether commas part places by the grammar of the form, so that a list with a stranger in it is still a list.
    lists: bool,
    suggested: usize,
}

impl Reading<'_> {
    fn cell(&mut self, cell: &str) -> Read {
        if cell.is_empty() || (!self.codes && cell.eq_ignore_ascii_case("na")) {
            return vec![(0, cell.into(), Fate::Empty)];
        }
        match several::whole(self.names, cell, self.place.level) {
            Lookup::Unknown if number::is_missing_word(cell) => vec![(0, cell.into(), Fate::Empty)],
            Lookup::Unknown => match self.parts(cell) {
                Some(parts) => parts
                    .into_iter()
                    .map(|part| {
                        let name = &cell[part.start..part.end];
                        (part.start, name.into(), self.fate(name, part.meaning))
                    })
                    .collect(),
                None => vec![(0, cell.into(), self.fate(cell, Lookup::Unknown))],
            },
            known => vec![(0, cell.into(), self.fate(cell, known))],
        }
    }

    fn parts(&self, cell: &str) -> Option<Vec<Part>> {
        match self.lists {
            true => several::parts(self.names, cell, self.place.level),
            false => several::places(self.names, cell, self.place.level),
        }
    }

    fn fate(&mut self, name: &str, meaning: Lookup) -> Fate {
        match meaning {
            Lookup::One(id, via) => Fate::Matched(id, via),
            Lookup::Many(ids) => Fate::Ambiguous(ids),
            Lookup::Aggregate => Fate::Aggregate,
            Lookup::Unknown => Fate::Unmatched(self.suggest(name)),
        }
    }

    fn suggest(&mut self, name: &str) -> Vec<PlaceId> {
        self.suggested += 1;
        if self.suggested > SUGGESTIONS { Vec::new() } else { self.names.suggest(name, self.place.level) }
    }
}

fn mark_duplicates(rows: &mut [RowFate]) {
    let mut seen = std::collections::BTreeSet::new();
    for row in rows {
        if let Fate::Matched(id, _) = row.fate {
            row.duplicate = !seen.insert(id);
        }
    }
}
