//! The world at 1:50 million in seven projections, from two sides: nothing torn, nothing filled, nothing lost,
//! and equal areas where they are promised.

use kurbo::{PathSeg, Point, Rect};
use pressmap::atlas::{Atlas, Borders, Detail, Level, PlaceId};
use pressmap::geometry::{LonLat, Path, Polygon, Topology};
use pressmap::projection::{Fit, ProjectedMap, ProjectionOptions, Projector};

const PROJECTIONS: [&str; 7] = [
    "lambert-azimuthal-equal-area",
    "albers",
    "equal-earth",
    "mercator",
    "natural-earth",
    "orthographic",
    "equirectangular",
];
const EQUAL_AREA: [&str; 3] = ["lambert-azimuthal-equal-area", "albers", "equal-earth"];
/// Longitudes of the middle.
const SIDES: [f64; 2] = [0.0, 150.0];
/// Width of the sheet, px.
const WIDTH: f64 = 2400.0;

/// A drawn world.
struct World {
    label: String,
    projector: Projector,
    fit: Fit,
    frame: Rect,
    map: ProjectedMap,
}

fn borders() -> Borders {
    Atlas::bundled().borders(Level::Country, Detail::Medium, 0.0)
}

impl World {
    fn new(borders: &Borders, name: &str, lon: f64, width: f64) -> World {
        let center = LonLat::new(lon, 0.0);
        let options =
            ProjectionOptions { name: name.to_owned(), center, roll: 0.0, ..ProjectionOptions::default() };
        let projector = Projector::new(&options).expect("a projection");
        let extent = projector.extent_of_sphere().expect("a world");
        let frame = Rect::new(0.0, 0.0, width, width * extent.height() / extent.width());
        let fit = Fit::contain(extent, frame);
        let shapes: Vec<&[Polygon]> =
            borders.shapes.iter().map(|(_, polygons)| polygons.as_slice()).collect();
        let map = projector.project(&borders.topology, &shapes, fit, frame);
        World { label: format!("{name} at {lon}°"), projector, fit, frame, map }
    }

    fn area_of<'w>(&'w self, borders: &Borders, code: &str) -> &'w Path {
        let id = id(code);
        let at = borders.shapes.iter().position(|(one, _)| *one == id).expect("a shape");
        &self.map.areas[at]
    }

    fn on_globe(&self, p: Point) -> Option<LonLat> {
        self.projector.inverse(self.fit.invert(p))
    }

    fn on_sheet(&self, position: LonLat) -> Option<Point> {
        let p = self.fit.apply(self.projector.forward(position)?);
        self.frame.contains(p).then_some(p)
    }
}

/// Every world: seven projections, two sides.
fn worlds(borders: &Borders) -> impl Iterator<Item = World> + '_ {
    SIDES
        .into_iter()
        .flat_map(move |lon| PROJECTIONS.iter().map(move |name| World::new(borders, name, lon, WIDTH)))
}

fn id(code: &str) -> PlaceId {
    let atlas = Atlas::bundled();
    atlas
        .places(Level::Country)
        .iter()
        .find(|place| place.code == code)
        .unwrap_or_else(|| panic!("no place {code}"))
        .id
}

fn segments(path: &Path) -> impl Iterator<Item = (Point, Point)> + '_ {
    path.segments().filter_map(|segment| match segment {
        PathSeg::Line(line) => Some((line.p0, line.p1)),
        _ => None,
    })
}

/// The longest edge between two vertices of the source, radians.
fn longest_edge(topology: &Topology) -> f64 {
    let edges = (0..topology.arcs.len() as u32).flat_map(|arc| topology.arc(arc).windows(2));
    edges.map(|pair| pair[0].distance(pair[1])).fold(0.0, f64::max)
}

/// Segments of the map's own edge, or of the frame.
struct Edge {
    points: Vec<(Point, Point)>,
    frame: Rect,
}

impl Edge {
    fn of(world: &World) -> Edge {
        let sphere = world.projector.sphere(world.fit, world.frame);
        Edge { points: segments(&sphere).collect(), frame: world.frame }
    }

    fn near(&self, p: Point) -> bool {
        const NEAR: f64 = 1.0;
        let f = self.frame;
        let frame = [p.x - f.x0, f.x1 - p.x, p.y - f.y0, f.y1 - p.y].into_iter().any(|d| d.abs() < NEAR);
        frame || self.points.iter().any(|(a, b)| distance(p, *a, *b) < NEAR)
    }
}

fn distance(p: Point, a: Point, b: Point) -> f64 {
    let along = b - a;
    let share =
        if along.hypot2() > 0.0 { ((p - a).dot(along) / along.hypot2()).clamp(0.0, 1.0) } else { 0.0 };
    (p - (a + along * share)).hypot2().sqrt()
}

