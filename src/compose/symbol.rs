//! Circles of amounts: which places have one, where it stands, and its drawing, largest at the back.
//!
//! A circle stands on the label point of its place; where that lies outside the frame, in the widest part of what is
//! seen of the place. It is moved into the frame where it would leave it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kurbo::{Point, Vec2};

use super::labels::{CLOSED, Form, Obstacle, Target, point_of_inaccessibility};
use super::map::{Drawn, MapPart};
use super::{Parts, group, main_area, polyline};
use crate::atlas::{Atlas, PlaceId};
use crate::diagnostic::Diagnostic;
use crate::geometry::{Path, length};
use crate::join::Value;
use crate::page::{CircleBox, CircleContent};
use crate::paint::{Color, Paint, Pattern};
use crate::scale::Sizes;
use crate::scene::{Anchor, Group, Node, Shape, Stroke, Tag};
use crate::style::{Style, TextLook};
use crate::symbol::Symbol;
use crate::text::Rich;
use crate::words::Words;

/// A circle on the page.
#[derive(Clone, Debug)]
pub struct Disc {
    /// Its middle.
    pub at: Point,
    /// Its radius.
    pub radius: f64,
    /// Its paint.
    pub paint: Paint,
    /// What words on it stand on: its paint over the land.
    pub ground: Paint,
}

impl Disc {
    /// Its outline in straight edges.
    pub fn outline(&self) -> Path {
        const SIDES: usize = 48;
        let corner = |i: usize| {
            let (sin, cos) = libm::sincos(std::f64::consts::TAU * i as f64 / SIDES as f64);
            self.at + Vec2::new(cos, sin) * self.radius
        };
        let mut path = polyline((0..SIDES).map(corner));
        path.close_path();
        path
    }

    /// What other names keep off: the circle, and, at some cost, the ring around it where its own name may stand.
    pub fn obstacles(&self, owner: Option<usize>, look: &TextLook) -> [Obstacle; 2] {
        /// Cost of standing in the ring, and its width in em.
        const NEAR: f64 = 0.3;
        const RING: f64 = 0.6;
        let around = Disc { radius: self.radius + look.size.0 * RING, ..self.clone() };
        let obstacle =
            |disc: &Disc, weight| Obstacle { path: disc.outline().into(), reach: 0.0, weight, owner };
        [obstacle(self, CLOSED), obstacle(&around, NEAR)]
    }

    /// Where its name goes: on it where one of the better forms fits, else beside it.
    pub fn target(&self, forms: &[Form]) -> Target {
        /// A form that is worse than this is rather set beside the circle.
        const GOOD: f64 = 0.2;
        /// So much of the radius is free for words.
        const FREE: f64 = 0.9;
        let fits = |form: &&Form| length(form.size.to_vec2()) / 2.0 <= self.radius * FREE;
        match forms.iter().filter(|form| form.penalty <= GOOD).any(|form| fits(&form)) {
            true => Target::Area(self.outline().into()),
            false => Target::Point(self.at, self.radius),
        }
    }
}

/// The circles of a map, and all places with data that are seen on it.
pub fn find(
    part: &MapPart<'_>,
    atlas: &Atlas,
    areas: &BTreeMap<PlaceId, (Arc<Path>, Paint)>,
) -> (BTreeMap<PlaceId, Disc>, BTreeSet<PlaceId>) {
    let (mut discs, mut seen) = (BTreeMap::new(), BTreeSet::new());
    let own = part.join.values.keys().filter(|id| atlas.drawn_as(**id).is_none());
    for id in own.filter(|id| part.only.is_empty() || part.only.contains(id)) {
        let path = areas.get(id).map(|(path, _)| path);
        let within = || {
            let path = path.filter(|path| share_seen(part, atlas.place(*id).area_km2, path) >= SEEN)?;
            Some(point_of_inaccessibility(&main_area(path).0).0)
        };
        let at = part.locate(atlas.place(*id).label).or_else(within);
        if at.is_none() {
            continue;
        }
        seen.insert(*id);
        if let Some((at, radius)) = at.zip(radius(part, *id)) {
            let paint = part.scale.paint(part.join.values.get(id)).into_owned();
            let ground = over(&paint, &part.scale.land);
            discs.insert(*id, Disc { at: moved_in(at, radius, part), radius, paint, ground });
        }
    }
    (discs, seen)
}

