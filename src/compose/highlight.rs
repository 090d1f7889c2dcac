//! Places that stand out: an outline around them, and the others paler.
//!
//! Works on the drawn map and the drawn legend, so that the scale and the values are as they were. The legend shows both
//! tints of each class.

use std::collections::BTreeSet;
use std::sync::Arc;

use kurbo::Rect;

use super::map::Drawn;
use super::{group, rect_path};
use crate::atlas::{Atlas, PlaceId};
use crate::geometry::Path;
use crate::paint::Color;
use crate::scene::{Group, Node, Shape, Stroke, Tag};
use crate::style::Style;

/// Which places stand out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Highlight {
    /// Which.
    pub places: Vec<PlaceId>,
    /// The share of the page's colour in that of the others, 0 to 1.
    pub dim: f64,
}

/// Layers whose marks step back.
const DIMMED: [&str; 3] = ["places", "markers", "symbols"];

/// Makes the places of `highlight` stand out on a drawn map whose ids begin with `prefix`.
pub fn apply(drawn: &mut Drawn, highlight: &Highlight, atlas: &Atlas, style: &Style, prefix: &str) {
    if highlight.places.is_empty() {
        return;
    }
    let page = style.page.background;
    let chosen: BTreeSet<PlaceId> = highlight.places.iter().copied().collect();
    let codes: BTreeSet<&str> = chosen.iter().map(|id| &*atlas.place(*id).code).collect();
    let layers = drawn.layers.iter_mut();
    let own = layers.filter(|layer| DIMMED.iter().any(|name| layer.id == format!("{prefix}{name}")));
    own.for_each(|layer| dim(layer, &codes, page, highlight.dim));
    let others = drawn.areas.iter_mut().filter(|(id, _)| !chosen.contains(id));
    for (_, (_, paint)) in others.filter(|(id, _)| drawn.with_data.contains(id)) {
        *paint = paint.mixed(page, highlight.dim);
    }
    let outlines = outlines(drawn, &chosen, style, prefix);
    let borders = drawn.layers.iter().position(|layer| layer.id == format!("{prefix}borders"));
    drawn.layers.insert(borders.map_or(drawn.layers.len(), |at| at + 1), outlines);
}

/// Shows in a drawn legend what the classes of the other places look like: the foot of each swatch is paler.
pub fn apply_to_legend(legend: &mut Group, highlight: &Highlight, style: &Style) {
    /// So much of a swatch's height.
    const FOOT: f64 = 0.4;
    if highlight.places.is_empty() || highlight.dim <= 0.0 {
        return;
    }
    let mut nodes = Vec::with_capacity(legend.nodes.len());
    for node in std::mem::take(&mut legend.nodes) {
        let foot = match &node {
            Node::Shape(shape) if is_class(&shape.tag) => shape.fill.as_ref().map(|fill| {
                let all = shape.path.bounding_box();
                let rect = Rect { y0: all.y1 - all.height() * FOOT, ..all };
                let fill = Some(fill.mixed(style.page.background, highlight.dim));
                Node::Shape(Shape { tag: Tag::default(), path: rect_path(rect).into(), fill, stroke: None })
            }),
            _ => None,
        };
        nodes.push(node);
        nodes.extend(foot);
    }
    legend.nodes = nodes;
}

/// Whether a mark of the legend stands for a class of places: points stay as they are.
fn is_class(tag: &Tag) -> bool {
    tag.data.iter().any(|(key, value)| *key == "class" && !value.starts_with("points-"))
}

/// Mixes the page's colour into all marks of a layer but those of the chosen places.
fn dim(layer: &mut Group, codes: &BTreeSet<&str>, page: Color, share: f64) {
    for node in &mut layer.nodes {
        let Node::Shape(shape) = node else { continue };
        let mut data = shape.tag.data.iter();
        let stands_out = data.any(|(key, value)| *key == "code" && codes.contains(value.as_str()));
        if let (false, Some(fill)) = (stands_out, &shape.fill) {
            shape.fill = Some(fill.mixed(page, share));
        }
    }
}

/// One outline around all chosen places, rim first.
fn outlines(drawn: &Drawn, chosen: &BTreeSet<PlaceId>, style: &Style, prefix: &str) -> Group {
    let look = &style.highlight;
    let mut path = Path::new();
    for (_, (outline, _)) in drawn.areas.iter().filter(|(id, _)| chosen.contains(id)) {
        path.append(outline);
    }
    let path = Arc::new(path);
    let stroked = |id: &str, color, width| {
        let tag = Tag { id: id.to_owned(), ..Tag::default() };
        let stroke = Some(Stroke::solid(color, width));
        Node::Shape(Shape { tag, path: path.clone(), fill: None, stroke })
    };
    let (line, rim) = (look.line_width.0, look.rim_width.0);
    let nodes = vec![stroked("", look.rim, line + 2.0 * rim), stroked("", look.line, line)];
    group(&format!("{prefix}highlight"), if path.is_empty() { Vec::new() } else { nodes })
}
