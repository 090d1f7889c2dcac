//! The report of a join as data: what `pressmap match` prints, as JSON, CSV or a table.
//!
//! Field names and their order are the contract with scripts. Rows are made one by one while they are written, so that
//! a report of a million rows takes no more memory than its join.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};
use unicode_width::UnicodeWidthStr;

use crate::atlas::{Atlas, CodeSystem, PlaceId, Via};

use super::gazetteer::Gazetteer;
use super::{Fate, Input, Join, RowFate, Value, remarks};

/// So many candidates stand in a cell of the table on a terminal.
const SHOWN: usize = 3;

/// The fate of every row of a file.
pub struct Report<'j> {
    join: &'j Join,
    names: &'j dyn Gazetteer,
    /// The places that the figure shows.
    drawn: BTreeSet<PlaceId>,
    /// What there is to say of a name, told once a spelling.
    notes: BTreeMap<Input, String>,
    summary: Summary,
}

/// The fate of one row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportRow<'j> {
    /// 1-based line in the file.
    pub line: usize,
    /// The cell as it stands.
    pub input: &'j str,
    /// `matched`, `ambiguous`, `unmatched`, `aggregate` or `empty`.
    pub status: &'static str,
    /// Code of the matched place.
    pub code: Option<&'j str>,
    /// Name of the matched place.
    pub name: Option<&'j str>,
    /// How it was recognised: `name`, `alias`, `id` (of own borders), `position`, `alpha2`, `alpha3`, `numeric`, another system of codes (`ioc`, `fifa`,
    /// `fips`, `eurostat`), or `context`: a name of several places that the other rows settle.
    pub via: Option<&'static str>,
    /// Whether the figure shows it.
    pub drawn: bool,
    /// An earlier row has the same place; only there when true.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
    /// What an ambiguous name may be, or what is near an unknown one.
    pub candidates: Vec<Candidate<'j>>,
    /// What there is to say of it beyond its fate; only there when there is something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'j str>,
    /// The parsed value: a number, a string, `null` when missing, or a list of them where the row has several.
    #[serde(serialize_with = "value_as_json")]
    pub value: &'j Value,
}

/// A place that a name may mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Candidate<'j> {
    /// Its code.
    pub code: &'j str,
    /// Its name.
    pub name: &'j str,
}

/// How many rows have each fate. All but `duplicate`, which are matched rows, add up to the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Rows that are a place.
    pub matched: usize,
    /// Rows that may be several.
    pub ambiguous: usize,
    /// Rows that are none.
    pub unmatched: usize,
    /// Totals and groups.
    pub aggregate: usize,
    /// Matched rows whose place an earlier row has.
    pub duplicate: usize,
    /// Rows without a place.
    pub empty: usize,
}

fn is_false(flag: &bool) -> bool {
    !*flag
}

/// Whole numbers without `.0`, as people write them.
fn value_as_json<S: Serializer>(value: &Value, to: S) -> Result<S::Ok, S::Error> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Number(number) if *number == number.trunc() && number.abs() < EXACT => {
            to.serialize_i64(*number as i64)
        }
        Value::Number(number) => to.serialize_f64(*number),
        Value::Text(text) => to.serialize_str(text),
        Value::Missing => to.serialize_none(),
        Value::Several(values) => to.collect_seq(values.iter().map(AsJson)),
    }
}

/// A value among others.
struct AsJson<'v>(&'v Value);

impl Serialize for AsJson<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        value_as_json(self.0, to)
    }
}

/// The rows of a report as a list.
struct Rows<'r, 'j>(&'r Report<'j>);

impl Serialize for Rows<'_, '_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.rows())
    }
}

impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut fields = to.serialize_struct("Report", 7)?;
        fields.serialize_field("file", &self.join.file)?;
        fields.serialize_field("place_column", &self.join.place_column)?;
        // `null` for a table of places alone
        fields.serialize_field("value_column", &self.join.value_column)?;
        // `country`, `us-state`, `admin-1` or `own`
        fields.serialize_field("level", self.join.level.word())?;
        // the system of codes that the place column consists of; `null` for names
        fields.serialize_field("code_system", &self.join.code_system.map(CodeSystem::word))?;
        fields.serialize_field("rows", &Rows(self))?;
        fields.serialize_field("summary", &self.summary)?;
        fields.end()
    }
}

