//! Symbols of points: a small set of shapes, and users' own drawings.
//!
//! All are outlines about the point that they stand on. A symbol of radius 1 has the area of a circle of radius 1, as
//! those of d3-shape have one area; those that are mostly gaps or tips are a little smaller, as they reach further out.
//! A drawing is read by [`read`], which takes shapes and colours from an SVG file and refuses the rest.

mod drawing;
mod look;
mod path;
mod shapes;
#[cfg(test)]
mod tests;
mod transform;

use std::sync::Arc;

use kurbo::{Affine, Point, Rect};

use crate::geometry::Path;
use crate::paint::{Color, Paint};
pub use drawing::{Drawing, read};
pub use shapes::Form;

/// What stands on a point.
#[derive(Clone, Debug, PartialEq)]
pub enum Symbol {
    /// One of the set.
    Form(Form),
    /// A user's own.
    Drawing(Arc<Drawing>),
}

/// One outline of a symbol.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// It is filled by the even-odd rule.
    pub path: Path,
    /// What fills it.
    pub fill: Option<Ink>,
    /// What its outline is drawn with.
    pub line: Option<Line>,
}

/// The outline of a part.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// With what.
    pub ink: Ink,
    /// Its width.
    pub width: f64,
    /// Mitre joins and butt caps.
    pub sharp: bool,
}

/// What a part is painted with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ink {
    /// Its own colour; `None`: the paint of the point.
    pub own: Option<Color>,
    /// Opacity, 0 to 1.
    pub opacity: f64,
}

impl Ink {
    /// The paint of the point.
    pub const GIVEN: Ink = Ink { own: None, opacity: 1.0 };

    /// What it comes to where the point is painted with `given`.
    pub fn paint(&self, given: &Paint) -> Paint {
        let thin = |color: Color| Color { a: (f64::from(color.a) * self.opacity).round() as u8, ..color };
        match (self.own, given) {
            (Some(own), _) => Paint::Solid(thin(own)),
            (None, Paint::Solid(color)) => Paint::Solid(thin(*color)),
            (None, pattern) => pattern.clone(),
        }
    }
}

impl Symbol {
    /// The circle, which a point is when nothing else is said.
    pub const CIRCLE: Symbol = Symbol::Form(Form::Circle);

    /// The one of the set that is called so.
    pub fn named(name: &str) -> Option<Symbol> {
        Form::ALL.iter().find(|(_, one)| *one == name).map(|(form, _)| Symbol::Form(*form))
    }

    /// The names of the set.
    pub fn names() -> Vec<&'static str> {
        Form::ALL.iter().map(|(_, name)| *name).collect()
    }

    /// Its outlines about `at`, the first at the back, where a circle of the same area has `radius`.
    pub fn parts(&self, at: Point, radius: f64) -> Vec<Part> {
        let place = Affine::new([radius, 0.0, 0.0, radius, at.x, at.y]);
        match self {
            Symbol::Form(form) => {
                vec![Part { path: place * form.outline(), fill: Some(Ink::GIVEN), line: None }]
            }
            Symbol::Drawing(drawing) => drawing.parts.iter().map(|part| part.placed(place, radius)).collect(),
        }
    }

    /// The box around it, about the origin, for a circle of radius 1.
    pub fn bounds(&self) -> Rect {
        match self {
            Symbol::Form(form) => form.bounds(),
            Symbol::Drawing(drawing) => drawing.bounds,
        }
    }

    /// Whether it is one of the set, which is as large as the others and needs no more room to be read.
    pub fn is_form(&self) -> bool {
        matches!(self, Symbol::Form(_))
    }
}

impl Part {
    fn placed(&self, place: Affine, scale: f64) -> Part {
        let line = self.line.clone().map(|line| Line { width: line.width * scale, ..line });
        Part { path: place * self.path.clone(), fill: self.fill, line }
    }
}
