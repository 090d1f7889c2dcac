//! Words on the map in place of a legend of two classes: each names the largest place of its class, inside it where no
//! names stand, else beside it with a line that ends in it.

use std::sync::Arc;

use kurbo::{Point, Rect, Size};

use super::ground::Ground;
use super::labels::bands::Bands;
use super::labels::inside::{Aim, Margin, spots};
use super::labels::polygon::Shape;
use super::labels::{self, BARRED, CLOSED, Form, Land, Obstacle, Request, point_of_inaccessibility};
use super::map::Drawn;
use super::naming::LabelChoice;
use super::{Parts, callout, group, main_area, rect_path};
use crate::atlas::PlaceId;
use crate::geometry::Path;
use crate::page::Block;
use crate::paint::{Color, Paint};
use crate::scene::{Anchor, Group, Halo, Node, Tag};
use crate::style::{Style, TextLook};
use crate::text::{self, Rich};

/// Words that stand for a class.
#[derive(Clone, Debug)]
pub struct Direct {
    /// The class.
    pub key: String,
    /// Its words.
    pub words: String,
}

/// How far a line goes into its place: a share of the way from its edge to its middle.
const INTO: f64 = 0.35;
/// Smallest contrast of words with what they stand on (WCAG 2.2, 1.4.3).
const CONTRAST: f64 = 4.5;

/// Puts the words on the map and takes their room.
pub fn place(
    parts: &Parts<'_>,
    drawn: &Drawn,
    ground: &mut Ground,
    lines: &mut Vec<(Point, Point)>,
) -> Option<Group> {
    let mut nodes = Vec::new();
    for direct in parts.direct {
        let Some((id, area, paint)) = largest(parts, drawn, &direct.key) else { continue };
        let rich = Rich::plain(&direct.words);
        let tag = Tag {
            id: format!("legend-{}", direct.key.replace(' ', "_")),
            title: direct.words.clone(),
            data: vec![("class", direct.key.clone())],
        };
        let within = matches!(parts.labels.show, LabelChoice::None)
            .then(|| inside(&rich, &area, &paint, parts.style))
            .flatten();
        if let Some((block, at, halo)) = within {
            let size = block.size;
            ground.take([Rect::new(
                at.x - size.width / 2.0,
                at.y,
                at.x + size.width / 2.0,
                at.y + size.height,
            )]);
            nodes.push(Node::Text(block.text(at, Anchor::Middle, Some(halo), tag)));
            continue;
        }
        let near = near(parts, &rich, id, &area, drawn, ground);
        nodes.extend(beside(parts, &rich, (&area, &paint), near, tag, ground, lines));
    }
    (!nodes.is_empty()).then(|| group("legend-words", nodes))
}

/// The largest place of a class as it is drawn: the part that its name stands for, and its paint.
fn largest(parts: &Parts<'_>, drawn: &Drawn, key: &str) -> Option<(PlaceId, Arc<Path>, Paint)> {
    let scale = parts.map.scale;
    let of_class = parts.map.join.values.iter().filter(|(id, value)| {
        scale.shown(value).is_some_and(|class| class.key == key) && drawn.areas.contains_key(id)
    });
    let mains =
        of_class.filter_map(|(id, _)| Some((*id, drawn.areas.get(id)?))).map(|(id, (path, paint))| {
            let main = main_area(path).0;
            (main.area().abs(), id, main, paint)
        });
    let (_, id, main, paint) = mains.max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some((id, main, paint.clone()))
}

/// The words inside an area, as near to its middle as they fit: block, top middle and halo.
fn inside(rich: &Rich, area: &Path, paint: &Paint, style: &Style) -> Option<(Block, Point, Halo)> {
    let look = TextLook { weight: style.text.legend_title.weight, ..style.text.label.clone() };
    let em = look.size.0;
    let widths = [f64::INFINITY, em * 9.0, em * 5.0];
    let shape = Shape::new(area, em * 0.05);
    let bands = Bands::new(&shape, em * 0.2, 400);
    let (centre, _) = point_of_inaccessibility(area);
    let half = shape.bounds.size().to_vec2() / 2.0;
    let cap = text::metrics(&look.font(), em).cap_height;
    let spot = |block: Block| {
        let size = Size::new(block.size.width, cap + block.step * (block.lines.len() as f64 - 1.0));
        let spot = *spots(&bands, Aim { centre, half }, size, Margin::of(em)).first()?;
        Some((block, spot.rect))
    };
    let (block, rect) = Block::set_each(rich, &look, &widths, true).into_iter().find_map(spot)?;
    let ground = paint.ground();
    let inks = [style.labels.on_light, style.labels.on_dark];
    let ink = if inks[0].contrast(ground) >= inks[1].contrast(ground) { inks[0] } else { inks[1] };
    // the block's first baseline stands under the capitals of its first line
    let top = Point::new(rect.center().x, rect.y0 + cap - block.first);
    Some((block.colored(ink), top, Halo { color: ground, width: style.labels.halo.0 }))
}

