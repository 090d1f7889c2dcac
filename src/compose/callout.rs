//! Remarks tied to a position: a block of words at sea, a thin line, a small ring at the place. On a narrow page,
//! a number at the place and the words under the map.

use kurbo::{Point, Rect, Size, Vec2};

use super::ground::{Ground, Span};
use super::pin::{self, Pinned};
use super::{Parts, circle, cross, cuts, group, polyline};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::geometry::length;
use crate::page::Block;
use crate::paint::Paint;
use crate::scene::{Anchor, Group, Node, Shape, Stroke, Tag, Text};
use crate::style::CalloutLook;

/// Finds a place for every callout and draws them as one layer; takes the boxes from the ground.
pub fn place(parts: &Parts<'_>, ground: &mut Ground, warnings: &mut Diagnostics) -> Option<Group> {
    let mut nodes = Vec::new();
    let mut order: Vec<(usize, Point)> = Vec::new();
    for (i, callout) in parts.callouts.iter().enumerate() {
        match parts.map.locate(callout.at.at) {
            Some(at) => order.push((i, at)),
            None => {
                let words: String = callout.text.text().chars().take(40).collect();
                let one = Diagnostic::warning(format!(
                    "the callout \"{words}\" stands outside the frame and is left out"
                ));
                warnings.push(one.hint("widen `frame.fit`"));
            }
        }
    }
    ground.take(order.iter().map(|(_, at)| ring_box(*at, &parts.style.callout)));
    if parts.page.callouts.is_empty() {
        let mut lines: Vec<(Point, Point)> = Vec::new();
        // those set by hand first: the others keep off them
        order.sort_by_key(|(i, _)| parts.callouts[*i].pin.at.is_none());
        for (i, at) in order {
            nodes.extend(match parts.callouts[i].pin.at {
                Some(pinned) => put(parts, i, at, pinned, ground, &mut lines, warnings),
                None => beside(parts, i, at, ground, &mut lines),
            });
        }
    } else {
        for (i, at) in order {
            nodes.extend(numbered(parts, i, at));
        }
    }
    Some(group("callouts", nodes))
}

/// A block's place and its line.
pub(super) struct Spot {
    cost: f64,
    /// The box of the words.
    pub rect: Rect,
    /// Where the line begins.
    pub from: Point,
}

fn beside(
    parts: &Parts<'_>,
    index: usize,
    at: Point,
    ground: &mut Ground,
    lines: &mut Vec<(Point, Point)>,
) -> Vec<Node> {
    let look = &parts.style.callout;
    let callout = &parts.callouts[index];
    let widths = [1.0, 0.82, 1.3].map(|factor| look.width.0 * factor);
    let own = callout.pin.wrap.map(|px| [px]);
    let widths = own.as_ref().map_or(&widths[..], |own| &own[..]);
    let blocks = Block::set_each(&callout.text, &parts.style.text.callout, widths, true);
    let Some((i, spot)) = search(parts, &blocks, at, ground, lines) else { return Vec::new() };
    stand(index, &blocks[i], &spot, at, look, ground, lines)
}

/// The best place for one of `blocks`, which say the same in lines of different widths.
pub(super) fn search(
    parts: &Parts<'_>,
    blocks: &[Block],
    at: Point,
    ground: &Ground,
    lines: &[(Point, Point)],
) -> Option<(usize, Spot)> {
    let (look, room) = (&parts.style.callout, parts.page.fit);
    let mut best: Option<(usize, Spot)> = None;
    let mut least = f64::INFINITY;
    let diagonal = length(Vec2::new(ground.rect.width(), ground.rect.height()));
    for (i, block) in blocks.iter().enumerate() {
        let grid = Grid::new(block, room, look, ground);
        for (row, column) in grid.positions() {
            // what it covers is known at once; the line is only judged where that can still win
            let covers = grid.covering(row, column, ground) + i as f64 * 0.02;
            let rect = grid.rect(row, column);
            if covers >= least || covers + least_line(rect, at, look, diagonal) >= least {
                continue;
            }
            let spot = judge(rect, at, block, look, ground, lines);
            let cost = covers + spot.cost;
            if cost < least {
                least = cost;
                best = Some((i, spot));
            }
        }
    }
    best
}

/// Takes the room of a callout, and draws it.
fn stand(
    index: usize,
    block: &Block,
    spot: &Spot,
    at: Point,
    look: &CalloutLook,
    ground: &mut Ground,
    lines: &mut Vec<(Point, Point)>,
) -> Vec<Node> {
    let words = spot.rect.inflate(look.gap.0, look.gap.0);
    ground.take(line_boxes(spot.from, at, look).chain([words]));
    lines.push((spot.from, at));
    let tag = Tag { id: format!("callout-{}", index + 1), ..Tag::default() };
    let words = block.text(spot.rect.origin(), Anchor::Start, None, tag);
    vec![leader(spot.from, at, look), ring(at, look), Node::Text(words)]
}

