//! A list of places that was typed on the command line into a table:
//! `Venezuela: origin; Colombia, Peru: established; U.S.: reported`.
//!
//! Entries are parted by semicolons or line ends. Before an entry's colon stand its places, which the join takes
//! apart (it knows that `Korea, Rep.` is one); after it stands their value. Values may be left out altogether.

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Result, Warned};

use super::{Position, Table, trim};

/// What such a list is called in place of a file's name.
pub const PRESENCE: &str = "--presence";

/// An entry: the 1-based character where it begins, its places, and what stands after its colon.
struct Entry<'t> {
    at: usize,
    places: &'t str,
    value: Option<&'t str>,
}

/// Reads the list.
pub(super) fn read(text: &str) -> Result<Warned<Table>> {
    let entries = entries(text);
    if entries.is_empty() {
        return Err(fault(1, "the list is empty").into());
    }
    let valued = entries.iter().any(|entry| entry.value.is_some());
    let columns: &[&str] = if valued { &["place", "value"] } else { &["place"] };
    let mut table = Table::new(PRESENCE, columns.iter().map(|name| (*name).to_owned()).collect());
    table.position = Position::Characters;
    for entry in &entries {
        if entry.places.is_empty() {
            return Err(fault(entry.at, "before the colon stands no place").into());
        }
        let value = entry.value.filter(|value| !value.is_empty());
        if valued && value.is_none() {
            return Err(fault(
                entry.at,
                &format!("\"{}\" has no value, where others have one", entry.places),
            )
            .into());
        }
        table.push(entry.at, std::iter::once(entry.places).chain(value))?;
    }
    Ok(Warned { value: table, warnings: Diagnostics::default() })
}

fn entries(text: &str) -> Vec<Entry<'_>> {
    let mut all = Vec::new();
    let mut at = 1;
    for piece in text.split([';', '\n']) {
        let (places, value) = match piece.split_once([':', '=']) {
            Some((places, value)) => (places, Some(trim(value))),
            None => (piece, None),
        };
        let indent = places.chars().count() - places.trim_start().chars().count();
        if !trim(piece).is_empty() {
            all.push(Entry { at: at + indent, places: trim(places), value });
        }
        at += piece.chars().count() + 1;
    }
    all
}

fn fault(column: usize, what: &str) -> Diagnostic {
    Diagnostic::error(what)
        .at(Place { column, ..Place::line(PRESENCE, 1) })
        .hint("write places, a colon and their value: \"Venezuela: origin; Colombia, Peru: established\"")
}
