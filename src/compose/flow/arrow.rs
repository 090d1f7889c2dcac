//! The marks of arrows: a shaft that grows or is as wide as its value asks, and a head that stays sharp at every width;
//! on the map and in the legend.

use kurbo::{Point, Size, Vec2};

use super::super::group;
use super::{SAMPLES, Way};
use crate::geometry::{Path, length};
use crate::page::{LegendEntry, LegendMark};
use crate::paint::{Color, Paint};
use crate::scale::{Scale, Widths};
use crate::scene::{self, Group, Node, Stroke, Tag};
use crate::style::{FlowLook, Style};
use crate::text::Rich;

/// How the amounts of arrows are shown, and what their legend says.
#[derive(Clone, Debug, Default)]
pub struct FlowScale {
    /// Amounts into widths.
    pub widths: Option<Widths>,
    /// Amounts into colours.
    pub colors: Option<Scale>,
    /// What they are.
    pub label: Option<Rich>,
}

/// Wings of wider arrows grow with this power of the width, so that they stay seen and do not sprawl.
const WINGS: f64 = 0.5;

/// Stretches of a curve along the side of a shaft.
const STEPS: usize = 14;

/// Widths of an arrow, px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shaft {
    /// At its start.
    pub start: f64,
    /// Before its head.
    pub end: f64,
}

impl Shaft {
    /// That of an arrow without an amount (`None`), or of one so wide.
    pub fn new(width: Option<f64>, look: &FlowLook) -> Shaft {
        match width {
            None => Shaft { start: look.start_width.0, end: look.end_width.0 },
            Some(width) => Shaft { start: width, end: width },
        }
    }

    /// Length and width of its head. It is as sharp as the style's at every width.
    pub fn head(self, look: &FlowLook) -> (f64, f64) {
        let plain = look.end_width.0.max(1e-9);
        let wing = (look.head_width.0 - look.end_width.0) / 2.0 * libm::pow(self.end / plain, WINGS);
        let width = self.end + 2.0 * wing;
        (width * look.head_length.0 / look.head_width.0, width)
    }
}

/// Draws the arrows, the widest and of these the longest at the back. Those that leave their origin together have one rim, so that they
/// are one trunk there.
pub fn draw(ways: &[Way], style: &Style) -> Group {
    let look = &style.flow;
    let mut nodes = Vec::new();
    let mut done = vec![false; ways.len()];
    let mut order: Vec<usize> = (0..ways.len()).collect();
    order.sort_by(|a, b| ways[*b].shaft.end.total_cmp(&ways[*a].shaft.end));
    for &first in &order {
        if done[first] {
            continue;
        }
        let way = &ways[first];
        let together = |i: &usize| {
            *i == first || (way.value.is_some() && ways[*i].value.is_some() && ways[*i].bundle == way.bundle)
        };
        let own: Vec<usize> = order.iter().copied().filter(|i| !done[*i] && together(i)).collect();
        own.iter().for_each(|i| done[*i] = true);
        let outlined: Vec<(&Way, Path)> = own
            .into_iter()
            .filter_map(|i| Some((&ways[i], outline(&ways[i].points, ways[i].shaft, look)?)))
            .collect();
        let rim = Stroke::solid(look.rim, look.rim_width.0 * 2.0);
        for (_, path) in &outlined {
            nodes.push(shape(path.clone(), Tag::default(), None, Some(rim.clone())));
        }
        for (way, path) in outlined {
            let data = way.value.iter().map(|value| ("value", value.to_string())).collect();
            let tag = Tag { data, ..Tag::default() };
            nodes.push(shape(path, tag, Some(Paint::Solid(way.color)), None));
        }
    }
    group("flows", nodes)
}

fn shape(path: Path, tag: Tag, fill: Option<Paint>, stroke: Option<Stroke>) -> Node {
    Node::Shape(scene::Shape { tag, path: path.into(), fill, stroke })
}

