//! Points that are close together become one circle with their number.
//!
//! The point with most neighbours within the distance takes them all, then that of the rest with most, as Supercluster
//! does it on one level. The circle stands on their middle. Circles that would still lie over one another, or over a point
//! that stands alone, become one, so that nothing is hidden.

use kurbo::Point;
use rstar::{RTree, primitives::GeomWithData};

use super::Placed;
use crate::style::PointsLook;

/// Puts together what is closer than `distance` px.
pub fn cluster<'d>(seen: Vec<Placed<'d>>, distance: f64, look: &PointsLook) -> Vec<Placed<'d>> {
    let tree = |all: &[Placed<'_>]| {
        RTree::bulk_load(
            all.iter().enumerate().map(|(i, one)| GeomWithData::new([one.at.x, one.at.y], i)).collect(),
        )
    };
    let near = |tree: &RTree<GeomWithData<[f64; 2], usize>>, at: Point, within: f64| {
        let mut found: Vec<usize> =
            tree.locate_within_distance([at.x, at.y], within * within).map(|one| one.data).collect();
        found.sort_unstable();
        found
    };
    let index = tree(&seen);
    let neighbours: Vec<Vec<usize>> = seen.iter().map(|one| near(&index, one.at, distance)).collect();
    let mut order: Vec<usize> = (0..seen.len()).collect();
    order.sort_by_key(|i| (std::cmp::Reverse(neighbours[*i].len()), *i));
    let mut taken = vec![false; seen.len()];
    let mut all = Vec::new();
    for i in order {
        if taken[i] {
            continue;
        }
        let own: Vec<usize> = neighbours[i].iter().copied().filter(|other| !taken[*other]).collect();
        own.iter().for_each(|other| taken[*other] = true);
        all.push(together(own.iter().map(|other| &seen[*other]).collect(), look));
    }
    apart(all, look)
}

/// Merges what lies over one another, until nothing does.
fn apart<'d>(mut all: Vec<Placed<'d>>, look: &PointsLook) -> Vec<Placed<'d>> {
    loop {
        all.sort_by_key(|one| one.dots[0].line);
        let over = |a: &Placed<'_>, b: &Placed<'_>| a.at.distance(b.at) < a.radius + b.radius;
        let pair = (0..all.len()).find_map(|i| {
            let j =
                (i + 1..all.len()).find(|j| (all[i].counts || all[*j].counts) && over(&all[i], &all[*j]))?;
            Some((i, j))
        });
        let Some((i, j)) = pair else { return all };
        let (second, first) = (all.swap_remove(j), all.swap_remove(i));
        all.push(together(vec![&first, &second], look));
    }
}

/// One symbol for several.
fn together<'d>(parts: Vec<&Placed<'d>>, look: &PointsLook) -> Placed<'d> {
    if let [one] = parts.as_slice() {
        return (*one).clone();
    }
    let mut dots: Vec<&'d super::Dot> = parts.iter().flat_map(|part| part.dots.iter().copied()).collect();
    dots.sort_by_key(|dot| dot.line);
    let count = dots.len() as f64;
    let sum = parts.iter().fold((0.0, 0.0), |sum, part| {
        let weight = part.dots.len() as f64;
        (sum.0 + part.at.x * weight, sum.1 + part.at.y * weight)
    });
    let growth = (count / 2.0).sqrt().min(look.cluster_most);
    Placed {
        dots,
        at: Point::new(sum.0 / count, sum.1 / count),
        radius: look.cluster_radius.0 * growth,
        counts: true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Dot;
    use super::*;
    use crate::geometry::LonLat;
    use crate::style;

    #[test]
    fn every_row_is_counted_once_and_no_circle_hides_another() {
        let open = |_: &str| Ok(String::new());
        let look = style::load("newsroom", 1600.0, &[], &open).expect("a style").points;
        let dots: Vec<Dot> = (0..200)
            .map(|i| Dot {
                at: LonLat::new(0.0, 0.0),
                line: i + 2,
                name: String::new(),
                class: 0,
                radius: 4.0,
                data: Vec::new(),
            })
            .collect();
        let at = |i: usize| Point::new(((i * i * 37) % 601) as f64, ((i * 113) % 397) as f64);
        let seen = dots
            .iter()
            .enumerate()
            .map(|(i, dot)| Placed { dots: vec![dot], at: at(i), radius: 4.0, counts: false })
            .collect();
        let placed = cluster(seen, 30.0, &look);
        assert_eq!(placed.iter().map(|one| one.dots.len()).sum::<usize>(), 200);
        assert!(placed.len() < 150 && placed.iter().any(|one| one.counts), "{}", placed.len());
        for (i, a) in placed.iter().enumerate() {
            for b in placed[..i].iter().filter(|b| a.counts || b.counts) {
                assert!(a.at.distance(b.at) >= a.radius + b.radius - 1e-9);
            }
        }
    }
}
