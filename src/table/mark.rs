//! What a comma and a point mean in the numbers of a column: as told, as its own numbers show, or as those of the
//! other columns do, which is said. What nothing settles is asked.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Diagnostics, Result, Warned, fold};

use super::Table;
use super::number::{self, DecimalMark};

impl Table {
    /// The decimal mark of `column`, `.` or `,`.
    ///
    /// # Errors
    /// Its numbers disagree, or can be read both ways and nothing else in the table settles it.
    pub fn decimal_mark(&self, column: usize) -> Result<Warned<char>> {
        let quiet = |mark| Ok(Warned { value: mark, warnings: Diagnostics::default() });
        if let Some(told) = self.decimal(column) {
            return quiet(told);
        }
        match number::decimal_mark(self.cells(column)) {
            DecimalMark::Decided(mark) => quiet(mark),
            DecimalMark::Plain => quiet('.'),
            DecimalMark::Conflict(point, comma) => Err(self.conflict(column, point, comma).into()),
            DecimalMark::Unclear(row) => match self.mark_of_others(column) {
                Some((mark, witness)) => {
                    let warnings = self.by_witness(column, row, mark, witness).into();
                    Ok(Warned { value: mark, warnings })
                }
                None => Err(self.unclear(column, row).into()),
            },
        }
    }

    /// One file writes its numbers one way: what every other column with decimals agrees on, and the first such
    /// cell. (Positions are no witnesses: programs write them with a point whatever the country.)
    fn mark_of_others(&self, column: usize) -> Option<(char, (usize, usize))> {
        const POSITIONS: [&str; 8] = ["lat", "lon", "lng", "long", "latitude", "longitude", "x", "y"];
        let mut marks = BTreeSet::new();
        let mut witness = None;
        for other in (0..self.columns.len()).filter(|other| *other != column) {
            if POSITIONS.contains(&fold(&self.columns[other]).as_str()) || self.decimal(other).is_some() {
                continue;
            }
            if let DecimalMark::Decided(mark) = number::decimal_mark(self.cells(other)) {
                marks.insert(mark);
                let shows =
                    |cell: &str| number::decimal_mark(std::iter::once(cell)) == DecimalMark::Decided(mark);
                let row = (0..self.len()).find(|row| shows(self.cell(*row, other)));
                witness = witness.or(row.map(|row| (row, other)));
            }
        }
        let mark = marks.first().copied().filter(|_| marks.len() == 1)?;
        Some((mark, witness?))
    }

    fn by_witness(&self, column: usize, row: usize, mark: char, witness: (usize, usize)) -> Diagnostic {
        let cell = self.cell(row, column);
        let other = if mark == '.' { ',' } else { '.' };
        Diagnostic::warning(format!(
            "\"{cell}\" is read as {}, since \"{}\" in column \"{}\" can only be read so",
            reading(cell, mark),
            self.cell(witness.0, witness.1),
            self.columns[witness.1]
        ))
        .at(self.place(row, column))
        .hint(format!(
            "if it is {}, say `--decimal \"{other}\"` or `decimal = \"{other}\"` in [data]",
            reading(cell, other)
        ))
    }

    fn unclear(&self, column: usize, row: usize) -> Diagnostic {
        let cell = self.cell(row, column);
        let (point, comma) = (reading(cell, '.'), reading(cell, ','));
        Diagnostic::error(format!("\"{cell}\" may be {point} or {comma}"))
            .at(self.place(row, column))
            .hint(format!("say which mark parts the decimals: `--decimal \".\"` reads {point}, `--decimal \",\"` reads {comma}"))
            .hint("in a map file, write `decimal = \",\"` in [data]; `render --set data.decimal=\",\"` does the same")
    }

    fn conflict(&self, column: usize, point: usize, comma: usize) -> Diagnostic {
        let (first, second) = (point.min(comma), point.max(comma));
        Diagnostic::error(format!(
            "one column writes decimals in two ways: \"{}\" {} and \"{}\" {}",
            self.cell(first, column),
            self.position.words(self.line(first)),
            self.cell(second, column),
            self.position.words(self.line(second))
        ))
        .at(self.place(second, column))
        .hint("write all its numbers in one way")
    }
}

fn reading(cell: &str, mark: char) -> String {
    number::parse(cell, mark).map_or_else(String::new, |value| value.to_string())
}
