//! Borders are shared, closed, wound the right way and thinned within their tolerance.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::super::unpack;
use super::super::{Borders, Detail, Level, LineKind, PlaceId, Sketch};
use super::{atlas, id};
use crate::geometry::{ArcRef, LonLat, Polygon, Ring, Topology};

const DETAILS: [Detail; 3] = [Detail::Coarse, Detail::Medium, Detail::Fine];

/// Signed area of a ring on the unit sphere (positive when the smaller side lies to the left).
pub(super) fn spherical_area(topology: &Topology, ring: &Ring) -> f64 {
    let points: Vec<LonLat> = topology.ring(ring).collect();
    let next = points.iter().skip(1).chain(points.first());
    let (mut sum, mut winding) = (0.0, 0.0);
    for (a, b) in points.iter().zip(next) {
        let step = (b.lon - a.lon + 540.0).rem_euclid(360.0) - 180.0;
        winding += step;
        let half_tan = |degrees: f64| libm::tan(degrees.to_radians() / 2.0);
        let (t, u) = (half_tan(a.lat), half_tan(b.lat));
        sum -= 2.0 * libm::atan(half_tan(step) * (t + u) / (1.0 + t * u));
    }
    if winding.abs() > 180.0 { std::f64::consts::TAU - sum.abs() } else { sum }
}

#[test]
fn every_place_is_drawn_at_every_detail() {
    for detail in DETAILS {
        let borders = atlas().borders(Level::Country, detail, 0.0);
        let drawn: Vec<PlaceId> = borders.shapes.iter().map(|(id, _)| *id).collect();
        let all = atlas().places(Level::Country).iter().map(|p| p.id);
        assert_eq!(drawn, all.collect::<Vec<_>>(), "{detail:?}");
        assert_eq!(borders.kinds.len(), borders.topology.arcs.len());
    }
    assert_eq!(atlas().borders(Level::UsState, Detail::Coarse, 0.0).shapes.len(), 56);
}

/// How often each arc is used, in each direction.
fn uses(borders: &Borders) -> BTreeMap<u32, (u32, u32)> {
    let mut uses: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    for ArcRef { arc, reversed } in
        borders.shapes.iter().flat_map(|(_, p)| p).flat_map(|p| &p.0).flat_map(|r| &r.0)
    {
        let count = uses.entry(*arc).or_default();
        if *reversed { count.1 += 1 } else { count.0 += 1 }
    }
    uses
}

#[test]
fn borders_are_shared_and_coasts_are_not() {
    for detail in DETAILS {
        let borders = atlas().borders(Level::Country, detail, 0.0);
        let uses = uses(&borders);
        assert_eq!(uses.len(), borders.topology.arcs.len(), "every arc is used");
        let lonely = uses.iter().filter(|(arc, n)| {
            let kind = borders.kinds[**arc as usize];
            assert!(n.0 <= 1 && n.1 <= 1, "an arc is used twice in one direction");
            (kind == LineKind::Coast) != (n.0 + n.1 == 1)
        });
        let lonely = lonely.count();
        // Only places taken from a finer source bring borders of their own.
        assert!(if detail == Detail::Fine { lonely == 0 } else { lonely < 60 }, "{detail:?}: {lonely}");
    }
}

#[test]
fn lesotho_is_a_hole_of_south_africa() {
    for detail in DETAILS {
        let borders = atlas().borders(Level::Country, detail, 0.0);
        let shape = |code| &borders.shapes.iter().find(|(i, _)| *i == id(code)).unwrap().1;
        let own = &shape("LSO")[0].0[0];
        let turned = Ring(own.0.iter().rev().map(|r| ArcRef { arc: r.arc, reversed: !r.reversed }).collect());
        let holes: Vec<&Ring> = shape("ZAF").iter().flat_map(|p| &p.0[1..]).collect();
        assert!(holes.contains(&&turned), "{detail:?}");
    }
}

