//! The legend's own small layout: entries in rows, or a scale of steps with the breaks at their edges.

use kurbo::{Point, Rect, Size, Vec2};

use super::bar::{BarBox, BarContent};
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
    /// Steps and bars stand, the highest on top.
    pub upright: bool,
    /// The bar of the form that is one.
    pub bar: Option<BarContent>,
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
    /// How many places are in it, in words; `None` where that is not told.
    pub count: Option<String>,
    /// Its paint.
    pub paint: Paint,
    /// What stands before its words.
    pub mark: LegendMark,
    /// The symbol that wears it, and the radius of a circle of its size; `None`: a box.
    pub symbol: Option<(Symbol, f64)>,
    /// The words at the right edge of its step; `None` for entries that stand apart (no data).
    pub upper: Option<String>,
}

/// What stands before the words of an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum LegendMark {
    /// A box in its paint.
    #[default]
    Swatch,
    /// An arrow of this width (`None`: one that grows), in a box of this size.
    Arrow {
        /// The box.
        size: Size,
        /// Width of the shaft.
        width: Option<f64>,
    },
    /// A circle in its paint that counts what it stands for.
    Count,
    /// Nothing: the words name the entries after them.
    Words,
}

impl LegendEntry {
    /// Its words, and how many places are in it.
    fn words(&self) -> Rich {
        let mut words = Rich::plain(&self.label);
        // a no-break space, so that the number never stands alone
        let count = self.count.iter().map(|count| Rich::parse(&format!("\u{a0}\u{a0}**{count}**")));
        words.0.extend(count.flat_map(|count| count.0));
        words
    }
}

/// How a legend is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegendForm {
    /// A swatch and words for each class.
    Entries,
    /// Steps side by side, the breaks under their edges; entries without an upper edge follow as swatches.
    Steps,
    /// A bar on which lengths are true; the entries, which it does not tell, follow as swatches.
    Bar,
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
    /// Numbers beside steps or a bar that stand: the words' top left corner.
    pub beside: Vec<(Block, Point)>,
    /// The bar.
    pub bar: Option<BarBox>,
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
        self.beside.extend(other.beside);
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
            LegendForm::Entries | LegendForm::Bar => 0,
            LegendForm::Steps => content.entries.iter().filter(|entry| entry.upper.is_some()).count(),
        };
        let left = size.width + gap.width;
        let room = width - left;
        let least = if content.title.is_some() { width * 0.5 } else { width * 0.3 };
        let bar = if content.bar.is_some() { content.look.bar_width.0 * 1.1 } else { 0.0 };
        let beside = !content.vertical
            && room >= bar
            && room >= least
            && room >= content.look.step_width.0 * 1.1 * steps as f64;
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
        self.breaks.iter_mut().chain(&mut self.beside).for_each(|(_, at)| *at += by);
        if let Some(bar) = &mut self.bar {
            bar.rect = bar.rect + by;
            bar.bands.iter_mut().for_each(|(rect, _)| *rect = *rect + by);
            bar.columns.iter_mut().for_each(|(rect, _)| *rect = *rect + by);
            bar.ticks.iter_mut().flatten().for_each(|at| *at += by);
        }
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
            beside: Vec::new(),
            bar: None,
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
            LegendForm::Bar => match &content.bar {
                Some(bar) => laid.set_bar(content, bar, text, width),
                None => laid.set_entries(content, text, 0, Size::ZERO, width),
            },
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
        let beside = self.beside.iter().map(|(block, at)| at.x + block.size.width);
        let bar = self.bar.iter().map(|bar| bar.rect.x1);
        title
            .chain(beside)
            .chain(bar)
            .chain(self.swatches.iter().map(words))
            .chain(breaks)
            .chain(circles)
            .chain(square)
            .fold(0.0, f64::max)
    }

    /// Entries from `first` on, in rows that begin at the left edge (the first row right of what stands `beside` it).
    pub(super) fn set_entries(
        &mut self,
        content: &LegendContent,
        text: &TextLooks,
        first: usize,
        beside: Size,
        width: f64,
    ) {
        let look = &content.look;
        let sizes: Vec<Size> = swatch_sizes(content);
        let mark = |i: usize| match content.entries[i].mark {
            LegendMark::Swatch | LegendMark::Count => (sizes[i], look.gap.0),
            LegendMark::Arrow { size, .. } => (size, look.gap.0),
            LegendMark::Words => (Size::ZERO, 0.0),
        };
        let line = text.legend.line_height();
        let count = content.entries.len();
        let tallest = (first..count).map(|i| mark(i).0.height).fold(0.0, f64::max);
        // below each other every entry has a row of its own
        let row_of = |i: usize| match content.vertical {
            true if i < count => line.max(mark(i).0.height),
            _ => line.max(tallest),
        };
        let mut row = row_of(first);
        let mut at = Point::new(beside.width, self.size.height);
        let mut tall = row.max(beside.height);
        for (i, entry) in content.entries.iter().enumerate().skip(first) {
            let (size, gap) = mark(i);
            let own = row_of(i);
            let room = width - size.width - gap;
            let look_of_words =
                if entry.mark == LegendMark::Words { &text.legend_title } else { &text.legend };
            let words = Block::set(&entry.words(), look_of_words, room, false);
            let needs = size.width + gap + words.size.width;
            let full = at.x + needs > width || (content.vertical && i > first);
            if at.x > 0.0 && full {
                at = Point::new(0.0, at.y + tall + look.gap.0 * 0.6);
                (row, tall) = (own, own);
            }
            let rect = Rect::from_origin_size((at.x, at.y + (row - size.height) / 2.0), size);
            let words_top = at.y + (row - line) / 2.0;
            let corner = Point::new(rect.x1 + gap, words_top);
            self.size.height = self.size.height.max(words_top + words.size.height.max(row));
            self.swatches.push(Swatch { entry: i, rect, words: Some((words, corner)) });
            at.x += needs + look.entry_gap.0 * if entry.mark == LegendMark::Words { 0.5 } else { 1.0 };
        }
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
