//! A scene's nodes as marks: device paths with the paint and the clip that each is drawn with.

use kurbo::{Affine, BezPath, PathEl, Point};
use rayon::prelude::*;
use tiny_skia::{FillRule, LineCap, LineJoin, Path, PathBuilder, Rect, StrokeDash};

use super::advances;
use crate::output::pattern::Tile;
use crate::paint::{Color, Paint};
use crate::scene::{Anchor, Group, Node, Scene, Shape, Span, Stroke, Text, TextLine};
use crate::text;

/// Something to be painted.
pub struct Mark {
    /// What is covered, in device px.
    pub path: Path,
    /// Its box, in device px.
    pub bounds: Rect,
    /// How the inside is told.
    pub rule: FillRule,
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
    pub path: Path,
    /// Its box.
    pub bounds: Rect,
    /// Whether the path is that box.
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
        let Some(path) = device_path(path, scale) else { return };
        let bounds = path.bounds();
        let is_box = is_box(&path, bounds);
        clips.push(Clip { path, bounds, is_box, outer });
        clip = Some(clips.len() - 1);
    }
    for node in &group.nodes {
        match node {
            Node::Group(inner) => add_group(jobs, clips, inner, clip, scale),
            node => jobs.push((node, clip)),
        }
    }
}

fn is_box(path: &Path, bounds: Rect) -> bool {
    let corner = |p: &tiny_skia::Point| {
        (p.x == bounds.left() || p.x == bounds.right()) && (p.y == bounds.top() || p.y == bounds.bottom())
    };
    let steps = path.points().windows(2).all(|p| (p[0].x == p[1].x) != (p[0].y == p[1].y));
    (4..=5).contains(&path.points().len()) && path.points().iter().all(corner) && steps
}

fn shape_marks(shape: &Shape, scale: f64, clip: Option<usize>) -> Vec<Mark> {
    let Some(path) = device_path(&shape.path, scale) else { return Vec::new() };
    let stroked = shape.stroke.as_ref().and_then(|stroke| stroke_mark(&path, stroke, scale, clip));
    let filled = shape.fill.as_ref().and_then(|paint| {
        let ink = match paint {
            Paint::Solid(color) => Ink::Solid(*color),
            Paint::Pattern(pattern) => Ink::Tiles(Tile::new(pattern), scale),
        };
        mark(path, FillRule::EvenOdd, ink, clip)
    });
    filled.into_iter().chain(stroked).collect()
}

fn mark(path: Path, rule: FillRule, ink: Ink, clip: Option<usize>) -> Option<Mark> {
    if matches!(ink, Ink::Solid(Color { a: 0, .. })) {
        return None;
    }
    Some(Mark { bounds: path.bounds(), path, rule, ink, clip })
}

fn stroke_mark(path: &Path, stroke: &Stroke, scale: f64, clip: Option<usize>) -> Option<Mark> {
    let (join, cap) =
        if stroke.sharp { (LineJoin::Miter, LineCap::Butt) } else { (LineJoin::Round, LineCap::Round) };
    let pen = tiny_skia::Stroke {
        width: (stroke.width * scale) as f32,
        line_join: join,
        line_cap: cap,
        ..tiny_skia::Stroke::default()
    };
    let dashed = dash(stroke, scale).and_then(|dash| path.dash(&dash, 1.0));
    let outline = dashed.as_ref().unwrap_or(path).stroke(&pen, 1.0)?;
    mark(outline, FillRule::Winding, Ink::Solid(stroke.color), clip)
}

fn dash(stroke: &Stroke, scale: f64) -> Option<StrokeDash> {
    let lengths: Vec<f32> = stroke.dash.iter().map(|d| (d * scale) as f32).collect();
    // An odd list is taken twice (SVG 2, §13.5.6).
    let lengths = if lengths.len() % 2 == 1 { lengths.repeat(2) } else { lengths };
    if lengths.is_empty() { None } else { StrokeDash::new(lengths, 0.0) }
}

/// The rims of all lines, then the letters.
fn text_marks(text: &Text, scale: f64, clip: Option<usize>) -> Vec<Mark> {
    let outlines = text.lines.iter().flat_map(|line| line_outlines(line, text.anchor));
    let letters: Vec<(Path, Color)> =
        outlines.filter_map(|(path, color)| Some((device_path(&path, scale)?, color))).collect();
    let mut marks = Vec::new();
    if let Some(halo) = text.halo {
        let rim = Stroke::solid(halo.color, halo.width * 2.0);
        marks.extend(letters.iter().filter_map(|(path, _)| stroke_mark(path, &rim, scale, clip)));
    }
    let fill = |(path, color)| mark(path, FillRule::Winding, Ink::Solid(color), clip);
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

/// A path in device px; `None` when it has no mark, or a place that is no number.
fn device_path(path: &BezPath, scale: f64) -> Option<Path> {
    let mut to = PathBuilder::with_capacity(path.elements().len(), path.elements().len() * 2);
    let at = |p: Point| ((p.x * scale) as f32, (p.y * scale) as f32);
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(p) => {
                let (x, y) = at(p);
                to.move_to(x, y);
            }
            PathEl::LineTo(p) => {
                let (x, y) = at(p);
                to.line_to(x, y);
            }
            PathEl::QuadTo(p, q) => {
                let ((x1, y1), (x, y)) = (at(p), at(q));
                to.quad_to(x1, y1, x, y);
            }
            PathEl::CurveTo(p, q, r) => {
                let ((x1, y1), (x2, y2), (x, y)) = (at(p), at(q), at(r));
                to.cubic_to(x1, y1, x2, y2, x, y);
            }
            PathEl::ClosePath => to.close(),
        }
    }
    to.finish()
}
