//! Outlines where clipping is hard: poles, the antimeridian, horizons, holes, everything but.

use std::f64::consts::PI;

use kurbo::{Point, Rect, Shape, Vec2};
use smallvec::smallvec;

use super::{World, all_but, area, cap, cap_area, large, points, projector, ring};
use crate::geometry::{ArcRef, LonLat, Polygon, Ring};
use crate::projection::{Fit, NAMES};

const EQUAL_AREA: [&str; 6] = [
    "lambert-azimuthal-equal-area",
    "albers",
    "equal-earth",
    "mollweide",
    "hammer",
    "cylindrical-equal-area",
];

const ASPECTS: [(f64, f64, f64); 5] =
    [(0.0, 0.0, 0.0), (150.0, 0.0, 0.0), (-70.0, 40.0, 25.0), (10.0, 90.0, 0.0), (180.0, -35.0, -110.0)];

/// Expects the drawn area to be the sphere's, to a thousandth.
fn assert_area(drawn: f64, sphere: f64, what: &str) {
    assert!((drawn - sphere).abs() < 1e-3 * sphere + 1e-4, "{what}: drawn {drawn}, sphere {sphere}");
}

#[test]
fn caps_keep_their_area() {
    let caps = [
        (0.0, 0.0, 20.0),
        (179.0, 10.0, 25.0),
        (30.0, 90.0, 15.0),
        (30.0, -88.0, 30.0),
        (-120.0, 50.0, 80.0),
    ];
    for name in EQUAL_AREA {
        for (lon, lat, roll) in ASPECTS {
            let projector = projector(name, lon, lat, roll);
            for (x, y, radius) in caps {
                let mut world = World::default();
                let inside = [world.polygon(&[cap(x, y, radius)])];
                let outside = [world.polygon(&[all_but(x, y, radius)])];
                let (fit, frame) = large();
                let map = projector.project(&world.topology, &[&inside, &outside], fit, frame);
                let what = format!("{name} {lon} {lat} {roll}, cap {x} {y} {radius}");
                assert_area(area(&map.areas[0], fit), cap_area(radius), &what);
                assert_area(area(&map.areas[1], fit), 4.0 * PI - cap_area(radius), &what);
            }
        }
    }
}

#[test]
fn a_hole_stays_a_hole() {
    for name in EQUAL_AREA {
        for (lon, lat, roll) in ASPECTS {
            let mut world = World::default();
            let ring = [world.polygon(&[cap(25.0, -28.0, 20.0), all_but(28.0, -29.0, 4.0)])];
            let (fit, frame) = large();
            let map = projector(name, lon, lat, roll).project(&world.topology, &[&ring], fit, frame);
            let expected = cap_area(20.0) - cap_area(4.0);
            assert_area(area(&map.areas[0], fit), expected, &format!("{name} {lon} {lat} {roll}"));
        }
    }
}

#[test]
fn the_globe_seen_from_afar_shows_the_near_half() {
    let (fit, frame) = large();
    let projector = projector("orthographic", 0.0, 0.0, 0.0);
    let mut world = World::default();
    let near = [world.polygon(&[cap(0.0, 0.0, 30.0)])];
    let far = [world.polygon(&[cap(180.0, 0.0, 30.0)])];
    let all_but_near = [world.polygon(&[all_but(0.0, 0.0, 30.0)])];
    let all_but_far = [world.polygon(&[all_but(180.0, 0.0, 30.0)])];
    let beyond = [world.polygon(&[cap(0.0, 0.0, 120.0)])];
    let shapes: [&[Polygon]; 5] = [&near, &far, &all_but_near, &all_but_far, &beyond];
    let map = projector.project(&world.topology, &shapes, fit, frame);
    let drawn = map.areas.iter().map(|a| area(a, fit));
    let quarter = PI * 0.25;
    for (k, (drawn, expected)) in drawn.zip([quarter, 0.0, PI - quarter, PI, PI]).enumerate() {
        assert_area(drawn, expected, &format!("shape {k}"));
    }
    assert!(map.lines[1].is_empty() && map.lines[3].is_empty());
}

