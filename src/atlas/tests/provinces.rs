//! Provinces: levels nest exactly, names mean one place within a country, codes are those of ISO 3166-2.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::super::{Atlas, Borders, Detail, IN_COUNTRY, Level, LineKind, Lookup, PlaceId, Via};
use super::{atlas, id};
use crate::geometry::ArcRef;

fn province(code: &str) -> PlaceId {
    atlas().province_by_code(code).unwrap_or_else(|| panic!("no province {code}"))
}

fn within(name: &str, country: &str) -> Vec<String> {
    let scope: Vec<PlaceId> = if country.is_empty() { Vec::new() } else { vec![id(country)] };
    codes(&atlas().lookup_province(name, &scope))
}

fn codes(found: &Lookup) -> Vec<String> {
    let code = |id: &PlaceId| atlas().place(*id).code.to_string();
    match found {
        Lookup::One(id, _) => vec![code(id)],
        Lookup::Many(ids) => ids.iter().map(code).collect(),
        _ => Vec::new(),
    }
}

/// The arcs that bound a set of shapes: those that it uses in one direction alone.
fn boundary(borders: &Borders, wanted: impl Fn(PlaceId) -> bool) -> BTreeSet<(u32, bool)> {
    let mut open = BTreeSet::new();
    let shapes = borders.shapes.iter().filter(|(id, _)| wanted(*id));
    for ArcRef { arc, reversed } in shapes.flat_map(|(_, p)| p).flat_map(|p| &p.0).flat_map(|r| &r.0) {
        if !open.remove(&(*arc, !*reversed)) {
            assert!(open.insert((*arc, *reversed)), "an arc is used twice in one direction");
        }
    }
    open
}

#[test]
fn every_country_is_exactly_its_provinces() {
    let atlas = atlas();
    let units = atlas.borders(Level::Admin1, Detail::Fine, 0.01);
    let countries: Vec<PlaceId> = atlas.places(Level::Country).iter().map(|place| place.id).collect();
    let whole = atlas.borders_among(&countries, 0.01);
    assert_eq!(units.topology.arcs.len(), whole.topology.arcs.len());
    let mut divided = 0;
    for country in countries {
        let parts: HashSet<PlaceId> = atlas.provinces_of(country).map(|one| one.id).collect();
        if parts.is_empty() {
            continue;
        }
        divided += 1;
        let of_parts = boundary(&units, |id| parts.contains(&id));
        let of_whole = boundary(&whole, |id| id == country);
        assert_eq!(of_parts, of_whole, "{}", atlas.place(country).code);
    }
    assert_eq!(divided, 257);
}

#[test]
fn every_union_is_exactly_its_parts() {
    let atlas = atlas();
    let all: Vec<PlaceId> = atlas.places(Level::Admin1).iter().map(|place| place.id).collect();
    let borders = atlas.borders_among(&all, 0.01);
    for one in all.iter().filter_map(|id| atlas.province(*id)).filter(|one| !one.parts.is_empty()) {
        let parts = boundary(&borders, |id| one.parts.contains(&id));
        assert_eq!(parts, boundary(&borders, |id| id == one.id), "{:?}", atlas.place(one.id).code);
    }
}

#[test]
fn lines_within_a_country_are_inner_and_between_countries_are_not() {
    let atlas = atlas();
    let borders = atlas.borders(Level::Admin1, Detail::Fine, 0.0);
    let mut owners: BTreeMap<u32, BTreeSet<PlaceId>> = BTreeMap::new();
    for (id, polygons) in &borders.shapes {
        let country = atlas.province(*id).unwrap().country;
        for one in polygons.iter().flat_map(|p| &p.0).flat_map(|r| &r.0) {
            owners.entry(one.arc).or_default().insert(country);
        }
    }
    let mut seen: HashSet<LineKind> = HashSet::new();
    for (arc, countries) in owners {
        let kind = borders.kinds[arc as usize];
        match kind {
            LineKind::Inner | LineKind::Coast => assert_eq!(countries.len(), 1),
            LineKind::Border | LineKind::Disputed => assert_eq!(countries.len(), 2),
        }
        seen.insert(kind);
    }
    assert_eq!(seen.len(), 4, "{seen:?}");
}

#[test]
fn a_divided_map_has_the_neighbours_whole_and_of_the_same_arcs() {
    let atlas = atlas();
    let divided = atlas.divided(&[], &[id("VEN")]);
    let borders = atlas.divided_borders(&divided, 0.01.into(), &|places| vec![true; places.kinds.len()]);
    let shown: Vec<PlaceId> = borders.shapes.iter().map(|(id, _)| *id).collect();
    assert!(shown.contains(&id("COL")) && !shown.contains(&id("VEN")));
    assert!(shown.contains(&province("VE-V")) && !shown.contains(&province("CO-ANT")));
    let arcs = |of: PlaceId| {
        boundary(&borders, |id| id == of).into_iter().map(|(arc, _)| arc).collect::<BTreeSet<_>>()
    };
    assert!(arcs(province("VE-V")).intersection(&arcs(id("COL"))).count() > 0, "Zulia touches Colombia");
}

