//! One arrangement of all that may stand in several places: names of places and points, callouts, arrows, the legend, insets
//! and furniture.
//!
//! What a hand or the page has put somewhere stands first, and degrees and words in place of a legend with it. Everything else
//! says where it could stand and what each place costs, and [`labels::arrange`] chooses among all of these at once.

use kurbo::{Point, Rect};
use rayon::prelude::*;

use super::callout::{Remark, Spot};
use super::field::{Field, Seats};
use super::ground::Ground;
use super::inset::{Placed, Sized};
use super::labels::{self, Piece};
use super::map::Drawn;
use super::naming::{Names, On, PointWish};
use super::{Parts, callout, degrees, direct, flow, furniture, group, inset, legend, naming, pin};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::page::LegendBox;
use crate::scene::{Group, Node};

/// Whatever stands on the map beside names and arrows, its words set.
pub struct Blocks {
    legend: Option<(LegendBox, Field)>,
    /// Insets as large as wished; those that the page has put under the map are not among them.
    insets: Vec<Sized>,
    /// The positions of the callouts that are seen.
    seen: Vec<(usize, Point)>,
    remarks: Vec<Remark>,
    furniture: Option<furniture::Set>,
}

impl Blocks {
    /// Sets them.
    pub fn set(parts: &Parts<'_>, warnings: &mut Diagnostics) -> Blocks {
        let seen = callout::seen(parts, warnings);
        Blocks {
            legend: legend::set(parts),
            insets: (parts.page.insets.len()..parts.insets.len())
                .map(|index| inset::set(index, 1.0, parts))
                .collect(),
            remarks: callout::set(&seen, parts),
            seen,
            furniture: furniture::set(parts, warnings),
        }
    }
}

/// What stands already, and what has no place yet.
pub struct Loose {
    fixed_legend: Option<(LegendBox, Point)>,
    legend: Option<(LegendBox, Field, Seats)>,
    fixed_insets: Vec<Placed>,
    insets: Vec<Sized>,
    furniture: Option<(furniture::Set, Seats)>,
    remarks: Vec<(Remark, Vec<(f64, Spot)>)>,
    /// The callouts that stand.
    callouts: Vec<Node>,
    /// Lines that stand.
    lines: Vec<(Point, Point)>,
    degrees: Option<Group>,
    direct: Option<Group>,
}

/// Where everything stands.
pub struct Arranged {
    /// The legend that stands on the map, with its top left corner.
    pub legend: Option<(LegendBox, Point)>,
    /// The insets, by their number.
    pub insets: Vec<Placed>,
    /// Degrees, scale bar and north arrow, as layers.
    pub furniture: Vec<Group>,
    /// Words in place of a legend, as a layer.
    pub direct: Option<Group>,
    /// The callouts, as a layer.
    pub callouts: Group,
    /// What found no room.
    pub no_room: Vec<Diagnostic>,
    /// The legend or an inset lies on something else, as the insets are too large.
    pub is_crowded: bool,
    /// The names.
    pub names: Names,
    /// The arrows.
    pub ways: Vec<flow::Way>,
}

impl Loose {
    /// Puts what has a place of its own on the ground, and finds where the rest may stand: insets up to `most` times as large
    /// as wished.
    pub fn new(
        parts: &Parts<'_>,
        blocks: Blocks,
        drawn: &Drawn,
        ground: &mut Ground,
        most: f64,
        warnings: &mut Diagnostics,
    ) -> Loose {
        let room = parts.page.fit;
        let (mut fixed_legend, mut free_legend) = (None, None);
        if let Some((laid, field)) = blocks.legend {
            if let Some(rect) = field.fixed(ground, room) {
                warnings.extend(pin::misfit("the legend", "legend", rect, parts.page.map, &ground.boxes));
                ground.take([field.taken(rect)]);
                fixed_legend = Some((laid, rect.origin()));
            } else {
                free_legend = Some((laid, field));
            }
        }
        let mut fixed_insets = inset::under_the_map(parts.page);
        let mut free_insets = Vec::new();
        for whole in blocks.insets {
            let Some(rect) = whole.field.fixed(ground, room) else {
                free_insets.push(whole.index);
                continue;
            };
            let what = format!("inset {}", whole.index + 1);
            warnings.extend(pin::misfit(&what, "inset", rect, parts.page.map, &ground.boxes));
            ground.take([whole.field.taken(rect)]);
            fixed_insets.push(whole.at(rect));
        }
        let degrees = parts.furniture.degrees.then(|| degrees::place(parts, ground));
        let mut lines = Vec::new();
        let direct = direct::place(parts, drawn, ground, &mut lines);
        ground.take(callout::rings(&blocks.seen, parts));
        let mut callouts = callout::numbered(&blocks.seen, parts);
        let (pinned, remarks): (Vec<Remark>, Vec<Remark>) =
            blocks.remarks.into_iter().partition(Remark::is_pinned);
        for remark in pinned {
            if let Some(spot) = remark.pinned(parts, ground, warnings) {
                callouts.extend(remark.stand(&spot, parts, ground, &mut lines));
            }
        }

        let ground = &*ground;
        let seats = || {
            let legend = free_legend.map(|(laid, field)| {
                let seats = field.seats(ground, room);
                (laid, field, seats)
            });
            let insets: Vec<Sized> =
                free_insets.into_par_iter().map(|index| inset::fitting(index, most, parts, ground)).collect();
            let furniture = blocks.furniture.map(|set| {
                let seats = set.field.seats(ground, room);
                (set, seats)
            });
            (legend, insets, furniture)
        };
        let spots = || {
            let of = |remark: Remark| {
                let spots = remark.spots(parts, ground, &lines);
                (remark, spots)
            };
            remarks.into_par_iter().map(of).collect()
        };
        let ((legend, insets, furniture), remarks) = rayon::join(seats, spots);
        Loose {
            fixed_legend,
            legend,
            fixed_insets,
            insets,
            furniture,
            remarks,
            callouts,
            lines,
            degrees,
            direct,
        }
    }

