//! Decisions about the legend: its form, what it counts, where it stands.

use super::Desk;
use crate::compose::{LegendOptions, LegendWish, Spot};
use crate::diagnostic::Diagnostic;
use crate::spec::{DirectionSpec, LegendFormSpec, LegendPositionSpec, LegendSpec};
use crate::text::Rich;

impl Desk<'_> {
    /// The legend.
    pub(super) fn legend(&mut self, spec: &LegendSpec) -> LegendOptions {
        let title = spec.title.as_deref().filter(|title| !title.trim().is_empty());
        LegendOptions {
            show: spec.show.unwrap_or(true),
            wish: wish(spec.form.unwrap_or_default()),
            counts: spec.counts.unwrap_or(false),
            vertical: spec.direction.map(|direction| direction == DirectionSpec::Vertical),
            spot: self.legend_spot(spec),
            title: title.map(Rich::parse),
        }
    }

    /// Where on the map the legend stands; `None`: above the map.
    fn legend_spot(&mut self, spec: &LegendSpec) -> Option<Spot> {
        let moved = spec.dx.is_some() || spec.dy.is_some();
        let on_map = spec.position == Some(LegendPositionSpec::Map) || spec.anchor.is_some();
        if spec.position == Some(LegendPositionSpec::Above) && spec.anchor.is_some() {
            let one = Diagnostic::error("a legend above the map stands in no corner of it");
            self.fault("legend.anchor", one.hint("write `position = \"map\"`, or leave `anchor` out"));
        } else if moved && !on_map {
            let one = Diagnostic::error("`dx` and `dy` move a legend that stands on the map");
            self.fault("legend", one.hint("add `anchor = \"bottom-left\"`, or leave them out"));
        }
        let spot = self.spot("legend", spec.anchor, spec.dx, spec.dy);
        on_map.then_some(spot)
    }
}

fn wish(spec: LegendFormSpec) -> LegendWish {
    match spec {
        LegendFormSpec::Auto => LegendWish::Auto,
        LegendFormSpec::List => LegendWish::List,
        LegendFormSpec::Steps => LegendWish::Steps,
        LegendFormSpec::Gradient => LegendWish::Gradient,
        LegendFormSpec::Histogram => LegendWish::Histogram,
        LegendFormSpec::Inline => LegendWish::Inline,
        LegendFormSpec::Direct => LegendWish::Direct,
    }
}
