//! The legend: its content from the scale that also paints the map, and its drawing.

mod bar;

use kurbo::{Point, Rect, Size, Vec2};

use super::field::Field;
use super::pin::Spot;
use super::{Parts, flow, group, points, polyline, rect_path, square, symbol};
use crate::geometry::Path;
use crate::page::{BarBox, Block, LegendBox, LegendContent, LegendEntry, LegendForm, LegendMark};
use crate::paint::{Paint, Pattern};
use crate::scale::{Class, NumberFormat, Scale};
use crate::scene::{Anchor, Group, Node, Shape, Stroke, Tag};
use crate::style::{LegendLook, Style, TextLook};
use crate::text::Rich;

/// How a legend is asked to tell the classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LegendWish {
    /// By what the scale is.
    #[default]
    Auto,
    /// A swatch and words for each class.
    List,
    /// Numbers: steps side by side.
    Steps,
    /// Numbers: a bar on which lengths are true.
    Gradient,
    /// Such a bar under columns that show how many places have which number.
    Histogram,
    /// Coloured words in title and deck.
    Inline,
    /// Words on the map.
    Direct,
}

/// What is asked of a legend.
#[derive(Clone, Debug, Default)]
pub struct LegendOptions {
    /// Whether there is one.
    pub show: bool,
    /// How it tells the classes.
    pub wish: LegendWish,
    /// Whether it counts the places of each class.
    pub counts: bool,
    /// Entries stand one under the other, steps and bars upright; `None`: entries as it suits, others lie.
    pub vertical: Option<bool>,
    /// Where on the map it stands; `None`: above the map.
    pub spot: Option<Spot>,
    /// Words above it.
    pub title: Option<Rich>,
}

/// What a figure shows beside the classes, and what of them is told elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// The paint of missing data is on the map.
    pub no_data: bool,
    /// The table has a column of values.
    pub values: bool,
    /// All numbers, where the legend shows how many places have which.
    pub numbers: Vec<f64>,
    /// Keys of classes that words beside or on the map tell.
    pub told: Vec<String>,
}

/// What the legend of `scale` says; `None` when there is nothing to tell apart. The paint of missing data has an
/// entry when the map shows it.
pub fn legend_content(
    scale: &Scale,
    shown: &Shown,
    options: &LegendOptions,
    number: &NumberFormat,
    title: Option<Rich>,
    look: &LegendLook,
) -> Option<LegendContent> {
    let no_data = scale.no_data.as_ref().filter(|_| shown.no_data);
    let plain = !shown.values && no_data.is_none() && title.is_none();
    // the classes are told beside: as circles, or as a square
    let aside = scale.sizes.is_some() || scale.square.is_some();
    let nothing = scale.classes.is_empty() && (!aside || no_data.is_none());
    if nothing || plain {
        return None;
    }
    let bar = bar::content(scale, options.wish, &shown.numbers, number);
    let numeric = scale.classes.iter().all(|class| class.bounds.is_some());
    let listed = options.wish == LegendWish::List || bar.is_some();
    let steps = numeric && scale.classes.len() > 1 && !listed;
    let upper = |class: &Class| class.bounds.filter(|_| steps).map(|(_, upper)| number.shortest(upper));
    let entry = |class: &Class| entry(class, upper(class), scale, options.counts);
    let classes = scale.entries().filter(|_| bar.is_none());
    let mut entries: Vec<LegendEntry> = classes.map(entry).collect();
    // places that the table does not name look the same, so that they cannot be counted
    let missing = |class: &Class| {
        let counted = options.counts && scale.absent != class.paint;
        LegendEntry { count: counted.then(|| class.count.to_string()), upper: None, ..entry(class) }
    };
    entries.extend(no_data.map(missing));
    entries.retain(|entry| !shown.told.contains(&entry.key));
    if entries.is_empty() && bar.is_none() && !aside {
        return None;
    }
    Some(LegendContent {
        title,
        entries,
        form: if steps {
            LegendForm::Steps
        } else if bar.is_some() {
            LegendForm::Bar
        } else {
            LegendForm::Entries
        },
        vertical: options.vertical.unwrap_or(options.spot.is_some()),
        upright: options.vertical.unwrap_or(false),
        bar,
        look: look.clone(),
        circles: None,
        square: None,
        more: Vec::new(),
    })
}

/// The entry of a class.
fn entry(class: &Class, upper: Option<String>, scale: &Scale, counts: bool) -> LegendEntry {
    // sets of classes say how large they are: from stripes it cannot be guessed
    let label = match scale.combinations.is_empty() || counts {
        true => class.label.clone(),
        false => format!("{} ({})", class.label, class.count),
    };
    let count = counts.then(|| class.count.to_string());
    LegendEntry {
        key: class.key.clone(),
        label,
        count,
        paint: class.paint.clone(),
        upper,
        mark: LegendMark::Swatch,
        symbol: None,
    }
}

/// A legend that stands on the map, laid out, and the block that it is.
pub fn set(parts: &Parts<'_>) -> Option<(LegendBox, Field)> {
    let (content, spot) = parts.legend.as_ref()?;
    let laid = LegendBox::set(content, &parts.style.text, parts.page.fit.width() * WIDEST);
    let size = Size::new(laid.used_width(), laid.size.height);
    Some((laid, Field { size, gap: parts.style.page.gap.0 * 0.6, spot: *spot }))
}

/// The widest legend on a map, as a share of the map's width.
const WIDEST: f64 = 0.5;

