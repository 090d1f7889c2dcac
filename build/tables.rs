//! Packs the tables of places, names and regions.

#[path = "../src/atlas/normalize.rs"]
mod normalize;

use crate::read_rows;
pub use normalize::key;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// One row of `places.csv`, by column name.
pub type Row = BTreeMap<String, String>;

/// All places in the order of their ids: countries before states, large before small - so that a
/// map that draws them in this order never hides a small one under a large one.
pub fn places(data: &Path) -> Vec<Row> {
    let mut rows = read_rows(&data.join("places.csv"));
    let area = |row: &Row| row["area_km2"].parse::<f64>().expect("area_km2 is a number");
    rows.sort_by(|a, b| {
        let by_size = area(b).total_cmp(&area(a));
        a["level"].cmp(&b["level"]).then(by_size).then_with(|| a["code"].cmp(&b["code"]))
    });
    rows
}

/// The columns of the packed table of places, in the order in which `place.rs` reads them.
const COLUMNS: [&str; 14] = [
    "level",
    "code",
    "alpha2",
    "numeric",
    "name",
    "short_name",
    "official",
    "kind",
    "continent",
    "region",
    "sovereign",
    "label_lon",
    "label_lat",
    "area_km2",
];

/// The table of places: a line each, cells parted by tabs.
pub fn place_lines(places: &[Row]) -> String {
    places.iter().map(|row| COLUMNS.map(|c| row[c].as_str()).join("\t") + "\n").collect()
}

/// What a name may mean, gathered from all sources.
#[derive(Default)]
struct Meaning {
    names: BTreeSet<usize>,
    aliases: BTreeSet<usize>,
    several: BTreeSet<usize>,
    former: BTreeSet<usize>,
    is_part: bool,
    is_group: bool,
}

/// Tags of the packed index of names; `names.rs` reads them.
const BY_NAME: char = 'n';
const BY_ALIAS: char = 'a';
const SEVERAL: char = 'm';
const FORMER: char = 'h';
const PART: char = 'p';
const GROUP: char = 'g';

/// The index of names of one level: offsets of the lines, then the lines `key TAB tag ids`, sorted
/// by key.
pub fn name_index(data: &Path, places: &[Row], level: &str) -> Vec<u8> {
    let lines: Vec<String> = meanings(data, places, level)
        .into_iter()
        .map(|(key, meaning)| {
            let (tag, ids) = decided(&meaning);
            let ids: Vec<String> = ids.iter().map(usize::to_string).collect();
            format!("{key}\t{tag}{}", ids.join(" "))
        })
        .collect();
    packed_lines(&lines)
}

/// Lines to be searched by bisection: their number, the end of each, the text.
pub fn packed_lines(lines: &[String]) -> Vec<u8> {
    let mut out = (lines.len() as u32).to_le_bytes().to_vec();
    let mut end = 0u32;
    for line in lines {
        end += line.len() as u32;
        out.extend(end.to_le_bytes());
    }
    lines.iter().for_each(|line| out.extend(line.as_bytes()));
    out
}

/// What people decided comes first: several places, or a state that is no more. Then a name of its own,
/// then an alias; two aliases are several too.
fn decided(meaning: &Meaning) -> (char, Vec<usize>) {
    let ids = |set: &BTreeSet<usize>| set.iter().copied().collect::<Vec<_>>();
    if !meaning.several.is_empty() {
        return (SEVERAL, ids(&meaning.several));
    }
    if !meaning.former.is_empty() {
        return (FORMER, ids(&meaning.former));
    }
    match (meaning.names.len(), meaning.aliases.len()) {
        (1, _) => (BY_NAME, ids(&meaning.names)),
        (0, 1) => (BY_ALIAS, ids(&meaning.aliases)),
        (0, 0) if meaning.is_group => (GROUP, Vec::new()),
        (0, 0) if meaning.is_part => (PART, Vec::new()),
        _ => (SEVERAL, meaning.names.union(&meaning.aliases).copied().collect()),
    }
}

fn meanings(data: &Path, places: &[Row], level: &str) -> BTreeMap<String, Meaning> {
    let mut found: BTreeMap<String, Meaning> = BTreeMap::new();
    let at_level = |id: &usize| places[*id]["level"] == level;
    let id_of = |code: &str| id_of(places, code);
    for (id, row) in places.iter().enumerate().filter(|(id, _)| at_level(id)) {
        found.entry(key(&row["name"])).or_default().names.insert(id);
        for column in ["short_name", "official"] {
            found.entry(key(&row[column])).or_default().aliases.insert(id);
        }
    }
    for row in read_rows(&data.join("names.csv")) {
        let id = id_of(&row["code"]);
        if at_level(&id) {
            found.entry(key(&row["name"])).or_default().aliases.insert(id);
        }
    }
    if level == "country" {
        for row in read_rows(&data.join("ambiguous.csv")) {
            let ids = row["codes"].split_whitespace().map(id_of);
            found.entry(key(&row["name"])).or_default().several.extend(ids);
        }
        for row in read_rows(&data.join("historical.csv")) {
            let ids = row["successors"].split_whitespace().map(id_of);
            found.entry(key(&row["name"])).or_default().former.extend(ids);
        }
        for row in read_rows(&data.join("parts.csv")) {
            found.entry(key(&row["name"])).or_default().is_part = true;
        }
    }
    for row in read_rows(&data.join("aggregates.csv")).iter().filter(|row| match row["kind"].as_str() {
        "u.s." => level != "country",
        "cldr" => level == "country",
        _ => true,
    }) {
        found.entry(key(&row["name"])).or_default().is_group = true;
    }
    for row in read_rows(&data.join("regions.csv")) {
        row["names"].split('|').for_each(|name| found.entry(key(name)).or_default().is_group = true);
    }
    found.retain(|key, _| !key.is_empty());
    found
}

/// The id of the place with this code.
pub fn id_of(places: &[Row], code: &str) -> usize {
    let found = places.iter().position(|row| row["code"] == code);
    found.unwrap_or_else(|| panic!("no place has the code {code:?}"))
}

/// The table of regions: a line each of keys parted by `|`, the first name, definition and ids.
pub fn region_lines(data: &Path, places: &[Row]) -> String {
    let mut out = String::new();
    for row in read_rows(&data.join("regions.csv")) {
        let keys: Vec<String> = row["names"].split('|').map(key).collect();
        let name = row["names"].split('|').next().unwrap_or_default();
        let mut ids: Vec<usize> = row["members"].split_whitespace().map(|c| id_of(places, c)).collect();
        ids.sort_unstable();
        let ids: Vec<String> = ids.iter().map(usize::to_string).collect();
        out += &format!("{}\t{name}\t{}\t{}\n", keys.join("|"), row["definition"], ids.join(" "));
    }
    out
}
