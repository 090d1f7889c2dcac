//! Remarks tied to a position: a block of words at sea, a thin line, a small ring at the place. On a narrow page,
//! a number at the place and the words under the map.

use kurbo::{Point, Rect, Size, Vec2};

use super::field::choice;
use super::ground::{Cover, Ground, Span};
use super::labels::{Piece, Stand};
use super::pin::{self, Pinned};
use super::{Callout, Parts, circle, cross, cuts, polyline};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::geometry::length;
use crate::page::Block;
use crate::paint::Paint;
use crate::scene::{Anchor, Node, Shape, Stroke, Tag, Text};
use crate::style::CalloutLook;

/// A callout whose words stand on the map, set in lines of one or several widths.
pub struct Remark {
    index: usize,
    at: Point,
    blocks: Vec<Block>,
    pinned: Option<Pinned>,
}

/// The callouts that are seen, with their positions; the others are told.
pub fn seen(parts: &Parts<'_>, warnings: &mut Diagnostics) -> Vec<(usize, Point)> {
    let mut seen = Vec::new();
    for (i, callout) in parts.callouts.iter().enumerate() {
        match parts.map.locate(callout.at.at) {
            Some(at) => seen.push((i, at)),
            None => {
                let what = format!("{} stands outside the frame and is left out", called(callout));
                warnings.push(Diagnostic::warning(what).hint("widen `frame.fit`"));
            }
        }
    }
    seen
}

/// What a callout is called in warnings: by its first words.
fn called(callout: &Callout) -> String {
    format!("the callout \"{}\"", callout.text.text().chars().take(40).collect::<String>())
}

/// The boxes that are kept free around their positions.
pub fn rings(seen: &[(usize, Point)], parts: &Parts<'_>) -> Vec<Rect> {
    seen.iter().map(|(_, at)| ring_box(*at, &parts.style.callout)).collect()
}

/// Sets the words of those that stand on the map: of none on a page where they stand under it, with numbers.
pub fn set(seen: &[(usize, Point)], parts: &Parts<'_>) -> Vec<Remark> {
    let set = |&(index, at): &(usize, Point)| {
        let callout = &parts.callouts[index];
        let usual = parts.style.callout.width.0;
        let widths = match (callout.pin.wrap, callout.pin.at) {
            (Some(px), _) => vec![px],
            (None, Some(_)) => vec![usual],
            (None, None) => [1.0, 0.82, 1.3].map(|factor| usual * factor).to_vec(),
        };
        let blocks = Block::set_each(&callout.text, &parts.style.text.callout, &widths, true);
        Remark { index, at, blocks, pinned: callout.pin.at }
    };
    if parts.page.callouts.is_empty() { seen.iter().map(set).collect() } else { Vec::new() }
}

/// Those that stand under the map.
pub fn numbered(seen: &[(usize, Point)], parts: &Parts<'_>) -> Vec<Node> {
    let noted = parts.page.callouts.iter().filter_map(|(index, words)| {
        let (_, at) = seen.iter().find(|one| one.0 == *index)?;
        Some((*index, *at, words))
    });
    noted.zip(1..).flat_map(|((index, at, words), number)| note(parts, index, at, words, number)).collect()
}

/// A block's place and its line.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    /// Which block.
    pub block: usize,
    /// The box of the words.
    pub rect: Rect,
    /// Where the line begins.
    pub from: Point,
}

impl Remark {
    /// Whether a hand has put it somewhere.
    pub fn is_pinned(&self) -> bool {
        self.pinned.is_some()
    }

    /// Where it may stand, the best first, by their cost.
    pub fn spots(&self, parts: &Parts<'_>, ground: &Ground, lines: &[(Point, Point)]) -> Vec<(f64, Spot)> {
        spots(parts, &self.blocks, self.at, ground, lines)
    }

    /// The same as a part of the arrangement.
    pub fn piece(&self, spots: &[(f64, Spot)], parts: &Parts<'_>) -> Piece {
        let gap = parts.style.callout.gap.0 / 2.0;
        let stand = |(cost, spot): &(f64, Spot)| {
            Stand::remark(spot.rect.inflate(gap, gap), [spot.from, self.at], *cost)
        };
        Piece { stands: spots.iter().map(stand).collect(), ..Piece::default() }
    }

