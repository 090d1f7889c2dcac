//! What holds of real borders in any projection, turned in any way, in any frame: nothing outside the frame, no streak,
//! no flood, areas as large as they should be; thinned outlines keep to the full ones, and no seam is left at ±180°.

use std::collections::BTreeMap;
use std::f64::consts::{PI, TAU};

use kurbo::{ParamCurveArclen as _, PathEl, Point, Rect, Vec2};
use pressmap::atlas::{Atlas, Borders, Detail, Level, Tolerance};
use pressmap::geometry::{LonLat, Path, Polygon, Ring, Topology};
use pressmap::projection::{self, Fit, Keeps, NAMES, ProjectedMap, ProjectionOptions, Projector};

/// Numbers from 0 to 1 that are the same every time (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.next()
    }

    fn position(&mut self) -> LonLat {
        LonLat::new(self.between(-180.0, 180.0), libm::asin(self.between(-1.0, 1.0)).to_degrees())
    }

    fn options(&mut self, name: &str) -> ProjectionOptions {
        let upright = self.next() < 0.25;
        let center = self.position();
        let center = if upright { LonLat::new(center.lon, 0.0) } else { center };
        let roll = if upright { 0.0 } else { self.between(-180.0, 180.0) };
        ProjectionOptions { name: name.into(), center, roll, ..ProjectionOptions::default() }
    }
}

fn borders(detail: Detail) -> Borders {
    Atlas::bundled().borders(Level::Country, detail, 0.0)
}

fn shapes(borders: &Borders) -> Vec<&[Polygon]> {
    borders.shapes.iter().map(|(_, polygons)| polygons.as_slice()).collect()
}

fn points(path: &Path) -> impl Iterator<Item = Point> {
    path.points().iter().copied()
}

fn land(map: &ProjectedMap) -> f64 {
    map.areas.iter().map(|path| path.area().abs()).sum()
}

fn equal_area() -> impl Iterator<Item = &'static str> {
    NAMES
        .iter()
        .copied()
        .filter(|name| projection::about(name).is_some_and(|about| about.keeps == Keeps::Area))
}

/// Area of a ring of great circles, steradians: positive when its smaller side lies to the left.
fn ring_area(topology: &Topology, ring: &Ring) -> f64 {
    let vertices: Vec<LonLat> = topology.ring(ring).collect();
    let half_tan = |degrees: f64| libm::tan(degrees.to_radians() / 2.0);
    let (mut sum, mut winding) = (0.0, 0.0);
    for (a, b) in vertices.iter().zip(vertices.iter().cycle().skip(1)) {
        let step = (b.lon - a.lon + 540.0).rem_euclid(360.0) - 180.0;
        winding += step;
        let (t, u) = (half_tan(a.lat), half_tan(b.lat));
        sum -= 2.0 * libm::atan(half_tan(step) * (t + u) / (1.0 + t * u));
    }
    if winding.abs() > 180.0 { TAU - sum.abs() } else { sum }
}

fn area_on_globe(topology: &Topology, polygons: &[Polygon]) -> f64 {
    polygons.iter().flat_map(|polygon| &polygon.0).map(|ring| ring_area(topology, ring)).sum()
}

#[test]
fn equal_area_projections_keep_the_area_of_every_country() {
    const RADIUS: f64 = 400.0;
    let mut dice = Dice(7);
    let (fit, frame) = (Fit { scale: RADIUS, offset: Vec2::ZERO }, Rect::new(-1e5, -1e5, 1e5, 1e5));
    assert!(equal_area().count() >= 9);
    for detail in [Detail::Coarse, Detail::Medium] {
        let borders = borders(detail);
        let expected: Vec<f64> = borders
            .shapes
            .iter()
            .map(|(_, polygons)| area_on_globe(&borders.topology, polygons) * RADIUS * RADIUS)
            .collect();
        let all: f64 = expected.iter().sum();
        for name in equal_area() {
            for _ in 0..6 {
                let options = dice.options(name);
                let projector = Projector::new(&options).expect("sound options");
                let map = projector.project(&borders.topology, &shapes(&borders), fit, frame);
                for ((path, expected), (id, _)) in map.areas.iter().zip(&expected).zip(&borders.shapes) {
                    let (drawn, code) = (path.area().abs(), &Atlas::bundled().place(*id).code);
                    // one pixel's worth, or as little of its outline: what holds the centre's antipode is a thin ring
                    let slack = 1.0 + 0.01 * path.segments().map(|one| one.arclen(0.1)).sum::<f64>();
                    assert!(
                        (drawn - expected).abs() < 0.005 * expected + slack,
                        "{code} is {drawn} px² and should be {expected}: {options:?}"
                    );
                }
                assert!((land(&map) / all - 1.0).abs() < 1e-3, "land {} of {all}: {options:?}", land(&map));
            }
        }
    }
}

