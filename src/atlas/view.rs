//! Whose borders a map shows: to whom each disputed area belongs, and which lines are dashed.
//!
//! The atlas is drawn as Natural Earth draws it: de facto. A [`View`] gives disputed areas (`data/disputes.csv`: whole
//! places, or pieces that `build/claims.rs` cuts out of the countries that hold them) to other places, by
//! `data/views.csv` and by what a map file says. It is read when a map asks for one; every other map pays nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::place::Section;
use super::{Atlas, Borders, Detail, Kind, Level, LineKind, Place, PlaceId, Tolerance, dissolve, unpack};
use crate::geometry::{LonLat, Polygon};

/// The view that is no view: who governs.
pub const DE_FACTO: &str = "de-facto";

/// What the United Nations show.
pub const UN: &str = "un";

/// The areas and the views, packed by `build/claims.rs`.
static TABLE: &str = include_str!(concat!(env!("OUT_DIR"), "/views.tsv"));

/// Ids of packed areas that are no places begin here.
const FIRST_AREA: u32 = 1_000_000;

/// A disputed area.
#[derive(Clone, Debug)]
pub struct Dispute {
    /// Its key in tables and map files (`western-sahara-west`).
    pub area: &'static str,
    /// Its English name.
    pub name: &'static str,
    /// The piece of the map that it is.
    piece: PlaceId,
    /// Who holds it.
    pub holder: PlaceId,
    /// A position within it.
    pub at: LonLat,
    /// Who disputes it, the holder among them.
    between: Vec<PlaceId>,
}

/// To whom an area belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The key of the area.
    pub area: String,
    /// The place that it is shown as a part of; `None`: as land of its own.
    pub owner: Option<PlaceId>,
    /// Its border is dashed even within that place.
    pub dashed: bool,
}

/// Whose borders, and what counts as one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// `de-facto`, `un`, an alpha-2 code, or what a user calls it.
    pub name: String,
    owners: BTreeMap<PlaceId, PlaceId>,
    dashed: BTreeSet<PlaceId>,
    /// Territories and coded parts count to their states.
    pub sovereign: bool,
}

impl View {
    /// The view called `name` (of [`view_names`]; another name is the view of the United Nations under that name), in which
    /// `own` areas are shown as it says.
    pub fn new(name: &str, sovereign: bool, own: &[Shown]) -> View {
        let mut view =
            View { name: name.to_owned(), owners: BTreeMap::new(), dashed: BTreeSet::new(), sovereign };
        if name != DE_FACTO {
            let mut rows = rows();
            rows.retain(|(of, _)| *of == UN || *of == name);
            // those of the view itself come after those of the United Nations
            rows.sort_by_key(|(of, _)| *of != UN);
            rows.iter().for_each(|(_, shown)| view.show(shown));
        }
        own.iter().for_each(|shown| view.show(shown));
        view
    }

    fn show(&mut self, shown: &Shown) {
        let Some(dispute) = disputes().iter().find(|dispute| dispute.area == shown.area) else { return };
        self.owners.insert(dispute.piece, shown.owner.unwrap_or(dispute.piece));
        if shown.dashed {
            self.dashed.insert(dispute.piece)
        } else {
            self.dashed.remove(&dispute.piece)
        };
    }

    /// The place that `piece` is drawn as a part of.
    fn owner(&self, piece: PlaceId) -> PlaceId {
        let held = || match piece.section() {
            Section::Area => disputes().get(piece.index()).map(|dispute| dispute.holder),
            _ => None,
        };
        let owner = self.owners.get(&piece).copied().or_else(held).unwrap_or(piece);
        if self.sovereign { sovereign(owner) } else { owner }
    }

    /// Whether it shows any area elsewhere than de facto.
    pub(super) fn changes(&self) -> bool {
        self.sovereign || !self.owners.is_empty()
    }

    /// The borders of countries as this view has them.
    pub(super) fn borders(&self, base: Borders, detail: Detail, tolerance: Tolerance) -> Borders {
        let mut borders = base;
        let patch = unpack::unpack(unpack::claims_of(detail), tolerance);
        let before = borders.topology.vertices.len() as u32;
        borders.topology.vertices.extend(patch.topology.vertices);
        let shifted = patch.topology.arcs.iter().map(|arc| arc.start + before..arc.end + before);
        borders.topology.arcs.extend(shifted);
        borders.kinds.extend(patch.kinds);
        borders.reaches.extend(patch.reaches);
        let mut pieces: BTreeMap<PlaceId, Vec<Polygon>> = borders.shapes.into_iter().collect();
        pieces.extend(patch.shapes.into_iter().map(|(id, shape)| (piece(id), shape)));
        let sides = sides(&pieces, borders.topology.arcs.len());
        for (kind, sides) in borders.kinds.iter_mut().zip(&sides) {
            *kind = self.kind(*kind, *sides);
        }
        let mut shapes: BTreeMap<PlaceId, Vec<Polygon>> = BTreeMap::new();
        for (piece, polygons) in pieces {
            shapes.entry(self.owner(piece)).or_default().extend(polygons);
        }
        let kinds = &borders.kinds;
        let stays = |arc: u32| kinds.get(arc as usize) == Some(&LineKind::Disputed);
        let topology = &borders.topology;
        borders.shapes = shapes
            .into_iter()
            .map(|(id, polygons)| (id, dissolve::dissolve(topology, polygons, &stays)))
            .collect();
        borders
    }

