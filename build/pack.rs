//! Writes a topology in the packed form that `src/atlas/unpack.rs` reads.
//!
//! All numbers are LEB128 varints; signed ones are zigzag-coded.
//! ```text
//! count of arcs, count of vertices
//! one weight (byte) per vertex, arc after arc
//! for each arc: (count of vertices << 2 | kind), then for each vertex the steps in longitude and
//!     latitude from the vertex before (of the arc before, for the first), in 1/10,000 degree
//! count of places; for each: id, count of polygons; for each: count of rings; for each: count of
//!     arcs; for each: arc << 1 | reversed
//! ```

use crate::arcs::Topology;
use std::collections::HashSet;

/// The kind of an arc between two provinces of one country.
const INNER: usize = 3;

/// The packed form, `inner` being the arcs within countries; `shapes` of places are written in the order of `ids`.
pub fn pack(topology: &Topology<String>, inner: &HashSet<usize>, id_of: impl Fn(&str) -> usize) -> Vec<u8> {
    let mut out = Vec::new();
    unsigned(&mut out, topology.arcs.len());
    unsigned(&mut out, topology.arcs.iter().map(|a| a.vertices.len()).sum());
    topology.arcs.iter().for_each(|a| out.extend(&a.weights));
    let (mut x, mut y) = (0, 0);
    for (k, arc) in topology.arcs.iter().enumerate() {
        let kind = if inner.contains(&k) { INNER } else { arc.kind as usize };
        unsigned(&mut out, arc.vertices.len() << 2 | kind);
        for vertex in &arc.vertices {
            signed(&mut out, vertex.0 - x);
            signed(&mut out, vertex.1 - y);
            (x, y) = *vertex;
        }
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
    out
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
