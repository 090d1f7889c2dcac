//! Maps inside the figure: placed where they cover nothing that matters, drawn in a hairline frame.

use std::collections::BTreeSet;

use kurbo::{Point, Rect, Size};
use rayon::prelude::*;

use super::field::{Field, Seats};
use super::ground::Ground;
use super::labels;
use super::map::{self, MapPart};
use super::naming::{self, LabelOptions, On};
use super::pin::Spot;
use super::{Parts, group, highlight, locator, rect_path};
use crate::atlas::PlaceId;
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
#[derive(Clone)]
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

/// An inset of a size, before it has a place on the map.
pub struct Sized {
    /// Its number among the insets, from 0.
    pub index: usize,
    factor: f64,
    title: Option<Block>,
    /// Height of the title with the air under it, px.
    head: f64,
    /// Its block, with the title.
    pub field: Field,
    /// Where that may stand, the emptiest first.
    pub seats: Seats,
}

impl Sized {
    /// The same with its title and its map in a box.
    pub fn at(&self, whole: Rect) -> Placed {
        let frame = Rect::new(whole.x0, whole.y0 + self.head, whole.x1, whole.y1);
        let title = self.title.clone().map(|block| (block, whole.origin()));
        Placed { index: self.index, frame, factor: self.factor, title }
    }
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

    /// Itself, drawn elsewhere, moved to its place; drawn again where that is smaller. And the places of the main table that it
    /// shows.
    pub fn take(&self, drawn: Picture, parts: &Parts<'_>) -> (Group, BTreeSet<PlaceId>) {
        if drawn.at.factor == self.factor {
            return (drawn.layer.shifted(self.frame.origin() - drawn.at.frame.origin()), drawn.seen);
        }
        draw(self, parts)
    }

    /// The step from the inset's unit plane to the page.
    pub fn fit(&self, parts: &Parts<'_>) -> Fit {
        let padding = parts.style.inset.padding.0 * self.factor;
        Fit::contain(parts.insets[self.index].part.frame.extent, self.frame.inset(-padding))
    }
}

/// All insets, drawn under the map where they stand there, and else at the page's corner, as large as wished.
pub fn drawn(parts: &Parts<'_>) -> Vec<Picture> {
    let under = under_the_map(parts.page);
    let place = |index: usize| match under.get(index) {
        Some(placed) => placed.clone(),
        None => {
            let one = set(index, 1.0, parts);
            one.at(one.field.size.to_rect())
        }
    };
    let of = |index: usize| {
        let at = place(index);
        let (layer, seen) = draw(&at, parts);
        Picture { at, layer, seen }
    };
    (0..parts.insets.len()).into_par_iter().map(of).collect()
}

/// A drawn inset, somewhere.
pub struct Picture {
    at: Placed,
    layer: Group,
    seen: BTreeSet<PlaceId>,
}

/// The insets that stand under the map, where the page has room for them there.
pub fn under_the_map(page: &Page) -> Vec<Placed> {
    let frames = page.insets.iter().enumerate();
    frames
        .map(|(index, (title, frame))| Placed { index, frame: *frame, factor: 1.0, title: title.clone() })
        .collect()
}

/// Sizes that are tried in turn until an inset covers no place with data, and until all insets and the legend stand, as shares of
/// the wished one.
pub const SMALLER: [f64; 5] = [1.0, 0.85, 0.72, 0.6, 0.5];

/// Inset number `index`, `factor` times as large as wished, without a place.
pub fn set(index: usize, factor: f64, parts: &Parts<'_>) -> Sized {
    let (inset, gap) = (&parts.insets[index], parts.style.page.gap.0);
    let Size { width, height } = size(parts.page, index, inset.share, inset.part.frame.aspect()) * factor;
    let title = inset.title.as_ref().map(|rich| Block::set(rich, &parts.style.text.inset_title, width, true));
    let head = title.as_ref().map_or(0.0, |block| block.size.height + gap * 0.4);
    let field = Field { size: Size::new(width, height + head), gap: gap * 0.6, spot: inset.spot };
    Sized { index, factor, title, head, field, seats: Seats::new() }
}

/// Inset number `index` in the first of some sizes, up to `most`, in which it can stand without covering a place with data, and
/// where it then can; else in the one in which it covers the least of them.
pub fn fitting(index: usize, most: f64, parts: &Parts<'_>, ground: &Ground) -> Sized {
    let of = |factor: &f64| {
        let one = set(index, *factor, parts);
        Sized { seats: one.field.seats(ground, parts.page.fit), ..one }
    };
    let data = |rect: Rect| ground.under(rect).data * rect.area();
    let covered = |one: &Sized| one.seats.first().map_or(f64::INFINITY, |(_, rect)| data(*rect));
    let mut least: Option<(f64, Sized)> = None;
    for factor in SMALLER.iter().filter(|factor| **factor <= most) {
        let mut one = of(factor);
        let covered = covered(&one);
        if covered == 0.0 {
            one.seats.retain(|(_, rect)| data(*rect) == 0.0);
            return one;
        }
        if least.as_ref().is_none_or(|(before, _)| covered < *before) {
            least = Some((covered, one));
        }
    }
    least.map_or_else(|| of(&most), |(_, one)| one)
}

/// Draws a placed inset; and the places of the main table that it shows.
fn draw(placed: &Placed, parts: &Parts<'_>) -> (Group, BTreeSet<PlaceId>) {
    let inset = &parts.insets[placed.index];
    let (layer, places) = draw_map(placed, inset, parts);
    (layer, if inset.own_data { BTreeSet::new() } else { places })
}

fn draw_map(placed: &Placed, inset: &InsetMap<'_>, parts: &Parts<'_>) -> (Group, BTreeSet<PlaceId>) {
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
    let on = On { part: &part, drawn: &drawn, ground: &ground, prefix: &prefix };
    let wanted = naming::wanted(&on, inset.labels, parts, look_label, &[]);
    let placed_names = labels::place(&wanted.requests, &wanted.obstacles, wanted.room);
    let names = naming::names(&wanted, placed_names, &on, parts);

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
