//! Packs `data/` into the atlas that is embedded in the binary: borders as shared arcs with a
//! detail weight for each vertex, and the tables of places, names and regions.

#[path = "src/atlas/own/arcs.rs"]
mod arcs;
#[path = "build/claims.rs"]
mod claims;
#[path = "build/grid.rs"]
mod grid;
#[path = "build/heal.rs"]
mod heal;
#[path = "build/missing.rs"]
mod missing;
#[path = "build/pack.rs"]
mod pack;
#[path = "build/provinces.rs"]
mod provinces;
#[path = "build/source.rs"]
mod source;
#[path = "build/tables.rs"]
mod tables;
#[path = "src/atlas/types.rs"]
mod types;
#[path = "src/atlas/own/weigh.rs"]
mod weigh;
#[path = "src/atlas/weight.rs"]
mod weight;
#[path = "build/words.rs"]
mod words;

use arcs::{Edge, Topology, edge};
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::{env, fs};
use tables::Row;

/// From fine to coarse: each level is completed from the one before it.
const LEVELS: [&str; 3] = ["10m", "50m", "110m"];

const TABLES: [&str; 14] = [
    "admin-1.csv",
    "admin-1-names.csv",
    "places.csv",
    "names.csv",
    "regions.csv",
    "aggregates.csv",
    "historical.csv",
    "ambiguous.csv",
    "parts.csv",
    "codes.csv",
    "forms.csv",
    "groups.csv",
    "disputes.csv",
    "views.csv",
];

const CODE: [&str; 15] = [
    "build.rs",
    "build/claims.rs",
    "build/grid.rs",
    "build/heal.rs",
    "build/missing.rs",
    "build/pack.rs",
    "build/provinces.rs",
    "build/source.rs",
    "build/tables.rs",
    "build/words.rs",
    "src/atlas/normalize.rs",
    "src/atlas/own/arcs.rs",
    "src/atlas/own/weigh.rs",
    "src/atlas/types.rs",
    "src/atlas/weight.rs",
];

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets the folder"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets the output folder"));
    let data = root.join("data");
    CODE.iter().for_each(|file| println!("cargo:rerun-if-changed={file}"));
    TABLES.iter().for_each(|file| println!("cargo:rerun-if-changed=data/{file}"));

    let places = tables::places(&data);
    let write = |name: &str, bytes: &[u8]| fs::write(out.join(name), bytes).expect("OUT_DIR can be written");
    write("places.tsv", tables::place_lines(&places).as_bytes());
    write("regions.tsv", tables::region_lines(&data, &places).as_bytes());
    write("codes.tsv", words::code_lines(&data, &places).as_bytes());
    write("all-names.bin", &words::all_names(&data, &places));
    write("forms.tsv", words::form_lines(&data, &places).as_bytes());
    write("remarks.tsv", words::remark_lines(&data, &places).as_bytes());
    write("beside.tsv", words::beside_lines(&data).as_bytes());
    for level in ["country", "us-state"] {
        write(&format!("names-{level}.bin"), &tables::name_index(&data, &places, level));
    }
    write("style.json", &style(&root));
    write("crs.tsv", coordinate_systems().as_bytes());
    let id_of =
        |code: &str| places.iter().position(|row| row["code"] == code).unwrap_or_else(|| panic!("{code}"));
    write("views.tsv", claims::lines(&data).as_bytes());
    let provinces = provinces::provinces(&data);
    write("provinces.tsv", provinces::lines(&provinces, &places).as_bytes());
    write("names-admin-1.bin", &provinces::name_index(&data, &provinces));
    write("all-names-admin-1.bin", &provinces::all_names(&data, &provinces));
    let areas_of_disputes = claims::areas(&data);
    let none = HashSet::new();
    let mut finer = Topology::default();
    for level in LEVELS {
        let countries = countries(&data, level, &finer);
        write(&format!("countries-{level}.bin"), &pack::pack(&countries, &none, id_of));
        let claims = claims::patch(&countries, parted(&data, level));
        let piece = |code: &str| claims::id(&areas_of_disputes, &places, code);
        write(&format!("claims-{level}.bin"), &pack::pack(&claims, &none, piece));
        write(&format!("lakes-{level}.bin"), &pack::pack(&lakes(&data, level), &none, |_| 0));
        if level == "10m" {
            let (topology, inner) = provinces::borders(&topology(&data), &countries);
            let ids = provinces::ids(&provinces, provinces::FIRST);
            let id = |code: &str| ids.get(code).copied().unwrap_or_else(|| id_of(code));
            write("admin-1.bin", &pack::pack(&topology, &inner, id));
        }
        finer = countries;
    }
    write("us-states.bin", &pack::pack(&areas(&data, "us-states", &HashSet::new()), &none, id_of));
}

