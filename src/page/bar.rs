//! Bars of the legend: steps with the breaks at their edges, and colours without steps over round numbers; lying or
//! standing.

use kurbo::{Point, Rect, Size};

use super::legend::{LegendBox, LegendContent, Swatch};
use super::{Block, LegendEntry};
use crate::paint::Paint;
use crate::style::{LegendLook, TextLook, TextLooks};

/// Size of the numbers beside a bar as a share of the legend's words.
const NUMBERS: f64 = 0.86;

/// A bar on which lengths are true.
#[derive(Clone, Debug)]
pub struct BarContent {
    /// Its paints, from the lowest to the highest, with the share of its length where each ends.
    pub bands: Vec<(Paint, f64)>,
    /// Where its numbers stand, as shares of its length, and their words.
    pub ticks: Vec<(f64, String)>,
    /// Its bands are classes, with a number at each of their edges. Where the numbers would meet, all bands become
    /// equally long.
    pub classed: bool,
    /// Columns of one width over all of its length: the paints of each, the lowest first, with its height as a share of
    /// the tallest column's. A bar with columns never has its bands made equal.
    pub columns: Vec<Vec<(Paint, f64)>>,
}

impl BarContent {
    /// The same with bands of one length.
    fn even(&self) -> BarContent {
        let share = |k: usize| k as f64 / self.bands.len().max(1) as f64;
        let bands = self.bands.iter().enumerate().map(|(i, (paint, _))| (paint.clone(), share(i + 1)));
        let ticks = self.ticks.iter().enumerate().map(|(i, (_, words))| (share(i), words.clone()));
        BarContent { bands: bands.collect(), ticks: ticks.collect(), classed: false, columns: Vec::new() }
    }

    /// The same without the numbers at its ends.
    fn inner(&self) -> BarContent {
        let last = self.ticks.len().saturating_sub(1);
        let inner = self.ticks.iter().enumerate().filter(|(i, _)| (1..last).contains(i));
        BarContent { ticks: inner.map(|(_, tick)| tick.clone()).collect(), classed: false, ..self.clone() }
    }

    /// The same where its numbers, whose `words` meet along `long`, have more room: true lengths without the numbers at
    /// the ends, else bands of one length, with those at the ends where they can stand.
    fn roomier(&self, words: &[(f64, Block)], long: f64) -> BarContent {
        let inner = words.get(1..words.len().saturating_sub(1)).unwrap_or_default();
        if inner.len() > 1 && !meet(inner, long, 1) {
            return self.inner();
        }
        let even = self.even();
        let moved = words.iter().zip(&even.ticks).map(|((_, block), (share, _))| (*share, block.clone()));
        if meet(&moved.collect::<Vec<_>>(), long, 1) { even.inner() } else { even }
    }
}

/// A [`BarContent`] laid out, relative to the legend's corner.
#[derive(Clone, Debug, Default)]
pub struct BarBox {
    /// Its bands; each reaches from where it begins to the bar's far end, and the next lies over it, so that no seam
    /// shows between two.
    pub bands: Vec<(Rect, Paint)>,
    /// All of it.
    pub rect: Rect,
    /// The columns above it.
    pub columns: Vec<(Rect, Paint)>,
    /// Short lines from the bar to its numbers.
    pub ticks: Vec<[Point; 2]>,
}

/// The number of steps at the head of the entries.
fn steps(entries: &[LegendEntry]) -> usize {
    entries.iter().take_while(|entry| entry.upper.is_some()).count()
}

impl LegendBox {
    /// Steps side by side or, where it stands, the highest on top; the breaks at their edges.
    pub(super) fn set_steps(&mut self, content: &LegendContent, text: &TextLooks, width: f64) {
        if content.upright {
            return self.set_standing_steps(content, text, width);
        }
        let look = &content.look;
        let steps = steps(&content.entries);
        let top = self.size.height;
        let rest_width = if steps < content.entries.len() { look.swatch_width.0 * 5.0 } else { 0.0 };
        let room = (width - rest_width).max(width * 0.5);
        let step = look.step_width.0.min(room / steps.max(1) as f64);
        let foot = top + look.swatch_height.0;
        let numbers = text.legend.sized(NUMBERS);
        let upper = content.entries[..steps].iter().filter_map(|entry| entry.upper.as_deref());
        let wide: Vec<f64> = upper.map(|words| Block::line(words, &numbers).size.width).collect();
        let inner = &wide[..steps.saturating_sub(1)];
        // numbers that would meet stand below each other
        if inner.windows(2).any(|pair| step < (pair[0] + pair[1]) / 2.0 + numbers.size.0 * 0.05) {
            return self.set_standing_steps(content, text, width);
        }
        for i in 0..steps {
            let x = step * i as f64;
            self.swatches.push(Swatch { entry: i, rect: Rect::new(x, top, x + step, foot), words: None });
            let inner = content.entries[i].upper.as_deref().filter(|_| i + 1 < steps);
            if let Some(words) = inner {
                let block = Block::line(words, &numbers);
                self.breaks.push((block, Point::new(x + step, foot + look.gap.0 * 0.3)));
            }
        }
        let words = self.breaks.first().map_or(foot, |(block, at)| at.y + block.size.height);
        let beside = Size::new(step * steps as f64 + look.entry_gap.0, words - top);
        self.set_entries(content, text, steps, beside, width);
        self.size.height = self.size.height.max(words).max(foot);
    }

