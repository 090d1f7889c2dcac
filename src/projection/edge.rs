//! A closed curve that polygons are clipped to, as points with their places along it.
//!
//! It runs with the visible side to its left. It serves the clip edge on the sphere, put onto the
//! page, and the frame's rectangle alike.

use kurbo::{Affine, Point, Rect};

use super::clip::Globe;
use super::rings::Rings;

/// A stretch between two stations can be halved this often.
const DEPTH: u32 = 14;

/// A closed polyline with a site for each of its points.
pub(super) struct Edge {
    /// Sites, ascending from 0, and points; the first is not repeated at the end.
    knots: Vec<(f64, Point)>,
}

impl Edge {
    /// The clip edge of `globe` on the page, true to `tolerance` px where it may come into `frame`.
    pub fn of_globe<G: Globe>(globe: &G, to_page: Affine, frame: Option<Rect>, tolerance: f64) -> Self {
        let at = |site: f64| (site, to_page * globe.project(globe.at_site(site)));
        let stations = globe.stations();
        let around = frame.map(|frame| frame.inflate(frame.width(), frame.height()));
        let curve = Curve { at: &at, around, tolerance };
        let mut knots = Vec::new();
        for pair in stations.windows(2) {
            let (a, b) = (at(pair[0]), at(pair[1]));
            knots.push(a);
            curve.subdivide(a, b, DEPTH, &mut knots);
        }
        // A pole that is a point makes many knots at one place; the first one is enough.
        knots.dedup_by(|b, a| b.1 == a.1);
        Edge { knots }
    }

    /// The border of a rectangle: right along the bottom, up, left, and down.
    pub fn of_rect(rect: Rect) -> Self {
        let (w, h) = (rect.width(), rect.height());
        let knots = vec![
            (0.0, Point::new(rect.x0, rect.y1)),
            (w, Point::new(rect.x1, rect.y1)),
            (w + h, Point::new(rect.x1, rect.y0)),
            (2.0 * w + h, Point::new(rect.x0, rect.y0)),
        ];
        Edge { knots }
    }

    /// The points strictly between two sites, onwards from the first. `wraps` when the way goes
    /// over site 0.
    pub fn walk(&self, from: f64, to: f64, wraps: bool, mut out: impl FnMut(Point)) {
        let start = self.knots.partition_point(|k| k.0 <= from);
        let end = self.knots.partition_point(|k| k.0 < to);
        let (head, tail) =
            if wraps { (start..self.knots.len(), 0..end) } else { (start..end.max(start), 0..0) };
        head.chain(tail).for_each(|i| out(self.knots[i].1));
    }

    /// What it encloses, px².
    pub fn area(&self) -> f64 {
        let mut rings = Rings::default();
        self.ring(&mut rings);
        rings.area()
    }

    /// The whole curve as a hole: a ring the other way round.
    pub fn hole(&self, rings: &mut Rings) {
        rings.close_with(self.knots.iter().rev().map(|k| k.1));
    }

    /// The whole curve as a ring.
    pub fn ring(&self, rings: &mut Rings) {
        rings.close_with(self.knots.iter().map(|k| k.1));
    }
}

/// A place on the curve: its site and point.
type Knot = (f64, Point);

/// A curve that is made a polyline.
struct Curve<'a, A> {
    at: &'a A,
    /// The frame and its surroundings.
    around: Option<Rect>,
    tolerance: f64,
}

impl<A: Fn(f64) -> Knot> Curve<'_, A> {
    /// Whether a short stretch through these points keeps far from the frame: all lie beyond one of the sides.
    fn is_far(&self, points: [Point; 3]) -> bool {
        let Some(r) = self.around else { return false };
        let all = |beyond: &dyn Fn(Point) -> bool| points.into_iter().all(beyond);
        all(&|p| p.x < r.x0) || all(&|p| p.x > r.x1) || all(&|p| p.y < r.y0) || all(&|p| p.y > r.y1)
    }

    /// Puts points between `a` and `b` so that the polyline keeps within the tolerance of the curve.
    fn subdivide(&self, a: Knot, b: Knot, depth: u32, out: &mut Vec<Knot>) {
        let probe = |t: f64| (self.at)(a.0 + (b.0 - a.0) * t);
        let chord = b.1 - a.1;
        let length = chord.hypot2().sqrt();
        let off = |p: Point| {
            let d = p - a.1;
            if length > 0.0 { (chord.cross(d) / length).abs() } else { d.hypot2().sqrt() }
        };
        let middle = probe(0.5);
        let deviation = off(probe(0.25).1).max(off(middle.1)).max(off(probe(0.75).1));
        // Between stations an eighth of a turn apart a stretch bends less than it is long.
        let far = depth < DEPTH && self.is_far([a.1, middle.1, b.1]);
        if depth == 0 || deviation <= self.tolerance || far {
            return;
        }
        self.subdivide(a, middle, depth - 1, out);
        out.push(middle);
        self.subdivide(middle, b, depth - 1, out);
    }
}
