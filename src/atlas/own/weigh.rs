//! The detail weight of every vertex.
//!
//! Vertices are eliminated in the order of Visvalingam & Whyatt (1993, "Line generalisation by
//! repeated elimination of points"): always the one whose triangle with its neighbours is smallest.
//! What is stored is not that area but a bound: the greatest great-circle distance between the
//! vertices left out so far and the chord that replaces them, and never less than the weight of a
//! vertex below that chord. So the vertices of a weight above a tolerance are a line that departs
//! from the full one by at most the tolerance.

use super::arcs::{Arc, ArcRef, Topology};
use super::grid::{LONGEST, UNIT, Vertex};
use super::weight::{ALWAYS, SMALLEST, STEPS, distance};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

type Vector = [f64; 3];

/// Weighs all arcs, then makes sure that no ring can collapse or turn inside out.
pub fn weigh<K>(topology: &mut Topology<K>) {
    for arc in &mut topology.arcs {
        arc.weights = weights_of_long(&arc.vertices);
    }
    let rings: Vec<Vec<ArcRef>> = topology.shapes.values().flatten().flatten().cloned().collect();
    for ring in rings {
        keep_whole(&mut topology.arcs, &ring);
    }
}

/// The weights of one arc. The work grows with the square of the length at worst, so a very long arc is weighed
/// piece by piece, and the ends of the pieces are never left out.
fn weights_of_long(vertices: &[Vertex]) -> Vec<u8> {
    if vertices.len() <= LONGEST {
        return weights(vertices);
    }
    let mut all = vec![ALWAYS];
    let mut start = 0;
    while start + 1 < vertices.len() {
        let end = (start + LONGEST).min(vertices.len() - 1);
        all.extend(&weights(&vertices[start..=end])[1..]);
        start = end;
    }
    all
}

/// The weights of one arc; both ends, and two more vertices of a closed one, are never left out.
fn weights(vertices: &[Vertex]) -> Vec<u8> {
    let mut line = Line::new(vertices);
    let mut heap: BinaryHeap<Reverse<(Area, usize)>> =
        (1..vertices.len() - 1).map(|k| Reverse((Area(line.triangle(k)), k))).collect();
    let closed = vertices.first() == vertices.last();
    let mut left = vertices.len() - 2;
    while let Some(Reverse((area, k))) = heap.pop() {
        if closed && left <= 2 {
            break;
        }
        if line.weights[k] != ALWAYS || area.0 != line.triangle(k) {
            continue; // gone already, or its triangle has changed and stands in the heap anew
        }
        let (before, after) = line.eliminate(k);
        left -= 1;
        for neighbour in [before, after] {
            if neighbour != 0 && neighbour != vertices.len() - 1 {
                heap.push(Reverse((Area(line.triangle(neighbour)), neighbour)));
            }
        }
    }
    line.weights
}

/// A line from which vertices are taken out.
struct Line {
    points: Vec<Vector>,
    weights: Vec<u8>,
    before: Vec<usize>,
    after: Vec<usize>,
}

impl Line {
    fn new(vertices: &[Vertex]) -> Line {
        let n = vertices.len();
        Line {
            points: vertices.iter().map(|v| unit(*v)).collect(),
            weights: vec![ALWAYS; n],
            before: (0..n).map(|k| k.saturating_sub(1)).collect(),
            after: (1..=n).collect(),
        }
    }

    /// Twice the area of the triangle of `k` and its neighbours.
    fn triangle(&self, k: usize) -> f64 {
        let (a, b, c) = (self.points[self.before[k]], self.points[k], self.points[self.after[k]]);
        norm(cross(minus(b, a), minus(c, a)))
    }

    /// Takes `k` out and weighs it; gives the vertices that are neighbours now.
    fn eliminate(&mut self, k: usize) -> (usize, usize) {
        let (a, b) = (self.before[k], self.after[k]);
        let chord = Chord::new(self.points[a], self.points[b]);
        let mut gap: f64 = 0.0;
        let mut below = 0;
        for m in a + 1..b {
            gap = gap.max(chord.distance(self.points[m]));
            if m != k {
                below = below.max(self.weights[m]);
            }
        }
        self.weights[k] = below.max(first_at_least(gap));
        self.after[a] = b;
        self.before[b] = a;
        (a, b)
    }
}

/// The lowest weight that stands for at least `degrees`.
fn first_at_least(degrees: f64) -> u8 {
    let steps = libm::log2(degrees.max(SMALLEST) / SMALLEST) * f64::from(STEPS);
    let mut byte = steps.clamp(0.0, f64::from(ALWAYS)) as u8;
    while distance(byte) < degrees {
        byte += 1;
    }
    byte
}

