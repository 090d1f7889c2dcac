//! A sheet of the symbols of points, each with its name.

use kurbo::{Point, Size};

use crate::page::Block;
use crate::paint::Paint;
use crate::scene::{Anchor, Group, Node, Scene, Shape, Tag};
use crate::style::Style;
use crate::symbol::Symbol;
use crate::text::Rich;

/// A symbol's cell and its radius as shares of a specimen's.
const CELL: f64 = 0.5;
const RADIUS: f64 = 0.09;
/// Room for a symbol as a multiple of its radius: some reach further than a circle of their area.
const ROOM: f64 = 3.6;

/// Draws those of the set that are called so.
pub fn symbols(names: &[&str], width: f64, style: &Style) -> Scene {
    let margin = style.page.margin.0;
    let room = width - 2.0 * margin;
    let count = ((room / (style.specimen.cell.0 * CELL)) as usize).clamp(1, names.len().max(1));
    let cell = room / count as f64;
    let radius = style.specimen.cell.0 * RADIUS;
    let mut layers = Vec::new();
    let tall = radius * ROOM + style.text.legend.line_height() + 2.0 * style.page.gap.0;
    for (i, (name, symbol)) in names.iter().filter_map(|name| Some((*name, Symbol::named(name)?))).enumerate()
    {
        let middle = Point::new(
            margin + ((i % count) as f64 + 0.5) * cell,
            margin + (i / count) as f64 * tall + radius * ROOM / 2.0,
        );
        let shape = |part: crate::symbol::Part| {
            let fill = part.fill.map(|ink| ink.paint(&Paint::Solid(style.map.point)));
            Node::Shape(Shape { tag: Tag::default(), path: part.path.into(), fill, stroke: None })
        };
        let mut nodes: Vec<Node> = symbol.parts(middle, radius).into_iter().map(shape).collect();
        let block = Block::set(&Rich::plain(name), &style.text.legend, cell, true);
        let at = Point::new(middle.x, middle.y + radius * ROOM / 2.0);
        let tag = Tag { id: format!("{name}-name"), ..Tag::default() };
        nodes.push(Node::Text(block.text(at, Anchor::Middle, None, tag)));
        layers.push(Group { id: name.to_owned(), clip: None, nodes });
    }
    let rows = layers.len().div_ceil(count) as f64;
    Scene {
        size: Size::new(width, (2.0 * margin + rows * tall).ceil()),
        lang: "en".to_owned(),
        title: "Symbols of points".to_owned(),
        description: format!("Symbols of points: {}", names.join(", ")),
        metadata: Vec::new(),
        background: style.page.background,
        layers,
    }
}
