//! The reference figure in a real browser: its words are as wide as we measured, inside the page, and on top of
//! no other words.
//!
//! Needs Chromium. Without one the test says so and passes, unless `PRESSMAP_REQUIRE_BROWSER=1` (as `.ci/run`
//! sets) makes its absence a failure.

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use kurbo::{BezPath, Line, ParamCurve as _, ParamCurveNearest as _, PathEl, Point, Rect, Shape as _};
use pressmap::diagnostic::{Diagnostic, Result as OneResult};
use pressmap::scene::{Group, Node, Scene, Text};
use pressmap::strict::Override;
use pressmap::{Files, Job, draw, output, text};
use serde::Deserialize;
use support::{examples, stem};

/// How far the browser's width of a text may be from ours.
const TOLERANCE: f64 = 0.015;
/// Hinting-free browsers still round glyphs to fractions of a px.
const LEAST: f64 = 0.5;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Asks the browser for every text: its width, and the boxes of its letters.
const SCRIPT: &str = r#"
document.fonts.ready.then(() => {
  const svg = document.querySelector('svg');
  const texts = [...svg.querySelectorAll('text:not([aria-hidden])')].map(text => {
    const letters = [];
    for (let i = 0; i < text.getNumberOfChars(); i++) {
      const box = text.getExtentOfChar(i);
      if (box.width > 0) letters.push([box.x, box.y, box.x + box.width, box.y + box.height]);
    }
    return { words: text.textContent, size: parseFloat(getComputedStyle(text).fontSize),
             width: text.getComputedTextLength(), letters };
  });
  const faces = [...document.fonts].map(face => face.status);
  const told = document.createElement('script');
  told.type = 'application/json';
  told.id = 'told';
  told.textContent = 'TOLD' + JSON.stringify({ texts, faces }) + 'END';
  document.body.append(told);
});
"#;

/// What the browser tells of a figure.
#[derive(Deserialize)]
struct Told {
    texts: Vec<Seen>,
    faces: Vec<String>,
}

/// A text as the browser set it.
#[derive(Deserialize)]
struct Seen {
    words: String,
    size: f64,
    width: f64,
    /// x0, y0, x1, y1 of each letter's cell, px of the page.
    letters: Vec<[f64; 4]>,
}

struct Beside(PathBuf);

impl Files for Beside {
    fn read(&self, name: &str) -> OneResult<Vec<u8>> {
        let fault = |error| Box::new(Diagnostic::error(format!("{name}: {error}")));
        std::fs::read(self.0.join(name)).map_err(fault)
    }
}

/// Widths of page that every example is looked at: its own, and a phone's.
const WIDTHS: [Option<i64>; 2] = [None, Some(390)];

fn figure(map: &Path, width: Option<i64>) -> Scene {
    let text = std::fs::read_to_string(map).expect("a map file");
    let name = map.to_string_lossy();
    let set =
        |width: i64| Override { key: "output.width".into(), value: width.into(), flag: "--width".into() };
    let overrides: Vec<Override> = width.map(set).into_iter().collect();
    let job = Job { name: &name, text: &text, overrides: &overrides, allow_unmatched: false };
    let folder = map.parent().map(Path::to_owned).unwrap_or_default();
    draw(&job, &Beside(folder)).unwrap_or_else(|faults| panic!("{faults}")).scene
}

/// Every example at every width, with a name for faults.
fn figures() -> impl Iterator<Item = (String, Scene)> {
    let named = |map: &Path, width: Option<i64>| match width {
        None => stem(map),
        Some(width) => format!("{} at {width} px", stem(map)),
    };
    let maps = examples().into_iter();
    maps.flat_map(move |map| WIDTHS.map(|width| (named(&map, width), figure(&map, width))))
}