#[test]
fn a_pole_is_covered_by_the_land_around_it() {
    // Antarctica, roughly: westward, the pole to the left.
    let coast: Vec<LonLat> = (0..72).map(|k| LonLat::new(180.0 - 5.0 * f64::from(k), -70.0)).collect();
    let mut world = World::default();
    let land = [world.polygon(&[coast])];
    let (fit, frame) = large();
    for center in [0.0, 150.0, -97.3] {
        let projector = projector("equirectangular", center, 0.0, 0.0);
        let map = projector.project(&world.topology, &[&land], fit, frame);
        let expected = 2.0 * PI * 20f64.to_radians();
        assert!((area(&map.areas[0], fit) / expected - 1.0).abs() < 2e-3);
        // The coast alone is drawn, not the cut and not the pole.
        assert!(points(&map.lines[0]).all(|p| p.y < 75f64.to_radians() * fit.scale));
    }
}

#[test]
fn a_box_across_the_antimeridian_comes_in_two_and_draws_no_streak() {
    let mut world = World::default();
    let fiji = [world.polygon(&[ring(&[(177.0, -19.0), (-178.0, -19.0), (-178.0, -15.0), (177.0, -15.0)])])];
    let (fit, frame) = large();
    let split = projector("equal-earth", 0.0, 0.0, 0.0).project(&world.topology, &[&fiji], fit, frame);
    let whole = projector("equal-earth", 180.0, 0.0, 0.0).project(&world.topology, &[&fiji], fit, frame);
    assert_eq!(split.areas[0].subpaths().count(), 2);
    assert_eq!(whole.areas[0].subpaths().count(), 1);
    assert_area(area(&split.areas[0], fit), area(&whole.areas[0], fit), "split and whole");
    let segments = split.lines[0].segments();
    let longest = segments.map(|s| s.bounding_box().width()).fold(0.0, f64::max);
    assert!(longest < 30.0, "a segment {longest} px wide");
}

#[test]
fn vertices_on_the_cut_itself_make_no_flood() {
    let mut world = World::default();
    // Touches ±180 with both signs, as cut data does, with a spike along the cut.
    let east = [world.polygon(&[ring(&[
        (170.0, 60.0),
        (180.0, 60.0),
        (-180.0, 65.0),
        (180.0, 70.0),
        (170.0, 70.0),
    ])])];
    let west = [world.polygon(&[ring(&[
        (-180.0, 60.0),
        (-170.0, 60.0),
        (-170.0, 70.0),
        (180.0, 70.0),
        (-180.0, 66.0),
    ])])];
    let (fit, frame) = large();
    for center in [0.0, 180.0, -180.0, 90.0] {
        for name in EQUAL_AREA {
            let map = projector(name, center, 0.0, 0.0).project(&world.topology, &[&east, &west], fit, frame);
            for path in &map.areas {
                let drawn = area(path, fit);
                assert!(drawn > 0.005 && drawn < 0.02, "{name} {center}: {drawn}");
            }
        }
    }
}

