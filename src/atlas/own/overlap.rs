//! Places of a borders file that lie over each other: a state beside its provinces, or the same land twice.

use std::collections::BTreeMap;

use super::Own;
use crate::atlas::{Locator, PlaceId};
use crate::geometry::LonLat;

/// Positions on each side of the lattice by which a place is sampled.
const SIDE: usize = 4;

/// Of the positions of a place that lie in another, so many say that they overlap: one may lie on a border that two
/// files draw a little apart.
const ENOUGH: usize = 2;

/// A place that lies over another, which is no smaller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// The one that is drawn on top.
    pub upper: PlaceId,
    /// The one beneath.
    pub lower: PlaceId,
    /// All of its positions lie in the other.
    pub whole: bool,
}

impl Own {
    /// The places that lie over others, by positions within each: its label point, and a lattice over its box.
    pub fn overlaps(&self) -> Vec<Overlap> {
        let locator = Locator::new(&self.borders(0.0.into()));
        let boxes = locator.main_boxes();
        let mut found = Vec::new();
        for place in &self.places {
            let inside: Vec<Vec<PlaceId>> = boxes
                .get(&place.id)
                .into_iter()
                .flat_map(|corners| lattice(*corners))
                .chain([place.label])
                .map(|at| locator.all_at(at))
                .filter(|all| all.contains(&place.id))
                .collect();
            let mut counts = BTreeMap::<PlaceId, usize>::new();
            // large places come first, and are drawn first
            inside
                .iter()
                .flatten()
                .filter(|id| **id < place.id)
                .for_each(|id| *counts.entry(*id).or_default() += 1);
            let enough = |count: usize| count >= ENOUGH.min(inside.len());
            found.extend(
                counts.into_iter().filter(|(_, count)| enough(*count)).map(|(lower, count)| Overlap {
                    upper: place.id,
                    lower,
                    whole: count == inside.len(),
                }),
            );
        }
        found
    }
}

/// Positions all over a box.
fn lattice((low, high): ([f64; 2], [f64; 2])) -> impl Iterator<Item = LonLat> {
    let share = |step: usize| (step as f64 + 0.5) / SIDE as f64;
    (0..SIDE * SIDE).map(move |step| {
        let (x, y) = (share(step % SIDE), share(step / SIDE));
        LonLat::new(low[0] + x * (high[0] - low[0]), low[1] + y * (high[1] - low[1]))
    })
}
