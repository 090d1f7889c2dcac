//! Data files into a [`Table`]: columns, and cells that know their line.
//!
//! Takes bytes and a name, gives text cells; what a cell means is decided later (`join`, `scale`).
//! How numbers are written is decided here too, for a whole column at once: [`number`].

mod build;
mod delimited;
mod delimiter;
mod encoding;
mod filter;
mod grid;
mod growing;
mod header;
mod json;
mod mark;
pub mod number;
mod ods;
mod package;
mod period;
mod pointer;
mod position;
mod presence;
mod sheet;
#[cfg(test)]
mod tests;
mod xlsx;

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place, Result, Warned, fold, nearest};
pub use position::Position;
pub use presence::PRESENCE;

/// How to read a data file. Everything that is `None` is found from the file itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableOptions {
    /// Field delimiter.
    pub delimiter: Option<u8>,
    /// Encoding label (`utf-8`, `windows-1252`).
    pub encoding: Option<String>,
    /// Decimal mark of numbers, `.` or `,`.
    pub decimal: Option<char>,
    /// Physical line of the header, 1-based; 0 for a file that has none (columns are then called
    /// `column 1`, `column 2` …).
    pub header_row: Option<usize>,
    /// The sheet of a workbook, by name or by number from 1.
    pub sheet: Option<String>,
    /// Where the table lies in a JSON file (RFC 6901).
    pub pointer: Option<String>,
    /// Which rows count.
    pub filter: Filter,
    /// The column of periods of a long table; or a period in it.
    pub when: Option<String>,
    /// The period that is shown.
    pub at: Option<String>,
}

/// Which rows count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// Those where each column (first) holds the text (second), compared without case.
    Equal(Vec<(String, String)>),
    /// Those of which this expression is true; see `docs/tables.md`.
    Expression(String),
}

/// A table of text, stored in one buffer: a million rows are a few large allocations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The file's name as the user gave it.
    pub file: String,
    /// Names of the columns, unique.
    pub columns: Vec<String>,
    /// 1-based line of the file where each row starts.
    lines: Vec<u32>,
    /// All cells one after another, row by row.
    text: String,
    /// End of each cell in `text`.
    ends: Vec<u32>,
    /// The decimal mark of each column where it is known without looking at its numbers.
    decimals: Vec<Option<char>>,
    /// What the numbers in `lines` mean.
    pub position: Position,
}

/// What a file is, by its extension or by the user's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// CSV, TSV or text with any delimiter.
    Delimited,
    /// Records in JSON, or one JSON record a line.
    Json,
    /// A list of places that was typed: `Venezuela: origin; Colombia, Peru: established`.
    Presence,
}

impl Form {
    /// By the ending of a file's name; whatever is not called JSON is delimited text. A workbook is known by its
    /// bytes, and so is JSON in a file whose name says nothing.
    pub fn of(file: &str) -> Form {
        let ending = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        match ending.as_str() {
            "json" | "ndjson" | "jsonl" | "geojson" => Form::Json,
            _ if file == PRESENCE => Form::Presence,
            _ => Form::Delimited,
        }
    }

    /// The same for a text that was read.
    fn seen(self, file: &str, text: &str) -> Form {
        let named = file.rsplit('/').next().unwrap_or_default().contains('.');
        let json = trim(text).starts_with(['{', '[']);
        if self == Form::Delimited && json && !named { Form::Json } else { self }
    }
}

/// Reads `bytes` of the file called `file`.
///
/// # Errors
/// The file is empty, not text, not in the encoding that was asked for, has a broken quote or a row
/// with too many cells, is no table (JSON), has no rows, or `options` name a sheet or a column it lacks.
pub fn read(file: &str, bytes: &[u8], form: Form, options: &TableOptions) -> Result<Warned<Table>> {
    check_decimal(options.decimal)?;
    check_delimiter(options.delimiter)?;
    let mut read = if bytes.starts_with(b"PK\x03\x04") {
        sheet::read(file, bytes, options)?
    } else {
        let text = encoding::decode(file, bytes, options.encoding.as_deref())?;
        let mut read = match form.seen(file, &text.value) {
            Form::Delimited => delimited::read(file, &text.value, options),
            Form::Json => json::read(file, &text.value, options.pointer.as_deref()),
            Form::Presence => presence::read(&text.value),
        }?;
        read.warnings.0.splice(0..0, text.warnings);
        read
    };
    if let Some(mark) = options.decimal {
        // what the form of the file fixes is no matter of taste
        read.value.decimals.iter_mut().for_each(|decimal| *decimal = decimal.or(Some(mark)));
    }
    read.value.filter(&options.filter)?;
    let told = read.value.keep_period(options.when.as_deref(), options.at.as_deref())?;
    read.warnings.extend(told);
    Ok(read)
}