/// A place whose label point is not in the frame has a circle where at least so much of its land is seen: a corner of
/// Alaska does not stand for the United States, Russia as far as the Urals does for Russia.
const SEEN: f64 = 0.2;

/// About what share of a place is seen: exactly, where areas are true.
fn share_seen(part: &MapPart<'_>, area_km2: f64, path: &Path) -> f64 {
    const EARTH_KM: f64 = 6371.0;
    let scale = part.fit.scale / EARTH_KM;
    path.area().abs() / (area_km2 * scale * scale).max(1e-9)
}

fn radius(part: &MapPart<'_>, id: PlaceId) -> Option<f64> {
    match part.join.amounts().get(&id)? {
        Value::Number(amount) => part.scale.sizes.as_ref()?.radius(*amount),
        _ => None,
    }
}

/// `at`, so far from the frame's edge that the circle stands inside.
fn moved_in(at: Point, radius: f64, part: &MapPart<'_>) -> Point {
    let within = |x: f64, from: f64, to: f64| {
        if to - from < 2.0 * radius { x } else { x.max(from + radius).min(to - radius) }
    };
    let clip = part.clip;
    Point::new(within(at.x, clip.x0, clip.x1), within(at.y, clip.y0, clip.y1))
}

fn over(paint: &Paint, land: &Paint) -> Paint {
    let mixed = |color: Color| {
        let opaque = Color { a: 255, ..color };
        land.ground().mix(opaque, f64::from(color.a) / 255.0)
    };
    match paint {
        Paint::Solid(color) => Paint::Solid(mixed(*color)),
        Paint::Pattern(pattern) => {
            Paint::Pattern(Pattern { ground: mixed(pattern.ground), ..pattern.clone() })
        }
    }
}

/// What a place beneath the circles is painted with: land, or missing data where it has no amount.
pub fn ground<'a>(part: &MapPart<'a>, id: PlaceId) -> &'a Paint {
    let missing = matches!(part.join.amounts().get(&id), Some(Value::Missing));
    let no_data = part.scale.no_data.as_ref().map(|class| &class.paint).filter(|_| missing);
    no_data.unwrap_or(&part.scale.land)
}

/// Places that have a row and no circle, in one warning.
pub fn without(parts: &Parts<'_>) -> Option<Diagnostic> {
    parts.map.scale.sizes.as_ref()?;
    let amounts = parts.map.join.amounts().iter();
    let zero = amounts.filter(|(_, value)| matches!(value, Value::Number(number) if *number == 0.0));
    let names: Vec<&str> = zero.map(|(id, _)| &*parts.atlas.place(*id).name).collect();
    if names.is_empty() {
        return None;
    }
    let shown = names.iter().take(8).copied().collect::<Vec<_>>().join(", ");
    let more = if names.len() > 8 { format!(" and {} more", names.len() - 8) } else { String::new() };
    let verb = if names.len() == 1 { "has" } else { "have" };
    let one = Diagnostic::warning(format!("{shown}{more} {verb} the value 0, and no circle"));
    Some(one.hint("say so in the note, or leave these rows out by `filter` in [data]"))
}

/// The layer of the circles: the largest at the back.
pub fn layer(part: &MapPart<'_>, atlas: &Atlas, drawn: &Drawn, style: &Style, prefix: &str) -> Group {
    let look = &style.symbols;
    let rim = Stroke::solid(look.rim, look.rim_width.0);
    let mut order: Vec<(&PlaceId, &Disc)> = drawn.circles.iter().collect();
    order.sort_by(|a, b| b.1.radius.total_cmp(&a.1.radius));
    let dark = Stroke::solid(look.legend_line, look.legend_line_width.0);
    let no_data = part.scale.no_data.as_ref().map(|class| &class.paint);
    let form = part.scale.sizes.as_ref().map_or(Symbol::CIRCLE, |sizes| sizes.symbol.clone());
    let outline = |disc: &Disc| {
        form.parts(disc.at, disc.radius).into_iter().next().map_or_else(Path::new, |part| part.path)
    };
    let nodes = order.into_iter().map(|(id, disc)| {
        // a circle of missing data is too pale to be seen without its own rim
        let rim = if no_data == Some(&disc.paint) { &dark } else { &rim };
        Node::Shape(Shape {
            tag: tag(part, atlas, *id, prefix),
            path: outline(disc).into(),
            fill: Some(disc.paint.clone()),
            stroke: Some(rim.clone()),
        })
    });
    group(&format!("{prefix}symbols"), nodes.collect())
}

