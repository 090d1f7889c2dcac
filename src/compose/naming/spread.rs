//! Letters spaced apart, for names of areas that are much wider than their names.
//!
//! A name shows how far its area reaches, so that atlases set the names of wide areas with wide spaces between the
//! letters (Imhof 1975, "Positioning names on maps", American Cartographer 2(2), rules for areal names). Words of
//! ordinary letters set so are read more slowly the wider the spaces, so a style says how wide they may be, and a
//! name that fills a good part of its area stays as it is.

use crate::geometry::Path;
use crate::page::Block;
use crate::style::TextLook;
use crate::text::Rich;

/// A name that fills more than this share of its area's mean width stays as it is.
const THIN: f64 = 0.24;
/// The share of that width which spaces may make it fill.
const FILLED: f64 = 0.4;
/// Spaces less wide than this, in em, would only look like another font.
const LEAST: f64 = 0.06;
/// Scripts from here on join their letters, put marks around them or set no spaces.
const BEYOND: char = '\u{530}';

/// `words` with spaces of at most `most` em between the letters, for the area of `path`; `None` where they stay as they
/// are.
pub(super) fn spread(words: &str, plain: &Block, look: &TextLook, path: &Path, most: f64) -> Option<Block> {
    let gaps = words.chars().count().saturating_sub(1);
    if most < LEAST || gaps < 2 || words.contains('\n') || words.chars().any(|c| c >= BEYOND) {
        return None;
    }
    let (tall, size) = (path.bounding_box().height(), look.size.0);
    // the mean width of its rows
    let wide = if tall > 0.0 { path.area().abs() / tall } else { 0.0 };
    let width = plain.size.width;
    if width > wide * THIN {
        return None;
    }
    let space = ((wide * FILLED - width) / gaps as f64 / size).min(most);
    let look = TextLook { tracking: look.tracking + space, ..look.clone() };
    (space >= LEAST).then(|| Block::set(&Rich::plain(words), &look, f64::INFINITY, false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style;

    fn spaced(words: &str, wide: f64, most: f64) -> Option<f64> {
        let look = style::load("newsroom", 1600.0, &[], &|_| Ok(String::new())).expect("a style").text.label;
        let path = Path::from_svg(&format!("M0 0H{wide}V100H0Z")).expect("a box");
        let plain = Block::line(words, &look);
        spread(words, &plain, &look, &path, most)
            .map(|block| (block.size.width - plain.size.width) / look.size.0)
    }

    #[test]
    fn only_the_names_of_wide_areas_are_spaced() {
        assert_eq!(spaced("Brazil", 120.0, 0.2), None);
        let some = spaced("Brazil", 800.0, 0.2).expect("it is spaced");
        assert!((some - 5.0 * 0.2).abs() < 0.05, "{some} em in five spaces");
        assert_eq!(spaced("Brazil", 800.0, 0.0), None);
        assert_eq!(spaced("البرازيل", 800.0, 0.2), None);
        assert_eq!(spaced("Brazil\n12", 800.0, 0.2), None);
    }
}
