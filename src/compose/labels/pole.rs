//! The point of inaccessibility: the place inside a shape that is farthest from its outline.
//!
//! Best-first search in a quadtree after Garcia-Castellanos & Lombardo (2007), "Poles of inaccessibility", Scottish
//! Geographical Journal 123(3), in the form of Mapbox's polylabel (V. Agafonkin 2016).

use super::polygon::{Ring, Shape};
use kurbo::{BezPath, Line, Point, Rect};
use std::collections::BinaryHeap;

/// The point inside `area` (even-odd, px) that is farthest from its outline, and that distance in px.
///
/// Exact to 2 % of the shape's smaller side. Of several parts the one with the widest room counts. A shape without
/// an area yields the middle of its box and 0.
pub fn point_of_inaccessibility(area: &BezPath) -> (Point, f64) {
    pole(&Shape::new(area, 0.0))
}

/// As [`point_of_inaccessibility`], of a shape that is at hand.
pub fn pole(shape: &Shape) -> (Point, f64) {
    let mut rings: Vec<&Ring> = shape.rings.iter().collect();
    rings.sort_by(|a, b| b.area.total_cmp(&a.area));
    let mut best = (shape.bounds.center(), 0.0);
    for ring in rings.iter().take(MOST_PARTS) {
        // No circle inside has more than the ring's area.
        if (ring.area / std::f64::consts::PI).sqrt() <= best.1 {
            break;
        }
        let found = pole_within(shape, ring);
        if found.1 > best.1 {
            best = found;
        }
    }
    best
}

/// Parts looked at, largest first: an archipelago's widest island is among its largest.
const MOST_PARTS: usize = 8;
/// A bound on the work for odd shapes; ordinary ones need 40 to 150 cells.
const MOST_CELLS: usize = 600;
/// Share of the smaller side to which the answer is exact.
const PRECISION: f64 = 0.02;

fn pole_within(shape: &Shape, part: &Ring) -> (Point, f64) {
    let near = part.bounds;
    let side = near.width().min(near.height());
    let none = (near.center(), 0.0);
    if side <= 0.0 {
        return none;
    }
    let edges = coarse_edges(shape, near, side / 80.0);
    let mut queue = BinaryHeap::new();
    for centre in grid(near, side) {
        queue.push(Cell::new(centre, side / 2.0, &edges));
    }
    let middle = Cell::new(part.centroid(), 0.0, &edges);
    let mut best = if middle.distance > 0.0 { (middle.centre, middle.distance) } else { none };
    let mut looked_at = queue.len();
    while let Some(cell) = queue.pop() {
        if cell.distance > best.1 {
            best = (cell.centre, cell.distance);
        }
        if cell.potential - best.1 <= PRECISION * side || looked_at > MOST_CELLS {
            break;
        }
        let half = cell.half / 2.0;
        for (dx, dy) in [(-half, -half), (half, -half), (-half, half), (half, half)] {
            queue.push(Cell::new(cell.centre + (dx, dy), half, &edges));
        }
        looked_at += 4;
    }
    best
}

/// The outline near `part` in strokes no shorter than `tolerance`.
fn coarse_edges(shape: &Shape, part: Rect, tolerance: f64) -> Vec<Line> {
    let mut edges = Vec::new();
    for ring in shape.rings.iter().filter(|r| r.bounds.overlaps(part)) {
        let Some(&last) = ring.points.last() else { continue };
        let mut from = last;
        for &to in &ring.points {
            if (to - from).hypot2() > tolerance * tolerance || to == last {
                edges.push(Line::new(from, to));
                from = to;
            }
        }
    }
    edges
}

fn grid(area: Rect, side: f64) -> impl Iterator<Item = Point> {
    let count = |length: f64| ((length / side).ceil().max(1.0) as usize).min(32);
    let (across, down) = (count(area.width()), count(area.height()));
    (0..across * down).map(move |k| {
        area.origin() + ((k % across) as f64 * side + side / 2.0, (k / across) as f64 * side + side / 2.0)
    })
}

/// A square of the quadtree.
struct Cell {
    centre: Point,
    half: f64,
    /// From the centre to the outline; negative outside.
    distance: f64,
    /// The most that any point of the square can have.
    potential: f64,
}

impl Cell {
    fn new(centre: Point, half: f64, edges: &[Line]) -> Self {
        let distance = signed_distance(centre, edges);
        Cell { centre, half, distance, potential: distance + half * std::f64::consts::SQRT_2 }
    }
}

impl Ord for Cell {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.potential.total_cmp(&other.potential)
    }
}
impl PartialOrd for Cell {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Cell {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Cell {}

/// Distance from `p` to the nearest edge, negative if `p` is outside.
fn signed_distance(p: Point, edges: &[Line]) -> f64 {
    let (mut inside, mut nearest) = (false, f64::INFINITY);
    for e in edges {
        if (e.p0.y > p.y) != (e.p1.y > p.y)
            && p.x < e.p0.x + (p.y - e.p0.y) / (e.p1.y - e.p0.y) * (e.p1.x - e.p0.x)
        {
            inside = !inside;
        }
        let d = e.p1 - e.p0;
        let t = ((p - e.p0).dot(d) / d.hypot2().max(1e-12)).clamp(0.0, 1.0);
        nearest = nearest.min((p - (e.p0 + d * t)).hypot2());
    }
    if inside { nearest.sqrt() } else { -nearest.sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(svg: &str) -> (Point, f64) {
        point_of_inaccessibility(&BezPath::from_svg(svg).unwrap())
    }

    #[test]
    fn in_a_square_it_is_the_middle() {
        let (p, r) = of("M0 0H100V100H0Z");
        assert!(p.distance(Point::new(50.0, 50.0)) < 2.0 && (r - 50.0).abs() < 2.0);
    }

    #[test]
    fn it_avoids_a_hole() {
        let (p, r) = of("M0 0H100V60H0Z M30 10H90V50H30Z");
        assert!(p.x < 20.0 && (r - 15.0).abs() < 2.5, "{p:?} {r}");
    }

    #[test]
    fn of_several_islands_the_widest_has_it() {
        let (p, _) = of("M0 0H200V4H0Z M0 50H25V75H0Z");
        assert!(p.y > 50.0, "{p:?}");
    }

    #[test]
    fn nothing_has_none() {
        assert_eq!(point_of_inaccessibility(&BezPath::new()).1, 0.0);
        assert_eq!(of("M5 5L5 5L5 5Z").1, 0.0);
    }
}
