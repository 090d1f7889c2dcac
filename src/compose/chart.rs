//! Small charts beside the map, drawn by plotters: a histogram of the values, a ranking of places. Bars take
//! their colours from the map's scale, so that a chart is a legend too.

use kurbo::{Rect, Size};
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::Color as _;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::plot::{SUB, SceneBackend};
use super::{Parts, group};
use crate::atlas::{PlaceId, Word};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::join::Value;
use crate::page::Block;
use crate::paint::Color;
use crate::scene::{Anchor, Group, Node, Tag};
use crate::style::{Style, TextLook};
use crate::text::{self, Rich};

/// A small chart.
#[derive(Clone, Debug)]
pub struct Chart {
    /// What it shows.
    pub kind: ChartKind,
    /// Words above it.
    pub title: Option<Rich>,
}

/// What a chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// How many places have which value.
    Histogram,
    /// The highest values as bars.
    Ranking {
        /// How many bars.
        top: usize,
    },
}

/// Bars of a histogram.
const BINS: usize = 28;
/// Values whose range spans more than this ratio, all above 0, stand on a logarithmic axis.
const LOG_RATIO: f64 = 100.0;

/// The box that a chart needs.
pub fn chart_size(chart: &Chart, style: &Style) -> Size {
    let look = &style.chart;
    let title = chart.title.as_ref().map(|title| title_block(title, style, look.width.0).size.height);
    let body = match chart.kind {
        ChartKind::Histogram => look.height.0,
        ChartKind::Ranking { top } => style.text.chart.line_height() * 1.3 * top as f64,
    };
    Size::new(look.width.0, body + title.map_or(0.0, |height| height + style.page.gap.0 * 0.5))
}

fn title_block(title: &Rich, style: &Style, width: f64) -> Block {
    Block::set(title, &style.text.chart_title, width, true)
}

/// Draws the charts as one layer.
pub fn draw(parts: &Parts<'_>, warnings: &mut Diagnostics) -> Option<Group> {
    let mut nodes = Vec::new();
    for (i, (chart, rect)) in parts.charts.iter().zip(&parts.page.charts).enumerate() {
        let mut body = *rect;
        if let Some(title) = &chart.title {
            let block = title_block(title, parts.style, rect.width());
            body.y0 += block.size.height + parts.style.page.gap.0 * 0.5;
            let tag = Tag { id: format!("chart-{}-title", i + 1), ..Tag::default() };
            nodes.push(Node::Text(block.text(rect.origin(), Anchor::Start, None, tag)));
        }
        let bars = bars(parts);
        if bars.len() < 2 {
            warnings.push(Diagnostic::warning("a chart needs at least two numbers, so it is left out"));
            continue;
        }
        let mut drawing = Vec::new();
        match chart.kind {
            ChartKind::Histogram => histogram(&bars, parts, body, &mut drawing),
            ChartKind::Ranking { top } => ranking(&bars[..bars.len().min(top)], parts, body, &mut drawing),
        }
        nodes.push(Node::Group(group(&format!("chart-{}", i + 1), drawing)));
    }
    (!nodes.is_empty()).then(|| group("charts", nodes))
}

/// A place's number, its name and the colour it has on the map.
struct Bar {
    value: f64,
    name: Word,
    color: Color,
}

/// All numbers, the highest first.
fn bars(parts: &Parts<'_>) -> Vec<Bar> {
    let number = |(id, value): (&PlaceId, &Value)| match value {
        Value::Number(number) => Some(Bar {
            value: *number,
            name: parts.atlas.place(*id).short_name.clone(),
            color: parts.map.scale.paint(Some(value)).ground(),
        }),
        _ => None,
    };
    let mut bars: Vec<Bar> = parts.map.join.values.iter().filter_map(number).collect();
    bars.sort_by(|a, b| b.value.total_cmp(&a.value));
    bars
}

fn rgb(color: Color) -> RGBColor {
    RGBColor(color.r, color.g, color.b)
}

