//! Paths as polygons in device px.

use kurbo::PathEl;
use tiny_skia_path::{LineCap, LineJoin, Path, PathBuilder, PathSegment, Point, StrokeDash};

use crate::scene::Stroke;

/// How far a polygon may be from the curve it stands for, in device px: less than one of 255 steps of coverage shows.
const TOLERANCE: f32 = 0.03;
/// Curves are cut into at most so many chords.
const MAX_CHORDS: f32 = 500.0;
/// At lines up to this width, in device px, a round corner looks like a cut one and costs three times as much.
const THIN: f32 = 1.25;

/// Closed polygons.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The corners of all polygons, one after the other.
    points: Vec<[f32; 2]>,
    /// Where each polygon ends in `points`.
    ends: Vec<usize>,
    /// The box around them.
    pub bounds: Bounds,
}

/// A box in device px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Its left edge.
    pub left: f32,
    /// Its upper edge.
    pub top: f32,
    /// Its right edge.
    pub right: f32,
    /// Its lower edge.
    pub bottom: f32,
}

impl Default for Bounds {
    fn default() -> Self {
        Bounds { left: f32::MAX, top: f32::MAX, right: f32::MIN, bottom: f32::MIN }
    }
}

impl Bounds {
    /// Whether all of `inner` lies inside.
    pub fn contains(&self, inner: &Bounds) -> bool {
        self.left <= inner.left
            && self.top <= inner.top
            && self.right >= inner.right
            && self.bottom >= inner.bottom
    }

    fn add(&mut self, [x, y]: [f32; 2]) {
        self.left = self.left.min(x);
        self.right = self.right.max(x);
        self.top = self.top.min(y);
        self.bottom = self.bottom.max(y);
    }
}

impl Outline {
    /// The inside of `path`.
    pub fn of(path: &Path) -> Outline {
        let mut to = Outline::default();
        let mut at = [0.0; 2];
        for segment in path.segments() {
            at = match segment {
                PathSegment::MoveTo(p) => {
                    to.end_polygon();
                    to.corner([p.x, p.y])
                }
                PathSegment::LineTo(p) => to.corner([p.x, p.y]),
                PathSegment::QuadTo(p, q) => to.quad(at, [p.x, p.y], [q.x, q.y]),
                PathSegment::CubicTo(p, q, r) => to.cubic(at, [p.x, p.y], [q.x, q.y], [r.x, r.y]),
                PathSegment::Close => at,
            };
        }
        to.end_polygon();
        to
    }

    /// Adds a polygon.
    pub fn polygon(&mut self, corners: impl IntoIterator<Item = [f32; 2]>) {
        for corner in corners {
            self.corner(corner);
        }
        self.end_polygon();
    }

    /// Whether it has no side.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// Its sides, each from one corner to the next.
    pub fn sides(&self) -> impl Iterator<Item = ([f32; 2], [f32; 2])> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).flat_map(|(start, &end)| {
            let corners = &self.points[start..end];
            let last = corners.last().copied().into_iter();
            last.chain(corners.iter().copied()).zip(corners.iter().copied())
        })
    }

    /// Whether it is a rectangle with upright sides.
    pub fn is_box(&self) -> bool {
        let b = &self.bounds;
        let is_corner =
            |p: &[f32; 2]| (p[0] == b.left || p[0] == b.right) && (p[1] == b.top || p[1] == b.bottom);
        let is_upright = |(p, q): ([f32; 2], [f32; 2])| p[0] == q[0] || p[1] == q[1];
        self.ends.len() == 1
            && (4..=5).contains(&self.points.len())
            && self.points.iter().all(is_corner)
            && self.sides().all(is_upright)
    }

    fn corner(&mut self, corner: [f32; 2]) -> [f32; 2] {
        self.points.push(corner);
        self.bounds.add(corner);
        corner
    }

    fn end_polygon(&mut self) {
        if self.ends.last().copied().unwrap_or(0) < self.points.len() {
            self.ends.push(self.points.len());
        }
    }

    fn quad(&mut self, a: [f32; 2], b: [f32; 2], c: [f32; 2]) -> [f32; 2] {
        // The chord's error is a quarter of the second difference over the square of their number.
        let n = chords(bend(a, b, c) / 4.0);
        for i in 1..n as u32 {
            let t = i as f32 / n;
            let s = 1.0 - t;
            self.corner([0, 1].map(|k| s * s * a[k] + 2.0 * s * t * b[k] + t * t * c[k]));
        }
        self.corner(c)
    }

    fn cubic(&mut self, a: [f32; 2], b: [f32; 2], c: [f32; 2], d: [f32; 2]) -> [f32; 2] {
        let n = chords(bend(a, b, c).max(bend(b, c, d)) * 0.75);
        for i in 1..n as u32 {
            let t = i as f32 / n;
            let s = 1.0 - t;
            let at = |k: usize| {
                s * s * s * a[k] + 3.0 * s * s * t * b[k] + 3.0 * s * t * t * c[k] + t * t * t * d[k]
            };
            self.corner([at(0), at(1)]);
        }
        self.corner(d)
    }
}

