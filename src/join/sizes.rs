//! The second value of every place: the amount that sizes its symbol.

use std::collections::BTreeMap;

use crate::atlas::PlaceId;
use crate::diagnostic::{Diagnostic, Diagnostics, Result};
use crate::table::Table;

use super::inputs::Inputs;
use super::{JoinOptions, RowFate, Value, duplicates, values};

/// The second value of each place; none where no column of them is asked for. The rows of one place are settled as those
/// of its first value are.
///
/// # Errors
/// As for the values of the first column, and where two rows of one place disagree.
pub(super) fn settle(
    table: &Table,
    (rows, inputs): (&[RowFate], &Inputs),
    options: &JoinOptions,
    warnings: &mut Diagnostics,
) -> Result<BTreeMap<PlaceId, Value>> {
    let Some(name) = &options.size else { return Ok(BTreeMap::new()) };
    let column = table.column(name)?;
    let parsed = values::parse(table, column, &JoinOptions::default(), warnings)?;
    let sized = |row: &RowFate| RowFate { value: parsed[row.row as usize].clone(), ..row.clone() };
    let rows: Vec<RowFate> = rows.iter().map(sized).collect();
    let settled = duplicates::settle(table, (&rows, inputs), options, Some(column))?;
    match settled.conflicts.first() {
        None => Ok(settled.values),
        Some((one, other)) => Err(two_sizes(table, inputs, column, [&rows[*one], &rows[*other]]).into()),
    }
}

fn two_sizes(table: &Table, inputs: &Inputs, column: usize, [one, other]: [&RowFate; 2]) -> Diagnostic {
    let cell = |row: &RowFate| table.cell(row.row as usize, column);
    let what = format!(
        "{} has two amounts in \"{}\": {} {} and {} {}",
        inputs.get(other.input),
        table.columns[column],
        cell(one),
        table.position.words(one.line as usize),
        cell(other),
        table.position.words(other.line as usize)
    );
    Diagnostic::error(what)
        .at(table.place(other.row as usize, column))
        .hint("keep one row a place by `filter` in [data], or choose `duplicates = \"first\"`, `\"last\"` or `\"sum\"`")
}