fn area<'a>(
    nodes: &'a mut Vec<Node>,
    body: Rect,
    look: &'a TextLook,
) -> DrawingArea<SceneBackend<'a>, Shift> {
    SceneBackend::new(nodes, body.origin(), body.width(), body.height(), look).into_drawing_area()
}

fn words<'a>(look: &TextLook, color: Color, h: HPos, v: VPos) -> TextStyle<'a> {
    let size = look.size.0 * SUB;
    // the family is the backend's; plotters only carries the size
    let mut style = TextStyle::from(("sans-serif", size));
    style.color = rgb(color).to_backend_color();
    style.pos = Pos::new(h, v);
    style
}

fn units(px: f64) -> i32 {
    (px * SUB).round() as i32
}

/// The axis of a histogram: its own numbers for given values.
struct Axis {
    low: f64,
    high: f64,
    log: bool,
}

impl Axis {
    fn over(bars: &[Bar]) -> Axis {
        let high = bars.first().map_or(1.0, |bar| bar.value);
        let low = bars.last().map_or(0.0, |bar| bar.value);
        let log = low > 0.0 && high / low > LOG_RATIO;
        if log {
            let (low, high) = (libm::log10(low), libm::log10(high));
            return Axis { low, high: high.max(low + 1e-9), log };
        }
        let from = if low > 0.0 && low < high * 0.3 { 0.0 } else { low };
        Axis { low: from, high: high.max(from + 1e-9), log }
    }

    /// 0 at the left end, 1 at the right.
    fn share(&self, value: f64) -> f64 {
        let value = if self.log { libm::log10(value.max(1e-300)) } else { value };
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// Round numbers along it, at most seven.
    fn ticks(&self) -> Vec<f64> {
        if self.log {
            let decades = self.low.ceil() as i32..=self.high.floor() as i32;
            return decades.map(|power| libm::pow(10.0, f64::from(power))).collect();
        }
        let step = nice_step((self.high - self.low) / 4.0);
        let first = (self.low / step).ceil() as i64;
        let last = (self.high / step + 1e-9).floor() as i64;
        (first..=last).map(|k| k as f64 * step).collect()
    }
}

/// The next of 1, 2, 5 × 10ⁿ that is not below `rough`.
fn nice_step(rough: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(rough.max(1e-300))));
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * power >= rough * 0.999);
    factor.unwrap_or(10.0) * power
}

/// Bins of one width, each stacked by class, so that a break inside a bin still shows both colours.
fn histogram(bars: &[Bar], parts: &Parts<'_>, body: Rect, nodes: &mut Vec<Node>) {
    let (look, text) = (&parts.style.chart, &parts.style.text.chart);
    let axis = Axis::over(bars);
    let bins = stacked(bars, &axis);
    let tallest = bins.iter().map(|bin| bin.iter().map(|(_, count)| count).sum::<usize>()).max().unwrap_or(1);
    let foot = body.height() - text.line_height() * 1.35;
    let width = body.width() / BINS as f64;
    let drawing = area(nodes, body, text);
    let mut done = Ok(());
    for (i, bin) in bins.iter().enumerate() {
        let (left, right) = (width * i as f64, width * (i as f64 + 1.0 - look.bar_gap));
        let mut y = foot;
        for (color, count) in bin {
            let top = y - (foot - text.line_height()) * *count as f64 / tallest as f64;
            let corners = [(units(left), units(top)), (units(right), units(y))];
            done = done.and(drawing.draw(&Rectangle::new(corners, rgb(*color).filled())));
            y = top;
        }
    }
    let line = rgb(look.axis).stroke_width((look.axis_width.0 * SUB).round() as u32);
    let base = vec![(0, units(foot)), (units(body.width()), units(foot))];
    done = done.and(drawing.draw(&PathElement::new(base, line)));
    for tick in axis.ticks() {
        let x = body.width() * axis.share(tick);
        let label = parts.number.shortest(tick);
        let half = text::shape(&label, &text.font(), text.size.0, 0.0).width / 2.0;
        let x_words = x.clamp(half, (body.width() - half).max(half));
        let mark = vec![(units(x), units(foot)), (units(x), units(foot + text.size.0 * 0.3))];
        done = done.and(drawing.draw(&PathElement::new(mark, line)));
        let style = words(text, text.color, HPos::Center, VPos::Top);
        let at = (units(x_words), units(foot + text.size.0 * 0.5));
        done = done.and(drawing.draw(&Text::new(label, at, style)));
    }
    debug_assert!(done.is_ok(), "the scene backend cannot fail");
}

