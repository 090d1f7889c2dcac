//! Words into measures and outlines: fonts, shaping, wrapping.
//!
//! Only the bundled fonts are used, so a figure measures the same on every machine. Lengths are px.

mod accent;
mod face;
mod outline;
mod rich;
mod shaping;
mod subset;
#[cfg(test)]
mod tests;
mod wrap;

pub use accent::{Accented, Named};
pub use face::Face;
pub use outline::{arc_length, outline, outline_along};
pub use rich::{Accent, Marked, Rich};
pub use shaping::{clean, missing, shape};
pub use subset::subset;
pub use wrap::{Line, Run, Wrap, measure, wrap, wrap_each};

/// Reads the cuts that most figures are set in, which would otherwise be read when they are first asked for.
pub(crate) fn prepare() {
    for weight in [400, 600, 700] {
        let font = Font { family: String::new(), weight, italic: false };
        outline::metrics(Face::main(&font));
        shape("A", &font, 1.0, 0.0);
    }
}

/// A cut of a bundled family.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Font {
    /// The family's name as CSS writes it (`Libre Franklin`).
    pub family: String,
    /// CSS weight, 100 to 900; the nearest bundled weight is taken.
    pub weight: u16,
    /// The italic cut.
    pub italic: bool,
}

/// The families that [`Font::family`] may name; any other is set in the first.
pub const FAMILIES: [&str; 1] = ["Libre Franklin"];

/// What shaping gives for a run of words: their width and, on demand, outlines.
#[derive(Clone, Debug, PartialEq)]
pub struct Shaped {
    /// Advance width with kerning and tracking, without the tracking after the last letter.
    pub width: f64,
    /// The glyphs, left to right.
    pub glyphs: Vec<Glyph>,
}

/// A glyph of a shaped run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// The face it is drawn from.
    pub face: Face,
    /// Its number in that face; 0 is the sign for a missing character.
    pub id: u16,
    /// Its x, in px from the run's start.
    pub x: f64,
    /// Its y, in px below the baseline; not 0 only for marks.
    pub y: f64,
    /// Its advance in px, tracking included.
    pub advance: f64,
    /// Byte offset of its first letter in the run's text.
    pub at: usize,
}

/// Vertical measures of a font at a size, all positive px.
#[derive(Clone, Copy, Debug)]
pub struct Metrics {
    /// Height of capitals above the baseline.
    pub cap_height: f64,
    /// Height of a lower-case x above the baseline.
    pub x_height: f64,
    /// Height of the tallest letters (b, d, accents left out).
    pub ascent: f64,
    /// Depth of the deepest letters (p, g).
    pub descent: f64,
}

/// Vertical measures of `font` at `size`.
pub fn metrics(font: &Font, size: f64) -> Metrics {
    let unit = outline::metrics(Face::main(font));
    Metrics {
        cap_height: unit.cap_height * size,
        x_height: unit.x_height * size,
        ascent: unit.ascent * size,
        descent: unit.descent * size,
    }
}