    fn set_standing_steps(&mut self, content: &LegendContent, text: &TextLooks, width: f64) {
        let look = &content.look;
        let steps = steps(&content.entries);
        let numbers = text.legend.sized(NUMBERS);
        // every break needs a line of its own
        let tall = look.swatch_height.0.max(numbers.line_height() * 1.1);
        let top = self.size.height;
        for i in 0..steps {
            let y = top + tall * (steps - 1 - i) as f64;
            let rect = Rect::new(0.0, y, look.swatch_width.0, y + tall);
            self.swatches.push(Swatch { entry: i, rect, words: None });
            let inner = content.entries[i].upper.as_deref().filter(|_| i + 1 < steps);
            if let Some(words) = inner {
                let block = Block::line(words, &numbers);
                let at = Point::new(rect.x1 + look.gap.0, y - block.size.height / 2.0);
                self.beside.push((block, at));
            }
        }
        self.size.height = top + tall * steps as f64;
        self.set_below(content, text, steps, width);
    }

    /// A bar whose lengths are true.
    pub(super) fn set_bar(
        &mut self,
        content: &LegendContent,
        bar: &BarContent,
        text: &TextLooks,
        width: f64,
    ) {
        let look = &content.look;
        let numbers = text.legend.sized(NUMBERS);
        if content.upright && bar.columns.is_empty() {
            self.set_standing_bar(content, bar, &numbers);
            return self.set_below(content, text, 0, width);
        }
        let block = |(share, words): &(f64, String)| (*share, Block::line(words, &numbers));
        let words: Vec<(f64, Block)> = bar.ticks.iter().map(block).collect();
        let rest = if !content.entries.is_empty() { look.swatch_width.0 * 5.0 } else { 0.0 };
        let long = look.bar_width.0.min((width - rest).max(width * 0.6));
        if bar.classed && bar.columns.is_empty() && meet(&words, long, 1) {
            return self.set_bar(content, &bar.roomier(&words, long), text, width);
        }
        let over = self.size.height;
        let (top, columns) = columns(bar, look, over, long);
        let foot = top + bar_height(bar, look);
        let mut laid = BarBox { rect: Rect::new(0.0, top, long, foot), columns, ..BarBox::default() };
        let mut from = 0.0;
        for (paint, to) in &bar.bands {
            laid.bands.push((Rect::new(long * from, top, long, foot), paint.clone()));
            from = *to;
        }
        let under = foot + look.tick.0;
        let kept = if bar.classed { kept_breaks(&words, long) } else { thinned(&words, long) };
        for (_, (share, block)) in words.into_iter().enumerate().filter(|(i, _)| kept[*i]) {
            let x = long * share;
            laid.ticks.push([Point::new(x, foot), Point::new(x, under)]);
            let middle = within(x, block.size.width, long);
            self.breaks.push((block, Point::new(middle, under)));
        }
        let words = self.breaks.first().map_or(foot, |(block, at)| at.y + block.size.height);
        let beside = Size::new(long + look.entry_gap.0, words - over);
        if !laid.columns.is_empty() {
            // the words beside columns stand on the line of the bar
            let row = look.swatch_height.0.max(text.legend.line_height());
            self.size.height = (foot - (row + look.swatch_height.0) / 2.0).max(over);
        }
        self.bar = Some(laid);
        self.set_entries(content, text, 0, beside, width);
        self.size.height = self.size.height.max(words);
    }

