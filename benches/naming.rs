//! Names of real maps: how many find a place, and in what time: `cargo bench --bench naming`.
//!
//! Every place of a region is to be named, on a map 1200 px wide (the world: 2400). Beside ours stands what greedy
//! placing does with the same names in the same size, largest place first, each on the middle of the widest circle
//! in its place: left out where it would cover an earlier one (as `check_overlap` does in ggplot2), and, in the strict
//! form, also where it would reach over the outline of its place, as ours never does without a line to it.
//! The time is that of the whole figure with names less that without, the median of five. The same is told of figures of
//! `examples/` on which about fifty names stand.
//!
//! Where R is installed with ggplot2 and ggrepel (Debian: r-cran-ggrepel), `benches/ggrepel.R` places the same names; told
//! are how many it sets, how many of them lie on another name, and its time. It knows points, not shapes: what its names cover
//! of the map does not count.

use std::collections::BTreeMap;
use std::process::Command;
use std::time::{Duration, Instant};

use kurbo::{Point, Rect};
use pressmap::compose::labels::point_of_inaccessibility;
use pressmap::diagnostic::{Diagnostic, Result};
use pressmap::geometry::Path;
use pressmap::page::Block;
use pressmap::scene::{Group, Node, Scene};
use pressmap::strict::Override;
use pressmap::{Files, Job, atlas::Atlas, draw, style};

const MAPS: [(&str, &str, f64); 5] = [
    ("world", "\"world\"", 2400.0),
    ("Europe", "\"Europe\"", 1200.0),
    ("Africa", "\"Africa\"", 1200.0),
    ("Caribbean", "\"Caribbean\"", 1200.0),
    (
        "Balkans",
        "[\"SVN\", \"HRV\", \"BIH\", \"SRB\", \"MNE\", \"XKX\", \"MKD\", \"ALB\", \"GRC\", \"BGR\", \"ROU\"]",
        1200.0,
    ),
];

/// Figures of `examples/`.
const FIGURES: [&str; 4] = ["landlocked", "african-independence", "us-states", "european-union"];

/// Files beside the examples.
struct Examples;

impl Files for Examples {
    fn read(&self, name: &str) -> Result<Vec<u8>> {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
        std::fs::read(path).map_err(|error| Box::new(Diagnostic::error(format!("{name}: {error}"))))
    }
}

fn main() {
    println!(
        "{:<10} {:>6} {:>8} {:>8} {:>8} {:>9}   ggrepel",
        "names", "seen", "ours", "greedy", "strict", "time, ms"
    );
    for (name, fit, width) in MAPS {
        let (with, scene) = timed(fit, width, "all");
        let (without, _) = timed(fit, width, "none");
        let areas = areas(&scene);
        let ours = texts(&scene);
        let wanted = wanted(&areas, width);
        let (greedy, strict) = (greedy(&wanted, &scene, false), greedy(&wanted, &scene, true));
        let time = with.saturating_sub(without).as_secs_f64() * 1000.0;
        let repelled =
            ggrepel(name, &wanted, &scene).unwrap_or_else(|| "skipped: no Rscript with ggrepel".to_owned());
        println!("{name:<10} {:>6} {ours:>8} {greedy:>8} {strict:>8} {time:>9.1}   {repelled}", areas.len());
    }
    println!("\n{:<22} {:>6} {:>9}", "figure", "names", "time, ms");
    for name in FIGURES {
        let file = Examples.read(&format!("{name}.toml")).unwrap_or_else(|fault| panic!("{fault:?}"));
        let text = String::from_utf8(file).unwrap_or_else(|error| panic!("{name}: {error}"));
        let (with, scene) = median(&text, &[]);
        let none = Override::parse("labels.show=none").expect("a key and a value");
        let (without, _) = median(&text, &[none]);
        let time = with.saturating_sub(without).as_secs_f64() * 1000.0;
        println!("{name:<22} {:>6} {time:>9.1}", texts(&scene));
    }
}

fn timed(fit: &str, width: f64, show: &str) -> (Duration, Scene) {
    let text = format!("[frame]\nfit = {fit}\n[labels]\nshow = \"{show}\"\n[output]\nwidth = {width}\n");
    median(&text, &[])
}

/// The median time of five runs of a map file, and its scene.
fn median(text: &str, overrides: &[Override]) -> (Duration, Scene) {
    let job = Job { name: "map.toml", text, overrides, allow_unmatched: false };
    let run = || {
        let start = Instant::now();
        let figure = draw(&job, &Examples).unwrap_or_else(|faults| panic!("{faults:?}"));
        (start.elapsed(), figure.scene)
    };
    let mut runs: Vec<(Duration, Scene)> = (0..5).map(|_| run()).collect();
    runs.sort_by_key(|(time, _)| *time);
    runs.swap_remove(2)
}

