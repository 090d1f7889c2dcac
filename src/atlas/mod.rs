//! The atlas: every place with its codes and names, and borders at several levels of detail.
//!
//! Packed by `build.rs` from `data/`, embedded in the binary, unpacked on demand. Takes a name and
//! gives a [`PlaceId`]; takes a [`Level`], a [`Detail`] and a tolerance and gives [`Borders`].

mod all_names;
mod cells;
mod codes;
mod dissolve;
mod names;
mod near;
mod normalize;
mod official;
mod own;
mod place;
mod position;
mod province_names;
mod provinces;
mod remarks;
mod tolerance;
mod types;
mod unpack;
mod view;
mod weight;

use std::sync::Arc;

pub use all_names::Name;
pub use codes::{CodeSystem, Coded, number as code_number};
pub use normalize::without_footnotes;
pub use own::{Overlap, Own, OwnPlace};
pub use place::{Kind, Level, Place, PlaceId, Region, Word};
pub use position::Locator;
pub use province_names::IN_COUNTRY;
pub use provinces::{Divided, Province};
pub use remarks::{Remark, listed};
pub use tolerance::Tolerance;
pub use unpack::Sketch;
pub use view::{DE_FACTO, Dispute, Shown, UN, View, disputes, view_names};

use crate::geometry::{Polygon, Reach, Topology};
use place::Section;

/// How a name was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// Its common English name.
    Name,
    /// An official, former, foreign or press name.
    Alias,
    /// The id of a place of own borders.
    Id,
    /// A position that lies in it.
    Position,
    /// ISO 3166-1 alpha-2, or a postal code.
    Alpha2,
    /// ISO 3166-1 alpha-3, or ISO 3166-2.
    Alpha3,
    /// ISO 3166-1 numeric, or a FIPS state code.
    Numeric,
    /// A code of another system than ISO 3166-1.
    Code(CodeSystem),
    /// One of several places that are called so; the others have rows of their own.
    Context,
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// Exactly one place.
    One(PlaceId, Via),
    /// Several, none better than the other; or a state that is no more (`Yugoslavia`), with what
    /// became of it.
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
    /// One side is sea.
    Coast,
    /// An agreed border between two places.
    Border,
    /// A line between two provinces of one country.
    Inner,
    /// A border that a side disputes, an indefinite one, or a line of control.
    Disputed,
}

/// Borders at one level of detail, thinned to a tolerance.
#[derive(Clone, Debug, Default)]
pub struct Borders {
    /// The arcs.
    pub topology: Topology,
    /// The kind of each arc (same length as `topology.arcs`).
    pub kinds: Vec<LineKind>,
    /// How far each arc reaches, also of those that have no vertices (same length as `topology.arcs`).
    pub reaches: Vec<Reach>,
    /// The polygons of each place, in the order of `PlaceId`. A place without a polygon is left out.
    ///
    /// Places too small for a coarse source come with the polygon of the next finer one; it lies
    /// over the polygons of its neighbours, and its arcs are used by no other place.
    pub shapes: Vec<Shaped>,
}

/// A place with its polygons.
pub type Shaped = (PlaceId, Vec<Polygon>);

/// What there is of some borders before their vertices are read.
pub struct Listed<'a> {
    /// The kind of each arc.
    pub kinds: &'a [LineKind],
    /// How far each arc reaches.
    pub reaches: &'a [Reach],
    /// The polygons of each place, in the order of `PlaceId`.
    pub shapes: &'a mut Vec<Shaped>,
}

/// Says which arcs of some borders are wanted; and takes places away that are not.
pub type Wanted<'a> = dyn Fn(&mut Listed<'_>) -> Vec<bool> + 'a;

impl Borders {
    fn listed(&mut self) -> Listed<'_> {
        Listed { kinds: &self.kinds, reaches: &self.reaches, shapes: &mut self.shapes }
    }
}

impl Listed<'_> {
    /// For each arc, whether one of `polygons` uses it.
    pub fn arcs_of<'p>(&self, polygons: impl Iterator<Item = &'p Polygon>) -> Vec<bool> {
        let mut arcs = vec![false; self.kinds.len()];
        for one in polygons.flat_map(|polygon| &polygon.0).flat_map(|ring| &ring.0) {
            if let Some(flag) = arcs.get_mut(one.arc as usize) {
                *flag = true;
            }
        }
        arcs
    }

    /// The polygons of all places.
    pub fn polygons(&self) -> impl Iterator<Item = &Polygon> {
        self.shapes.iter().flat_map(|(_, polygons)| polygons)
    }
}

/// Places, names and borders: those that are bundled, which are read when they are first asked for, and those that
/// a user brought. A copy costs nothing.
#[derive(Clone, Default)]
pub struct Atlas {
    own: Option<Arc<Own>>,
    /// Whose borders; `None`: de facto.
    view: Option<Arc<View>>,
}

