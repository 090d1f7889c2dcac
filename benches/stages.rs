//! The stages of the way from a map file to its files, on the reference figure and on the numeric world at
//! 2400 px: `cargo bench --bench stages`. What a whole cold process takes: `cargo bench --bench cold`.

use std::path::Path;

use divan::{Bencher, black_box};
use kurbo::Rect;
use pressmap::atlas::{Atlas, Borders, Detail, Level};
use pressmap::diagnostic::{Diagnostic, Result as OneResult};
use pressmap::geometry::{LonLat, Polygon};
use pressmap::projection::{Fit, ProjectionOptions, Projector};
use pressmap::{Figure, Files, Job, draw, output};

const FIGURES: [&str; 2] = ["tren-de-aragua", "world-numeric"];

fn main() {
    divan::main();
}

/// The files of `examples/`.
struct Examples;

impl Files for Examples {
    fn read(&self, name: &str) -> OneResult<Vec<u8>> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
        std::fs::read(path).map_err(|error| Box::new(Diagnostic::error(format!("{name}: {error}"))))
    }
}

fn map_file(name: &str) -> String {
    let bytes = Examples.read(&format!("{name}.toml")).expect("an example");
    String::from_utf8(bytes).expect("UTF-8")
}

fn figure(name: &str, text: &str) -> Figure {
    let job = Job { name, text, overrides: &[], allow_unmatched: false };
    draw(&job, &Examples).unwrap_or_else(|faults| panic!("{faults}"))
}

fn threads(count: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(count).build().expect("threads")
}

/// A world at 2400 px shows 0.15° a px; 0.3 px is the tolerance of the pipeline.
const WORLD_TOLERANCE: f64 = 0.045;

#[divan::bench]
fn unpack_borders_for_the_world() -> Borders {
    Atlas::bundled().borders(Level::Country, Detail::Medium, black_box(WORLD_TOLERANCE))
}

#[divan::bench(args = ["equal-earth", "lambert-azimuthal-equal-area", "orthographic"])]
fn project_the_world(bencher: Bencher, name: &str) {
    let borders = Atlas::bundled().borders(Level::Country, Detail::Medium, WORLD_TOLERANCE);
    let options = ProjectionOptions {
        name: name.to_owned(),
        center: LonLat::new(10.0, 0.0),
        roll: 0.0,
        ..ProjectionOptions::default()
    };
    let projector = Projector::new(&options).expect("a projection");
    let extent = projector.extent_of_sphere().expect("a world");
    let frame = Rect::new(0.0, 0.0, 2400.0, 2400.0 * extent.height() / extent.width());
    let fit = Fit::contain(extent, frame);
    let shapes: Vec<&[Polygon]> = borders.shapes.iter().map(|(_, polygons)| polygons.as_slice()).collect();
    bencher.bench_local(|| projector.project(&borders.topology, black_box(&shapes), fit, frame));
}

/// Everything up to the scene: map file, table, join, scale, page, projection, labels.
#[divan::bench(args = FIGURES)]
fn map_file_to_scene(bencher: Bencher, name: &str) {
    let text = map_file(name);
    bencher.bench_local(|| figure(name, black_box(&text)));
}

/// What the names alone cost: the difference to `map_file_to_scene`.
#[divan::bench(args = FIGURES)]
fn map_file_to_scene_without_names(bencher: Bencher, name: &str) {
    let text = format!("{}\n[labels]\nshow = \"none\"\n", map_file(name));
    bencher.bench_local(|| figure(name, black_box(&text)));
}

#[divan::bench(args = FIGURES)]
fn encode_svg(bencher: Bencher, name: &str) {
    let scene = figure(name, &map_file(name)).scene;
    bencher.bench_local(|| output::svg::write(black_box(&scene)));
}

/// Pixels only.
#[divan::bench(args = FIGURES, consts = [1, 2])]
fn raster<const THREADS: usize>(bencher: Bencher, name: &str) {
    let scene = figure(name, &map_file(name)).scene;
    let pool = threads(THREADS);
    bencher.bench_local(|| {
        pool.install(|| {
            output::raster::Canvas::new(black_box(&scene), 1.0).map(|canvas| canvas.pixels().len())
        })
    });
}

/// Pixels and PNG.
#[divan::bench(args = FIGURES, consts = [1, 2])]
fn encode_png<const THREADS: usize>(bencher: Bencher, name: &str) {
    let scene = figure(name, &map_file(name)).scene;
    let pool = threads(THREADS);
    bencher.bench_local(|| pool.install(|| output::png::write(black_box(&scene), 1.0)));
}
