//! The point of inaccessibility: the place inside a shape that is farthest from its outline.
//!
//! Best-first search in a quadtree after Garcia-Castellanos & Lombardo (2007), "Poles of inaccessibility",
//! Scottish Geographical Journal 123(3), in the form of Mapbox's polylabel (V. Agafonkin 2016).

use super::polygon::{Ring, Shape};
use crate::geometry::Path;
use kurbo::{Point, Rect, Vec2};
use std::collections::BinaryHeap;

/// The point inside `area` (even-odd, px) that is farthest from its outline, and that distance in px.
///
/// Exact to 5 % of the shape's smaller side. Of several parts the one with the widest room counts. A shape
/// without an area yields the middle of its box and 0.
pub fn point_of_inaccessibility(area: &Path) -> (Point, f64) {
    pole(&Shape::new(area, 0.0), 0.05)
}

/// As [`point_of_inaccessibility`], of a shape that is at hand, exact to `precision` × its smaller side.
pub fn pole(shape: &Shape, precision: f64) -> (Point, f64) {
    let mut rings: Vec<&Ring> = shape.rings.iter().collect();
    rings.sort_by(|a, b| b.area.total_cmp(&a.area));
    let mut best = (shape.bounds.center(), 0.0);
    for ring in rings.iter().take(MOST_PARTS) {
        // No circle inside has more than the ring's area.
        if (ring.area / std::f64::consts::PI).sqrt() <= best.1 {
            break;
        }
        let found = pole_within(shape, ring, precision);
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

fn pole_within(shape: &Shape, part: &Ring, precision: f64) -> (Point, f64) {
    let near = part.bounds;
    let side = near.width().min(near.height());
    let none = (near.center(), 0.0);
    if side <= 0.0 {
        return none;
    }
    let edges = Edges::coarse(shape, near, side * precision / 2.0);
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
        if cell.potential - best.1 <= precision * side || looked_at > MOST_CELLS {
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

/// Strokes of the outline, coordinate by coordinate: start x and y, course x and y, and 1 / length². Their number is a
/// multiple of [`LANES`].
struct Edges([Vec<f64>; 5]);

/// Strokes that are measured at once.
const LANES: usize = 4;

impl Edges {
    /// The outline near `part` in strokes no shorter than `tolerance`.
    fn coarse(shape: &Shape, part: Rect, tolerance: f64) -> Self {
        let near = || shape.rings.iter().filter(|r| r.bounds.overlaps(part));
        let most = near().map(|ring| ring.points.len()).sum::<usize>() + LANES;
        let mut edges = Edges(std::array::from_fn(|_| Vec::with_capacity(most)));
        for ring in near() {
            let Some(&last) = ring.points.last() else { continue };
            let mut from = last;
            for &to in &ring.points {
                let far = (to - from).hypot2() > tolerance * tolerance;
                if far || (to == last && from != last) {
                    edges.push(from, to - from);
                    from = to;
                }
            }
        }
        // strokes without length add nothing
        while let [xs, ys, ..] = &edges.0
            && let (Some(&x), Some(&y)) = (xs.last(), ys.last())
            && xs.len() % LANES != 0
        {
            edges.push(Point::new(x, y), Vec2::ZERO);
        }
        edges
    }

    fn push(&mut self, start: Point, along: Vec2) {
        let inverse = 1.0 / along.hypot2().max(1e-12);
        for (list, value) in self.0.iter_mut().zip([start.x, start.y, along.x, along.y, inverse]) {
            list.push(value);
        }
    }

    /// Distance from `p` to the nearest of them, negative if `p` is outside.
    fn signed_distance(&self, p: Point) -> f64 {
        let (odd, nearest) = crate::geometry::wide(
            #[inline(always)]
            || self.measured_from(p),
        );
        let inside = odd.iter().fold(0, |all, one| all ^ one) == 1;
        let nearest = nearest.iter().copied().fold(f64::INFINITY, f64::min).sqrt();
        if inside { nearest } else { -nearest }
    }

    /// How many of them, each lane apart, a ray from `p` to the right crosses, as 0 for even, and the least distance squared.
    #[inline(always)]
    fn measured_from(&self, p: Point) -> ([u64; LANES], [f64; LANES]) {
        let (mut odd, mut nearest) = ([0; LANES], [f64::INFINITY; LANES]);
        let [xs, ys, across, down, inverse] = self.0.each_ref().map(|list| list.as_chunks::<LANES>().0);
        for ((((x, y), across), down), inverse) in xs.iter().zip(ys).zip(across).zip(down).zip(inverse) {
            for k in 0..LANES {
                let (dx, dy) = (p.x - x[k], p.y - y[k]);
                // The edge passes p's height, with p on its left.
                let passes = (dy < 0.0) != (dy < down[k]);
                let left = (across[k] * dy - down[k] * dx > 0.0) == (down[k] > 0.0);
                odd[k] ^= u64::from(passes & left);
                let t = (dx * across[k] + dy * down[k]) * inverse[k];
                let t = if t > 0.0 { t } else { 0.0 };
                let t = if t < 1.0 { t } else { 1.0 };
                let (x, y) = (dx - across[k] * t, dy - down[k] * t);
                let far = x * x + y * y;
                nearest[k] = if far < nearest[k] { far } else { nearest[k] };
            }
        }
        (odd, nearest)
    }
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
    fn new(centre: Point, half: f64, edges: &Edges) -> Self {
        let distance = edges.signed_distance(centre);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn of(svg: &str) -> (Point, f64) {
        point_of_inaccessibility(&Path::from_svg(svg).unwrap())
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
        assert_eq!(point_of_inaccessibility(&Path::new()).1, 0.0);
        assert_eq!(of("M5 5L5 5L5 5Z").1, 0.0);
    }
}
