//! Where a table begins and ends in its file: the lines before the header and after the data.
//!
//! Published tables carry a title, a date and a blank line above the header, and a source line
//! below the data. They are left out, and that is told.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics, Result};

use super::delimited::{Record, is_blank};
use super::number;
use super::position::Position;
use super::trim;

/// Records from which the header is found.
const SAMPLE: usize = 200;

/// Records one after another: those of a text, or the rows of a sheet.
pub(super) trait Source<'t> {
    /// Puts the cells of the next record into `cells`; gives the line where it starts, or `None` at the end.
    fn next(&mut self, cells: &mut Vec<Cow<'t, str>>) -> Result<Option<usize>>;
}

/// The header of a file, and what stands around the table.
pub(super) struct Shape<'t> {
    /// Line of the header; 0 when there is none.
    pub line: usize,
    cells: Vec<Cow<'t, str>>,
    /// Non-blank lines before the header.
    preamble: Vec<usize>,
    /// Cells up to the last that is not empty, as most rows have them.
    width: usize,
    /// Lines after the data; known when [`Shape::rows`] has seen them all.
    footer: BTreeSet<usize>,
}

/// Number of cells up to the last that is not empty.
pub(super) fn reach(cells: &[Cow<str>]) -> usize {
    cells.iter().rposition(|cell| !trim(cell).is_empty()).map_or(0, |last| last + 1)
}

fn filled(cells: &[Cow<str>]) -> usize {
    cells.iter().filter(|cell| !trim(cell).is_empty()).count()
}

/// Finds the header: the line that the user named, else the first record that is as wide as the table.
pub(super) fn find<'t>(records: impl Source<'t>, header_row: Option<usize>) -> Result<Shape<'t>> {
    let sample = scan(records, header_row.unwrap_or(0).saturating_add(SAMPLE))?;
    let width = table_width(&sample);
    let (line, mut cells) = match header_row {
        Some(0) => {
            (0, vec![Cow::Borrowed(""); sample.iter().map(|(_, cells)| cells.len()).max().unwrap_or(1)])
        }
        Some(line) => named(&sample, line)?,
        None => found(&sample, width),
    };
    name_from_above(&mut cells, line, &sample);
    // a header that the user named needs no telling of what is above it
    let above = if header_row.is_some() { 0 } else { line };
    let preamble = sample.iter().map(|(line, _)| *line).take_while(|one| *one < above).collect();
    Ok(Shape { line, cells, preamble, width, footer: BTreeSet::new() })
}

/// The first `most` records that are not blank.
fn scan<'t>(mut records: impl Source<'t>, most: usize) -> Result<Vec<Record<'t>>> {
    let mut head = Vec::new();
    let mut cells = Vec::new();
    while head.len() < most {
        let Some(line) = records.next(&mut cells)? else { break };
        if !is_blank(&cells) {
            head.push((line, cells.clone()));
        }
    }
    Ok(head)
}

/// The width that most of the text of the sample has: the commonest reach, weighed by the cells that are filled.
fn table_width(sample: &[Record]) -> usize {
    let mut weights = BTreeMap::<usize, usize>::new();
    for (_, cells) in sample {
        *weights.entry(reach(cells)).or_default() += filled(cells);
    }
    weights.into_iter().max_by_key(|(_, weight)| *weight).map_or(1, |(reach, _)| reach)
}

fn named<'t>(sample: &[Record<'t>], line: usize) -> Result<Record<'t>> {
    sample.iter().find(|(one, _)| *one == line).cloned().ok_or_else(|| {
        Diagnostic::error(format!("line {line} is to be the header, but it is blank or does not start a row"))
            .into()
    })
}

fn found<'t>(sample: &[Record<'t>], width: usize) -> Record<'t> {
    // remarks scattered over a wide line are no header
    let is_full = |cells: &[Cow<str>]| reach(cells) >= width && filled(cells) * 2 >= reach(cells);
    let is_header = |(_, cells): &Record| is_full(cells) || is_short_header(cells, width);
    let wide = || sample.iter().position(|(_, cells)| reach(cells) >= width);
    let Some(first) = sample.iter().position(is_header).or_else(wide) else { return (0, Vec::new()) };
    // one overlong row at the end is no header: it would leave no rows
    if first > 0 && first + 1 == sample.len() && reach(&sample[0].1) > 1 {
        return sample[0].clone();
    }
    match first.checked_sub(1).and_then(|before| row_names(&sample[before], &sample[first], width)) {
        Some(header) => header,
        None => sample[first].clone(),
    }
}

