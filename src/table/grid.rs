//! A sheet in memory: the cells that hold something, row by row, in one buffer.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Place, Result};

use super::header::Source;
use super::{build::MOST_CELLS, trim};

/// Rows and columns of the largest sheet that Excel and LibreOffice make.
pub(super) const MOST_ROWS: usize = 1_048_576;
pub(super) const MOST_COLUMNS: usize = 16_384;

/// Cells of the largest sheet that is read, blank ones too: time and memory stay bounded whatever a file says.
pub(super) const MOST_SHEET_CELLS: usize = 20_000_000;

/// What a cell holds, as far as a table needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// A number, written with a point.
    Number,
    /// An error such as `#N/A`.
    Error,
    /// A formula whose value was not saved; its text is [`UNSAVED`].
    Unsaved,
}

/// What stands in place of a value that was not saved: a mark of missing data.
pub(super) const UNSAVED: &str = "#N/A";

/// A cell: its column, where its text ends, and what it is.
#[derive(Clone, Copy, Debug)]
struct Cell {
    column: u16,
    end: u32,
    kind: Kind,
}

/// A row: its 1-based number in the sheet, and where its cells end.
#[derive(Clone, Copy, Debug)]
struct Row {
    line: u32,
    end: usize,
}

/// The cells of a sheet that are not blank.
#[derive(Debug, Default)]
pub(super) struct Grid {
    text: String,
    cells: Vec<Cell>,
    rows: Vec<Row>,
    /// Cells that were seen, blank ones too.
    seen: usize,
}

impl Grid {
    /// Adds a cell; `row` and `column` are 0-based, and rows come in order. Blank cells are left out.
    ///
    /// # Errors
    /// The position lies outside any sheet, before the row of an earlier cell, or the sheet is too large; the text
    /// says which.
    pub(super) fn push(
        &mut self,
        row: usize,
        column: usize,
        text: &str,
        kind: Kind,
    ) -> std::result::Result<(), &'static str> {
        self.seen += 1;
        if self.seen > MOST_SHEET_CELLS {
            return Err("it has more than 20 million cells");
        }
        let text = trim(text);
        if text.is_empty() {
            return Ok(());
        }
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err("a cell lies outside the sheet");
        }
        let line = row as u32 + 1;
        match self.rows.last() {
            Some(last) if last.line > line => return Err("its rows are not in order"),
            Some(last) if last.line == line => {}
            _ => self.rows.push(Row { line, end: self.cells.len() }),
        }
        self.text.push_str(text);
        let end = u32::try_from(self.text.len()).map_err(|_| "it holds more than 4 GB of text")?;
        self.cells.push(Cell { column: column as u16, end, kind });
        if let Some(last) = self.rows.last_mut() {
            last.end = self.cells.len();
        }
        Ok(())
    }

    /// Adds the last row again `times` times, below itself.
    pub(super) fn repeat_last(&mut self, times: usize) -> std::result::Result<(), &'static str> {
        let Some(last) = self.rows.last().copied() else { return Ok(()) };
        let first = self.first_cell(self.rows.len() - 1);
        let cells: Vec<(Cell, String)> =
            (first..last.end).map(|cell| (self.cells[cell], self.cell_text(cell).to_owned())).collect();
        for step in 1..=times {
            for (cell, text) in &cells {
                self.push(last.line as usize - 1 + step, usize::from(cell.column), text, cell.kind)?;
            }
        }
        Ok(())
    }

    /// Whether nothing stands in it.
    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Whether it looks like a table: two rows or more hold two cells or more.
    pub(super) fn is_tabular(&self) -> bool {
        let widths = (0..self.rows.len()).map(|row| self.rows[row].end - self.first_cell(row));
        widths.filter(|width| *width > 1).take(2).count() == 2
    }

    /// The 1-based row of the last cell.
    pub(super) fn last_line(&self) -> Option<usize> {
        self.rows.last().map(|row| row.line as usize)
    }

    fn first_cell(&self, row: usize) -> usize {
        row.checked_sub(1).map_or(0, |before| self.rows[before].end)
    }

    fn cell_text(&self, cell: usize) -> &str {
        let start = cell.checked_sub(1).map_or(0, |before| self.cells[before].end);
        &self.text[start as usize..self.cells[cell].end as usize]
    }

    /// The first and the last column that hold something, 0-based.
    pub(super) fn reach(&self) -> (usize, usize) {
        let columns = self.cells.iter().map(|cell| usize::from(cell.column));
        (columns.clone().min().unwrap_or(0), columns.max().unwrap_or(0))
    }

    /// Its rows as records of one width, whose first cell is the first column that holds something.
    ///
    /// # Errors
    /// A cell far out makes the sheet wider than a table can be.
    pub(super) fn records(&self, file: &str, sheet: &str) -> Result<Rows<'_>> {
        let (first, last) = self.reach();
        if self.rows.len().saturating_mul(last + 1 - first) > MOST_CELLS {
            let cell = format!("{sheet}!{}", column_name(last));
            return Err(Diagnostic::error("the sheet is too wide: its cells reach out to this column")
                .at(Place::file(file).key(cell))
                .hint("delete what stands far outside the table, or export the table as CSV")
                .into());
        }
        Ok(Rows { grid: self, at: 0, first, width: last + 1 - first })
    }

    /// Every cell that is no text, with its 1-based row and its 0-based column.
    pub(super) fn marked(&self) -> impl Iterator<Item = (usize, usize, Kind, &str)> {
        self.rows.iter().enumerate().flat_map(move |(index, row)| {
            (self.first_cell(index)..row.end).filter(|cell| self.cells[*cell].kind != Kind::Text).map(
                move |cell| {
                    let Cell { column, kind, .. } = self.cells[cell];
                    (row.line as usize, usize::from(column), kind, self.cell_text(cell))
                },
            )
        })
    }
}

