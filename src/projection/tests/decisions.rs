//! Extents, subjects, choices, and the errors of wrong options.

use std::f64::consts::{FRAC_PI_2, PI};

use kurbo::Rect;

use super::{World, cap, projector, ring};
use crate::geometry::{LonLat, Polygon};
use crate::projection::{NAMES, ProjectionOptions, Projector, Subject, choose, subject};

fn assert_near(a: Rect, b: Rect) {
    let off = (a.x0 - b.x0).abs().max((a.y0 - b.y0).abs()).max((a.x1 - b.x1).abs()).max((a.y1 - b.y1).abs());
    assert!(off < 2e-4, "{a:?}, expected {b:?}");
}

#[test]
fn extents_of_boxes() {
    let plane = projector("equirectangular", 0.0, 0.0, 0.0);
    let r = f64::to_radians;
    assert_near(
        plane.extent_of_box(-10.0, 30.0, 40.0, 60.0).unwrap(),
        Rect::new(r(-10.0), r(-60.0), r(40.0), r(-30.0)),
    );
    let across = projector("equirectangular", 180.0, 0.0, 0.0);
    assert_near(
        across.extent_of_box(170.0, -20.0, -160.0, 20.0).unwrap(),
        Rect::new(r(-10.0), r(-20.0), r(20.0), r(20.0)),
    );
    assert_near(
        plane.extent_of_box(-180.0, -90.0, 180.0, 90.0).unwrap(),
        Rect::new(-PI, -FRAC_PI_2, PI, FRAC_PI_2),
    );
    assert_near(
        plane.extent_of_box(-180.0, 60.0, 180.0, 90.0).unwrap(),
        Rect::new(-PI, -FRAC_PI_2, PI, r(-60.0)),
    );
    // The pole in the middle of an azimuthal map, and the horizon.
    let polar = projector("orthographic", 0.0, 90.0, 0.0);
    assert_near(polar.extent_of_box(-180.0, 60.0, 180.0, 90.0).unwrap(), Rect::new(-0.5, -0.5, 0.5, 0.5));
    assert_near(polar.extent_of_box(-180.0, -30.0, 180.0, 90.0).unwrap(), Rect::new(-1.0, -1.0, 1.0, 1.0));
    assert!(polar.extent_of_box(-180.0, -80.0, 180.0, -30.0).is_none());
    for bad in [(0.0, 10.0, 10.0, 5.0), (5.0, 0.0, 5.0, 9.0), (f64::NAN, 0.0, 1.0, 1.0)] {
        assert!(plane.extent_of_box(bad.0, bad.1, bad.2, bad.3).is_none());
    }
}

#[test]
fn extents_are_finite_and_follow_curved_edges() {
    for name in NAMES {
        let all = projector(name, 20.0, 0.0, 0.0).extent_of_sphere().unwrap();
        assert!(all.is_finite() && all.width() < 20.0 && all.height() < 20.0, "{name}: {all:?}");
    }
    // A triangle's northern edge bulges over its corners.
    let mut world = World::default();
    let land = [world.polygon(&[ring(&[(0.0, 10.0), (60.0, 50.0), (-60.0, 50.0)])])];
    let extent = projector("equirectangular", 0.0, 0.0, 0.0).extent(&world.topology, &[&land]).unwrap();
    let top = libm::atan(libm::tan(50f64.to_radians()) / libm::cos(60f64.to_radians()));
    assert!((-extent.y0 - top).abs() < 3e-4, "{extent:?} {top}");
}

/// The subject of one outline.
fn subject_of(rings: &[Vec<LonLat>]) -> Subject {
    let mut world = World::default();
    let shape: Vec<Polygon> = rings.iter().map(|r| world.polygon(std::slice::from_ref(r))).collect();
    subject(&world.topology, &[&shape]).unwrap()
}

#[test]
fn the_subject_is_the_smallest_cap() {
    for (lon, lat, radius) in
        [(0.0, 0.0, 10.0), (178.0, -15.0, 20.0), (30.0, 88.0, 15.0), (-100.0, 45.0, 70.0)]
    {
        let found = subject_of(&[cap(lon, lat, radius)]);
        assert!(found.center.distance(LonLat::new(lon, lat)) < 1e-5, "{found:?}");
        assert!((found.radius - radius.to_radians()).abs() < 1e-5, "{found:?}");
    }
    let fiji = subject_of(&[ring(&[(177.0, -19.0), (-178.0, -19.0), (-178.0, -15.0), (177.0, -15.0)])]);
    assert!((fiji.width - 5.0).abs() <= 1.0 && (fiji.south, fiji.north) == (-19.0, -15.0), "{fiji:?}");
    let arctic = subject_of(&[cap(0.0, 90.0, 20.0)]);
    assert!(arctic.north == 90.0 && arctic.width == 360.0, "{arctic:?}");
    let pair = subject_of(&[cap(-8.0, 39.0, 2.0), cap(126.0, -9.0, 1.0)]);
    assert!(pair.radius.to_degrees() > 65.0 && pair.radius.to_degrees() < 80.0, "{pair:?}");
    let world: Vec<_> = [-150.0, -60.0, 10.0, 60.0, 120.0].map(|lon| cap(lon, 20.0, 15.0)).into();
    let world = subject_of(&world);
    assert!((world.radius.to_degrees() - 85.0).abs() < 0.1, "{world:?}");
    // Countries all around the north are no polar map.
    assert_eq!(choose(&world).name, "equal-earth");
}