/// The ways to set words that stand beside an area.
fn blocks(rich: &Rich, style: &Style) -> Vec<Block> {
    let text = TextLook { weight: style.text.legend_title.weight, ..style.text.callout.clone() };
    Block::set_each(rich, &text, &[style.callout.width.0, style.callout.width.0 * 0.6], true)
}

/// Where words on a straight line stand near their area without covering another: which block, its box, and where the
/// line leaves it.
fn near(
    parts: &Parts<'_>,
    rich: &Rich,
    own: PlaceId,
    area: &Arc<Path>,
    drawn: &Drawn,
    ground: &Ground,
) -> Option<(usize, Rect, Point)> {
    let blocks = blocks(rich, parts.style);
    let form =
        |block: &Block| Form { size: block.size, lines: block.lines.len(), penalty: 0.0, spread: false };
    let request = Request {
        forms: blocks.iter().map(form).collect(),
        target: labels::Target::Area(area.clone()),
        priority: 1.0,
        may_lead: true,
        reach: f64::INFINITY,
        land: Land::Closed,
    };
    let of = |(id, (path, _)): (&PlaceId, &(Arc<Path>, Paint))| Obstacle {
        path: path.clone(),
        reach: 0.0,
        weight: BARRED,
        owner: (*id == own).then_some(0),
    };
    let mut obstacles: Vec<Obstacle> = drawn.areas.iter().map(of).collect();
    let taken = ground.boxes.iter();
    obstacles.extend(taken.map(|rect| Obstacle {
        path: rect_path(*rect).into(),
        reach: 0.0,
        weight: CLOSED,
        owner: None,
    }));
    let placed = labels::place(&[request], &obstacles, parts.map.clip.inset(-parts.style.callout.gap.0));
    let placement = placed.into_iter().next().flatten()?;
    match placement.leader?.as_slice() {
        [from, _] => Some((placement.form, placement.rect, *from)),
        _ => None,
    }
}

/// The words near the area, or where the map is empty, with a line that ends a little within it.
fn beside(
    parts: &Parts<'_>,
    rich: &Rich,
    (area, paint): (&Path, &Paint),
    near: Option<(usize, Rect, Point)>,
    tag: Tag,
    ground: &mut Ground,
    lines: &mut Vec<(Point, Point)>,
) -> Vec<Node> {
    let (style, look) = (parts.style, &parts.style.callout);
    let blocks = blocks(rich, style);
    let (middle, _) = point_of_inaccessibility(area);
    let aside = || {
        let (_, spot) = callout::spots(parts, &blocks, middle, ground, lines).into_iter().next()?;
        Some((spot.block, spot.rect, spot.from))
    };
    let Some((i, rect, from)) = near.or_else(aside) else { return Vec::new() };
    let end = within(area, from, middle);
    ground.take(callout::line_boxes(from, end, look).chain([rect.inflate(look.gap.0, look.gap.0)]));
    lines.push((from, end));
    let block = blocks[i].clone();
    let block = match ink(paint, style) {
        Some(ink) => block.colored(ink),
        None => block,
    };
    let words = Node::Text(block.text(rect.origin(), Anchor::Start, None, tag));
    vec![callout::leader(from, end, look), callout::ring(end, look), words]
}

/// Where on the way from `from` to the middle of an area a line has gone far enough into it.
fn within(area: &Path, from: Point, middle: Point) -> Point {
    const STEPS: i32 = 100;
    let on_way = |k: i32| from.lerp(middle, f64::from(k) / f64::from(STEPS));
    // the last stretch of the way, which is in the area whole
    let outside = (0..STEPS).rev().find(|k| !area.contains(on_way(*k))).unwrap_or(0);
    on_way(outside).lerp(middle, INTO)
}

/// The colour of a class where it can be read on page and sea.
fn ink(paint: &Paint, style: &Style) -> Option<Color> {
    let Paint::Solid(color) = paint else { return None };
    let grounds = [style.page.background, style.map.sea];
    grounds.iter().all(|ground| color.contrast(*ground) >= CONTRAST).then_some(*color)
}
