//! The SVG and the PNG of a figure are one picture: resvg's drawing of our SVG beside our own PNG.
//!
//! Two rasterisers never agree to the pixel along edges, so the measures are the mean difference of all
//! channels and the share of pixels that differ visibly; a mark that is missing, shifted or in another colour
//! exceeds both.

mod support;

use std::collections::BTreeSet;
use std::fs;

use resvg::tiny_skia::Pixmap;
use support::{examples, rasterise, root, run, stem, well_formed};

/// Mean absolute difference of the channels, of 255.
const MEAN: f64 = 0.6;
/// A pixel differs visibly from so much in one channel on.
const VISIBLE: u8 = 48;
/// The share of pixels that may differ visibly.
const SHARE: f64 = 0.0006;

#[test]
fn the_svg_and_the_png_of_every_example_are_one_picture() {
    let mut faults = Vec::new();
    for map in examples() {
        let name = stem(&map);
        let (svg, ours) = both(&format!("examples/{name}.toml"), &[]);
        let theirs = rasterise(&svg, 1.0).expect("resvg reads the SVG");
        faults.extend(compare(&name, &theirs, &ours));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn they_agree_at_other_sizes_too() {
    // a map without patterns: resvg draws those as pictures of one pixel a px, whatever the scale
    let mut faults = Vec::new();
    for (width, scale) in [("390", 2.0), ("800", 0.5), ("1600", 1.5)] {
        let (svg, ours) = both("examples/simple.toml", &["--width", width, "--scale", &scale.to_string()]);
        let theirs = rasterise(&svg, scale as f32).expect("resvg reads the SVG");
        faults.extend(compare(&format!("simple-{width}"), &theirs, &ours));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_bundled_style_agrees() {
    let mut faults = Vec::new();
    for style in ["print-bw", "dark"] {
        let (svg, ours) = both("examples/tren-de-aragua.toml", &["--style", style]);
        let theirs = rasterise(&svg, 1.0).expect("resvg reads the SVG");
        faults.extend(compare(&format!("tren-de-aragua-{style}"), &theirs, &ours));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_svg_of_every_example_is_well_formed() {
    for map in examples() {
        let name = stem(&map);
        let (svg, _) = both(&format!("examples/{name}.toml"), &[]);
        well_formed(&svg).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    }
}

/// Every place that is drawn can be found in the SVG: an id, its code, and a title that a reader is told.
#[test]
fn the_svg_names_every_place() {
    let (svg, _) = both("examples/tren-de-aragua.toml", &[]);
    let document = resvg::usvg::roxmltree::Document::parse(&svg).expect("XML");
    let codes: BTreeSet<&str> = document
        .descendants()
        .filter(|node| node.attribute("data-value").is_some() && node.attribute("id").is_some())
        .filter(|node| node.children().any(|child| child.tag_name().name() == "title"))
        .filter_map(|node| node.attribute("data-code"))
        .collect();
    for code in [
        "VEN", "COL", "PER", "CHL", "ECU", "USA", "BRA", "MEX", "BOL", "CRI", "US-TX", "US-NY", "US-FL",
        "US-IL",
    ] {
        assert!(codes.contains(code), "{code} is not among {codes:?}");
    }
    let top = document.root_element();
    assert_eq!(top.attribute("role"), Some("img"));
    for kind in ["title", "desc"] {
        let node =
            top.children().find(|child| child.tag_name().name() == kind).expect("a title and a description");
        assert!(node.text().is_some_and(|text| text.len() > 10), "<{kind}> says nothing");
        let named = top.attribute("aria-labelledby").unwrap_or_default();
        assert!(
            named.split(' ').any(|id| Some(id) == node.attribute("id")),
            "{named} does not name <{kind}>"
        );
    }
}

/// An example as SVG text and as pixels.
fn both(map: &str, flags: &[&str]) -> (String, Pixmap) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (svg, png) = (path("map.svg"), path("map.png"));
    let mut arguments = vec!["render", map, "-o", &svg, "-o", &png];
    arguments.extend(flags);
    run(root(), &arguments, 0);
    let pixels = Pixmap::load_png(&png).expect("a PNG");
    (fs::read_to_string(&svg).expect("an SVG"), pixels)
}

fn compare(name: &str, theirs: &Pixmap, ours: &Pixmap) -> Option<String> {
    if (theirs.width(), theirs.height()) != (ours.width(), ours.height()) {
        let [a, b] = [theirs, ours].map(|one| format!("{}×{}", one.width(), one.height()));
        return Some(format!("{name}: the SVG is {a}, the PNG {b}"));
    }
    let pairs = || theirs.pixels().iter().zip(ours.pixels());
    let channels = |p: &resvg::tiny_skia::PremultipliedColorU8| [p.red(), p.green(), p.blue()];
    let total: f64 = pairs()
        .map(|(a, b)| {
            channels(a).iter().zip(channels(b)).map(|(a, b)| f64::from(a.abs_diff(b))).sum::<f64>() / 3.0
        })
        .sum();
    let count = theirs.pixels().len() as f64;
    let mean = total / count;
    let share = pairs().filter(|(a, b)| support::distance(**a, **b) >= VISIBLE).count() as f64 / count;
    println!("{name}: mean difference {mean:.4} of 255, {:.4} % of pixels differ visibly", share * 100.0);
    if mean <= MEAN && share <= SHARE {
        return None;
    }
    let sheet = support::leave("agreement", name, theirs, ours);
    Some(format!(
        "{name}: mean difference {mean:.4} (at most {MEAN}), visible share {share:.6} (at most {SHARE}); SVG | difference | PNG: {}",
        sheet
    ))
}