#[test]
fn touching_the_cut_makes_no_flood() {
    // The same land with vertices on the cut, once as +180 and once as -180, at one place or more.
    let teeth = |sign: f64, east: bool| {
        let back = |lon: f64| if east { lon } else { -lon };
        let shore = [
            (60.0, back(170.0)),
            (61.0, sign * 180.0),
            (64.0, back(175.0)),
            (67.0, sign * 180.0),
            (70.0, back(170.0)),
        ];
        let mut pairs: Vec<(f64, f64)> = shore.map(|(lat, lon)| (lon, lat)).into();
        pairs.extend([(back(160.0), 70.0), (back(160.0), 60.0)]);
        if !east {
            pairs.reverse();
        }
        ring(&pairs)
    };
    for name in NAMES.iter().filter(|n| **n != "bertin-1953") {
        let (fit, frame) = large();
        let projector = projector(name, 0.0, 0.0, 0.0);
        if projector.forward(LonLat::new(170.0, 65.0)).is_none() {
            continue;
        }
        let whole = area(&projector.sphere(fit, frame), fit);
        for (sign, east) in [(1.0, true), (-1.0, true), (1.0, false), (-1.0, false)] {
            let mut world = World::default();
            let vertices = teeth(sign, east);
            let land = [world.polygon(std::slice::from_ref(&vertices))];
            let reversed: Vec<LonLat> = vertices.into_iter().rev().collect();
            let rest = [world.polygon(&[reversed])];
            let map = projector.project(&world.topology, &[&land, &rest], fit, frame);
            let (land, rest) = (area(&map.areas[0], fit), area(&map.areas[1], fit));
            assert!(land > 0.0 && land < 0.15 * whole, "{name} {sign} {east}: {land} of {whole}");
            assert!((land + rest - whole).abs() < 1e-3 * whole, "{name} {sign} {east}: {rest} of {whole}");
        }
    }
}

#[test]
fn touching_the_frame_makes_no_flood() {
    let plane = projector("equirectangular", 0.0, 0.0, 0.0);
    let fit = Fit { scale: 100.0, offset: Vec2::ZERO };
    let degree = 100.0f64.to_radians();
    let frame = Rect::new(-10.0 * degree, -10.0 * degree, 10.0 * degree, 10.0 * degree);
    // A diamond whose corners lie on the frame or a hair beyond, and one that touches it from outside.
    for reach in [10.0 - 1e-13, 10.0, 10.0 + 1e-15, 10.0 + 1e-13, 10.0 + 1e-11] {
        let mut world = World::default();
        let inside = [world.polygon(&[ring(&[(reach, 0.0), (0.0, reach), (-reach, 0.0), (0.0, -reach)])])];
        let aside =
            [world.polygon(&[ring(&[(reach, 5.0), (20.0, -9.0), (20.0, 9.0), (reach, 6.0), (15.0, 5.5)])])];
        let map = plane.project(&world.topology, &[&inside, &aside], fit, frame);
        assert!(
            (area(&map.areas[0], fit) / (200f64.to_radians().to_radians()) - 1.0).abs() < 1e-2,
            "{reach}"
        );
        assert!(area(&map.areas[1], fit) < 1e-6, "{reach}");
    }
}

#[test]
fn an_island_turned_inside_out_floods_nothing() {
    let (fit, _) = large();
    // Less than 16 px², clockwise, on the cut, on the frame, and at the antipode of an azimuthal map.
    let cases = [
        ("equal-earth", 180.0, 20.0),
        ("equal-earth", 0.0, 20.0),
        ("lambert-azimuthal-equal-area", 179.9, 0.1),
    ];
    for (name, lon, lat) in cases {
        let mut world = World::default();
        let island = [world.polygon(&[all_but(lon, lat, 0.15)])];
        let projector = projector(name, 0.0, 0.0, 0.0);
        for frame in [Rect::new(-4e3, -4e3, 4e3, 4e3), Rect::new(0.0, -400.0, 400.0, 400.0)] {
            let map = projector.project(&world.topology, &[&island], fit, frame);
            assert!(area(&map.areas[0], fit) < 2e-3, "{name} {lon} {frame:?}: {}", area(&map.areas[0], fit));
        }
    }
}

