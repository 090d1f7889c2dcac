//! A locator: half the globe as from afar, with the main map's outline on it.

use kurbo::Rect;

use super::inset::Placed;
use super::map::MapPart;
use super::{Parts, group, rect_path};
use crate::geometry::{LonLat, Path, Polygon};
use crate::paint::Paint;
use crate::scene::{Group, Node, Shape, Stroke, Tag};

/// Draws `part` where it was placed; `rim`: the main map's outline on the globe.
pub fn draw(placed: &Placed, part: &MapPart<'_>, rim: &[LonLat], parts: &Parts<'_>) -> Group {
    let (map, look) = (&parts.style.map, &parts.style.inset);
    let (fit, clip) = (placed.fit(parts), placed.frame);
    let projector = &part.frame.projector;
    let shapes: Vec<&[Polygon]> =
        part.borders.shapes.iter().map(|(_, polygons)| polygons.as_slice()).collect();
    let land = projector.project(&part.borders.topology, &shapes, fit, clip).areas;
    let land = land.iter().flat_map(Path::elements).collect::<Path>();
    let sphere = projector.sphere(fit, clip);
    let outline = marked(projector.line(rim, fit, clip), look.locator_least.0);
    let prefix = format!("inset-{}-", placed.index + 1);
    let shape = |id: &str, path: Path, fill: Option<Paint>, stroke: Option<Stroke>| {
        let tag = Tag { id: format!("{prefix}{id}"), ..Tag::default() };
        Node::Shape(Shape { tag, path: path.into(), fill, stroke })
    };
    let mut nodes = vec![
        shape("sea", sphere.clone(), Some(Paint::Solid(map.sea)), None),
        shape("land", land, Some(Paint::Solid(map.land)), None),
        shape("edge", sphere, None, Some(Stroke::solid(map.globe, map.globe_width.0))),
        shape("outline", outline, None, Some(Stroke::solid(look.locator_line, look.locator_width.0))),
    ];
    nodes.extend(placed.words());
    group(&format!("inset-{}", placed.index + 1), nodes)
}

/// The outline; where that would hardly be seen, a square around it.
fn marked(outline: Path, least: f64) -> Path {
    let bounds = outline.bounding_box();
    if outline.is_empty() || bounds.width().max(bounds.height()) >= least {
        return outline;
    }
    rect_path(Rect::from_center_size(bounds.center(), (least, least)))
}
