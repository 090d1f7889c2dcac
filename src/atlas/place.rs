//! Places: what is known of each, read from the packed table, and regions as groups of places.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::CodeSystem;
use crate::geometry::LonLat;

/// A place of the atlas: the table that it stands in (the top eight bits) and its place there.
///
/// Of the bundled places the id is stable within one build. Countries come before states, both before
/// places of own borders, and large places before small ones: what is drawn in this order never hides
/// a small place under a large one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceId(pub u32);

/// A table of places. Each is read when a place or a level of it is first asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// Countries, then states of the U.S.
    Main = 0,
    /// States and provinces of the world.
    Provinces = 1,
    /// The places of a user's own borders.
    Own = 2,
    /// Disputed areas that are no places: see `view.rs`.
    Area = 3,
}

impl PlaceId {
    const SECTION: u32 = 24;

    /// The place at `index` of a table.
    pub(super) const fn new(section: Section, index: u32) -> PlaceId {
        PlaceId((section as u32) << PlaceId::SECTION | index)
    }

    /// The table that it stands in.
    pub(super) const fn section(self) -> Section {
        match self.0 >> PlaceId::SECTION {
            0 => Section::Main,
            3 => Section::Area,
            1 => Section::Provinces,
            _ => Section::Own,
        }
    }

    /// Its place in its table.
    pub(super) const fn index(self) -> usize {
        (self.0 & ((1 << PlaceId::SECTION) - 1)) as usize
    }
}

/// A text of the embedded tables, or one that came with a file.
pub type Word = Cow<'static, str>;

/// The administrative level of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Countries and territories.
    Country,
    /// U.S. states and territories.
    UsState,
    /// States, provinces and the like of the whole world (ISO 3166-2).
    Admin1,
    /// The places of a user's own borders.
    Own,
}

impl Level {
    /// Its word in map files and reports.
    pub fn word(self) -> &'static str {
        match self {
            Level::Country => "country",
            Level::UsState => "us-state",
            Level::Admin1 => "admin-1",
            Level::Own => "own",
        }
    }

    /// The level that is drawn around and beneath it, where its places do not cover the globe.
    pub fn context(self) -> Option<Level> {
        match self {
            Level::Own => Some(Level::Country),
            Level::Country | Level::UsState | Level::Admin1 => None,
        }
    }

    /// One of its places, in a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Level::Country => "country",
            Level::UsState => "U.S. state",
            Level::Admin1 => "province",
            Level::Own => "place of the borders file",
        }
    }
}

/// The standing of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A sovereign state, or a state of the U.S.
    State,
    /// A territory, dependency or special region with a code of its own.
    Territory,
    /// An integral part of its sovereign that ISO 3166-1 codes apart (French Guiana, Svalbard).
    /// Unless a table names it, what holds for the sovereign holds here too.
    Part,
    /// A state in fact whose recognition is limited (Kosovo, Somaliland, Northern Cyprus, Taiwan).
    DeFacto,
    /// A territory that more than one state claims.
    Disputed,
    /// Claimed by none, or claims are suspended (Antarctica).
    Unclaimed,
    /// The federal district of the U.S.
    District,
    /// A state or province of a country, or a union of such.
    Province,
}

/// What is known of a place.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its id.
    pub id: PlaceId,
    /// Its level.
    pub level: Level,
    /// ISO 3166-1 alpha-3 (`VEN`; `XKX` Kosovo, `XSO` Somaliland, `XNC` Northern Cyprus …), or ISO 3166-2 (`US-TX`).
    pub code: Word,
    /// ISO 3166-1 alpha-2 (`VE`), the postal code of a state (`TX`), or empty.
    pub alpha2: Word,
    /// ISO 3166-1 numeric with leading zeros (`862`), the FIPS code of a state (`48`), or empty.
    pub numeric: Word,
    /// Common English name.
    pub name: Word,
    /// A shorter name for a label where room is scarce (`C. Afr. Rep.`); equal to `name` when there is none.
    pub short_name: Word,
    /// Official English name; equal to `name` when there is none.
    pub official_name: Word,
    /// Its standing.
    pub kind: Kind,
    /// UN continental region (`Americas`), or empty.
    pub continent: Word,
    /// UN subregion (`South America`), the Census Bureau's region of a state (`Midwest`), or empty.
    pub region: Word,
    /// Code of the sovereign state; its own code when it is one.
    pub sovereign: Word,
    /// A point inside its largest part, good for a label or a marker.
    pub label: LonLat,
    /// Area in km², geodesic.
    pub area_km2: f64,
}

