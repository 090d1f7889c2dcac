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

/// Whether `place` is inside `polygon`.
pub(super) fn inside(topology: &Topology, polygon: &Polygon, place: LonLat) -> bool {
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
    from_left == (crossings % 2 == 0)
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

/// The hemisphere in which a polygon lies, for one that is not everything but something.
pub(super) struct Home {
    middle: [f64; 3],
}

impl Home {
    /// `None` for a polygon that no hemisphere holds, and for one that lies outside its rings by
    /// more than `least` (radii²); what is less is an island that thinning turned inside out.
    ///
    /// Each edge with the middle of all makes a triangle; Eriksson (1990), *On the measure of
    /// solid angles*, Mathematics Magazine 63(3), gives its area.
    pub fn of(topology: &Topology, polygon: &Polygon, least: f64) -> Option<Self> {
        let edges = edges(topology, polygon);
        let sum = edges.iter().fold([0.0; 3], |s, e| std::array::from_fn(|i| s[i] + e[0][i]));
        let middle = normalize(sum)?;
        let triangle = |e: &[[f64; 3]; 2]| {
            let [a, b] = *e;
            let volume = dot(middle, cross(a, b));
            2.0 * libm::atan2(volume, 1.0 + dot(middle, a) + dot(a, b) + dot(b, middle))
        };
        let within = edges.iter().all(|e| dot(middle, e[0]) > 0.0);
        (within && edges.iter().map(triangle).sum::<f64>() > -least).then_some(Home { middle })
    }

    /// Whether `place` lies in the other hemisphere, and surely outside.
    pub fn is_far_from(&self, place: LonLat) -> bool {
        dot(self.middle, place.to_unit()) < 0.0
    }

    /// Places in the other hemisphere.
    pub fn far_places(&self) -> impl Iterator<Item = LonLat> {
        const AROUND: [[f64; 3]; 7] = [
            [0.0, 0.0, 0.0],
            [0.8, 0.0, 0.0],
            [-0.8, 0.0, 0.0],
            [0.0, 0.8, 0.0],
            [0.0, -0.8, 0.0],
            [0.0, 0.0, 0.8],
            [0.0, 0.0, -0.8],
        ];
        let middle = self.middle;
        AROUND.into_iter().map(move |d| LonLat::from_vector(std::array::from_fn(|i| d[i] - middle[i])))
    }
}
