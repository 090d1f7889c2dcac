//! `[data]` as it was asked for → what the rooms `table` and `join` can be told.

use super::Desk;
use super::symbols::{is_colored, size_column};
use crate::atlas::{Level, PlaceId};
use crate::diagnostic::Diagnostic;
use crate::join::{Duplicates, JoinOptions};
use crate::spec::*;
use crate::table::{Filter, TableOptions};

impl Desk<'_> {
    /// The tables whose rows are drawn as dots.
    pub(super) fn points(&mut self, spec: &MapSpec) -> Vec<PointsPlan> {
        let plans: Vec<Option<PointsPlan>> = spec.points.iter().map(|one| points(one, &spec.data)).collect();
        if plans.iter().any(Option::is_none) {
            let one = Diagnostic::error("the map file asks for points, but names no table of them");
            self.fault("points.file", one.hint("write `file = \"sites.csv\"` in [[points]]"));
        }
        plans.into_iter().flatten().collect()
    }
}

/// How the table is read.
pub(super) fn table_options(spec: &DataSpec) -> TableOptions {
    TableOptions {
        delimiter: spec.delimiter.and_then(|mark| u8::try_from(mark).ok()),
        encoding: spec.encoding.clone(),
        decimal: spec.decimal,
        header_row: spec.header_row,
        sheet: word(&spec.sheet),
        pointer: spec.pointer.clone(),
        filter: match &spec.filter {
            None => Filter::All,
            Some(FilterSpec::Expression(text)) => Filter::Expression(text.clone()),
            Some(FilterSpec::Columns(pairs)) => {
                Filter::Equal(pairs.iter().map(|(column, text)| (column.clone(), text.0.clone())).collect())
            }
        },
        when: word(&spec.when),
        at: word(&spec.at),
    }
}

pub(super) fn word(word: &Option<Word>) -> Option<String> {
    word.as_ref().map(|word| word.0.clone())
}

/// A table whose rows are drawn as dots.
pub struct PointsPlan {
    /// The data file as the map file names it.
    pub file: String,
    /// How to read it.
    pub table: TableOptions,
    /// The column of the longitudes; `None`: found.
    pub lon: Option<String>,
    /// The column of the latitudes; `None`: found.
    pub lat: Option<String>,
    /// The column of the names; `None`: without.
    pub name: Option<String>,
}

/// How the rows of `spec` are read; `data` is the main table. `None` where there is no file.
pub(super) fn points(spec: &PointsSpec, data: &DataSpec) -> Option<PointsPlan> {
    // a file of its own is read for itself
    let main = if spec.file.is_some() { DataSpec::default() } else { data.clone() };
    let filter = spec.filter.clone().or(main.filter);
    let main = DataSpec { filter, ..main };
    let file = spec.file.clone().or_else(|| main.file.clone())?;
    Some(PointsPlan {
        file,
        table: table_options(&main),
        lon: word(&spec.lon).or_else(|| word(&main.lon)),
        lat: word(&spec.lat).or_else(|| word(&main.lat)),
        name: word(&spec.name),
    })
}

/// What the table is joined by.
pub(super) fn join_options(
    spec: &DataSpec,
    map: &MapSpec,
    level: Option<Level>,
    within: Vec<PlaceId>,
) -> JoinOptions {
    let (value, memberships): (_, Vec<String>) = match &spec.value {
        None => (None, Vec::new()),
        Some(ValueSpec::Column(name)) => (Some(name.0.clone()), Vec::new()),
        Some(ValueSpec::Memberships(names)) => (None, names.iter().map(|name| name.0.clone()).collect()),
    };
    let (scale, size) = (&map.scale, size_column(map));
    // amounts alone are the values
    let (value, size) = if size.is_some() && !is_colored(map) { (size, None) } else { (value, size) };
    JoinOptions {
        place: word(&spec.place),
        value,
        country: word(&spec.country),
        memberships,
        size,
        pair: scale.kind == Some(KindSpec::Bivariate),
        split: spec.split.clone(),
        numbers_are_classes: match scale.kind {
            None => !scale.class.is_empty(),
            Some(kind) => matches!(kind, KindSpec::Nominal | KindSpec::Ordered),
        },
        lon: word(&spec.lon),
        lat: word(&spec.lat),
        level,
        within,
        duplicates: match spec.duplicates {
            None | Some(DuplicatesSpec::Error) => Duplicates::Error,
            Some(DuplicatesSpec::First) => Duplicates::First,
            Some(DuplicatesSpec::Last) => Duplicates::Last,
            Some(DuplicatesSpec::Sum) => Duplicates::Sum,
            Some(DuplicatesSpec::Stripe) => Duplicates::Stripe,
        },
    }
}
