//! The legend's own small layout: entries in rows, or a scale of steps with the breaks at their edges.

use kurbo::{Point, Rect, Size, Vec2};

use super::{Block, CircleBox, CircleContent, SquareBox, SquareContent};
use crate::paint::Paint;
use crate::style::{LegendLook, TextLooks};
use crate::symbol::Symbol;
use crate::text::Rich;

/// What a legend says.
#[derive(Clone, Debug)]
pub struct LegendContent {
    /// Words above it.
    pub title: Option<Rich>,
    /// Its entries.
    pub entries: Vec<LegendEntry>,
    /// How it is drawn.
    pub form: LegendForm,
    /// Entries stand one under the other.
    pub vertical: bool,
    /// Looks.
    pub look: LegendLook,
    /// The circles before its entries.
    pub circles: Option<CircleContent>,
    /// The square of two numbers before its entries.
    pub square: Option<SquareContent>,
    /// Legends of points below it.
    pub more: Vec<LegendContent>,
}

/// One line of a legend.
#[derive(Clone, Debug)]
pub struct LegendEntry {
    /// A stable key, the tail of an XML name.
    pub key: String,
    /// Its words.
    pub label: String,
    /// Its paint.
    pub paint: Paint,
    /// The symbol that wears it, and the radius of a circle of its size; `None`: a box.
    pub symbol: Option<(Symbol, f64)>,
    /// The words at the right edge of its step; `None` for entries that stand apart (no data).
    pub upper: Option<String>,
}

/// How a legend is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegendForm {
    /// A swatch and words for each class.
    Entries,
    /// Steps side by side, the breaks under their edges; entries without an upper edge follow as swatches.
    Steps,
}

/// A swatch and its words, relative to the legend's corner.
#[derive(Clone, Debug)]
pub struct Swatch {
    /// Index of the entry.
    pub entry: usize,
    /// The painted box.
    pub rect: Rect,
    /// Its words with their top left corner; `None` for steps.
    pub words: Option<(Block, Point)>,
}

/// A legend laid out, relative to its top left corner.
#[derive(Clone, Debug)]
pub struct LegendBox {
    /// Its size.
    pub size: Size,
    /// Words above it.
    pub title: Option<(Block, Point)>,
    /// Words above the legends of points.
    pub more_titles: Vec<(Block, Point)>,
    /// The swatches.
    pub swatches: Vec<Swatch>,
    /// Breaks under the edges of steps: the words' top middle.
    pub breaks: Vec<(Block, Point)>,
    /// The entries they belong to.
    pub entries: Vec<LegendEntry>,
    /// The circles with their top left corner.
    pub circles: Option<(CircleBox, Point)>,
    /// The square with its top left corner.
    pub square: Option<(SquareBox, Point)>,
}

impl LegendBox {
    /// Lays `content` out in a column of `width`.
    pub fn set(content: &LegendContent, text: &TextLooks, width: f64) -> LegendBox {
        let mut laid = LegendBox::set_first(content, text, width);
        for more in &content.more {
            laid.append(LegendBox::set_first(more, text, width), content.look.gap.0 * 1.5);
        }
        laid
    }

    /// Puts another legend below this one.
    fn append(&mut self, mut other: LegendBox, gap: f64) {
        other.shift(Vec2::new(0.0, self.size.height + gap));
        self.size.height += gap + other.size.height;
        let first = self.entries.len();
        self.entries.extend(other.entries);
        self.swatches
            .extend(other.swatches.into_iter().map(|one| Swatch { entry: one.entry + first, ..one }));
        self.breaks.extend(other.breaks);
        self.more_titles.extend(other.title);
    }

