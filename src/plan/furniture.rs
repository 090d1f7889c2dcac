//! Decisions about scale bar, north arrow and degrees.

use super::Desk;
use crate::compose::{Furniture, LengthUnit};
use crate::diagnostic::Diagnostic;
use crate::spec::{MapSpec, UnitSpec};

impl Desk<'_> {
    /// What helps to read the main map as a map.
    pub(super) fn furniture(&mut self, spec: &MapSpec) -> Furniture {
        let wish = &spec.furniture;
        let degrees = wish.graticule_labels.unwrap_or(false);
        if degrees && spec.frame.graticule.is_none() {
            let one = Diagnostic::error("there are no lines of longitude and latitude to be labelled");
            self.fault("furniture.graticule_labels", one.hint("write `graticule = 10` in [frame]"));
        }
        let unit = match wish.unit {
            Some(UnitSpec::Mi) => LengthUnit::Miles,
            Some(UnitSpec::Km) | None => LengthUnit::Kilometres,
        };
        Furniture {
            degrees,
            scale_bar: wish.scale_bar.unwrap_or(false).then_some(unit),
            north_arrow: wish.north_arrow.unwrap_or(false),
        }
    }
}
