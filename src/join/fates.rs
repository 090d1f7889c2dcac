//! The fate of every row.
//!
//! A fate depends on the cell, on how the column is read ([`Reading`]), and, for a name of several places,
//! on which places the other rows name. It does not depend on the order of the rows, nor on how often a
//! name stands there. Rows that are taken away can leave a name open that they settled, no more.

use std::collections::{BTreeSet, HashMap};

use crate::atlas::{IN_COUNTRY, Level, Lookup, PlaceId, Remark, Via};
use crate::table::{Position, Table, number};

use super::gazetteer::Gazetteer;
use super::place_column::PlaceColumn;
use super::reading::{Reader, Reading};
use super::{Fate, Input, Inputs, RowFate, Value, provinces, remarks, several};

/// For so many unknown names near ones are looked for: more than a report on places can hold, and
/// still done within a second.
const SUGGESTIONS: usize = 5_000;

/// The names of a column: the cells, and of cells that hold several places, each of those.
#[derive(Default)]
struct Names<'t> {
    names: Vec<&'t str>,
    fates: Vec<Fate>,
    /// Of each cell, its names: the byte where one begins, and its index.
    of_cell: Vec<Vec<(usize, usize)>>,
}

/// What became of each row of `table`, in file order, and how the cells were read; `values` has one value a row.
/// A row that names several places gives one entry for each.
pub(super) fn of_rows(
    table: &Table,
    names: &dyn Gazetteer,
    place: PlaceColumn,
    country: Option<usize>,
    values: Vec<Value>,
) -> (Vec<RowFate>, Inputs, Reading) {
    let both = country.map(|country| provinces::cells_in_countries(table, place.column, country));
    let (cells, cell_of_row) = match &both {
        Some(both) => distinct(both.iter().map(String::as_str)),
        None => distinct(table.cells(place.column)),
    };
    let header = table.columns.get(place.column).map_or("", String::as_str);
    let codes = cells.iter().flat_map(|cell| several::codes(cell));
    let reading = Reading::of(codes, names, place.level, header);
    // an entry of a typed list stands at its character
    let typed = table.position == Position::Characters;
    let mut all = Names::of(&cells, Reader { names, level: place.level, reading }, typed);
    groups_beside(names, &all.names, &mut all.fates);
    if place.level == Level::Admin1 {
        provinces::settle(names, &mut all.fates, country.is_some());
    }
    settle(names, place, &all.names, &mut all.fates);
    suggest(names, place, &all.names, &mut all.fates);
    // a million rows share the names of some hundred places
    let mut inputs = Inputs::default();
    let of_name: Vec<Input> =
        all.names.iter().map(|name| inputs.push(&[provinces::cell_alone(name)])).collect();
    for ((name, fate), input) in all.names.iter().zip(&mut all.fates).zip(&of_name) {
        let country = name.split_once(IN_COUNTRY).map(|(_, country)| country.trim());
        let unknown = |country: &&str| {
            !country.is_empty() && !matches!(names.lookup(country, Level::Country), Lookup::One(..))
        };
        if let (Fate::Unmatched(near), Some(country)) = (fate, country.filter(unknown)) {
            inputs.lose_country(*input, country);
            near.clear();
        }
    }
    let mut rows = Vec::with_capacity(table.len());
    for (row, value) in values.into_iter().enumerate() {
        let cell = cell_of_row[row] as usize;
        let several = &all.of_cell[cell];
        rows.extend(several.iter().map(|(start, name)| RowFate {
            row: row as u32,
            line: (table.line(row) + if typed { cells[cell][..*start].chars().count() } else { 0 }) as u32,
            input: of_name[*name],
            fate: all.fates[*name].clone(),
            duplicate: false,
            shared: several.len() as u32,
            value: value.clone(),
        }));
    }
    mark_duplicates(&mut rows);
    (rows, inputs, reading)
}

/// The different cells of a column, in the order in which they come, and which of them each row has.
fn distinct<'c>(column: impl Iterator<Item = &'c str>) -> (Vec<&'c str>, Vec<u32>) {
    // the map is only asked, never walked, so its order cannot show
    let mut known = HashMap::<&str, u32>::new();
    let mut cells = Vec::new();
    let mut of_row = Vec::new();
    for cell in column {
        let at = *known.entry(cell).or_insert_with(|| {
            cells.push(cell);
            // a table has fewer rows than that
            (cells.len() - 1) as u32
        });
        of_row.push(at);
    }
    (cells, of_row)
}

