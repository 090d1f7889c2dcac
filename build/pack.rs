//! Writes a topology in the packed form that `src/atlas/sketch.rs` reads.
//!
//! All numbers are LEB128 varints; signed ones are zigzag-coded. What says where things are comes before the
//! vertices, so that a reader can pass over the arcs that it does not need.
//! ```text
//! count of arcs, count of vertices
//! for each arc: (count of vertices << 2 | kind), count of bytes of its vertices, the steps in longitude and latitude
//!     to its first vertex from that of the arc before, in 1/10,000 degree; then in 1/100 degree, rounded up: how far
//!     it reaches west, east, south and north of its first vertex, its widest step in longitude, and the step in
//!     longitude from its first vertex to its last
//! count of places; for each: id, count of polygons; for each: count of rings; for each: count of
//!     arcs; for each: arc << 1 | reversed
//! one weight (byte) per vertex, arc after arc
//! for each arc, for each vertex after the first: the steps in longitude and latitude from the one before
//! ```

use crate::arcs::Topology;
use std::collections::HashSet;

/// The kind of an arc between two provinces of one country.
const INNER: usize = 3;

/// Grid steps in a hundredth of a degree, and around the globe.
const HUNDREDTH: i32 = 100;
const AROUND: i32 = 3_600_000;

/// The packed form, `inner` being the arcs within countries; `shapes` of places are written in the order of `ids`.
pub fn pack(topology: &Topology<String>, inner: &HashSet<usize>, id_of: impl Fn(&str) -> usize) -> Vec<u8> {
    let mut out = Vec::new();
    unsigned(&mut out, topology.arcs.len());
    unsigned(&mut out, topology.arcs.iter().map(|a| a.vertices.len()).sum());
    let mut steps = Vec::new();
    let mut start = (0, 0);
    for (k, arc) in topology.arcs.iter().enumerate() {
        let kind = if inner.contains(&k) { INNER } else { arc.kind as usize };
        let before = steps.len();
        for pair in arc.vertices.windows(2) {
            signed(&mut steps, pair[1].0 - pair[0].0);
            signed(&mut steps, pair[1].1 - pair[0].1);
        }
        unsigned(&mut out, arc.vertices.len() << 2 | kind);
        unsigned(&mut out, steps.len() - before);
        let first = arc.vertices.first().copied().unwrap_or_default();
        signed(&mut out, first.0 - start.0);
        signed(&mut out, first.1 - start.1);
        start = first;
        reach(&mut out, &arc.vertices);
    }
    let mut shapes: Vec<_> = topology.shapes.iter().map(|(code, shape)| (id_of(code), shape)).collect();
    shapes.sort_by_key(|(id, _)| *id);
    unsigned(&mut out, shapes.len());
    for (id, polygons) in shapes {
        unsigned(&mut out, id);
        unsigned(&mut out, polygons.len());
        for polygon in polygons {
            unsigned(&mut out, polygon.len());
            for ring in polygon {
                unsigned(&mut out, ring.len());
                ring.iter().for_each(|r| unsigned(&mut out, r.arc << 1 | usize::from(r.reversed)));
            }
        }
    }
    topology.arcs.iter().for_each(|a| out.extend(&a.weights));
    out.extend(steps);
    out
}

/// How far an arc reaches from its first vertex; longitudes are followed over the antimeridian.
fn reach(out: &mut Vec<u8>, vertices: &[(i32, i32)]) {
    let (mut west, mut east, mut south, mut north) = (0, 0, 0, 0);
    let (mut lon, mut widest) = (0, 0);
    for pair in vertices.windows(2) {
        let step = (pair[1].0 - pair[0].0 + AROUND / 2).rem_euclid(AROUND) - AROUND / 2;
        let rise = pair[1].1 - vertices[0].1;
        lon += step;
        widest = widest.max(step.abs());
        (west, east) = (west.min(lon), east.max(lon));
        (south, north) = (south.min(rise), north.max(rise));
    }
    for far in [-west, east, -south, north, widest] {
        unsigned(out, (far + HUNDREDTH - 1) as usize / HUNDREDTH as usize);
    }
    signed(out, lon / HUNDREDTH);
}

fn unsigned(out: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn signed(out: &mut Vec<u8>, value: i32) {
    unsigned(out, ((value << 1) ^ (value >> 31)) as u32 as usize);
}
