//! A scene's nodes as marks: outlines in device px with the paint and the clip that each is drawn with.

use kurbo::{Affine, BezPath};
use rayon::prelude::*;
use tiny_skia_path::Path;

use super::advances;
use super::coverage::Rule;
use super::outline::{Outline, device_path, stroked};
use crate::output::pattern::Tile;
use crate::paint::{Color, Paint};
use crate::scene::{Anchor, Group, Node, Scene, Shape, Span, Stroke, Text, TextLine};
use crate::text;

/// Something to be painted.
pub struct Mark {
    /// What is covered.
    pub outline: Outline,
    /// How the inside is told.
    pub rule: Rule,
    /// With what.
    pub ink: Ink,
    /// The clip it is seen through: an index, or none.
    pub clip: Option<usize>,
}

/// What a mark is painted with.
pub enum Ink {
    /// One colour.
    Solid(Color),
    /// A pattern, and device px per scene px.
    Tiles(Tile, f64),
}

/// A clip path.
pub struct Clip {
    /// The inside, by the even-odd rule.
    pub outline: Outline,
    /// Whether it is a rectangle with upright sides.
    pub is_box: bool,
    /// The clip around it.
    pub outer: Option<usize>,
}

/// A node to be turned into marks, with its clip.
type Job<'a> = (&'a Node, Option<usize>);

/// The marks of `scene` in drawing order and its clips, at `scale`.
pub fn collect(scene: &Scene, scale: f64) -> (Vec<Mark>, Vec<Clip>) {
    let mut jobs = Vec::new();
    let mut clips = Vec::new();
    for layer in &scene.layers {
        add_group(&mut jobs, &mut clips, layer, None, scale);
    }
    let marks = |&(node, clip): &Job| match node {
        Node::Shape(shape) => shape_marks(shape, scale, clip),
        Node::Text(text) => text_marks(text, scale, clip),
        Node::Group(_) => Vec::new(),
    };
    (jobs.par_iter().flat_map_iter(marks).collect(), clips)
}

fn add_group<'a>(
    jobs: &mut Vec<Job<'a>>,
    clips: &mut Vec<Clip>,
    group: &'a Group,
    outer: Option<usize>,
    scale: f64,
) {
    let mut clip = outer;
    if let Some(path) = &group.clip {
        // A clip without an inside hides the whole group.
        let Some(path) = device_path(path.elements(), scale) else { return };
        let outline = Outline::of(&path);
        clips.push(Clip { is_box: outline.is_box(), outline, outer });
        clip = Some(clips.len() - 1);
    }
    for node in &group.nodes {
        match node {
            Node::Group(inner) => add_group(jobs, clips, inner, clip, scale),
            node => jobs.push((node, clip)),
        }
    }
}

fn shape_marks(shape: &Shape, scale: f64, clip: Option<usize>) -> Vec<Mark> {
    let Some(path) = device_path(shape.path.elements(), scale) else { return Vec::new() };
    let filled = shape.fill.as_ref().and_then(|paint| {
        let ink = match paint {
            Paint::Solid(color) => Ink::Solid(*color),
            Paint::Pattern(pattern) => Ink::Tiles(Tile::new(pattern), scale),
        };
        mark(Outline::of(&path), Rule::EvenOdd, ink, clip)
    });
    let stroke = shape.stroke.as_ref().and_then(|stroke| stroke_mark(&path, stroke, scale, clip));
    filled.into_iter().chain(stroke).collect()
}

fn mark(outline: Outline, rule: Rule, ink: Ink, clip: Option<usize>) -> Option<Mark> {
    let unseen = matches!(ink, Ink::Solid(Color { a: 0, .. })) || outline.is_empty();
    if unseen { None } else { Some(Mark { outline, rule, ink, clip }) }
}

fn stroke_mark(path: &Path, stroke: &Stroke, scale: f64, clip: Option<usize>) -> Option<Mark> {
    mark(stroked(path, stroke, scale)?, Rule::NonZero, Ink::Solid(stroke.color), clip)
}

/// The rims of all lines, then the letters.
fn text_marks(text: &Text, scale: f64, clip: Option<usize>) -> Vec<Mark> {
    let outlines = text.lines.iter().flat_map(|line| line_outlines(line, text.anchor));
    let letters: Vec<(Path, Color)> =
        outlines.filter_map(|(path, color)| Some((device_path(path.iter(), scale)?, color))).collect();
    let mut marks = Vec::new();
    if let Some(halo) = text.halo {
        let rim = Stroke::solid(halo.color, halo.width * 2.0);
        marks.extend(letters.iter().filter_map(|(path, _)| stroke_mark(path, &rim, scale, clip)));
    }
    let fill = |(path, color)| mark(Outline::of(&path), Rule::NonZero, Ink::Solid(color), clip);
    marks.extend(letters.into_iter().filter_map(fill));
    marks
}

fn line_outlines(line: &TextLine, anchor: Anchor) -> Vec<(BezPath, Color)> {
    let (spans, width) = advances(line);
    let start = match anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => -width / 2.0,
        Anchor::End => -width,
    };
    let outline = |(span, (x, shaped)): (&Span, &(f64, text::Shaped))| {
        let path = match &line.along {
            Some(curve) => {
                let from = (text::arc_length(curve) - width) / 2.0;
                text::outline_along(shaped, &span.font, span.size, curve, from + x)
            }
            None => {
                let at = Affine::translate((line.at.x + start + x, line.at.y));
                at * text::outline(shaped, &span.font, span.size)
            }
        };
        (path, span.color)
    };
    line.spans.iter().zip(&spans).map(outline).collect()
}
