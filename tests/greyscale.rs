//! The classes of the reference figure are told apart without colour: in grey, and by people who see no green.
//!
//! Lightness is CIE L* of the sRGB colours; deuteranopia is simulated by Machado, Oliveira & Fernandes 2009, *A
//! Physiologically-based Model for Simulation of Color Vision Deficiency*, table 1, severity 1.0, applied to
//! linear RGB. Two grounds are told apart by a difference in lightness, a pattern from a plain area by its marks.

mod support;

use std::collections::BTreeMap;

use pressmap::diagnostic::{Diagnostic, Result as OneResult};
use pressmap::paint::{Color, Paint, PatternForm};
use pressmap::scene::{Node, Scene};
use pressmap::strict::Override;
use pressmap::{Files, Job, draw};
use support::root;

/// Difference in L* from which two areas that do not touch are told apart at a glance.
const APART: f64 = 14.0;
/// Difference in L* between a pattern's marks and its ground.
const MARKED: f64 = 14.0;
/// Marks are at least so wide on a phone, px.
const FINEST: f64 = 0.7;

struct Disk;

impl Files for Disk {
    fn read(&self, name: &str) -> OneResult<Vec<u8>> {
        std::fs::read(root().join("examples").join(name))
            .map_err(|error| Box::new(Diagnostic::error(format!("{name}: {error}"))))
    }
}

fn scene(style: &str, width: i64) -> Scene {
    let set = |key: &str, value: toml::Value| Override { key: key.to_owned(), value, flag: key.to_owned() };
    let overrides = [set("style", style.into()), set("output.width", width.into())];
    let text = include_str!("../examples/tren-de-aragua.toml");
    let job = Job { name: "tren-de-aragua.toml", text, overrides: &overrides, allow_unmatched: false };
    draw(&job, &Disk).unwrap_or_else(|faults| panic!("{faults}")).scene
}

/// The paint of each class, from its swatch.
fn classes(scene: &Scene) -> BTreeMap<String, Paint> {
    let legend = scene.layers.iter().find(|layer| layer.id == "legend").expect("a legend");
    let swatch = |node: &Node| match node {
        Node::Shape(shape) => {
            let class = shape.tag.data.iter().find(|(key, _)| *key == "class")?.1.clone();
            Some((class, shape.fill.clone()?))
        }
        _ => None,
    };
    let all: BTreeMap<String, Paint> = legend.nodes.iter().filter_map(swatch).collect();
    assert_eq!(all.keys().collect::<Vec<_>>(), ["established", "origin", "reported"]);
    all
}

/// The colour of places without a value.
fn land(scene: &Scene) -> Color {
    let layer = scene.layers.iter().find(|layer| layer.id == "land").expect("land");
    let fill = layer.nodes.iter().find_map(|node| match node {
        Node::Shape(shape) => shape.fill.as_ref(),
        _ => None,
    });
    fill.expect("a painted neighbour").ground()
}

type Sight = fn(Color) -> [f64; 3];

/// What is seen of a colour: linear RGB.
const SIGHTS: [(&str, Sight); 4] = [
    ("in colour", linear),
    ("in grey", grey),
    ("by deuteranopes", deuteranopia),
    ("by protanopes", protanopia),
];

fn linear(color: Color) -> [f64; 3] {
    [color.r, color.g, color.b].map(|c| {
        let c = f64::from(c) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
    })
}

fn grey(color: Color) -> [f64; 3] {
    [luminance(linear(color)); 3]
}

fn deuteranopia(color: Color) -> [f64; 3] {
    through(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        color,
    )
}

fn protanopia(color: Color) -> [f64; 3] {
    through(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        color,
    )
}

fn through(matrix: [[f64; 3]; 3], color: Color) -> [f64; 3] {
    let rgb = linear(color);
    matrix.map(|row| row.iter().zip(rgb).map(|(m, c)| m * c).sum::<f64>().clamp(0.0, 1.0))
}

