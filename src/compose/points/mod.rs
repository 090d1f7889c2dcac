//! Symbols at positions: rows of a table where they lie.
//!
//! Points that no eye could tell apart are one, which says how many rows it stands for, unless they are moved apart
//! (`dodge`) or put together with their neighbours (`cluster`). Sized ones stand largest at the back, others in the order of
//! the table.

mod cluster;
mod dodge;
mod names;

use std::collections::{BTreeMap, BTreeSet};

use kurbo::{Point, Rect, Vec2};

pub use names::{draw as draw_names, named, wishes};

use super::{MapPart, circle, group};
use crate::geometry::LonLat;
use crate::page::Block;
use crate::paint::Paint;
use crate::scene::{Anchor, Group, Node, Shape, Stroke, Tag};
use crate::style::Style;
use crate::symbol::Symbol;

/// A row that says where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// Its position.
    pub at: LonLat,
    /// 1-based line in its file.
    pub line: usize,
    /// What it is called; empty for none.
    pub name: String,
    /// Which of the classes it is in.
    pub class: usize,
    /// Radius of a circle of its size, px.
    pub radius: f64,
    /// Its value and its amount as data.
    pub data: Vec<(&'static str, String)>,
}

/// A class of points; points without classes are one.
#[derive(Clone, Debug, PartialEq)]
pub struct DotClass {
    /// A stable key.
    pub key: String,
    /// Its words in the legend; empty for none.
    pub label: String,
    /// Its paint.
    pub paint: Paint,
    /// What stands there.
    pub symbol: Symbol,
    /// Radius of a circle of its size where no amount sizes it, px.
    pub radius: f64,
}

/// A table of points.
#[derive(Clone, Debug, PartialEq)]
pub struct Dots {
    /// The rows that are drawn.
    pub dots: Vec<Dot>,
    /// The classes they are in; one at least.
    pub classes: Vec<DotClass>,
    /// Whether amounts size them.
    pub sized: bool,
    /// Whether their names stand beside them.
    pub labels: bool,
    /// Points that lie over one another are moved apart.
    pub dodge: bool,
    /// Points that are closer than so many px become one.
    pub cluster: Option<f64>,
}

/// A symbol on the page.
#[derive(Clone, Debug)]
pub struct Placed<'d> {
    /// The rows that it stands for; one at least.
    pub dots: Vec<&'d Dot>,
    /// Its middle.
    pub at: Point,
    /// Radius of a circle of its size.
    pub radius: f64,
    /// It is the circle of points that are close together, with their number.
    pub counts: bool,
}

impl Placed<'_> {
    /// The box around it.
    pub fn rect(&self, classes: &[DotClass]) -> Rect {
        if self.counts {
            return Rect::from_center_size(self.at, (self.radius * 2.0, self.radius * 2.0));
        }
        let unit = classes[self.dots[0].class].symbol.bounds();
        let corner = |x: f64, y: f64| self.at + Vec2::new(x, y) * self.radius;
        Rect::from_points(corner(unit.x0, unit.y0), corner(unit.x1, unit.y1))
    }
}

/// A table of points on the page.
pub struct Layer<'d> {
    /// The id of its group.
    pub id: String,
    /// Its classes.
    pub table: &'d Dots,
    /// Its symbols in drawing order.
    pub placed: Vec<Placed<'d>>,
    /// How many rows are not on the map.
    pub lost: usize,
    /// How many symbols could not be moved apart.
    pub crowded: usize,
}

/// Points closer than this, in px, are one.
const SAME: f64 = 0.5;

/// Up to so many symbols are kept free of words; among more there would be no room for any.
const KEPT_FREE: usize = 300;

/// Where the points of `tables` stand.
pub fn place<'d>(tables: &[&'d Dots], part: &MapPart<'_>, style: &Style) -> Vec<Layer<'d>> {
    let layer = |(index, table): (usize, &'d Dots)| {
        let id = if index == 0 { "points".to_owned() } else { format!("points-{}", index + 1) };
        layer(id, table, part, style)
    };
    tables.iter().copied().enumerate().map(layer).collect()
}