/// The length of the second difference of three points.
fn bend(a: [f32; 2], b: [f32; 2], c: [f32; 2]) -> f32 {
    let [x, y] = [0, 1].map(|k| a[k] - 2.0 * b[k] + c[k]);
    (x * x + y * y).sqrt()
}

/// How many chords keep an error of `error` for one within the tolerance.
fn chords(error: f32) -> f32 {
    (error / TOLERANCE).sqrt().ceil().clamp(1.0, MAX_CHORDS)
}

/// A path in device px; `None` when it has no mark, or a place that is no number.
pub fn device_path(elements: impl Iterator<Item = PathEl>, scale: f64) -> Option<Path> {
    let count = elements.size_hint().0;
    let mut to = PathBuilder::with_capacity(count, count * 2);
    let at = |p: kurbo::Point| Point::from_xy((p.x * scale) as f32, (p.y * scale) as f32);
    for element in elements {
        match element {
            PathEl::MoveTo(p) => to.move_to(at(p).x, at(p).y),
            PathEl::LineTo(p) => to.line_to(at(p).x, at(p).y),
            PathEl::QuadTo(p, q) => to.quad_to(at(p).x, at(p).y, at(q).x, at(q).y),
            PathEl::CurveTo(p, q, r) => {
                let (p, q, r) = (at(p), at(q), at(r));
                to.cubic_to(p.x, p.y, q.x, q.y, r.x, r.y);
            }
            PathEl::ClosePath => to.close(),
        }
    }
    to.finish()
}

/// What a line of `stroke` along `path`, which is in device px, covers.
pub fn stroked(path: &Path, stroke: &Stroke, scale: f64) -> Option<Outline> {
    let width = (stroke.width * scale) as f32;
    let (line_join, line_cap) = match stroke.sharp {
        true => (LineJoin::Miter, LineCap::Butt),
        false if width <= THIN => (LineJoin::Bevel, LineCap::Round),
        false => (LineJoin::Round, LineCap::Round),
    };
    let pen = tiny_skia_path::Stroke { width, line_join, line_cap, ..tiny_skia_path::Stroke::default() };
    let dashed = dash(stroke, scale).and_then(|dash| path.dash(&dash, 1.0));
    Some(Outline::of(&dashed.as_ref().unwrap_or(path).stroke(&pen, 1.0)?))
}

fn dash(stroke: &Stroke, scale: f64) -> Option<StrokeDash> {
    let lengths: Vec<f32> = stroke.dash.iter().map(|d| (d * scale) as f32).collect();
    // An odd list is taken twice (SVG 2, §13.5.6).
    let lengths = if lengths.len() % 2 == 1 { lengths.repeat(2) } else { lengths };
    if lengths.is_empty() { None } else { StrokeDash::new(lengths, 0.0) }
}