/// Counts by bin and colour, in the order of the values.
fn stacked(bars: &[Bar], axis: &Axis) -> Vec<Vec<(Color, usize)>> {
    let mut bins: Vec<Vec<(Color, usize)>> = vec![Vec::new(); BINS];
    for bar in bars.iter().rev() {
        let bin = ((axis.share(bar.value) * BINS as f64) as usize).min(BINS - 1);
        match bins[bin].last_mut() {
            Some((color, count)) if *color == bar.color => *count += 1,
            _ => bins[bin].push((bar.color, 1)),
        }
    }
    bins
}

/// Horizontal bars from the highest down, the name before and the number behind.
fn ranking(bars: &[Bar], parts: &Parts<'_>, body: Rect, nodes: &mut Vec<Node>) {
    let (look, text) = (&parts.style.chart, &parts.style.text.chart);
    let row = body.height() / bars.len().max(1) as f64;
    let wide = |words: &str| text::shape(words, &text.font(), text.size.0, 0.0).width;
    let names = bars.iter().map(|bar| wide(&bar.name)).fold(0.0, f64::max).min(body.width() * 0.5);
    let numbers: Vec<String> = bars.iter().map(|bar| parts.number.shortest(bar.value)).collect();
    let number = numbers.iter().map(|words| wide(words)).fold(0.0, f64::max);
    let gap = text.size.0 * 0.5;
    let zero = names + gap;
    let room = (body.width() - zero - number - gap).max(1.0);
    let most = bars.iter().map(|bar| bar.value.abs()).fold(0.0, f64::max).max(1e-300);
    let drawing = area(nodes, body, text);
    let mut done = Ok(());
    for (i, (bar, number)) in bars.iter().zip(numbers).enumerate() {
        let (top, foot) = (row * i as f64, row * (i as f64 + 1.0 - look.bar_gap * 2.0));
        let middle = units((top + foot) / 2.0);
        let end = zero + room * bar.value.abs() / most;
        let corners = [(units(zero), units(top)), (units(end), units(foot))];
        done = done.and(drawing.draw(&Rectangle::new(corners, rgb(bar.color).filled())));
        let left = words(text, text.color, HPos::Right, VPos::Center);
        done = done.and(drawing.draw(&Text::new(&*bar.name, (units(names), middle), left)));
        let right = words(text, text.color, HPos::Left, VPos::Center);
        done = done.and(drawing.draw(&Text::new(number, (units(end + gap), middle), right)));
    }
    debug_assert!(done.is_ok(), "the scene backend cannot fail");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(value: f64) -> Bar {
        Bar { value, name: Word::default(), color: Color::rgb(value as u8, 0, 0) }
    }

    #[test]
    fn every_value_stands_in_one_bin() {
        let bars: Vec<Bar> = (1..=100).rev().map(|n| bar(f64::from(n))).collect();
        let bins = stacked(&bars, &Axis::over(&bars));
        let count: usize = bins.iter().flatten().map(|(_, count)| count).sum();
        assert_eq!(count, 100);
    }

    #[test]
    fn wide_ranges_stand_on_a_log_axis_with_decades() {
        let bars = [bar(90_000.0), bar(300.0)];
        assert_eq!(Axis::over(&bars).ticks(), [1000.0, 10_000.0]);
        assert_eq!(nice_step(0.3), 0.5);
    }
}
