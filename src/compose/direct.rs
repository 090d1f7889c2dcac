//! Words on the map in place of a legend of two classes: each names the largest place of its class, inside it where no
//! names stand, else beside it with a line that ends in it.

use kurbo::{BezPath, Point, Rect, Shape as _};

use super::ground::{Ground, contains};
use super::labels::point_of_inaccessibility;
use super::map::Drawn;
use super::naming::LabelChoice;
use super::{Parts, callout, group, main_area};
use crate::page::Block;
use crate::paint::{Color, Paint};
use crate::scene::{Anchor, Group, Halo, Node, Tag};
use crate::style::{Style, TextLook};
use crate::text::Rich;

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
pub fn place(parts: &Parts<'_>, drawn: &Drawn, ground: &mut Ground) -> Option<Group> {
    let mut nodes = Vec::new();
    let mut lines: Vec<(Point, Point)> = Vec::new();
    for direct in parts.direct {
        let Some((area, paint)) = largest(parts, drawn, &direct.key) else { continue };
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
        nodes.extend(beside(parts, &rich, &area, &paint, tag, ground, &mut lines));
    }
    (!nodes.is_empty()).then(|| group("legend-words", nodes))
}

/// The largest place of a class as it is drawn: the part that its name stands for, and its paint.
fn largest(parts: &Parts<'_>, drawn: &Drawn, key: &str) -> Option<(BezPath, Paint)> {
    let scale = parts.map.scale;
    let of_class = parts.map.join.values.iter().filter(|(id, value)| {
        scale.shown(value).is_some_and(|class| class.key == key) && drawn.areas.contains_key(id)
    });
    let mains = of_class.filter_map(|(id, _)| drawn.areas.get(id)).map(|(path, paint)| {
        let main = BezPath::clone(&main_area(path).0);
        (main.area().abs(), main, paint)
    });
    let (_, main, paint) = mains.max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some((main, paint.clone()))
}

/// The words about the middle of an area, where they fit into it: block, top middle and halo.
fn inside(rich: &Rich, area: &BezPath, paint: &Paint, style: &Style) -> Option<(Block, Point, Halo)> {
    let look = TextLook { weight: style.text.legend_title.weight, ..style.text.label.clone() };
    let (middle, _) = point_of_inaccessibility(area);
    let widths = [f64::INFINITY, look.size.0 * 9.0, look.size.0 * 5.0];
    let fits = |block: &Block| {
        let size = block.size + kurbo::Size::new(look.size.0, look.size.0 * 0.4);
        let rect = Rect::from_center_size(middle, size);
        let steps = || (0..=8).map(|k| f64::from(k) / 8.0);
        steps().all(|x| {
            steps()
                .all(|y| contains(area, Point::new(rect.x0 + rect.width() * x, rect.y0 + rect.height() * y)))
        })
    };
    let block = Block::set_each(rich, &look, &widths, true).into_iter().find(fits)?;
    let ground = paint.ground();
    let inks = [style.labels.on_light, style.labels.on_dark];
    let ink = if inks[0].contrast(ground) >= inks[1].contrast(ground) { inks[0] } else { inks[1] };
    let top = Point::new(middle.x, middle.y - block.size.height / 2.0);
    Some((block.colored(ink), top, Halo { color: ground, width: style.labels.halo.0 }))
}

/// The words where the map is empty, with a line that ends a little within the area.
fn beside(
    parts: &Parts<'_>,
    rich: &Rich,
    area: &BezPath,
    paint: &Paint,
    tag: Tag,
    ground: &mut Ground,
    lines: &mut Vec<(Point, Point)>,
) -> Vec<Node> {
    let (style, look) = (parts.style, &parts.style.callout);
    let text = TextLook { weight: style.text.legend_title.weight, ..style.text.callout.clone() };
    let blocks = Block::set_each(rich, &text, &[look.width.0, look.width.0 * 0.6], true);
    let (middle, _) = point_of_inaccessibility(area);
    let Some((i, spot)) = callout::search(parts, &blocks, middle, ground, lines) else { return Vec::new() };
    let end = within(area, spot.from, middle);
    ground.take(callout::line_boxes(spot.from, end, look).chain([spot.rect.inflate(look.gap.0, look.gap.0)]));
    lines.push((spot.from, end));
    let block = blocks[i].clone();
    let block = match ink(paint, style) {
        Some(ink) => block.colored(ink),
        None => block,
    };
    let words = Node::Text(block.text(spot.rect.origin(), Anchor::Start, None, tag));
    vec![callout::leader(spot.from, end, look), callout::ring(end, look), words]
}

/// Where on the way from `from` to the middle of an area a line has gone far enough into it.
fn within(area: &BezPath, from: Point, middle: Point) -> Point {
    const STEPS: i32 = 100;
    let on_way = |k: i32| from.lerp(middle, f64::from(k) / f64::from(STEPS));
    // the last stretch of the way, which is in the area whole
    let outside = (0..STEPS).rev().find(|k| !contains(area, on_way(*k))).unwrap_or(0);
    on_way(outside).lerp(middle, INTO)
}

/// The colour of a class where it can be read on page and sea.
fn ink(paint: &Paint, style: &Style) -> Option<Color> {
    let Paint::Solid(color) = paint else { return None };
    let grounds = [style.page.background, style.map.sea];
    grounds.iter().all(|ground| color.contrast(*ground) >= CONTRAST).then_some(*color)
}
