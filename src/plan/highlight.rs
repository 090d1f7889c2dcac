//! `[highlight]` as it was asked for → the places that stand out.

use super::Desk;
use crate::atlas::Level;
use crate::compose::Highlight;
use crate::spec::HighlightSpec;
use crate::style::Style;

impl Desk<'_> {
    /// The places that stand out on a map of this level.
    pub(super) fn highlight(
        &mut self,
        spec: &HighlightSpec,
        level: Option<Level>,
        style: &Style,
    ) -> Highlight {
        let key = "highlight.places";
        let places = spec.places.iter().flat_map(|name| self.region(key, name, level)).collect();
        let dim = self.within("highlight.dim", spec.dim.unwrap_or(style.highlight.dim), 0.0..=1.0);
        Highlight { places, dim }
    }
}
