//! Polygons of one place that share arcs, joined: what runs between two of them is no outline.

use std::collections::{BTreeMap, BTreeSet};

use smallvec::{SmallVec, smallvec};

use crate::geometry::{ArcRef, LonLat, Polygon, Ring, Topology};

/// Joins `polygons` along the arcs that two of them share, but for those that `stay`. Polygons that share none stay as they are.
pub(super) fn dissolve(
    topology: &Topology,
    polygons: Vec<Polygon>,
    stays: &dyn Fn(u32) -> bool,
) -> Vec<Polygon> {
    let mut seen = BTreeSet::new();
    let uses = polygons.iter().flat_map(|polygon| &polygon.0).flat_map(|ring| &ring.0);
    let shared: BTreeSet<u32> =
        uses.map(|one| one.arc).filter(|arc| !seen.insert(*arc) && !stays(*arc)).collect();
    if shared.is_empty() {
        return polygons;
    }
    let is_open = |ring: &Ring| ring.0.iter().any(|one| shared.contains(&one.arc));
    let (open, mut whole): (Vec<Polygon>, Vec<Polygon>) =
        polygons.into_iter().partition(|polygon| polygon.0.iter().any(is_open));
    let (broken, closed): (Vec<Ring>, Vec<Ring>) =
        open.into_iter().flat_map(|polygon| polygon.0).partition(is_open);
    let left = broken.into_iter().flat_map(|ring| ring.0).filter(|one| !shared.contains(&one.arc));
    let rings: Vec<Ring> = closed.into_iter().chain(chained(topology, left)).collect();
    let (outer, holes): (Vec<Ring>, Vec<Ring>) =
        rings.into_iter().partition(|ring| signed_area(topology, ring) > 0.0);
    let first = whole.len();
    whole.extend(outer.into_iter().map(|ring| Polygon(smallvec![ring])));
    for hole in holes {
        let inside = |polygon: &Polygon| {
            let at = topology.ring(&hole).next();
            at.is_some_and(|at| polygon.0.first().is_some_and(|ring| contains(topology, ring, at)))
        };
        let at = (first..whole.len()).find(|at| inside(&whole[*at]));
        if let Some(at) = at {
            whole[at].0.push(hole);
        }
    }
    whole
}

type Key = (u64, u64);

fn key(at: LonLat) -> Key {
    (at.lon.to_bits(), at.lat.to_bits())
}

/// Both ends of an arc in the direction of its use.
fn ends(topology: &Topology, one: ArcRef) -> Option<(Key, Key)> {
    let arc = topology.arc(one.arc);
    let (first, last) = (key(*arc.first()?), key(*arc.last()?));
    Some(if one.reversed { (last, first) } else { (first, last) })
}

/// Arcs linked into rings.
fn chained(topology: &Topology, arcs: impl Iterator<Item = ArcRef>) -> Vec<Ring> {
    let mut from: BTreeMap<Key, Vec<(ArcRef, Key)>> = BTreeMap::new();
    for one in arcs {
        if let Some((start, end)) = ends(topology, one) {
            from.entry(start).or_default().push((one, end));
        }
    }
    let mut rings = Vec::new();
    while let Some(start) = from.iter().find(|(_, out)| !out.is_empty()).map(|(start, _)| *start) {
        let (mut ring, mut at) = (SmallVec::new(), start);
        while let Some((one, end)) = from.get_mut(&at).and_then(Vec::pop) {
            ring.push(one);
            at = end;
            if at == start {
                break;
            }
        }
        if at == start {
            rings.push(Ring(ring));
        }
    }
    rings
}

/// Twice the area of a ring in the plane of degrees; above zero where it runs counter-clockwise.
fn signed_area(topology: &Topology, ring: &Ring) -> f64 {
    let vertices: Vec<LonLat> = topology.ring(ring).collect();
    let next = vertices.iter().cycle().skip(1);
    vertices.iter().zip(next).map(|(a, b)| a.lon * b.lat - b.lon * a.lat).sum()
}

/// Whether a ring encloses a position (crossings of a ray to the east).
fn contains(topology: &Topology, ring: &Ring, at: LonLat) -> bool {
    let vertices: Vec<LonLat> = topology.ring(ring).collect();
    let next = vertices.iter().cycle().skip(1);
    let crosses = |(a, b): &(&LonLat, &LonLat)| {
        (a.lat > at.lat) != (b.lat > at.lat)
            && at.lon < (b.lon - a.lon) * (at.lat - a.lat) / (b.lat - a.lat) + a.lon
    };
    vertices.iter().zip(next).filter(crosses).count() % 2 == 1
}