    /// All but the legends below.
    fn set_first(content: &LegendContent, text: &TextLooks, width: f64) -> LegendBox {
        let circles = content.circles.as_ref().and_then(|circles| CircleBox::set(circles, text, width));
        let square = content.square.as_ref().map(|square| SquareBox::set(square, text, width));
        if circles.is_none() && square.is_none() {
            return LegendBox::set_alone(content, text, width);
        }
        // circles and square side by side, or below each other
        let gap = Size::new(content.look.entry_gap.0 * 1.6, content.look.gap.0 * 1.5);
        let before = circles.as_ref().map_or(Size::ZERO, |circles| circles.size);
        let own = square.as_ref().map_or(Size::ZERO, |square| square.size);
        let (mut corner, mut size) = (Point::ZERO, before);
        if before.width > 0.0 && own.width > 0.0 {
            let beside = !content.vertical && before.width + gap.width + own.width <= width;
            corner = if beside {
                Point::new(before.width + gap.width, 0.0)
            } else {
                Point::new(0.0, before.height + gap.height)
            };
        }
        size.width = size.width.max(corner.x + own.width);
        size.height = size.height.max(corner.y + own.height);
        let mut laid = LegendBox::set_rest(content, text, width, size, gap);
        laid.circles = circles.map(|circles| (circles, Point::ZERO));
        laid.square = square.map(|square| (square, corner));
        laid
    }

    /// The entries beside what takes `size`, or below it.
    fn set_rest(content: &LegendContent, text: &TextLooks, width: f64, size: Size, gap: Size) -> LegendBox {
        let steps = match content.form {
            LegendForm::Entries => 0,
            LegendForm::Steps => content.entries.iter().filter(|entry| entry.upper.is_some()).count(),
        };
        let left = size.width + gap.width;
        let room = width - left;
        let least = if content.title.is_some() { width * 0.5 } else { width * 0.3 };
        let beside =
            !content.vertical && room >= least && room >= content.look.step_width.0 * 1.1 * steps as f64;
        let mut laid = LegendBox::set_alone(content, text, if beside { room } else { width });
        let rest = laid.size.height;
        if beside {
            // titles begin on one line; what has none stands at the foot
            let down = if laid.title.is_some() { 0.0 } else { (size.height - rest).max(0.0) };
            laid.shift(Vec2::new(left, down));
            laid.size = Size::new(width, size.height.max(rest + down));
        } else {
            let between = if rest > 0.0 { gap.height } else { 0.0 };
            laid.shift(Vec2::new(0.0, size.height + between));
            laid.size = Size::new(width, size.height + between + rest);
        }
        laid
    }

    /// Moves all of it.
    fn shift(&mut self, by: Vec2) {
        self.title.iter_mut().for_each(|(_, at)| *at += by);
        self.breaks.iter_mut().for_each(|(_, at)| *at += by);
        for swatch in &mut self.swatches {
            swatch.rect = swatch.rect + by;
            swatch.words.iter_mut().for_each(|(_, at)| *at += by);
        }
    }

    /// The same without circles.
    fn set_alone(content: &LegendContent, text: &TextLooks, width: f64) -> LegendBox {
        let mut laid = LegendBox {
            size: Size::new(width, 0.0),
            title: None,
            more_titles: Vec::new(),
            swatches: Vec::new(),
            breaks: Vec::new(),
            entries: content.entries.clone(),
            circles: None,
            square: None,
        };
        if let Some(title) = &content.title {
            let block = Block::set(title, &text.legend_title, width, false);
            laid.size.height = block.size.height + content.look.gap.0 * 0.5;
            laid.title = Some((block, Point::ZERO));
        }
        match content.form {
            LegendForm::Entries => laid.set_entries(content, text, 0, Size::ZERO, width),
            LegendForm::Steps => laid.set_steps(content, text, width),
        }
        laid
    }

    /// The width that it takes up.
    pub fn used_width(&self) -> f64 {
        let title = self.title.iter().chain(&self.more_titles).map(|(block, at)| at.x + block.size.width);
        let words = |swatch: &Swatch| {
            swatch.words.as_ref().map_or(swatch.rect.x1, |(block, at)| at.x + block.size.width)
        };
        let breaks = self.breaks.iter().map(|(block, at)| at.x + block.size.width / 2.0);
        let circles = self.circles.iter().map(|(circles, at)| at.x + circles.size.width);
        let square = self.square.iter().map(|(square, at)| at.x + square.size.width);
        title
            .chain(self.swatches.iter().map(words))
            .chain(breaks)
            .chain(circles)
            .chain(square)
            .fold(0.0, f64::max)
    }

