//! Maps inside the figure: placed where they cover nothing that matters, drawn in a hairline frame.

use std::collections::BTreeSet;

use kurbo::{Point, Rect, Size};

use super::ground::Ground;
use super::map::{self, MapPart};
use super::naming::{self, LabelOptions};
use super::pin::{self, Spot};
use super::{Parts, group, highlight, locator, rect_path};
use crate::atlas::PlaceId;
use crate::diagnostic::Diagnostics;
use crate::page::{Block, Page};
use crate::projection::Fit;
use crate::scene::{Anchor, Group, Node, Shape, Stroke, Tag};
use crate::style::Style;
use crate::text::Rich;

/// A further map.
pub struct InsetMap<'a> {
    /// Its map; fit and clip are set when it is placed.
    pub part: MapPart<'a>,
    /// Words above it.
    pub title: Option<Rich>,
    /// Which places are named.
    pub labels: &'a LabelOptions,
    /// Its width as a share of the main map's.
    pub share: f64,
    /// Whether it has a table of its own.
    pub own_data: bool,
    /// Of a locator, the main map's rim on the globe.
    pub locates: Option<&'a [crate::geometry::LonLat]>,
    /// Where on the map it stands.
    pub spot: Spot,
}

/// An inset's place on the page.
pub struct Placed {
    /// Which inset.
    pub index: usize,
    /// The frame.
    pub frame: Rect,
    /// What it was made smaller by, to cover no place with data.
    pub factor: f64,
    /// Its title with the top left corner.
    pub title: Option<(Block, Point)>,
}

/// The size of inset number `index`, of a share of the main map's width, without its title.
pub fn size(page: &Page, index: usize, share: f64, aspect: f64) -> Size {
    if let Some((_, frame)) = page.insets.get(index) {
        return frame.size();
    }
    let width = (page.fit.width() * share).round();
    Size::new(width, (width / aspect).min(page.fit.height() * 0.6))
}

/// The step from the unit plane to an inset's frame on the page, for a map of this extent.
pub fn fit(frame: Rect, extent: Rect, style: &Style) -> Fit {
    Fit::contain(extent, frame.inset(-style.inset.padding.0))
}

impl Placed {
    /// Its title.
    pub fn words(&self) -> Option<Node> {
        let (block, at) = self.title.as_ref()?;
        let tag = Tag { id: format!("inset-{}-title", self.index + 1), ..Tag::default() };
        Some(Node::Text(block.text(*at, Anchor::Start, None, tag)))
    }

    /// The step from the inset's unit plane to the page.
    pub fn fit(&self, parts: &Parts<'_>) -> Fit {
        let padding = parts.style.inset.padding.0 * self.factor;
        Fit::contain(parts.insets[self.index].part.frame.extent, self.frame.inset(-padding))
    }
}

