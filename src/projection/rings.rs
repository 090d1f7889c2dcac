//! Closed rings and open pieces on the page, many in one array each.

use std::ops::Range;

use kurbo::{Point, Rect};

/// Closed rings, without the repetition of the first point.
#[derive(Default)]
pub(super) struct Rings {
    points: Vec<Point>,
    ends: Vec<usize>,
}

impl Rings {
    pub fn clear(&mut self) {
        self.points.clear();
        self.ends.clear();
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The number of rings.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Forgets all rings after the first `count`.
    pub fn truncate(&mut self, count: usize) {
        self.ends.truncate(count);
        self.points.truncate(self.ends.last().copied().unwrap_or(0));
    }

    /// Adds to the ring that is being built.
    #[inline]
    pub fn push(&mut self, p: Point) {
        self.points.push(p);
    }

    /// Adds many to the ring that is being built.
    pub fn extend(&mut self, points: impl Iterator<Item = Point>) {
        self.points.extend(points);
    }

    /// Ends the ring that is being built; what has no area by its number of points is dropped.
    pub fn close(&mut self) {
        let start = self.ends.last().copied().unwrap_or(0);
        while self.points.len() > start + 1 && self.points.last() == self.points.get(start) {
            self.points.pop();
        }
        if self.points.len() < start + 3 {
            self.points.truncate(start);
        } else {
            self.ends.push(self.points.len());
        }
    }

    /// A whole ring at once.
    pub fn close_with(&mut self, points: impl Iterator<Item = Point>) {
        self.extend(points);
        self.close();
    }

    /// Each ring.
    pub fn iter(&self) -> impl Iterator<Item = &[Point]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.points[start..end])
    }

    /// The sum of the rings' areas, px²: positive for a ring with its interior to the left.
    pub fn area(&self) -> f64 {
        self.iter().map(area).sum()
    }

    /// Whether `p` is inside by the even-odd rule.
    pub fn contain(&self, p: Point) -> bool {
        self.iter().map(|ring| crossings(ring, p)).sum::<usize>() % 2 == 1
    }
}

/// A ring's area: positive when the interior is to the left of the direction of travel, y down.
fn area(ring: &[Point]) -> f64 {
    let Some(&origin) = ring.first() else { return 0.0 };
    // Relative to a point of the ring, lest small areas drown in large coordinates.
    let doubled: f64 = ring.windows(2).map(|w| (w[0] - origin).cross(w[1] - origin)).sum();
    -doubled / 2.0
}

/// How often the ray from `p` to the right crosses the ring.
fn crossings(ring: &[Point], p: Point) -> usize {
    let closed = ring.iter().zip(ring.iter().cycle().skip(1));
    closed
        .filter(|(a, b)| (a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) * (b.x - a.x) / (b.y - a.y))
        .count()
}

/// The smallest rectangle that holds `points`; empty and inside out for none.
pub(super) fn bounds(points: &[Point]) -> Rect {
    let empty = Rect::new(f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY);
    // One instruction each, unlike `f64::min`, which has an answer for what is no number.
    let (least, most) = (|a, b| if b < a { b } else { a }, |a, b| if b > a { b } else { a });
    points
        .iter()
        .fold(empty, |r, p| Rect::new(least(r.x0, p.x), least(r.y0, p.y), most(r.x1, p.x), most(r.y1, p.y)))
}

/// A stretch of a ring between two meetings with the clip edge.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub points: Range<usize>,
    /// Where it came in; `None` when the ring's walk began there.
    pub enters: Option<f64>,
    /// Where it goes out; `None` when the ring's walk ended there.
    pub leaves: Option<f64>,
}

/// The open pieces of a polygon's rings.
#[derive(Default)]
pub(super) struct Pieces {
    pub points: Vec<Point>,
    pub list: Vec<Piece>,
    /// Where the ring that is being built begins in `list`.
    ring: usize,
}

impl Pieces {
    pub fn clear(&mut self) {
        self.points.clear();
        self.list.clear();
        self.ring = 0;
    }

    /// Adds a stretch of the ring that is being built; one that did not come in continues the one
    /// before it, whose last point is its first.
    pub fn add(&mut self, points: impl Iterator<Item = Point>, enters: Option<f64>, leaves: Option<f64>) {
        let start = self.points.len();
        let open = self.list[self.ring..].last_mut().filter(|last| last.leaves.is_none());
        match open.filter(|_| enters.is_none()) {
            Some(last) => {
                self.points.extend(points.skip(1));
                last.points.end = self.points.len();
                last.leaves = leaves;
            }
            None => {
                self.points.extend(points);
                self.list.push(Piece { points: start..self.points.len(), enters, leaves });
            }
        }
    }

    /// Ends the ring that is being built: joins its last stretch to its first. A ring that meets
    /// the clip edge nowhere is moved to `rings`.
    pub fn end_ring(&mut self, rings: &mut Rings) {
        let count = self.list.len() - self.ring;
        if let Some(last) = self.list.pop_if(|p| count > 0 && p.leaves.is_none()) {
            if count == 1 {
                rings.close_with(self.points[last.points.clone()].iter().copied());
            } else {
                let first = self.list.remove(self.ring);
                let from = first.points.start.saturating_add(1).min(first.points.end);
                self.points.extend_from_within(from..first.points.end);
                let points = last.points.start..self.points.len();
                self.list.push(Piece { points, enters: last.enters, leaves: first.leaves });
            }
        }
        self.ring = self.list.len();
    }
}