/// A callout where a user has put it.
fn put(
    parts: &Parts<'_>,
    index: usize,
    at: Point,
    pinned: Pinned,
    ground: &mut Ground,
    lines: &mut Vec<(Point, Point)>,
    warnings: &mut Diagnostics,
) -> Vec<Node> {
    let look = &parts.style.callout;
    let callout = &parts.callouts[index];
    let width = callout.pin.wrap.unwrap_or(look.width.0);
    let block = Block::set(&callout.text, &parts.style.text.callout, width, true);
    let rect = pinned.rect(at, block.size);
    let own = ring_box(at, look);
    let what = format!("the callout \"{}\"", callout.text.text().chars().take(40).collect::<String>());
    let boxes: Vec<Rect> = ground.boxes.iter().copied().filter(|other| *other != own).collect();
    warnings.extend(pin::misfit(&what, &format!("callout.{index}"), rect, parts.page.map, &boxes));
    let spot = Spot { cost: 0.0, rect, from: attach(rect, at, &block, look) };
    stand(index, &block, &spot, at, look, ground, lines)
}

/// The box that is kept free around a callout's position.
fn ring_box(at: Point, look: &CalloutLook) -> Rect {
    let ring = look.ring.0 * 2.6;
    Rect::from_center_size(at, (ring, ring))
}

/// Positions for a block: a grid over the room, aligned with both its edges.
struct Grid {
    size: Size,
    /// Left edges, and the columns of the ground that the block with its gap covers there.
    xs: Vec<(f64, Span)>,
    /// Upper edges, and the rows of the ground.
    ys: Vec<(f64, Span)>,
}

impl Grid {
    const STEPS: usize = 44;

    fn new(block: &Block, room: Rect, look: &CalloutLook, ground: &Ground) -> Grid {
        let (size, gap) = (block.size, look.gap.0);
        let (dx, dy) = (room.width() - size.width, room.height() - size.height);
        let step = |play: f64, k: usize| play.max(0.0) * k as f64 / Grid::STEPS as f64;
        let steps = || 0..=Grid::STEPS;
        let column = |x: f64| (x, ground.columns_of(x - gap, x + size.width + gap));
        let row = |y: f64| (y, ground.rows_of(y - gap, y + size.height + gap));
        Grid {
            size,
            xs: steps().map(|k| column(room.x0 + step(dx, k))).collect(),
            ys: steps().map(|k| row(room.y0 + step(dy, k))).collect(),
        }
    }

    fn positions(&self) -> impl Iterator<Item = (usize, usize)> {
        (0..=Grid::STEPS).flat_map(|row| (0..=Grid::STEPS).map(move |column| (row, column)))
    }

    fn rect(&self, row: usize, column: usize) -> Rect {
        Rect::from_origin_size((self.xs[column].0, self.ys[row].0), self.size)
    }

    /// The cost of what the block covers at a position.
    fn covering(&self, row: usize, column: usize, ground: &Ground) -> f64 {
        let cover = ground.within(self.xs[column].1, self.ys[row].1);
        cover.data * 30.0 + cover.land * 5.0 + cover.taken * 60.0
    }
}

/// What a position's line costs at least: see [`judge`].
fn least_line(rect: Rect, at: Point, look: &CalloutLook, diagonal: f64) -> f64 {
    let reach = rect.inflate(look.gap.0, look.gap.0);
    let away = Vec2::new((reach.x0 - at.x).max(at.x - reach.x1), (reach.y0 - at.y).max(at.y - reach.y1));
    length(Vec2::new(away.x.max(0.0), away.y.max(0.0))) / diagonal * LENGTH
}

/// The cost of a line as long as the map's diagonal.
const LENGTH: f64 = 1.6;

/// The cost of a position's line: how long it is and what it crosses.
fn judge(
    rect: Rect,
    at: Point,
    block: &Block,
    look: &CalloutLook,
    ground: &Ground,
    lines: &[(Point, Point)],
) -> Spot {
    let diagonal = length(Vec2::new(ground.rect.width(), ground.rect.height()));
    let from = attach(rect, at, block, look);
    let steps = 24;
    let mut crossed = 0.0;
    for k in 1..steps {
        let p = from.lerp(at, f64::from(k) / f64::from(steps));
        let here = ground.at(p);
        // the place's own land lies around the ring: what is near it is no hindrance
        let near = length(at - p) < look.ring.0 * 3.0;
        crossed += if near { 0.0 } else { here.data * 0.09 + here.land * 0.03 + here.taken * 0.4 };
    }
    let crossing = lines.iter().filter(|(a, b)| cross(*a, *b, from, at)).count() as f64;
    let near_ring = if rect.inflate(look.ring.0 * 3.0, look.ring.0 * 3.0).contains(at) { 3.0 } else { 0.0 };
    let cost =
        crossed + crossing * 2.0 + near_ring + slope(from, at) * 0.12 + length(at - from) / diagonal * LENGTH;
    Spot { cost, rect, from }
}

