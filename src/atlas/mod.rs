//! The atlas: every place with its codes and names, and borders at several levels of detail.
//!
//! Packed by `build.rs` from `data/`, embedded in the binary, unpacked on demand.

use crate::geometry::{LonLat, Polygon, Topology};

/// A place of the atlas: an index that is stable within one build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceId(pub u16);

/// The administrative level of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Countries and territories.
    Country,
    /// U.S. states and territories.
    UsState,
}

/// What is known of a place.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its id.
    pub id: PlaceId,
    /// Its level.
    pub level: Level,
    /// ISO 3166-1 alpha-3 (`VEN`; `XKX` Kosovo, `XSO` Somaliland, `XNC` Northern Cyprus …), or ISO 3166-2 (`US-TX`).
    pub code: &'static str,
    /// ISO 3166-1 alpha-2 (`VE`), the postal code of a state (`TX`), or empty.
    pub alpha2: &'static str,
    /// ISO 3166-1 numeric with leading zeros (`862`), the FIPS code of a state (`48`), or empty.
    pub numeric: &'static str,
    /// Common English name.
    pub name: &'static str,
    /// A shorter name for a label where room is scarce (`C. Afr. Rep.`); equal to `name` when there is none.
    pub short_name: &'static str,
    /// UN continental region (`Americas`), or empty.
    pub continent: &'static str,
    /// UN subregion (`South America`), or empty.
    pub region: &'static str,
    /// Code of the sovereign state; its own code when it is one.
    pub sovereign: &'static str,
    /// A point inside its largest part, good for a label or a marker.
    pub label: LonLat,
    /// Area in km², geodesic.
    pub area_km2: f64,
}

/// How a name was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// Its common English name.
    Name,
    /// An official, former, foreign or press name.
    Alias,
    /// ISO 3166-1 alpha-2, or a postal code.
    Alpha2,
    /// ISO 3166-1 alpha-3, or ISO 3166-2.
    Alpha3,
    /// ISO 3166-1 numeric, or a FIPS state code.
    Numeric,
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// Exactly one place.
    One(PlaceId, Via),
    /// Several, none better than the other.
    Many(Vec<PlaceId>),
    /// A known group of places or a total ("World", "OECD", "Total").
    Aggregate,
    /// Nothing that is known.
    Unknown,
}

/// How fine the source of the borders is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Detail {
    /// Natural Earth 1:110 million.
    Coarse,
    /// Natural Earth 1:50 million.
    Medium,
    /// Natural Earth 1:10 million.
    Fine,
}

/// What kind of line an arc is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// One side is sea (or a great lake cut out of the land).
    Coast,
    /// An agreed border between two places.
    Border,
    /// A border that a side disputes, an indefinite one, or a line of control.
    Disputed,
}

/// Borders at one level of detail, thinned to a tolerance.
#[derive(Clone, Debug)]
pub struct Borders {
    /// The arcs.
    pub topology: Topology,
    /// The kind of each arc (same length as `topology.arcs`).
    pub kinds: Vec<LineKind>,
    /// The polygons of each place, in the order of `PlaceId`. A place without a polygon is left out.
    pub shapes: Vec<(PlaceId, Vec<Polygon>)>,
}

/// Places, names and borders.
pub struct Atlas {
    /// All places, in the order of their ids.
    pub places: Vec<Place>,
}

impl Atlas {
    /// The bundled atlas.
    pub fn bundled() -> &'static Atlas {
        todo!()
    }

    /// The place `id`.
    pub fn place(&self, id: PlaceId) -> &Place {
        &self.places[usize::from(id.0)]
    }

    /// The place with this exact `code` (see [`Place::code`]).
    pub fn by_code(&self, _code: &str) -> Option<PlaceId> {
        todo!()
    }

    /// What `name` means at `level`, exactly after normalisation; never a guess.
    pub fn lookup(&self, _name: &str, _level: Level) -> Lookup {
        todo!()
    }

    /// Places whose names are near `name`, best first, at most three.
    pub fn suggest(&self, _name: &str, _level: Level) -> Vec<PlaceId> {
        todo!()
    }

    /// Stand-in until the atlas lands.
    pub fn members(&self, _region: &str) -> Option<Vec<PlaceId>> {
        todo!()
    }

    /// Stand-in until the atlas lands.
    pub fn lakes(&self, _detail: Detail, _tolerance: f64) -> (Topology, Vec<Polygon>) {
        todo!()
    }

    /// Borders of all places of `level`, without the vertices that a tolerance of `tolerance`
    /// degrees of a great circle can do without.
    pub fn borders(&self, _level: Level, _detail: Detail, _tolerance: f64) -> Borders {
        todo!()
    }
}