impl Atlas {
    /// The bundled atlas.
    pub fn bundled() -> &'static Atlas {
        static BUNDLED: Atlas = Atlas { own: None, view: None };
        &BUNDLED
    }

    /// Reads the tables of places that every map needs, which would otherwise be read when they are first asked for.
    pub(crate) fn prepare() {
        place::main();
    }

    /// The bundled atlas with `own` beside it, as [`Level::Own`].
    pub fn with(own: Own) -> Atlas {
        Atlas { own: Some(Arc::new(own)), view: None }
    }

    /// The borders that a user brought.
    pub fn own(&self) -> Option<&Own> {
        self.own.as_deref()
    }

    /// The place `id`.
    pub fn place(&self, id: PlaceId) -> &Place {
        &self.section(id.section())[id.index()]
    }

    /// All places of `level`, in the order of their ids.
    pub fn places(&self, level: Level) -> &[Place] {
        let main = |level| {
            let all = place::main();
            let (countries, states) =
                all.split_at(all.partition_point(|place| place.level == Level::Country));
            if level == Level::Country { countries } else { states }
        };
        match level {
            Level::Country | Level::UsState => main(level),
            Level::Admin1 => self.section(Section::Provinces),
            Level::Own => self.section(Section::Own),
        }
    }

    fn section(&self, section: Section) -> &[Place] {
        match section {
            Section::Main => place::main(),
            Section::Provinces => provinces::places(),
            Section::Own => self.own().map_or(&[], |own| &own.places),
            Section::Area => view::areas(),
        }
    }

    /// The place whose value `id` takes where it has none of its own: the sovereign of an integral
    /// part ([`Kind::Part`]), such as France for French Guiana.
    pub fn follows(&self, id: PlaceId) -> Option<PlaceId> {
        let place = self.place(id);
        if place.kind == Kind::Part { self.by_code(&place.sovereign) } else { None }
    }

    /// All named regions: continents and subregions of the UN, then other groups.
    pub fn regions(&self) -> impl Iterator<Item = Region> {
        place::regions()
    }

    /// The region of this name (`South America`, `EU`, `latin america`), with its definition.
    pub fn region(&self, name: &str) -> Option<Region> {
        place::region_by_key(&normalize::key(name))
    }

    /// The members of a region, in the order of their ids.
    pub fn members(&self, region: &str) -> Option<Vec<PlaceId>> {
        self.region(region).map(|region| region.members)
    }

    /// Borders of all places of `level`, without the vertices that `tolerance` can do without: a number of degrees of
    /// a great circle, or a [`Tolerance`].
    pub fn borders<'t>(&self, level: Level, detail: Detail, tolerance: impl Into<Tolerance<'t>>) -> Borders {
        self.borders_where(level, detail, tolerance.into(), &|places| vec![true; places.kinds.len()])
    }

    /// The same, with the vertices of those arcs only that `wanted` says; the other arcs may have none. It may take places away.
    pub fn borders_where(
        &self,
        level: Level,
        detail: Detail,
        tolerance: Tolerance,
        wanted: &Wanted<'_>,
    ) -> Borders {
        self.borders_from(self.sketch(level, detail), (level, detail), tolerance, wanted)
    }

    /// What borders there are and where, without their vertices; `None` for a level that has no such list.
    pub fn sketch(&self, level: Level, detail: Detail) -> Option<Sketch> {
        unpack::borders_of(level, detail).map(Sketch::new)
    }

    /// [`Atlas::borders_where`] from the sketch of the level and detail.
    pub fn borders_from(
        &self,
        sketch: Option<Sketch>,
        (level, detail): (Level, Detail),
        tolerance: Tolerance,
        wanted: &Wanted<'_>,
    ) -> Borders {
        let view = self.view.as_ref().filter(|view| level == Level::Country && view.changes());
        let mut whole = match (sketch, view, self.own()) {
            (Some(sketch), None, _) => return sketch.borders_where(tolerance, wanted),
            // what a view joins must be whole
            (Some(sketch), Some(view), _) => view.borders(sketch.borders(tolerance, None), detail, tolerance),
            (None, _, _) if level == Level::Admin1 => return self.all_province_borders(tolerance),
            (None, _, Some(own)) => own.borders(tolerance),
            (None, _, None) => Borders::default(),
        };
        wanted(&mut whole.listed());
        whole
    }

    /// Large lakes, which a map draws as water over the land: their arcs and polygons, thinned like
    /// [`Atlas::borders`]. At [`Detail::Fine`] those of 200 km² and more. Only those that `seen` says.
    pub fn lakes(
        &self,
        detail: Detail,
        tolerance: Tolerance,
        seen: &dyn Fn(&Polygon, &[Reach]) -> bool,
    ) -> (Topology, Vec<Polygon>) {
        let wanted = |places: &mut Listed<'_>| {
            let reaches = places.reaches;
            places.shapes.iter_mut().for_each(|(_, polygons)| polygons.retain(|one| seen(one, reaches)));
            places.arcs_of(places.polygons())
        };
        let lakes = Sketch::new(unpack::lakes_of(detail)).borders_where(tolerance, &wanted);
        (lakes.topology, lakes.shapes.into_iter().flat_map(|(_, polygons)| polygons).collect())
    }
}

#[cfg(test)]
mod tests;
