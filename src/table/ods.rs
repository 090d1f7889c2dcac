//! Sheets of an OpenDocument workbook (ODF 1.2, part 1, §9: tables; §19.385: values), read from its `content.xml`.
//!
//! Read here and not by `calamine`, whose reader keeps every sheet in memory, loses which numbers are percentages,
//! and in 0.38 does not come back from a file that ends within a table.

use std::io::{BufReader, Cursor};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use zip::read::ZipFile;

use crate::diagnostic::{Diagnostic, Place, Result};

use super::grid::{Grid, Kind, MOST_COLUMNS, MOST_ROWS, UNSAVED, number_text, percent_text};
use super::package::{Archive, damaged};
use super::sheet::{Name, Workbook, plain_date};

/// An open workbook.
pub(super) struct Book<'b> {
    file: &'b str,
    archive: Archive<'b>,
}

type Xml<'a, 'b> = quick_xml::Reader<BufReader<ZipFile<'a, Cursor<&'b [u8]>>>>;

/// A cell while it is read.
#[derive(Default)]
struct Cell {
    repeated: usize,
    /// Covered by a merged cell, whose words stand for it.
    covered: bool,
    /// It holds a formula.
    formula: bool,
    /// Its attributes say of what kind its value is.
    valued: bool,
    /// What its attributes say it holds.
    value: Option<(String, Kind)>,
    /// Its paragraphs.
    text: String,
    paragraphs: usize,
}

/// A sheet while it is read.
#[derive(Default)]
struct Reading {
    grid: Grid,
    row: usize,
    row_repeated: usize,
    column: usize,
    cell: Option<Cell>,
    /// Depth of elements within a cell whose words are not the cell's: remarks, drawings, tables within.
    aside: usize,
    in_row: bool,
}

impl<'b> Book<'b> {
    /// The workbook in an archive that has passed [`super::package::open`].
    ///
    /// # Errors
    /// It is protected by a password.
    pub(super) fn open(file: &'b str, mut archive: Archive<'b>) -> Result<Book<'b>> {
        let mut manifest = String::new();
        if let Ok(mut part) = archive.by_name("META-INF/manifest.xml") {
            // a manifest that is no text protects nothing
            let _ = std::io::Read::read_to_string(&mut part, &mut manifest);
        }
        if manifest.contains("manifest:encryption-data") {
            return Err(Diagnostic::error("the workbook is protected by a password")
                .at(Place::file(file))
                .hint("save it without one, or export the sheet as CSV")
                .into());
        }
        Ok(Book { file, archive })
    }

    fn xml<'a>(&'a mut self) -> Result<Xml<'a, 'b>> {
        let part = self.archive.by_name("content.xml").map_err(|error| damaged(self.file, &error))?;
        Ok(quick_xml::Reader::from_reader(BufReader::new(part)))
    }
}

impl Workbook for Book<'_> {
    fn sheets(&mut self) -> Result<Vec<Name>> {
        let file = self.file;
        let mut xml = self.xml()?;
        let (mut names, mut hidden_styles, mut style) = (Vec::new(), Vec::new(), String::new());
        let mut depth = 0_usize;
        each(file, &mut xml, |event| {
            match event {
                Event::Start(start) | Event::Empty(start) if start.name().as_ref() == "style:style" => {
                    style = attribute(start, "style:name").unwrap_or_default();
                }
                Event::Start(start) | Event::Empty(start)
                    if start.name().as_ref() == "style:table-properties"
                        && attribute(start, "table:display").as_deref() == Some("false") =>
                {
                    hidden_styles.push(style.clone());
                }
                Event::Start(start) if start.name().as_ref() == "table:table" => {
                    depth += 1;
                    if depth == 1 {
                        let name = attribute(start, "table:name").unwrap_or_default();
                        let style = attribute(start, "table:style-name").unwrap_or_default();
                        names.push(Name { name, hidden: hidden_styles.contains(&style) });
                    }
                }
                Event::End(end) if end.name().as_ref() == "table:table" => depth = depth.saturating_sub(1),
                _ => {}
            }
            Ok(())
        })?;
        Ok(names)
    }

    fn read(&mut self, sheet: &Name) -> Result<Grid> {
        let file = self.file;
        let mut xml = self.xml()?;
        let (mut depth, mut inside) = (0_usize, false);
        let mut reading = Reading::default();
        each(file, &mut xml, |event| {
            match event {
                Event::Start(start) if start.name().as_ref() == "table:table" => {
                    depth += 1;
                    inside |= depth == 1 && attribute(start, "table:name").as_deref() == Some(&sheet.name);
                }
                Event::End(end) if end.name().as_ref() == "table:table" => {
                    depth = depth.saturating_sub(1);
                    inside &= depth > 0;
                }
                _ => {}
            }
            if inside { reading.see(event) } else { Ok(()) }
        })?;
        Ok(reading.grid)
    }
}

/// Hands every event of the document to `see`.
fn each(
    file: &str,
    xml: &mut Xml,
    mut see: impl FnMut(&Event) -> std::result::Result<(), &'static str>,
) -> Result<()> {
    let mut buffer = Vec::new();
    let mut open = 0_usize;
    loop {
        buffer.clear();
        let event = xml.read_event_into(&mut buffer).map_err(|error| damaged(file, &error))?;
        match &event {
            Event::Start(_) => open += 1,
            Event::End(_) => open = open.saturating_sub(1),
            Event::Eof if open > 0 => return Err(damaged(file, &"it ends in the middle")),
            Event::Eof => return Ok(()),
            _ => {}
        }
        see(&event).map_err(|why| damaged(file, &why))?;
    }
}

fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    let found = start.try_get_attribute(name).ok().flatten()?;
    let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}

fn repeated(start: &BytesStart, name: &str) -> usize {
    attribute(start, name).and_then(|count| count.trim().parse().ok()).unwrap_or(1).max(1)
}

impl Reading {
    fn see(&mut self, event: &Event) -> std::result::Result<(), &'static str> {
        match event {
            Event::Start(start) => self.start(start),
            Event::Empty(start) => {
                self.start(start);
                self.end(start.name().as_ref())?;
            }
            Event::End(end) => self.end(end.name().as_ref())?,
            Event::Text(text) => self.write(&text.xml10_content()),
            Event::CData(text) => self.write(&text.xml10_content()),
            Event::GeneralRef(entity) => {
                let known = match entity.xml10_content().as_ref() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => entity.resolve_char_ref().ok().flatten(),
                };
                self.write(known.unwrap_or('\u{fffd}').encode_utf8(&mut [0; 4]));
            }
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, start: &BytesStart) {
        let name = start.name();
        if self.cell.is_some() {
            self.start_inside(name.as_ref(), start);
            return;
        }
        match name.as_ref() {
            "table:table-row" => {
                self.row_repeated = repeated(start, "table:number-rows-repeated");
                (self.column, self.in_row) = (0, true);
            }
            cell @ ("table:table-cell" | "table:covered-table-cell") if self.in_row => {
                self.cell = Some(Cell {
                    repeated: repeated(start, "table:number-columns-repeated"),
                    covered: cell == "table:covered-table-cell",
                    formula: attribute(start, "table:formula").is_some(),
                    valued: attribute(start, "office:value-type").is_some(),
                    value: value(start),
                    ..Cell::default()
                });
            }
            _ => {}
        }
    }

    /// An element within a cell.
    fn start_inside(&mut self, name: &str, start: &BytesStart) {
        if self.aside > 0 || is_aside(name) {
            self.aside += 1;
            return;
        }
        match name {
            "text:p" => {
                let Some(cell) = &mut self.cell else { return };
                cell.paragraphs += 1;
                if cell.paragraphs > 1 {
                    self.write("\n");
                }
            }
            "text:s" => self.write(&" ".repeat(repeated(start, "text:c").min(100))),
            "text:tab" => self.write(" "),
            "text:line-break" => self.write("\n"),
            _ => {}
        }
    }

    fn write(&mut self, text: &str) {
        if self.aside == 0
            && let Some(cell) = &mut self.cell
            && cell.paragraphs > 0
        {
            cell.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str) -> std::result::Result<(), &'static str> {
        if self.aside > 0 {
            self.aside -= 1;
            return Ok(());
        }
        match name {
            "table:table-cell" | "table:covered-table-cell" => match self.cell.take() {
                Some(cell) => self.end_cell(cell),
                None => Ok(()),
            },
            "table:table-row" if self.in_row => self.end_row(),
            _ => Ok(()),
        }
    }

    fn end_cell(&mut self, cell: Cell) -> std::result::Result<(), &'static str> {
        let is_error =
            cell.text.starts_with('#') && cell.value.as_ref().is_none_or(|(text, _)| text.is_empty());
        let (text, kind) = match cell.value {
            _ if cell.covered => (String::new(), Kind::Text),
            Some((text, kind)) if !text.is_empty() => (text, kind),
            _ if is_error && super::number::is_missing(&cell.text) => (cell.text, Kind::Error),
            _ if cell.formula && cell.text.trim().is_empty() && !cell.valued => {
                (UNSAVED.to_owned(), Kind::Unsaved)
            }
            _ => (cell.text, Kind::Text),
        };
        let next = self.column.saturating_add(cell.repeated);
        if !text.trim().is_empty() {
            for column in self.column..next.min(MOST_COLUMNS) {
                self.grid.push(self.row, column, &text, kind)?;
            }
        }
        self.column = next;
        Ok(())
    }

    fn end_row(&mut self) -> std::result::Result<(), &'static str> {
        self.in_row = false;
        if self.grid.last_line() == Some(self.row + 1) {
            let more = (self.row_repeated - 1).min(MOST_ROWS.saturating_sub(self.row + 1));
            self.grid.repeat_last(more)?;
        }
        self.row = self.row.saturating_add(self.row_repeated);
        Ok(())
    }
}

/// Elements in a cell whose words are not the cell's.
fn is_aside(name: &str) -> bool {
    name.starts_with("office:annotation")
        || name.starts_with("draw:")
        || name.starts_with("table:")
        || matches!(name, "text:note" | "text:ruby-text")
}

/// What a cell's attributes say it holds; words stand in its paragraphs.
fn value(start: &BytesStart) -> Option<(String, Kind)> {
    let number =
        || attribute(start, "office:value")?.trim().parse::<f64>().ok().filter(|value| value.is_finite());
    if attribute(start, "calcext:value-type").as_deref() == Some("error") {
        return None;
    }
    match attribute(start, "office:value-type")?.as_str() {
        "percentage" => Some((percent_text(number()?), Kind::Number)),
        "float" | "currency" => Some((number_text(number()?), Kind::Number)),
        "date" => Some((plain_date(&attribute(start, "office:date-value")?).to_owned(), Kind::Text)),
        "time" => None,
        "boolean" => Some((attribute(start, "office:boolean-value")?.to_uppercase(), Kind::Text)),
        "string" => Some((attribute(start, "office:string-value")?, Kind::Text)),
        _ => None,
    }
}
