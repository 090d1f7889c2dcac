//! The ground around places that do not cover the globe: the land of the countries, pale, with its coasts and borders.

use super::group;
use super::map::{MapPart, owners};
use crate::geometry::{Path, Polygon};
use crate::paint::{Color, Paint};
use crate::scene::{Group, Node, Shape, Stroke, Tag};
use crate::style::MapLook;

/// Land and lines around the places of `part`; `None` where its places are all there is.
pub fn draw(part: &MapPart<'_>, look: &MapLook, prefix: &str) -> Option<[Group; 2]> {
    let borders = part.context?;
    let shapes: Vec<&[Polygon]> = borders.shapes.iter().map(|(_, polygons)| polygons.as_slice()).collect();
    let map = part.frame.projector.project(&borders.topology, &shapes, part.fit, part.clip);
    let mut land = Path::new();
    map.areas.iter().for_each(|area| land.append(area));
    let mut lines = [Path::new(), Path::new()];
    let drawn = owners(borders.reaches.len(), borders.shapes.iter());
    for (line, sides) in map.lines.iter().zip(&drawn) {
        match sides.iter().flatten().count() {
            0 => {}
            sides => lines[sides - 1].append(line),
        }
    }
    let [coasts, borders] = lines;
    let tag = |what: &str| Tag { id: format!("{prefix}{what}"), ..Tag::default() };
    let fill = Some(Paint::Solid(look.context));
    let stroked = |what: &str, path: Path, color: Color, width: f64| {
        let shape = Shape {
            tag: tag(what),
            path: path.into(),
            fill: None,
            stroke: Some(Stroke::solid(color, width)),
        };
        Node::Shape(shape)
    };
    let nodes = vec![
        stroked("context-coasts", coasts, look.coast, look.coast_width.0),
        stroked("context-borders", borders, look.border_dark, look.border_width.0 * 0.7),
    ];
    let land = Shape { tag: tag("context-land"), path: land.into(), fill, stroke: None };
    Some([
        group(&format!("{prefix}context"), vec![Node::Shape(land)]),
        group(&format!("{prefix}context-lines"), nodes),
    ])
}

/// The layer of the lakes.
pub fn lakes(path: Path, look: &MapLook, prefix: &str) -> Group {
    let shape =
        Shape { tag: Tag::default(), path: path.into(), fill: Some(Paint::Solid(look.lake)), stroke: None };
    group(&format!("{prefix}lakes"), vec![Node::Shape(shape)])
}
