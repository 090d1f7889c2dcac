//! Words into lines of a given width.
//!
//! Where a line may end: UAX #14, by `unicode-linebreak`; a word wider than the line is cut between letters. Which
//! of these places are taken is a total fit over each paragraph (Knuth & Plass, "Breaking paragraphs into lines",
//! 1981): as few lines as can be, then the least sum of squares, with a fine on a lone short word in the last line.

use std::cell::OnceCell;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::{Accent, Font, Shaped, shape};

/// Words in one font.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The words; a newline starts a new line.
    pub text: String,
    /// Their font.
    pub font: Font,
    /// Font size in px.
    pub size: f64,
    /// Extra px after every letter.
    pub tracking: f64,
    /// What sets them apart.
    pub accent: Option<Accent>,
}

impl Run {
    /// Its glyphs and width.
    pub fn shaped(&self) -> Shaped {
        shape(&self.text, &self.font, self.size, self.tracking)
    }
}

/// What makes a good set of lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wrap {
    /// Full lines, the last one as it comes: for notes and running text.
    #[default]
    Text,
    /// Lines of like width: for titles, decks, labels and callouts.
    Balanced,
}

/// A line of words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its runs, left to right, without the spaces at its end; empty for an empty line.
    pub runs: Vec<Run>,
    /// Its width in px.
    pub width: f64,
}

/// A last line of one word narrower than this share of the width is a widow.
const WIDOW: f64 = 0.33;
/// The fine on a widow, in squares of the full width.
const WIDOW_FINE: f64 = 4.0;

/// Breaks `runs` into lines of at most `width` px.
///
/// Only a single letter that is itself wider makes a wider line. Empty words give no line.
pub fn wrap(runs: &[Run], width: f64, how: Wrap) -> Vec<Line> {
    wrap_each(runs, &[width], how).pop().unwrap_or_default()
}

/// As [`wrap`], for each of several widths; the words are measured once.
pub fn wrap_each(runs: &[Run], widths: &[f64], how: Wrap) -> Vec<Vec<Line>> {
    let text: String = runs.iter().map(|r| r.text.as_str()).collect();
    let mut paragraph = Paragraph::new(runs, &text);
    let mut words: Option<Vec<(Piece, bool)>> = None;
    let lines = |width: &f64| {
        paragraph.width = width.max(0.0);
        if *width == f64::INFINITY {
            return paragraph.unbroken();
        }
        let words = words.get_or_insert_with(|| paragraph.words());
        paragraph.lines(words, how)
    };
    widths.iter().map(lines).collect()
}

/// The width in px of `runs` set one after the other, without the tracking after the last letter.
pub fn measure(runs: &[Run]) -> f64 {
    let mut width = 0.0;
    let mut tracking = 0.0;
    for run in runs.iter().filter(|r| !r.text.is_empty()) {
        width += tracking + run.shaped().width;
        tracking = run.tracking;
    }
    width
}

/// What stands between two places where a line may end: bytes from `start` to `end`.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    end: usize,
    /// Width with the spaces at its end, when another piece follows.
    advance: f64,
    /// Width without them, when it ends a line.
    width: f64,
}

struct Paragraph<'a> {
    runs: &'a [Run],
    /// The byte of `text` at which each run starts.
    starts: Vec<usize>,
    text: &'a str,
    /// Of the lines that are looked for.
    width: f64,
    /// The largest font size.
    size: f64,
    /// See [`Paragraph::space`].
    spaces: OnceCell<Vec<f64>>,
}

impl<'a> Paragraph<'a> {
    fn new(runs: &'a [Run], text: &'a str) -> Self {
        let mut starts = Vec::with_capacity(runs.len());
        let mut offset = 0;
        for run in runs {
            starts.push(offset);
            offset += run.text.len();
        }
        let size = runs.iter().map(|r| r.size).fold(0.0, f64::max);
        Paragraph { runs, starts, text, width: 0.0, size, spaces: OnceCell::new() }
    }

