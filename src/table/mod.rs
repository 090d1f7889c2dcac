//! Data files into a [`Table`]: columns, and cells that know their line.
//!
//! Takes bytes and a name, gives text cells; what a cell means is decided later (`join`, `scale`).
//! How numbers are written is decided here too, for a whole column at once: [`number`].

mod build;
mod delimited;
mod delimiter;
mod encoding;
mod growing;
mod header;
mod json;
mod nearest;
pub mod number;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place, Result, Warned};
pub use nearest::nearest;

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
    /// Only rows where the column (first) holds the text (second), compared without case.
    pub filter: Vec<(String, String)>,
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
}

/// What a file is, by its extension or by the user's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// CSV, TSV or text with any delimiter.
    Delimited,
    /// Records in JSON, or one JSON record a line.
    Json,
}

impl Form {
    /// By the ending of a file's name; whatever is not called JSON is delimited text.
    pub fn of(file: &str) -> Form {
        let ending = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        if ["json", "ndjson", "jsonl", "geojson"].contains(&ending.as_str()) {
            Form::Json
        } else {
            Form::Delimited
        }
    }
}

/// Reads `bytes` of the file called `file`.
///
/// # Errors
/// The file is empty, not text, not in the encoding that was asked for, has a broken quote or a row
/// with too many cells, is no table (JSON), has no rows, or `options` name a column it lacks.
pub fn read(file: &str, bytes: &[u8], form: Form, options: &TableOptions) -> Result<Warned<Table>> {
    check_decimal(options.decimal)?;
    check_delimiter(options.delimiter)?;
    let text = encoding::decode(file, bytes, options.encoding.as_deref())?;
    let mut read = match form {
        Form::Delimited => delimited::read(file, &text.value, options),
        Form::Json => json::read(file, &text.value),
    }?;
    let mut warnings = text.warnings;
    warnings.extend(read.warnings);
    if let Some(mark) = options.decimal {
        read.value.decimals.fill(Some(mark));
    }
    read.value.filter(&options.filter)?;
    Ok(Warned { value: read.value, warnings })
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
        let place = Place::line(&self.file, self.line(row));
        match self.columns.get(column) {
            Some(name) => place.key(name),
            None => place,
        }
    }

    /// The index of the column that is called `name` (exactly, else ignoring case and space).
    /// The error lists the columns and suggests the nearest.
    pub fn column(&self, name: &str) -> Result<usize> {
        let folded = fold(name);
        let exact = self.columns.iter().position(|column| column == name);
        let found = exact.or_else(|| self.columns.iter().position(|column| fold(column) == folded));
        found.ok_or_else(|| self.no_column(name).into())
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

/// `name` without case, white space, `_` and `-`: how names of columns are compared.
pub fn fold(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-'))
        .flat_map(char::to_lowercase)
        .collect()
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