    fn set_standing_bar(&mut self, content: &LegendContent, bar: &BarContent, numbers: &TextLook) {
        let look = &content.look;
        // the outermost numbers stand out beyond the bar by half their height
        let half = numbers.line_height() / 2.0;
        let (top, tall) = (self.size.height + half * 0.6, look.bar_width.0 * 0.62);
        let (wide, foot) = (look.swatch_width.0 * 0.6, top + tall);
        let near = |pair: &[(f64, String)]| (pair[1].0 - pair[0].0) * tall < half * 1.8;
        if bar.classed && bar.ticks.windows(2).any(near) {
            return self.set_standing_bar(content, &bar.even(), numbers);
        }
        let mut laid = BarBox { rect: Rect::new(0.0, top, wide, foot), ..BarBox::default() };
        let mut from = 0.0;
        for (paint, to) in &bar.bands {
            laid.bands.push((Rect::new(0.0, top, wide, foot - tall * from), paint.clone()));
            from = *to;
        }
        for (share, words) in &bar.ticks {
            let y = foot - tall * share;
            let block = Block::line(words, numbers);
            laid.ticks.push([Point::new(wide, y), Point::new(wide + look.tick.0, y)]);
            let at = Point::new(wide + look.tick.0 + look.gap.0 * 0.4, y - block.size.height / 2.0);
            self.beside.push((block, at));
        }
        self.bar = Some(laid);
        self.size.height = foot + half * 0.6;
    }

    /// The entries from `first` on under what stands.
    fn set_below(&mut self, content: &LegendContent, text: &TextLooks, first: usize, width: f64) {
        if first < content.entries.len() {
            self.size.height += content.look.gap.0;
            self.set_entries(content, text, first, Size::ZERO, width);
        }
    }
}

/// Height of a bar: under columns, which are as many colours, a strip is enough.
fn bar_height(bar: &BarContent, look: &LegendLook) -> f64 {
    let share = if bar.columns.is_empty() { 1.0 } else { STRIP };
    look.swatch_height.0 * share
}

/// Height of the bar under columns as a share of a swatch's.
const STRIP: f64 = 0.4;

/// The columns above a bar of that length that begin at `over`, and where the bar begins.
fn columns(bar: &BarContent, look: &LegendLook, over: f64, long: f64) -> (f64, Vec<(Rect, Paint)>) {
    if bar.columns.is_empty() {
        return (over, Vec::new());
    }
    let (wide, tall) = (long / bar.columns.len() as f64, look.column_height.0);
    let foot = over + tall;
    let mut all = Vec::new();
    for (i, column) in bar.columns.iter().enumerate() {
        let (left, mut y) = (wide * i as f64, foot);
        for (paint, share) in column {
            let top = y - tall * share;
            let gap = wide * look.column_gap / 2.0;
            all.push((Rect::new(left + gap, top, left + wide - gap, y), paint.clone()));
            y = top;
        }
    }
    (foot + look.swatch_height.0 * STRIP_GAP, all)
}

/// Room between columns and their bar as a share of a swatch's height.
const STRIP_GAP: f64 = 0.12;

/// The middle of words of a width that stand at `x` under a bar: those at its ends do not stand out beyond it.
fn within(x: f64, wide: f64, long: f64) -> f64 {
    x.clamp(wide / 2.0, (long - wide / 2.0).max(wide / 2.0))
}

/// Which of the words under a bar of that length are kept: all, or every second, third …, so that none meet; those at
/// both ends where that can be.
fn thinned(words: &[(f64, Block)], long: f64) -> Vec<bool> {
    let last = words.len().saturating_sub(1).max(1);
    let ends = (1..last).filter(|stride| last.is_multiple_of(*stride));
    let stride = ends.chain(2..=last).find(|stride| !meet(words, long, *stride)).unwrap_or(last);
    (0..words.len()).map(|index| index % stride == 0).collect()
}

/// Which of the words at the edges of classes are kept, so that none meet: both ends, then those between from the low end
/// on.
fn kept_breaks(words: &[(f64, Block)], long: f64) -> Vec<bool> {
    let mut kept = vec![false; words.len()];
    let last = words.len().saturating_sub(1);
    for index in [0, last].into_iter().chain(1..last) {
        let apart = |(other, is): (usize, &bool)| {
            let (low, high) = (index.min(other), index.max(other));
            !is || other == index || !meet(&[words[low].clone(), words[high].clone()], long, 1)
        };
        kept[index] = kept.iter().enumerate().all(apart);
    }
    kept
}

/// Whether any two of every so many words under a bar meet.
fn meet(words: &[(f64, Block)], long: f64, stride: usize) -> bool {
    let reach = |(share, block): &(f64, Block)| {
        let middle = within(share * long, block.size.width, long);
        (middle - block.size.width / 2.0, middle + block.size.width / 2.0 + block.step * 0.3)
    };
    let kept: Vec<(f64, f64)> = words.iter().step_by(stride).map(reach).collect();
    kept.windows(2).any(|pair| pair[1].0 < pair[0].1)
}