#[test]
fn a_frame_in_pieces_shows_what_the_whole_one_shows() {
    let borders = borders(Detail::Coarse);
    let mut dice = Dice(11);
    for name in NAMES {
        for _ in 0..4 {
            let options = dice.options(name);
            let projector = Projector::new(&options).expect("sound options");
            let fit = Fit { scale: dice.between(40.0, 900.0), offset: Vec2::ZERO };
            let (x, y) = (dice.between(-900.0, 300.0), dice.between(-900.0, 300.0));
            let whole = Rect::new(x, y, x + dice.between(50.0, 900.0), y + dice.between(50.0, 900.0));
            let middle = Point::new(dice.between(whole.x0, whole.x1), dice.between(whole.y0, whole.y1));
            let area = |frame: Rect| {
                let map = projector.project(&borders.topology, &shapes(&borders), fit, frame);
                for p in map.areas.iter().chain(&map.lines).flat_map(points) {
                    let inside = (frame.x0..=frame.x1).contains(&p.x) && (frame.y0..=frame.y1).contains(&p.y);
                    assert!(inside, "{p:?} is outside {frame:?}: {options:?}");
                }
                land(&map)
            };
            let pieces = [
                whole.origin(),
                Point::new(whole.x1, whole.y0),
                Point::new(whole.x0, whole.y1),
                Point::new(whole.x1, whole.y1),
            ];
            let pieces: f64 = pieces.iter().map(|corner| area(Rect::from_points(*corner, middle))).sum();
            let together = area(whole);
            let slack = 1e-3 * together + 1.0;
            assert!(
                (pieces - together).abs() < slack,
                "{pieces} px² in pieces, {together} as one: {options:?} {fit:?} {whole:?}"
            );
            assert!(together <= whole.area() * 1.0001, "a flood: {options:?} {whole:?}");
        }
    }
}

/// The px between a point of the page and the great-circle edges of an arc.
fn off_arc(arc: &[LonLat], p: Point, on_page: impl Fn(LonLat) -> Option<Point>) -> f64 {
    // so fine that the way between two steps is far less than a pixel where it matters
    const STEPS: usize = 120;
    let mut least = f64::INFINITY;
    for pair in arc.windows(2) {
        let (a, b) = (pair[0].to_unit(), pair[1].to_unit());
        let mut last = None;
        for k in 0..=STEPS {
            let t = k as f64 / STEPS as f64;
            let at = LonLat::from_vector(std::array::from_fn(|i| a[i] * (1.0 - t) + b[i] * t));
            let q = on_page(at);
            if let (Some(q), Some(last)) = (q, last) {
                let (d, along): (Vec2, Vec2) = (p - last, q - last);
                let t =
                    if along.hypot2() > 0.0 { (d.dot(along) / along.hypot2()).clamp(0.0, 1.0) } else { 0.0 };
                // where the map is cut, two steps lie on both sides of it
                if along.hypot2() < 2500.0 {
                    least = least.min((d - along * t).hypot2().sqrt());
                }
            }
            last = q;
        }
    }
    least
}

/// A segment of a border that is longer than this, px, must be a piece of an edge of the source.
const LONG: f64 = 25.0;

#[test]
fn no_long_segment_is_made_up() {
    let borders = borders(Detail::Coarse);
    let mut dice = Dice(13);
    let mut seen = 0;
    for name in NAMES {
        for _ in 0..2 {
            let options = dice.options(name);
            let projector = Projector::new(&options).expect("sound options");
            let fit = Fit { scale: 400.0, offset: Vec2::ZERO };
            let map =
                projector.project(&borders.topology, &shapes(&borders), fit, Rect::new(-3e3, -3e3, 3e3, 3e3));
            for (arc, line) in map.lines.iter().enumerate() {
                let mut last = Point::ZERO;
                for element in line.elements() {
                    let Some(p) = element.end_point() else { continue };
                    let long = matches!(element, PathEl::LineTo(_)) && p.distance(last) > LONG;
                    if long {
                        let on_page = |at| projector.forward(at).map(|q| fit.apply(q));
                        let off = off_arc(borders.topology.arc(arc as u32), p.midpoint(last), on_page);
                        assert!(off < 0.6, "{last:?} to {p:?} is {off} px off its border: {options:?}");
                        seen += 1;
                    }
                    last = p;
                }
            }
        }
    }
    assert!(seen > 40, "{seen} segments were long");
}