fn browser() -> Option<&'static str> {
    let runs =
        |name: &str| Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success());
    let found = BROWSERS.into_iter().find(|name| runs(name));
    let required = std::env::var_os("PRESSMAP_REQUIRE_BROWSER").is_some_and(|value| value == "1");
    assert!(found.is_some() || !required, "PRESSMAP_REQUIRE_BROWSER=1, but there is none of {BROWSERS:?}");
    if found.is_none() {
        eprintln!("skipped: no chromium");
    }
    found
}

fn told(browser: &str, svg: &str) -> Told {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("page.html");
    let html = format!(
        "<!doctype html><meta charset=\"utf-8\"><body style=\"margin:0\">{svg}<script>{SCRIPT}</script>"
    );
    std::fs::write(&page, html).expect("written");
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"])
        .args(["--virtual-time-budget=10000", "--dump-dom", "--window-size=1600,2000"])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("the browser starts");
    let dom = String::from_utf8_lossy(&output.stdout);
    // the script's own text says TOLD as well; what it wrote stands last
    let json = dom
        .rsplit_once("TOLD{")
        .and_then(|(_, rest)| rest.split_once("}END"))
        .unwrap_or_else(|| panic!("the browser tells nothing: {}", String::from_utf8_lossy(&output.stderr)));
    serde_json::from_str(&format!("{{{}}}", json.0)).expect("JSON")
}

/// The texts of a scene in drawing order.
fn texts(scene: &Scene) -> Vec<&Text> {
    fn gather<'s>(group: &'s Group, all: &mut Vec<&'s Text>) {
        for node in &group.nodes {
            match node {
                Node::Group(inner) => gather(inner, all),
                Node::Text(text) => all.push(text),
                Node::Shape(_) => {}
            }
        }
    }
    let mut all = Vec::new();
    scene.layers.iter().for_each(|layer| gather(layer, &mut all));
    all
}

fn words(text: &Text) -> String {
    text.lines.iter().flat_map(|line| &line.spans).map(|span| span.text.as_str()).collect()
}

/// Our width of a text: that of its lines together, with the tracking after their last letters.
fn width(text: &Text) -> f64 {
    let spans = text.lines.iter().flat_map(|line| &line.spans);
    spans
        .map(|span| text::shape(&span.text, &span.font, span.size, span.tracking).width + span.tracking)
        .sum()
}

#[test]
fn a_browser_sets_the_words_as_we_measured_them() {
    let Some(browser) = browser() else { return };
    for (name, scene) in figures() {
        let told = told(browser, &output::svg::write(&scene));
        let faces = &told.faces;
        let sound =
            faces.iter().any(|status| status == "loaded") && !faces.iter().any(|status| status == "error");
        assert!(sound, "{name}: the embedded fonts are {faces:?}");
        let ours = texts(&scene);
        assert_eq!(ours.len(), told.texts.len(), "{name}: texts of the scene and of the SVG");
        for (text, seen) in ours.iter().zip(&told.texts) {
            let (here, there) = (width(text), seen.width);
            assert!(
                (here - there).abs() <= (here * TOLERANCE).max(LEAST),
                "{name}: \"{}\" is {there:.2} px wide in the browser, we measured {here:.2}",
                words(text)
            );
        }
    }
}

