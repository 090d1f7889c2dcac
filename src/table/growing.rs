//! A table whose columns are found while its rows come in, as those of JSON records are.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Result, Warned};

use super::json::{Record, SHAPES};
use super::{Table, build};

/// Rows so far. Each was as wide as the columns that were known when it came; the missing cells are
/// filled in at the end.
pub(super) struct Growing<'t> {
    file: &'t str,
    /// The file, for counting lines.
    text: &'t str,
    /// Names of columns, and their places in `row`. (Only asked, never walked.)
    names: Vec<Cow<'t, str>>,
    index: HashMap<Cow<'t, str>, usize>,
    numbers: Vec<bool>,
    rows: Table,
    widths: Vec<usize>,
    /// Line and offset up to which lines were counted.
    line: usize,
    counted: usize,
}

impl<'t> Growing<'t> {
    /// An empty table of the file whose text is `text`.
    pub(super) fn new(file: &'t str, text: &'t str) -> Self {
        Growing {
            file,
            text,
            names: Vec::new(),
            index: HashMap::new(),
            numbers: Vec::new(),
            rows: Table::new(file, Vec::new()),
            widths: Vec::new(),
            line: 1,
            counted: 0,
        }
    }

    /// Adds a record; of a name that occurs twice in it the last value counts, as in JavaScript.
    pub(super) fn push(&mut self, record: Record<'t>) -> Result<()> {
        let mut row: Vec<Cow<str>> = vec![Cow::Borrowed(""); self.names.len()];
        for (position, (name, cell)) in record.cells.into_iter().enumerate() {
            let column = self.column(position, name);
            row.resize(self.names.len(), Cow::Borrowed(""));
            row[column] = cell.text;
            self.numbers[column] |= cell.is_number;
        }
        let line = self.line_of(record.at);
        self.widths.push(row.len());
        self.rows.push_cells(line, row.len(), row.iter().map(Cow::as_ref))
    }

    /// The column called `name`; most records have it in the same position.
    fn column(&mut self, position: usize, name: Cow<'t, str>) -> usize {
        if self.names.get(position) == Some(&name) {
            return position;
        }
        if let Some(column) = self.index.get(&name) {
            return *column;
        }
        self.names.push(name.clone());
        self.numbers.push(false);
        self.index.insert(name, self.names.len() - 1);
        self.names.len() - 1
    }

    fn line_of(&mut self, at: usize) -> usize {
        let at = at.max(self.counted);
        self.line += self.text.get(self.counted..at).unwrap_or_default().matches('\n').count();
        self.counted = at;
        self.line
    }

    /// The table, all rows as wide as its columns.
    pub(super) fn finish(self) -> Result<Warned<Table>> {
        let place = Place::file(self.file);
        if self.widths.is_empty() || self.names.is_empty() {
            let what =
                if self.widths.is_empty() { "the file holds no record" } else { "the records are empty" };
            return Err(Diagnostic::error(what).at(place).hint(SHAPES).into());
        }
        let mut warnings = Diagnostics::default();
        let columns = build::unique_names(self.names.iter().map(Cow::as_ref), &place, &mut warnings);
        let mut table = Table::new(self.file, columns);
        if self.widths.iter().all(|width| *width == self.names.len()) {
            (table.lines, table.text, table.ends) = (self.rows.lines, self.rows.text, self.rows.ends);
        } else {
            let mut first = 0;
            for (row, width) in self.widths.iter().enumerate() {
                let cells = first..first + width;
                table.push(self.rows.line(row), cells.map(|cell| &self.rows.text[self.rows.range(cell)]))?;
                first += width;
            }
        }
        for column in (0..self.names.len()).filter(|column| self.numbers[*column]) {
            table.set_decimal(column, '.');
        }
        Ok(Warned { value: table, warnings })
    }
}