/// A header of two rows: where the lower one has no name, the name that stands above it. (A title is one cell.)
fn name_from_above<'t>(names: &mut [Cow<'t, str>], line: usize, sample: &[Record<'t>]) {
    let Some((_, above)) = sample.iter().rev().find(|(one, _)| *one < line) else { return };
    if reach(above) < 2 {
        return;
    }
    for (name, above) in names.iter_mut().zip(above) {
        if trim(name).is_empty() {
            *name = above.clone();
        }
    }
}

/// A header whose last names are empty: as many cells as the table has, most of them words.
fn is_short_header(cells: &[Cow<str>], width: usize) -> bool {
    let named = filled(cells);
    cells.len() >= width
        && named > 1
        && named * 2 > width
        && !cells.iter().any(|cell| number::looks_like(cell))
}

/// A header one cell shorter than the rows, as R writes it: the first column holds the names of the rows.
fn row_names<'t>(header: &Record<'t>, row: &Record<'t>, width: usize) -> Option<Record<'t>> {
    let is_number = |cell: &Cow<str>| number::looks_like(cell);
    let short = width > 2 && header.1.len() + 1 == row.1.len() && reach(&header.1) + 1 == width;
    if !short || header.1.iter().any(is_number) || !row.1.iter().any(is_number) {
        return None;
    }
    let cells = std::iter::once(Cow::Borrowed("")).chain(header.1.iter().cloned()).collect();
    Some((header.0, cells))
}

/// Lines at the end that hold one cell, and in it a source, a note or a sentence rather than a place.
fn footer(tail: &[Record]) -> BTreeSet<usize> {
    tail.iter()
        .rev()
        .take_while(|(_, cells)| {
            let words = cells.iter().map(|cell| trim(cell)).find(|cell| !cell.is_empty());
            words.is_some_and(is_remark)
        })
        .map(|(line, _)| *line)
        .collect()
}

fn is_remark(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "source",
        "sources",
        "note",
        "notes",
        "footnote",
        "footnotes",
        "data from",
        "last updated",
        "fuente",
        "nota",
        "quelle",
        "anmerkung",
        "remarque",
        "fonte",
        "(c)",
        "©",
    ];
    let lower = text.to_lowercase();
    let opens = WORDS
        .iter()
        .any(|word| lower.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)));
    let rule = !text.is_empty() && !text.contains(char::is_alphanumeric);
    opens || rule || is_footnote(text) || text.contains("://") || text.chars().count() > 60
}

/// A mark such as `1`, `(2)` or `*`, and words after it.
fn is_footnote(text: &str) -> bool {
    let Some((mark, rest)) = text.split_once(char::is_whitespace) else { return false };
    !mark.contains(char::is_alphabetic) && rest.contains(char::is_alphabetic)
}

impl Shape<'_> {
    /// The names of the columns as they stand.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(Cow::as_ref)
    }

    /// Hands every record after the header to `take`, in order; blank ones and the text below the table are left out.
    pub(super) fn rows<'t>(
        &mut self,
        mut records: impl Source<'t>,
        mut take: impl FnMut(usize, &[Cow<'t, str>]) -> Result<()>,
    ) -> Result<()> {
        const TAIL: usize = 12;
        // records of one cell wait: they are the footer when no full row comes after them
        let mut waiting: Vec<Record<'t>> = Vec::new();
        let mut cells = Vec::new();
        while let Some(line) = records.next(&mut cells)? {
            if line <= self.line || is_blank(&cells) {
                continue;
            }
            if self.width > 1 && waiting.len() < TAIL && filled(&cells) == 1 {
                waiting.push((line, std::mem::take(&mut cells)));
                continue;
            }
            for (line, cells) in waiting.drain(..) {
                take(line, &cells)?;
            }
            take(line, &cells)?;
        }
        self.footer = footer(&waiting);
        for (line, cells) in waiting.iter().filter(|(line, _)| !self.footer.contains(line)) {
            take(*line, cells)?;
        }
        Ok(())
    }

    /// Whether the record on `line` belongs to the text below the table.
    pub(super) fn is_footer(&self, line: usize) -> bool {
        self.footer.contains(&line)
    }

    /// What was left out.
    pub(super) fn warnings(&self, file: &str, position: &Position) -> Diagnostics {
        let mut all = Diagnostics::default();
        let noun = if *position == Position::Lines { "line" } else { "row" };
        let lines = |count: usize| match count {
            1 => format!("1 {noun} was"),
            more => format!("{more} {noun}s were"),
        };
        if let Some(first) = self.preamble.first() {
            let what = format!(
                "{} left out before the header {}",
                lines(self.preamble.len()),
                position.words(self.line)
            );
            all.push(Diagnostic::warning(what).at(position.row(file, *first)));
        }
        if let Some(first) = self.footer.first() {
            let what = format!("{} left out after the data", lines(self.footer.len()));
            all.push(Diagnostic::warning(what).at(position.row(file, *first)));
        }
        all
    }
}