#[test]
fn what_lies_just_over_the_horizon_is_not_seen() {
    let mut dice = Dice(17);
    for (name, horizon) in [
        ("orthographic", 90.0),
        ("gnomonic", 60.0),
        ("stereographic", 142.0),
        ("lambert-azimuthal-equal-area", 179.999),
        ("azimuthal-equidistant", 179.999),
    ] {
        for _ in 0..200 {
            let options = ProjectionOptions { roll: 0.0, ..dice.options(name) };
            let projector = Projector::new(&options).expect("sound options");
            let bearing = dice.between(0.0, TAU);
            let at = |degrees: f64| {
                let [sin, cos] = [libm::sin, libm::cos];
                let (lon, lat) = (options.center.lon.to_radians(), options.center.lat.to_radians());
                let z = options.center.to_unit();
                let east = [-sin(lon), cos(lon), 0.0];
                let north = [-sin(lat) * cos(lon), -sin(lat) * sin(lon), cos(lat)];
                let (e, n) = libm::sincos(bearing);
                let (across, along) = libm::sincos(degrees.to_radians());
                LonLat::from_vector(std::array::from_fn(|i| {
                    z[i] * along + (east[i] * e + north[i] * n) * across
                }))
            };
            assert!(projector.forward(at(horizon + 1e-6)).is_none(), "{options:?} {bearing}");
            assert!(projector.forward(at(horizon - 1e-6)).is_some(), "{options:?} {bearing}");
            // on the limb itself the last bit of the plane is more than 1e-9 on the globe
            let inside = at(horizon - 1e-3);
            let p = projector.forward(inside).unwrap_or_else(|| panic!("{options:?} {bearing}"));
            let back = projector.inverse(p).unwrap_or_else(|| panic!("no way back: {options:?} {bearing}"));
            let off = back.distance(inside);
            assert!(off < 1e-9, "{options:?} {bearing}: {off}");
        }
    }
}

/// Edges by cells of the page, to find what is near.
struct Near(BTreeMap<(i32, i32), Vec<(Point, Point)>>);

const CELL: f64 = 8.0;

impl Near {
    fn new<'p>(paths: impl Iterator<Item = &'p Path>) -> Near {
        let mut cells: BTreeMap<(i32, i32), Vec<(Point, Point)>> = BTreeMap::new();
        for path in paths {
            let mut last = Point::ZERO;
            for element in path.elements() {
                let Some(p) = element.end_point() else { continue };
                if matches!(element, PathEl::LineTo(_)) {
                    let cell = |v: f64| (v / CELL).floor() as i32;
                    for x in cell(p.x.min(last.x) - 1.0)..=cell(p.x.max(last.x) + 1.0) {
                        for y in cell(p.y.min(last.y) - 1.0)..=cell(p.y.max(last.y) + 1.0) {
                            cells.entry((x, y)).or_default().push((last, p));
                        }
                    }
                }
                last = p;
            }
        }
        Near(cells)
    }

    /// The distance to the nearest edge; a whole cell where none is near.
    fn off(&self, p: Point) -> f64 {
        let cell = ((p.x / CELL).floor() as i32, (p.y / CELL).floor() as i32);
        let edges = self.0.get(&cell).map_or(&[][..], Vec::as_slice);
        let off = |(a, b): &(Point, Point)| {
            let (d, along) = (p - *a, *b - *a);
            let t = if along.hypot2() > 0.0 { (d.dot(along) / along.hypot2()).clamp(0.0, 1.0) } else { 0.0 };
            (d - along * t).hypot2().sqrt()
        };
        edges.iter().map(off).fold(CELL, f64::min)
    }
}

