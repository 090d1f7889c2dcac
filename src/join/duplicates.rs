//! Several rows for one place: those that agree are one, those that disagree are settled, kept side by side, or told.

use std::collections::BTreeMap;

use crate::atlas::PlaceId;
use crate::diagnostic::{Diagnostic, Result};
use crate::table::Table;

use super::{Duplicates, Fate, Inputs, JoinOptions, MOST_VALUES, RowFate, Value};

/// The value of each place, and what could not be settled.
pub(super) struct Settled {
    /// The value of each place.
    pub values: BTreeMap<PlaceId, Value>,
    /// Pairs of rows that disagree (none but by [`Duplicates::Error`]).
    pub conflicts: Vec<(usize, usize)>,
    /// Places with more than [`MOST_VALUES`] values, by the row that first named them.
    pub crowded: Vec<(usize, Value)>,
}

/// Settles the rows of each place by the rule of `options`; `column`: where the values stand. A missing value
/// disagrees with none.
///
/// # Errors
/// Words are to be added, or numbers to be striped.
pub(super) fn settle(
    table: &Table,
    (rows, inputs): (&[RowFate], &Inputs),
    options: &JoinOptions,
    column: Option<usize>,
) -> Result<Settled> {
    let rule = options.duplicates;
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
            (Value::Text(_) | Value::Several(_), _, Duplicates::Sum) if column.is_some() => {
                return Err(no_sum(table, row.row as usize, column).into());
            }
            (one, other, Duplicates::Stripe) if !one.agrees(other) => {
                if matches!(other, Value::Number(_)) && !options.numbers_are_classes {
                    return Err(no_stripes(table, inputs, (&rows[*first], row), column).into());
                }
                *value = Value::of_all([one, other].into_iter());
            }
            (one, other, Duplicates::Error) if !one.agrees(other) => conflicts.push((*first, index)),
            _ => {}
        }
    }
    let crowded = counted.values().filter(|(_, value)| value.each().len() > MOST_VALUES).cloned().collect();
    let values = counted.into_iter().map(|(id, (_, value))| (id, value)).collect();
    Ok(Settled { values, conflicts, crowded })
}

fn no_sum(table: &Table, row: usize, column: Option<usize>) -> Diagnostic {
    Diagnostic::error("the rows of one place are to be added, but their values are words")
        .at(table.place(row, column.unwrap_or(usize::MAX)))
        .hint("choose `duplicates = \"first\"`, `\"last\"` or `\"stripe\"`, or another value column")
}

fn no_stripes(
    table: &Table,
    inputs: &Inputs,
    (one, other): (&RowFate, &RowFate),
    column: Option<usize>,
) -> Diagnostic {
    let number = |row: &RowFate| match &row.value {
        Value::Number(number) => format!("{number} {}", table.position.words(row.line as usize)),
        _ => table.position.words(row.line as usize),
    };
    let what = format!(
        "{} has two numbers, {} and {}: stripes show classes of words, and numbers can only be added or chosen",
        inputs.get(one.input),
        number(one),
        number(other)
    );
    Diagnostic::error(what)
        .at(table.place(other.row as usize, column.unwrap_or(usize::MAX)))
        .hint("choose `duplicates = \"sum\"`, `\"first\"` or `\"last\"`")
        .hint("or, where the numbers are names of categories, set `kind = \"nominal\"` in [scale]")
}
