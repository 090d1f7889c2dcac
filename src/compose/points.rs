//! Dots at positions: rows of a table where they lie, in the order of the table.
//!
//! Dots that no eye could tell apart are one, which says how many rows it stands for.

use std::collections::{BTreeMap, BTreeSet};

use kurbo::Point;

use super::{MapPart, circle, group};
use crate::geometry::LonLat;
use crate::paint::Paint;
use crate::scene::{Group, Node, Shape, Stroke, Tag};
use crate::style::MapLook;

/// A row that says where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// Its position.
    pub at: LonLat,
    /// 1-based line in its file.
    pub line: usize,
    /// What it is called; empty for none.
    pub name: String,
}

/// Dots closer than this, in px, are one.
const SAME: f64 = 0.5;

/// Draws `tables` of dots, a layer each; gives the layers and how many dots of each table are not on the map.
pub(super) fn draw(tables: &[Vec<Dot>], part: &MapPart<'_>, look: &MapLook) -> (Vec<Group>, Vec<usize>) {
    let layers = tables.iter().enumerate().map(|(index, dots)| {
        let id = if index == 0 { "points".to_owned() } else { format!("points-{}", index + 1) };
        layer(&id, dots, part, look)
    });
    layers.unzip()
}

fn layer(id: &str, dots: &[Dot], part: &MapPart<'_>, look: &MapLook) -> (Group, usize) {
    let cell = |p: Point| (libm::round(p.x / SAME) as i64, libm::round(p.y / SAME) as i64);
    let mut first = BTreeMap::<(i64, i64), usize>::new();
    let mut shown: Vec<(&Dot, Point, usize)> = Vec::new();
    let mut lost = 0;
    for dot in dots {
        let Some(at) = part.locate(dot.at) else {
            lost += 1;
            continue;
        };
        let index = *first.entry(cell(at)).or_insert(shown.len());
        match shown.get_mut(index) {
            Some((_, _, rows)) => *rows += 1,
            None => shown.push((dot, at, 1)),
        }
    }
    let mut lines = BTreeSet::new();
    let nodes = shown.into_iter().map(|(dot, at, rows)| {
        // records of JSON may stand on one line
        let own = if lines.insert(dot.line) { format!("{id}-{}", dot.line) } else { String::new() };
        Node::Shape(mark(own, dot, at, rows, look))
    });
    (group(id, nodes.collect()), lost)
}

fn mark(id: String, dot: &Dot, at: Point, rows: usize, look: &MapLook) -> Shape {
    let mut data = vec![
        ("line", dot.line.to_string()),
        ("lon", dot.at.lon.to_string()),
        ("lat", dot.at.lat.to_string()),
    ];
    if rows > 1 {
        data.push(("rows", rows.to_string()));
    }
    Shape {
        tag: Tag { id, title: dot.name.clone(), data },
        path: circle(at, look.point_radius.0),
        fill: Some(Paint::Solid(look.point)),
        stroke: Some(Stroke::solid(look.point_rim, look.point_rim_width.0)),
    }
}