impl<'j> Report<'j> {
    /// The report of `join`; `drawn` says whether the figure shows a place.
    pub fn new(join: &'j Join, atlas: &'j Atlas, drawn: impl Fn(PlaceId) -> bool) -> Report<'j> {
        Report::by(join, atlas, &drawn)
    }

    pub(super) fn by(
        join: &'j Join,
        names: &'j dyn Gazetteer,
        drawn: &dyn Fn(PlaceId) -> bool,
    ) -> Report<'j> {
        let mut report = Report {
            join,
            names,
            drawn: BTreeSet::new(),
            notes: BTreeMap::new(),
            summary: Summary::default(),
        };
        for row in &join.rows {
            report.summary.count(row);
            match &row.fate {
                Fate::Matched(id, _) if !row.duplicate && drawn(*id) => {
                    report.drawn.insert(*id);
                }
                _ => {}
            }
            if !join.by_position && !report.notes.contains_key(&row.input) {
                let note = remarks::on(row, join, names);
                report.notes.extend(note.map(|note| (row.input, format!("{} {note}", join.input(row)))));
            }
        }
        report
    }

    /// One entry a row, in file order.
    pub fn rows(&self) -> impl Iterator<Item = ReportRow<'_>> {
        self.join.rows.iter().map(|row| self.row(row))
    }

    /// How many rows have each fate.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Writes one line of JSON.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer(&mut *out, self)?;
        out.write_all(b"\n")
    }

    /// Writes a header and a line for each row, by RFC 4180 with LF; candidates are codes parted by `;`.
    pub fn write_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut out = csv::Writer::from_writer(out);
        out.write_record([
            "line",
            "input",
            "status",
            "code",
            "name",
            "via",
            "drawn",
            "duplicate",
            "candidates",
            "value",
            "note",
        ])?;
        for row in self.rows() {
            let candidates: Vec<&str> = row.candidates.iter().map(|one| one.code).collect();
            out.write_record([
                row.line.to_string().as_str(),
                row.input,
                row.status,
                row.code.unwrap_or_default(),
                row.name.unwrap_or_default(),
                row.via.unwrap_or_default(),
                if row.drawn { "true" } else { "false" },
                if row.duplicate { "true" } else { "false" },
                &candidates.join(";"),
                &words(row.value),
                row.note.unwrap_or_default(),
            ])?;
        }
        out.flush()
    }

    /// Writes aligned columns for a terminal, then a line that counts the fates, and one that says which codes the
    /// places are.
    pub fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        let header = ["line", "input", "status", "place", "value"].map(Cow::Borrowed);
        let mut widths = header.each_ref().map(|cell| cell.width());
        for row in self.rows() {
            for (width, cell) in widths.iter_mut().zip(&text_row(&row)) {
                *width = (*width).max(cell.width());
            }
        }
        write_line(out, &header, &widths)?;
        for row in self.rows() {
            write_line(out, &text_row(&row), &widths)?;
        }
        writeln!(out, "\n{}", self.summary.sentence())?;
        if let Some(system) = self.join.code_system {
            writeln!(out, "column \"{}\" holds {} codes", self.join.place_column, system.title())?;
        }
        Ok(())
    }

    fn row(&self, row: &'j RowFate) -> ReportRow<'_> {
        let (status, place, near): (_, _, &[PlaceId]) = match &row.fate {
            Fate::Matched(id, via) => ("matched", Some((*id, *via)), &[]),
            Fate::Ambiguous(ids) => ("ambiguous", None, ids),
            Fate::Unmatched(ids) => ("unmatched", None, ids),
            Fate::Aggregate => ("aggregate", None, &[]),
            Fate::Empty => ("empty", None, &[]),
        };
        let candidate = |id: &PlaceId| {
            let (code, name) = self.names.code_and_name(*id);
            Candidate { code, name }
        };
        let found = place.map(|(id, _)| candidate(&id));
        ReportRow {
            line: self.join.position.line(row.line as usize),
            input: self.join.input(row),
            status,
            code: found.as_ref().map(|one| one.code),
            name: found.as_ref().map(|one| one.name),
            via: place.map(|(_, via)| via_word(via)),
            drawn: place.is_some_and(|(id, _)| self.drawn.contains(&id)),
            duplicate: row.duplicate,
            candidates: near.iter().map(candidate).collect(),
            note: self.notes.get(&row.input).map(String::as_str),
            value: &row.value,
        }
    }
}