    /// Entries from `first` on, in rows that begin at the left edge (the first row right of what stands `beside` it).
    fn set_entries(
        &mut self,
        content: &LegendContent,
        text: &TextLooks,
        first: usize,
        beside: Size,
        width: f64,
    ) {
        let look = &content.look;
        let sizes: Vec<Size> = swatch_sizes(content);
        let tallest = sizes.iter().skip(first).map(|size| size.height).fold(0.0, f64::max);
        let row = text.legend.line_height().max(tallest);
        let mut at = Point::new(beside.width, self.size.height);
        let mut tall = row.max(beside.height);
        for (i, entry) in content.entries.iter().enumerate().skip(first) {
            let Size { width: swatch_w, height: swatch_h } = sizes[i];
            let room = width - swatch_w - look.gap.0;
            let words = Block::set(&Rich::plain(&entry.label), &text.legend, room, false);
            let needs = swatch_w + look.gap.0 + words.size.width;
            let full = at.x + needs > width || (content.vertical && i > first);
            if at.x > 0.0 && full {
                at = Point::new(0.0, at.y + tall + look.gap.0 * 0.6);
                tall = row;
            }
            let top = at.y + (row - swatch_h) / 2.0;
            let rect = Rect::new(at.x, top, at.x + swatch_w, top + swatch_h);
            let words_top = at.y + (row - text.legend.line_height()) / 2.0;
            let corner = Point::new(rect.x1 + look.gap.0, words_top);
            self.size.height = self.size.height.max(words_top + words.size.height.max(row));
            self.swatches.push(Swatch { entry: i, rect, words: Some((words, corner)) });
            at.x += needs + look.entry_gap.0;
        }
    }

    fn set_steps(&mut self, content: &LegendContent, text: &TextLooks, width: f64) {
        let look = &content.look;
        let steps = content.entries.iter().take_while(|entry| entry.upper.is_some()).count();
        let top = self.size.height;
        let rest_width = if steps < content.entries.len() { look.swatch_width.0 * 5.0 } else { 0.0 };
        let room = (width - rest_width).max(width * 0.5);
        let step = look.step_width.0.min(room / steps.max(1) as f64);
        let foot = top + look.swatch_height.0;
        for i in 0..steps {
            let x = step * i as f64;
            self.swatches.push(Swatch { entry: i, rect: Rect::new(x, top, x + step, foot), words: None });
            let inner = content.entries[i].upper.as_deref().filter(|_| i + 1 < steps);
            if let Some(words) = inner {
                let block = Block::line(words, &text.legend.sized(0.86));
                self.breaks.push((block, Point::new(x + step, foot + look.gap.0 * 0.3)));
            }
        }
        let words = self.breaks.first().map_or(foot, |(block, at)| at.y + block.size.height);
        let beside = Size::new(step * steps as f64 + look.entry_gap.0, words - top);
        self.set_entries(content, text, steps, beside, width);
        self.size.height = self.size.height.max(words).max(foot);
    }
}

/// The size of each entry's swatch: a box, or what its symbol takes up, where all symbols are as wide as the widest.
fn swatch_sizes(content: &LegendContent) -> Vec<Size> {
    let own = |entry: &LegendEntry| entry.symbol.as_ref().map(|(one, radius)| one.bounds().size() * *radius);
    let widest = content.entries.iter().filter_map(own).map(|size| size.width).fold(0.0, f64::max);
    let look = &content.look;
    let boxed = Size::new(look.swatch_width.0, look.swatch_height.0);
    content
        .entries
        .iter()
        .map(|entry| own(entry).map_or(boxed, |size| Size::new(widest, size.height)))
        .collect()
}
