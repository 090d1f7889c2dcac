//! Clipping in the plane, to the frame's rectangle.
//!
//! A vertex on the border is inside. An edge is always cut in the same direction, whichever way
//! its ring runs, so that both neighbours of a border get the same points. Cyrus & Beck (1978)
//! and Liang & Barsky (1984) for the edge; the loose ends are joined as on the sphere.

use kurbo::{Point, Rect};

use super::edge::Edge;
use super::rejoin::{Witness, rejoin};
use super::rings::{Pieces, Rings, bounds};
use crate::geometry::Path;

/// The frame.
pub(super) struct Frame {
    rect: Rect,
    border: Edge,
}

/// The sides by bit, in the order of their sites: bottom, right, top, left.
const BOTTOM: u8 = 1;
const RIGHT: u8 = 2;
const TOP: u8 = 4;
const LEFT: u8 = 8;

/// One end of what is left of an edge: with a site when it was cut there.
#[derive(Clone, Copy)]
struct Stop {
    point: Point,
    site: Option<f64>,
}

impl Frame {
    /// `None` for a rectangle without area.
    pub fn new(rect: Rect) -> Option<Self> {
        let some = rect.is_finite() && rect.width() > 0.0 && rect.height() > 0.0;
        some.then(|| Frame { rect, border: Edge::of_rect(rect) })
    }

    /// The rectangle itself.
    pub fn rect(&self) -> Rect {
        self.rect
    }

    /// Whether all of `other` is inside.
    pub fn holds(&self, other: Rect) -> bool {
        let r = self.rect;
        other.x0 >= r.x0 && other.x1 <= r.x1 && other.y0 >= r.y0 && other.y1 <= r.y1
    }

    /// Whether nothing of `other` is inside.
    pub fn misses(&self, other: Rect) -> bool {
        let r = self.rect;
        !(other.x1 >= r.x0 && other.x0 <= r.x1 && other.y1 >= r.y0 && other.y0 <= r.y1)
    }

    #[inline]
    fn sides(&self, p: Point) -> u8 {
        let r = self.rect;
        u8::from(p.y > r.y1) * BOTTOM
            + u8::from(p.x > r.x1) * RIGHT
            + u8::from(p.y < r.y0) * TOP
            + u8::from(p.x < r.x0) * LEFT
    }

    /// The part of the edge from `a` to `b` that is inside.
    fn cut(&self, a: Point, b: Point) -> Option<(Stop, Stop)> {
        let (sides_a, sides_b) = (self.sides(a), self.sides(b));
        if sides_a & sides_b != 0 {
            return None;
        }
        if sides_a | sides_b == 0 {
            return Some((Stop { point: a, site: None }, Stop { point: b, site: None }));
        }
        if (b.x, b.y) < (a.x, a.y) {
            let (start, end) = self.cut_onward(b, sides_b, a, sides_a)?;
            return Some((end, start));
        }
        self.cut_onward(a, sides_a, b, sides_b)
    }

    fn cut_onward(&self, a: Point, sides_a: u8, b: Point, sides_b: u8) -> Option<(Stop, Stop)> {
        let last = |x: (f64, u8), y: (f64, u8)| if y.0 > x.0 { y } else { x };
        let first = |x: (f64, u8), y: (f64, u8)| if y.0 < x.0 { y } else { x };
        let enter = self.shares(a, b, sides_a).reduce(last);
        let leave = self.shares(a, b, sides_b).reduce(first);
        if let (Some(enter), Some(leave)) = (enter, leave)
            && enter.0 >= leave.0
        {
            return None;
        }
        let stop = |share: Option<(f64, u8)>, own: Point| match share {
            Some((t, side)) => self.stop(a.lerp(b, t), side),
            None => Stop { point: own, site: None },
        };
        Some((stop(enter, a), stop(leave, b)))
    }

