//! States and provinces of the world (ISO 3166-2), and unions of them: what is known of each, and their borders.
//!
//! Packed by `build/provinces.rs`. Their ids follow those of all other places. Nothing here is read before somebody
//! asks for a province. Provinces and the countries that they make share their arcs, so levels nest exactly.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::place::Section;
use super::unpack::{Sketch, province_bytes};
use super::{Atlas, Borders, Kind, Level, Listed, Place, PlaceId, Tolerance, Wanted, Word, place};
use crate::geometry::LonLat;

/// A line a province: code, id of the country, other codes, name, type, indices of the parts, label point, area.
static PROVINCES: &str = include_str!(concat!(env!("OUT_DIR"), "/provinces.tsv"));

/// What is known of a province besides its [`Place`].
#[derive(Clone, Debug)]
pub struct Province {
    /// Its id.
    pub id: PlaceId,
    /// The country that governs it.
    pub country: PlaceId,
    /// What it is called in its country, in English (`State`, `Autonomous Region`), or empty.
    pub kind: &'static str,
    /// Codes that it had before, or that other sources give it.
    pub codes: Vec<&'static str>,
    /// The provinces that it is made of; empty for one that is no union (Lombardy is the union of its provinces).
    pub parts: Vec<PlaceId>,
}

/// Which countries of a map are divided, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Divided {
    /// The unions and provinces that stand for their countries; all other countries are whole.
    shown: BTreeSet<PlaceId>,
    /// The countries that are divided.
    countries: BTreeSet<PlaceId>,
}

impl Divided {
    /// Whether this place is drawn: a province of a country that is divided, or a country that is not.
    pub fn shows(&self, id: PlaceId) -> bool {
        self.shown.contains(&id)
    }

    /// The countries that are divided.
    pub fn countries(&self) -> &BTreeSet<PlaceId> {
        &self.countries
    }
}

