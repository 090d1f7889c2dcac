//! How long a figure takes from the scene to bytes, stage by stage.
//!
//! The scene is synthetic: a quilt of 180 places with ragged borders (about 30 000 points), a third of them hatched,
//! coasts and inner borders as lines, 60 labels with rims, a title. Run with `cargo bench --bench output`.

use divan::{Bencher, black_box};
use kurbo::{Point, Rect, Shape as _, Size};
use pressmap::geometry::Path;
use pressmap::output;
use pressmap::paint::{Color, Paint, Pattern, PatternForm};
use pressmap::scene::{Anchor, Group, Halo, Node, Scene, Shape, Span, Stroke, Tag, Text, TextLine};
use pressmap::text::{self, Face, Font, Rich, Wrap};

fn main() {
    divan::main();
}

const COLUMNS: usize = 12;
const ROWS: usize = 15;
/// Points on one side of a place.
const POINTS: usize = 42;

/// A number in -1 to 1 that looks random.
fn noise(seed: usize) -> f64 {
    let mixed = (seed as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 40) as f64 / f64::from(1 << 23) - 1.0
}

/// The border between two corners, the same whichever place walks it.
fn side(from: (usize, usize), across: bool) -> Vec<Point> {
    let cell = 118.0;
    let seed = (from.1 * 100 + from.0) * 2 + usize::from(across);
    let along = |i: usize| i as f64 / POINTS as f64 * cell;
    let off = |i: usize| if i.is_multiple_of(POINTS) { 0.0 } else { 5.0 * noise(seed * 1000 + i) };
    let corner = Point::new(80.0 + from.0 as f64 * cell, 40.0 + from.1 as f64 * cell);
    let at = |i| if across { (along(i), off(i)) } else { (off(i), along(i)) };
    (0..=POINTS).map(|i| corner + kurbo::Vec2::from(at(i))).collect()
}

fn place(x: usize, y: usize) -> Path {
    let mut points = side((x, y), true);
    points.extend(side((x + 1, y), false));
    points.extend(side((x, y + 1), true).into_iter().rev());
    points.extend(side((x, y), false).into_iter().rev());
    line(points, true)
}

fn line(points: Vec<Point>, closed: bool) -> Path {
    let mut path = Path::new();
    path.polyline(points.into_iter());
    if closed {
        path.close_path();
    }
    path
}

fn shape(path: Path, fill: Option<Paint>, stroke: Option<Stroke>) -> Node {
    Node::Shape(Shape { tag: Tag::default(), path: path.into(), fill, stroke })
}

fn font(weight: u16) -> Font {
    Font { family: "Libre Franklin".into(), weight, italic: false }
}

fn words(text: &str, size: f64, weight: u16, at: Point, halo: Option<Halo>) -> Node {
    let color = Color::rgb(0x22, 0x22, 0x22);
    let span = Span { text: text.into(), font: font(weight), size, tracking: 0.0, color };
    let line = TextLine { at, along: None, spans: vec![span] };
    Node::Text(Text { tag: Tag::default(), anchor: Anchor::Middle, lines: vec![line], halo })
}

fn scene() -> Scene {
    let white = Color::rgb(255, 255, 255);
    let hatch = Pattern {
        ground: Color::rgb(0xf6, 0xd9, 0xce),
        mark: Color::rgb(0xc8, 0x5a, 0x3c),
        form: PatternForm::Hatch { angle: 45.0, spacing: 6.0, width: 1.6 },
        origin: (0.0, 0.0),
    };
    let mut places = Group::new("places");
    let mut borders = Group::new("borders");
    let mut labels = Group::new("labels");
    for y in 0..ROWS {
        for x in 0..COLUMNS {
            let fill = match (x + y) % 3 {
                0 => Paint::Pattern(hatch.clone()),
                1 => Paint::Solid(Color::rgb(0xb2, 0x18, 0x2b)),
                _ => Paint::Solid(Color::rgb(0xe0, 0xdd, 0xd6)),
            };
            places.nodes.push(shape(place(x, y), Some(fill), None));
            for across in [true, false] {
                borders.nodes.push(shape(
                    line(side((x, y), across), false),
                    None,
                    Some(Stroke::solid(white, 0.8)),
                ));
            }
            if (x + y) % 3 == 1 {
                let at = Point::new(139.0 + x as f64 * 118.0, 103.0 + y as f64 * 118.0);
                labels.nodes.push(words("Venezuela", 15.0, 500, at, Some(Halo { color: white, width: 2.0 })));
            }
        }
    }
    let mut title = Group::new("title");
    title.nodes.push(words("From one prison to ten countries", 44.0, 700, Point::new(800.0, 34.0), None));
    let mut sea = Group::new("sea");
    let blue = Paint::Solid(Color::rgb(0xdc, 0xe9, 0xf0));
    sea.nodes.push(shape(Rect::new(40.0, 40.0, 1560.0, 1760.0).to_path(0.1).into(), Some(blue), None));
    Scene {
        size: Size::new(1600.0, 1800.0),
        lang: "en".into(),
        title: "A quilt".into(),
        description: "Places of three classes".into(),
        metadata: Vec::new(),
        background: white,
        layers: vec![sea, places, borders, labels, title],
    }
}

#[divan::bench]
fn svg(bencher: Bencher) {
    let scene = scene();
    bencher.bench_local(|| output::svg::write(black_box(&scene)));
}

#[divan::bench]
fn raster_prepare(bencher: Bencher) {
    let scene = scene();
    bencher.bench_local(|| output::raster::Canvas::new(black_box(&scene), 1.0));
}

#[divan::bench(args = [1, 2])]
fn raster(bencher: Bencher, threads: usize) {
    let scene = scene();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    bencher.bench_local(|| {
        pool.install(|| output::raster::Canvas::new(black_box(&scene), 1.0).map(|c| c.pixels().len()))
    });
}

#[divan::bench]
fn subset_four_faces(bencher: Bencher) {
    let used =
        "From one prison to ten countries Venezuela Where Tren de Aragua is said to operate, 1234567890.";
    let characters = used.chars().collect();
    bencher.bench_local(|| {
        Face::all().take(4).map(|face| text::subset(face, black_box(&characters)).len()).sum::<usize>()
    });
}

#[divan::bench]
fn shape_label(bencher: Bencher) {
    let font = font(500);
    bencher.bench_local(|| text::shape(black_box("Trinidad and Tobago"), &font, 13.0, 0.0));
}

#[divan::bench]
fn wrap_deck(bencher: Bencher) {
    let deck = "Where Tren de Aragua is said to operate, by strength of the reports. **Established** means two \
                independent sources; *reported* means one, or none that can be named.";
    let runs = Rich::parse(deck).set(&font(400), 18.0, 0.0, 700);
    bencher.bench_local(|| text::wrap(black_box(&runs), 420.0, Wrap::Balanced));
}