impl<'t> Names<'t> {
    /// The names of `cells`; where the form is a `list`, commas part places by its grammar, so that a list with a
    /// stranger in it is still a list.
    fn of(cells: &[&'t str], reader: Reader, list: bool) -> Names<'t> {
        let mut all = Names::default();
        for cell in cells.iter().copied() {
            let fate = whole(cell, reader);
            let parts = match (&fate, list) {
                _ if cell.contains(IN_COUNTRY) => None,
                (Fate::Unmatched(_), true) => several::parts(reader, cell),
                (Fate::Unmatched(_), false) => several::places(reader, cell),
                _ => None,
            };
            let first = all.names.len();
            match parts {
                Some(parts) => {
                    all.of_cell.push(parts.iter().map(|part| part.start).zip(first..).collect());
                    all.names.extend(parts.iter().map(|part| &cell[part.start..part.end]));
                    all.fates.extend(parts.into_iter().map(|part| fate_of(part.meaning)));
                }
                None => {
                    all.of_cell.push(vec![(0, first)]);
                    all.names.push(cell);
                    all.fates.push(fate);
                }
            }
        }
        all
    }
}

/// The fate of a cell as one place.
fn whole(cell: &str, reader: Reader) -> Fate {
    // only among two-letter codes is NA Namibia, and not a missing value
    if cell.is_empty() || (!reader.reading.is_two_letters() && cell.eq_ignore_ascii_case("na")) {
        return Fate::Empty;
    }
    match several::whole(reader, cell) {
        Lookup::Unknown if number::is_missing_word(cell) => Fate::Empty,
        meaning => fate_of(meaning),
    }
}

fn fate_of(meaning: Lookup) -> Fate {
    match meaning {
        Lookup::One(id, via) => Fate::Matched(id, via),
        Lookup::Many(ids) => Fate::Ambiguous(ids),
        Lookup::Aggregate => Fate::Aggregate,
        Lookup::Unknown => Fate::Unmatched(Vec::new()),
    }
}

/// Names that are places alone and groups beside other groups ("Micronesia" beside "Polynesia").
fn groups_beside(names: &dyn Gazetteer, cells: &[&str], fates: &mut [Fate]) {
    let of_kind = |fates: &[Fate]| -> Vec<&str> {
        let groups = cells.iter().zip(fates).filter(|(_, fate)| **fate == Fate::Aggregate);
        groups.map(|(cell, _)| *cell).collect()
    };
    let groups = of_kind(fates);
    if groups.is_empty() {
        return;
    }
    for (cell, fate) in cells.iter().zip(fates) {
        let is_name = matches!(fate, Fate::Matched(_, Via::Name | Via::Alias));
        if is_name && names.is_group_beside(cell, &groups) {
            *fate = Fate::Aggregate;
        }
    }
}

/// A name of several places is the one that no other row names by a name of its own, or the one that belongs to the
/// OECD in a list of its members. Of a state that is no
/// more, the rest of its land is not it.
fn settle(names: &dyn Gazetteer, place: PlaceColumn, cells: &[&str], fates: &mut [Fate]) {
    let named: BTreeSet<PlaceId> = fates
        .iter()
        .filter_map(|fate| match fate {
            Fate::Matched(id, _) => Some(*id),
            _ => None,
        })
        .collect();
    for (cell, fate) in cells.iter().zip(fates) {
        let Fate::Ambiguous(ids) = &*fate else { continue };
        if ids.len() < 2
            || matches!(names.remark(cell, place.level), Some(Remark::Former { .. } | Remark::Union(_)))
        {
            continue;
        }
        let mut left = ids.iter().filter(|id| !named.contains(id));
        let one = match (left.next(), left.next()) {
            (Some(one), None) => Some(*one),
            _ => names.fellow_member(&named, ids),
        };
        if let Some(one) = one {
            *fate = Fate::Matched(one, Via::Context);
        }
    }
}

/// Looks for names near the unknown ones; where there are too many, for the first by the alphabet,
/// whatever the order of the rows.
fn suggest(names: &dyn Gazetteer, place: PlaceColumn, cells: &[&str], fates: &mut [Fate]) {
    let mut unknown: Vec<usize> =
        (0..cells.len()).filter(|at| matches!(fates[*at], Fate::Unmatched(_))).collect();
    unknown.sort_by_key(|at| cells[*at]);
    for at in unknown.into_iter().take(SUGGESTIONS) {
        fates[at] = Fate::Unmatched(near(names, place, cells[at]));
    }
}

/// What an unknown cell may be: the whole that it is a part of, what it means as a code of another system, or
/// the places whose names are near.
fn near(names: &dyn Gazetteer, place: PlaceColumn, cell: &str) -> Vec<PlaceId> {
    match names.remark(cell, place.level) {
        Some(Remark::Part { within, .. }) => within,
        _ => match remarks::elsewhere(cell, place.level, None, names) {
            Some((_, id)) => vec![id],
            None => names.suggest(cell, place.level),
        },
    }
}

fn mark_duplicates(rows: &mut [RowFate]) {
    let mut seen = BTreeSet::new();
    for row in rows {
        if let Fate::Matched(id, _) = row.fate {
            row.duplicate = !seen.insert(id);
        }
    }
}