/// Draws a legend whose top left corner is `at`.
pub fn draw(legend: &LegendBox, at: Point, style: &Style) -> Group {
    let shift = at.to_vec2();
    let look = &style.legend;
    let rim =
        (look.rim_width.0 > 0.0).then(|| Stroke { sharp: true, ..Stroke::solid(look.rim, look.rim_width.0) });
    let mut nodes = Vec::new();
    if let Some((circles, corner)) = &legend.circles {
        nodes.extend(symbol::draw_legend(circles, *corner + shift, style));
    }
    if let Some((square, corner)) = &legend.square {
        nodes.extend(square::draw(square, *corner + shift, style));
    }
    for (block, corner) in &legend.more_titles {
        nodes.push(Node::Text(block.text(*corner + shift, Anchor::Start, None, Tag::default())));
    }
    if let Some((block, corner)) = &legend.title {
        let tag = Tag { id: "legend-title".to_owned(), ..Tag::default() };
        nodes.push(Node::Text(block.text(*corner + shift, Anchor::Start, None, tag)));
    }
    for swatch in &legend.swatches {
        let entry = &legend.entries[swatch.entry];
        let tag = Tag {
            id: format!("legend-{}", entry.key.replace(' ', "_")),
            title: entry.label.clone(),
            data: vec![("class", entry.key.clone())],
        };
        let rect = moved(swatch.rect, shift);
        let fill = Some(from_corner(&entry.paint, rect));
        match entry.mark {
            LegendMark::Count => {
                let radius = entry.symbol.as_ref().map_or(rect.width() / 2.0, |(_, radius)| *radius);
                nodes.extend(points::circle_of(rect.center(), radius, entry.paint.clone(), "n", tag, style));
            }
            LegendMark::Swatch if entry.symbol.is_some() => {
                nodes.extend(entry.symbol.iter().flat_map(|(one, radius)| {
                    let at = rect.center() - one.bounds().center().to_vec2() * *radius;
                    let rim = Stroke::solid(style.map.point_rim, style.map.point_rim_width.0);
                    points::mark(one, &entry.paint, at, *radius, Some(&rim), tag.clone())
                }));
            }
            LegendMark::Swatch => {
                nodes.push(Node::Shape(Shape {
                    tag,
                    path: rect_path(rect).into(),
                    fill,
                    stroke: rim.clone(),
                }));
            }
            LegendMark::Arrow { size, width } => {
                let path = flow::sample(rect.origin(), size, width, &style.flow);
                nodes.extend(
                    path.map(|path| Node::Shape(Shape { tag, path: path.into(), fill, stroke: None })),
                );
            }
            LegendMark::Words => {}
        }
        if let (Some(count), None) = (&entry.count, &swatch.words) {
            nodes.push(counted(count, rect, &entry.paint, style));
        }
        if let Some((block, corner)) = &swatch.words {
            nodes.push(Node::Text(block.text(*corner + shift, Anchor::Start, None, Tag::default())));
        }
    }
    nodes.extend(legend.bar.iter().flat_map(|bar| draw_bar(bar, shift, rim.clone(), style)));
    for (block, corner) in &legend.beside {
        nodes.push(Node::Text(block.text(*corner + shift, Anchor::Start, None, Tag::default())));
    }
    for (block, top) in &legend.breaks {
        nodes.push(Node::Text(block.text(*top + shift, Anchor::Middle, None, Tag::default())));
    }
    group("legend", nodes)
}

/// How many places are in a class, on its step, in the ink that is read best there.
fn counted(count: &str, rect: Rect, paint: &Paint, style: &Style) -> Node {
    let inks = [style.labels.on_light, style.labels.on_dark];
    let ground = paint.ground();
    let ink = if inks[0].contrast(ground) >= inks[1].contrast(ground) { inks[0] } else { inks[1] };
    let look = &style.text.legend;
    let look = TextLook { weight: style.text.legend_title.weight, ..look.sized(ON_STEP) };
    let block = Block::line(count, &look).colored(ink);
    let top = Point::new(rect.center().x, rect.center().y - block.size.height / 2.0);
    Node::Text(block.text(top, Anchor::Middle, None, Tag::default()))
}

/// Size of a count on its step as a share of the legend's words.
const ON_STEP: f64 = 0.8;

/// A bar, its rim, and the lines to its numbers.
fn draw_bar(bar: &BarBox, shift: Vec2, rim: Option<Stroke>, style: &Style) -> Vec<Node> {
    let shape = |path: Path, fill, stroke| {
        Node::Shape(Shape { tag: Tag::default(), path: path.into(), fill, stroke })
    };
    let bands = bar.bands.iter();
    let mut nodes: Vec<Node> =
        bands.map(|(rect, paint)| shape(rect_path(*rect + shift), Some(paint.clone()), None)).collect();
    let columns = bar.columns.iter();
    nodes.extend(columns.map(|(rect, paint)| shape(rect_path(*rect + shift), Some(paint.clone()), None)));
    nodes.extend(rim.map(|rim| shape(rect_path(bar.rect + shift), None, Some(rim))));
    let ink = Stroke { sharp: true, ..Stroke::solid(style.text.legend.color, style.legend.tick_width.0) };
    for [from, to] in &bar.ticks {
        nodes.push(shape(polyline([*from + shift, *to + shift]), None, Some(ink.clone())));
    }
    vec![Node::Group(group("legend-bar", nodes))]
}

/// Stripes begin in the lower left corner of their swatch, so that all are seen, in the order of the words beside it.
fn from_corner(paint: &Paint, swatch: Rect) -> Paint {
    match paint {
        Paint::Pattern(pattern) if paint.bands().len() > 1 => {
            Paint::Pattern(Pattern { origin: (swatch.x0, swatch.y1), ..pattern.clone() })
        }
        other => other.clone(),
    }
}

fn moved(rect: Rect, by: Vec2) -> Rect {
    rect + by
}
