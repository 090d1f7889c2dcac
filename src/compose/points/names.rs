//! Names beside points, in Imhof's order of places around them.
//!
//! They are placed together with the names of the map's places, and are worth a little more: whoever names points says
//! something of them.

use kurbo::{Rect, Size};

use super::{Dot, Layer};
use crate::compose::labels::{Align, Form, Land, Placement, Request, Target};
use crate::compose::map::Drawn;
use crate::compose::naming::PointWish;
use crate::compose::{group, polyline};
use crate::diagnostic::Diagnostic;
use crate::page::Block;
use crate::paint::Color;
use crate::scene::{Anchor, Group, Halo, Node, Shape, Stroke, Tag, Text, TextLine};
use crate::style::Style;
use crate::text;

/// Names that stand, and those for which there was no room.
#[derive(Default)]
pub struct Named {
    names: Vec<(Text, Option<Vec<kurbo::Point>>)>,
    /// Those that were dropped.
    pub dropped: Vec<String>,
}

/// A name farther from its point than so many em says little.
const REACH: f64 = 3.0;
/// What a name is worth; those of places with data are worth 10 to 15.
const PRIORITY: f64 = 15.0;

impl Named {
    /// The dropped names, in one warning.
    pub fn no_room(&self) -> Option<Diagnostic> {
        let shown = self.dropped.iter().take(8).map(String::as_str).collect::<Vec<_>>().join(", ");
        let rest = self.dropped.len().saturating_sub(8);
        let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        let what = if self.dropped.len() == 1 { "name of the point" } else { "names of the points" };
        let one = Diagnostic::warning(format!("no room for the {what} {shown}{more}"));
        (!self.dropped.is_empty()).then(|| one.hint("make the figure larger, or name fewer points"))
    }
}

/// The words of a point.
pub struct Wording<'d> {
    dot: &'d Dot,
    block: Block,
}

/// The words of the points of `layers`, whose symbols are among the boxes that stand, and what they ask of the placement.
pub fn wishes<'d>(layers: &[Layer<'d>], style: &Style) -> (Vec<Wording<'d>>, Vec<PointWish>) {
    let look = &style.text.point;
    let cap = text::metrics(&look.font(), look.size.0).cap_height;
    let of = |layer: &Layer<'d>| {
        let single = layer.placed.iter().filter(|one| !one.counts && !one.dots[0].name.is_empty());
        let wish = |one: &super::Placed<'d>| {
            let (dot, symbol) = (one.dots[0], one.rect(&layer.table.classes));
            let block = Block::line(&dot.name, look);
            let size = Size::new(block.size.width, cap);
            let radius = symbol.width().max(symbol.height()) / 2.0;
            let request = Request {
                forms: vec![Form { size, lines: 1, penalty: 0.0, spread: false }],
                target: Target::Point(one.at, radius),
                priority: PRIORITY + one.radius / 10.0,
                may_lead: true,
                reach: REACH,
                land: Land::Free,
            };
            (Wording { dot, block }, PointWish { request, symbol })
        };
        single.map(wish).collect::<Vec<_>>()
    };
    layers.iter().filter(|layer| layer.table.labels).flat_map(of).unzip()
}

/// The names where `placements` has put them.
pub fn named(words: &[Wording<'_>], placements: &[Option<Placement>], drawn: &Drawn, style: &Style) -> Named {
    let mut all = Named::default();
    for (Wording { dot, block }, placement) in words.iter().zip(placements) {
        let Some(placement) = placement else {
            all.dropped.push(dot.name.clone());
            continue;
        };
        let rect = placement.rect;
        let (anchor, x) = match placement.align {
            Align::Start => (Anchor::Start, rect.x0),
            Align::Middle => (Anchor::Middle, rect.center().x),
            Align::End => (Anchor::End, rect.x1),
        };
        let beneath = beneath(rect, drawn, style);
        let block = block.clone().colored(super::best(beneath, style));
        let spans = block.lines.into_iter().next().map_or_else(Vec::new, |(spans, _)| spans);
        let line = TextLine { at: kurbo::Point::new(x, rect.y1), along: None, spans };
        let halo = Some(Halo { color: beneath, width: style.labels.halo.0 });
        let text = Text { tag: Tag::default(), anchor, lines: vec![line], halo };
        all.names.push((text, placement.leader.clone()));
    }
    all
}

/// The colour that most of the words stand on.
fn beneath(rect: Rect, drawn: &Drawn, style: &Style) -> Color {
    let at = |share: f64| kurbo::Point::new(rect.x0 + rect.width() * share, rect.center().y);
    let ground = |p| {
        let area = drawn.areas.values().find(|(path, _)| path.contains(p));
        area.map_or(style.map.sea, |(_, paint)| paint.ground())
    };
    let three = [0.15, 0.5, 0.85].map(|share| ground(at(share)));
    if three[0] == three[2] { three[0] } else { three[1] }
}

/// Leaders and names as two layers.
pub fn draw(named: &Named, style: &Style) -> [Group; 2] {
    let look = &style.labels;
    let leader = |points: &Vec<kurbo::Point>| {
        let path = polyline(points.iter().copied());
        let stroke = Some(Stroke::solid(look.leader, look.leader_width.0));
        Node::Shape(Shape { tag: Tag::default(), path: path.into(), fill: None, stroke })
    };
    let leaders = named.names.iter().filter_map(|(_, points)| points.as_ref()).map(leader).collect();
    let words = named.names.iter().map(|(text, _)| Node::Text(text.clone())).collect();
    [group("point-leaders", leaders), group("point-names", words)]
}
