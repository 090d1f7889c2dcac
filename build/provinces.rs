//! Packs the states and provinces of the world: borders, places, and the index of their names.
//!
//! The ids of provinces follow those of all other places. A table that names no province never asks for any of it.

use crate::arcs::{self, Edge, Kind, Topology, edge};
use crate::missing::add_missing;
use crate::read_rows;
use crate::source::Object;
use crate::tables::{self, Row, key};
use crate::types::without_type;
use crate::{heal, weigh};
use flate2::{Compression, write::DeflateEncoder};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::Write;
use std::path::Path;

/// The id of the first province: provinces are table 1 of the atlas (`PlaceId` in `src/atlas/place.rs`).
pub const FIRST: usize = 1 << 24;

/// All provinces in the order of their ids, large before small; unions of provinces among them.
pub fn provinces(data: &Path) -> Vec<Row> {
    let mut rows = read_rows(&data.join("admin-1.csv"));
    let area = |row: &Row| row["area_km2"].parse::<f64>().expect("area_km2 is a number");
    rows.sort_by(|a, b| area(b).total_cmp(&area(a)).then_with(|| a["code"].cmp(&b["code"])));
    rows
}

/// A line a province: code, id of the country, other codes, name, type, indices of the parts, label point, area.
pub fn lines(provinces: &[Row], places: &[Row]) -> String {
    let ids = ids(provinces, 0);
    let line = |row: &Row| {
        let parts: Vec<String> = row["parts"].split_whitespace().map(|code| ids[code].to_string()).collect();
        let country = tables::id_of(places, &row["country"]).to_string();
        let cells = [
            row["code"].as_str(),
            &country,
            &row["codes"],
            &row["name"],
            &row["type"],
            &parts.join(" "),
            &row["label_lon"],
            &row["label_lat"],
            &row["area_km2"],
        ];
        cells.join("\t") + "\n"
    };
    provinces.iter().map(line).collect()
}

/// The id of each province by code; `first` is the id of the first.
pub fn ids(provinces: &[Row], first: usize) -> HashMap<String, usize> {
    provinces.iter().enumerate().map(|(k, row)| (row["code"].clone(), first + k)).collect()
}

/// The index of names: lines `key TAB entry entry …`, as `tables::packed_lines` writes them. An entry is a tag and an
/// index: `n` the name, `a` another name, and `s` with the letter of a class for a name without its word of a type.
pub fn name_index(data: &Path, provinces: &[Row]) -> Vec<u8> {
    let ids = ids(provinces, 0);
    let mut found: BTreeMap<String, BTreeMap<usize, BTreeSet<String>>> = BTreeMap::new();
    let mut add = |key: String, id: usize, tag: String| {
        found.entry(key).or_default().entry(id).or_default().insert(tag);
    };
    let named = provinces.iter().map(|row| (row["code"].clone(), row["name"].clone(), "n"));
    let others = read_rows(&data.join("admin-1-names.csv"));
    let others = others.iter().map(|row| (row["code"].clone(), row["name"].clone(), "a"));
    for (code, name, tag) in named.chain(others) {
        let (key, id) = (key(&name), ids[&code]);
        if let Some((rest, class)) = without_type(&key) {
            add(rest.to_owned(), id, format!("s{}", class as u8 as char));
        }
        add(key, id, tag.to_owned());
    }
    found.remove("");
    let lines = found.into_iter().map(|(key, meanings)| {
        let entries: Vec<String> = meanings.iter().flat_map(|(id, tags)| best(tags, *id)).collect();
        format!("{key}\t{}", entries.join(" "))
    });
    tables::packed_lines(&lines.collect::<Vec<_>>())
}

/// The entries of one province under one key: its name, or else another name, or else what is left of names.
fn best(tags: &BTreeSet<String>, id: usize) -> Vec<String> {
    for tag in ["n", "a"] {
        if tags.contains(tag) {
            return vec![format!("{tag}{id}")];
        }
    }
    tags.iter().map(|tag| format!("{tag}{id}")).collect()
}

/// All names as the source writes them: lines of index, language and name, deflated.
pub fn all_names(data: &Path, provinces: &[Row]) -> Vec<u8> {
    let ids = ids(provinces, 0);
    let rows = read_rows(&data.join("admin-1-names.csv"));
    let mut lines: Vec<(usize, &str, &str)> =
        rows.iter().map(|row| (ids[&row["code"]], row["lang"].as_str(), row["name"].as_str())).collect();
    lines.sort_unstable();
    let text: String = lines.iter().map(|(id, lang, name)| format!("{id}\t{lang}\t{name}\n")).collect();
    let mut out = DeflateEncoder::new(Vec::new(), Compression::best());
    out.write_all(text.as_bytes()).expect("memory can be written");
    out.finish().expect("memory can be written")
}

/// Provinces, unions of provinces, and countries, all of the same arcs.
///
/// The kind of an arc is that of the line between countries. With them come the arcs that lie within one country.
pub fn borders(
    objects: &BTreeMap<String, Object>,
    finer: &Topology<String>,
) -> (Topology<String>, HashSet<usize>) {
    let lines = objects["disputed"].features.iter().map(|f| heal::densified_line(&f.line));
    let disputed: HashSet<Edge> =
        lines.flat_map(|line| line.windows(2).map(|w| edge(w[0], w[1])).collect::<Vec<_>>()).collect();
    let mut places = BTreeMap::new();
    for name in ["admin-1", "regions", "countries"] {
        for feature in &objects[name].features {
            places.insert(feature.code.clone(), heal::sphere_form(feature.polygons.clone()));
        }
    }
    let mut topology = arcs::topology(places, &disputed);
    let mut uses = vec![0; topology.arcs.len()];
    for feature in &objects["countries"].features {
        for reference in topology.shapes[&feature.code].iter().flatten().flatten() {
            uses[reference.arc] += 1;
        }
    }
    for (arc, uses) in topology.arcs.iter_mut().zip(uses.iter().copied()) {
        if uses == 1 {
            arc.kind = Kind::Coast;
        }
    }
    weigh::weigh(&mut topology);
    add_missing(&mut topology, finer);
    let inner = uses.iter().enumerate().filter(|(_, uses)| **uses == 0).map(|(arc, _)| arc).collect();
    (topology, inner)
}
