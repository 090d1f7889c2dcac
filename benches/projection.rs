//! The way from borders to paths, at 50m and 10m, for a world map 2400 px wide.
//!
//! `RAYON_NUM_THREADS=1 cargo bench --bench projection`. A target: 8 ms at 50m and 40 ms at 10m in any projection, on
//! one core; a frame that shows a part of the world costs that part.

use divan::{Bencher, black_box};
use kurbo::{Rect, Vec2};
use pressmap::atlas::{Atlas, Borders, Detail, Level};
use pressmap::geometry::{LonLat, Polygon};
use pressmap::projection::{self, Fit, NAMES, ProjectionOptions, Projector};

fn main() {
    divan::main();
}

const FRAME: Rect = Rect::new(0.0, 0.0, 2400.0, 1200.0);

fn shapes(borders: &Borders) -> Vec<&[Polygon]> {
    borders.shapes.iter().map(|(_, polygons)| polygons.as_slice()).collect()
}

fn projector(name: &str, center: LonLat) -> Projector {
    let options = ProjectionOptions { name: name.into(), center, roll: 0.0, ..ProjectionOptions::default() };
    Projector::new(&options).expect("a projection of the list")
}

/// Borders of all countries onto the whole map in `name`.
fn world(bencher: Bencher, name: &str, center: LonLat, detail: Detail) {
    let borders = Atlas::bundled().borders(Level::Country, detail, 0.0);
    let shapes = shapes(&borders);
    let projector = projector(name, center);
    let extent = projector.extent_of_sphere().expect("every projection shows something");
    let fit = Fit::contain(extent, FRAME);
    bencher.bench(|| projector.project(black_box(&borders.topology), &shapes, fit, FRAME));
}

#[divan::bench(args = NAMES)]
fn upright_50m(bencher: Bencher, name: &str) {
    world(bencher, name, LonLat::new(11.0, 0.0), Detail::Medium);
}

#[divan::bench(args = NAMES)]
fn oblique_50m(bencher: Bencher, name: &str) {
    world(bencher, name, LonLat::new(-70.0, 40.0), Detail::Medium);
}

#[divan::bench(args = NAMES)]
fn upright_10m(bencher: Bencher, name: &str) {
    world(bencher, name, LonLat::new(11.0, 0.0), Detail::Fine);
}

#[divan::bench]
fn the_americas_50m(bencher: Bencher) {
    let borders = Atlas::bundled().borders(Level::Country, Detail::Medium, 0.0);
    let shapes = shapes(&borders);
    let projector = projector("lambert-azimuthal-equal-area", LonLat::new(-80.0, 0.0));
    let fit = Fit { scale: 970.0, offset: Vec2::new(800.0, 900.0) };
    let frame = Rect::new(0.0, 0.0, 1600.0, 1800.0);
    bencher.bench(|| projector.project(black_box(&borders.topology), &shapes, fit, frame));
}

#[divan::bench]
fn subject_of_the_world(bencher: Bencher) {
    let borders = Atlas::bundled().borders(Level::Country, Detail::Medium, 0.0);
    let shapes = shapes(&borders);
    bencher.bench(|| projection::subject(black_box(&borders.topology), &shapes));
}