#[test]
fn no_words_overlap_or_leave_the_page() {
    let Some(browser) = browser() else { return };
    let mut faults = Vec::new();
    for (name, scene) in figures() {
        let told = told(browser, &output::svg::write(&scene));
        for (i, seen) in told.texts.iter().enumerate() {
            let out = |b: &[f64; 4]| {
                b[0] < 0.0 || b[1] < 0.0 || b[2] > scene.size.width || b[3] > scene.size.height
            };
            if seen.letters.iter().any(out) {
                faults.push(format!("{name}: \"{}\" leaves the page", seen.words));
            }
            for other in &told.texts[..i] {
                if overlap(seen, other) {
                    faults.push(format!("{name}: \"{}\" lies on \"{}\"", seen.words, other.words));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Whether letters of two texts share ground. A letter's cell reaches from the font's ascent to its descent; its
/// ink lies between the tops of capitals and the foot of a p, which is where letters could touch.
fn overlap(a: &Seen, b: &Seen) -> bool {
    let ink = |seen: &Seen, letter: &[f64; 4]| {
        let middle = (letter[1] + letter[3]) / 2.0;
        [letter[0], middle - seen.size * 0.4, letter[2], middle + seen.size * 0.45]
    };
    a.letters.iter().any(|one| {
        let one = ink(a, one);
        b.letters.iter().any(|other| {
            let other = ink(b, other);
            one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
        })
    })
}

/// A shape of the scene by its id.
fn shape(scene: &Scene, id: &str) -> Option<BezPath> {
    fn find(group: &Group, id: &str) -> Option<BezPath> {
        group.nodes.iter().find_map(|node| match node {
            Node::Group(inner) => find(inner, id),
            Node::Shape(shape) if shape.tag.id == id => Some(shape.path.elements().collect()),
            _ => None,
        })
    }
    scene.layers.iter().find_map(|layer| find(layer, id))
}

/// The name of a place as the browser set it.
struct Name<'s> {
    seen: &'s Seen,
    /// The outline or the symbol of its place.
    place: BezPath,
    leader: Option<Vec<Point>>,
    /// It names a place without data on a map that has some, and stands on the land of another one.
    astray: bool,
}

impl Name<'_> {
    /// What is wrong with where it stands, but for other names: it is neither in its place, nor right beside it, nor tied to it.
    fn fault(&self) -> Option<&'static str> {
        let near = |p: Point, reach: f64| {
            let nearest = self.place.segments().map(|one| one.nearest(p, 0.1).distance_sq);
            self.place.contains(p) || nearest.fold(f64::INFINITY, f64::min).sqrt() <= reach
        };
        if self.astray {
            return Some("names a place without data and stands on the land of another one");
        }
        if let Some(leader) = &self.leader {
            let ends = leader.last().is_some_and(|end| near(*end, 1.0));
            return (!ends).then_some("has a line that does not end in its place");
        }
        let corners =
            |b: &[f64; 4]| [(b[0], b[1]), (b[2], b[1]), (b[2], b[3]), (b[0], b[3])].map(Point::from);
        let letters = || self.seen.letters.iter();
        let middle = |b: &[f64; 4]| Point::new((b[0] + b[2]) / 2.0, (b[1] + b[3]) / 2.0);
        let inside = letters().all(|letter| self.place.contains(middle(letter)));
        let beside = letters().flat_map(corners).any(|p| near(p, self.seen.size));
        (!inside && !beside).then_some("is not at its place and has no line to it")
    }

    fn strokes(&self) -> impl Iterator<Item = Line> {
        self.leader.iter().flat_map(|points| points.windows(2).map(|w| Line::new(w[0], w[1])))
    }
}

/// Whether a name of a place without data, on a map of which others have some, stands on another place.
fn astray(scene: &Scene, before: &str, code: &str, seen: &Seen) -> bool {
    let (land, told) = (areas(scene, &format!("{before}land")), areas(scene, &format!("{before}places")));
    let quiet = land.iter().any(|(id, _)| *id == format!("{before}{code}"));
    let foreign = || land.iter().chain(&told).filter(|(id, _)| *id != format!("{before}{code}"));
    let middle = |b: &[f64; 4]| Point::new((b[0] + b[2]) / 2.0, (b[1] + b[3]) / 2.0);
    let on = |area: &BezPath| seen.letters.iter().any(|letter| area.contains(middle(letter)));
    quiet && !told.is_empty() && foreign().any(|(_, area)| on(area))
}

/// The shapes of the group of that id, each with its own id.
fn areas<'s>(scene: &'s Scene, id: &str) -> Vec<(&'s str, BezPath)> {
    fn find<'s>(group: &'s Group, id: &str) -> Option<&'s Group> {
        let inner = group.nodes.iter().filter_map(|node| match node {
            Node::Group(inner) => Some(inner),
            _ => None,
        });
        if group.id == id { Some(group) } else { inner.into_iter().find_map(|inner| find(inner, id)) }
    }
    let group = scene.layers.iter().find_map(|layer| find(layer, id));
    let shapes = group.into_iter().flat_map(|group| &group.nodes).filter_map(|node| match node {
        Node::Shape(shape) if !shape.tag.id.is_empty() => {
            Some((shape.tag.id.as_str(), shape.path.elements().collect()))
        }
        _ => None,
    });
    shapes.collect()
}