#[test]
fn thinned_borders_keep_within_0_4_px_of_the_full_ones() {
    let atlas = Atlas::bundled();
    // centre, px to the radius, and the detail that such a map has
    let maps = [
        ("equal-earth", LonLat::new(0.0, 0.0), 250.0, Detail::Medium),
        ("equal-earth", LonLat::new(150.0, 0.0), 250.0, Detail::Medium),
        ("lambert-azimuthal-equal-area", LonLat::new(179.0, 66.0), 900.0, Detail::Medium),
        ("lambert-azimuthal-equal-area", LonLat::new(178.0, -17.0), 9000.0, Detail::Fine),
        ("lambert-azimuthal-equal-area", LonLat::new(0.0, -90.0), 700.0, Detail::Medium),
        ("equal-earth", LonLat::new(11.0, 0.0), 100.0, Detail::Coarse),
        ("mercator", LonLat::new(0.0, 0.0), 250.0, Detail::Medium),
        ("winkel-tripel", LonLat::new(11.0, 0.0), 250.0, Detail::Medium),
        ("mollweide", LonLat::new(-90.0, 0.0), 250.0, Detail::Medium),
        ("stereographic", LonLat::new(20.0, 60.0), 250.0, Detail::Medium),
    ];
    for (name, center, scale, detail) in maps {
        let options =
            ProjectionOptions { name: name.into(), center, roll: 0.0, ..ProjectionOptions::default() };
        let projector = Projector::new(&options).expect("sound options");
        let fit = Fit { scale, offset: Vec2::ZERO };
        let frame = Rect::new(-1000.0, -1000.0, 1000.0, 1000.0);
        let tolerance = 0.36 / (scale * PI / 180.0);
        let stretch = projector.stretch(fit, frame);
        let tolerance = match &stretch {
            Some(stretch) => Tolerance::stretched(tolerance, stretch),
            None => tolerance.into(),
        };
        let (full, thin) =
            (atlas.borders(Level::Country, detail, 0.0), atlas.borders(Level::Country, detail, tolerance));
        let lines =
            |borders: &Borders| projector.project(&borders.topology, &shapes(borders), fit, frame).lines;
        let (drawn, all) = (lines(&thin), lines(&full));
        let near = Near::new(drawn.iter());
        let (mut worst, mut at) = (0.0, Point::ZERO);
        for line in &all {
            // what is no larger than this may be left out, and is drawn as a marker where it has data
            let bounds = line.bounding_box();
            if bounds.width().max(bounds.height()) < 1.5 {
                continue;
            }
            for p in points(line).filter(|p| frame.inset(-2.0).contains(*p)) {
                let off = near.off(p);
                if off > worst {
                    (worst, at) = (off, p);
                }
            }
        }
        let share = thin.topology.vertices.len() as f64 / full.topology.vertices.len() as f64;
        assert!(worst <= 0.4, "{worst} px at {at:?}, with {share} of the vertices: {options:?} {scale}");
    }
}

#[test]
fn no_seam_is_left_where_the_source_was_cut() {
    let atlas = Atlas::bundled();
    for detail in [Detail::Coarse, Detail::Medium, Detail::Fine] {
        let borders = borders(detail);
        for (code, at, scale) in [
            ("RUS", LonLat::new(180.0, 67.5), 2000.0),
            ("FJI", LonLat::new(180.0, -17.0), 8000.0),
            ("ATA", LonLat::new(180.0, -85.0), 900.0),
        ] {
            let (_, polygons) =
                borders.shapes.iter().find(|(id, _)| &*atlas.place(*id).code == code).expect("drawn");
            let options = ProjectionOptions {
                name: "lambert-azimuthal-equal-area".into(),
                center: at,
                roll: 0.0,
                ..ProjectionOptions::default()
            };
            let projector = Projector::new(&options).expect("sound options");
            let fit = Fit { scale, offset: Vec2::ZERO };
            let map = projector.project(
                &borders.topology,
                &[polygons],
                fit,
                Rect::new(-500.0, -500.0, 500.0, 500.0),
            );
            // a seam runs along the meridian in the middle: two points on it, one above the other
            for path in map.areas.iter().chain(&map.lines) {
                let mut last = Point::new(f64::INFINITY, 0.0);
                for p in points(path) {
                    let on_it = p.x.abs() < 0.01 && last.x.abs() < 0.01 && (p.y - last.y).abs() > 0.5;
                    assert!(!on_it, "{code} {detail:?}: {last:?} to {p:?}");
                    last = p;
                }
            }
        }
    }
}
