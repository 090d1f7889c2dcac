//! The geometry of patterns, the same for every output.
//!
//! A pattern is a square tile that repeats in a frame turned about the page's origin. A tile is drawn as a list of
//! marks that lie wholly inside it, so that it repeats without a seam.

use crate::paint::{Color, Pattern, PatternForm};

/// A tile of a pattern.
pub struct Tile {
    /// The form's name: `hatch`, `cross`, `dots`, `stripes`.
    pub name: &'static str,
    /// Its side in px.
    pub side: f64,
    /// By how much its frame is turned about the page's origin, degrees clockwise.
    pub angle: f64,
    /// The colour beneath.
    pub ground: Color,
    /// What is drawn on it, first to last; y downwards from the tile's corner.
    pub marks: Vec<Mark>,
}

/// A mark of a tile.
pub struct Mark {
    /// Its colour.
    pub color: Color,
    /// Its form.
    pub form: Form,
}

/// The form of a [`Mark`].
#[derive(Clone, Copy)]
pub enum Form {
    /// A band across the whole tile, between two values of y.
    Band(f64, f64),
    /// A band across the whole tile, between two values of x.
    Column(f64, f64),
    /// A disc in the middle of the tile with this radius.
    Dot(f64),
}

/// Tiles are not made smaller than this: nothing could be told apart, and their number would have no bound.
const LEAST_SIDE: f64 = 0.5;

impl Tile {
    /// The tile of `pattern`.
    pub fn new(pattern: &Pattern) -> Tile {
        let side = |spacing: f64| if spacing.is_finite() { spacing.max(LEAST_SIDE) } else { LEAST_SIDE };
        let mark = |form| Mark { color: pattern.mark, form };
        let centred = |side: f64, width: f64| {
            let half = width.clamp(0.0, side) / 2.0;
            (side / 2.0 - half, side / 2.0 + half)
        };
        let tile = |name, side, angle, marks| Tile { name, side, angle, ground: pattern.ground, marks };
        match &pattern.form {
            PatternForm::Hatch { angle, spacing, width } => {
                let side = side(*spacing);
                let (from, to) = centred(side, *width);
                tile("hatch", side, *angle, vec![mark(Form::Band(from, to))])
            }
            PatternForm::Cross { angle, spacing, width } => {
                let side = side(*spacing);
                let (from, to) = centred(side, *width);
                tile("cross", side, *angle, vec![mark(Form::Band(from, to)), mark(Form::Column(from, to))])
            }
            PatternForm::Dots { spacing, radius } => {
                let side = side(*spacing);
                tile("dots", side, 45.0, vec![mark(Form::Dot(radius.clamp(0.0, side / 2.0)))])
            }
            PatternForm::Stripes { angle, width, colors } => {
                let width = side(*width);
                let side = width * colors.len().max(1) as f64;
                // Each band reaches to the tile's end beneath the next, so that no ground shows between them.
                let band =
                    |(i, &color): (usize, &Color)| Mark { color, form: Form::Band(i as f64 * width, side) };
                tile("stripes", side, *angle, colors.iter().enumerate().map(band).collect())
            }
        }
    }

    /// The sine and cosine of its angle.
    pub fn turn(&self) -> (f64, f64) {
        let radians = if self.angle.is_finite() { self.angle.to_radians() } else { 0.0 };
        (libm::sin(radians), libm::cos(radians))
    }
}
