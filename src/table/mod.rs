//! Data files into a [`Table`]: columns, and cells that know their line.
//!
//! Takes bytes and a name, gives text cells; what a cell means is decided later (`join`, `scale`).

use crate::diagnostic::{Result, Warned};

/// How to read a data file. Everything that is `None` is found from the file itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableOptions {
    /// Field delimiter.
    pub delimiter: Option<u8>,
    /// Encoding label (`utf-8`, `windows-1252`).
    pub encoding: Option<String>,
    /// Only rows where the column (first) holds the text (second).
    pub filter: Vec<(String, String)>,
}

/// A table of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The file's name as the user gave it.
    pub file: String,
    /// Names of the columns, unique.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a [`Table`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// 1-based line in the file where it starts (the record's number in a JSON file).
    pub line: usize,
    /// One cell a column, trimmed; empty where missing.
    pub cells: Vec<String>,
}

/// What a file is, by its extension or by the user's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// CSV, TSV or text with any delimiter.
    Delimited,
    /// An array of records.
    Json,
}

/// Reads `bytes` of the file called `file`.
pub fn read(_file: &str, _bytes: &[u8], _form: Form, _options: &TableOptions) -> Result<Warned<Table>> {
    todo!()
}

impl Table {
    /// The index of the column that is called `name` (exactly, else ignoring case and space).
    /// The error lists the columns and suggests the nearest.
    pub fn column(&self, _name: &str) -> Result<usize> {
        todo!()
    }
}
