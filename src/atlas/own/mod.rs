//! Places that a user brought: their names, and their borders as shared arcs with a detail weight for each vertex.
//!
//! Takes [`OwnPlace`]s, whose rings are sound and in sphere form; gives what the bundled tables give: a name → a place,
//! a tolerance → [`Borders`].

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use super::near::{Known, Outline};
use super::normalize::{key, without_footnotes};
use super::place::Section;
use super::weight;
use super::{Borders, Kind, Level, LineKind, Lookup, Place, PlaceId, Tolerance, Via, Word};
use crate::geometry::{ArcRef, LonLat, Polygon, Reach, Ring};

mod arcs;
mod grid;
mod overlap;
mod weigh;

pub use overlap::Overlap;

/// A place of a user's borders.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnPlace {
    /// Its id, unique within the file.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its polygons: rings without the closing repetition of the first vertex, exterior first and counter-clockwise,
    /// in the sphere form of [`crate::geometry::Ring`].
    pub polygons: Vec<Vec<Vec<LonLat>>>,
    /// A point inside its largest part.
    pub label: LonLat,
    /// Area in km².
    pub area_km2: f64,
}

/// A user's borders.
pub struct Own {
    pub(super) places: Vec<Place>,
    /// Ids as they stand.
    ids: BTreeMap<String, PlaceId>,
    /// Keys of names and ids.
    names: BTreeMap<String, Lookup>,
    arcs: arcs::Topology<PlaceId>,
    known: OnceLock<Vec<Known>>,
}

impl Own {
    /// Finds what neighbours share. Large places come first, whatever their order.
    pub fn new(mut own: Vec<OwnPlace>) -> Own {
        own.sort_by(|a, b| b.area_km2.total_cmp(&a.area_km2).then_with(|| a.id.cmp(&b.id)));
        let ids = (0..).map(|index| PlaceId::new(Section::Own, index));
        let mut places = Vec::with_capacity(own.len());
        let mut rings = BTreeMap::new();
        for (id, one) in ids.zip(own) {
            let on_grid = |ring: &Vec<LonLat>| ring.iter().map(|at| grid::vertex(*at)).collect();
            let shape = |polygon: &Vec<Vec<LonLat>>| polygon.iter().map(on_grid).collect();
            rings.insert(id, one.polygons.iter().map(shape).collect());
            places.push(place(id, one));
        }
        let mut arcs = arcs::topology(rings, &HashSet::new());
        weigh::weigh(&mut arcs);
        let ids = places.iter().map(|place| (place.code.to_string(), place.id)).collect();
        let names = names(&places);
        Own { places, ids, names, arcs, known: OnceLock::new() }
    }

    /// The borders without the vertices that `tolerance` can do without.
    pub(super) fn borders(&self, tolerance: Tolerance) -> Borders {
        let mut borders = Borders::default();
        let reach = |arc: &arcs::Arc| Reach::of(arc.vertices.iter().map(|v| grid::position(*v)));
        borders.reaches = self.arcs.arcs.iter().map(reach).collect();
        let tolerances = tolerance.of(borders.reaches.iter().copied());
        for (arc, tolerance) in self.arcs.arcs.iter().zip(tolerances) {
            let start = borders.topology.vertices.len() as u32;
            let kept = arc.vertices.iter().zip(&arc.weights);
            let kept = kept.filter(|(_, byte)| weight::distance(**byte) > tolerance);
            borders.topology.vertices.extend(kept.map(|(vertex, _)| grid::position(*vertex)));
            borders.topology.arcs.push(start..borders.topology.vertices.len() as u32);
            borders.kinds.push(match arc.kind {
                arcs::Kind::Coast => LineKind::Coast,
                arcs::Kind::Border => LineKind::Border,
                arcs::Kind::Disputed => LineKind::Disputed,
            });
        }
        let reference = |one: &arcs::ArcRef| ArcRef { arc: one.arc as u32, reversed: one.reversed };
        let ring = |ring: &Vec<arcs::ArcRef>| Ring(ring.iter().map(reference).collect());
        let polygon = |polygon: &arcs::Polygon| Polygon(polygon.iter().map(ring).collect());
        let shapes = self.arcs.shapes.iter();
        borders.shapes = shapes.map(|(id, shape)| (*id, shape.iter().map(polygon).collect())).collect();
        borders
    }

