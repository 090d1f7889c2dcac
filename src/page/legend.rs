//! The legend's own small layout: entries in rows, or a scale of steps with the breaks at their edges.

use kurbo::{Point, Rect, Size};

use super::Block;
use crate::paint::Paint;
use crate::style::{LegendLook, TextLooks};
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
    /// The swatches.
    pub swatches: Vec<Swatch>,
    /// Breaks under the edges of steps: the words' top middle.
    pub breaks: Vec<(Block, Point)>,
    /// The entries they belong to.
    pub entries: Vec<LegendEntry>,
}

impl LegendBox {
    /// Lays `content` out in a column of `width`.
    pub fn set(content: &LegendContent, text: &TextLooks, width: f64) -> LegendBox {
        let mut laid = LegendBox {
            size: Size::new(width, 0.0),
            title: None,
            swatches: Vec::new(),
            breaks: Vec::new(),
            entries: content.entries.clone(),
        };
        if let Some(title) = &content.title {
            let block = Block::set(title, &text.legend_title, width, false);
            laid.size.height = block.size.height + content.look.gap.0 * 0.5;
            laid.title = Some((block, Point::ZERO));
        }
        match content.form {
            LegendForm::Entries => laid.set_entries(content, text, 0, 0.0, width),
            LegendForm::Steps => laid.set_steps(content, text, width),
        }
        laid
    }

    /// The width that it takes up.
    pub fn used_width(&self) -> f64 {
        let title = self.title.iter().map(|(block, _)| block.size.width);
        let words = |swatch: &Swatch| {
            swatch.words.as_ref().map_or(swatch.rect.x1, |(block, at)| at.x + block.size.width)
        };
        let breaks = self.breaks.iter().map(|(block, at)| at.x + block.size.width / 2.0);
        title.chain(self.swatches.iter().map(words)).chain(breaks).fold(0.0, f64::max)
    }

    /// Entries from `first` on, in rows that begin at the left edge (the first row at `x`).
    fn set_entries(&mut self, content: &LegendContent, text: &TextLooks, first: usize, x: f64, width: f64) {
        let look = &content.look;
        let (swatch_w, swatch_h) = (look.swatch_width.0, look.swatch_height.0);
        let row = text.legend.line_height().max(swatch_h);
        let mut at = Point::new(x, self.size.height);
        for (i, entry) in content.entries.iter().enumerate().skip(first) {
            let room = width - swatch_w - look.gap.0;
            let words = Block::set(&Rich::plain(&entry.label), &text.legend, room, false);
            let needs = swatch_w + look.gap.0 + words.size.width;
            let full = at.x + needs > width || (content.vertical && i > first);
            if at.x > 0.0 && full {
                at = Point::new(0.0, at.y + row + look.gap.0 * 0.6);
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
        self.set_entries(content, text, steps, step * steps as f64 + look.entry_gap.0, width);
        let words = self.breaks.first().map_or(0.0, |(block, at)| at.y + block.size.height);
        self.size.height = self.size.height.max(words).max(foot);
    }
}
