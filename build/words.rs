//! Packs what is known of names beside the index: codes of other systems, official forms, remarks.

use crate::read_rows;
use crate::tables::{Row, id_of, key};
use flate2::{Compression, write::DeflateEncoder};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

/// All names as the sources write them: lines of id, language and name, deflated.
pub fn all_names(data: &Path, places: &[Row]) -> Vec<u8> {
    let rows = read_rows(&data.join("names.csv"));
    let ids: BTreeMap<&str, usize> =
        places.iter().enumerate().map(|(id, row)| (row["code"].as_str(), id)).collect();
    let mut lines: Vec<(usize, &str, &str)> = rows
        .iter()
        .map(|row| (ids[row["code"].as_str()], row["lang"].as_str(), row["name"].as_str()))
        .collect();
    lines.sort_unstable();
    let text: String = lines.iter().map(|(id, lang, name)| format!("{id}\t{lang}\t{name}\n")).collect();
    let mut out = DeflateEncoder::new(Vec::new(), Compression::best());
    out.write_all(text.as_bytes()).expect("memory can be written");
    out.finish().expect("memory can be written")
}

/// Codes of other systems than ISO 3166-1, sorted: a line each of system, code and id (`-`: a group).
pub fn code_lines(data: &Path, places: &[Row]) -> String {
    let mut lines: Vec<String> = read_rows(&data.join("codes.csv"))
        .iter()
        .map(|row| {
            let id =
                if row["place"] == "-" { "-".to_owned() } else { id_of(places, &row["place"]).to_string() };
            format!("{}\t{}\t{id}\n", row["system"], row["code"])
        })
        .collect();
    lines.sort();
    lines.concat()
}

/// Forms that a place's official name has besides the one of its English official name, by
/// earlier constitutions or in common use.
const FURTHER_FORMS: [(&str, &str); 14] = [
    ("BIH", "republic"),
    ("BRN", "state"),
    ("COM", "federation"),
    ("GUY", "republic"),
    ("HUN", "republic"),
    ("MMR", "republic"),
    ("MMR", "union"),
    ("MNE", "republic"),
    ("NPL", "federal democratic republic"),
    ("NPL", "kingdom"),
    ("RWA", "republic"),
    ("STP", "republic"),
    ("VEN", "republic"),
    ("WSM", "state"),
];

/// Official forms: lines `p TAB before TAB after TAB form` for patterns (the keys of the words on either
/// side of the name) and `f TAB form TAB ids` for the places that have the form.
pub fn form_lines(data: &Path, places: &[Row]) -> String {
    let rows = read_rows(&data.join("forms.csv"));
    let patterns: Vec<Pattern> = rows.iter().map(Pattern::new).collect();
    let lines: BTreeSet<String> =
        patterns.iter().map(|p| format!("p\t{}\t{}\t{}\n", p.before, p.after, p.form)).collect();
    let mut places_of: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (id, row) in places.iter().enumerate().filter(|(_, row)| row["level"] == "country") {
        let official = key(&row["official"]);
        let fitting = patterns.iter().filter(|p| p.is_english && p.fits(&official));
        if let Some(longest) = fitting.max_by_key(|p| p.before.len() + p.after.len()) {
            places_of.entry(longest.form).or_default().insert(id);
        }
    }
    for (code, form) in FURTHER_FORMS {
        places_of.entry(form).or_default().insert(id_of(places, code));
    }
    let ids = |set: &BTreeSet<usize>| set.iter().map(usize::to_string).collect::<Vec<_>>().join(" ");
    let of_places: String =
        places_of.iter().map(|(form, set)| format!("f\t{form}\t{}\n", ids(set))).collect();
    lines.into_iter().collect::<String>() + &of_places
}

/// A pattern of official names: words before and after the name.
struct Pattern<'r> {
    before: String,
    after: String,
    form: &'r str,
    is_english: bool,
}

impl<'r> Pattern<'r> {
    fn new(row: &'r Row) -> Pattern<'r> {
        let (before, after) = row["pattern"].split_once('*').expect("a pattern has one *");
        // a space at the name says that words end there; scripts without spaces have none
        let end = |text: &str| if text.ends_with(' ') { " " } else { "" };
        let start = |text: &str| if text.starts_with(' ') { " " } else { "" };
        Pattern {
            before: key(before) + end(before),
            after: start(after).to_owned() + &key(after),
            form: &row["form"],
            is_english: row["lang"] == "en",
        }
    }

    fn fits(&self, official: &str) -> bool {
        official.starts_with(&self.before) && official.ends_with(&self.after)
    }
}

/// What is to be said of names that are no place of today: a line each of key, kind, ids and words,
/// sorted by key.
///
/// Kinds: `f` a state that is no more (words: the year of its end), `u` a group of places that was counted as one,
/// `p` a part of a place (words: what it is), `s` several places (words: why).
pub fn remark_lines(data: &Path, places: &[Row]) -> String {
    let mut lines: BTreeMap<String, String> = BTreeMap::new();
    let mut add = |name: &str, kind: &str, codes: &str, words: &str| {
        let ids: Vec<String> = codes.split_whitespace().map(|code| id_of(places, code).to_string()).collect();
        let key = key(name);
        lines.insert(key.clone(), format!("{key}\t{kind}\t{}\t{words}\n", ids.join(" ")));
    };
    for row in read_rows(&data.join("parts.csv")) {
        add(&row["name"], "p", &row["within"], &row["what"]);
    }
    for row in read_rows(&data.join("historical.csv")) {
        let kind = if row["ended"].is_empty() { "u" } else { "f" };
        add(&row["name"], kind, &row["successors"], &row["ended"]);
    }
    for row in read_rows(&data.join("ambiguous.csv")) {
        add(&row["name"], "s", &row["codes"], &row["why"]);
    }
    lines.into_values().collect()
}

/// Names of places that are groups where certain groups stand beside them: a line each of key, and
/// the keys of those groups parted by `|`.
pub fn beside_lines(data: &Path) -> String {
    let rows = read_rows(&data.join("groups.csv"));
    let beside = |row: &Row| row["beside"].split('|').map(key).collect::<Vec<_>>().join("|");
    rows.iter().map(|row| format!("{}\t{}\n", key(&row["name"]), beside(row))).collect()
}
