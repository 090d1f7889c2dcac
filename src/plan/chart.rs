//! `[[chart]]` as it was asked for → a small chart.

use super::Desk;
use crate::compose::{Chart, ChartKind};
use crate::spec::{ChartKindSpec, ChartSpec};
use crate::text::Rich;

impl Desk<'_> {
    /// A chart.
    pub(super) fn chart(&mut self, spec: &ChartSpec) -> Chart {
        let top = self.within("chart.top", spec.top.unwrap_or(10) as f64, 3.0..=20.0);
        let kind = match spec.kind {
            ChartKindSpec::Histogram => ChartKind::Histogram,
            ChartKindSpec::Ranking => ChartKind::Ranking { top: top as usize },
        };
        Chart { kind, title: spec.title.as_deref().map(Rich::parse) }
    }
}
