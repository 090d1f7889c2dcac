//! CSV, TSV and their kin: text into records, by RFC 4180 with any delimiter and line end.
//!
//! An own reader of one page rather than the `csv` crate, because that one takes a broken quote for a
//! text of many lines without a word, and tells no physical line of a record after one.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Result, Warned};

use super::header::{self, Shape, Source};
use super::{Table, TableOptions, build, delimiter, trim};

/// The records of a text, one after another.
pub(super) struct Records<'t> {
    text: &'t str,
    at: usize,
    line: usize,
    delimiter: u8,
    file: &'t str,
}

/// One record: the line where it starts, and its cells as they stand, quotes resolved.
pub(super) type Record<'t> = (usize, Vec<Cow<'t, str>>);

/// Reads a table of text.
pub(super) fn read(file: &str, text: &str, options: &TableOptions) -> Result<Warned<Table>> {
    if trim(text).is_empty() {
        return Err(Diagnostic::error("the file is empty").at(Place::file(file)).into());
    }
    let (text, announced) = sep_line(text);
    let delimiter = options.delimiter.or(announced).unwrap_or_else(|| delimiter::find(file, text));
    let first_line = if announced.is_some() { 2 } else { 1 };
    let records = || Records { text, at: 0, line: first_line, delimiter, file };
    let mut shape = header::find(records(), options.header_row)?;
    let mut warnings = Diagnostics::default();
    let columns = build::unique_names(shape.names(), &Place::line(file, shape.line), &mut warnings);
    let mut table = Table::new(file, columns);
    table.text.reserve_exact(text.len());
    fill(&mut table, records(), &mut shape, &mut warnings)?;
    if table.is_empty() {
        return Err(header_only(file, &shape).into());
    }
    Ok(Warned { value: table, warnings })
}

/// A first line `sep=;`, by which spreadsheets are told the delimiter: the text after it.
fn sep_line(text: &str) -> (&str, Option<u8>) {
    let Some(rest) = text.strip_prefix("sep=") else { return (text, None) };
    let bytes = rest.as_bytes();
    match (bytes.first(), bytes.get(1), bytes.get(2)) {
        (Some(mark), Some(b'\r'), Some(b'\n')) if mark.is_ascii() => (&rest[3..], Some(*mark)),
        (Some(mark), Some(b'\n' | b'\r'), _) if mark.is_ascii() => (&rest[2..], Some(*mark)),
        _ => (text, None),
    }
}

/// Puts the records after the header into `table`.
fn fill(table: &mut Table, records: Records, shape: &mut Shape, warnings: &mut Diagnostics) -> Result<()> {
    let mut uneven = Uneven::default();
    shape.rows(records, |line, cells| {
        uneven.see(line, cells, table.columns.len());
        table.push(line, cells.iter().map(Cow::as_ref))
    })?;
    warnings.extend(shape.warnings(&table.file, &table.position));
    uneven.tell(&table.file, table.columns.len(), warnings)
}

fn header_only(file: &str, shape: &Shape) -> Diagnostic {
    let line = if shape.line > 0 { Place::line(file, shape.line) } else { Place::file(file) };
    Diagnostic::error("the file has a header and no rows")
        .at(line)
        .hint("each line after the header is one place, such as `Peru,12`")
}

pub(super) fn is_blank(cells: &[Cow<str>]) -> bool {
    cells.iter().all(|cell| trim(cell).is_empty())
}

/// Rows that have more or fewer cells than the header.
#[derive(Default)]
struct Uneven {
    short: usize,
    first_short: usize,
    long: Vec<(usize, usize)>,
}

impl Uneven {
    fn see(&mut self, line: usize, cells: &[Cow<str>], width: usize) {
        if cells.len() < width {
            self.short += 1;
            if self.first_short == 0 {
                self.first_short = line;
            }
        } else if cells[width..].iter().any(|cell| !trim(cell).is_empty()) {
            self.long.push((line, cells.len()));
        }
    }

    /// A short row is filled with empty cells and told. A long one is an error: most often a delimiter
    /// stands inside a cell, and then every cell after it would be read in the wrong column.
    fn tell(&self, file: &str, width: usize, warnings: &mut Diagnostics) -> Result<()> {
        if let Some((line, cells)) = self.long.first() {
            let more = match self.long.len() - 1 {
                0 => String::new(),
                1 => ", and 1 more row is too long".to_owned(),
                more => format!(", and {more} more rows are too long"),
            };
            return Err(Diagnostic::error(format!(
                "the row has {cells} cells where the header has {width}{more}"
            ))
            .at(Place::line(file, *line))
            .hint("put a cell that holds the delimiter in quotes: \"Korea, Rep.\"")
            .into());
        }
        if self.short > 0 {
            let rows =
                if self.short == 1 { "1 row has".to_owned() } else { format!("{} rows have", self.short) };
            warnings.push(
                Diagnostic::warning(format!(
                    "{rows} fewer cells than the header; the missing ones count as empty"
                ))
                .at(Place::line(file, self.first_short)),
            );
        }
        Ok(())
    }
}