fn check_decimal(mark: Option<char>) -> Result<()> {
    match mark {
        None | Some('.' | ',') => Ok(()),
        Some(other) => {
            Err(Diagnostic::error(format!("`{other}` is no decimal mark")).hint("write `.` or `,`").into())
        }
    }
}

fn check_delimiter(delimiter: Option<u8>) -> Result<()> {
    match delimiter {
        Some(byte) if !byte.is_ascii() || matches!(byte, b'"' | b'\n' | b'\r' | 0) => Err(Diagnostic::error(
            "the delimiter must be one ASCII character other than a quote or a line end",
        )
        .hint("usual ones are `,` `;` `|` and the tab")
        .into()),
        _ => Ok(()),
    }
}

impl Table {
    /// An empty table with these columns, whose names must be unique.
    fn new(file: &str, columns: Vec<String>) -> Table {
        let decimals = vec![None; columns.len()];
        Table { file: file.to_owned(), columns, decimals, ..Table::default() }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The 1-based physical line of the file where row `row` (0-based) starts; 0 when there is no such row.
    pub fn line(&self, row: usize) -> usize {
        self.lines.get(row).map_or(0, |line| *line as usize)
    }

    /// The cell of row `row` in column `column` (both 0-based), trimmed; empty where missing.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        if column >= self.columns.len() || row >= self.len() {
            return "";
        }
        &self.text[self.range(row * self.columns.len() + column)]
    }

    /// All cells of one column, in file order.
    pub fn cells(&self, column: usize) -> impl Iterator<Item = &str> {
        (0..self.len()).map(move |row| self.cell(row, column))
    }

    /// The decimal mark of `column` where the user or the form of the file says it.
    pub fn decimal(&self, column: usize) -> Option<char> {
        self.decimals.get(column).copied().flatten()
    }

    /// Where the cell of row `row` in column `column` stands, for a diagnostic.
    pub fn place(&self, row: usize, column: usize) -> Place {
        match self.columns.get(column) {
            Some(name) => self.position.cell(&self.file, self.line(row), column, name),
            None => self.position.row(&self.file, self.line(row)),
        }
    }

    /// The index of the column that is called `name` (exactly, else ignoring case and space; a year also finds the
    /// one column that is called `2010 [YR2010]` or `X2010`).
    /// The error lists the columns and suggests the nearest.
    pub fn column(&self, name: &str) -> Result<usize> {
        let folded = fold(name);
        let exact = self.columns.iter().position(|column| column == name);
        let found = exact.or_else(|| self.columns.iter().position(|column| fold(column) == folded));
        found.or_else(|| self.year_column(name)).ok_or_else(|| self.no_column(name).into())
    }

    /// The only column whose header is the year `name` with something around it.
    fn year_column(&self, name: &str) -> Option<usize> {
        let name = name.trim();
        let wanted = year(name).filter(|_| name.len() == 4)?;
        let mut found = self.columns.iter().enumerate().filter(|(_, column)| year(column) == Some(wanted));
        found.next().filter(|_| found.next().is_none()).map(|(column, _)| column)
    }

    fn no_column(&self, name: &str) -> Diagnostic {
        let known: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        let error =
            Diagnostic::error(format!("there is no column \"{name}\"")).at(Place::file(self.file.clone()));
        let error = match nearest(name, &known) {
            Some(near) => error.hint(format!("did you mean \"{near}\"?")),
            None => error,
        };
        error.hint(format!("its columns are {}", self.column_list()))
    }

    /// The names of the columns in quotes, for a hint; a long list is cut.
    pub fn column_list(&self) -> String {
        const MOST: usize = 24;
        let shown: Vec<String> = self.columns.iter().take(MOST).map(|name| format!("\"{name}\"")).collect();
        match self.columns.len().saturating_sub(MOST) {
            0 => shown.join(", "),
            more => format!("{} and {more} more", shown.join(", ")),
        }
    }

    fn range(&self, cell: usize) -> Range<usize> {
        let start = if cell == 0 { 0 } else { self.ends[cell - 1] };
        start as usize..self.ends[cell] as usize
    }
}

/// The year that `header` is, as the columns of a wide table are called (`2010`, `2010 [YR2010]`, `X2010`).
pub fn year(header: &str) -> Option<u16> {
    let bare = header.trim().trim_start_matches(['X', 'Y', 'x', 'y']);
    let bare = bare.split_once(" [").map_or(bare, |(year, _)| year);
    let year: u16 = if bare.len() == 4 { bare.parse().ok()? } else { return None };
    (1800..=2200).contains(&year).then_some(year)
}

/// `cell` without outer white space and invisible characters (no-break and zero-width spaces,
/// byte order and direction marks).
pub fn trim(cell: &str) -> &str {
    let plain = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_graphic);
    if plain(cell.as_bytes().first()) && plain(cell.as_bytes().last()) {
        return cell;
    }
    cell.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
    })
}