fn luminance([r, g, b]: [f64; 3]) -> f64 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// CIE 1976 L*, 0 to 100.
fn lightness(rgb: [f64; 3]) -> f64 {
    let y = luminance(rgb);
    if y > 216.0 / 24389.0 { 116.0 * libm::cbrt(y) - 16.0 } else { y * 24389.0 / 27.0 }
}

/// The share of a pattern that its marks cover, and their width.
fn marks(form: &PatternForm) -> (f64, f64) {
    match form {
        PatternForm::Hatch { spacing, width, .. } => (width / spacing, *width),
        PatternForm::Cross { spacing, width, .. } => (1.0 - (1.0 - width / spacing).powi(2), *width),
        PatternForm::Dots { spacing, radius } => {
            (std::f64::consts::PI * radius * radius / (spacing * spacing), radius * 2.0)
        }
        PatternForm::Stripes { width, bands, .. } => (1.0 / bands.len() as f64, *width),
    }
}

/// The mean light of an area, as from afar.
fn mean(paint: &Paint, sight: Sight) -> [f64; 3] {
    match paint {
        Paint::Solid(color) => sight(*color),
        Paint::Pattern(pattern) => {
            let (share, _) = marks(&pattern.form);
            let (ground, mark) = (sight(pattern.ground), sight(pattern.mark));
            std::array::from_fn(|i| ground[i] * (1.0 - share) + mark[i] * share)
        }
    }
}

#[test]
fn the_three_classes_are_told_apart_without_colour() {
    for style in ["newsroom", "print-bw", "dark"] {
        for width in [390, 1600] {
            let scene = scene(style, width);
            let classes = classes(&scene);
            for (seen, sight) in SIGHTS {
                let light: BTreeMap<&str, f64> = classes
                    .iter()
                    .map(|(class, paint)| (class.as_str(), lightness(mean(paint, sight))))
                    .collect();
                for (a, b) in [("origin", "established"), ("established", "reported"), ("origin", "reported")]
                {
                    let apart = (light[a] - light[b]).abs();
                    assert!(
                        apart >= APART,
                        "{style}, {width} px, {seen}: {a} and {b} are {apart:.1} L* apart"
                    );
                }
            }
        }
    }
}

/// A reported presence is hatched, an established one is not: they never look alike, whatever the colours.
#[test]
fn reported_is_marked_by_a_pattern_that_can_be_seen() {
    for style in ["newsroom", "print-bw", "dark"] {
        for width in [390, 1600] {
            let scene = scene(style, width);
            let classes = classes(&scene);
            assert!(matches!(classes["established"], Paint::Solid(_)), "{style}: established is plain");
            assert!(matches!(classes["origin"], Paint::Solid(_)), "{style}: origin is plain");
            let Paint::Pattern(pattern) = &classes["reported"] else {
                panic!("{style}: reported has no pattern")
            };
            let (share, finest) = marks(&pattern.form);
            assert!(
                finest >= FINEST && (0.1..0.6).contains(&share),
                "{style}, {width} px: {finest} px, {share:.2}"
            );
            for (seen, sight) in SIGHTS {
                let contrast = (lightness(sight(pattern.ground)) - lightness(sight(pattern.mark))).abs();
                assert!(
                    contrast >= MARKED,
                    "{style}, {width} px, {seen}: the hatch is {contrast:.1} L* from its ground"
                );
            }
        }
    }
}

/// A place without a value looks like none of the classes.
#[test]
fn every_class_is_told_from_land_without_data() {
    for style in ["newsroom", "print-bw", "dark"] {
        let scene = scene(style, 1600);
        let bare = Paint::Solid(land(&scene));
        for (class, paint) in classes(&scene) {
            for (seen, sight) in SIGHTS {
                let apart = (lightness(mean(&paint, sight)) - lightness(mean(&bare, sight))).abs();
                let marked = matches!(paint, Paint::Pattern(_));
                let least = if marked { 4.0 } else { APART };
                assert!(apart >= least, "{style}, {seen}: {class} is {apart:.1} L* from land without data");
            }
        }
    }
}