fn write_line(out: &mut dyn Write, cells: &[Cow<'_, str>; 5], widths: &[usize; 5]) -> io::Result<()> {
    let last = cells.iter().rposition(|cell| !cell.trim_end().is_empty()).unwrap_or_default();
    for (cell, width) in cells[..last].iter().zip(widths) {
        write!(out, "{cell}{:1$}", "", width - cell.width() + 2)?;
    }
    writeln!(out, "{}", cells[last].trim_end())
}

impl Summary {
    fn count(&mut self, row: &RowFate) {
        *match &row.fate {
            Fate::Matched(..) => &mut self.matched,
            Fate::Ambiguous(_) => &mut self.ambiguous,
            Fate::Unmatched(_) => &mut self.unmatched,
            Fate::Aggregate => &mut self.aggregate,
            Fate::Empty => &mut self.empty,
        } += 1;
        self.duplicate += usize::from(row.duplicate);
    }

    /// `10 matched, 1 ambiguous`: the counts that are not zero.
    pub fn sentence(&self) -> String {
        let counts = [
            (self.matched, "matched"),
            (self.duplicate, "of them duplicate"),
            (self.ambiguous, "ambiguous"),
            (self.unmatched, "unmatched"),
            (self.aggregate, "aggregate"),
            (self.empty, "empty"),
        ];
        let parts: Vec<String> = counts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        if parts.is_empty() { "no rows".to_owned() } else { parts.join(", ") }
    }
}

fn via_word(via: Via) -> &'static str {
    match via {
        Via::Name => "name",
        Via::Alias => "alias",
        Via::Id => "id",
        Via::Position => "position",
        Via::Alpha2 => "alpha2",
        Via::Alpha3 => "alpha3",
        Via::Numeric => "numeric",
        Via::Code(system) => system.word(),
        Via::Context => "context",
    }
}

fn text_row<'r>(row: &ReportRow<'r>) -> [Cow<'r, str>; 5] {
    let status = match (row.status, row.duplicate, row.drawn) {
        ("matched", true, true) => "matched, duplicate",
        ("matched", true, false) => "matched, duplicate, not drawn",
        ("matched", false, false) => "matched, not drawn",
        (status, ..) => status,
    };
    let place = match (row.code, row.name) {
        (Some(code), Some(name)) => format!("{code} {name}"),
        _ if row.candidates.is_empty() => String::new(),
        _ => {
            let names: Vec<&str> = row.candidates.iter().take(SHOWN).map(|one| one.name).collect();
            match row.candidates.len().saturating_sub(SHOWN) {
                0 => format!("{}?", names.join(" or ")),
                more => format!("{} or {more} more?", names.join(" or ")),
            }
        }
    };
    [row.line.to_string().into(), flat(row.input.into()), status.into(), place.into(), flat(words(row.value))]
}

/// A cell may hold line ends, which would break the table.
fn flat(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_flat = text.bytes().all(|byte| byte.is_ascii_graphic());
    if is_flat { text } else { text.split_whitespace().collect::<Vec<_>>().join(" ").into() }
}

fn words(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Number(number) => number.to_string().into(),
        Value::Text(text) => (&**text).into(),
        Value::Missing => "".into(),
        Value::Several(values) => values.iter().map(words).collect::<Vec<_>>().join("; ").into(),
    }
}