#[test]
fn unions_stand_for_their_parts_where_the_data_has_them() {
    let atlas = atlas();
    let lombardy = atlas.divided(&[province("IT-25")], &[]);
    assert!(lombardy.shows(province("IT-52")) && !lombardy.shows(province("IT-MI")));
    let milan = atlas.divided(&[province("IT-MI")], &[]);
    assert!(milan.shows(province("IT-BG")) && !milan.shows(province("IT-25")));
    // the provinces of Madrid and Asturias are regions by themselves
    let spain = atlas.divided(&[province("ES-CT"), province("ES-M")], &[]);
    assert!(
        spain.shows(province("ES-O")) && spain.shows(province("ES-AN")) && !spain.shows(province("ES-B"))
    );
}

#[test]
fn provinces_are_found_by_code_and_by_name() {
    for (name, country, code) in [
        ("VE-V", "", "VE-V"),
        ("Zulia", "", "VE-V"),
        ("Estado Zulia", "", "VE-V"),
        ("Zulia State", "", "VE-V"),
        ("Zulia, Estado", "", "VE-V"),
        ("ZULIA", "VEN", "VE-V"),
        ("V", "VEN", "VE-V"),
        ("SP", "BRA", "BR-SP"),
        ("São Paulo (state)", "", "BR-SP"),
        ("Sao Paulo", "", "BR-SP"),
        ("Bayern", "", "DE-BY"),
        ("Bavière", "DEU", "DE-BY"),
        ("Georgia, United States", "", "US-GA"),
        ("Georgia (USA)", "", "US-GA"),
        ("TX", "USA", "US-TX"),
        ("48", "USA", "US-TX"),
        ("6", "USA", "US-CA"),
        ("1", "FRA", "FR-01"),
        ("Provincia de Buenos Aires", "", "AR-B"),
        ("Ciudad Autónoma de Buenos Aires", "", "AR-C"),
        ("Amazonas - Brazil", "", "BR-AM"),
        ("Amazonas", "VEN", "VE-Z"),
        ("Московская область", "RUS", "RU-MOS"),
        ("Lombardia", "", "IT-25"),
        ("Cataluña", "", "ES-CT"),
        ("Sichuan", "CHN", "CN-SC"),
        ("四川省", "", "CN-SC"),
        ("CN-51", "", "CN-SC"),
        ("Daykundi", "AFG", "AF-DAY"),
        ("England", "", "GB-ENG"),
    ] {
        assert_eq!(within(name, country), [code], "{name} in {country:?}");
    }
    let both = format!("Georgia{IN_COUNTRY}United States");
    assert_eq!(within(&both, ""), ["US-GA"]);
    assert_eq!(within(&format!("Zulia{IN_COUNTRY}Ruritania"), ""), [""; 0]);
}

#[test]
fn names_of_several_provinces_are_several() {
    assert!(within("Amazonas", "").len() > 2);
    assert_eq!(within("Buenos Aires", "ARG"), ["AR-B", "AR-C"]);
    assert_eq!(within("Minsk", "BLR").len(), 2);
    for name in ["Zulai", "Ruritania", "State", "", "X"] {
        assert_eq!(within(name, ""), [""; 0], "{name:?}");
    }
    // the region around a city is not the city
    assert_eq!(within("Minsk Region", "BLR"), ["BY-MI"]);
    assert_eq!(within("Minsk City", "BLR"), ["BY-HM"]);
}

#[test]
fn no_name_means_two_provinces_of_a_country_silently() {
    let atlas = atlas();
    for (key, ids) in super::super::province_names::entries() {
        let mut by_country: BTreeMap<PlaceId, BTreeSet<PlaceId>> = BTreeMap::new();
        for id in ids {
            by_country.entry(atlas.province(id).unwrap().country).or_default().insert(id);
        }
        for (country, ids) in by_country {
            let found = atlas.lookup_province(key, &[country]);
            let fine = match (&found, ids.len()) {
                (Lookup::One(id, _), 1) => ids.contains(id),
                (Lookup::Many(many), _) => ids.iter().all(|id| many.contains(id)),
                // two letters are a code first
                (Lookup::One(..), _) => key.len() <= 3,
                _ => false,
            };
            assert!(fine, "{key:?} in {}: {found:?}", atlas.place(country).code);
        }
    }
}

#[test]
fn a_slip_is_a_suggestion() {
    let near = |name: &str, country: &str| {
        let all = atlas().suggest_province(name, &[id(country)]);
        all.iter().map(|id| atlas().place(*id).code.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(near("Zulai", "VEN").first().map(String::as_str), Some("VE-V"));
    assert_eq!(near("Mirandaa", "VEN").first().map(String::as_str), Some("VE-M"));
}

#[test]
fn every_province_is_found_by_its_code_and_its_name_is_not_anothers() {
    let atlas = atlas();
    let mut codes = HashSet::new();
    for place in atlas.places(Level::Admin1) {
        assert!(codes.insert(&place.code), "{} stands twice", place.code);
        assert_eq!(
            atlas.lookup(&place.code, Level::Admin1),
            Lookup::One(place.id, Via::Alpha3),
            "{}",
            place.code
        );
        let country = atlas.province(place.id).unwrap().country;
        match atlas.lookup_province(&place.name, &[country]) {
            Lookup::One(found, _) => assert_eq!(found, place.id, "{} {}", place.code, place.name),
            Lookup::Many(found) => assert!(found.contains(&place.id), "{} {}", place.code, place.name),
            other => panic!("{} {}: {other:?}", place.code, place.name),
        }
    }
    assert_eq!(atlas.places(Level::Admin1).len(), 4607);
}

#[test]
fn the_table_of_provinces_is_not_read_for_a_name_that_is_none() {
    assert_eq!(Atlas::bundled().lookup("no such province", Level::Admin1), Lookup::Unknown);
}