/// The outline of an arrow along `points`; `None` where they are too near to each other for one.
pub fn outline(points: &[Point], shaft: Shaft, look: &FlowLook) -> Option<Path> {
    let total = line_length(points);
    let tip = *points.last()?;
    let (head_length, head_width) = shaft.head(look);
    if total < head_length.min(look.head_length.0) * 0.5 {
        return None;
    }
    // a short arrow keeps its wings and is blunter
    let head = head_length.min(total * 0.5);
    let wing = if shaft.end > look.end_width.0 { head_width } else { head_width * head / head_length };
    let end = total - head * 0.82;
    let (mut left, mut right) = (Vec::new(), Vec::new());
    // the sides of wide arrows are curves: corners would show
    let wide = shaft.start == shaft.end;
    let steps = if wide { STEPS } else { SAMPLES };
    for k in 0..=steps {
        let share = k as f64 / steps as f64;
        let (p, along) = walk(points, end * share);
        let half = (shaft.start + (shaft.end - shaft.start) * share) / 2.0;
        let normal = Vec2::new(-along.y, along.x) * half;
        left.push(p + normal);
        right.push(p - normal);
    }
    let (back, _) = walk(points, total - head);
    let along = (tip - back) / length(tip - back).max(1e-9);
    let wing = Vec2::new(-along.y, along.x) * (wing / 2.0);
    let mut path = Path::new();
    path.move_to(left[0]);
    side(&left, wide, &mut path);
    path.line_to(back + wing);
    path.line_to(tip);
    path.line_to(back - wing);
    right.reverse();
    path.line_to(right[0]);
    side(&right, wide, &mut path);
    path.close_path();
    Some(path)
}

/// Goes on from the first of `points` through the others, straight or curved (Catmull and Rom 1974, as cubic curves).
fn side(points: &[Point], curved: bool, path: &mut Path) {
    if !curved {
        return points.iter().skip(1).for_each(|p| path.line_to(*p));
    }
    let last = points.len().saturating_sub(1);
    for k in 0..last {
        let at = |i: usize| points[i.min(last)];
        let (a, b) = (at(k), at(k + 1));
        let leaving = (b - at(k.saturating_sub(1))) / 6.0;
        let arriving = (at(k + 2) - a) / 6.0;
        path.curve_to(a + leaving, b - arriving, b);
    }
}

/// The legend's entries of arrows: what they are, and a sample for a few widths or for every colour.
pub fn flow_entries(scale: &FlowScale, style: &Style) -> Vec<LegendEntry> {
    let look = &style.flow;
    let entry = |key: String, label: String, width: Option<f64>, color: Color| {
        let (head_length, head_width) = Shaft::new(width, look).head(look);
        let size = Size::new(look.sample.0.max(head_length * 1.5), head_width);
        LegendEntry {
            key,
            label,
            count: None,
            paint: Paint::Solid(color),
            upper: None,
            mark: LegendMark::Arrow { size, width },
            symbol: None,
        }
    };
    let mut entries = Vec::new();
    if let Some(widths) = &scale.widths {
        for (i, value) in widths.examples.iter().enumerate() {
            let words = widths.number.shortest(*value);
            entries.push(entry(format!("flow-{}", i + 1), words, Some(widths.width(*value)), look.color));
        }
    }
    for class in scale.colors.iter().flat_map(Scale::entries) {
        let key = format!("flow-{}", class.key);
        entries.push(entry(key, class.label.clone(), None, class.paint.ground()));
    }
    let Some(label) = &scale.label else { return entries };
    if entries.is_empty() {
        return vec![entry("flow".to_owned(), label.text(), None, look.color)];
    }
    let words =
        LegendEntry { mark: LegendMark::Words, ..entry("flow".to_owned(), label.text(), None, look.color) };
    entries.insert(0, words);
    entries
}

/// The outline of a sample in the legend, from left to right in the middle of a box of that size at `at`.
pub fn sample(at: Point, size: Size, width: Option<f64>, look: &FlowLook) -> Option<Path> {
    let y = at.y + size.height / 2.0;
    outline(&[Point::new(at.x, y), Point::new(at.x + size.width, y)], Shaft::new(width, look), look)
}

/// The length of a line through points.
pub(super) fn line_length(points: &[Point]) -> f64 {
    points.windows(2).map(|pair| length(pair[1] - pair[0])).sum()
}

/// The point at a distance along a line, and the direction there.
pub(super) fn walk(points: &[Point], distance: f64) -> (Point, Vec2) {
    let mut left = distance;
    let mut last = (points[0], Vec2::new(1.0, 0.0));
    for pair in points.windows(2) {
        let step = pair[1] - pair[0];
        let long = length(step);
        if long <= 0.0 {
            continue;
        }
        let along = step / long;
        if left <= long {
            return (pair[0] + along * left, along);
        }
        left -= long;
        last = (pair[1], along);
    }
    last
}