    /// What `name` means: an id, a name, or an id that lost its leading zeros.
    pub(super) fn lookup(&self, name: &str) -> Lookup {
        let bare = without_footnotes(name);
        let id = || Some(Lookup::One(*self.ids.get(bare)?, Via::Id));
        id().or_else(|| self.find(&key(bare))).or_else(|| self.padded(bare)).unwrap_or(Lookup::Unknown)
    }

    /// What the key of a name means.
    pub(super) fn find(&self, key: &str) -> Option<Lookup> {
        self.names.get(key).cloned()
    }

    /// A number whose leading zeros a spreadsheet took away (`1001`, `1001.0` → `01001`), where all ids are numbers.
    fn padded(&self, text: &str) -> Option<Lookup> {
        let digits = text.strip_suffix(".0").unwrap_or(text);
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let width = self.ids.keys().next()?.len();
        let numbers = is_number(digits) && digits.len() <= width;
        if !numbers || !self.ids.keys().all(|id| id.len() == width && is_number(id)) {
            return None;
        }
        self.ids.get(&format!("{digits:0>width$}")).map(|id| Lookup::One(*id, Via::Id))
    }

    /// The name of one of its places; empty for any other.
    pub fn name(&self, id: PlaceId) -> &str {
        self.places.iter().find(|place| place.id == id).map_or("", |place| &place.name)
    }

    /// Its names, for near misses.
    pub(super) fn known(&self) -> &[Known] {
        self.known.get_or_init(|| {
            let one = |(key, lookup): (&String, &Lookup)| match lookup {
                Lookup::One(id, _) => {
                    Some(Known { key: Word::Owned(key.clone()), id: *id, outline: Outline::of(key) })
                }
                _ => None,
            };
            self.names.iter().filter_map(one).collect()
        })
    }
}

fn place(id: PlaceId, own: OwnPlace) -> Place {
    Place {
        id,
        level: Level::Own,
        code: own.id.clone().into(),
        alpha2: Word::default(),
        numeric: Word::default(),
        short_name: own.name.clone().into(),
        official_name: own.name.clone().into(),
        name: own.name.into(),
        kind: Kind::State,
        continent: Word::default(),
        region: Word::default(),
        sovereign: own.id.into(),
        label: own.label,
        area_km2: own.area_km2,
    }
}

/// The keys of names, and of ids where they are no name.
fn names(places: &[Place]) -> BTreeMap<String, Lookup> {
    let mut names: BTreeMap<String, Lookup> = BTreeMap::new();
    let mut add = |text: &str, id: PlaceId, via: Via| {
        let key = key(text);
        if !key.is_empty() {
            let meaning = names.entry(key).or_insert(Lookup::One(id, via));
            *meaning = joined(meaning, id, via);
        }
    };
    for place in places {
        add(&place.name, place.id, Via::Name);
    }
    for place in places.iter().filter(|place| place.code != place.name) {
        add(&place.code, place.id, Via::Id);
    }
    names
}

fn joined(known: &Lookup, id: PlaceId, via: Via) -> Lookup {
    match known {
        Lookup::One(other, was) if *other == id => Lookup::One(id, *was),
        // a name is more than an id written in another case
        Lookup::One(other, Via::Name) if via == Via::Id => Lookup::One(*other, Via::Name),
        Lookup::One(other, _) => Lookup::Many(vec![*other.min(&id), *other.max(&id)]),
        Lookup::Many(ids) if via == Via::Name && !ids.contains(&id) => {
            Lookup::Many(ids.iter().copied().chain([id]).collect())
        }
        other => other.clone(),
    }
}
