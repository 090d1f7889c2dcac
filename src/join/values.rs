//! The cells of the value column into values: numbers when they are numbers, words otherwise.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Result};
use crate::table::{Table, number};

use super::{JoinOptions, Value};

/// From this share on a column is one of numbers, and a cell that is none is a mistake.
const MOSTLY: f64 = 0.8;

/// What a member's cell says in a column of yes and no.
const YES: [&str; 18] = [
    "x", "✓", "✔", "☑", "•", "●", "1", "yes", "y", "true", "t", "member", "sí", "si", "oui", "ja", "sim",
    "sì",
];
/// What the cell of others says. A question mark or "n/a" says neither.
const NO: [&str; 18] =
    ["", "-", "--", "–", "—", "−", ".", "0", "no", "n", "false", "f", "none", "✗", "✘", "non", "nein", "nee"];

/// The value of every row in the column called `name`: numbers where most cells are, words otherwise.
///
/// # Errors
/// There is no such column, or as for the values of places.
pub fn values_of(table: &Table, name: &str, warnings: &mut Diagnostics) -> Result<Vec<Value>> {
    parse(table, table.column(name)?, &JoinOptions::default(), warnings)
}

/// The value of every row in `column`.
///
/// # Errors
/// Most cells are numbers and some are not; what a decimal mark means cannot be told; or a cell holds several numbers.
pub(super) fn parse(
    table: &Table,
    column: usize,
    options: &JoinOptions,
    warnings: &mut Diagnostics,
) -> Result<Vec<Value>> {
    if let Some(mark) = options.split.as_deref().filter(|mark| !mark.is_empty()) {
        return several(table, column, mark, options.numbers_are_classes);
    }
    let filled = cells(table, column).filter(|cell| !number::is_missing(cell)).count();
    let is_number = |cell: &&str| !number::is_missing(cell) && number::looks_like(cell);
    let numbers = cells(table, column).filter(is_number).count();
    if numbers == 0 || (numbers as f64) < MOSTLY * filled as f64 {
        return Ok(words(table.cells(column)));
    }
    let mark = table.decimal_mark(column)?;
    warnings.extend(mark.warnings);
    let mark = mark.value;
    let value = |cell: &str| number::parse(cell, mark).map_or(Value::Missing, Value::Number);
    let values: Vec<Value> = cells(table, column).map(value).collect();
    let broken = broken(table, column, values.iter().map(|value| *value == Value::Missing));
    if broken.is_empty() { Ok(values) } else { Err(no_numbers(table, column, &broken).into()) }
}

/// The cells of a column, for work on all cores.
pub(super) fn cells(table: &Table, column: usize) -> impl IndexedParallelIterator<Item = &str> {
    (0..table.len()).into_par_iter().map(move |row| table.cell(row, column))
}

/// The rows that are `missing` and do not say so.
pub(super) fn broken(table: &Table, column: usize, missing: impl Iterator<Item = bool>) -> Vec<usize> {
    let missing = missing.enumerate().filter(|(_, missing)| *missing);
    missing.map(|(row, _)| row).filter(|row| !number::is_missing(table.cell(*row, column))).collect()
}

/// Cells that are words; rows share those that are alike.
fn words<'c>(cells: impl Iterator<Item = &'c str>) -> Vec<Value> {
    let mut known = BTreeMap::<&str, Value>::new();
    cells.map(|cell| known.entry(cell).or_insert_with(|| word(cell)).clone()).collect()
}

/// The values of cells that may hold several, parted by `mark`.
fn several(table: &Table, column: usize, mark: &str, numbers_are_classes: bool) -> Result<Vec<Value>> {
    let parts = |cell: &str| -> Vec<Value> {
        cell.split(mark).map(|part| word(part.trim())).filter(|part| *part != Value::Missing).collect()
    };
    let all: Vec<Vec<Value>> = table.cells(column).map(parts).collect();
    let is_number = |value: &Value| matches!(value, Value::Text(text) if number::looks_like(text));
    let filled = || all.iter().flatten();
    let amounts = !numbers_are_classes && filled().count() > 0 && filled().all(is_number);
    if let Some(row) = all.iter().position(|parts| amounts && parts.len() > 1) {
        let what =
            format!("\"{}\" holds several numbers: stripes show classes of words", table.cell(row, column));
        return Err(Diagnostic::error(what)
            .at(table.place(row, column))
            .hint("where the numbers are names of categories, set `kind = \"nominal\"` in [scale]")
            .into());
    }
    let value =
        |parts: &Vec<Value>| if parts.is_empty() { Value::Missing } else { Value::of_all(parts.iter()) };
    Ok(all.iter().map(value).collect())
}

