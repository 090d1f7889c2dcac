//! Every mark placed: map, labels, callouts, flows, legend, furniture, insets and charts → Scene.
//!
//! Takes the page (boxes), the maps (borders, paint and the step from degrees to px) and what is to be said on
//! them; gives the finished [`Scene`] and what could not be shown. What can stand in several places is arranged at once: see
//! `arrange`.

mod alt;
mod arrange;
mod callout;
mod chart;
mod coast;
mod context;
mod degrees;
mod direct;
mod field;
mod flow;
mod furniture;
mod ground;
mod highlight;
mod inline;
mod inset;
pub mod labels;
mod legend;
mod locator;
mod map;
mod marker;
mod measure;
mod naming;
mod pin;
mod plot;
mod points;
mod square;
mod symbol;

pub use chart::{Chart, ChartKind, chart_size};
pub use direct::Direct;
pub use flow::{FlowScale, flow_entries};
pub use furniture::{Furniture, LengthUnit};
pub use highlight::Highlight;
pub use inline::{Sentences, sentences};
pub use inset::{InsetMap, fit as inset_fit, size as inset_size};
pub use legend::{LegendOptions, LegendWish, Shown, legend_content};
pub use map::MapPart;
pub(crate) use map::keep_nearby;
pub use naming::{LabelChoice, LabelOptions};
pub use pin::{CalloutPin, Corner, LabelPin, Pinned, Spot};
pub use points::{Dot, DotClass, Dots};
pub use square::legend_content as square_content;
pub use symbol::legend_content as circle_content;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::geometry::{Path, Subpath};
use kurbo::{Point, Rect, Vec2};

use crate::atlas::{Atlas, PlaceId};
use crate::diagnostic::{Diagnostic, Diagnostics, Warned};
use crate::geometry::LonLat;
use crate::page::{LegendContent, Page};
use crate::projection::Fit;
use crate::scale::NumberFormat;
use crate::scene::{Group, Node, Scene};
use crate::style::Style;
use crate::text::Rich;
use crate::words::Words;
use arrange::{Blocks, Loose};
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
    /// What a user's hand has set.
    pub pin: CalloutPin,
}

/// Arrows from one place to others.
#[derive(Clone, Debug)]
pub struct Flow {
    /// Where they begin.
    pub from: Target,
    /// Where they end.
    pub to: Vec<FlowEnd>,
}

/// Where an arrow ends, and how much it stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FlowEnd {
    /// The place or position.
    pub target: Target,
    /// The amount.
    pub value: Option<f64>,
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
    /// Scale, direction and degrees.
    pub furniture: &'a Furniture,
    /// Tables of points.
    pub points: &'a [&'a Dots],
    /// Remarks.
    pub callouts: &'a [Callout],
    /// Arrows.
    pub flows: &'a [Flow],
    /// How their amounts are shown.
    pub flow_scale: &'a FlowScale,
    /// Places that stand out.
    pub highlight: &'a Highlight,
    /// Words on the map in place of a legend.
    pub direct: &'a [Direct],
    /// Small charts.
    pub charts: &'a [Chart],
    /// A legend that stands on the map, and where.
    pub legend: Option<(LegendContent, Spot)>,
    /// The title in plain words.
    pub title: String,
    /// The alternative text; `None`: made from the data.
    pub alt: Option<String>,
    /// Facts for the file's metadata.
    pub metadata: Vec<(String, String)>,
}

/// A composed figure.
pub struct Composed {
    /// Every mark.
    pub scene: Scene,
    /// Places of the main table that neither the map nor an inset shows.
    pub unseen: Vec<PlaceId>,
    /// For each inset, the step from its unit plane to the page and the box that it is clipped to.
    pub insets: Vec<(Fit, Rect)>,
    /// How many points of each table are not on the map, and how many still lie over others.
    pub lost_points: Vec<(usize, usize)>,
}