    /// What a space in run number `run` adds to a line.
    fn space(&self, run: usize) -> Option<f64> {
        let space = |run: &Run| shape(" ", &run.font, run.size, run.tracking).width + run.tracking;
        self.spaces.get_or_init(|| self.runs.iter().map(space).collect()).get(run).copied()
    }

    /// Every paragraph as a line: there is nothing to choose.
    fn unbroken(&self) -> Vec<Line> {
        let ends = linebreaks(self.text).filter(|(_, kind)| *kind == BreakOpportunity::Mandatory);
        let mut start = 0;
        let line = |(end, _)| self.line(std::mem::replace(&mut start, end), end);
        ends.map(line).collect()
    }

    /// All pieces, and whether a line must end after each.
    fn words(&self) -> Vec<(Piece, bool)> {
        let mut start = 0;
        let piece = |(end, kind)| {
            (self.piece(std::mem::replace(&mut start, end), end), kind == BreakOpportunity::Mandatory)
        };
        linebreaks(self.text).map(piece).collect()
    }

    fn lines(&self, words: &[(Piece, bool)], how: Wrap) -> Vec<Line> {
        let (mut lines, mut pieces) = (Vec::new(), Vec::new());
        for (piece, ends) in words {
            self.add_pieces(&mut pieces, *piece);
            if *ends {
                lines.extend(self.fit(&pieces, how));
                pieces.clear();
            }
        }
        lines
    }

    fn add_pieces(&self, to: &mut Vec<Piece>, piece: Piece) {
        let Piece { start, end, .. } = piece;
        if piece.width <= self.width {
            to.push(piece);
            return;
        }
        let mut from = start;
        for cut in self.cuts(start, end) {
            to.push(self.piece(from, cut));
            from = cut;
        }
        to.push(self.piece(from, end));
    }

    fn piece(&self, start: usize, end: usize) -> Piece {
        let trimmed = self.line(start, end);
        let text = &self.text[start..end];
        let spaces = text.trim_start_matches(|c| !is_space(c));
        let run = self.starts.partition_point(|&s| s < end).saturating_sub(1);
        let within_run = self.starts.get(run).is_some_and(|&s| s <= end - spaces.len());
        let advance = match self.space(run) {
            // kerning beside spaces is left out here: see `span_width`
            Some(space) if spaces == " " && within_run => trimmed.width + self.runs[run].tracking + space,
            _ => {
                let whole = self.cut(start, end);
                let tracking = whole.last().map_or(0.0, |r| r.tracking);
                let same = whole == trimmed.runs && !text.ends_with(SOFT_HYPHEN);
                tracking + if same { trimmed.width } else { measure(&whole) }
            }
        };
        Piece { start, end, advance, width: trimmed.width }
    }

    /// Where a word that is too wide is cut.
    fn cuts(&self, start: usize, end: usize) -> Vec<usize> {
        let mut cuts = Vec::new();
        let (mut offset, mut x, mut line_x) = (start, 0.0, 0.0);
        for run in self.cut(start, end) {
            for glyph in run.shaped().glyphs {
                let at = offset + glyph.at;
                let starts_letter = !is_mark(self.text[at..].chars().next());
                if starts_letter && at > start && x + glyph.advance - run.tracking - line_x > self.width {
                    cuts.push(at);
                    line_x = x;
                }
                x += glyph.advance;
            }
            offset += run.text.len();
        }
        cuts.dedup();
        cuts
    }

    /// The parts of the runs from byte `start` to `end`.
    fn cut(&self, start: usize, end: usize) -> Vec<Run> {
        let mut found = Vec::new();
        let first = self.starts.partition_point(|&s| s <= start).saturating_sub(1);
        for (run, &offset) in self.runs.iter().zip(&self.starts).skip(first) {
            let (from, to) = (start.max(offset), end.min(offset + run.text.len()));
            if offset >= end {
                break;
            }
            if from < to {
                found.push(Run { text: self.text[from..to].to_owned(), ..run.clone() });
            }
        }
        found
    }