/// The classes of every row: the names of those `columns` whose cell says yes.
///
/// # Errors
/// A cell says neither yes nor no.
pub(super) fn memberships(table: &Table, columns: &[usize]) -> Result<Vec<Value>> {
    let mut broken = Vec::new();
    let mut values = Vec::with_capacity(table.len());
    let names: Vec<Arc<str>> = columns.iter().map(|column| table.columns[*column].as_str().into()).collect();
    for row in 0..table.len() {
        let mut classes = Vec::new();
        for (column, name) in columns.iter().zip(&names) {
            match says_yes(table.cell(row, *column)) {
                Some(true) => classes.push(Value::Text(name.clone())),
                Some(false) => {}
                None => broken.push((row, *column)),
            }
        }
        values.push(Value::of_all(classes.iter()));
    }
    if broken.is_empty() { Ok(values) } else { Err(neither(table, &broken).into()) }
}

/// The two numbers of every row. A row that has only one of them has no data, and a warning says how many there are.
///
/// # Errors
/// As for one column of numbers.
pub(super) fn pairs(table: &Table, columns: [usize; 2], warnings: &mut Diagnostics) -> Result<Vec<Value>> {
    let [first, second] = columns;
    let plain = JoinOptions::default();
    let (one, other) = (parse(table, first, &plain, warnings)?, parse(table, second, &plain, warnings)?);
    let mut half = 0;
    let mut values = Vec::with_capacity(table.len());
    for (row, pair) in one.into_iter().zip(other).enumerate() {
        values.push(match pair {
            (Value::Number(one), Value::Number(other)) => Value::Pair([one, other]),
            (Value::Missing, Value::Missing) => Value::Missing,
            (Value::Missing, Value::Number(_)) | (Value::Number(_), Value::Missing) => {
                half += 1;
                Value::Missing
            }
            (Value::Text(_), _) => return Err(no_pair(table, row, first).into()),
            _ => return Err(no_pair(table, row, second).into()),
        });
    }
    if half > 0 {
        let what = if half == 1 { "1 row has".to_owned() } else { format!("{half} rows have") };
        let what = format!("{what} only one of the two values, and count as no data");
        warnings.push(Diagnostic::warning(what).at(Place::file(table.file.clone())));
    }
    Ok(values)
}

fn no_pair(table: &Table, row: usize, column: usize) -> Diagnostic {
    let what = format!(
        "a bivariate scale needs two columns of numbers, and \"{}\" holds words such as \"{}\"",
        table.columns[column],
        table.cell(row, column)
    );
    Diagnostic::error(what).at(table.place(row, column))
}

fn says_yes(cell: &str) -> Option<bool> {
    let plain = cell.trim().to_lowercase();
    match plain.as_str() {
        _ if NO.contains(&plain.as_str()) => Some(false),
        _ if YES.contains(&plain.as_str()) => Some(true),
        _ => None,
    }
}

fn neither(table: &Table, broken: &[(usize, usize)]) -> Diagnostic {
    let (row, column) = broken[0];
    let more = match broken.len() - 1 {
        0 => String::new(),
        1 => " (and 1 more cell)".to_owned(),
        more => format!(" (and {more} more cells)"),
    };
    let what = format!(
        "\"{}\"{more} is neither yes nor no, and \"{}\" is read as a column of memberships",
        table.cell(row, column),
        table.columns[column]
    );
    Diagnostic::error(what)
        .at(table.place(row, column))
        .hint("write yes, x or 1 for a member, and no, 0 or nothing for others")
        .hint("or name one value column, whose cells are the classes")
}

fn word(cell: &str) -> Value {
    if number::is_missing_word(cell) { Value::Missing } else { Value::Text(cell.into()) }
}

pub(super) fn no_numbers(table: &Table, column: usize, broken: &[usize]) -> Diagnostic {
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
