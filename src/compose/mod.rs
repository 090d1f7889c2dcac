//! Every mark placed: map, labels, callouts, flows, legend, furniture, insets and charts → Scene.
//!
//! Takes the page (boxes), the maps (borders, paint and the step from degrees to px) and what is to be said on
//! them; gives the finished [`Scene`] and what could not be shown. Order of decisions: insets, then callouts,
//! then names, then flows: each sees what stands already and keeps out of its way.

mod alt;
mod callout;
mod chart;
mod flow;
mod furniture;
mod ground;
mod inset;
pub mod labels;
mod legend;
mod map;
mod naming;
mod plot;

pub use chart::{Chart, ChartKind, chart_size};
pub use inset::InsetMap;
pub use legend::legend_content;
pub use map::MapPart;
pub use naming::{LabelChoice, LabelOptions};

use kurbo::{BezPath, Point, Rect};

use crate::atlas::{Atlas, PlaceId};
use crate::diagnostic::{Diagnostic, Diagnostics, Warned};
use crate::geometry::LonLat;
use crate::page::Page;
use crate::scale::NumberFormat;
use crate::scene::{Group, Node, Scene};
use crate::style::Style;
use crate::text::Rich;
use crate::words::Words;
use ground::Ground;

/// A position on the globe, and the place it stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// The position.
    pub at: LonLat,
    /// The place whose label point it is.
    pub place: Option<PlaceId>,
}

/// A remark tied to a position.
#[derive(Clone, Debug)]
pub struct Callout {
    /// Where.
    pub at: Target,
    /// What is said.
    pub text: Rich,
}

/// Arrows from one place to others.
#[derive(Clone, Debug)]
pub struct Flow {
    /// Where they begin.
    pub from: Target,
    /// Where they end.
    pub to: Vec<Target>,
}

/// Everything that a figure is made of.
pub struct Parts<'a> {
    /// Places and names.
    pub atlas: &'a Atlas,
    /// Looks.
    pub style: &'a Style,
    /// The fixed words of the language.
    pub words: &'a Words,
    /// How numbers are written.
    pub number: &'a NumberFormat,
    /// The sheet of paper.
    pub page: &'a Page,
    /// The main map.
    pub map: MapPart<'a>,
    /// Further maps.
    pub insets: Vec<InsetMap<'a>>,
    /// Which places of the main map are named.
    pub labels: &'a LabelOptions,
    /// Remarks.
    pub callouts: &'a [Callout],
    /// Arrows.
    pub flows: &'a [Flow],
    /// Small charts.
    pub charts: &'a [Chart],
    /// The title in plain words.
    pub title: String,
    /// The alternative text; `None`: made from the data.
    pub alt: Option<String>,
    /// Facts for the file's metadata.
    pub metadata: Vec<(String, String)>,
}

/// Composes the figure.
pub fn compose(parts: &Parts<'_>) -> Warned<Scene> {
    let (style, page) = (parts.style, parts.page);
    let mut warnings = Diagnostics::default();
    let drawn = map::draw(&parts.map, parts.atlas, style, "");
    warnings.extend(unseen(parts, &drawn));
    let mut ground = Ground::new(&drawn, page.map);
    let insets = inset::place(&parts.insets, parts, &mut ground);
    let callouts = callout::place(parts, &mut ground, &mut warnings);
    let aims = flow::aims(parts, &drawn);
    let names = naming::place(parts, &drawn, &ground, &aims, &mut warnings);
    let flows = flow::draw(&aims, &names, &ground, style);

    let mut layers = Vec::new();
    layers.extend(drawn.layers);
    layers.push(flows);
    layers.extend(naming::layers(&names, style));
    layers.extend(callouts);
    layers.extend(inset::draw(&insets, parts));
    layers.extend(parts.page.legend.as_ref().map(|(legend, at)| legend::draw(legend, *at, style)));
    layers.extend(chart::draw(parts, &mut warnings));
    layers.push(furniture::draw(page));
    layers.retain(|layer| !layer.nodes.is_empty());
    let description = parts.alt.clone().unwrap_or_else(|| alt::describe(parts));
    let scene = Scene {
        size: page.size,
        lang: parts.words.tag.to_owned(),
        title: parts.title.clone(),
        description,
        metadata: parts.metadata.clone(),
        background: style.page.background,
        layers,
    };
    Warned { value: scene, warnings }
}

/// Matched places that the frame does not show, in one warning.
fn unseen(parts: &Parts<'_>, drawn: &map::Drawn) -> Option<Diagnostic> {
    let seen_in_inset = |id: &PlaceId| {
        parts.insets.iter().any(|inset| inset.part.join.values.contains_key(id) && !inset.own_data)
    };
    let lost = parts.map.join.values.keys().filter(|id| !drawn.seen.contains(id) && !seen_in_inset(id));
    let names: Vec<&str> = lost.map(|id| parts.atlas.place(*id).name).collect();
    if names.is_empty() {
        return None;
    }
    let shown = names.iter().take(8).copied().collect::<Vec<_>>().join(", ");
    let more = if names.len() > 8 { format!(" and {} more", names.len() - 8) } else { String::new() };
    let verb = if names.len() == 1 { "is" } else { "are" };
    let one = Diagnostic::warning(format!("{shown}{more} {verb} in the table but outside the frame"));
    Some(one.hint("widen `frame.fit`, or add an [[inset]]"))
}

/// A group of the given nodes.
fn group(id: &str, nodes: Vec<Node>) -> Group {
    Group { id: id.to_owned(), clip: None, nodes }
}

/// A rectangle as a path.
fn rect_path(rect: Rect) -> BezPath {
    let mut path = BezPath::new();
    path.move_to((rect.x0, rect.y0));
    path.line_to((rect.x1, rect.y0));
    path.line_to((rect.x1, rect.y1));
    path.line_to((rect.x0, rect.y1));
    path.close_path();
    path
}

/// A circle as four cubic arcs (the usual constant 4/3·(√2−1)).
fn circle(center: Point, radius: f64) -> BezPath {
    let k = radius * 0.552_284_749_830_793_4;
    let (x, y, r) = (center.x, center.y, radius);
    let mut path = BezPath::new();
    path.move_to((x + r, y));
    path.curve_to((x + r, y + k), (x + k, y + r), (x, y + r));
    path.curve_to((x - k, y + r), (x - r, y + k), (x - r, y));
    path.curve_to((x - r, y - k), (x - k, y - r), (x, y - r));
    path.curve_to((x + k, y - r), (x + r, y - k), (x + r, y));
    path.close_path();
    path
}
