//! The report of a join as data: what `pressmap match` prints, as JSON, CSV or a table.
//!
//! Field names and their order are the contract with scripts.

use std::fmt::Write as _;

use serde::{Serialize, Serializer};
use unicode_width::UnicodeWidthStr;

use crate::atlas::{Atlas, CodeSystem, PlaceId, Via};

use super::gazetteer::Gazetteer;
use super::{Fate, Join, Value, remarks};

/// So many candidates stand in a cell of the table on a terminal.
const SHOWN: usize = 3;

/// The fate of every row of a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The file as the user named it.
    pub file: String,
    /// The column that the places were read from.
    pub place_column: String,
    /// The column that the values were read from; `null` for a table of places alone.
    pub value_column: Option<String>,
    /// `country`, `us-state` or `own`.
    pub level: &'static str,
    /// The system of codes that the place column consists of (`iso-alpha-3`, `ioc` …); `null` for names.
    pub code_system: Option<&'static str>,
    /// One entry a row, in file order.
    pub rows: Vec<ReportRow>,
    /// How many rows have each fate.
    pub summary: Summary,
}

/// The fate of one row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportRow {
    /// 1-based line in the file.
    pub line: usize,
    /// The cell as it stands.
    pub input: String,
    /// `matched`, `ambiguous`, `unmatched`, `aggregate` or `empty`.
    pub status: &'static str,
    /// Code of the matched place.
    pub code: Option<String>,
    /// Name of the matched place.
    pub name: Option<String>,
    /// How it was recognised: `name`, `alias`, `id` (of own borders), `position`, `alpha2`, `alpha3`, `numeric`, another system of codes (`ioc`, `fifa`,
    /// `fips`, `eurostat`), or `context`: a name of several places that the other rows settle.
    pub via: Option<&'static str>,
    /// Whether the figure shows it.
    pub drawn: bool,
    /// An earlier row has the same place; only there when true.
    #[serde(skip_serializing_if = "is_false")]
    pub duplicate: bool,
    /// What an ambiguous name may be, or what is near an unknown one.
    pub candidates: Vec<Candidate>,
    /// What there is to say of it beyond its fate; only there when there is something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The parsed value: a number, a string, `null` when missing, or a list of them where the row has several.
    #[serde(serialize_with = "value_as_json")]
    pub value: Value,
}

/// A place that a name may mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
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
        Value::Pair(pair) => to.collect_seq(pair.map(Value::Number).iter().map(AsJson)),
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

impl Report {
    /// The report of `join`; `drawn` says whether the figure shows a place.
    pub fn new(join: &Join, atlas: &Atlas, drawn: impl Fn(PlaceId) -> bool) -> Report {
        Report::by(join, atlas, &drawn)
    }

    pub(super) fn by(join: &Join, names: &dyn Gazetteer, drawn: &dyn Fn(PlaceId) -> bool) -> Report {
        let rows: Vec<ReportRow> = join.rows.iter().map(|row| report_row(row, join, names, drawn)).collect();
        Report {
            file: join.file.clone(),
            place_column: join.place_column.clone(),
            value_column: join.value_column.clone(),
            level: join.level.word(),
            code_system: join.code_system.map(CodeSystem::word),
            summary: summary(&rows),
            rows,
        }
    }

    /// One line of JSON.
    pub fn to_json(&self) -> String {
        // a report holds strings, finite numbers and lists, which JSON can always hold
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }

    /// A header and a line for each row, by RFC 4180 with LF; candidates are codes parted by `;`.
    pub fn to_csv(&self) -> String {
        let mut out = csv::Writer::from_writer(Vec::new());
        let header = [
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
        ];
        // writing into memory cannot fail
        let _ = out.write_record(header);
        for row in &self.rows {
            let candidates: Vec<&str> = row.candidates.iter().map(|one| one.code.as_str()).collect();
            let _ = out.write_record([
                row.line.to_string().as_str(),
                row.input.as_str(),
                row.status,
                row.code.as_deref().unwrap_or_default(),
                row.name.as_deref().unwrap_or_default(),
                row.via.unwrap_or_default(),
                if row.drawn { "true" } else { "false" },
                if row.duplicate { "true" } else { "false" },
                &candidates.join(";"),
                &words(&row.value),
                row.note.as_deref().unwrap_or_default(),
            ]);
        }
        String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
    }