#[test]
fn the_choice_is_that_of_projection_wizard() {
    let boxed = |w: f64, s: f64, e: f64, n: f64| {
        choose(&subject_of(&[ring(&[
            (w, s),
            ((w + e) / 2.0, s),
            (e, s),
            (e, n),
            ((w + e) / 2.0, n),
            (w, n),
        ])]))
    };
    let name = |o: &ProjectionOptions| o.name.clone();
    let states = boxed(-125.0, 25.0, -67.0, 49.0);
    assert_eq!(name(&states), "albers");
    let (south, north) = states.parallels.unwrap();
    assert!((south - 29.0).abs() < 0.2 && (north - 45.0).abs() < 0.2, "{states:?}");
    assert_eq!(name(&boxed(-82.0, -56.0, -34.0, 13.0)), "lambert-azimuthal-equal-area");
    assert_eq!(name(&boxed(95.0, -11.0, 141.0, 6.0)), "cylindrical-equal-area");
    let australia = boxed(113.0, -44.0, 154.0, -20.0);
    assert_eq!(name(&australia), "albers");
    assert!(australia.parallels.is_some_and(|(s, n)| s < n && n < 0.0));
    assert_eq!(name(&boxed(6.0, 46.0, 10.0, 48.0)), "lambert-azimuthal-equal-area");
    let arctic = choose(&subject_of(&[cap(0.0, 90.0, 30.0)]));
    assert_eq!((arctic.name.as_str(), arctic.center.lat), ("lambert-azimuthal-equal-area", 90.0));
    let everywhere: Vec<_> = (0..12).map(|k| cap(f64::from(k) * 30.0 - 180.0, 10.0, 30.0)).collect();
    let world = choose(&subject_of(&everywhere));
    assert_eq!((world.name.as_str(), world.center), ("equal-earth", LonLat::new(0.0, 0.0)));
    // Every choice can be made.
    for options in [states, australia, arctic, world] {
        assert!(Projector::new(&options).is_ok());
    }
}

#[test]
fn southern_cones_stand_upright() {
    let options = ProjectionOptions {
        name: "albers".into(),
        center: LonLat::new(135.0, -28.0),
        roll: 0.0,
        parallels: Some((-18.0, -36.0)),
        ..ProjectionOptions::default()
    };
    let projector = Projector::new(&options).unwrap();
    let at = |lon, lat| projector.forward(LonLat::new(lon, lat)).unwrap();
    assert!(at(135.0, -12.0).y < 0.0 && at(135.0, -43.0).y > 0.0);
    assert!(at(115.0, -28.0).x < 0.0 && at(150.0, -28.0).x > 0.0);
    // Parallels of the south bend down at their ends, around the pole.
    assert!(at(115.0, -28.0).y > 0.0);
}

#[test]
fn roll_turns_clockwise() {
    for name in NAMES.iter().filter(|n| **n != "bertin-1953") {
        let north = projector(name, 20.0, 30.0, 90.0).forward(LonLat::new(20.0, 31.0)).unwrap();
        assert!(north.x > 0.005 && north.y.abs() < 1e-9, "{name}: {north:?}");
    }
}

#[test]
fn wrong_options_are_told() {
    let fails = |name: &str, lat: f64, parallels| {
        let center = LonLat::new(0.0, lat);
        let options =
            ProjectionOptions { name: name.into(), center, parallels, ..ProjectionOptions::default() };
        Projector::new(&options).err().unwrap_or_else(|| panic!("{options:?}")).to_string()
    };
    assert!(fails("mercater", 0.0, None).contains("did you mean \"mercator\"?"));
    assert!(fails("orthographic", 0.0, Some((10.0, 20.0))).contains("has no standard parallels"));
    assert!(fails("albers", 0.0, Some((10.0, 91.0))).contains("cannot have"));
    assert!(fails("albers", 0.0, Some((f64::NAN, 9.0))).contains("cannot have"));
    assert!(fails("equirectangular", 0.0, Some((90.0, 90.0))).contains("cannot have"));
    assert!(fails("equal-earth", 95.0, None).contains("centred"));
    assert!(fails("equal-earth", f64::NAN, None).contains("centred"));
}