    /// Takes its room at a spot, and draws it.
    pub fn stand(
        &self,
        spot: &Spot,
        parts: &Parts<'_>,
        ground: &mut Ground,
        lines: &mut Vec<(Point, Point)>,
    ) -> Vec<Node> {
        let (look, at) = (&parts.style.callout, self.at);
        let words = spot.rect.inflate(look.gap.0, look.gap.0);
        ground.take(line_boxes(spot.from, at, look).chain([words]));
        lines.push((spot.from, at));
        let tag = Tag { id: format!("callout-{}", self.index + 1), ..Tag::default() };
        let words = self.blocks[spot.block].text(spot.rect.origin(), Anchor::Start, None, tag);
        vec![leader(spot.from, at, look), ring(at, look), Node::Text(words)]
    }

    /// Where it stands although all is full, if it then covers nothing and its line runs through none of the `words`.
    pub fn crammed(
        &self,
        parts: &Parts<'_>,
        ground: &Ground,
        words: &[Rect],
        lines: &[(Point, Point)],
    ) -> Option<Spot> {
        let mut full = ground.clone();
        full.take(words.iter().copied());
        let spots = self.spots(parts, &full, lines);
        let free = |spot: &Spot| {
            !full.boxes.iter().any(|other| pin::meet(*other, spot.rect))
                && !words.iter().any(|other| cuts(*other, spot.from, self.at))
        };
        spots.into_iter().map(|one| one.1).find(free)
    }

    /// That there is no room for it.
    pub fn no_room(&self, parts: &Parts<'_>) -> Diagnostic {
        let what = format!("no room for {}, which is left out", called(&parts.callouts[self.index]));
        Diagnostic::warning(what)
            .hint("make the figure larger, say less, or put it somewhere with `dx` and `dy`")
    }

    /// Where a user has put it, and what is wrong with that.
    pub fn pinned(&self, parts: &Parts<'_>, ground: &Ground, warnings: &mut Diagnostics) -> Option<Spot> {
        let (look, block) = (&parts.style.callout, self.blocks.first()?);
        let rect = self.pinned?.rect(self.at, block.size);
        let own = ring_box(self.at, look);
        let what = called(&parts.callouts[self.index]);
        let boxes: Vec<Rect> = ground.boxes.iter().copied().filter(|other| *other != own).collect();
        let key = format!("callout.{}", self.index);
        warnings.extend(pin::misfit(&what, &key, rect, parts.page.map, &boxes));
        Some(Spot { block: 0, rect, from: attach(rect, self.at, block, look) })
    }
}

/// So much dearer than the best, a spot is no alternative.
const WORSE: f64 = 8.0;
/// Spots whose line is looked at for each block, for each of so many callouts: in a crowd, one may have to stand far off.
const LOOKED_AT: usize = 120;
const CROWD: usize = 8;