    /// What a line is between two pieces: within a place it is dashed or none; between places it is disputed where one of the
    /// pieces is in dispute with the other side.
    fn kind(&self, kind: LineKind, sides: [Option<PlaceId>; 2]) -> LineKind {
        let [Some(a), Some(b)] = sides else { return kind };
        if self.owner(a) == self.owner(b) {
            let dashed = a != b && (self.dashed.contains(&a) || self.dashed.contains(&b));
            return if dashed { LineKind::Disputed } else { LineKind::Border };
        }
        let in_dispute = |piece: PlaceId, other: PlaceId| {
            let other = match other.section() {
                Section::Area => disputes().get(other.index()).map_or(other, |dispute| dispute.holder),
                _ => other,
            };
            disputes().iter().any(|dispute| dispute.piece == piece && dispute.between.contains(&other))
        };
        if in_dispute(a, b) || in_dispute(b, a) { LineKind::Disputed } else { kind }
    }
}

impl Atlas {
    /// The same atlas as `view` shows it.
    pub fn viewed(mut self, view: View) -> Atlas {
        self.view = Some(std::sync::Arc::new(view));
        self
    }

    /// Whose borders they are: the name of the view.
    pub fn view_name(&self) -> &str {
        self.view.as_ref().map_or(DE_FACTO, |view| &view.name)
    }

    /// The place that `id` is drawn as a part of, when it is not drawn as itself: Serbia for Kosovo in the view of
    /// the United Nations.
    pub fn drawn_as(&self, id: PlaceId) -> Option<PlaceId> {
        let view = self.view.as_ref().filter(|view| view.changes())?;
        (id.section() == Section::Main).then(|| view.owner(id)).filter(|owner| *owner != id)
    }

    /// Whether territories count to their states.
    pub fn by_sovereign(&self) -> bool {
        self.view.as_ref().is_some_and(|view| view.sovereign)
    }
}

/// All disputed areas, in the order of their table.
pub fn disputes() -> &'static [Dispute] {
    static DISPUTES: OnceLock<Vec<Dispute>> = OnceLock::new();
    DISPUTES.get_or_init(|| {
        let lines = TABLE.lines().filter_map(|line| line.strip_prefix("a\t"));
        lines.zip(0..).filter_map(|(line, index)| dispute(line, index)).collect()
    })
}

fn dispute(line: &'static str, index: u32) -> Option<Dispute> {
    let mut cells = line.split('\t');
    let mut next = || cells.next().unwrap_or_default();
    let (area, name, place, holder) = (next(), next(), next(), next());
    let at = LonLat::new(next().parse().ok()?, next().parse().ok()?);
    let atlas = Atlas::bundled();
    let piece = atlas.by_code(place).unwrap_or(PlaceId::new(Section::Area, index));
    let between = next().split(' ').filter_map(|code| atlas.by_code(code)).collect();
    Some(Dispute { area, name, piece, holder: atlas.by_code(holder)?, at, between })
}

/// Names of the views: `de-facto`, `un`, then alpha-2 codes.
pub fn view_names() -> Vec<&'static str> {
    let mut codes: Vec<&str> = rows().into_iter().map(|(view, _)| view).filter(|view| *view != UN).collect();
    codes.sort_unstable();
    codes.dedup();
    [DE_FACTO, UN].into_iter().chain(codes).collect()
}

/// What each view shows.
fn rows() -> Vec<(&'static str, Shown)> {
    let lines = TABLE.lines().filter_map(|line| line.strip_prefix("v\t"));
    lines
        .map(|line| {
            let mut cells = line.split('\t');
            let mut next = || cells.next().unwrap_or_default();
            let (view, area, owner, lines) = (next(), next(), next(), next());
            let owner = Atlas::bundled().by_code(owner);
            (view, Shown { area: area.to_owned(), owner, dashed: lines == "dashed" })
        })
        .collect()
}

/// Areas as places, for a view that gives one to nobody: they carry a name and no code of their own.
pub(super) fn areas() -> &'static [Place] {
    static AREAS: OnceLock<Vec<Place>> = OnceLock::new();
    AREAS.get_or_init(|| {
        let areas = disputes().iter().zip(0..);
        areas
            .map(|(dispute, index)| Place {
                id: PlaceId::new(Section::Area, index),
                level: Level::Country,
                code: dispute.area.into(),
                alpha2: "".into(),
                numeric: "".into(),
                name: dispute.name.into(),
                short_name: dispute.name.into(),
                official_name: dispute.name.into(),
                kind: Kind::Disputed,
                continent: "".into(),
                region: "".into(),
                sovereign: dispute.area.into(),
                label: dispute.at,
                area_km2: 0.0,
            })
            .collect()
    })
}

/// The id of a packed piece.
fn piece(raw: PlaceId) -> PlaceId {
    raw.0.checked_sub(FIRST_AREA).map_or(raw, |index| PlaceId::new(Section::Area, index))
}

/// The state that a territory or a coded part counts to.
fn sovereign(id: PlaceId) -> PlaceId {
    let atlas = Atlas::bundled();
    let place = atlas.place(id);
    match place.kind {
        Kind::Territory | Kind::Part => atlas.by_code(&place.sovereign).unwrap_or(id),
        _ => id,
    }
}

/// The pieces on both sides of each arc.
fn sides(pieces: &BTreeMap<PlaceId, Vec<Polygon>>, arcs: usize) -> Vec<[Option<PlaceId>; 2]> {
    let mut sides = vec![[None; 2]; arcs];
    for (id, polygons) in pieces {
        for one in polygons.iter().flat_map(|polygon| &polygon.0).flat_map(|ring| &ring.0) {
            let slots: &mut [Option<PlaceId>; 2] = &mut sides[one.arc as usize];
            let free = usize::from(slots[0].is_some());
            slots[free] = Some(*id);
        }
    }
    sides
}
