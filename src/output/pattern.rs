//! The geometry of patterns, the same for every output.
//!
//! A pattern is a square tile that repeats in a frame turned about the pattern's origin, usually that of the page. A tile is drawn as a list of
//! marks that lie wholly inside it, so that it repeats without a seam.

use crate::paint::{Color, Paint, Pattern, PatternForm};

/// A tile of a pattern.
pub struct Tile {
    /// The form's name: `hatch`, `cross`, `dots`, `stripes`.
    pub name: &'static str,
    /// Its side in px.
    pub side: f64,
    /// By how much its frame is turned about its origin, degrees clockwise.
    pub angle: f64,
    /// The corner of the first tile, px on the page.
    pub origin: (f64, f64),
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
    /// A rectangle: its left, upper, right and lower edge.
    Bar(f64, f64, f64, f64),
    /// A disc: x and y of its middle, its radius.
    Dot(f64, f64, f64),
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
        let finite = |x: f64| if x.is_finite() { x } else { 0.0 };
        let origin = (finite(pattern.origin.0), finite(pattern.origin.1));
        let tile =
            |name, side, angle, marks| Tile { name, side, angle, origin, ground: pattern.ground, marks };
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
                let half = side / 2.0;
                tile("dots", side, 45.0, vec![mark(Form::Dot(half, half, radius.clamp(0.0, half)))])
            }
            PatternForm::Stripes { angle, width, bands } => {
                let width = side(*width);
                let side = width * bands.len().max(1) as f64;
                let band = |i: usize| Band { from: i as f64 * width, width, side, paint: &bands[i] };
                let marks = (0..bands.len()).flat_map(|i| band(i).marks(*angle)).collect();
                tile("stripes", side, *angle, marks)
            }
        }
    }

    /// The sine and cosine of its angle.
    pub fn turn(&self) -> (f64, f64) {
        let radians = if self.angle.is_finite() { self.angle.to_radians() } else { 0.0 };
        (libm::sin(radians), libm::cos(radians))
    }
}

/// A band of a striped tile.
struct Band<'a> {
    /// Its upper edge.
    from: f64,
    width: f64,
    /// The side of the tile.
    side: f64,
    paint: &'a Paint,
}

impl Band<'_> {
    /// Its ground, and on it the marks of its own pattern. All reach to the tile's end beneath the next band, so that
    /// nothing else shows between the two.
    fn marks(&self, angle: f64) -> Vec<Mark> {
        let ground = Mark { color: self.paint.ground(), form: Form::Band(self.from, self.side) };
        let Paint::Pattern(pattern) = self.paint else { return vec![ground] };
        let forms = match &pattern.form {
            PatternForm::Hatch { angle: own, spacing, width } if is_along(own - angle) => {
                self.along(*spacing, *width)
            }
            PatternForm::Hatch { spacing, width, .. } => self.across(*spacing, *width),
            PatternForm::Cross { spacing, width, .. } => {
                [self.along(*spacing, *width), self.across(*spacing, *width)].concat()
            }
            PatternForm::Dots { spacing, radius } => self.dots(*spacing, *radius),
            PatternForm::Stripes { .. } => Vec::new(),
        };
        let marks = forms.into_iter().map(|form| Mark { color: pattern.mark, form });
        std::iter::once(ground).chain(marks).collect()
    }

    /// Lines along the band.
    fn along(&self, spacing: f64, width: f64) -> Vec<Form> {
        let (step, count) = steps(self.width, spacing);
        let half = (width * step / spacing).clamp(0.0, step) / 2.0;
        let line = |i: usize| {
            let middle = self.from + (i as f64 + 0.5) * step;
            Form::Band(middle - half, middle + half)
        };
        (0..count).map(line).collect()
    }

    /// Lines across the band.
    fn across(&self, spacing: f64, width: f64) -> Vec<Form> {
        let (step, count) = steps(self.side, spacing);
        let half = (width * step / spacing).clamp(0.0, step) / 2.0;
        let line = |i: usize| {
            let middle = (i as f64 + 0.5) * step;
            Form::Bar(middle - half, self.from, middle + half, self.side)
        };
        (0..count).map(line).collect()
    }

    fn dots(&self, spacing: f64, radius: f64) -> Vec<Form> {
        let ((x, columns), (y, rows)) = (steps(self.side, spacing), steps(self.width, spacing));
        let radius = radius.clamp(0.0, x.min(y) / 2.0);
        let at = |i: usize, step: f64| (i as f64 + 0.5) * step;
        (0..rows * columns)
            .map(|i| Form::Dot(at(i % columns, x), self.from + at(i / columns, y), radius))
            .collect()
    }
}

/// Whether lines that are turned by `angle` degrees against a band run along it rather than across.
fn is_along(angle: f64) -> bool {
    let turned = angle.rem_euclid(180.0);
    !(45.0..=135.0).contains(&turned)
}

/// A length in whole steps near `spacing`: the step, and how many there are.
fn steps(length: f64, spacing: f64) -> (f64, usize) {
    let count = (length / spacing.max(LEAST_SIDE)).round().clamp(1.0, 100.0);
    (length / count, count as usize)
}
