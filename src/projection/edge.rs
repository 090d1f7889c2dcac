//! A closed curve that polygons are clipped to, as points with their places along it.
//!
//! It runs with the visible side to its left. It serves the clip edge on the sphere, put onto the
//! page, and the frame's rectangle alike.

use kurbo::{Affine, Point, Rect};

use super::clip::Globe;
use super::rings::Rings;

/// A closed polyline with a site for each of its points.
pub(super) struct Edge {
    /// Sites, ascending from 0, and points; the first is not repeated at the end.
    knots: Vec<(f64, Point)>,
}

impl Edge {
    /// The clip edge of `globe` on the page, true to `tolerance` px.
    pub fn of_globe<G: Globe>(globe: &G, to_page: Affine, tolerance: f64) -> Self {
        let at = |site: f64| (site, to_page * globe.project(globe.at_site(site)));
        let stations = globe.stations();
        let mut knots = Vec::new();
        for pair in stations.windows(2) {
            let (a, b) = (at(pair[0]), at(pair[1]));
            knots.push(a);
            subdivide(&at, a, b, tolerance, 14, &mut knots);
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

/// Puts points between `a` and `b` so that the polyline keeps within `tolerance` of the curve.
fn subdivide(
    at: &impl Fn(f64) -> (f64, Point),
    a: (f64, Point),
    b: (f64, Point),
    tolerance: f64,
    depth: u32,
    out: &mut Vec<(f64, Point)>,
) {
    let probe = |t: f64| at(a.0 + (b.0 - a.0) * t);
    let chord = b.1 - a.1;
    let length = chord.hypot2().sqrt();
    let off = |p: Point| {
        let d = p - a.1;
        if length > 0.0 { (chord.cross(d) / length).abs() } else { d.hypot2().sqrt() }
    };
    let middle = probe(0.5);
    let deviation = off(probe(0.25).1).max(off(middle.1)).max(off(probe(0.75).1));
    if depth == 0 || deviation <= tolerance {
        return;
    }
    subdivide(at, a, middle, tolerance, depth - 1, out);
    out.push(middle);
    subdivide(at, middle, b, tolerance, depth - 1, out);
}
