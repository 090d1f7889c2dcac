//! What stands already, for labels that look for a place once more: one where many would have to give way is none.

use super::boxes::Boxes;
use super::candidate::Footprint;

/// Labels that stand.
pub struct Standing<'a> {
    footprints: Vec<&'a Footprint>,
    bounds: Boxes,
    /// So many of them may be in the way of a place.
    most: usize,
}

/// So many labels without a place are few.
const FEW: usize = 24;
/// So many labels may be in the way of a place that many look for, and that few look for.
const IN_THE_WAY: [usize; 2] = [1, 3];

impl<'a> Standing<'a> {
    /// Of those that stand, for so many that look for a place.
    pub fn new(mut footprints: Vec<&'a Footprint>, looking: usize) -> Self {
        footprints.sort_by(|a, b| a.bounds.x0.total_cmp(&b.bounds.x0));
        let bounds = Boxes::new(footprints.iter().map(|one| one.bounds));
        Standing { footprints, bounds, most: IN_THE_WAY[usize::from(looking <= FEW)] }
    }

    /// Whether so few look for a place that each may look long.
    pub fn is_thorough(&self) -> bool {
        self.most == IN_THE_WAY[1]
    }

    /// Whether too many of them are in the way of a label there.
    pub fn crowds_out(&self, footprint: &Footprint) -> bool {
        let met = |k: &usize| self.footprints[*k].conflicts(footprint);
        self.bounds.near(footprint.bounds).filter(met).nth(self.most).is_some()
    }
}
