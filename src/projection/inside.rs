//! Whether a place on the globe is inside a polygon in the sphere form.
//!
//! From the place a great circle is followed to the middle of one of the polygon's own edges. The
//! side of that edge from which it arrives, left or right, is inside or outside, and every other
//! edge on the way changes it. No projection comes in, so that no stretch of the map can deceive.
//! Crossing test: as in Google's S2 (`S2::SimpleCrossing`).

use super::rotate::{cross, dot, normalize};
use crate::geometry::{LonLat, Polygon, Topology};

/// The edges of all rings, as unit vectors.
fn edges(topology: &Topology, polygon: &Polygon) -> Vec<[[f64; 3]; 2]> {
    let mut edges = Vec::new();
    for ring in &polygon.0 {
        let vertices: Vec<_> = topology.ring(ring).map(LonLat::to_unit).collect();
        let next = vertices.iter().cycle().skip(1);
        edges.extend(vertices.iter().zip(next).map(|(&a, &b)| [a, b]));
    }
    edges
}

/// Whether `place` is inside `polygon`. One that encloses less than `least` (radii²), on the wrong
/// side, is an island that thinning turned inside out; nothing far from it is inside.
pub(super) fn inside(topology: &Topology, polygon: &Polygon, place: LonLat, least: f64) -> bool {
    let p = place.to_unit();
    let edges = edges(topology, polygon);
    let length2 = |e: &[[f64; 3]; 2]| {
        let chord: [f64; 3] = std::array::from_fn(|i| e[1][i] - e[0][i]);
        dot(chord, chord)
    };
    let longest = (0..edges.len()).max_by(|&i, &j| length2(&edges[i]).total_cmp(&length2(&edges[j])));
    let Some(own) = longest else { return false };
    let [a, b] = edges[own];
    let Some(middle) = normalize(std::array::from_fn(|i| a[i] + b[i])) else { return false };
    let others = edges.iter().enumerate().filter(|(i, _)| *i != own);
    let crossings = others.filter(|(_, e)| crosses(p, middle, e)).count();
    let from_left = dot(cross(a, b), p) > 0.0;
    (from_left == (crossings % 2 == 0)) && !is_speck(&edges, least)
}

/// Whether the great-circle arcs from `c` to `d` and along `edge` cross.
fn crosses(c: [f64; 3], d: [f64; 3], [a, b]: &[[f64; 3]; 2]) -> bool {
    let way = cross(c, d);
    let (left_a, left_b) = (dot(way, *a) >= 0.0, dot(way, *b) >= 0.0);
    if left_a == left_b {
        return false;
    }
    let edge = cross(*a, *b);
    let (left_c, left_d) = (dot(edge, c) >= 0.0, dot(edge, d) >= 0.0);
    // The four turns a→c→b→d→a all go the same way round.
    left_c != left_d && left_d == left_a
}

/// Whether the rings enclose less than nothing, but not by more than `least`.
/// Each edge with the middle of all makes a triangle; Eriksson (1990), *On the measure of solid
/// angles*, gives its area.
fn is_speck(edges: &[[[f64; 3]; 2]], least: f64) -> bool {
    let sum = edges.iter().fold([0.0; 3], |s, e| std::array::from_fn(|i| s[i] + e[0][i]));
    let Some(middle) = normalize(sum) else { return false };
    let triangle = |e: &[[f64; 3]; 2]| {
        let [a, b] = *e;
        let volume = dot(middle, cross(a, b));
        2.0 * libm::atan2(volume, 1.0 + dot(middle, a) + dot(a, b) + dot(b, middle))
    };
    let area: f64 = edges.iter().map(triangle).sum();
    area < 0.0 && area > -least
}
