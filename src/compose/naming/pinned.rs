//! Names that a user has put somewhere by hand.

use kurbo::Rect;

use super::super::ground::Ground;
use super::super::labels::{CLOSED, Obstacle, Placement};
use super::super::map::{Drawn, MapPart};
use super::super::pin::{self, Pinned};
use super::super::{Parts, polyline, rect_path};
use super::{LabelOptions, Wish};
use crate::diagnostic::Diagnostic;
use crate::style::Style;

/// Where the names stand that a user has put somewhere.
pub(super) fn stand(
    wishes: &[Wish],
    part: &MapPart<'_>,
    options: &LabelOptions,
    parts: &Parts<'_>,
    drawn: &Drawn,
) -> Vec<Option<Placement>> {
    let stand = |wish: &Wish| {
        let at = wish.pinned(options)?;
        let form = wish.request.forms.first()?;
        let origin = pin::origin(wish.id, part.locate(parts.atlas.place(wish.id).label), drawn)?;
        let rect = at.rect(origin, form.size);
        let gap = parts.style.labels.leader_gap.0;
        let leader = pin::leader(rect, wish.id, origin, form.em() * 0.9, gap, drawn);
        Some(Placement { form: 0, rect, align: at.anchor, leader, along: None })
    };
    wishes.iter().map(stand).collect()
}

/// What is wrong with where they stand.
pub(super) fn misfits(
    wishes: &[Wish],
    stand: &[Option<Placement>],
    options: &LabelOptions,
    parts: &Parts<'_>,
    ground: &Ground,
    room: Rect,
) -> Vec<Diagnostic> {
    let mut boxes = ground.boxes.clone();
    let mut all = Vec::new();
    for (wish, placement) in wishes.iter().zip(stand) {
        if let (Some(placement), Some(own)) = (placement, options.pins.get(&wish.id)) {
            let what = format!("the name of {}", parts.atlas.place(wish.id).name);
            all.extend(pin::misfit(&what, &own.key, placement.rect, room, &boxes));
            boxes.push(placement.rect);
        }
    }
    all
}

/// What other names must keep off: the words, and their leader.
pub(super) fn obstacles(placement: &Placement, style: &Style) -> Vec<Obstacle> {
    let words = Obstacle { path: rect_path(placement.rect).into(), reach: 0.0, weight: CLOSED, owner: None };
    let leader = placement.leader.iter().map(|points| Obstacle {
        path: polyline(points.iter().copied()).into(),
        reach: style.labels.leader_width.0,
        weight: CLOSED,
        owner: None,
    });
    leader.chain([words]).collect()
}

impl Wish {
    /// Where a user has put it.
    pub(super) fn pinned(&self, options: &LabelOptions) -> Option<Pinned> {
        options.pins.get(&self.id).and_then(|pin| pin.at)
    }
}
