//! Rings that cross themselves, taken apart at their crossings.
//!
//! A ring that crosses itself has no inside that all programs agree on, and may flood a globe. It is cut where it
//! crosses; each part that comes back to its own beginning is a loop. Loops that lie in another one and turn the other
//! way are holes, all others are areas, whichever way they turn: none of what was drawn is lost.

use std::collections::BTreeMap;

use super::plane::At;

/// Whether and where a ring crosses itself.
pub(super) enum Crossings {
    None,
    /// For each crossing, both edges (by the index of their first vertex) and the position.
    Some(Vec<(usize, usize, At)>),
    /// More than can be looked for.
    TooMany,
}

/// So many crossings are mended in one ring.
const MOST_CROSSINGS: usize = 10_000;

/// Finds where `ring` crosses itself, by a sweep over the west ends of its edges. Pairs that are compared are taken
/// from `budget`.
pub(super) fn crossings(ring: &[At], budget: &mut usize) -> Crossings {
    let n = ring.len();
    let edge = |k: usize| (ring[k], ring[(k + 1) % n]);
    let west = |k: usize| edge(k).0[0].min(edge(k).1[0]);
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| west(*a).total_cmp(&west(*b)));
    let mut open: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    for k in order {
        let (a, b) = edge(k);
        let (x, south, north) = (a[0].min(b[0]), a[1].min(b[1]), a[1].max(b[1]));
        open.retain(|other| edge(*other).0[0].max(edge(*other).1[0]) >= x);
        match budget.checked_sub(open.len()) {
            Some(left) => *budget = left,
            None => return Crossings::TooMany,
        }
        for &other in &open {
            let (c, d) = edge(other);
            let apart = c[1].max(d[1]) < south || c[1].min(d[1]) > north;
            let follow = (k + 1) % n == other || (other + 1) % n == k;
            if !apart
                && !follow
                && let Some(at) = crossing(a, b, c, d)
            {
                found.push((k.min(other), k.max(other), at));
            }
        }
        open.push(k);
        if found.len() > MOST_CROSSINGS {
            return Crossings::TooMany;
        }
    }
    if found.is_empty() { Crossings::None } else { Crossings::Some(found) }
}

/// Where two edges cross, both in their middle; edges that only touch do not.
fn crossing(a: At, b: At, c: At, d: At) -> Option<At> {
    let side = |p: At, q: At, r: At| (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
    let (c_side, d_side) = (side(a, b, c), side(a, b, d));
    let (a_side, b_side) = (side(c, d, a), side(c, d, b));
    if !(c_side * d_side < 0.0 && a_side * b_side < 0.0) {
        return None;
    }
    let t = a_side / (a_side - b_side);
    Some([a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])])
}

/// The loops of `ring`, cut at `crossings`.
pub(super) fn loops(ring: &[At], crossings: &[(usize, usize, At)]) -> Vec<Vec<At>> {
    let mut cuts: Vec<Vec<(f64, At)>> = vec![Vec::new(); ring.len()];
    for (one, other, at) in crossings {
        for k in [*one, *other] {
            let start = ring[k];
            let way = (at[0] - start[0]).powi(2) + (at[1] - start[1]).powi(2);
            cuts[k].push((way, *at));
        }
    }
    let mut walk: Vec<At> = Vec::new();
    for (k, at) in ring.iter().enumerate() {
        walk.push(*at);
        cuts[k].sort_by(|a, b| a.0.total_cmp(&b.0));
        walk.extend(cuts[k].iter().map(|(_, at)| *at));
    }
    // a loop is closed where the walk comes back to a vertex that it has not left for good
    let key = |at: &At| (at[0].to_bits(), at[1].to_bits());
    let mut place = BTreeMap::new();
    let (mut path, mut all): (Vec<At>, Vec<Vec<At>>) = (Vec::new(), Vec::new());
    for at in walk {
        if let Some(start) = place.get(&key(&at)).copied() {
            let closed: Vec<At> = path.drain(start..).collect();
            closed.iter().for_each(|at| {
                place.remove(&key(at));
            });
            all.push(closed);
        }
        place.insert(key(&at), path.len());
        path.push(at);
    }
    all.push(path);
    all.retain(|part| part.len() > 2);
    all
}
