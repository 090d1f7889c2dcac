//! Names beside points, in Imhof's order of places around them.
//!
//! They are placed before the names of the map's places, which then keep off them.

use kurbo::{Rect, Size};

use super::Layer;
use crate::compose::ground::{Ground, contains};
use crate::compose::labels::{self, Align, CLOSED, Form, Obstacle, Request, Target};
use crate::compose::map::Drawn;
use crate::compose::{Parts, circle, group, polyline, rect_path};
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
    /// Their boxes.
    pub boxes: Vec<Rect>,
    /// Those that were dropped.
    pub dropped: Vec<String>,
}

/// A name farther from its point than so many em says little.
const REACH: f64 = 3.0;

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

/// Places the names of `layers`, whose symbols are among the boxes of `ground` already.
pub fn place(layers: &[Layer<'_>], parts: &Parts<'_>, drawn: &Drawn, ground: &Ground) -> Named {
    let style = parts.style;
    let look = &style.text.point;
    let cap = text::metrics(&look.font(), look.size.0).cap_height;
    let named = layers.iter().filter(|layer| layer.table.labels).flat_map(|layer| {
        let single = layer.placed.iter().filter(|one| !one.counts && !one.dots[0].name.is_empty());
        single.map(|one| (one, one.rect(&layer.table.classes)))
    });
    let mut wishes = Vec::new();
    for (one, rect) in named {
        let block = Block::line(&one.dots[0].name, look);
        let size = Size::new(block.size.width, cap);
        let radius = rect.width().max(rect.height()) / 2.0;
        let request = Request {
            forms: vec![Form { size, lines: 1, penalty: 0.0 }],
            target: Target::Point(one.at, radius),
            priority: 5.0 + one.radius / 10.0,
            may_lead: true,
            reach: REACH,
        };
        wishes.push((one.dots[0], block, request, rect));
    }
    if wishes.is_empty() {
        return Named::default();
    }
    let owner = |rect: &Rect| wishes.iter().position(|wish| wish.3 == *rect);
    let whole =
        |path: kurbo::BezPath, owner| Obstacle { path: path.into(), reach: 0.0, weight: CLOSED, owner };
    let mut obstacles: Vec<Obstacle> =
        ground.boxes.iter().map(|rect| whole(rect_path(*rect), owner(rect))).collect();
    obstacles.extend(drawn.markers.values().map(|(at, radius)| whole(circle(*at, *radius), None)));
    let requests: Vec<Request> = wishes.iter().map(|wish| wish.2.clone()).collect();
    let room = parts.map.clip.inset(-look.size.0 * 0.35);
    let mut all = Named::default();
    for ((dot, block, ..), placement) in wishes.iter().zip(labels::place(&requests, &obstacles, room)) {
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
        all.names.push((Text { tag: Tag::default(), anchor, lines: vec![line], halo }, placement.leader));
        all.boxes.push(rect);
    }
    all
}

/// The colour that most of the words stand on.
fn beneath(rect: Rect, drawn: &Drawn, style: &Style) -> Color {
    let at = |share: f64| kurbo::Point::new(rect.x0 + rect.width() * share, rect.center().y);
    let ground = |p| {
        let area = drawn.areas.values().find(|(path, _)| contains(path, p));
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