#[test]
fn what_the_frame_shows_does_not_depend_on_what_lies_outside_it() {
    // Land all over the globe; the frame's cap decides which of it is projected at all.
    let mut world = World::default();
    let land: Vec<[Polygon; 1]> = (0..200)
        .map(|k| {
            let k = f64::from(k);
            let (lon, lat) = ((k * 137.508) % 360.0 - 180.0, libm::asin(k / 100.0 - 0.995).to_degrees());
            [world.polygon(&[cap(lon, lat, 4.0)])]
        })
        .collect();
    let shapes: Vec<&[Polygon]> = land.iter().map(|l| l.as_slice()).collect();
    let fit = Fit { scale: 900.0, offset: Vec2::ZERO };
    let frame = Rect::new(-210.0, -130.0, 190.0, 170.0);
    for name in NAMES {
        let projector = projector(name, 33.0, 51.0, 20.0);
        let near = projector.project(&world.topology, &shapes, fit, frame);
        // The whole map is not cropped, and nothing is left out.
        let all = projector.project(&world.topology, &shapes, fit, Rect::new(-1e5, -1e5, 1e5, 1e5));
        for (near, all) in near.areas.iter().zip(&all.areas) {
            let inside = |p: &Point| frame.contains(*p);
            let seen = points(all).filter(inside).count();
            assert!(points(near).filter(inside).count() >= seen, "{name}");
        }
    }
}

#[test]
fn neighbours_share_their_border_bit_for_bit() {
    let mut world = World::default();
    let border = world.arc(&ring(&[(10.0, 40.0), (12.0, 47.0), (9.0, 52.0), (11.0, 60.0)]));
    let west = world.arc(&ring(&[(11.0, 60.0), (-40.0, 50.0), (10.0, 40.0)]));
    let east = world.arc(&ring(&[(10.0, 40.0), (60.0, 50.0), (11.0, 60.0)]));
    let forward = |arc| ArcRef { arc, reversed: false };
    let left = [Polygon(smallvec![Ring(smallvec![forward(border), forward(west)])])];
    let right = [Polygon(smallvec![Ring(smallvec![forward(east), ArcRef { arc: border, reversed: true }])])];
    let fit = Fit { scale: 900.0, offset: Vec2::new(100.3, 800.7) };
    // The frame cuts the border.
    let frame = Rect::new(50.0, -90.0, 400.0, 130.0);
    for name in NAMES {
        let map = projector(name, 5.0, 0.0, 0.0).project(&world.topology, &[&left, &right], fit, frame);
        let (a, b): (Vec<Point>, Vec<Point>) =
            (points(&map.areas[0]).collect(), points(&map.areas[1]).collect());
        let line: Vec<Point> = points(&map.lines[border as usize]).collect();
        for p in line {
            assert!(a.contains(&p) && b.contains(&p), "{name}: {p:?}");
        }
    }
}

#[test]
fn a_frame_inside_a_country_is_filled_and_has_no_line() {
    let mut world = World::default();
    let land = [world.polygon(&[cap(20.0, 10.0, 30.0), all_but(20.0, 10.0, 0.5)])];
    let projector = projector("lambert-azimuthal-equal-area", 20.0, 10.0, 0.0);
    let fit = Fit { scale: 2000.0, offset: Vec2::ZERO };
    let frame = Rect::new(-200.0, -100.0, 200.0, 100.0);
    let map = projector.project(&world.topology, &[&land], fit, frame);
    let hole = PI * (2000.0 * 0.5f64.to_radians()).powi(2);
    assert!((map.areas[0].area().abs() - (frame.area() - hole)).abs() < 1.0);
    assert!(map.lines[0].is_empty() && !map.lines[1].is_empty());
    let aside = Rect::new(100.0, 50.0, 200.0, 100.0);
    let map = projector.project(&world.topology, &[&land], fit, aside);
    assert!((map.areas[0].area().abs() - aside.area()).abs() < 1e-6);
}

