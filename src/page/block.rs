//! A block of words: set, broken into lines and measured once, then put anywhere.

use kurbo::{Point, Size};

use crate::paint::Color;
use crate::scene::{Anchor, Halo, Span, Tag, Text, TextLine};
use crate::style::TextLook;
use crate::text::{self, Accent, Rich, Wrap};

/// The weight of `**bold**` words.
const BOLD: u16 = 700;

/// Words broken into lines.
#[derive(Clone, Debug)]
pub struct Block {
    /// Each line with its width.
    pub lines: Vec<(Vec<Span>, f64)>,
    /// Width of the widest line, and height from the top of the first line's box to the foot of the last.
    pub size: Size,
    /// Baseline of the first line below the top.
    pub first: f64,
    /// Distance between baselines.
    pub step: f64,
    /// Words with a swatch under them.
    pub underlined: Vec<Underlined>,
}

/// Words of a [`Block`] with a swatch under them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Underlined {
    /// Which line.
    pub line: usize,
    /// From where to where, px from the line's left end.
    pub reach: (f64, f64),
    /// The swatch's number.
    pub swatch: usize,
}

impl Block {
    /// Sets `rich` in lines of at most `width`; `balance` makes them of like length.
    pub fn set(rich: &Rich, look: &TextLook, width: f64, balance: bool) -> Block {
        let mut blocks = Block::set_each(rich, look, &[width], balance);
        blocks.swap_remove(0)
    }

    /// As [`Block::set`], once for each of `widths`.
    pub fn set_each(rich: &Rich, look: &TextLook, widths: &[f64], balance: bool) -> Vec<Block> {
        let size = look.size.0;
        let bold = BOLD.max(look.weight);
        let runs = rich.set(&look.font(), size, look.tracking * size, bold);
        let how = if balance { Wrap::Balanced } else { Wrap::Text };
        text::wrap_each(&runs, widths, how).into_iter().map(|lines| Block::of_lines(lines, look)).collect()
    }

    fn of_lines(lines: Vec<text::Line>, look: &TextLook) -> Block {
        let underlined = lines.iter().enumerate().flat_map(|(i, line)| underlined(i, line)).collect();
        let line = |line: text::Line| {
            (line.runs.into_iter().map(|run| span(run, look.color)).collect::<Vec<Span>>(), line.width)
        };
        let lines: Vec<(Vec<Span>, f64)> = lines.into_iter().map(line).collect();
        let step = look.line_height();
        let widest = lines.iter().map(|(_, width)| *width).fold(0.0, f64::max);
        let metrics = text::metrics(&look.font(), look.size.0);
        // capitals and depth of letters stand in the middle of the line's box
        let first = (step + metrics.cap_height) / 2.0;
        Block { size: Size::new(widest, step * lines.len() as f64), lines, first, step, underlined }
    }

    /// One line of plain words.
    pub fn line(words: &str, look: &TextLook) -> Block {
        Block::set(&Rich::plain(words), look, f64::INFINITY, false)
    }

    /// The same words, `factor` times as large.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Block {
        let scaled =
            |span: &Span| Span { size: span.size * factor, tracking: span.tracking * factor, ..span.clone() };
        let lines = self.lines.iter();
        Block {
            lines: lines.map(|(spans, width)| (spans.iter().map(scaled).collect(), width * factor)).collect(),
            size: self.size * factor,
            first: self.first * factor,
            step: self.step * factor,
            underlined: self
                .underlined
                .iter()
                .map(|one| Underlined { reach: (one.reach.0 * factor, one.reach.1 * factor), ..*one })
                .collect(),
        }
    }

    /// The same words in another colour.
    #[must_use]
    pub fn colored(mut self, color: Color) -> Block {
        self.lines.iter_mut().flat_map(|(spans, _)| spans).for_each(|span| span.color = color);
        self
    }

    /// The words with the block's top left corner (`Start`), top middle or top right corner at `at`.
    pub fn text(&self, at: Point, anchor: Anchor, halo: Option<Halo>, tag: Tag) -> Text {
        let lines = self.lines.iter().enumerate().map(|(i, (spans, _))| TextLine {
            at: Point::new(at.x, at.y + self.first + self.step * i as f64),
            along: None,
            spans: spans.clone(),
        });
        Text { tag, anchor, lines: lines.collect(), halo }
    }
}

/// The words of a line that have a swatch under them.
fn underlined(index: usize, line: &text::Line) -> Vec<Underlined> {
    let mut found = Vec::new();
    for (i, run) in line.runs.iter().enumerate() {
        if let Some(Accent::Swatch(swatch)) = run.accent {
            let x = |runs: usize| text::measure(&line.runs[..runs]);
            found.push(Underlined { line: index, reach: (x(i), x(i + 1)), swatch });
        }
    }
    found
}

fn span(run: text::Run, color: Color) -> Span {
    let color = match run.accent {
        Some(Accent::Ink([r, g, b])) => Color::rgb(r, g, b),
        _ => color,
    };
    Span { text: run.text, font: run.font, size: run.size, tracking: run.tracking, color }
}