fn layer<'d>(id: String, table: &'d Dots, part: &MapPart<'_>, style: &Style) -> Layer<'d> {
    let look = &style.points;
    let seen: Vec<Placed<'d>> = table
        .dots
        .iter()
        .filter_map(|dot| {
            Some(Placed { at: part.locate(dot.at)?, dots: vec![dot], radius: dot.radius, counts: false })
        })
        .collect();
    let lost = table.dots.len() - seen.len();
    let mut crowded = 0;
    let mut placed = match table.cluster {
        Some(distance) => cluster::cluster(seen, distance, look),
        None if table.dodge => {
            let mut seen = seen;
            let reach: Vec<f64> = seen.iter().map(|one| reach(one, &table.classes)).collect();
            crowded = dodge::dodge(&mut seen, &reach, look, part.clip);
            seen
        }
        None => merged(seen),
    };
    if table.sized {
        placed.sort_by(|a, b| b.radius.total_cmp(&a.radius));
    }
    Layer { id, table, placed, lost, crowded }
}

/// How far a symbol reaches from its point: between the least and the most.
fn reach(one: &Placed<'_>, classes: &[DotClass]) -> f64 {
    let unit = classes[one.dots[0].class].symbol.bounds();
    one.radius * (unit.width() + unit.height()) / 4.0
}