    /// The line from byte `start` to `end`, without the spaces at its end; a soft hyphen there becomes visible.
    fn line(&self, start: usize, end: usize) -> Line {
        let kept = self.text[start..end].trim_end_matches(is_space);
        let mut runs = self.cut(start, start + kept.len());
        if let Some(last) = runs.last_mut()
            && last.text.ends_with(SOFT_HYPHEN)
        {
            last.text.pop();
            last.text.push('-');
        }
        let width = measure(&runs);
        Line { runs, width }
    }

    /// The width of the line of pieces `from` to `to` (exclusive). The sum of the pieces leaves out kerning beside
    /// spaces, so a line that nearly fits or nearly does not is measured whole.
    fn span_width(&self, pieces: &[Piece], sum: f64, from: usize, to: usize) -> f64 {
        if (sum - self.width).abs() > self.size * 0.5 || to - from == 1 {
            return sum;
        }
        self.line(pieces[from].start, pieces[to - 1].end).width
    }

    fn fit(&self, pieces: &[Piece], how: Wrap) -> Vec<Line> {
        let mut best: Vec<Best> = vec![Best { lines: 0, cost: 0.0, from: 0 }];
        for to in 1..=pieces.len() {
            best.push(self.best_line(pieces, &best, to, how));
        }
        let mut lines = Vec::new();
        let mut to = pieces.len();
        while to > 0 {
            let from = best[to].from;
            lines.push(self.line(pieces[from].start, pieces[to - 1].end));
            to = from;
        }
        lines.reverse();
        lines
    }

    /// The best line that ends after piece `to`, given the best for all earlier ends.
    fn best_line(&self, pieces: &[Piece], best: &[Best], to: usize, how: Wrap) -> Best {
        let last = to == pieces.len();
        let mut found: Option<Best> = None;
        let mut before = 0.0;
        for from in (0..to).rev() {
            if from + 1 < to {
                before += pieces[from].advance;
            }
            let width = self.span_width(pieces, before + pieces[to - 1].width, from, to);
            if width > self.width && found.is_some() {
                break;
            }
            let lone = last && from > 0 && self.is_lone_word(pieces, from, to);
            let cost = best[from].cost + self.cost(width, last, lone, how);
            let candidate = Best { lines: best[from].lines + 1, cost, from };
            if found.as_ref().is_none_or(|f| candidate.is_better(f)) {
                found = Some(candidate);
            }
        }
        found.unwrap_or(Best { lines: 0, cost: 0.0, from: 0 })
    }

    fn is_lone_word(&self, pieces: &[Piece], from: usize, to: usize) -> bool {
        let text = &self.text[pieces[from].start..pieces[to - 1].end];
        text.split(is_space).filter(|word| !word.is_empty()).count() <= 1
    }

    fn cost(&self, width: f64, last: bool, lone: bool, how: Wrap) -> f64 {
        let share = if self.width > 0.0 { width / self.width } else { 1.0 };
        let fine = if lone && share < WIDOW { WIDOW_FINE } else { 0.0 };
        fine + match how {
            // The widths of all lines add up to nearly the same whatever the breaks, so the least sum of their
            // squares is the least raggedness.
            Wrap::Balanced => share * share,
            Wrap::Text if last => 0.0,
            Wrap::Text => (1.0 - share) * (1.0 - share),
        }
    }
}

/// The best way to set all pieces up to one: how many lines, at what cost, and where its last line starts.
struct Best {
    lines: usize,
    cost: f64,
    from: usize,
}

impl Best {
    fn is_better(&self, other: &Best) -> bool {
        (self.lines, self.cost) < (other.lines, other.cost)
    }
}

const SOFT_HYPHEN: char = '\u{ad}';

/// A space at which a line ends vanishes; the ones that join do not.
fn is_space(c: char) -> bool {
    c == '\u{200b}' || c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// Whether a character belongs to the letter before it.
fn is_mark(c: Option<char>) -> bool {
    c.is_some_and(|c| {
        use unicode_linebreak::BreakClass::{CombiningMark, ZeroWidthJoiner};
        matches!(unicode_linebreak::break_property(u32::from(c)), CombiningMark | ZeroWidthJoiner)
    })
}