/// The best places for one of `blocks`, which say the same in lines of different widths, by their cost.
pub(super) fn spots(
    parts: &Parts<'_>,
    blocks: &[Block],
    at: Point,
    ground: &Ground,
    lines: &[(Point, Point)],
) -> Vec<(f64, Spot)> {
    let (look, room) = (&parts.style.callout, parts.page.fit);
    let diagonal = length(Vec2::new(ground.rect.width(), ground.rect.height()));
    let mut all: Vec<(f64, Spot)> = Vec::new();
    let mut least = f64::INFINITY;
    for (i, block) in blocks.iter().enumerate() {
        let grid = Grid::new(block, room, look, ground);
        // what it covers is known at once; the line is only judged where that may still matter
        let bound = |(row, column): (usize, usize)| {
            let covers = grid.covering(row, column, ground) + i as f64 * 0.02;
            let rect = grid.rect(row, column);
            (covers < least + WORSE).then(|| (covers + least_line(rect, at, look, diagonal), covers, rect))
        };
        let mut bounds: Vec<(f64, f64, Rect)> = grid.positions().filter_map(bound).collect();
        let nearer = |a: &(f64, f64, Rect), b: &(f64, f64, Rect)| a.0.total_cmp(&b.0);
        let looked_at = LOOKED_AT * parts.callouts.len().clamp(1, CROWD);
        if looked_at < bounds.len() {
            bounds.select_nth_unstable_by(looked_at, nearer);
            bounds.truncate(looked_at);
        }
        bounds.sort_by(nearer);
        for (bound, covers, rect) in bounds {
            if bound > least + WORSE {
                break;
            }
            let (cost, from) = judge(rect, at, block, look, ground, lines);
            least = least.min(covers + cost);
            all.push((covers + cost, Spot { block: i, rect, from }));
        }
    }
    choice(all, |one| one.1.rect)
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

/// The cost of a position's line, by its length and what it crosses, and where it begins.
fn judge(
    rect: Rect,
    at: Point,
    block: &Block,
    look: &CalloutLook,
    ground: &Ground,
    lines: &[(Point, Point)],
) -> (f64, Point) {
    let diagonal = length(Vec2::new(ground.rect.width(), ground.rect.height()));
    let from = attach(rect, at, block, look);
    let steps = 24;
    let reach = length(at - from);
    // the place's own land lies around the ring: what is near it is no hindrance
    let far = |k: &i32| reach * f64::from(steps - k) >= look.ring.0 * 3.0 * f64::from(steps);
    let points = (1..steps).take_while(far).map(|k| from.lerp(at, f64::from(k) / f64::from(steps)));
    let crossed = ground.weighed(points, Cover { data: 0.09, land: 0.03, taken: 0.4 });
    let crossing = lines.iter().filter(|(a, b)| cross(*a, *b, from, at)).count() as f64;
    let near_ring = if rect.inflate(look.ring.0 * 3.0, look.ring.0 * 3.0).contains(at) { 3.0 } else { 0.0 };
    let cost = crossed + crossing * 2.0 + near_ring + slope(from, at) * 0.12 + reach / diagonal * LENGTH;
    (cost, from)
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
    let mut candidates = [
        Point::new(rect.x0 - gap, level(nearest)),
        Point::new(rect.x0 + width + gap, level(nearest)),
        Point::new(x, rect.y0 - gap * 0.3),
        Point::new(x, rect.y1 + gap * 0.3),
    ];
    let beside = candidates[0];
    candidates.sort_by(|a, b| length(*a - at).total_cmp(&length(*b - at)));
    let lines = block.lines.iter().enumerate().map(|(i, (_, width))| {
        let half = block.step / 2.0;
        Rect::new(rect.x0, level(i) - half, rect.x0 + width, level(i) + half)
    });
    let clear = |from: &Point| !lines.clone().any(|line| cuts(line, *from, at));
    candidates.into_iter().find(clear).unwrap_or(beside)
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

/// A number at the place of callout `index`, and before its words.
fn note(
    parts: &Parts<'_>,
    index: usize,
    at: Point,
    (block, corner): &(Block, Point),
    number: usize,
) -> Vec<Node> {
    let middle =
        Point::new(parts.page.fit.x0 + parts.style.callout.number_radius.0, corner.y + block.step / 2.0);
    let mut nodes = badge(parts, number, at, 0.82);
    nodes.extend(badge(parts, number, middle, 1.0));
    let tag = Tag { id: format!("callout-{}", index + 1), ..Tag::default() };
    nodes.push(Node::Text(block.text(*corner, Anchor::Start, None, tag)));
    nodes
}

fn badge(parts: &Parts<'_>, number: usize, at: Point, factor: f64) -> Vec<Node> {
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
    let block = Block::line(&number.to_string(), &text);
    let corner = at - Vec2::new(0.0, block.step / 2.0);
    let number: Text = block.text(corner, Anchor::Middle, None, Tag::default());
    vec![Node::Shape(disc), Node::Text(number)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style;
    use crate::text::Rich;

    #[test]
    fn a_line_leaves_its_block_without_crossing_its_words() {
        let style = style::load("newsroom", 1200.0, &[], &|_| Ok(String::new())).expect("a style");
        let rich = Rich::plain("Some words of different length in several lines that end where they end");
        let block = Block::set(&rich, &style.text.callout, 150.0, true);
        assert!(block.lines.len() > 2);
        let rect = Rect::from_origin_size((400.0, 300.0), block.size);
        for k in 0..72 {
            let (sin, cos) = libm::sincos(f64::from(k) / 72.0 * std::f64::consts::TAU);
            let at = rect.center() + Vec2::new(cos, sin) * 300.0;
            let from = attach(rect, at, &block, &style.callout);
            for (i, (_, width)) in block.lines.iter().enumerate() {
                let y = rect.y0 + block.first * 0.7 + block.step * i as f64;
                let words = Rect::new(rect.x0, y - 2.0, rect.x0 + width, y + 2.0);
                assert!(!cuts(words, from, at), "towards {at} from {from} through line {i}");
            }
        }
    }
}