/// What a circle carries: the place's code and amount, and, where the value of another column colours it, that value and
/// its class.
fn tag(part: &MapPart<'_>, atlas: &Atlas, id: PlaceId, prefix: &str) -> Tag {
    let (place, join) = (atlas.place(id), part.join);
    let mut tag = Tag {
        id: format!("{prefix}symbol-{}", place.code),
        title: place.name.to_string(),
        data: vec![("code", place.code.to_string())],
    };
    let (Some(Value::Number(amount)), Some(sizes)) = (join.amounts().get(&id), &part.scale.sizes) else {
        return tag;
    };
    tag.title = format!("{}: {}", place.name, sizes.number.shortest(*amount));
    if join.size_column.is_none() {
        tag.data.push(("value", amount.to_string()));
        return tag;
    }
    let value = join.values.get(&id);
    let written = match value {
        Some(Value::Number(value)) => Some(value.to_string()),
        Some(Value::Text(value)) => Some(value.to_string()),
        Some(Value::Pair([one, other])) => Some(format!("{one}; {other}")),
        _ => None,
    };
    tag.data.extend(written.map(|value| ("value", value)));
    tag.data.push(("size", amount.to_string()));
    if let Some(class) = value.and_then(|value| part.scale.shown(value)) {
        tag.data.push(("class", class.key.clone()));
        tag.title = format!("{}; {}", tag.title, class.label);
    }
    tag
}

/// What the legend of `sizes` says; its examples are shown as `symbol`.
pub fn legend_content(
    sizes: &Sizes,
    title: Option<Rich>,
    symbol: &Symbol,
    words: &Words,
    style: &Style,
) -> CircleContent {
    let example = |value: &f64| Some((sizes.radius(*value)?, sizes.number.compact(*value, &words.large)));
    let examples: Vec<(f64, String)> = sizes.examples.iter().filter_map(example).collect();
    let symbol = symbol.clone();
    CircleContent { title, examples, symbol, look: style.symbols.clone(), gap: style.legend.gap.0 }
}

/// Draws the legend of the circles with its top left corner at `at`.
pub fn draw_legend(legend: &CircleBox, at: Point, style: &Style) -> Vec<Node> {
    let (look, shift) = (&style.symbols, at.to_vec2());
    let line = Stroke::solid(look.legend_line, look.legend_line_width.0);
    let mut nodes = Vec::new();
    if let Some((block, corner)) = &legend.title {
        let tag = Tag { id: "legend-symbols-title".to_owned(), ..Tag::default() };
        nodes.push(Node::Text(block.text(*corner + shift, Anchor::Start, None, tag)));
    }
    for (center, radius) in &legend.circles {
        for part in legend.symbol.parts(*center + shift, *radius) {
            let fill = Some(Paint::Solid(look.legend_fill));
            let tag = Tag::default();
            nodes.push(Node::Shape(Shape { tag, path: part.path.into(), fill, stroke: Some(line.clone()) }));
        }
    }
    for leader in &legend.leaders {
        let path = polyline(leader.map(|p| p + shift));
        let stroke = Some(Stroke { sharp: true, ..line.clone() });
        nodes.push(Node::Shape(Shape { tag: Tag::default(), path: path.into(), fill: None, stroke }));
    }
    for (block, corner) in &legend.words {
        nodes.push(Node::Text(block.text(*corner + shift, Anchor::Start, None, Tag::default())));
    }
    nodes
}
