//! Decisions about maps inside the figure.

use std::collections::BTreeMap;

use super::composite::FarPart;
use super::data::{join_options, table_options};
use super::{Desk, InsetPlan, MapPlan, Plan};
use crate::atlas::{Atlas, Detail, PlaceId};
use crate::compose::{LabelChoice, LabelOptions, Spot};
use crate::diagnostic::Diagnostic;
use crate::frame::{Far, Fit, FrameOptions};
use crate::spec::{DataSpec, FitSpec, FrameSpec, InsetKindSpec, InsetSpec, MapSpec, ScaleSpec};
use crate::style::Style;
use crate::text::Rich;
use crate::words::Words;

/// No place is named.
fn unnamed() -> LabelOptions {
    LabelOptions { show: LabelChoice::None, text: String::new(), pins: BTreeMap::new() }
}

/// The inset of a few places that lie far from the rest of the main map's data.
pub(crate) fn far_inset(plan: &Plan, places: &[PlaceId], atlas: &Atlas) -> InsetPlan {
    let names: Vec<&str> = places.iter().map(|id| &*atlas.place(*id).name).collect();
    let main = &plan.map;
    InsetPlan {
        title: Some(Rich::plain(&plan.words.fixed.list(&names))),
        map: MapPlan {
            file: main.file.clone(),
            table: main.table.clone(),
            join: main.join.clone(),
            scale: main.scale.clone(),
            frame: FrameOptions {
                fit: Fit::Places(places.to_vec()),
                projection: None,
                center: None,
                parallels: None,
                far: Far::Fit,
                ..main.frame.clone()
            },
            labels: unnamed(),
        },
        own_data: false,
        share: plan.style.inset.far_share.0,
        beside: true,
        locator: false,
        spot: Spot::default(),
    }
}

impl Desk<'_> {
    /// All insets, locators last: a page sets its own places aside for the others only.
    pub(super) fn insets(&mut self, spec: &MapSpec, style: &Style, fixed: &'static Words) -> Vec<InsetPlan> {
        let is_locator = |inset: &&InsetSpec| inset.kind == Some(InsetKindSpec::Locator);
        let maps = spec.inset.iter().filter(|inset| !is_locator(inset));
        let mut all: Vec<InsetPlan> = self.composite(spec).map_or_else(Vec::new, |composite| {
            let parts = composite.parts.iter();
            parts.map(|part| self.part(part, spec, style, fixed)).collect()
        });
        all.extend(maps.map(|inset| self.inset(inset, spec, style, fixed)));
        all.extend(spec.inset.iter().filter(is_locator).map(|inset| self.locator(inset, style, fixed)));
        all
    }

    fn inset(
        &mut self,
        inset: &InsetSpec,
        spec: &MapSpec,
        style: &Style,
        fixed: &'static Words,
    ) -> InsetPlan {
        let data = inset.data.as_ref().unwrap_or(&spec.data);
        self.scope = self.countries("inset.data.within", data);
        let level = self.level(data);
        let share = self.within("inset.width", inset.width.unwrap_or(style.inset.share.0), 0.05..=1.0);
        InsetPlan {
            title: inset.title.as_deref().map(Rich::parse),
            map: MapPlan {
                file: data.file.clone(),
                table: table_options(data),
                join: join_options(data, &spec.scale, level, self.scope.clone()),
                scale: self.scale(&spec.scale, &spec.data, style, fixed),
                frame: self.frame("inset.frame", &inset.frame, level, 0.01),
                labels: self.labels("inset.labels", &inset.labels, level, style),
            },
            own_data: inset.data.is_some(),
            share,
            beside: false,
            locator: false,
            spot: self.spot("inset", inset.anchor, inset.dx, inset.dy),
        }
    }

    /// A far part of a composite: a box of the globe, with the table of the main map.
    fn part(&mut self, part: &FarPart, spec: &MapSpec, style: &Style, fixed: &'static Words) -> InsetPlan {
        let frame = FrameSpec { fit: Some(FitSpec::Box(part.edges)), ..FrameSpec::default() };
        let inset = InsetSpec { title: Some(part.title.to_owned()), frame, ..InsetSpec::default() };
        let labels = unnamed();
        let InsetPlan { map, .. } = self.inset(&inset, spec, style, fixed);
        InsetPlan {
            title: Some(Rich::plain(part.title)),
            map: MapPlan { labels, ..map },
            own_data: false,
            share: style.inset.part_share.0 * part.width,
            beside: true,
            locator: false,
            spot: Spot::default(),
        }
    }

    /// A globe without data; its centre is that of the main map, which the frame decides.
    fn locator(&mut self, inset: &InsetSpec, style: &Style, fixed: &'static Words) -> InsetPlan {
        let plain = InsetSpec {
            kind: inset.kind,
            title: inset.title.clone(),
            width: inset.width,
            ..InsetSpec::default()
        };
        if inset.data.is_some() || inset.frame.fit.is_some() || inset.labels.show.is_some() {
            let one = Diagnostic::error("a locator is a globe without data, frame and labels of its own");
            self.fault("inset.kind", one.hint("leave `kind` out for a map, or take the other keys out"));
        }
        let wish = plain.width.unwrap_or(style.inset.locator_share.0);
        let data = DataSpec::default();
        InsetPlan {
            title: plain.title.as_deref().map(Rich::parse),
            map: MapPlan {
                file: None,
                table: table_options(&data),
                join: join_options(&data, &ScaleSpec::default(), None, Vec::new()),
                scale: self.scale(&ScaleSpec::default(), &data, style, fixed),
                frame: FrameOptions {
                    fit: Fit::World,
                    detail: Some(Detail::Coarse),
                    ..self.frame("inset.frame", &plain.frame, None, 0.0)
                },
                labels: unnamed(),
            },
            own_data: true,
            share: self.within("inset.width", wish, 0.05..=1.0),
            beside: true,
            locator: true,
            spot: self.spot("inset", inset.anchor, inset.dx, inset.dy),
        }
    }
}
