//! Decisions about what stands where a user's hand puts it: labels, callouts, insets and blocks.

use std::collections::BTreeMap;

use super::Desk;
use crate::atlas::{Level, PlaceId};
use crate::compose::labels::Align;
use crate::compose::{CalloutPin, Corner, LabelPin, Pinned, Spot};
use crate::diagnostic::Diagnostic;
use crate::spec::{AnchorSpec, CalloutSpec, CornerSpec, LabelPinSpec};

/// How far something may be moved, px.
const FARTHEST: f64 = 10_000.0;
/// Bounds of the width that words may be broken to, px.
const NARROWEST: f64 = 20.0;

impl Desk<'_> {
    /// The labels set by hand, by their places.
    pub(super) fn pins(
        &mut self,
        key: &str,
        specs: &BTreeMap<String, LabelPinSpec>,
        level: Option<Level>,
    ) -> BTreeMap<PlaceId, LabelPin> {
        let mut pins: BTreeMap<PlaceId, LabelPin> = BTreeMap::new();
        for (name, spec) in specs {
            let key = format!("{key}.pin.{name}");
            let LabelPinSpec { dx, dy, anchor, wrap, hide, text } = spec;
            let moved = dx.is_some() || dy.is_some() || anchor.is_some();
            let (dx, dy) = self.offset(&key, *dx, *dy);
            let wrap = self.wrap(&key, *wrap);
            if let Some(text) = text {
                self.template(&format!("{key}.text"), text);
            }
            let Some(id) = self.place(&key, name, level) else { continue };
            let at = moved.then(|| Pinned { dx, dy, anchor: anchor.map_or(Align::Middle, end_of) });
            let pin =
                LabelPin { key: key.clone(), at, wrap, hide: hide.unwrap_or(false), text: text.clone() };
            if let Some(other) = pins.insert(id, pin) {
                let name = &self.atlas.place(id).name;
                let one =
                    Diagnostic::error(format!("the label of {name} is pinned twice: by `{}` too", other.key));
                self.fault(&key, one.hint("keep one of them"));
            }
        }
        pins
    }

    /// Where a callout's words are put by hand.
    pub(super) fn callout_pin(&mut self, key: &str, spec: &CalloutSpec) -> CalloutPin {
        let moved = spec.dx.is_some() || spec.dy.is_some() || spec.anchor.is_some();
        let (dx, dy) = self.offset(key, spec.dx, spec.dy);
        let towards = if dx >= 0.0 { Align::Start } else { Align::End };
        let anchor = spec.anchor.map_or(towards, end_of);
        CalloutPin { at: moved.then_some(Pinned { dx, dy, anchor }), wrap: self.wrap(key, spec.wrap) }
    }

    /// A place on the map for a block.
    pub(super) fn spot(
        &mut self,
        key: &str,
        anchor: Option<CornerSpec>,
        dx: Option<f64>,
        dy: Option<f64>,
    ) -> Spot {
        let moved = dx.is_some() || dy.is_some();
        if key == "inset" && moved && anchor.is_none() {
            let one = Diagnostic::error("`dx` and `dy` of an inset count from a corner of the map");
            self.fault(key, one.hint("add `anchor = \"top-right\"`, or leave them out"));
        }
        let (dx, dy) = self.offset(key, dx, dy);
        Spot { corner: anchor.map(corner), dx, dy }
    }

    fn offset(&mut self, key: &str, dx: Option<f64>, dy: Option<f64>) -> (f64, f64) {
        let mut px = |name: &str, px: Option<f64>| {
            self.within(&format!("{key}.{name}"), px.unwrap_or(0.0), -FARTHEST..=FARTHEST)
        };
        (px("dx", dx), px("dy", dy))
    }

    fn wrap(&mut self, key: &str, wrap: Option<f64>) -> Option<f64> {
        wrap.map(|px| self.within(&format!("{key}.wrap"), px, NARROWEST..=FARTHEST))
    }
}

fn end_of(spec: AnchorSpec) -> Align {
    match spec {
        AnchorSpec::Start => Align::Start,
        AnchorSpec::Middle => Align::Middle,
        AnchorSpec::End => Align::End,
    }
}

fn corner(spec: CornerSpec) -> Corner {
    match spec {
        CornerSpec::TopLeft => Corner::TopLeft,
        CornerSpec::TopRight => Corner::TopRight,
        CornerSpec::BottomLeft => Corner::BottomLeft,
        CornerSpec::BottomRight => Corner::BottomRight,
    }
}