/// A streak is a segment between two points that are not neighbours on the globe: what lies under its middle
/// is farther from its ends than the longest edge of the source. Only the map's own edge may be so long.
#[test]
fn no_outline_streaks_across_the_map() {
    let borders = borders();
    // edges of the source that were cut short or bent are shorter still
    let longest = longest_edge(&borders.topology);
    assert!(longest < 0.7, "the source has an edge of {}°", longest.to_degrees());
    let short = WIDTH / 200.0;
    let mut faults = Vec::new();
    let mut checked = 0;
    for world in worlds(&borders) {
        let edge = Edge::of(&world);
        for ((place, _), path) in borders.shapes.iter().zip(&world.map.areas) {
            for (a, b) in segments(path).filter(|(a, b)| (*b - *a).hypot2().sqrt() > short) {
                checked += 1;
                let reach = [a, a.midpoint(b), b].map(|p| world.on_globe(p));
                let sound = match reach {
                    [Some(a), Some(middle), Some(b)] => {
                        a.distance(middle) + middle.distance(b) < longest * 1.05
                    }
                    _ => false,
                };
                let on_edge = edge.near(a) && edge.near(b) && edge.near(a.midpoint(b));
                if !(sound || on_edge) {
                    let code = &*Atlas::bundled().place(*place).code;
                    faults.push(format!("{}: {code} from {a:.0?} to {b:.0?}", world.label));
                }
            }
        }
    }
    assert!(checked > 1000, "only {checked} segments are longer than {short} px");
    assert!(faults.is_empty(), "{} streaks:\n{}", faults.len(), faults[..faults.len().min(30)].join("\n"));
}