impl<'t> Source<'t> for Records<'t> {
    fn next(&mut self, cells: &mut Vec<Cow<'t, str>>) -> Result<Option<usize>> {
        cells.clear();
        if self.at >= self.text.len() {
            return Ok(None);
        }
        let line = self.line;
        loop {
            let cell = self.cell()?;
            cells.push(cell);
            match self.peek() {
                Some(byte) if byte == self.delimiter => self.at += 1,
                Some(_) => {
                    self.line_end();
                    return Ok(Some(line));
                }
                None => return Ok(Some(line)),
            }
        }
    }
}

impl<'t> Records<'t> {
    /// Over `text` that starts on line 1.
    pub(super) fn new(file: &'t str, text: &'t str, delimiter: u8) -> Self {
        Records { text, at: 0, line: 1, delimiter, file }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Steps over one line end (LF, CRLF or CR).
    fn line_end(&mut self) {
        if self.peek() == Some(b'\r') {
            self.at += 1;
            if self.peek() == Some(b'\n') {
                self.at += 1;
            }
        } else {
            self.at += 1;
        }
        self.line += 1;
    }

    /// One cell; afterwards the delimiter, a line end or the end of the text comes next.
    fn cell(&mut self) -> Result<Cow<'t, str>> {
        let bytes = self.text.as_bytes();
        let mut start = self.at;
        while bytes.get(start) == Some(&b' ') && self.delimiter != b' ' {
            start += 1;
        }
        if bytes.get(start) == Some(&b'"') {
            return self.quoted(start + 1);
        }
        let ends = |byte: &u8| *byte == self.delimiter || matches!(byte, b'\n' | b'\r');
        let length = bytes[self.at..].iter().position(ends).unwrap_or(bytes.len() - self.at);
        let cell = &self.text[self.at..self.at + length];
        self.at += length;
        Ok(Cow::Borrowed(cell))
    }

    /// A quoted cell whose text starts at `start`.
    fn quoted(&mut self, start: usize) -> Result<Cow<'t, str>> {
        let opened = self.line;
        let mut cell = Cow::Borrowed("");
        let mut from = start;
        loop {
            let Some(length) = self.text[from..].find('"') else { return Err(self.unclosed(opened)) };
            append(&mut cell, &self.text[from..from + length]);
            let after = from + length + 1;
            if self.text.as_bytes().get(after) != Some(&b'"') {
                self.line += line_ends(&self.text[start..after]);
                self.at = after;
                break;
            }
            append(&mut cell, "\"");
            from = after + 1;
        }
        while self.peek() == Some(b' ') && self.delimiter != b' ' {
            self.at += 1;
        }
        match self.peek() {
            None | Some(b'\n' | b'\r') => Ok(cell),
            Some(byte) if byte == self.delimiter => Ok(cell),
            Some(_) => Err(self.after_quote(opened)),
        }
    }

    fn unclosed(&self, opened: usize) -> Box<Diagnostic> {
        Diagnostic::error("a quote is opened here and never closed")
            .at(Place::line(self.file, opened))
            .hint("close it, or double it where a quote mark is meant: \"\"")
            .into()
    }

    fn after_quote(&self, opened: usize) -> Box<Diagnostic> {
        let rest: String =
            self.text[self.at..].chars().take_while(|c| !matches!(c, '\n' | '\r')).take(12).collect();
        let opened = if opened == self.line { String::new() } else { format!(", opened on line {opened},") };
        Diagnostic::error(format!("after a closing quote{opened} comes `{rest}` where a delimiter should be"))
            .at(Place::line(self.file, self.line))
            .hint("write quote marks inside a quoted cell twice: \"\"")
            .into()
    }
}

/// Appends without a copy as long as the cell is one piece of the text.
fn append<'t>(cell: &mut Cow<'t, str>, more: &'t str) {
    if cell.is_empty() {
        *cell = Cow::Borrowed(more);
    } else if !more.is_empty() {
        cell.to_mut().push_str(more);
    }
}

/// Number of line ends in `text`: LF, CRLF and CR count one each.
pub(super) fn line_ends(text: &str) -> usize {
    let bytes = text.as_bytes();
    let feeds = bytes.iter().filter(|byte| **byte == b'\n').count();
    let lone = |(at, byte): (usize, &u8)| *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    feeds + bytes.iter().enumerate().filter(|pair| lone(*pair)).count()
}