    /// The share of the edge at which it meets each of `sides`.
    fn shares(&self, a: Point, b: Point, sides: u8) -> impl Iterator<Item = (f64, u8)> {
        let (r, d) = (self.rect, b - a);
        let all = [
            ((r.y1 - a.y) / d.y, BOTTOM),
            ((r.x1 - a.x) / d.x, RIGHT),
            ((r.y0 - a.y) / d.y, TOP),
            ((r.x0 - a.x) / d.x, LEFT),
        ];
        all.into_iter().filter(move |(_, side)| side & sides != 0)
    }

    /// `p`, which lies on `side` but for rounding, put exactly onto it.
    fn stop(&self, p: Point, side: u8) -> Stop {
        let r = self.rect;
        let (w, h) = (r.width(), r.height());
        let (x, y) = (p.x.clamp(r.x0, r.x1), p.y.clamp(r.y0, r.y1));
        let (point, site) = match side {
            BOTTOM => (Point::new(x, r.y1), x - r.x0),
            RIGHT => (Point::new(r.x1, y), w + (r.y1 - y)),
            TOP => (Point::new(x, r.y0), w + h + (r.x1 - x)),
            _ => (Point::new(r.x0, y), 2.0 * w + h + (y - r.y0)),
        };
        Stop { point, site: Some(site) }
    }

    /// An open line, clipped.
    pub fn line(&self, points: &[Point], out: &mut Path) {
        let mut drawing = false;
        for w in points.windows(2) {
            let Some((start, end)) = self.cut(w[0], w[1]) else {
                drawing = false;
                continue;
            };
            if !drawing {
                out.move_to(start.point);
            }
            out.line_to(end.point);
            drawing = end.site.is_none();
        }
    }

    /// The rings of one polygon, clipped. `scratch` is emptied first.
    pub fn area(&self, rings: &Rings, scratch: &mut Scratch, out: &mut Path) {
        let Scratch { inside, outside, pieces } = scratch;
        inside.clear();
        outside.clear();
        pieces.clear();
        for ring in rings.iter() {
            let extent = bounds(ring);
            if self.holds(extent) {
                inside.close_with(ring.iter().copied());
            } else if !self.misses(extent) && !self.ring(ring, pieces, inside) {
                outside.close_with(ring.iter().copied());
            }
        }
        let probe = Probe { point: self.probe(), rings };
        if !pieces.list.is_empty() {
            rejoin(pieces, &self.border, inside, &probe);
        } else if outside.contain(probe.point) {
            self.border.ring(inside);
        }
        draw(inside, out);
    }

    /// A point inside, but not where maps are symmetrical and straight borders meet.
    fn probe(&self) -> Point {
        let r = self.rect;
        Point::new(r.x0 + 0.577_215 * r.width(), r.y0 + 0.618_034 * r.height())
    }

    /// Cuts a ring into pieces; false when it does not come inside at all.
    fn ring(&self, ring: &[Point], pieces: &mut Pieces, inside: &mut Rings) -> bool {
        let before = pieces.list.len();
        let mut from = ring.last().copied().unwrap_or_default();
        for &to in ring {
            if let Some((start, end)) = self.cut(from, to) {
                let points = [start.point, end.point];
                pieces.add(points.into_iter(), start.site, end.site);
            }
            from = to;
        }
        pieces.end_ring(inside);
        pieces.list.len() > before
    }
}

/// A point of the frame tells whether clipping left the polygon as it was there.
struct Probe<'a> {
    point: Point,
    rings: &'a Rings,
}

impl Witness for Probe<'_> {
    fn refutes(&self, outlines: &Rings) -> bool {
        self.rings.contain(self.point) != outlines.contain(self.point)
    }

    fn holds(&self, outlines: &Rings, _: f64) -> bool {
        self.refutes(outlines)
    }
}

/// Room for [`Frame::area`] to work in.
#[derive(Default)]
pub(super) struct Scratch {
    inside: Rings,
    outside: Rings,
    pieces: Pieces,
}

/// Rings as closed subpaths.
fn draw(rings: &Rings, out: &mut Path) {
    for ring in rings.iter() {
        out.closed(1, |to| to.extend_from_slice(ring));
    }
}
