//! The cells of the value column into values: numbers when they are numbers, words otherwise.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Result};
use crate::table::Table;
use crate::table::number::{self, DecimalMark};

use super::Value;

/// From this share on a column is one of numbers, and a cell that is none is a mistake.
const MOSTLY: f64 = 0.8;

/// The value of every row in `column`.
///
/// # Errors
/// Most cells are numbers and some are not; or what a decimal mark means cannot be told.
pub(super) fn parse(table: &Table, column: usize) -> Result<Vec<Value>> {
    let filled = table.cells(column).filter(|cell| !number::is_missing(cell)).count();
    let numbers =
        table.cells(column).filter(|cell| !number::is_missing(cell) && number::looks_like(cell)).count();
    if numbers == 0 || (numbers as f64) < MOSTLY * filled as f64 {
        return Ok(table.cells(column).map(word).collect());
    }
    let mark = mark(table, column)?;
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

/// The decimal mark of the column: as told, as its own numbers show, or as the other columns' do.
fn mark(table: &Table, column: usize) -> Result<char> {
    if let Some(told) = table.decimal(column) {
        return Ok(told);
    }
    match number::decimal_mark(table.cells(column)) {
        DecimalMark::Decided(mark) => Ok(mark),
        DecimalMark::Plain => Ok('.'),
        DecimalMark::Conflict(point, comma) => Err(conflict(table, column, point, comma).into()),
        DecimalMark::Unclear(row) => {
            by_other_columns(table, column).ok_or_else(|| unclear(table, column, row).into())
        }
    }
}

/// One file writes its numbers one way: what every other column with decimals agrees on.
fn by_other_columns(table: &Table, column: usize) -> Option<char> {
    let marks: BTreeSet<char> = (0..table.columns.len())
        .filter(|other| *other != column)
        .filter_map(|other| match number::decimal_mark(table.cells(other)) {
            DecimalMark::Decided(mark) => Some(mark),
            _ => None,
        })
        .collect();
    if marks.len() == 1 { marks.first().copied() } else { None }
}

fn unclear(table: &Table, column: usize, row: usize) -> Diagnostic {
    let cell = table.cell(row, column);
    let reading = |mark| number::parse(cell, mark).map_or_else(String::new, |value| value.to_string());
    Diagnostic::error(format!("\"{cell}\" may be {} or {}", reading('.'), reading(',')))
        .at(table.place(row, column))
        .hint(format!(
            "say which mark parts the decimals: `decimal = \".\"` in [data] reads {}, `decimal = \",\"` reads {}",
            reading('.'),
            reading(',')
        ))
}

fn conflict(table: &Table, column: usize, point: usize, comma: usize) -> Diagnostic {
    let (first, second) = (point.min(comma), point.max(comma));
    Diagnostic::error(format!(
        "one column writes decimals in two ways: \"{}\" on line {} and \"{}\" on line {}",
        table.cell(first, column),
        table.line(first),
        table.cell(second, column),
        table.line(second)
    ))
    .at(table.place(second, column))
    .hint("write all its numbers in one way")
}

fn no_numbers(table: &Table, column: usize, broken: &[usize]) -> Diagnostic {
    const SHOWN: usize = 5;
    let shown: Vec<String> = broken
        .iter()
        .take(SHOWN)
        .map(|row| format!("\"{}\" (line {})", table.cell(*row, column), table.line(*row)))
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
