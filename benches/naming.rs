//! Names of real maps: how many find a place, and in what time: `cargo bench --bench naming`.
//!
//! Every place of a region is to be named, on a map 1200 px wide (the world: 2400). Beside ours stands what greedy
//! placing does with the same names in the same size, largest place first, each on the middle of the widest circle
//! in its place: left out where it would cover an earlier one (as `check_overlap` does in ggplot2), and, in the strict
//! form, also where it would reach over the outline of its place, as ours never does without a line to it.
//! The time is that of the whole figure with names less that without, the median of five.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use kurbo::{BezPath, Point, Rect, Shape as _};
use pressmap::compose::labels::point_of_inaccessibility;
use pressmap::diagnostic::{Diagnostic, Result};
use pressmap::page::Block;
use pressmap::scene::{Group, Node, Scene};
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

/// The maps need no file.
struct NoFiles;

impl Files for NoFiles {
    fn read(&self, name: &str) -> Result<Vec<u8>> {
        Err(Box::new(Diagnostic::error(format!("{name} is not there"))))
    }
}

fn main() {
    println!("{:<10} {:>6} {:>8} {:>8} {:>8} {:>9}", "names", "seen", "ours", "greedy", "strict", "time, ms");
    for (name, fit, width) in MAPS {
        let (with, scene) = timed(fit, width, "all");
        let (without, _) = timed(fit, width, "none");
        let areas = areas(&scene);
        let ours = texts(&scene);
        let (greedy, strict) = (greedy(&areas, &scene, width, false), greedy(&areas, &scene, width, true));
        let time = with.saturating_sub(without).as_secs_f64() * 1000.0;
        println!("{name:<10} {:>6} {ours:>8} {greedy:>8} {strict:>8} {time:>9.1}", areas.len());
    }
}

fn timed(fit: &str, width: f64, show: &str) -> (Duration, Scene) {
    let text = format!("[frame]\nfit = {fit}\n[labels]\nshow = \"{show}\"\n[output]\nwidth = {width}\n");
    let job = Job { name: "map.toml", text: &text, overrides: &[], allow_unmatched: false };
    let run = || {
        let start = Instant::now();
        let figure = draw(&job, &NoFiles).unwrap_or_else(|faults| panic!("{faults:?}"));
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
fn areas(scene: &Scene) -> BTreeMap<String, BezPath> {
    let shapes = ["land", "places", "markers"].into_iter().flat_map(|id| layer(scene, id));
    let shapes = shapes.filter_map(|node| match node {
        Node::Shape(shape) => Some((shape.tag.id.clone(), shape.path.clone())),
        _ => None,
    });
    shapes.collect()
}

/// How many names greedy placing sets.
fn greedy(areas: &BTreeMap<String, BezPath>, scene: &Scene, width: f64, strict: bool) -> usize {
    let open = |_: &str| Ok(String::new());
    let style =
        style::load(style::BUNDLED[0].0, width, &[], &open).unwrap_or_else(|faults| panic!("{faults:?}"));
    let crowded = if areas.len() as f64 >= style.labels.crowd { style.labels.crowded } else { 1.0 };
    let look = style.text.label.sized(crowded);
    let mut order: Vec<(&String, &BezPath)> = areas.iter().collect();
    order.sort_by(|a, b| b.1.area().abs().total_cmp(&a.1.area().abs()));
    let page = Rect::from_origin_size(Point::ZERO, scene.size);
    let mut stand: Vec<Rect> = Vec::new();
    for (code, path) in order {
        let Some(id) = Atlas::bundled().by_code(code) else { continue };
        let words = Block::line(&Atlas::bundled().place(id).name, &look);
        let (middle, _) = point_of_inaccessibility(path);
        let rect = Rect::from_center_size(middle, (words.size.width, look.size.0 * 0.7));
        let free = stand.iter().all(|other| rect.intersect(*other).area() <= 0.0);
        let corners = [(rect.x0, rect.y0), (rect.x1, rect.y0), (rect.x1, rect.y1), (rect.x0, rect.y1)];
        let inside = || corners.iter().all(|corner| path.contains(Point::from(*corner)));
        if free && page.contains_rect(rect) && (!strict || inside()) {
            stand.push(rect);
        }
    }
    stand.len()
}
