//! The cells of the value column into values: numbers when they are numbers, words otherwise.

use crate::diagnostic::{Diagnostic, Diagnostics, Result};
use crate::table::{Table, number};

use super::Value;

/// From this share on a column is one of numbers, and a cell that is none is a mistake.
const MOSTLY: f64 = 0.8;

/// The value of every row in `column`.
///
/// # Errors
/// Most cells are numbers and some are not; or what a decimal mark means cannot be told.
pub(super) fn parse(table: &Table, column: usize, warnings: &mut Diagnostics) -> Result<Vec<Value>> {
    let filled = table.cells(column).filter(|cell| !number::is_missing(cell)).count();
    let numbers =
        table.cells(column).filter(|cell| !number::is_missing(cell) && number::looks_like(cell)).count();
    if numbers == 0 || (numbers as f64) < MOSTLY * filled as f64 {
        return Ok(table.cells(column).map(word).collect());
    }
    let mark = table.decimal_mark(column)?;
    warnings.extend(mark.warnings);
    let mark = mark.value;
    let mut broken = Vec::new();
    let mut values = Vec::with_capacity(table.len());
    for (row, cell) in table.cells(column).enumerate() {
        values.push(match number::parse(cell, mark) {
            Some(value) => Value::Number(value),
            None => {
                if !number::is_missing(cell) {
                    broken.push(row);
                }
                Value::Missing
            }
        });
    }
    if broken.is_empty() { Ok(values) } else { Err(no_numbers(table, column, &broken).into()) }
}

fn word(cell: &str) -> Value {
    if number::is_missing_word(cell) { Value::Missing } else { Value::Text(cell.to_owned()) }
}

fn no_numbers(table: &Table, column: usize, broken: &[usize]) -> Diagnostic {
    const SHOWN: usize = 5;
    let shown: Vec<String> = broken
        .iter()
        .take(SHOWN)
        .map(|row| format!("\"{}\" ({})", table.cell(*row, column), table.position.short(table.line(*row))))
        .collect();
    let more = match broken.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let verb = if broken.len() == 1 { "is not a number" } else { "are not numbers" };
    Diagnostic::error(format!("{}{more} {verb}, while the rest of the column is", shown.join(", ")))
        .at(table.place(broken[0], column))
        .hint("correct the cells, or leave them empty for \"no data\"")
}
