//! The legend: its content from the scale that also paints the map, and its drawing.

use kurbo::{Point, Rect, Size, Vec2};

use super::ground::Ground;
use super::inset::emptiest;
use super::pin::{self, Spot};
use super::{Parts, group, points, rect_path, square, symbol};
use crate::diagnostic::Diagnostics;
use crate::page::{LegendBox, LegendContent, LegendEntry, LegendForm};
use crate::paint::{Paint, Pattern};
use crate::scale::{Class, NumberFormat, Scale};
use crate::scene::{Anchor, Group, Node, Shape, Stroke, Tag};
use crate::style::{LegendLook, Style};
use crate::text::Rich;

/// What the legend of `scale` says; `None` when there is nothing to tell apart. The paint of missing data has an
/// entry when the map shows it.
pub fn legend_content(
    scale: &Scale,
    shows_no_data: bool,
    has_values: bool,
    number: &NumberFormat,
    title: Option<Rich>,
    look: &LegendLook,
) -> Option<LegendContent> {
    let numeric = scale.classes.iter().all(|class| class.bounds.is_some());
    let no_data = scale.no_data.as_ref().filter(|_| shows_no_data);
    let plain = !has_values && no_data.is_none() && title.is_none();
    // the classes are told beside: as circles, or as a square
    let aside = scale.sizes.is_some() || scale.square.is_some();
    let nothing = scale.classes.is_empty() && (!aside || no_data.is_none());
    if nothing || plain {
        return None;
    }
    // sets of classes say how large they are: from stripes it cannot be guessed
    let label = |class: &Class| match scale.combinations.is_empty() {
        true => class.label.clone(),
        false => format!("{} ({})", class.label, class.count),
    };
    let entry = |class: &Class, upper: Option<String>| LegendEntry {
        key: class.key.clone(),
        label: label(class),
        paint: class.paint.clone(),
        symbol: None,
        upper,
    };
    let steps = numeric && scale.classes.len() > 1;
    let upper = |class: &Class| class.bounds.filter(|_| steps).map(|(_, upper)| number.shortest(upper));
    let mut entries: Vec<LegendEntry> = scale.entries().map(|class| entry(class, upper(class))).collect();
    entries.extend(no_data.map(|class| entry(class, None)));
    let form = if steps { LegendForm::Steps } else { LegendForm::Entries };
    Some(LegendContent {
        title,
        entries,
        form,
        vertical: false,
        look: look.clone(),
        circles: None,
        square: None,
        more: Vec::new(),
    })
}

/// Lays a legend out that stands on the map, finds its place and takes it.
pub fn place(
    parts: &Parts<'_>,
    ground: &mut Ground,
    warnings: &mut Diagnostics,
) -> Option<(LegendBox, Point)> {
    let (content, spot) = parts.legend.as_ref()?;
    let room = parts.page.fit;
    let laid = LegendBox::set(content, &parts.style.text, room.width() * WIDEST);
    let size = Size::new(laid.used_width(), laid.size.height);
    let rect = spot.rect(room, size, || emptiest(ground, room, size.width, size.height));
    if *spot != Spot::default() {
        warnings.extend(pin::misfit("the legend", "legend", rect, parts.page.map, &ground.boxes));
    }
    let gap = parts.style.page.gap.0 * 0.6;
    ground.take([rect.inflate(gap, gap)]);
    Some((laid, rect.origin()))
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
        if let Some((one, radius)) = &entry.symbol {
            let at = rect.center() - one.bounds().center().to_vec2() * *radius;
            let rim = Stroke::solid(style.map.point_rim, style.map.point_rim_width.0);
            nodes.extend(points::mark(one, &entry.paint, at, *radius, Some(&rim), tag));
        } else {
            let fill = Some(from_corner(&entry.paint, rect));
            nodes.push(Node::Shape(Shape { tag, path: rect_path(rect), fill, stroke: rim.clone() }));
        }
        if let Some((block, corner)) = &swatch.words {
            nodes.push(Node::Text(block.text(*corner + shift, Anchor::Start, None, Tag::default())));
        }
    }
    for (block, top) in &legend.breaks {
        nodes.push(Node::Text(block.text(*top + shift, Anchor::Middle, None, Tag::default())));
    }
    group("legend", nodes)
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
