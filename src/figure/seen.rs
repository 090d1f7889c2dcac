//! What of disputes and callouts a figure shows, and which rows a view draws as parts of other places.

use crate::atlas::{Atlas, Detail, Level, LineKind, disputes};
use crate::compose::Callout;
use crate::diagnostic::Diagnostic;
use crate::frame::Frame;
use crate::geometry::LonLat;
use crate::join::{Fate, Join};
use crate::page::Page;
use crate::projection::Fit;
use crate::text::Rich;

/// What must be said beside the map.
#[derive(Clone, Copy)]
pub(super) struct Shows {
    /// The paint of missing data is on it.
    pub no_data: bool,
    /// A disputed area or line is on it.
    pub dispute: bool,
}

/// Where countries dispute something.
pub(super) struct Disputed(Vec<LonLat>);

impl Disputed {
    /// Disputed lines and areas of a map of this level.
    pub(super) fn of(atlas: &Atlas, level: Level) -> Disputed {
        if level != Level::Country {
            return Disputed(Vec::new());
        }
        let is_disputed = |kind: &LineKind| *kind == LineKind::Disputed;
        let borders = atlas.borders_where(level, Detail::Coarse, 0.0.into(), &|places| {
            places.kinds.iter().map(is_disputed).collect()
        });
        let kinds = borders.kinds.iter().zip(0..);
        let lines = kinds.filter(|(kind, _)| is_disputed(kind));
        let vertices = lines.flat_map(|(_, arc)| borders.topology.arc(arc)).copied();
        Disputed(vertices.chain(disputes().iter().map(|dispute| dispute.at)).collect())
    }

    /// Whether `frame` shows any of them.
    pub(super) fn is_seen_in(&self, frame: &Frame) -> bool {
        let seen = |p| frame.near.unwrap_or(frame.extent).contains(p);
        self.0.iter().any(|at| frame.projector.forward(*at).is_some_and(seen))
    }
}

/// Rows whose place the view, or the choice of units, draws as a part of another: their values are not shown.
pub(super) fn merged(join: &Join, atlas: &Atlas) -> Vec<Diagnostic> {
    let rows = join.rows.iter().filter_map(|row| match row.fate {
        Fate::Matched(id, _) if !row.duplicate => Some((row, id, atlas.drawn_as(id)?)),
        _ => None,
    });
    rows.map(|(row, id, owner)| {
        let (name, whole) = (&atlas.place(id).name, &atlas.place(owner).name);
        let place = atlas.place(id);
        let by_units = atlas.by_sovereign() && place.sovereign == atlas.place(owner).code;
        let why = if by_units {
            "by `units = \"sovereign\"`".to_owned()
        } else {
            format!("in the view `{}`", atlas.view_name())
        };
        let one = Diagnostic::warning(format!(
            "{name} is drawn as a part of {whole} {why}: the value of its row is not shown"
        ));
        let hint = if by_units {
            format!("leave `data.units` out to draw {name} apart, or take the row out")
        } else {
            format!("`frame.view = \"de-facto\"` draws {name} apart; or take the row out")
        };
        one.at(join.place(row)).hint(hint)
    })
    .collect()
}

/// The words of those callouts that the map shows, each with its place among all.
pub(super) fn callouts(all: &[Callout], frame: &Frame, page: &Page) -> Vec<(usize, Rich)> {
    let fit = Fit::contain(frame.extent, page.fit);
    let on_map = all.iter().enumerate().filter(|(_, one)| frame.locate(one.at.at, fit, page.map).is_some());
    on_map.map(|(index, one)| (index, one.text.clone())).collect()
}