#[test]
fn antarctica_encloses_the_pole_and_nothing_has_a_seam() {
    for detail in DETAILS {
        let borders = atlas().borders(Level::Country, detail, 0.0);
        let winding = |ring: &Ring| -> f64 {
            let points: Vec<LonLat> = borders.topology.ring(ring).collect();
            let next = points.iter().cycle().skip(1);
            points.iter().zip(next).map(|(a, b)| (b.lon - a.lon + 540.0).rem_euclid(360.0) - 180.0).sum()
        };
        let around: Vec<(PlaceId, f64)> = borders
            .shapes
            .iter()
            .flat_map(|(id, polygons)| polygons.iter().map(|p| (*id, winding(&p.0[0]))))
            .filter(|(_, w)| w.abs() > 1.0)
            .collect();
        assert_eq!(around.len(), 1, "{detail:?}");
        // Westwards: the pole lies to the left.
        assert!(around[0].0 == id("ATA") && around[0].1 < 0.0);
        for arc in 0..borders.topology.arcs.len() {
            let seam = |w: &[LonLat]| w[0].lon.abs() == 180.0 && w[1].lon.abs() == 180.0;
            assert!(!borders.topology.arc(arc as u32).windows(2).any(seam), "{detail:?}");
        }
        assert!(borders.topology.vertices.iter().all(|v| v.lat.abs() < 86.0));
        let russia = &borders.shapes.iter().find(|(i, _)| *i == id("RUS")).unwrap().1;
        let crosses = |ring: &Ring| {
            let lons: Vec<f64> = borders.topology.ring(ring).map(|v| v.lon).collect();
            lons.iter().any(|l| *l < -170.0) && lons.iter().any(|l| *l > 60.0)
        };
        assert_eq!(russia.iter().filter(|p| crosses(&p.0[0])).count(), 2, "mainland and Wrangel: {detail:?}");
    }
}

#[test]
fn rings_are_wound_with_their_interior_to_the_left_at_every_tolerance() {
    for (level, detail) in [
        (Level::Country, Detail::Coarse),
        (Level::Country, Detail::Medium),
        (Level::Country, Detail::Fine),
        (Level::UsState, Detail::Fine),
    ] {
        for tolerance in [0.0, 0.03, 0.3, 2.0, 20.0] {
            let borders = atlas().borders(level, detail, tolerance);
            for (place, polygon) in borders.shapes.iter().flat_map(|(id, p)| p.iter().map(move |p| (id, p))) {
                for (k, ring) in polygon.0.iter().enumerate() {
                    let area = spherical_area(&borders.topology, ring);
                    let right = if k == 0 { area > 0.0 } else { area < 0.0 };
                    let code = &*atlas().place(*place).code;
                    assert!(right, "{code} {detail:?} ring {k} at {tolerance}: {area}");
                    assert!(borders.topology.ring(ring).count() >= 3);
                }
            }
        }
    }
}

#[test]
fn rings_close_and_arcs_meet() {
    for detail in DETAILS {
        for tolerance in [0.0, 0.1, 5.0] {
            let borders = atlas().borders(Level::Country, detail, tolerance);
            let end = |r: &ArcRef, last: bool| {
                let arc = borders.topology.arc(r.arc);
                if last != r.reversed { arc[arc.len() - 1] } else { arc[0] }
            };
            for ring in borders.shapes.iter().flat_map(|(_, p)| p).flat_map(|p| &p.0) {
                let next = ring.0.iter().skip(1).chain(ring.0.first());
                assert!(ring.0.iter().zip(next).all(|(a, b)| end(a, true) == end(b, false)));
            }
        }
    }
}