/// No segment of an outline, other than on the map's edge, is longer than a tenth of the sheet's width, where the
/// projection does not stretch the globe without bound (the far side of an azimuthal one, the cone's foot).
#[test]
fn no_inner_segment_is_longer_than_a_tenth_of_the_sheet() {
    let borders = borders();
    let mut faults = Vec::new();
    for world in worlds(&borders) {
        if ["lambert", "albers"].iter().any(|name| world.label.starts_with(name)) {
            continue;
        }
        let edge = Edge::of(&world);
        for ((place, _), path) in borders.shapes.iter().zip(&world.map.areas) {
            for (a, b) in segments(path).filter(|(a, b)| (*b - *a).hypot2().sqrt() > WIDTH / 10.0) {
                if !(edge.near(a) && edge.near(b)) {
                    faults.push(format!(
                        "{}: {} from {a:.0?} to {b:.0?}",
                        world.label,
                        Atlas::bundled().place(*place).code
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn antarctica_is_there() {
    let borders = borders();
    for world in worlds(&borders) {
        let area = world.area_of(&borders, "ATA").area().abs();
        let share = area / world.projector.sphere(world.fit, world.frame).area().abs();
        // 2.7 % of the globe; a sliver at the limb in the orthographic one
        let least = if world.label.starts_with("orthographic") { 0.005 } else { 0.02 };
        assert!(share > least, "{}: Antarctica fills {share:.4} of the map", world.label);
        let inland = LonLat::new(75.0, -80.0);
        if let Some(p) = world.on_sheet(inland) {
            assert!(
                world.area_of(&borders, "ATA").contains(p),
                "{}: 80°S 75°E is not Antarctica",
                world.label
            );
        }
    }
}

#[test]
fn lesotho_is_a_hole_in_south_africa() {
    let borders = borders();
    let mut seen = 0;
    for world in worlds(&borders) {
        let Some(p) = world.on_sheet(LonLat::new(28.25, -29.6)) else { continue };
        seen += 1;
        let at: Vec<&str> = borders
            .shapes
            .iter()
            .zip(&world.map.areas)
            .filter(|(_, path)| path.contains(p))
            .map(|((place, _), _)| &*Atlas::bundled().place(*place).code)
            .collect();
        assert_eq!(at, ["LSO"], "{}", world.label);
    }
    assert!(seen >= 13, "Lesotho is seen in {seen} worlds");
}

/// A position on the land of a country is inside that country and no other; one at sea is in none. So nothing
/// is flooded, and no hole is filled.
#[test]
fn every_position_belongs_to_one_place() {
    let borders = borders();
    let grid: Vec<LonLat> = (-17..=17)
        .flat_map(|row| {
            (-35..=35)
                .map(move |column| LonLat::new(f64::from(column) * 5.0 + 0.37, f64::from(row) * 5.0 + 0.19))
        })
        .collect();
    let reference = Owners::of(World::new(&borders, "equal-earth", 0.0, WIDTH));
    // positions within a few pixels of a shore may fall on either side of it
    let truth: Vec<Option<Vec<usize>>> = grid
        .iter()
        .map(|position| {
            let found = reference.at(*position)?;
            let around = [(-0.6, 0.0), (0.6, 0.0), (0.0, -0.3), (0.0, 0.3)];
            let near = |(lon, lat)| reference.at(LonLat::new(position.lon + lon, position.lat + lat));
            around.into_iter().all(|step| near(step).as_ref() == Some(&found)).then_some(found)
        })
        .collect();
    let land = truth.iter().flatten().filter(|found| !found.is_empty()).count();
    assert!((450..950).contains(&land), "{land} of {} positions are on land", grid.len());
    assert!(truth.iter().flatten().all(|found| found.len() <= 1), "places overlap");
    for world in worlds(&borders) {
        let world = Owners::of(world);
        for (position, expected) in grid.iter().zip(&truth) {
            let (Some(found), Some(expected)) = (world.at(*position), expected) else { continue };
            assert_eq!(&found, expected, "{}: {position:?}", world.world.label);
        }
    }
}

/// Whose a position is in a drawn world.
struct Owners {
    world: World,
    boxes: Vec<Rect>,
    edge: Edge,
}

impl Owners {
    fn of(world: World) -> Owners {
        let boxes = world.map.areas.iter().map(|path| path.bounding_box()).collect();
        Owners { boxes, edge: Edge::of(&world), world }
    }

    /// The places that hold a position; `None` where the map does not show it, or only on its very edge.
    fn at(&self, position: LonLat) -> Option<Vec<usize>> {
        let p = self.world.on_sheet(position).filter(|p| !self.edge.near(*p))?;
        let holds = |i: &usize| self.boxes[*i].contains(p) && self.world.map.areas[*i].contains(p);
        Some((0..self.boxes.len()).filter(holds).collect())
    }
}

/// Area of a polygon on the unit sphere: the excess of its edges over the equator, edge by edge (R. Bevis & G.
/// Cambareri 1987, *Computing the area of a spherical polygon of arbitrary shape*, in the half-angle form).
fn spherical_area(topology: &Topology, polygon: &Polygon) -> f64 {
    polygon
        .0
        .iter()
        .map(|ring| {
            let vertices: Vec<LonLat> = topology.ring(ring).collect();
            let (mut sum, mut turn) = (0.0, 0.0);
            for (i, a) in vertices.iter().enumerate() {
                let b = vertices[(i + 1) % vertices.len()];
                let step = (b.lon - a.lon + 540.0).rem_euclid(360.0) - 180.0;
                let half = |lat: f64| libm::tan(lat.to_radians() / 2.0);
                let (s, t) = (half(a.lat), half(b.lat));
                sum += 2.0 * libm::atan2(libm::tan(step.to_radians() / 2.0) * (s + t), 1.0 + s * t);
                turn += step;
            }
            // a ring round a pole holds the cap beyond it
            if turn.abs() > 180.0 { 2.0 * std::f64::consts::PI - sum } else { -sum }
        })
        .sum()
}

fn spherical(borders: &Borders) -> Vec<f64> {
    let area = |polygons: &[Polygon]| polygons.iter().map(|p| spherical_area(&borders.topology, p)).sum();
    borders.shapes.iter().map(|(_, polygons)| area(polygons)).collect()
}

#[test]
fn the_measure_of_the_sphere_is_right() {
    let borders = borders();
    let square_km = 6371.0088 * 6371.0088;
    let areas = spherical(&borders);
    let atlas = Atlas::bundled();
    for code in ["BRA", "ATA", "RUS", "ZAF", "FJI"] {
        let at = borders.shapes.iter().position(|(one, _)| *one == id(code)).expect("a shape");
        let (ours, told) = (areas[at] * square_km, atlas.place(id(code)).area_km2);
        assert!((ours / told - 1.0).abs() < 0.03, "{code}: {ours:.0} km², the atlas says {told:.0}");
    }
}

#[test]
fn equal_area_worlds_keep_the_share_of_land() {
    let borders = borders();
    let on_sphere = spherical(&borders).iter().sum::<f64>() / (4.0 * std::f64::consts::PI);
    assert!((0.27..0.31).contains(&on_sphere), "the land is {on_sphere} of the globe");
    for name in EQUAL_AREA {
        for lon in SIDES {
            let world = World::new(&borders, name, lon, WIDTH);
            let land: f64 = world.map.areas.iter().map(drawn_area).sum();
            let share = land / drawn_area(&world.projector.sphere(world.fit, world.frame));
            assert!(
                (share / on_sphere - 1.0).abs() < 0.005,
                "{}: {share:.5}, on the globe {on_sphere:.5}",
                world.label
            );
        }
    }
}

#[test]
fn equal_area_worlds_draw_every_place_in_proportion() {
    // so large that the quarter of a pixel of resampling does not count
    const SHEET: f64 = 12_000.0;
    let borders = borders();
    let areas = spherical(&borders);
    let atlas = Atlas::bundled();
    for name in EQUAL_AREA {
        for lon in SIDES {
            let world = World::new(&borders, name, lon, SHEET);
            let scale =
                drawn_area(&world.projector.sphere(world.fit, world.frame)) / (4.0 * std::f64::consts::PI);
            let mut checked = 0;
            for (((place, _), path), sphere) in borders.shapes.iter().zip(&world.map.areas).zip(&areas) {
                // 20 000 km²
                if *sphere < 5e-4 {
                    continue;
                }
                checked += 1;
                let ratio = drawn_area(path) / (sphere * scale);
                let code = &*atlas.place(*place).code;
                assert!(
                    (ratio - 1.0).abs() < 0.005,
                    "{}: {code} is drawn at {ratio:.4} of its size",
                    world.label
                );
            }
            assert!(checked > 150, "{checked} places are large enough");
        }
    }
}

/// Area of an outline whose holes run the other way round.
fn drawn_area(path: &Path) -> f64 {
    path.area().abs()
}
