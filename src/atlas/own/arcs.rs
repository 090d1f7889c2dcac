//! Rings into shared arcs.
//!
//! A vertex where two rings part is a junction; rings are cut at junctions, and arcs that are the
//! same but for their direction become one (Bostock, "How to Infer Topology", 2013). Used alike by `build.rs` for
//! the bundled borders and by the program for those that a user brings.

use super::grid::{Ring, Vertex};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What kind of line an arc is; the numbers are those of the packed form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Coast = 0,
    Border = 1,
    Disputed = 2,
}

/// An arc with both ends, and the weight of each vertex.
#[derive(Clone)]
pub struct Arc {
    pub vertices: Vec<Vertex>,
    pub weights: Vec<u8>,
    pub kind: Kind,
}

/// A use of an arc: its index, and whether it is run along backwards.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ArcRef {
    pub arc: usize,
    pub reversed: bool,
}

/// Rings of one polygon, exterior first.
pub type Polygon = Vec<Vec<ArcRef>>;

/// Arcs, and the polygons of each place by its key.
#[derive(Default)]
pub struct Topology<K> {
    pub arcs: Vec<Arc>,
    pub shapes: BTreeMap<K, Vec<Polygon>>,
}

/// An edge regardless of its direction.
pub type Edge = (Vertex, Vertex);

/// The undirected edge between two vertices.
pub fn edge(a: Vertex, b: Vertex) -> Edge {
    if a < b { (a, b) } else { (b, a) }
}

/// Finds the arcs of all places. Edges in `disputed` get that kind, if two places share them.
pub fn topology<K: Ord>(places: BTreeMap<K, Vec<Vec<Ring>>>, disputed: &HashSet<Edge>) -> Topology<K> {
    let junctions = junctions(places.values().flatten().flatten(), disputed);
    let mut found = Found::default();
    let mut shapes = BTreeMap::new();
    for (key, polygons) in places {
        let mut shape = Vec::new();
        for polygon in &polygons {
            shape.push(polygon.iter().map(|ring| found.refer(ring, &junctions)).collect());
        }
        shapes.insert(key, shape);
    }
    let mut arcs = found.arcs;
    for (arc, uses) in arcs.iter_mut().zip(found.uses) {
        arc.kind = match uses {
            1 => Kind::Coast,
            _ if disputed.contains(&edge(arc.vertices[0], arc.vertices[1])) => Kind::Disputed,
            _ => Kind::Border,
        };
    }
    Topology { arcs, shapes }
}

/// The vertices where rings part, or where a border begins or ends to be disputed.
fn junctions<'a>(rings: impl Iterator<Item = &'a Ring>, disputed: &HashSet<Edge>) -> HashSet<Vertex> {
    let mut neighbours: HashMap<Vertex, Edge> = HashMap::new();
    let mut junctions = HashSet::new();
    for ring in rings {
        for (k, &v) in ring.iter().enumerate() {
            let before = ring[(k + ring.len() - 1) % ring.len()];
            let after = ring[(k + 1) % ring.len()];
            let pair = edge(before, after);
            let parts = *neighbours.entry(v).or_insert(pair) != pair;
            if parts || disputed.contains(&edge(before, v)) != disputed.contains(&edge(v, after)) {
                junctions.insert(v);
            }
        }
    }
    junctions
}

/// The arcs found so far, and how many rings use each.
#[derive(Default)]
struct Found {
    arcs: Vec<Arc>,
    uses: Vec<u32>,
    known: HashMap<Vec<Vertex>, usize>,
}

impl Found {
    /// A ring as a chain of arcs.
    fn refer(&mut self, ring: &Ring, junctions: &HashSet<Vertex>) -> Vec<ArcRef> {
        let n = ring.len();
        let mut cuts: Vec<usize> = (0..n).filter(|k| junctions.contains(&ring[*k])).collect();
        if cuts.is_empty() {
            // A stable start for a ring that nothing touches: its westernmost vertex.
            cuts.extend((0..n).min_by_key(|k| ring[*k]));
        }
        let first = cuts[0];
        cuts.push(first + n);
        cuts.windows(2).map(|w| self.arc((w[0]..=w[1]).map(|k| ring[k % n]).collect())).collect()
    }

    fn arc(&mut self, mut vertices: Vec<Vertex>) -> ArcRef {
        let reversed = vertices.iter().rev().lt(vertices.iter());
        if reversed {
            vertices.reverse();
        }
        let next = self.arcs.len();
        let arc = *self.known.entry(vertices).or_insert_with_key(|vertices| {
            self.arcs.push(Arc { vertices: vertices.clone(), weights: Vec::new(), kind: Kind::Coast });
            self.uses.push(0);
            next
        });
        self.uses[arc] += 1;
        ArcRef { arc, reversed }
    }
}