/// The rows of a grid, one after another.
#[derive(Clone)]
pub(super) struct Rows<'g> {
    grid: &'g Grid,
    at: usize,
    first: usize,
    width: usize,
}

impl<'g> Source<'g> for Rows<'g> {
    fn next(&mut self, cells: &mut Vec<Cow<'g, str>>) -> Result<Option<usize>> {
        cells.clear();
        cells.resize(self.width, Cow::Borrowed(""));
        let Some(row) = self.grid.rows.get(self.at) else { return Ok(None) };
        for cell in self.grid.first_cell(self.at)..row.end {
            let column = usize::from(self.grid.cells[cell].column) - self.first;
            cells[column] = Cow::Borrowed(self.grid.cell_text(cell));
        }
        self.at += 1;
        Ok(Some(row.line as usize))
    }
}

/// The letters of a 0-based column: `A` to `Z`, `AA` and so on.
pub(super) fn column_name(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A number as a spreadsheet shows it: to 15 significant digits, which hides the ends of binary fractions.
pub(super) fn number_text(value: f64) -> String {
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    match rounded.abs() {
        size if size >= 1e21 || (size > 0.0 && size < 1e-9) => format!("{rounded:e}"),
        _ => rounded.to_string(),
    }
}

/// A share as a percentage, as a sheet shows a cell with such a format: 0.07 is `7%`.
pub(super) fn percent_text(value: f64) -> String {
    // moving the decimal point is exact, where a multiplication is not
    let shown = format!("{value:e}");
    let moved = shown.split_once('e').and_then(|(digits, exponent)| {
        format!("{digits}e{}", exponent.parse::<i32>().ok()? + 2).parse().ok()
    });
    format!("{}%", number_text(moved.unwrap_or(value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        let names: Vec<String> = [0, 25, 26, 51, 701, 702, 16_383].map(column_name).into();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn numbers_are_written_as_they_are_shown() {
        let shown = [0.1 + 0.2, 2010.0, -0.0, 1e300, 3.0e-12, 1_234_567.891].map(number_text);
        assert_eq!(shown, ["0.3", "2010", "-0", "1e300", "3e-12", "1234567.891"]);
        assert_eq!(
            [0.07, 0.455, 1.0, 1e-5, -0.5].map(percent_text),
            ["7%", "45.5%", "100%", "0.001%", "-50%"]
        );
    }

    #[test]
    fn rows_keep_their_numbers_and_blanks_are_no_cells() {
        let mut grid = Grid::default();
        for (row, column, text) in [(1, 2, "a"), (1, 4, "b"), (3, 1, " c "), (4, 1, "  ")] {
            grid.push(row, column, text, Kind::Text).expect("in order");
        }
        grid.repeat_last(2).expect("in order");
        let mut rows = grid.records("f", "s").expect("narrow");
        let (mut cells, mut all) = (Vec::new(), Vec::new());
        while let Ok(Some(line)) = rows.next(&mut cells) {
            all.push((line, cells.join("|")));
        }
        let expected = [(2, "|a||b"), (4, "c|||"), (5, "c|||"), (6, "c|||")];
        assert_eq!(all, expected.map(|(line, text)| (line, text.to_owned())));
        assert!(grid.push(0, 0, "x", Kind::Text).is_err());
        assert!(grid.push(9, MOST_COLUMNS, "x", Kind::Text).is_err());
    }
}
