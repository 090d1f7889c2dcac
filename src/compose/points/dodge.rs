//! Points that lie over one another, moved apart: a little, and each no further than its style allows.
//!
//! Pairs that overlap push each other away by half of what is missing, and what moved is drawn back to its place with a
//! weak spring, again and again, as in a beeswarm on two axes. The order is that of the table, and points on one spot set out
//! by the golden angle, so that the result is the same each time.

use kurbo::{Point, Rect, Vec2};
use rstar::{RTree, primitives::GeomWithData};

use super::Placed;
use crate::geometry::length;
use crate::style::PointsLook;

/// Rounds of pushing.
const ROUNDS: usize = 120;
/// Of these, so many at the end without the spring.
const FREE: usize = 30;
/// Share of the way home in a round.
const SPRING: f64 = 0.04;
/// The golden angle, radians.
const GOLDEN: f64 = 2.399_963_229_728_653;

/// Moves `seen`, of which each reaches so far from its middle; gives how many still lie over another.
pub fn dodge(seen: &mut [Placed<'_>], reach: &[f64], look: &PointsLook, clip: Rect) -> usize {
    let homes: Vec<Point> = seen.iter().map(|one| one.at).collect();
    let mut at = homes.clone();
    let widest = reach.iter().copied().fold(0.0, f64::max);
    let gap = look.gap.0;
    for round in 0..ROUNDS {
        let pairs = pairs(&at, 2.0 * widest + gap);
        let mut moved = false;
        for (i, j) in pairs {
            let wanted = reach[i] + reach[j] + gap;
            let between = at[j] - at[i];
            let missing = wanted - length(between);
            if missing <= 1e-6 {
                continue;
            }
            moved = true;
            let push = direction(between, j) * (missing / 2.0);
            at[i] = held(at[i] - push, homes[i], reach[i], look, clip);
            at[j] = held(at[j] + push, homes[j], reach[j], look, clip);
        }
        if round + FREE < ROUNDS {
            for (p, home) in at.iter_mut().zip(&homes) {
                *p += (*home - *p) * SPRING;
            }
        } else if !moved {
            break;
        }
    }
    let over = |i: usize, j: usize| at[i].distance(at[j]) < (reach[i] + reach[j]) * 0.9;
    let mut crowded: Vec<usize> =
        pairs(&at, 2.0 * widest).into_iter().filter(|(i, j)| over(*i, *j)).map(|(_, j)| j).collect();
    crowded.sort_unstable();
    crowded.dedup();
    for (one, at) in seen.iter_mut().zip(at) {
        one.at = at;
    }
    crowded.len()
}

/// Pairs that are closer than `distance`, each once, in the order of the table.
fn pairs(at: &[Point], distance: f64) -> Vec<(usize, usize)> {
    let tree =
        RTree::bulk_load(at.iter().enumerate().map(|(i, p)| GeomWithData::new([p.x, p.y], i)).collect());
    let mut all = Vec::new();
    for (i, p) in at.iter().enumerate() {
        let near = tree.locate_within_distance([p.x, p.y], distance * distance);
        let mut later: Vec<usize> = near.map(|one| one.data).filter(|j| *j > i).collect();
        later.sort_unstable();
        all.extend(later.into_iter().map(|j| (i, j)));
    }
    all
}

/// The unit vector of `between`; for points on one spot, one that is their own.
fn direction(between: Vec2, index: usize) -> Vec2 {
    let distance = length(between);
    if distance > 1e-9 {
        return between / distance;
    }
    let (sin, cos) = libm::sincos(GOLDEN * index as f64);
    Vec2::new(cos, sin)
}

/// `at`, no further from `home` than the style allows, and in the frame.
fn held(at: Point, home: Point, reach: f64, look: &PointsLook, clip: Rect) -> Point {
    let (away, most) = (at - home, reach * look.farthest);
    let distance = length(away);
    let at = if distance > most { home + away * (most / distance) } else { at };
    let room = clip.inset(-reach);
    if !room.contains(home) {
        return at;
    }
    Point::new(at.x.clamp(room.x0, room.x1), at.y.clamp(room.y0, room.y1))
}

#[cfg(test)]
mod tests {
    use super::super::Dot;
    use super::*;
    use crate::geometry::LonLat;
    use crate::style;

    #[test]
    fn each_is_seen_and_stays_near() {
        let open = |_: &str| Ok(String::new());
        let look = style::load("newsroom", 1600.0, &[], &open).expect("a style").points;
        let dot = Dot {
            at: LonLat::new(0.0, 0.0),
            line: 2,
            name: String::new(),
            class: 0,
            radius: 5.0,
            data: Vec::new(),
        };
        // nine on one spot, one beside them, one alone
        let spot = |i: usize| match i {
            9 => Point::new(203.0, 200.0),
            10 => Point::new(300.0, 300.0),
            _ => Point::new(200.0, 200.0),
        };
        let placed = |i| Placed { dots: vec![&dot], at: spot(i), radius: 5.0, counts: false };
        let mut seen: Vec<Placed<'_>> = (0..11).map(placed).collect();
        let clip = Rect::new(0.0, 0.0, 400.0, 400.0);
        assert_eq!(dodge(&mut seen, &[5.0; 11], &look, clip), 0);
        for (i, one) in seen.iter().enumerate() {
            assert!(one.at.distance(spot(i)) <= 5.0 * look.farthest + 1e-9);
            for other in &seen[..i] {
                assert!(one.at.distance(other.at) >= 9.0, "{:?} and {:?}", one.at, other.at);
            }
        }
        assert_eq!(seen[10].at, spot(10));
    }
}
