//! Borders and lakes of one map, as fine as its size on the page needs them.

use kurbo::Rect;

use super::divided;
use crate::atlas::{Atlas, Borders, Detail, Level, Listed, Tolerance};
use crate::compose::{self, MapPart};
use crate::frame::Frame;
use crate::geometry::{Polygon, Reach, Topology};
use crate::join::Join;
use crate::page::Page;
use crate::plan::Plan;
use crate::projection::Fit;
use crate::scale::Scale;

/// Borders and lakes for one map.
pub(super) struct Ground {
    borders: Borders,
    /// Of what lies around and beneath, where the level does not cover the globe.
    context: Option<Borders>,
    lakes: Option<(Topology, Vec<Polygon>)>,
}

/// Px per degree from which the next finer borders are taken.
const MEDIUM_FROM: f64 = 2.2;
const FINE_FROM: f64 = 24.0;
/// Vertices that move an outline by less than this many pixels are left out.
const TOLERANCE: f64 = 0.36;

impl Ground {
    /// The borders that a map of this scale can show within `clip`.
    pub(super) fn unpack(
        atlas: &Atlas,
        join: &Join,
        frame: &Frame,
        (fit, clip): (Fit, Rect),
        plan: &Plan,
        detail: Option<Detail>,
    ) -> Ground {
        let per_degree = fit.scale.to_radians() * plan.output.scale.max(1.0);
        let detail = detail.unwrap_or(match per_degree {
            few if few < MEDIUM_FROM => Detail::Coarse,
            some if some < FINE_FROM => Detail::Medium,
            _ => Detail::Fine,
        });
        let divided = divided(atlas, join);
        let (sketch, (stretch, view)) = rayon::join(
            || if divided.is_some() { None } else { atlas.sketch(join.level, detail) },
            || (frame.projector.stretch(fit, clip), frame.projector.view(fit, clip)),
        );
        let tolerance = match &stretch {
            Some(stretch) => Tolerance::stretched(TOLERANCE / per_degree, stretch),
            None => Tolerance::from(TOLERANCE / per_degree),
        };
        let shows = |polygon: &Polygon, reaches: &[Reach]| {
            view.as_ref().is_none_or(|view| view.may_show(polygon, reaches))
        };
        let wanted = |places: &mut Listed<'_>| {
            compose::keep_nearby(places, (frame, fit), join);
            places.arcs_of(places.polygons().filter(|polygon| shows(polygon, places.reaches)))
        };
        let around = join.level.context();
        let with_lakes = matches!(join.level, Level::Country | Level::Admin1) || around.is_some();
        let borders = || match divided {
            Some(divided) => atlas.divided_borders(&divided, tolerance, &wanted),
            None => atlas.borders_from(sketch, (join.level, detail), tolerance, &wanted),
        };
        let beside = || {
            let context = around.map(|around| atlas.borders_where(around, detail, tolerance, &wanted));
            (context, with_lakes.then(|| atlas.lakes(detail, tolerance, &shows)))
        };
        let (borders, (context, lakes)) = rayon::join(borders, beside);
        Ground { borders, context, lakes }
    }

    /// What is drawn of them.
    pub(super) fn part<'a>(
        &'a self,
        join: &'a Join,
        scale: &'a Scale,
        frame: &'a Frame,
        fit: Fit,
        page: &Page,
        graticule: Option<f64>,
    ) -> MapPart<'a> {
        MapPart {
            borders: &self.borders,
            context: self.context.as_ref(),
            lakes: self.lakes.as_ref().map(|(topology, polygons)| (topology, polygons.as_slice())),
            join,
            scale,
            frame,
            fit,
            clip: page.map,
            graticule,
            only: Vec::new(),
        }
    }
}