/// An area that can stand in a heap.
#[derive(PartialEq)]
struct Area(f64);

impl Eq for Area {}

impl PartialOrd for Area {
    fn partial_cmp(&self, other: &Area) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Area {
    fn cmp(&self, other: &Area) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// The arc of a great circle between two points.
struct Chord {
    a: Vector,
    b: Vector,
    normal: Vector,
    length: f64,
}

impl Chord {
    fn new(a: Vector, b: Vector) -> Chord {
        let normal = cross(a, b);
        Chord { a, b, normal, length: norm(normal) }
    }

    /// Great-circle distance of a point from the chord, degrees.
    fn distance(&self, p: Vector) -> f64 {
        let over = self.length > 1e-12
            && dot(cross(self.normal, self.a), p) >= 0.0
            && dot(cross(self.b, self.normal), p) >= 0.0;
        let radians = if over {
            libm::asin((dot(self.normal, p) / self.length).abs().min(1.0))
        } else {
            let near = norm(minus(p, self.a)).min(norm(minus(p, self.b)));
            2.0 * libm::asin((near / 2.0).min(1.0))
        };
        radians.to_degrees()
    }
}

fn unit((x, y): Vertex) -> Vector {
    let (sin_lon, cos_lon) = libm::sincos((f64::from(x) / UNIT).to_radians());
    let (sin_lat, cos_lat) = libm::sincos((f64::from(y) / UNIT).to_radians());
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}

fn minus(a: Vector, b: Vector) -> Vector {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

fn dot(a: Vector, b: Vector) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn cross(a: Vector, b: Vector) -> Vector {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn norm(a: Vector) -> f64 {
    libm::sqrt(dot(a, a))
}

/// Rings of more vertices than this cannot turn inside out.
const FEW: usize = 16;

/// Raises weights until the ring has at least three vertices, and encloses the same side as the full
/// ring, at every tolerance.
fn keep_whole(arcs: &mut [Arc], ring: &[ArcRef]) {
    let whole = turning(arcs, ring, 0);
    let mut weight = ALWAYS;
    loop {
        let kept = count(arcs, ring, weight);
        if kept > FEW {
            return;
        }
        if kept < 3 || turning(arcs, ring, weight).signum() != whole.signum() {
            // Keep the weightiest vertices below for as long as those of this weight are kept: all
            // of one weight, so that the arc stays one that the elimination has passed through.
            let Some((arc, next)) = weightiest_below(arcs, ring, weight) else { return };
            arcs[arc].weights.iter_mut().filter(|w| **w == next).for_each(|w| *w = weight);
        } else {
            let Some((_, next)) = weightiest_below(arcs, ring, weight) else { return };
            weight = next;
        }
    }
}

/// How many vertices a ring has when those below `weight` are left out.
fn count(arcs: &[Arc], ring: &[ArcRef], weight: u8) -> usize {
    ring.iter().map(|r| arcs[r.arc].weights.iter().filter(|w| **w >= weight).count() - 1).sum()
}

/// The greatest weight in a ring below `weight`, and the first arc that has it.
fn weightiest_below(arcs: &[Arc], ring: &[ArcRef], weight: u8) -> Option<(usize, u8)> {
    let below = |arc: usize| arcs[arc].weights.iter().copied().filter(|w| *w < weight).max();
    let all = ring.iter().filter_map(|r| below(r.arc).map(|w| (w, Reverse(r.arc))));
    all.max().map(|(w, Reverse(arc))| (arc, w))
}

/// Twice the signed area of a thinned ring, in the plane through its first vertex.
fn turning(arcs: &[Arc], ring: &[ArcRef], weight: u8) -> f64 {
    let mut points = Vec::new();
    for r in ring {
        let arc = &arcs[r.arc];
        let mut kept: Vec<Vertex> =
            arc.vertices.iter().zip(&arc.weights).filter(|(_, w)| **w >= weight).map(|(v, _)| *v).collect();
        if r.reversed {
            kept.reverse();
        }
        kept.pop();
        points.extend(kept.into_iter().map(unit));
    }
    // The sum of the cross products of a closed chain, seen from above its middle.
    let middle = points.iter().fold([0.0; 3], |m, p| [m[0] + p[0], m[1] + p[1], m[2] + p[2]]);
    let next = points.iter().skip(1).chain(points.first());
    let total = points.iter().zip(next).fold([0.0; 3], |t, (a, b)| {
        let c = cross(minus(*a, points[0]), minus(*b, points[0]));
        [t[0] + c[0], t[1] + c[1], t[2] + c[2]]
    });
    dot(total, middle)
}