#[test]
fn the_sphere_is_the_outline_of_the_whole_map() {
    let (fit, frame) = large();
    let whole = [("lambert-azimuthal-equal-area", 4.0 * PI), ("orthographic", PI), ("equal-earth", 4.0 * PI)];
    for (name, expected) in
        whole.into_iter().chain([("mercator", 4.0 * PI * PI), ("equirectangular", 2.0 * PI * PI)])
    {
        let sphere = projector(name, 33.0, 0.0, 0.0).sphere(fit, frame);
        assert_area(area(&sphere, fit), expected, name);
    }
}

#[test]
fn the_edge_shows_when_the_frame_is_larger_than_the_globe() {
    let projector = projector("orthographic", 0.0, 0.0, 0.0);
    let fit = Fit { scale: 100.0, offset: Vec2::ZERO };
    assert!(projector.shows_edge(fit, Rect::new(-120.0, -60.0, 120.0, 60.0)));
    assert!(!projector.shows_edge(fit, Rect::new(-60.0, -60.0, 60.0, 60.0)));
    assert!(projector.shows_edge(fit, Rect::new(200.0, 200.0, 300.0, 300.0)));
    let whole = super::projector("equirectangular", 0.0, 0.0, 0.0);
    let exact = Rect::new(-100.0 * PI, -50.0 * PI, 100.0 * PI, 50.0 * PI);
    assert!(!whole.shows_edge(fit, exact));
}

#[test]
fn a_world_that_fills_its_frame_exactly_is_neither_lost_nor_flooded() {
    let mut world = World::default();
    let south: Vec<LonLat> = (0..36).map(|k| LonLat::new(180.0 - 10.0 * f64::from(k), -60.0)).collect();
    let land = [world.polygon(&[south])];
    let ocean = [world.polygon(&[all_but(20.0, 20.0, 10.0)])];
    let projector = projector("equirectangular", 0.0, 0.0, 0.0);
    for width in [613.7, 1000.0, 2400.0] {
        let frame = Rect::new(11.3, 7.7, 11.3 + width, 7.7 + width / 2.0);
        let fit = Fit::contain(projector.extent_of_sphere().unwrap(), frame);
        let map = projector.project(&world.topology, &[&land, &ocean], fit, frame);
        let share = |k: usize| map.areas[k].area().abs() / frame.area();
        assert!((share(0) - 1.0 / 6.0).abs() < 2e-3, "{width}: {}", share(0));
        assert!(share(1) > 0.98 && share(1) < 1.0, "{width}: {}", share(1));
    }
}

#[test]
fn odd_input_is_harmless() {
    let mut world = World::default();
    let point = [world.polygon(&[ring(&[(5.0, 5.0)])])];
    let missing =
        [Polygon(smallvec![Ring(smallvec![ArcRef { arc: 999, reversed: true }]), Ring(smallvec![])])];
    let spike = [world.polygon(&[ring(&[(0.0, 0.0), (10.0, 0.0)])])];
    let antipodes = [world.polygon(&[ring(&[(0.0, 0.0), (180.0, 0.0), (90.0, 45.0)])])];
    let none: [Polygon; 0] = [];
    let shapes: [&[Polygon]; 5] = [&point, &missing, &spike, &antipodes, &none];
    let (fit, frame) = large();
    for name in NAMES {
        let projector = projector(name, 12.0, 0.0, 0.0);
        let map = projector.project(&world.topology, &shapes, fit, frame);
        assert_eq!(map.areas.len(), 5);
        assert!(map.areas[0].is_empty() && map.areas[1].is_empty() && map.areas[4].is_empty());
        for bad in [Rect::ZERO, Rect::new(0.0, 0.0, f64::NAN, 5.0), Rect::new(9.0, 9.0, 1.0, 1.0)] {
            let map = projector.project(&world.topology, &shapes, fit, bad);
            assert!(map.areas.iter().all(|a| a.is_empty()));
            assert!(projector.sphere(fit, bad).is_empty());
        }
        assert!(projector.graticule(0.0, fit, frame).is_empty());
        assert!(projector.line(&[], fit, frame).is_empty());
    }
}