/// How far a line is from level: 0 level, 1 upright.
fn slope(from: Point, at: Point) -> f64 {
    (at.y - from.y).abs() / length(at - from).max(1e-9)
}

/// Where the line leaves the block: beside the line of words that is level with the place, or, when the place is
/// above or below, from the block's top or foot.
fn attach(rect: Rect, at: Point, block: &Block, look: &CalloutLook) -> Point {
    let gap = look.gap.0;
    let last = block.lines.len().saturating_sub(1);
    let level = |i: usize| rect.y0 + block.first * 0.7 + block.step * i as f64;
    let nearest = ((at.y - level(0)) / block.step).round().clamp(0.0, last as f64) as usize;
    let width = block.lines.get(nearest).map_or(rect.width(), |(_, width)| *width);
    let x = at.x.clamp(rect.x0, rect.x0 + rect.width() * 0.6);
    let candidates = [
        Point::new(rect.x0 - gap, level(nearest)),
        Point::new(rect.x0 + width + gap, level(nearest)),
        Point::new(x, rect.y0 - gap * 0.3),
        Point::new(x, rect.y1 + gap * 0.3),
    ];
    let clear = |from: &&Point| !cuts(rect, **from, at);
    let by_length = |a: &&Point, b: &&Point| length(**a - at).total_cmp(&length(**b - at));
    *candidates.iter().filter(clear).min_by(by_length).unwrap_or(&candidates[0])
}

/// Boxes along a line: they are taken, so that names keep off it.
pub(super) fn line_boxes(from: Point, at: Point, look: &CalloutLook) -> impl Iterator<Item = Rect> {
    let side = look.line_width.0 * 3.0;
    let steps = (length(at - from) / 6.0).ceil().max(1.0);
    (0..=steps as usize).map(move |k| Rect::from_center_size(from.lerp(at, k as f64 / steps), (side, side)))
}

pub(super) fn leader(from: Point, at: Point, look: &CalloutLook) -> Node {
    let toward = at - from;
    let end = at - toward / length(toward).max(1e-9) * look.ring.0;
    let path = polyline([from, end]);
    Node::Shape(Shape {
        tag: Tag::default(),
        path: path.into(),
        fill: None,
        stroke: Some(Stroke::solid(look.line, look.line_width.0)),
    })
}

pub(super) fn ring(at: Point, look: &CalloutLook) -> Node {
    Node::Shape(Shape {
        tag: Tag::default(),
        path: circle(at, look.ring.0).into(),
        fill: Some(Paint::Solid(look.ring_fill)),
        stroke: Some(Stroke::solid(look.line, look.line_width.0 * 1.4)),
    })
}

/// A number at the place and before its words.
fn numbered(parts: &Parts<'_>, index: usize, at: Point) -> Vec<Node> {
    let look = &parts.style.callout;
    let mut nodes = badge(parts, index, at, 0.82);
    if let Some((block, corner)) = parts.page.callouts.get(index) {
        let radius = look.number_radius.0;
        let x = parts.page.fit.x0 + radius;
        let y = corner.y + block.step / 2.0;
        nodes.extend(badge(parts, index, Point::new(x, y), 1.0));
        let tag = Tag { id: format!("callout-{}", index + 1), ..Tag::default() };
        nodes.push(Node::Text(block.text(*corner, Anchor::Start, None, tag)));
    }
    nodes
}

fn badge(parts: &Parts<'_>, index: usize, at: Point, factor: f64) -> Vec<Node> {
    let look = &parts.style.callout;
    let radius = look.number_radius.0 * factor;
    let disc = Shape {
        tag: Tag::default(),
        path: circle(at, radius).into(),
        fill: Some(Paint::Solid(look.line)),
        stroke: Some(Stroke::solid(look.ring_fill, look.line_width.0)),
    };
    let text = crate::style::TextLook {
        weight: 600,
        color: look.ring_fill,
        ..parts.style.text.callout.sized(0.86 * factor)
    };
    let block = Block::line(&(index + 1).to_string(), &text);
    let corner = at - Vec2::new(0.0, block.step / 2.0);
    let number: Text = block.text(corner, Anchor::Middle, None, Tag::default());
    vec![Node::Shape(disc), Node::Text(number)]
}
