//! `[data]` as it was asked for → what the rooms `table` and `join` can be told.

use super::symbols::{is_colored, size_column};
use crate::atlas::{Level, PlaceId};
use crate::join::{Duplicates, JoinOptions};
use crate::spec::*;
use crate::table::{Filter, TableOptions};

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
        pair: scale.kind.is_some_and(KindSpec::is_of_two),
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