/// The countries of one level, with the places that only the finer level has.
fn countries(data: &Path, level: &str, finer: &Topology<String>) -> Topology<String> {
    let disputed = disputed_edges(data, level);
    let mut topology = areas(data, &format!("countries-{level}"), &disputed);
    missing::add_missing(&mut topology, finer);
    topology
}

/// The countries of one level with the disputed areas as pieces of their own.
fn parted(data: &Path, level: &str) -> Topology<String> {
    let mut disputed = disputed_edges(data, level);
    let claims: Vec<claims::Claim> = features(data, &format!("claim-lines-{level}"))
        .into_iter()
        .map(|f| claims::Claim { area: f.area, code: f.code, line: f.line })
        .collect();
    let mut places = rings(data, &format!("countries-{level}"));
    claims::part(&mut places, &claims, &mut disputed);
    weighed(places, &disputed)
}

fn disputed_edges(data: &Path, level: &str) -> HashSet<Edge> {
    let disputed = features(data, &format!("disputed-lines-{level}"));
    let lines = disputed.iter().map(|f| heal::densified_line(&f.line));
    lines.flat_map(|line| line.windows(2).map(|w| edge(w[0], w[1])).collect::<Vec<_>>()).collect()
}

/// The lakes of one level, as if they were the polygons of one place.
fn lakes(data: &Path, level: &str) -> Topology<String> {
    areas(data, &format!("lakes-{level}"), &HashSet::new())
}

fn areas(data: &Path, name: &str, disputed: &HashSet<Edge>) -> Topology<String> {
    weighed(rings(data, name), disputed)
}

/// The rings of a file's features by code, in sphere form.
fn rings(data: &Path, name: &str) -> claims::Places {
    let mut places = claims::Places::new();
    for feature in features(data, name) {
        places.entry(feature.code).or_default().extend(heal::sphere_form(feature.polygons));
    }
    places
}

fn weighed(places: claims::Places, disputed: &HashSet<Edge>) -> Topology<String> {
    let mut topology = arcs::topology(places, disputed);
    weigh::weigh(&mut topology);
    topology
}

/// The provinces of the world, with the countries that they make.
fn topology(data: &Path) -> BTreeMap<String, source::Object> {
    println!("cargo:rerun-if-changed=data/borders/admin-1-10m.topojson");
    source::read_topology(&data.join("borders/admin-1-10m.topojson"))
}

fn features(data: &Path, name: &str) -> Vec<source::Feature> {
    println!("cargo:rerun-if-changed=data/borders/{name}.geojson");
    source::read(&data.join("borders").join(format!("{name}.geojson")))
}

/// What EPSG codes stand for: lines `code TAB PROJ string`. As text they need no work when the program starts; six thousand
/// strings in a table of the program's own are as many addresses to be put right.
fn coordinate_systems() -> String {
    let definition = |code: u16| Some(format!("{code}\t{}\n", crs_definitions::from_code(code)?.proj4));
    (0..=u16::MAX).filter_map(definition).collect()
}

/// The default style, in a form that is read in a tenth of the time.
fn style(root: &Path) -> Vec<u8> {
    const FILE: &str = "styles/newsroom.toml";
    println!("cargo:rerun-if-changed={FILE}");
    let text = fs::read_to_string(root.join(FILE)).unwrap_or_else(|e| panic!("{FILE}: {e}"));
    let table: toml::Table = toml::from_str(&text).unwrap_or_else(|e| panic!("{FILE}: {e}"));
    serde_json::to_vec(&table).unwrap_or_else(|e| panic!("{FILE}: {e}"))
}

/// The rows of a table by column name.
fn read_rows(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    reader.deserialize().map(|row| row.unwrap_or_else(|e| panic!("{}: {e}", path.display()))).collect()
}
