//! The ways to set a name: on one line or two, smaller, with its letters spaced apart.

use kurbo::Size;

use super::super::labels::Form;
use super::spread::spread;
use crate::geometry::Path;
use crate::page::Block;
use crate::style::{LabelLook, TextLook};
use crate::text::{self, Rich};

/// All forms of a name and their sizes, the best first; at the end one with its letters spaced apart, where the name is
/// that of an area (`wide`) much wider than it. `variants` are its words and how much worse each is; `wrap` is the
/// width of lines that a user has given.
pub(super) fn forms(
    variants: &[(String, f64)],
    look: &TextLook,
    wrap: Option<f64>,
    wide: Option<&Path>,
    labels: &LabelLook,
) -> (Vec<(Block, f64)>, Vec<Form>) {
    let mut full: Vec<(Block, f64)> = Vec::new();
    for (words, penalty) in variants {
        match wrap {
            Some(width) => {
                let width = width.max(longest_word(words, look));
                full.push((Block::set(&Rich::plain(words), look, width, true), *penalty));
            }
            None => add_forms(&mut full, words, look, *penalty),
        }
    }
    let mut forms = Vec::new();
    for (step, factor) in labels.steps.iter().enumerate() {
        let factor = factor.max(labels.smallest.0 / look.size.0);
        let smaller = |(block, penalty): &(Block, f64)| (block.scaled(factor), penalty + step as f64 * 0.13);
        forms.extend(full.iter().map(smaller));
    }
    let usual = forms.len();
    if let (Some(path), None, [(words, _), ..], [(block, _), ..]) = (wide, wrap, variants, full.as_slice()) {
        forms.extend(spread(words, block, look, path, labels.spread).map(|block| (block, 0.0)));
    }
    let size = |(at, (block, penalty)): (usize, &(Block, f64))| Form {
        size: Size::new(
            block.size.width,
            cap_height(block, look) + block.step * (block.lines.len() as f64 - 1.0),
        ),
        lines: block.lines.len(),
        penalty: penalty.min(1.0),
        spread: at >= usual,
    };
    let sizes = forms.iter().enumerate().map(size).collect();
    (forms, sizes)
}

/// The words on one line, and on two where they have a space.
fn add_forms(forms: &mut Vec<(Block, f64)>, words: &str, look: &TextLook, penalty: f64) {
    let rich = Rich::plain(words);
    let one = Block::set(&rich, look, f64::INFINITY, false);
    let width = one.size.width;
    forms.push((one, penalty));
    // words that a template has put on lines of their own stay so
    if words.trim().contains(' ') && !words.contains('\n') {
        let two = Block::set(&rich, look, (width * 0.62).max(longest_word(words, look)), true);
        if two.lines.len() > 1 && two.size.width < width * 0.9 {
            forms.push((two, penalty + 0.06));
        }
    }
}

/// The least width of lines in which no word is cut in two.
fn longest_word(words: &str, look: &TextLook) -> f64 {
    let width = |word| Block::line(word, look).size.width;
    words.split_whitespace().map(width).fold(0.0, f64::max) + 0.01
}

fn cap_height(block: &Block, look: &TextLook) -> f64 {
    let size = block.lines.first().and_then(|(spans, _)| spans.first()).map_or(look.size.0, |span| span.size);
    text::metrics(&look.font(), size).cap_height
}
