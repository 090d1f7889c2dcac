//! Properties that hold for every projection, centre, roll, fit and frame.

use kurbo::{Point, Rect, Vec2};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::{World, all_but, area, cap, cap_area, points};
use crate::geometry::LonLat;
use crate::projection::{Fit, NAMES, ProjectionOptions, Projector};

fn options() -> impl Strategy<Value = ProjectionOptions> {
    let name = prop::sample::select(NAMES);
    (name, -180.0..180.0, -90.0..90.0, -180.0..180.0).prop_map(|(name, lon, lat, roll)| {
        let center = LonLat::new(lon, lat);
        ProjectionOptions { name: name.into(), center, roll, ..ProjectionOptions::default() }
    })
}

fn position() -> impl Strategy<Value = LonLat> {
    (-180.0..180.0, -1.0..1.0f64).prop_map(|(lon, z)| LonLat::new(lon, libm::asin(z).to_degrees()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_drawn_outside_the_frame(
        options in options(), at in position(), radius in 1.0..150.0f64,
        x in -500.0..500.0f64, y in -500.0..500.0f64, w in 1.0..700.0f64, h in 1.0..700.0f64,
    ) {
        let projector = Projector::new(&options).unwrap();
        let mut world = World::default();
        let land = [world.polygon(&[cap(at.lon, at.lat, radius)])];
        let sea = [world.polygon(&[all_but(at.lon, at.lat, radius)])];
        let fit = Fit { scale: 250.0, offset: Vec2::ZERO };
        let frame = Rect::new(x, y, x + w, y + h);
        let map = projector.project(&world.topology, &[&land, &sea], fit, frame);
        let sphere = projector.sphere(fit, frame);
        let graticule = projector.graticule(30.0, fit, frame);
        for path in map.areas.iter().chain(&map.lines).chain([&sphere, &graticule]) {
            for p in points(path) {
                prop_assert!(p.x >= frame.x0 && p.x <= frame.x1 && p.y >= frame.y0 && p.y <= frame.y1);
            }
        }
        // Land and sea are the globe, and do not overlap.
        let shares = area(&map.areas[0], fit) + area(&map.areas[1], fit);
        let slack = 3e-3 + 1e-3 * area(&sphere, fit);
        prop_assert!((shares - area(&sphere, fit)).abs() < slack, "{} {}", shares, area(&sphere, fit));
    }

    #[test]
    fn equal_area_projections_keep_areas(
        name in prop::sample::select(&["equal-earth", "lambert-azimuthal-equal-area", "mollweide", "hammer", "eckert4", "sinusoidal", "cylindrical-equal-area"]),
        center in position(), roll in -180.0..180.0f64, at in position(), radius in 3.0..120.0f64,
    ) {
        let options = ProjectionOptions { name: name.to_string(), center, roll, ..ProjectionOptions::default() };
        let projector = Projector::new(&options).unwrap();
        let mut world = World::default();
        let land = [world.polygon(&[cap(at.lon, at.lat, radius)])];
        let fit = Fit { scale: 600.0, offset: Vec2::ZERO };
        let map = projector.project(&world.topology, &[&land], fit, Rect::new(-1e4, -1e4, 1e4, 1e4));
        let drawn = area(&map.areas[0], fit);
        // On the rim of an azimuthal map a cap becomes a ring thinner than a pixel.
        let slack = 1e-3 * cap_area(radius) + 3e-4;
        prop_assert!((drawn - cap_area(radius)).abs() < slack, "{} {}", drawn, cap_area(radius));
    }

    #[test]
    fn inverse_leads_back(options in options(), at in position()) {
        let projector = Projector::new(&options).unwrap();
        if let Some(p) = projector.forward(at) {
            let back = projector.inverse(p);
            let same = back.and_then(|b| projector.forward(b)).is_some_and(|q| p.distance_squared(q) < 1e-24);
            prop_assert!(same || back.is_some_and(|b| b.distance(at) < 1e-9), "{:?} {:?}", p, back);
        }
    }

    #[test]
    fn the_centre_comes_to_the_middle(options in options()) {
        prop_assume!(options.name != "bertin-1953");
        // The far pole of a conformal cone is not shown.
        prop_assume!(options.name != "lambert-conformal-conic" || options.center.lat > -60.0);
        let projector = Projector::new(&options).unwrap();
        let p = projector.forward(options.center).unwrap();
        prop_assert!(p.distance_squared(Point::ZERO) < 1e-18, "{:?}", p);
    }

    #[test]
    fn no_line_jumps(options in options(), from in position(), to in position()) {
        prop_assume!(from.distance(to) < 3.0);
        let projector = Projector::new(&options).unwrap();
        let fit = Fit { scale: 300.0, offset: Vec2::ZERO };
        let path = projector.line(&[from, to], fit, Rect::new(-2e3, -2e3, 2e3, 2e3));
        // Every point of the path lies on the great circle: its foot is the path's preimage.
        for p in points(&path) {
            let Some(at) = projector.inverse(fit.invert(p)) else { continue };
            let detour = from.distance(at) + at.distance(to) - from.distance(to);
            // On a frame's border and a clip edge the preimage is rounded, nowhere else.
            prop_assert!(detour < 2e-3, "{:?} {:?} {}", p, at, detour);
        }
    }
}