    /// Chooses a place for everything, and takes the room of all but the names and arrows.
    pub fn arrange(
        self,
        parts: &Parts<'_>,
        drawn: &Drawn,
        ground: &mut Ground,
        points: &[PointWish],
    ) -> Arranged {
        let on = On { part: &parts.map, drawn, ground, prefix: "" };
        let (wanted, aims) = rayon::join(
            || naming::wanted(&on, parts.labels, parts, &parts.style.text.label, points),
            || flow::aims(parts, drawn, ground),
        );
        let spares = |aim: &flow::Aim| {
            aim.ends().into_iter().flatten().filter_map(|id| wanted.request_of(id)).collect::<Vec<_>>()
        };
        let mut pieces: Vec<Piece> = Vec::new();
        pieces.extend(self.legend.iter().map(|(_, field, seats)| field.piece(seats)));
        pieces.extend(self.insets.iter().map(|one| one.field.piece(&one.seats)));
        pieces.extend(self.furniture.iter().map(|(set, seats)| set.field.piece(seats)));
        pieces.extend(self.remarks.iter().map(|(remark, spots)| remark.piece(spots, parts)));
        let arrows = |placed| {
            if aims.is_empty() {
                return Vec::new();
            }
            let likely = naming::names(&wanted, placed, &on, parts);
            flow::pieces(&aims, &likely, ground, &parts.style.flow, spares)
        };
        let arranged = labels::arrange(&wanted.requests, pieces, &wanted.obstacles, wanted.room, arrows);
        let names = naming::names(&wanted, arranged.labels, &on, parts);

        let blocks = self.legend.iter().len() + self.insets.len();
        let is_crowded = !self.insets.is_empty() && arranged.pieces.iter().take(blocks).any(Option::is_none);
        let mut chosen = arranged.pieces.into_iter();
        let mut no_room = Vec::new();
        let mut seat = |what: &str, field: &Field, seats: &Seats| {
            let free = chosen.next().flatten().and_then(|number| seats.get(number));
            no_room.extend(free.is_none().then(|| no_seat(what)));
            let crowded = || seats.iter().map(|(_, rect)| (ground.under(*rect).taken, rect));
            let least = || crowded().min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, rect)| *rect);
            let rect = free.map(|(_, rect)| *rect).or_else(least)?;
            let data = ground.under(rect).data;
            ground.take([field.taken(rect)]);
            Some((rect, data))
        };
        let legend = self.legend.and_then(|(laid, field, seats)| {
            let (rect, _) = seat("the legend", &field, &seats)?;
            Some((laid, rect.origin()))
        });
        let legend = self.fixed_legend.or(legend);
        let mut insets = self.fixed_insets;
        let mut over_data = Vec::new();
        insets.extend(self.insets.iter().filter_map(|one| {
            let what = format!("inset {}", one.index + 1);
            let (rect, data) = seat(&what, &one.field, &one.seats)?;
            over_data.extend((data > 0.01).then(|| covers_data(&what)));
            Some(one.at(rect))
        }));
        insets.sort_by_key(|one| one.index);
        let mut furniture: Vec<Group> = self.degrees.into_iter().collect();
        if let Some((set, seats)) = self.furniture
            && let Some((rect, _)) = seat("scale bar and north arrow", &set.field, &seats)
        {
            furniture.extend(set.at(rect, parts));
        }
        let (mut callouts, mut lines) = (self.callouts, self.lines);
        let mut words: Vec<Rect> = names.names.iter().map(|name| name.rect).collect();
        let mut left = Vec::new();
        for (remark, spots) in self.remarks {
            let Some((_, spot)) = chosen.next().flatten().and_then(|k| spots.get(k)) else {
                left.push(remark);
                continue;
            };
            words.push(spot.rect);
            callouts.extend(remark.stand(spot, parts, ground, &mut lines));
        }
        for remark in left {
            let Some(spot) = remark.crammed(parts, ground, &words, &lines) else {
                no_room.push(remark.no_room(parts));
                continue;
            };
            words.push(spot.rect);
            callouts.extend(remark.stand(&spot, parts, ground, &mut lines));
        }
        no_room.extend(over_data);
        let ways = flow::ways(&aims, &names, ground, parts.style);
        let callouts = group("callouts", callouts);
        Arranged {
            legend,
            insets,
            furniture,
            direct: self.direct,
            callouts,
            no_room,
            is_crowded,
            names,
            ways,
        }
    }
}

/// An inset that covers places with data wherever it stands.
fn covers_data(what: &str) -> Diagnostic {
    Diagnostic::warning(format!("{what} covers places with data"))
        .hint("make the figure larger, the inset narrower with `width`, or put it somewhere by hand")
}

/// A block that finds no seat of its own.
fn no_seat(what: &str) -> Diagnostic {
    Diagnostic::warning(format!("no room for {what}, which covers something else"))
        .hint("make the figure larger, leave something out, or put it somewhere by hand")
}
