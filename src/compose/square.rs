//! The legend of two numbers: its content from the scale that also paints the map, and its drawing.

use kurbo::{Point, Vec2};

use super::{polyline, rect_path};
use crate::geometry::{Path, length};
use crate::page::{Block, LegendEntry, LegendMark, SquareBox, SquareContent};
use crate::paint::Paint;
use crate::scale::{Class, Scale};
use crate::scene::{Anchor, Node, Shape, Stroke, Tag};
use crate::style::{SquareLook, Style};
use crate::text::Rich;
use crate::words::Words;

/// What the legend of the two numbers of `scale` says; `axes` are the words of both.
pub fn legend_content(scale: &Scale, axes: [Rich; 2], large: &Words, style: &Style) -> Option<SquareContent> {
    let square = scale.square.as_ref()?;
    let cell = |class: &Class| LegendEntry {
        key: class.key.clone(),
        label: class.label.clone(),
        count: None,
        paint: class.paint.clone(),
        symbol: None,
        upper: None,
        mark: LegendMark::Swatch,
    };
    let words =
        |breaks: &Vec<f64>| breaks.iter().map(|one| square.number.compact(*one, &large.large)).collect();
    let [first, second] = &square.breaks;
    Some(SquareContent {
        title: None,
        cells: scale.classes.iter().map(cell).collect(),
        columns: square.columns(),
        axes,
        breaks: [words(first), words(second)],
        look: style.bivariate.clone(),
        gap: style.legend.gap.0,
    })
}

/// Draws the square with its top left corner at `at`.
pub fn draw(legend: &SquareBox, at: Point, style: &Style) -> Vec<Node> {
    let (look, shift) = (&style.bivariate, at.to_vec2());
    let mut nodes = Vec::new();
    if let Some((block, corner)) = &legend.title {
        let tag = Tag { id: "legend-title".to_owned(), ..Tag::default() };
        nodes.push(Node::Text(block.text(*corner + shift, Anchor::Start, None, tag)));
    }
    let rim =
        (look.rim_width.0 > 0.0).then(|| Stroke { sharp: true, ..Stroke::solid(look.rim, look.rim_width.0) });
    for (entry, cell) in legend.entries.iter().zip(&legend.cells) {
        let tag = Tag {
            id: format!("legend-{}", entry.key),
            title: entry.label.clone(),
            data: vec![("class", entry.key.clone())],
        };
        let path = rect_path(*cell + shift);
        nodes.push(Node::Shape(Shape {
            tag,
            path: path.into(),
            fill: Some(entry.paint.clone()),
            stroke: rim.clone(),
        }));
    }
    for [from, to] in &legend.arrows {
        nodes.extend(arrow(*from + shift, *to + shift, look));
    }
    let mut words = |(block, corner): &(Block, Point), anchor, id: &str| {
        let tag = Tag { id: id.to_owned(), ..Tag::default() };
        nodes.push(Node::Text(block.text(*corner + shift, anchor, None, tag)));
    };
    words(&legend.axes[0], Anchor::Start, "legend-first");
    words(&legend.axes[1], Anchor::Start, "legend-second");
    legend.across.iter().for_each(|one| words(one, Anchor::Middle, ""));
    legend.upwards.iter().for_each(|one| words(one, Anchor::End, ""));
    nodes
}

/// A short arrow: its line and its head.
fn arrow(from: Point, to: Point, look: &SquareLook) -> [Node; 2] {
    let along = to - from;
    let along = along / length(along).max(1e-9);
    let side = Vec2::new(-along.y, along.x);
    let head = look.arrow_width.0 * 4.0;
    let mut tip: Path =
        polyline([to, to - along * head + side * head * 0.5, to - along * head - side * head * 0.5]);
    tip.close_path();
    let line = polyline([from, to - along * head * 0.8]);
    let stroke = Some(Stroke { sharp: true, ..Stroke::solid(look.arrow, look.arrow_width.0) });
    let shape = |path: Path, fill, stroke| {
        Node::Shape(Shape { tag: Tag::default(), path: path.into(), fill, stroke })
    };
    [shape(line, None, stroke), shape(tip, Some(Paint::Solid(look.arrow)), None)]
}
