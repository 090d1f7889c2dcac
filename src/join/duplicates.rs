//! Several rows for one place: those that agree are one, those that disagree are settled or told.

use std::collections::BTreeMap;

use crate::atlas::PlaceId;
use crate::diagnostic::{Diagnostic, Result};
use crate::table::Table;

use super::{Duplicates, Fate, RowFate, Value};

/// The value of each place, and the pairs of rows that disagree (none but by [`Duplicates::Error`]).
type Settled = (BTreeMap<PlaceId, Value>, Vec<(usize, usize)>);

/// Settles the rows of each place by `rule`. A missing value disagrees with none.
pub(super) fn settle(
    table: &Table,
    rows: &mut [RowFate],
    rule: Duplicates,
    column: Option<usize>,
) -> Result<Settled> {
    let mut counted = BTreeMap::<PlaceId, (usize, Value)>::new();
    let mut conflicts = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let Fate::Matched(id, _) = row.fate else { continue };
        let Some((first, value)) = counted.get_mut(&id) else {
            counted.insert(id, (index, row.value.clone()));
            continue;
        };
        match (&*value, &row.value, rule) {
            (_, Value::Missing, _) => {}
            (Value::Missing, ..) | (.., Duplicates::Last) => (*first, *value) = (index, row.value.clone()),
            (Value::Number(sum), Value::Number(more), Duplicates::Sum) => *value = Value::Number(sum + more),
            (Value::Text(_), _, Duplicates::Sum) if column.is_some() => {
                return Err(no_sum(table, row.row as usize, column).into());
            }
            (one, other, Duplicates::Error) if !agree(one, other) => conflicts.push((*first, index)),
            _ => {}
        }
    }
    Ok((counted.into_iter().map(|(id, (_, value))| (id, value)).collect(), conflicts))
}

fn agree(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Text(one), Value::Text(other)) => one.to_lowercase() == other.to_lowercase(),
        _ => one == other,
    }
}

fn no_sum(table: &Table, row: usize, column: Option<usize>) -> Diagnostic {
    Diagnostic::error("the rows of one place are to be added, but their values are words")
        .at(table.place(row, column.unwrap_or(usize::MAX)))
        .hint("choose `duplicates = \"first\"` or `\"last\"`, or another value column")
}