/// Composes the figure.
pub fn compose(parts: &Parts<'_>) -> Warned<Composed> {
    let (style, page) = (parts.style, parts.page);
    let mut warnings = Diagnostics::default();
    // insets are drawn beside the map, as large as wished, and moved to their places when these are known
    let (drawn, drawn_insets) = rayon::join(
        || {
            let mut drawn = map::draw(&parts.map, parts.atlas, style, "");
            highlight::apply(&mut drawn, parts.highlight, parts.atlas, style, "");
            drawn
        },
        || inset::drawn(parts),
    );
    let points = points::place(parts.points, &parts.map, style);
    let (words, wishes) = points::wishes(&points, style);
    let arrange = |most: f64| {
        let mut warnings = Diagnostics::default();
        let (mut ground, blocks) = rayon::join(
            || {
                let mut ground = Ground::new(&drawn, page.map);
                ground.take(points::boxes(&points));
                ground
            },
            || Blocks::set(parts, &mut warnings),
        );
        let loose = Loose::new(parts, blocks, &drawn, &mut ground, most, &mut warnings);
        (loose.arrange(parts, &drawn, &mut ground, &wishes), warnings)
    };
    let smaller = inset::SMALLER.into_iter().skip(1);
    let first = arrange(1.0);
    let (arranged, found) =
        smaller.fold(first, |last, most| if last.0.is_crowded { arrange(most) } else { last });
    warnings.extend(found);
    let insets = arranged.insets.iter().zip(drawn_insets).map(|(placed, drawn)| placed.take(drawn, parts));
    let (insets, seen_in_insets): (Vec<Group>, Vec<BTreeSet<PlaceId>>) = insets.unzip();
    let seen_in_insets: BTreeSet<PlaceId> = seen_in_insets.into_iter().flatten().collect();
    let on_page = arranged.insets.iter().map(|one| (one.fit(parts), one.frame)).collect();
    let names = arranged.names;
    let named = points::named(&words, &names.points, &drawn, style);
    let unseen: Vec<PlaceId> = parts
        .map
        .join
        .values
        .keys()
        .copied()
        .filter(|id| !drawn.seen.contains(id) && !seen_in_insets.contains(id))
        .collect();
    warnings.extend(outside(parts, &unseen));
    warnings.extend(names.no_room(parts.atlas));
    warnings.extend(names.misfits.iter().cloned());
    warnings.extend(named.no_room());
    warnings.extend(arranged.no_room);
    warnings.extend(symbol::without(parts));

    let mut layers = Vec::new();
    layers.extend(drawn.layers);
    layers.extend(arranged.furniture);
    layers.extend(points.iter().map(|layer| points::draw(layer, style)));
    layers.push(flow::draw(&arranged.ways, style));
    layers.extend(naming::layers(&names.names, style, ""));
    layers.extend(points::draw_names(&named, style));
    layers.push(arranged.callouts);
    layers.extend(arranged.direct);
    layers.extend(insets);
    let legend = arranged.legend.as_ref().or(parts.page.legend.as_ref());
    layers.extend(legend.map(|(legend, at)| {
        let mut drawn = legend::draw(legend, *at, style);
        highlight::apply_to_legend(&mut drawn, parts.highlight, style);
        drawn
    }));
    layers.extend(chart::draw(parts, &mut warnings));
    layers.push(furniture::words(page, style));
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
    let lost_points = points.iter().map(|layer| (layer.lost, layer.crowded)).collect();
    Warned { value: Composed { scene, unseen, insets: on_page, lost_points }, warnings }
}

/// Matched places that the figure does not show, in one warning.
fn outside(parts: &Parts<'_>, unseen: &[PlaceId]) -> Option<Diagnostic> {
    // of a place that is drawn as a part of another the row is told
    let apart = unseen.iter().filter(|id| parts.atlas.drawn_as(**id).is_none());
    let names: Vec<&str> = apart.map(|id| &*parts.atlas.place(*id).name).collect();
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

/// A closed part of a path of straight edges.
struct Part<'a> {
    subpath: Subpath<'a>,
    /// Enclosed area, px², positive whatever its direction.
    area: f64,
    /// The box around it.
    bounds: Rect,
}

/// The closed parts of a path of straight edges.
fn parts_of(path: &Path) -> Vec<Part<'_>> {
    path.subpaths().map(part_of).collect()
}

