//! Sheets of an Excel workbook (ECMA-376 Office Open XML), read by `calamine` cell by cell.
//!
//! Cells with a formula give the value that was last computed. Dates become ISO 8601, shares that are shown as
//! percentages become percentages.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{
    CellErrorType, DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Style, Xlsx, XlsxError,
};

use crate::diagnostic::{Diagnostic, Place, Result};

use super::grid::{Grid, Kind, UNSAVED, number_text, percent_text};
use super::package::damaged;
use super::sheet::{Name, Workbook};

/// An open workbook.
pub(super) struct Book<'b> {
    file: &'b str,
    book: Xlsx<Cursor<&'b [u8]>>,
}

impl<'b> Book<'b> {
    /// Opens `bytes`, which have passed [`super::package::open`].
    pub(super) fn open(file: &'b str, bytes: &'b [u8]) -> Result<Book<'b>> {
        let book = Xlsx::new(Cursor::new(bytes)).map_err(|error| fault(file, &error))?;
        Ok(Book { file, book })
    }
}

impl Workbook for Book<'_> {
    fn sheets(&mut self) -> Result<Vec<Name>> {
        let sheets = self.book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        Ok(sheets
            .map(|sheet| Name { name: sheet.name.clone(), hidden: sheet.visible != SheetVisible::Visible })
            .collect())
    }

    fn read(&mut self, sheet: &Name) -> Result<Grid> {
        let (grid, blank) = self.cells(sheet, &BTreeSet::new())?;
        // only a sheet with blank cells can have formulas without a value, and only those need a second look
        let unsaved = if blank { self.unsaved(sheet)? } else { BTreeSet::new() };
        if unsaved.is_empty() { Ok(grid) } else { Ok(self.cells(sheet, &unsaved)?.0) }
    }
}

impl Book<'_> {
    /// The cells of a sheet, of which those at `unsaved` hold formulas without a value; and whether any is blank.
    fn cells(&mut self, sheet: &Name, unsaved: &BTreeSet<(u32, u32)>) -> Result<(Grid, bool)> {
        let file = self.file;
        let broken = |why: &str| damaged(file, &format!("in sheet \"{}\", {why}", sheet.name));
        let mut cells = self.book.worksheet_cells_reader(&sheet.name).map_err(|error| fault(file, &error))?;
        let percent: Vec<bool> = cells.styles().iter().map(shows_percent).collect();
        let (mut grid, mut blank) = (Grid::default(), false);
        while let Some((cell, style)) =
            cells.next_cell_with_style_id().map_err(|error| broken(&error.to_string()))?
        {
            let (row, column) = cell.get_position();
            let (text, kind) = match cell.get_value() {
                DataRef::Empty if unsaved.contains(&(row, column)) => (UNSAVED.to_owned(), Kind::Unsaved),
                value => words(value, percent.get(style).copied().unwrap_or(false)),
            };
            blank |= text.is_empty();
            grid.push(row as usize, column as usize, &text, kind).map_err(broken)?;
        }
        Ok((grid, blank))
    }

    /// Where formulas stand whose value was not saved.
    fn unsaved(&mut self, sheet: &Name) -> Result<BTreeSet<(u32, u32)>> {
        let file = self.file;
        let mut cells = self.book.worksheet_cells_reader(&sheet.name).map_err(|error| fault(file, &error))?;
        let mut found = BTreeSet::new();
        while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|error| fault(file, &error))? {
            if cell.value == DataRef::Empty && cell.formula.is_some() {
                found.insert(cell.pos);
            }
        }
        Ok(found)
    }
}

fn fault(file: &str, error: &XlsxError) -> Box<Diagnostic> {
    match error {
        XlsxError::Password => Diagnostic::error("the workbook is protected by a password")
            .at(Place::file(file))
            .hint("save it without one, or export the sheet as CSV")
            .into(),
        other => damaged(file, other),
    }
}

/// Whether cells of this style show `45%` for 0.45: a percent sign in the format, outside of quoted words.
fn shows_percent(style: &Style) -> bool {
    let Some(format) = &style.number_format else { return false };
    format.format_code.split('"').step_by(2).any(|code| code.contains('%') && !code.contains("\\%"))
}

/// A cell's text, and what it is.
fn words(value: &DataRef, percent: bool) -> (String, Kind) {
    match value {
        DataRef::Empty => (String::new(), Kind::Text),
        DataRef::String(text) => (text.clone(), Kind::Text),
        DataRef::SharedString(text) => ((*text).to_owned(), Kind::Text),
        DataRef::Float(value) if percent => (percent_text(*value), Kind::Number),
        DataRef::Float(value) => (number_text(*value), Kind::Number),
        DataRef::Int(value) => (value.to_string(), Kind::Number),
        DataRef::Bool(value) => (if *value { "TRUE" } else { "FALSE" }.to_owned(), Kind::Text),
        DataRef::DateTime(date) => (date_text(date), Kind::Text),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            (super::sheet::plain_date(text).to_owned(), Kind::Text)
        }
        DataRef::Error(error) => (error_text(error).to_owned(), Kind::Error),
    }
}

/// A date as `2024-01-05`, with its time where it has one; a time alone as `14:30:00`.
fn date_text(date: &ExcelDateTime) -> String {
    if date.is_duration() {
        return number_text(date.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match (date.as_f64() < 1.0, hour == 0 && minute == 0 && second == 0) {
        (true, _) => time,
        (_, true) => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02} {time}"),
    }
}

fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        _ => "#N/A",
    }
}
