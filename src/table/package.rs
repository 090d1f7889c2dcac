//! The zip archive that a workbook is, opened only when unpacking it is safe.
//!
//! A file of a few kilobytes can unpack to terabytes, and a number in it can ask for as much memory. So every part
//! that will be read is unpacked once into nothing and counted, and what a part promises is held against its size.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;
use zip::read::ZipFile;

use crate::diagnostic::{Diagnostic, Place, Result};

/// An archive in memory.
pub(super) type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// Bytes that all parts together may unpack to: a million rows of ten columns are about 450 million.
const MOST_UNPACKED: u64 = 600_000_000;
/// Bytes of parts that are kept in memory as a whole: the shared strings, and everything that is no sheet.
const MOST_STRINGS: u64 = 300_000_000;
const MOST_OTHER: u64 = 20_000_000;
/// A workbook has some dozens of parts.
const MOST_PARTS: usize = 10_000;

/// Which of the two forms of workbook an archive holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Office Open XML (ECMA-376): `.xlsx`, `.xlsm`.
    Xlsx,
    /// OpenDocument (ODF 1.2): `.ods`.
    Ods,
}

/// Opens the workbook called `file`.
///
/// # Errors
/// The archive is broken, holds no workbook or one that is encrypted, or unpacks to more than is sensible.
pub(super) fn open<'b>(file: &str, bytes: &'b [u8]) -> Result<(Archive<'b>, Kind)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(file, &error))?;
    let kind = match (archive.index_for_name("content.xml"), has_workbook(&archive)) {
        (_, true) => Kind::Xlsx,
        (Some(_), false) => Kind::Ods,
        (None, false) => return Err(no_workbook(file).into()),
    };
    if archive.len() > MOST_PARTS {
        return Err(too_large(file).into());
    }
    let mut total = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| damaged(file, &error))?;
        let name = part.name().map_or_else(|_| String::new(), |name| name.to_lowercase());
        if !name.ends_with(".xml") && !name.ends_with(".rels") {
            continue;
        }
        let most = limit(&name).min(MOST_UNPACKED - total);
        let size = std::io::copy(&mut part.take(most + 1), &mut std::io::sink());
        let size = size.map_err(|error| damaged(file, &error))?;
        if size > most {
            return Err(too_large(file).into());
        }
        total += size;
        if name.ends_with("sharedstrings.xml") {
            let part = archive.by_index(index).map_err(|error| damaged(file, &error))?;
            check_promise(file, part, size)?;
        }
    }
    Ok((archive, kind))
}

fn has_workbook(archive: &Archive) -> bool {
    archive.file_names().flatten().any(|name| {
        let name = name.to_lowercase();
        name == "[content_types].xml" || name == "xl/workbook.xml"
    })
}

fn limit(name: &str) -> u64 {
    let sheet = name.contains("worksheets/") || name == "content.xml";
    match () {
        () if sheet => MOST_UNPACKED,
        () if name.ends_with("sharedstrings.xml") => MOST_STRINGS,
        () => MOST_OTHER,
    }
}

/// A table of strings that says it holds more strings than it has bytes is no honest one; memory is set aside by
/// what it says.
fn check_promise(file: &str, part: ZipFile<'_, Cursor<&[u8]>>, size: u64) -> Result<()> {
    let mut reader = Reader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start) | Event::Empty(start)) if start.local_name().as_ref() == "sst" => {
                let honest = counts(start.attributes_raw()).all(|count| count <= size);
                return if honest { Ok(()) } else { Err(damaged(file, &"it promises too many strings")) };
            }
            // what is no XML is told by who reads it
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

/// The numbers that follow `uniqueCount`, however they are spaced and quoted.
fn counts(attributes: &str) -> impl Iterator<Item = u64> {
    attributes.split("uniqueCount").skip(1).map(|rest| {
        let digits = rest.trim_start_matches(|c: char| c.is_whitespace() || "='\"".contains(c));
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        if end == 0 { 0 } else { digits[..end].parse().unwrap_or(u64::MAX) }
    })
}

/// A workbook that cannot be read, and why.
pub(super) fn damaged(file: &str, why: &dyn std::fmt::Display) -> Box<Diagnostic> {
    let why = why.to_string();
    let why = why.trim_end_matches('.').lines().next().unwrap_or_default();
    Diagnostic::error(format!("the workbook is damaged: {why}"))
        .at(Place::file(file))
        .hint("open it in a spreadsheet program and save it again, or export the sheet as CSV")
        .into()
}

fn no_workbook(file: &str) -> Diagnostic {
    Diagnostic::error("the file is a zip archive without a workbook in it")
        .at(Place::file(file))
        .hint("unpack it, and name the table inside")
}

/// A workbook that unpacks to more than is sensible.
pub(super) fn too_large(file: &str) -> Diagnostic {
    Diagnostic::error("the workbook is too large: it unpacks to more than a table can be")
        .at(Place::file(file))
        .hint("export the sheet as CSV, with only the rows and columns that the map needs")
}