fn part_of(subpath: Subpath<'_>) -> Part<'_> {
    let first = subpath.points().first().copied().unwrap_or_default();
    let (mut bounds, mut doubled, mut last) = (Rect::from_points(first, first), 0.0, Vec2::ZERO);
    for &p in subpath.points().iter().skip(1) {
        bounds = bounds.union_pt(p);
        let from_first = p - first;
        doubled += last.cross(from_first);
        last = from_first;
    }
    Part { subpath, area: doubled.abs() / 2.0, bounds }
}

/// The boxes of the largest of `parts` and of those of like size.
fn main_boxes<'a>(parts: &'a [Part<'_>]) -> impl Iterator<Item = Rect> + Clone + 'a {
    let largest = parts.iter().map(|part| part.area).fold(0.0, f64::max);
    parts.iter().filter(move |part| part.area >= largest * 0.3).map(|part| part.bounds)
}

/// The box around the part of an outline that its name stands for: see [`main_area`].
fn main_box(path: &Path) -> Rect {
    main_boxes(&parts_of(path)).reduce(|a, b| a.union(b)).unwrap_or_default()
}

/// The part of an outline that its name stands for (the largest ring, rings of like size, and what lies within
/// them) and the rest. A name beside a far island would name the island.
fn main_area(path: &Arc<Path>) -> (Arc<Path>, Option<Arc<Path>>) {
    let parts = parts_of(path);
    let main = main_boxes(&parts);
    let belongs = |part: &Part<'_>| main.clone().any(|rect| rect.contains_rect(part.bounds));
    if parts.iter().all(belongs) {
        return (path.clone(), None);
    }
    let (mut kept, mut rest) = (Path::new(), Path::new());
    for part in &parts {
        let side = if belongs(part) { &mut kept } else { &mut rest };
        side.push_subpath(part.subpath);
    }
    (kept.into(), Some(rest.into()))
}

/// Whether the stretch from `a` to `b` runs across that from `c` to `d`.
fn cross(a: Point, b: Point, c: Point, d: Point) -> bool {
    let side = |p: Point, q: Point, r: Point| (q - p).cross(r - p);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// Whether the line from `a` to `b` runs through `rect` (Liang and Barsky 1984).
fn cuts(rect: Rect, a: Point, b: Point) -> bool {
    let along = b - a;
    let sides = [
        (-along.x, a.x - rect.x0),
        (along.x, rect.x1 - a.x),
        (-along.y, a.y - rect.y0),
        (along.y, rect.y1 - a.y),
    ];
    let (mut enters, mut leaves) = (0.0f64, 1.0f64);
    for (towards, room) in sides {
        if towards == 0.0 && room < 0.0 {
            return false;
        }
        if towards < 0.0 {
            enters = enters.max(room / towards);
        } else if towards > 0.0 {
            leaves = leaves.min(room / towards);
        }
    }
    enters < leaves
}

/// An open line through points.
fn polyline(points: impl IntoIterator<Item = Point>) -> Path {
    let mut path = Path::new();
    path.polyline(points.into_iter());
    path
}

/// A rectangle as a path.
fn rect_path(rect: Rect) -> Path {
    let mut path = Path::new();
    path.move_to((rect.x0, rect.y0));
    path.line_to((rect.x1, rect.y0));
    path.line_to((rect.x1, rect.y1));
    path.line_to((rect.x0, rect.y1));
    path.close_path();
    path
}

/// A circle as four cubic arcs (the usual constant 4/3·(√2−1)).
fn circle(center: Point, radius: f64) -> Path {
    let k = radius * 0.552_284_749_830_793_4;
    let (x, y, r) = (center.x, center.y, radius);
    let mut path = Path::new();
    path.move_to((x + r, y));
    path.curve_to((x + r, y + k), (x + k, y + r), (x, y + r));
    path.curve_to((x - k, y + r), (x - r, y + k), (x - r, y));
    path.curve_to((x - r, y - k), (x - k, y - r), (x, y - r));
    path.curve_to((x + k, y - r), (x + r, y - k), (x + r, y));
    path.close_path();
    path
}