    /// Aligned columns for a terminal, then a line that counts the fates, and one that says which codes the places are.
    pub fn to_text(&self) -> String {
        let mut lines = vec![["line", "input", "status", "place", "value"].map(str::to_owned)];
        lines.extend(self.rows.iter().map(text_row));
        let widths: Vec<usize> =
            (0..5).map(|cell| lines.iter().map(|line| line[cell].width()).max().unwrap_or(0)).collect();
        let mut out = String::new();
        for line in &lines {
            for (cell, width) in line.iter().zip(&widths) {
                out.push_str(cell);
                out.extend(std::iter::repeat_n(' ', width - cell.width() + 2));
            }
            out.truncate(out.trim_end().len());
            out.push('\n');
        }
        let _ = writeln!(out, "\n{}", self.summary.sentence());
        let system = CodeSystem::ALL.into_iter().find(|system| Some(system.word()) == self.code_system);
        if let Some(system) = system {
            let _ = writeln!(out, "column \"{}\" holds {} codes", self.place_column, system.title());
        }
        out
    }
}

impl Summary {
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

fn report_row(
    row: &super::RowFate,
    join: &Join,
    names: &dyn Gazetteer,
    drawn: &dyn Fn(PlaceId) -> bool,
) -> ReportRow {
    let (status, place, near): (_, _, &[PlaceId]) = match &row.fate {
        Fate::Matched(id, via) => ("matched", Some((*id, *via)), &[]),
        Fate::Ambiguous(ids) => ("ambiguous", None, ids),
        Fate::Unmatched(ids) => ("unmatched", None, ids),
        Fate::Aggregate => ("aggregate", None, &[]),
        Fate::Empty => ("empty", None, &[]),
    };
    let candidate = |id: &PlaceId| {
        let (code, name) = names.code_and_name(*id);
        Candidate { code: code.to_owned(), name: name.to_owned() }
    };
    let found = place.map(|(id, _)| candidate(&id));
    ReportRow {
        line: join.position.line(row.line),
        input: row.input.to_string(),
        status,
        code: found.as_ref().map(|one| one.code.clone()),
        name: found.map(|one| one.name),
        via: place.map(|(_, via)| via_word(via)),
        drawn: place.is_some_and(|(id, _)| drawn(id)),
        duplicate: row.duplicate,
        candidates: near.iter().map(candidate).collect(),
        note: remarks::on(row, join, names).map(|note| format!("{} {note}", row.input)),
        value: row.value.clone(),
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

fn summary(rows: &[ReportRow]) -> Summary {
    let mut sum = Summary::default();
    for row in rows {
        match row.status {
            "matched" => sum.matched += 1,
            "ambiguous" => sum.ambiguous += 1,
            "unmatched" => sum.unmatched += 1,
            "aggregate" => sum.aggregate += 1,
            _ => sum.empty += 1,
        }
        sum.duplicate += usize::from(row.duplicate);
    }
    sum
}

fn text_row(row: &ReportRow) -> [String; 5] {
    let status = if row.duplicate { "matched, duplicate".to_owned() } else { row.status.to_owned() };
    let status = if row.status == "matched" && !row.drawn { format!("{status}, not drawn") } else { status };
    let place = match (&row.code, &row.name) {
        (Some(code), Some(name)) => format!("{code} {name}"),
        _ if row.candidates.is_empty() => String::new(),
        _ => {
            let names: Vec<&str> = row.candidates.iter().take(SHOWN).map(|one| one.name.as_str()).collect();
            match row.candidates.len().saturating_sub(SHOWN) {
                0 => format!("{}?", names.join(" or ")),
                more => format!("{} or {more} more?", names.join(" or ")),
            }
        }
    };
    // a cell may hold line ends, which would break the table
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    [row.line.to_string(), flat(&row.input), status, place, flat(&words(&row.value))]
}

fn words(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Missing => String::new(),
        Value::Pair([one, other]) => format!("{one}; {other}"),
        Value::Several(values) => values.iter().map(words).collect::<Vec<_>>().join("; "),
    }
}
