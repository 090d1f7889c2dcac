//! How far a thinned outline may be off the full one.
//!
//! A map that stretches what it shows, as most do towards their rims, shows more of an outline there: the tolerance
//! on the globe then shrinks with the stretch around each arc.

use crate::geometry::Reach;

/// How many times each of some arcs is enlarged, where it is enlarged most.
type Stretch<'a> = &'a (dyn Fn(&[Reach]) -> Vec<f64> + Sync);

/// How far a thinned outline may be off the full one, degrees of a great circle, by where it lies.
#[derive(Clone, Copy)]
pub struct Tolerance<'a> {
    degrees: f64,
    stretch: Option<Stretch<'a>>,
}

/// No arc is taken to be stretched more than this: at the poles of many projections there is no end to it.
const MOST: f64 = 16.0;

impl<'a> Tolerance<'a> {
    /// `degrees` where `stretch`, which tells how many times arcs are enlarged where they are enlarged most, says 1,
    /// and less by as much as it says elsewhere.
    pub fn stretched(degrees: f64, stretch: Stretch<'a>) -> Self {
        Tolerance { degrees, stretch: Some(stretch) }
    }

    /// For each of some arcs that reach so far.
    pub(super) fn of(&self, reaches: impl ExactSizeIterator<Item = Reach>) -> Vec<f64> {
        let Some(stretch) = self.stretch else { return vec![self.degrees; reaches.len()] };
        let times = stretch(&reaches.collect::<Vec<Reach>>());
        times.into_iter().map(|times| self.degrees / times.clamp(1.0, MOST)).collect()
    }
}

impl From<f64> for Tolerance<'_> {
    fn from(degrees: f64) -> Self {
        Tolerance { degrees, stretch: None }
    }
}
