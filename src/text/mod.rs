//! Words into measures and outlines: fonts, shaping, wrapping.
//!
//! Only the bundled fonts are used, so a figure measures the same on every machine. Lengths are px.

use kurbo::BezPath;

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

/// What shaping gives for a run of words: their width and, on demand, outlines.
#[derive(Clone, Debug)]
pub struct Shaped {
    /// Advance width with kerning and tracking, without the tracking after the last letter.
    pub width: f64,
    /// Glyph ids with their x, in px from the run's start.
    pub glyphs: Vec<(u16, f64)>,
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

/// Shapes `text` at `size` with `tracking` px after every letter.
pub fn shape(_text: &str, _font: &Font, _size: f64, _tracking: f64) -> Shaped {
    todo!()
}

/// The outline of a shaped run, its start at the origin, y downwards.
pub fn outline(_shaped: &Shaped, _font: &Font, _size: f64) -> BezPath {
    todo!()
}

/// Vertical measures of `font` at `size`.
pub fn metrics(_font: &Font, _size: f64) -> Metrics {
    todo!()
}
