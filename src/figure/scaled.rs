//! The scale of a figure: from the values of its table, and from its amounts where those are circles.

use crate::diagnostic::{Result, Warned};
use crate::join::Join;
use crate::plan::Plan;
use crate::scale::Scale;

/// The scale of the main map, which the insets share.
pub(super) fn scale(plan: &Plan, join: &Join) -> Result<Warned<Scale>> {
    let (values, options) = (join.values.values(), &plan.map.scale);
    match &plan.symbols {
        None => Scale::new(values, options),
        Some(symbols) => {
            let colors = symbols.colored.then_some(values);
            Scale::sized(colors, join.amounts().values(), &symbols.sizes, options)
        }
    }
}