/// The names of places on a figure. Names of points have no place with their code and are left out.
fn names<'s>(scene: &'s Scene, told: &'s Told) -> Vec<Name<'s>> {
    let all = texts(scene).into_iter().zip(&told.texts).filter_map(|(text, seen)| {
        let id = &text.tag.id;
        let (before, code) = id.split_once("label-")?;
        let symbol = || shape(scene, &format!("{before}symbol-{code}"));
        let place = symbol().or_else(|| shape(scene, &format!("{before}{code}")))?;
        let leader = shape(scene, &format!("{before}leader-{code}"));
        let points = |path: BezPath| path.elements().iter().filter_map(PathEl::end_point).collect();
        let astray = astray(scene, before, code, seen);
        Some(Name { seen, place, leader: leader.map(points), astray })
    });
    all.collect()
}

#[test]
fn every_name_is_at_its_place_and_no_line_crosses_another() {
    let Some(browser) = browser() else { return };
    let mut faults = Vec::new();
    let mut count = 0;
    for (figure, scene) in figures() {
        let told = told(browser, &output::svg::write(&scene));
        let names = names(&scene, &told);
        count += names.len();
        for (i, name) in names.iter().enumerate() {
            let words = &name.seen.words;
            faults.extend(name.fault().map(|fault| format!("{figure}: \"{words}\" {fault}")));
            for (k, other) in names.iter().enumerate().filter(|(k, _)| *k != i) {
                let crosses = |a: Line| other.strokes().any(|b| k < i && cross(a, b));
                let strikes = |a: Line| other.seen.letters.iter().any(|b| strikes(a, b, other.seen.size));
                if name.strokes().any(|a| crosses(a) || strikes(a)) {
                    faults.push(format!(
                        "{figure}: the line of \"{words}\" crosses that of \"{}\" or its words",
                        other.seen.words
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(count > 300, "only {count} names were looked at");
}

fn cross(a: Line, b: Line) -> bool {
    let side = |line: Line, p: Point| (line.p1 - line.p0).cross(p - line.p0);
    side(a, b.p0) * side(a, b.p1) < 0.0 && side(b, a.p0) * side(b, a.p1) < 0.0
}

/// Whether a stroke goes through the ink of a letter.
fn strikes(stroke: Line, letter: &[f64; 4], size: f64) -> bool {
    let middle = (letter[1] + letter[3]) / 2.0;
    let ink = Rect::new(letter[0], middle - size * 0.35, letter[2], middle + size * 0.35);
    let steps = (stroke.length() / 0.5).ceil().max(1.0) as usize;
    (0..=steps).any(|k| ink.contains(stroke.eval(k as f64 / steps as f64)))
}

#[test]
fn letters_that_share_ground_are_found() {
    let text = |x: f64, y: f64| Seen {
        words: String::new(),
        size: 10.0,
        width: 6.0,
        letters: vec![[x, y - 10.0, x + 6.0, y + 2.5]],
    };
    assert!(overlap(&text(0.0, 20.0), &text(5.0, 20.0)));
    assert!(!overlap(&text(0.0, 20.0), &text(7.0, 20.0)));
    assert!(overlap(&text(0.0, 20.0), &text(0.0, 27.0)));
    assert!(!overlap(&text(0.0, 20.0), &text(0.0, 30.0)));
}