/// Points of one class and size that no eye could tell apart become one.
fn merged(seen: Vec<Placed<'_>>) -> Vec<Placed<'_>> {
    let cell = |p: Point| (libm::round(p.x / SAME) as i64, libm::round(p.y / SAME) as i64);
    let mut first = BTreeMap::<((i64, i64), usize, u64), usize>::new();
    let mut shown: Vec<Placed<'_>> = Vec::new();
    for one in seen {
        let alike = (cell(one.at), one.dots[0].class, one.radius.to_bits());
        let index = *first.entry(alike).or_insert(shown.len());
        match shown.get_mut(index) {
            Some(other) => other.dots.extend(one.dots),
            None => shown.push(one),
        }
    }
    shown
}

/// The boxes that words and furniture keep off.
pub fn boxes(layers: &[Layer<'_>]) -> Vec<Rect> {
    if layers.iter().map(|layer| layer.placed.len()).sum::<usize>() > KEPT_FREE {
        return Vec::new();
    }
    layers.iter().flat_map(|layer| layer.placed.iter().map(|one| one.rect(&layer.table.classes))).collect()
}

/// Draws a layer.
pub fn draw(layer: &Layer<'_>, style: &Style) -> Group {
    let mut lines = BTreeSet::new();
    let nodes = layer.placed.iter().flat_map(|one| {
        let line = one.dots[0].line;
        // records of JSON may stand on one line
        let id = if lines.insert(line) { format!("{}-{line}", layer.id) } else { String::new() };
        match one.counts {
            true => counted(id, one, layer.table, style),
            false => single(id, one, layer.table, style),
        }
    });
    group(&layer.id, nodes.collect())
}

/// A symbol: its outlines, with the rim beneath those of a drawing.
fn single(id: String, one: &Placed<'_>, table: &Dots, style: &Style) -> Vec<Node> {
    let (dot, look) = (one.dots[0], &style.map);
    let class = &table.classes[dot.class];
    let mut data = vec![
        ("line", dot.line.to_string()),
        ("lon", dot.at.lon.to_string()),
        ("lat", dot.at.lat.to_string()),
    ];
    if one.dots.len() > 1 {
        data.push(("rows", one.dots.len().to_string()));
    }
    data.extend(dot.data.iter().cloned());
    let title = match (class.label.as_str(), dot.name.as_str()) {
        ("", name) => name.to_owned(),
        (label, "") => label.to_owned(),
        (label, name) => format!("{name}: {label}"),
    };
    let tag = Tag { id, title, data };
    let rim = Stroke::solid(look.point_rim, look.point_rim_width.0);
    mark(&class.symbol, &class.paint, one.at, one.radius, Some(&rim), tag)
}

/// A symbol as marks of a scene; several of them are a group.
pub fn mark(
    symbol: &Symbol,
    paint: &Paint,
    at: Point,
    radius: f64,
    rim: Option<&Stroke>,
    tag: Tag,
) -> Vec<Node> {
    let paint = paint.on_disc((at.x, at.y), radius);
    let parts = symbol.parts(at, radius);
    let inks = |part: &crate::symbol::Part| {
        let line = part.line.as_ref().map(|line| Stroke {
            sharp: line.sharp,
            ..Stroke::solid(line.ink.paint(&paint).ground(), line.width)
        });
        (part.fill.map(|ink| ink.paint(&paint)), line)
    };
    if symbol.is_form() {
        let shape = |part: crate::symbol::Part| {
            let (fill, _) = inks(&part);
            Node::Shape(Shape { tag: tag.clone(), path: part.path.into(), fill, stroke: rim.cloned() })
        };
        return parts.into_iter().map(shape).collect();
    }
    let mut nodes = Vec::new();
    for part in rim.iter().flat_map(|rim| parts.iter().map(move |part| (rim, part))) {
        let (rim, part) = part;
        let own = part.line.as_ref().map_or(0.0, |line| line.width);
        let stroke = Stroke::solid(rim.color, own + 2.0 * rim.width);
        let fill = part.fill.map(|_| Paint::Solid(rim.color));
        nodes.push(Node::Shape(Shape {
            tag: Tag::default(),
            path: part.path.clone().into(),
            fill,
            stroke: Some(stroke),
        }));
    }
    let title = tag.title.clone();
    let mut tag = Some(tag);
    let mut id = String::new();
    for part in parts {
        let (fill, stroke) = inks(&part);
        let mut own = tag.take().unwrap_or_else(|| Tag { title: title.clone(), ..Tag::default() });
        if id.is_empty() && !own.id.is_empty() {
            id = std::mem::take(&mut own.id);
        }
        nodes.push(Node::Shape(Shape { tag: own, path: part.path.into(), fill, stroke }));
    }
    vec![Node::Group(Group { id, clip: None, nodes })]
}

/// The circle of several points and their number.
fn counted(id: String, one: &Placed<'_>, table: &Dots, style: &Style) -> Vec<Node> {
    let classes: BTreeSet<usize> = one.dots.iter().map(|dot| dot.class).collect();
    let own = classes.first().filter(|_| classes.len() == 1).map(|class| &table.classes[*class].paint);
    let paint = own.cloned().unwrap_or(Paint::Solid(style.map.point));
    let names: Vec<&str> =
        one.dots.iter().map(|dot| dot.name.as_str()).filter(|name| !name.is_empty()).collect();
    let rows = one.dots.len().to_string();
    let tag = Tag { id, title: names.join(", "), data: vec![("rows", rows.clone())] };
    circle_of(one.at, one.radius, paint, &rows, tag, style)
}

/// The circle of several points: how many, in words.
pub fn circle_of(at: Point, radius: f64, paint: Paint, count: &str, tag: Tag, style: &Style) -> Vec<Node> {
    let rim = Stroke::solid(style.map.point_rim, style.map.point_rim_width.0);
    let block = Block::line(count, &style.text.point).colored(best(paint.ground(), style));
    let corner = Point::new(at.x, at.y - block.size.height / 2.0);
    vec![
        Node::Shape(Shape { tag, path: circle(at, radius).into(), fill: Some(paint), stroke: Some(rim) }),
        Node::Text(block.text(corner, Anchor::Middle, None, Tag::default())),
    ]
}

/// The ink that reads best on `ground`.
fn best(ground: crate::paint::Color, style: &Style) -> crate::paint::Color {
    let look = &style.labels;
    let better = look.on_light.contrast(ground) >= look.on_dark.contrast(ground);
    if better { look.on_light } else { look.on_dark }
}
