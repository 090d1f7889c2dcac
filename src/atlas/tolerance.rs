//! How far a thinned outline may be off the full one.
//!
//! A map that stretches what it shows, as most do towards their rims, shows more of an outline there: the tolerance
//! on the globe then shrinks with the stretch around each arc.

use crate::geometry::Reach;

/// How far a thinned outline may be off the full one, degrees of a great circle, by where it lies.
#[derive(Clone, Copy)]
pub struct Tolerance<'a> {
    degrees: f64,
    stretch: Option<&'a (dyn Fn(&Reach) -> f64 + Sync)>,
}

/// No arc is taken to be stretched more than this: at the poles of many projections there is no end to it.
const MOST: f64 = 16.0;

impl<'a> Tolerance<'a> {
    /// `degrees` where `stretch`, which tells how many times an arc is enlarged where it is enlarged most, says 1,
    /// and less by as much as it says elsewhere.
    pub fn stretched(degrees: f64, stretch: &'a (dyn Fn(&Reach) -> f64 + Sync)) -> Self {
        Tolerance { degrees, stretch: Some(stretch) }
    }

    /// That of all arcs, if it is the same everywhere.
    pub(super) fn everywhere(&self) -> Option<f64> {
        self.stretch.is_none().then_some(self.degrees)
    }

    /// For an arc that reaches so far.
    pub(super) fn at(&self, reach: impl FnOnce() -> Reach) -> f64 {
        self.degrees / self.stretch.map_or(1.0, |stretch| stretch(&reach()).clamp(1.0, MOST))
    }
}

impl From<f64> for Tolerance<'_> {
    fn from(degrees: f64) -> Self {
        Tolerance { degrees, stretch: None }
    }
}