/// A named group of countries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its name (`Sub-Saharan Africa`).
    pub name: &'static str,
    /// What it is defined by (`UN M49: Africa without Northern Africa`).
    pub definition: &'static str,
    /// Its members in the order of their ids.
    pub members: Vec<PlaceId>,
}

/// The table that `build/tables.rs` packs: a line a place, in the order of ids.
static PLACES: &str = include_str!(concat!(env!("OUT_DIR"), "/places.tsv"));

/// A line a region: keys parted by `|`, name, definition, ids.
static REGIONS: &str = include_str!(concat!(env!("OUT_DIR"), "/regions.tsv"));

/// Countries and states, in the order of their ids.
pub(super) fn main() -> &'static [Place] {
    static MAIN: OnceLock<Vec<Place>> = OnceLock::new();
    MAIN.get_or_init(|| {
        let lines = PLACES.lines().zip(0..);
        lines.map(|(line, index)| place(PlaceId::new(Section::Main, index), line)).collect()
    })
}

/// The country with a code of ISO 3166-1, in capitals or with all its digits.
pub(super) fn by_iso(system: CodeSystem, code: &str) -> Option<PlaceId> {
    static INDEX: OnceLock<BTreeMap<(CodeSystem, &'static str), PlaceId>> = OnceLock::new();
    let index = INDEX.get_or_init(|| {
        let countries = main().iter().filter(|place| place.level == Level::Country);
        let codes = countries.flat_map(|place| {
            let Place { alpha2, code, numeric, .. } = place;
            let all =
                [(CodeSystem::Alpha2, alpha2), (CodeSystem::Alpha3, code), (CodeSystem::Numeric, numeric)];
            all.map(|(system, code)| ((system, &**code), place.id))
        });
        codes.filter(|((_, code), _)| !code.is_empty()).collect()
    });
    index.get(&(system, code)).copied()
}

fn place(id: PlaceId, line: &'static str) -> Place {
    let mut cells = line.split('\t');
    let mut next = || Word::Borrowed(cells.next().unwrap_or_default());
    let level = if next() == "country" { Level::Country } else { Level::UsState };
    let place = Place {
        id,
        level,
        code: next(),
        alpha2: next(),
        numeric: next(),
        name: next(),
        short_name: next(),
        official_name: next(),
        kind: kind(&next()),
        continent: next(),
        region: next(),
        sovereign: next(),
        label: LonLat::new(number(&next()), number(&next())),
        area_km2: number(&next()),
    };
    debug_assert!(cells.next().is_none(), "build/tables.rs writes more columns than are read");
    place
}

fn kind(word: &str) -> Kind {
    match word {
        "state" => Kind::State,
        "part" => Kind::Part,
        "de facto state" => Kind::DeFacto,
        "disputed" => Kind::Disputed,
        "unclaimed" => Kind::Unclaimed,
        "district" => Kind::District,
        _ => Kind::Territory,
    }
}

fn number(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}

/// All regions, continents first.
pub(super) fn regions() -> impl Iterator<Item = Region> {
    REGIONS.lines().map(|line| region(line).1)
}

/// The region with this key among its names.
pub(super) fn region_by_key(key: &str) -> Option<Region> {
    REGIONS.lines().map(region).find(|(keys, _)| keys.split('|').any(|k| k == key)).map(|(_, region)| region)
}

fn region(line: &'static str) -> (&'static str, Region) {
    let mut cells = line.split('\t');
    let mut next = || cells.next().unwrap_or_default();
    let keys = next();
    let (name, definition) = (next(), next());
    let members = next().split(' ').filter_map(|id| id.parse().ok()).map(PlaceId).collect();
    (keys, Region { name, definition, members })
}