/// Great-circle distance in degrees from a point to the chord between two others.
fn off_chord(p: LonLat, a: LonLat, b: LonLat) -> f64 {
    let cross = |a: [f64; 3], b: [f64; 3]| {
        [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
    };
    let dot = |a: [f64; 3], b: [f64; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    let (u, v, w) = (a.to_unit(), b.to_unit(), p.to_unit());
    let normal = cross(u, v);
    let length = dot(normal, normal).sqrt();
    let over = length > 1e-12 && dot(cross(normal, u), w) > 0.0 && dot(cross(v, normal), w) > 0.0;
    if over {
        libm::asin(dot(normal, w) / length).abs().to_degrees()
    } else {
        p.distance(a).min(p.distance(b)).to_degrees()
    }
}

#[test]
fn thinning_keeps_within_its_tolerance() {
    for (level, detail) in
        [(Level::Country, Detail::Coarse), (Level::Country, Detail::Medium), (Level::UsState, Detail::Fine)]
    {
        let full = atlas().borders(level, detail, 0.0);
        let mut before = full.topology.vertices.len();
        for tolerance in [0.003, 0.02, 0.1, 0.7, 4.0] {
            let thin = atlas().borders(level, detail, tolerance);
            assert!(thin.topology.vertices.len() < before, "a wider tolerance leaves out more");
            before = thin.topology.vertices.len();
            for arc in 0..full.topology.arcs.len() as u32 {
                let (line, kept) = (full.topology.arc(arc), thin.topology.arc(arc));
                assert_eq!((line[0], line[line.len() - 1]), (kept[0], kept[kept.len() - 1]));
                let mut chord = 0;
                for v in &line[1..line.len() - 1] {
                    if *v == kept[chord + 1] && chord + 2 < kept.len() {
                        chord += 1;
                        continue;
                    }
                    let gap = off_chord(*v, kept[chord], kept[chord + 1]);
                    assert!(gap <= tolerance * (1.0 + 1e-6) + 1e-9, "{gap} > {tolerance}");
                }
            }
        }
    }
}

#[test]
fn areas_agree_with_the_geodesic_ones() {
    use geo::GeodesicArea;
    let borders = atlas().borders(Level::Country, Detail::Fine, 0.0);
    let mut checked = 0;
    for (place, polygons) in &borders.shapes {
        let place = atlas().place(*place);
        if place.code == "ATA" || place.area_km2 > 2e6 || place.area_km2 < 1000.0 {
            continue;
        }
        let line = |ring: &Ring| {
            geo::LineString::from(borders.topology.ring(ring).map(|v| (v.lon, v.lat)).collect::<Vec<_>>())
        };
        let polygon = |p: &Polygon| geo::Polygon::new(line(&p.0[0]), p.0[1..].iter().map(line).collect());
        let area: f64 = polygons.iter().map(|p| polygon(p).geodesic_area_unsigned() / 1e6).sum();
        assert!((area / place.area_km2 - 1.0).abs() < 0.001, "{}: {area} {}", place.code, place.area_km2);
        checked += 1;
    }
    assert!(checked > 150);
    for (code, published, percent) in
        [("BRA", 8_515_767.0, 1.0), ("ARG", 2_780_400.0, 1.0), ("MLT", 316.0, 4.0)]
    {
        let area = atlas().place(id(code)).area_km2;
        assert!((area / published - 1.0).abs() * 100.0 < percent, "{code}: {area}");
    }
}

#[test]
fn label_points_lie_inside_the_place() {
    let borders = atlas().borders(Level::Country, Detail::Fine, 0.0);
    for (place, polygons) in &borders.shapes {
        let place = atlas().place(*place);
        if place.code == "ATA" {
            continue;
        }
        let inside = |ring: &Ring| {
            let points: Vec<LonLat> = borders.topology.ring(ring).collect();
            let lon = |v: LonLat| (v.lon - place.label.lon + 540.0).rem_euclid(360.0) - 180.0;
            let next = points.iter().cycle().skip(1);
            let crossed = points.iter().zip(next).filter(|(a, b)| {
                let (s, t) = (lon(**a), lon(**b));
                (a.lat > place.label.lat) != (b.lat > place.label.lat)
                    && (s - t).abs() < 180.0
                    && s + (place.label.lat - a.lat) / (b.lat - a.lat) * (t - s) > 0.0
            });
            crossed.count() % 2 == 1
        };
        let within = polygons.iter().any(|p| inside(&p.0[0]) && !p.0[1..].iter().any(inside));
        assert!(within, "{}", place.code);
    }
}

#[test]
fn disputed_borders_are_told_apart() {
    for detail in DETAILS {
        let borders = atlas().borders(Level::Country, detail, 0.0);
        let mut owners: HashMap<u32, Vec<&str>> = HashMap::new();
        for (place, polygons) in &borders.shapes {
            for r in polygons.iter().flat_map(|p| &p.0).flat_map(|ring| &ring.0) {
                owners.entry(r.arc).or_default().push(&*atlas().place(*place).code);
            }
        }
        let kinds = |a: &str, b: &str| -> HashSet<LineKind> {
            let both = owners.iter().filter(|(_, o)| o.contains(&a) && o.contains(&b));
            both.map(|(arc, _)| borders.kinds[*arc as usize]).collect()
        };
        for (a, b) in
            [("SRB", "XKX"), ("MAR", "ESH"), ("SOM", "XSO"), ("PRK", "KOR"), ("ISR", "PSE"), ("VEN", "GUY")]
        {
            assert_eq!(kinds(a, b), HashSet::from([LineKind::Disputed]), "{a} {b} {detail:?}");
        }
        for (a, b) in [("BOL", "CHL"), ("VEN", "COL"), ("MAR", "DZA"), ("USA", "CAN"), ("FRA", "ESP")] {
            assert_eq!(kinds(a, b), HashSet::from([LineKind::Border]), "{a} {b} {detail:?}");
        }
        for (a, b) in [("CHN", "IND"), ("RUS", "UKR"), ("IND", "PAK")] {
            assert_eq!(
                kinds(a, b),
                HashSet::from([LineKind::Border, LineKind::Disputed]),
                "{a} {b} {detail:?}"
            );
        }
    }
}

#[test]
fn the_49th_parallel_is_no_great_circle() {
    let borders = atlas().borders(Level::Country, Detail::Coarse, 0.02);
    let on_parallel = borders
        .topology
        .vertices
        .iter()
        .filter(|v| (v.lat - 49.0).abs() < 0.01 && (-123.0..-95.0).contains(&v.lon));
    assert!(on_parallel.count() >= 6);
}

#[test]
fn lakes_are_large_and_whole() {
    let (topology, polygons) = atlas().lakes(Detail::Coarse, 0.0.into(), &|_, _| true);
    assert_eq!(polygons.len(), 25);
    for detail in DETAILS {
        let (topology, polygons) = atlas().lakes(detail, 0.05.into(), &|_, _| true);
        assert!(polygons.iter().all(|p| spherical_area(&topology, &p.0[0]) > 0.0), "{detail:?}");
    }
    let superior = polygons.iter().any(|p| {
        let lons: Vec<f64> = topology.ring(&p.0[0]).map(|v| v.lon).collect();
        lons.iter().all(|l| (-93.0..-84.0).contains(l)) && lons.len() > 10
    });
    assert!(superior);
}

#[test]
fn what_is_said_of_an_arc_before_its_vertices_are_read_holds_of_them() {
    for detail in [Detail::Coarse, Detail::Medium, Detail::Fine] {
        let sketch = Sketch::new(unpack::borders_of(Level::Country, detail).unwrap());
        let borders = atlas().borders(Level::Country, detail, 0.0);
        assert_eq!(sketch.reaches.len(), borders.topology.arcs.len());
        for (arc, reach) in (0..).zip(&sketch.reaches) {
            let vertices = borders.topology.arc(arc);
            let mut lon = vertices[0].lon;
            for pair in vertices.windows(2) {
                let step = (pair[1].lon - pair[0].lon + 540.0).rem_euclid(360.0) - 180.0;
                lon += step;
                let within = (reach.west - 1e-9..=reach.east + 1e-9).contains(&lon)
                    && (reach.south - 1e-9..=reach.north + 1e-9).contains(&pair[1].lat);
                assert!(
                    within && step.abs() <= reach.step + 1e-9,
                    "arc {arc}: {reach:?} without {:?}",
                    pair[1]
                );
            }
            assert!((lon - vertices[0].lon - reach.turn).abs() < 0.02, "arc {arc}");
        }
    }
}

#[test]
fn arcs_that_are_not_wanted_have_no_vertices_and_the_others_all() {
    let atlas = atlas();
    let peru = atlas.by_code("PER").unwrap();
    let whole = atlas.borders(Level::Country, Detail::Medium, 0.01);
    let part = atlas.borders_where(Level::Country, Detail::Medium, 0.01.into(), &|places| {
        let own = places.shapes.iter().filter(|(id, _)| *id == peru);
        places.arcs_of(own.flat_map(|(_, polygons)| polygons))
    });
    assert_eq!(part.shapes, whole.shapes);
    let own = &whole.shapes[whole.shapes.binary_search_by_key(&peru, |(id, _)| *id).unwrap()].1;
    let used: BTreeSet<u32> = own.iter().flat_map(|p| &p.0).flat_map(|r| &r.0).map(|one| one.arc).collect();
    for arc in 0..whole.topology.arcs.len() as u32 {
        let expected = if used.contains(&arc) { whole.topology.arc(arc) } else { &[] };
        assert_eq!(part.topology.arc(arc), expected, "arc {arc}");
    }
}
