//! Places that lie so far from the others that a map of all would shrink the story.
//!
//! Places are joined to groups by the gaps between them. The main group is the one with the most places; what lies in
//! small groups apart, and costs the main group much of its size, is far.

use super::{Parts, dot};
use crate::atlas::{Atlas, PlaceId};
use crate::geometry::LonLat;
use crate::projection;

/// What becomes of far places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Far {
    /// They are fitted as all others.
    Fit,
    /// They are not fitted: the outliers of a region that was asked for by its name.
    Leave,
    /// They are not fitted, and shown in an inset.
    Inset,
}

/// Fewer places are no story with an aside: all of them are fitted.
const FEWEST: usize = 5;
/// Of more places than this, none is an aside.
const MOST: usize = 80;
/// Groups are so far apart, degrees.
const APART: f64 = 12.0;
/// Label points nearer than this, degrees, belong to one group without a look at the outlines.
const NEAR: f64 = 20.0;
/// All far places together are at most this share of the places.
const SHARE: f64 = 0.2;
/// The cap around all places is at least so many times as wide as that around the rest.
const GAIN: f64 = 1.5;
/// The same for the outliers of a region.
const GAIN_OF_REGION: f64 = 1.03;

/// The groups of far places; empty when there are none. `parts`: those of each of `wanted`.
pub(super) fn far(
    wanted: &[PlaceId],
    far: Far,
    atlas: &Atlas,
    borders: &crate::atlas::Borders,
) -> Vec<Vec<PlaceId>> {
    if far == Far::Fit || !(FEWEST..=MOST).contains(&wanted.len()) {
        return Vec::new();
    }
    let labels: Vec<[f64; 3]> = wanted.iter().map(|id| atlas.place(*id).label.to_unit()).collect();
    let mut groups = Groups::new(wanted.len());
    groups.join_where(|a, b| dot(labels[a], labels[b]) > libm::cos(NEAR.to_radians()));
    if groups.count() == 1 {
        return Vec::new();
    }
    let each: Vec<Parts> = wanted.iter().map(|id| super::parts(borders, atlas, &[*id])).collect();
    let rims: Vec<Vec<[f64; 3]>> = each.iter().map(|parts| rim(parts, borders)).collect();
    let nearest = |a: usize, b: usize| {
        rims[a].iter().flat_map(|u| rims[b].iter().map(|v| dot(*u, *v))).fold(-1.0, f64::max)
    };
    groups.join_where(|a, b| nearest(a, b) > libm::cos(APART.to_radians()));
    let mut all = groups.all();
    if all.len() == 1 {
        return Vec::new();
    }
    // the main group first: the one with most places, and of two the one that comes first
    all.sort_by_key(|group| (std::cmp::Reverse(group.len()), group[0]));
    if (wanted.len() - all[0].len()) as f64 > SHARE * wanted.len() as f64 {
        return Vec::new();
    }
    let radius = |of: &mut dyn Iterator<Item = usize>| {
        let (mut shapes, mut points) = (Vec::new(), Vec::new());
        for k in of {
            shapes.extend(each[k].shapes.iter().map(Vec::as_slice));
            points.extend(each[k].points.iter().copied());
        }
        let joined = Parts { shapes: Vec::new(), points };
        joined
            .subject_of(projection::subject(&borders.topology, &shapes))
            .map_or(0.0, |subject| subject.radius)
    };
    let whole = radius(&mut (0..wanted.len()));
    let main = radius(&mut all[0].iter().copied());
    let gain = if far == Far::Leave { GAIN_OF_REGION } else { GAIN };
    if whole < gain * main {
        return Vec::new();
    }
    all[1..].iter().map(|group| group.iter().map(|k| wanted[*k]).collect()).collect()
}

/// Some vertices of a place's main parts, or its label point.
fn rim(parts: &Parts, borders: &crate::atlas::Borders) -> Vec<[f64; 3]> {
    const MOST_VERTICES: usize = 40;
    let rings = parts.shapes.iter().flatten().filter_map(|polygon| polygon.0.first());
    let all: Vec<LonLat> =
        rings.flat_map(|ring| borders.topology.ring(ring)).chain(parts.points.iter().copied()).collect();
    all.iter().step_by(all.len().div_ceil(MOST_VERTICES).max(1)).map(|v| v.to_unit()).collect()
}

/// Things that are joined to groups, by the first of each group.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Groups {
        Groups((0..count).collect())
    }

    fn join_where(&mut self, joined: impl Fn(usize, usize) -> bool) {
        for a in 0..self.0.len() {
            for b in 0..a {
                let (of_a, of_b) = (self.0[a], self.0[b]);
                if of_a != of_b && joined(a, b) {
                    let (low, high) = (of_a.min(of_b), of_a.max(of_b));
                    self.0.iter_mut().filter(|group| **group == high).for_each(|group| *group = low);
                }
            }
        }
    }

    fn count(&self) -> usize {
        self.0.iter().enumerate().filter(|(k, group)| k == *group).count()
    }

    fn all(&self) -> Vec<Vec<usize>> {
        let firsts = (0..self.0.len()).filter(|k| self.0[*k] == *k);
        firsts.map(|first| (0..self.0.len()).filter(|k| self.0[*k] == first).collect()).collect()
    }
}