fn layer<'s>(scene: &'s Scene, id: &str) -> impl Iterator<Item = &'s Node> {
    scene.layers.iter().filter(move |layer: &&Group| layer.id == id).flat_map(|layer| &layer.nodes)
}

/// How many names stand.
fn texts(scene: &Scene) -> usize {
    layer(scene, "labels").filter(|node| matches!(node, Node::Text(_))).count()
}

/// The outlines of all places that are seen, by code.
fn areas(scene: &Scene) -> BTreeMap<String, Path> {
    let shapes = ["land", "places", "markers"].into_iter().flat_map(|id| layer(scene, id));
    let shapes = shapes.filter_map(|node| match node {
        Node::Shape(shape) => Some((shape.tag.id.clone(), Path::clone(&shape.path))),
        _ => None,
    });
    shapes.collect()
}

/// A name that is to be set.
struct Wanted<'a> {
    path: &'a Path,
    name: &'a str,
    /// Middle of the widest circle in its place.
    middle: Point,
    width: f64,
    em: f64,
}

/// All names, largest place first.
fn wanted(areas: &BTreeMap<String, Path>, width: f64) -> Vec<Wanted<'_>> {
    let open = |_: &str| Ok(String::new());
    let style =
        style::load(style::BUNDLED[0].0, width, &[], &open).unwrap_or_else(|faults| panic!("{faults:?}"));
    let crowded = if areas.len() as f64 >= style.labels.crowd { style.labels.crowded } else { 1.0 };
    let look = style.text.label.sized(crowded);
    let mut order: Vec<(&String, &Path)> = areas.iter().collect();
    order.sort_by(|a, b| b.1.area().abs().total_cmp(&a.1.area().abs()));
    let atlas = Atlas::bundled();
    let of = |(code, path): (&'_ String, &'_ Path)| {
        let name = &*atlas.place(atlas.by_code(code)?).name;
        let width = Block::line(name, &look).size.width;
        Some((name, width, point_of_inaccessibility(path).0))
    };
    let all = order.into_iter().filter_map(|(code, path)| Some((path, of((code, path))?)));
    all.map(|(path, (name, width, middle))| Wanted { path, name, middle, width, em: look.size.0 }).collect()
}

/// How many names greedy placing sets.
fn greedy(wanted: &[Wanted<'_>], scene: &Scene, strict: bool) -> usize {
    let page = Rect::from_origin_size(Point::ZERO, scene.size);
    let mut stand: Vec<Rect> = Vec::new();
    for one in wanted {
        let rect = Rect::from_center_size(one.middle, (one.width, one.em * 0.7));
        let free = stand.iter().all(|other| rect.intersect(*other).area() <= 0.0);
        let corners = [(rect.x0, rect.y0), (rect.x1, rect.y0), (rect.x1, rect.y1), (rect.x0, rect.y1)];
        let inside = || corners.iter().all(|corner| one.path.contains(Point::from(*corner)));
        if free && page.contains_rect(rect) && (!strict || inside()) {
            stand.push(rect);
        }
    }
    stand.len()
}

/// What ggrepel does with the same names; `None` where it is not installed.
fn ggrepel(map: &str, wanted: &[Wanted<'_>], scene: &Scene) -> Option<String> {
    let mut table = String::from("name,x,y,em\n");
    let page = Rect::from_origin_size(Point::ZERO, scene.size);
    for one in wanted.iter().filter(|one| page.contains(one.middle)) {
        table += &format!("\"{}\",{},{},{}\n", one.name, one.middle.x, one.middle.y, one.em);
    }
    let file = std::env::temp_dir().join(format!("pressmap-names-{map}.csv"));
    std::fs::write(&file, table).ok()?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/ggrepel.R");
    let size = [scene.size.width.to_string(), scene.size.height.to_string()];
    let output = Command::new("Rscript").arg(script).arg(&file).args(size).output();
    std::fs::remove_file(&file).ok()?;
    let told = output.ok().filter(|output| output.status.success())?.stdout;
    let told = String::from_utf8_lossy(&told);
    let [placed, covered, time] = told.split_whitespace().collect::<Vec<_>>()[..] else { return None };
    Some(format!("{placed} set, {covered} of them on another, {time} ms"))
}