/// Finds a place for every inset: under the map where the page has one, else in the emptiest part of the map.
pub fn place(
    insets: &[InsetMap<'_>],
    parts: &Parts<'_>,
    ground: &mut Ground,
    warnings: &mut Diagnostics,
) -> Vec<Placed> {
    let look = &parts.style.page;
    let mut placed = Vec::new();
    for (index, inset) in insets.iter().enumerate() {
        if let Some((title, frame)) = parts.page.insets.get(index) {
            placed.push(Placed { index, frame: *frame, factor: 1.0, title: title.clone() });
            continue;
        }
        let wished = size(parts.page, index, inset.share, inset.part.frame.aspect());
        let (one, whole) = free(index, inset, wished, parts, ground);
        if inset.spot != Spot::default() {
            let what = format!("inset {}", index + 1);
            warnings.extend(pin::misfit(&what, "inset", whole, parts.page.map, &ground.boxes));
        }
        ground.take([whole.inflate(look.gap.0 * 0.6, look.gap.0 * 0.6)]);
        placed.push(one);
    }
    placed
}

/// Sizes that are tried in turn until an inset covers no place with data, as shares of the wished one.
const SMALLER: [f64; 4] = [1.0, 0.85, 0.72, 0.6];

/// The first of some sizes, and its emptiest place, that covers no place with data; else the wished one where it covers
/// least. With the box of map and title.
fn free(
    index: usize,
    inset: &InsetMap<'_>,
    wished: Size,
    parts: &Parts<'_>,
    ground: &Ground,
) -> (Placed, Rect) {
    let look = &parts.style.page;
    let place = |factor: f64| {
        let Size { width, height } = wished * factor;
        let title =
            inset.title.as_ref().map(|rich| Block::set(rich, &parts.style.text.inset_title, width, true));
        let head = title.as_ref().map_or(0.0, |block| block.size.height + look.gap.0 * 0.4);
        let room = parts.page.fit;
        let size = Size::new(width, height + head);
        let whole = inset.spot.rect(room, size, || emptiest(ground, room, width, height + head));
        let frame = Rect::new(whole.x0, whole.y0 + head, whole.x1, whole.y1);
        (Placed { index, frame, factor, title: title.map(|block| (block, whole.origin())) }, whole)
    };
    let first = place(1.0);
    let covers = |whole: Rect| ground.under(whole).data > 0.0;
    // what a hand has put somewhere stays as it is
    if inset.spot != Spot::default() || !covers(first.1) {
        return first;
    }
    let smaller = SMALLER[1..].iter().map(|factor| place(*factor)).find(|(_, whole)| !covers(*whole));
    smaller.unwrap_or(first)
}

/// The position of a box of the given size that covers least, nearest to an edge of `room`.
pub(super) fn emptiest(ground: &Ground, room: Rect, width: f64, height: f64) -> Rect {
    const STEPS: usize = 60;
    let mut best = (f64::INFINITY, Rect::ZERO);
    let pad = room.width().min(room.height()) * 0.02;
    for row in 0..=STEPS {
        for column in 0..=STEPS {
            let x = room.x0 + (room.width() - width).max(0.0) * column as f64 / STEPS as f64;
            let y = room.y0 + (room.height() - height).max(0.0) * row as f64 / STEPS as f64;
            let rect = Rect::new(x, y, x + width, y + height);
            let cover = ground.under(rect.inflate(pad, pad));
            let aside = (x - room.x0).min(room.x1 - width - x).max(0.0) / room.width();
            let up = (y - room.y0).min(room.y1 - height - y).max(0.0) / room.height();
            let cost = cover.data * 40.0 + cover.taken * 80.0 + cover.land * 4.0 + aside * 0.8 + up * 0.2;
            if cost < best.0 {
                best = (cost, rect);
            }
        }
    }
    best.1
}

/// Draws the placed insets, a layer each; and the places of the main table that they show.
pub fn draw(placed: &[Placed], parts: &Parts<'_>) -> (Vec<Group>, BTreeSet<PlaceId>) {
    let mut seen = BTreeSet::new();
    let layers = placed.iter().map(|one| {
        let inset = &parts.insets[one.index];
        let (layer, places) = draw_one(one, inset, parts);
        if !inset.own_data {
            seen.extend(places);
        }
        layer
    });
    (layers.collect(), seen)
}

fn draw_one(placed: &Placed, inset: &InsetMap<'_>, parts: &Parts<'_>) -> (Group, BTreeSet<PlaceId>) {
    if let Some(rim) = inset.locates {
        return (locator::draw(placed, &inset.part, rim, parts), BTreeSet::new());
    }
    let (style, look) = (parts.style, &parts.style.inset);
    let prefix = format!("inset-{}-", placed.index + 1);
    let fit = placed.fit(parts);
    let part = MapPart { fit, clip: placed.frame, only: inset.part.only.clone(), ..inset.part };
    let mut drawn = map::draw(&part, parts.atlas, style, &prefix);
    highlight::apply(&mut drawn, parts.highlight, parts.atlas, style, &prefix);
    let ground = Ground::new(&drawn, placed.frame);
    let look_label = &style.text.inset_label;
    let names =
        naming::place_in(&part, inset.labels, parts, look_label, &drawn, &ground, (&[], &[]), &prefix);

    let back = Shape {
        tag: Tag::default(),
        path: rect_path(placed.frame).into(),
        fill: Some(crate::paint::Paint::Solid(look.ground)),
        stroke: None,
    };
    let frame = Shape {
        tag: Tag { id: format!("{prefix}frame"), ..Tag::default() },
        path: rect_path(placed.frame).into(),
        fill: None,
        stroke: Some(Stroke { sharp: true, ..Stroke::solid(look.frame, look.frame_width.0) }),
    };
    let mut nodes = vec![Node::Shape(back)];
    nodes.extend(drawn.layers.into_iter().filter(|layer| !layer.nodes.is_empty()).map(Node::Group));
    nodes.extend(
        naming::layers(&names.names, style, &prefix)
            .into_iter()
            .filter(|layer| !layer.nodes.is_empty())
            .map(Node::Group),
    );
    nodes.push(Node::Shape(frame));
    nodes.extend(placed.words());
    (group(&format!("inset-{}", placed.index + 1), nodes), drawn.seen)
}
