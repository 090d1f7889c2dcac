//! From the planar form of RFC 7946 back to the sphere form: the cuts along ±180° and the closing
//! edges along a pole are taken out, and long edges are given vertices.

use crate::grid::{Ring, UNIT, Vertex, X180};
use std::collections::HashMap;

/// An edge that departs further than this (degrees) from the great circle through its ends gets a
/// vertex in its middle: in a GeoJSON file an edge is straight in longitude and latitude (the 49th
/// parallel), while the projections draw great circles.
const BOW: f64 = 0.01;

/// The polygons of one place in sphere form.
pub fn sphere_form(polygons: Vec<Vec<Ring>>) -> Vec<Vec<Ring>> {
    let (cut, mut whole): (Vec<_>, Vec<_>) = polygons.into_iter().partition(|p| chains_of(&p[0]).is_some());
    whole.extend(joined(cut));
    for ring in whole.iter_mut().flatten() {
        *ring = densified(ring);
    }
    whole
}

/// A run of vertices from one cut to the next, and the polygon it belongs to.
struct Chain {
    vertices: Vec<Vertex>,
    polygon: usize,
}

/// Polygons that touch the antimeridian, joined across it.
fn joined(cut: Vec<Vec<Ring>>) -> Vec<Vec<Ring>> {
    let mut chains = Vec::new();
    let mut group: Vec<usize> = (0..cut.len()).collect();
    let mut holes: Vec<(Ring, usize)> = Vec::new();
    for (polygon, rings) in cut.into_iter().enumerate() {
        for ring in rings {
            match chains_of(&ring) {
                Some(found) => chains.extend(found.into_iter().map(|vertices| Chain { vertices, polygon })),
                None => holes.push((ring, polygon)),
            }
        }
    }
    let starts: HashMap<(i32, bool), usize> =
        chains.iter().enumerate().map(|(k, c)| ((c.vertices[0].1, c.vertices[1].0 > 0), k)).collect();
    let mut used = vec![false; chains.len()];
    let mut exteriors: Vec<(Ring, usize)> = Vec::new();
    for first in 0..chains.len() {
        let mut ring = Ring::new();
        let mut k = first;
        while !used[k] {
            used[k] = true;
            let vertices = &chains[k].vertices;
            ring.extend(&vertices[..vertices.len() - 1]);
            let (end, before) = (vertices[vertices.len() - 1], vertices[vertices.len() - 2]);
            let next = *starts
                .get(&(end.1, before.0 < 0))
                .or_else(|| starts.get(&(end.1, before.0 > 0)))
                .unwrap_or_else(|| panic!("open end on the antimeridian at {end:?}"));
            let (a, b) = (root(&group, chains[k].polygon), root(&group, chains[next].polygon));
            group[a] = b;
            k = next;
        }
        if !ring.is_empty() {
            exteriors.push((ring, chains[first].polygon));
        }
    }
    assemble(exteriors, holes, &group)
}

fn root(group: &[usize], mut k: usize) -> usize {
    while group[k] != k {
        k = group[k];
    }
    k
}

/// Exteriors with the holes of all the pieces that they were joined from.
fn assemble(exteriors: Vec<(Ring, usize)>, holes: Vec<(Ring, usize)>, group: &[usize]) -> Vec<Vec<Ring>> {
    let mut out: Vec<(usize, Vec<Ring>)> = Vec::new();
    for (ring, polygon) in exteriors {
        let owner = root(group, polygon);
        assert!(out.iter().all(|(o, _)| *o != owner), "a hole crosses the antimeridian: not foreseen");
        out.push((owner, vec![ring]));
    }
    for (ring, polygon) in holes {
        let owner = root(group, polygon);
        let found = out.iter_mut().find(|(o, _)| *o == owner);
        found.unwrap_or_else(|| panic!("a hole without a polygon at {:?}", ring[0])).1.push(ring);
    }
    out.into_iter().map(|(_, rings)| rings).collect()
}

/// The parts of a ring between its edges along the cut, or `None` when it has no such edge.
fn chains_of(ring: &Ring) -> Option<Vec<Vec<Vertex>>> {
    let n = ring.len();
    let is_cut = |k: usize| ring[k % n].0.abs() == X180 && ring[(k + 1) % n].0.abs() == X180;
    let first = (0..n).find(|k| is_cut(*k))?;
    let mut chains = Vec::new();
    let mut chain = Vec::new();
    for k in first + 1..=first + n {
        let (x, y) = ring[k % n];
        chain.push((if x == -X180 { X180 } else { x }, y));
        if is_cut(k) {
            if chain.len() > 1 {
                chains.push(std::mem::take(&mut chain));
            }
            chain.clear();
        }
    }
    Some(chains)
}

/// The ring with vertices along edges that bow away from their great circle.
fn densified(ring: &Ring) -> Ring {
    let mut closed = ring.clone();
    closed.push(ring[0]);
    let mut out = densified_line(&closed);
    out.pop();
    out
}

/// The same for a line that is not closed.
pub fn densified_line(line: &[Vertex]) -> Vec<Vertex> {
    let mut out = vec![line[0]];
    for ends in line.windows(2) {
        out.extend(between(ends[0], ends[1]));
        out.push(ends[1]);
    }
    out
}

/// The vertices that an edge needs; the same ones whichever way it is run along.
fn between(from: Vertex, to: Vertex) -> Vec<Vertex> {
    let (a, b) = (from.min(to), from.max(to));
    let step = if b.0 - a.0 > X180 { b.0 - a.0 - 2 * X180 } else { b.0 - a.0 };
    if step.abs() < 2 || bow(a, b, step) <= BOW {
        return Vec::new();
    }
    let x = a.0 + step / 2;
    let middle = (if x <= -X180 { x + 2 * X180 } else { x }, a.1 + (b.1 - a.1) / 2);
    let mut out = between(a, middle);
    out.push(middle);
    out.extend(between(middle, b));
    if from > to {
        out.reverse();
    }
    out
}

/// How far, in degrees, an edge of `step` in longitude lies from its great circle: the second term
/// of the series of the great circle's latitude, λ²/8 · sin φ cos φ.
fn bow(a: Vertex, b: Vertex, step: i32) -> f64 {
    let phi = (f64::from(a.1 + b.1) / (2.0 * UNIT)).to_radians();
    let lambda = (f64::from(step) / UNIT).to_radians();
    (lambda * lambda / 8.0 * libm::sin(phi).abs() * libm::cos(phi)).to_degrees()
}