impl Atlas {
    /// What is known of a province; `None` for a place of another level.
    pub fn province(&self, id: PlaceId) -> Option<&'static Province> {
        if id.section() == Section::Provinces { tables().provinces.get(id.index()) } else { None }
    }

    /// The province with this code of ISO 3166-2, or with this one among [`Province::codes`].
    pub fn province_by_code(&self, code: &str) -> Option<PlaceId> {
        let own = tables().places.iter().find(|one| one.code == code).map(|one| one.id);
        own.or_else(|| tables().provinces.iter().find(|one| one.codes.contains(&code)).map(|one| one.id))
    }

    /// Whether a province lies in `country`: it is governed from there, or its code is one of that country.
    pub fn lies_in(&self, province: PlaceId, country: PlaceId) -> bool {
        let alpha2: &str = &self.place(country).alpha2;
        let prefix = self.place(province).code.split('-').next();
        self.province(province)
            .is_some_and(|one| one.country == country || (!alpha2.is_empty() && prefix == Some(alpha2)))
    }

    /// The provinces of a country without unions, in the order of their ids.
    pub fn provinces_of(&self, country: PlaceId) -> impl Iterator<Item = &'static Province> {
        tables().provinces.iter().filter(move |one| one.country == country && one.parts.is_empty())
    }

    /// How a map is divided that shows the provinces `data`, and all of `within`: in a country of which the data has
    /// unions these stand for their parts, unless the data has parts too.
    pub fn divided(&self, data: &[PlaceId], within: &[PlaceId]) -> Divided {
        let mut countries: BTreeSet<PlaceId> = within.iter().copied().collect();
        countries.extend(data.iter().filter_map(|id| self.province(*id)).map(|one| one.country));
        // an overseas part that is a country of its own belongs to a map of its sovereign's provinces
        for country in within {
            let parts = tables().provinces.iter().filter(|one| self.lies_in(one.id, *country));
            countries.extend(parts.map(|one| one.country));
        }
        let named: BTreeSet<PlaceId> = data.iter().copied().collect();
        let mut shown = BTreeSet::new();
        for country in &countries {
            let all = || tables().provinces.iter().filter(|one| one.country == *country);
            let by_union = all().any(|one| !one.parts.is_empty() && named.contains(&one.id));
            let unions = || all().filter(|one| by_union && !one.parts.is_empty());
            let covered: BTreeSet<PlaceId> = unions().flat_map(|one| one.parts.iter().copied()).collect();
            shown.extend(unions().map(|one| one.id));
            let single = all().filter(|one| one.parts.is_empty());
            shown.extend(single.map(|one| one.id).filter(|id| !covered.contains(id) || named.contains(id)));
        }
        Divided { shown, countries }
    }

    /// Borders of the provinces of all countries, without unions. See [`Atlas::borders`] for the tolerance.
    pub(super) fn all_province_borders(&self, tolerance: Tolerance) -> Borders {
        self.borders_of(tolerance, |id| self.province(id).is_some_and(|one| one.parts.is_empty()), None)
    }

    /// Borders of a divided map: provinces of the countries that are divided, the other countries whole, all of the
    /// same arcs. See [`Atlas::borders`] for the tolerance. Only the arcs that `seen` says have vertices; it may take places away.
    pub fn divided_borders(&self, divided: &Divided, tolerance: Tolerance, seen: &Wanted<'_>) -> Borders {
        let shown = |id| match self.province(id) {
            Some(_) => divided.shown.contains(&id),
            None => !divided.countries.contains(&id),
        };
        self.borders_of(tolerance, shown, Some(seen))
    }

    /// Borders of these provinces, unions and countries, which may overlap.
    pub fn borders_among<'t>(&self, ids: &[PlaceId], tolerance: impl Into<Tolerance<'t>>) -> Borders {
        let wanted: BTreeSet<PlaceId> = ids.iter().copied().collect();
        self.borders_of(tolerance.into(), |id| wanted.contains(&id), None)
    }

    fn borders_of(
        &self,
        tolerance: Tolerance,
        wanted: impl Fn(PlaceId) -> bool,
        seen: Option<&Wanted<'_>>,
    ) -> Borders {
        let mut sketch = Sketch::new(province_bytes());
        sketch.shapes.retain(|(id, _)| wanted(*id));
        let all = |places: &mut Listed<'_>| places.arcs_of(places.polygons());
        sketch.borders_where(tolerance, seen.unwrap_or(&all))
    }
}

/// The two tables of provinces, in the order of their ids.
struct Tables {
    places: Vec<Place>,
    provinces: Vec<Province>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let (places, provinces) = PROVINCES.lines().zip(0..).map(|(line, index)| read(index, line)).unzip();
        Tables { places, provinces }
    })
}

/// All provinces and unions of provinces, in the order of their ids.
pub(super) fn places() -> &'static [Place] {
    &tables().places
}

fn read(index: u32, line: &'static str) -> (Place, Province) {
    let mut cells = line.split('\t');
    let mut next = || cells.next().unwrap_or_default();
    let number = |text: &str| text.parse().unwrap_or(f64::NAN);
    let id = PlaceId::new(Section::Provinces, index);
    let code = next();
    let country = PlaceId::new(Section::Main, next().parse().unwrap_or_default());
    let codes = next().split_whitespace().collect();
    let (name, kind) = (next(), next());
    let parts = next().split_whitespace().filter_map(|part| part.parse().ok());
    let parts = parts.map(|index| PlaceId::new(Section::Provinces, index)).collect();
    let label = LonLat::new(number(next()), number(next()));
    let owner = &place::main()[country.index()];
    let place = Place {
        id,
        level: Level::Admin1,
        code: Word::Borrowed(code),
        alpha2: Word::default(),
        numeric: Word::default(),
        name: Word::Borrowed(name),
        short_name: Word::Borrowed(name),
        official_name: Word::Borrowed(name),
        kind: Kind::Province,
        continent: owner.continent.clone(),
        region: owner.region.clone(),
        sovereign: owner.code.clone(),
        label,
        area_km2: number(next()),
    };
    (place, Province { id, country, kind, codes, parts })
}
