//! Colours and patterns: what a place, a line or a letter is painted with.
//!
//! A [`Paint`] is decided once (by the scale or the style) and carried unchanged to the outputs.
//! Measures of a pattern are px at scale 1.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An sRGB colour with alpha, 8 bits a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Opacity, 255 = opaque.
    pub a: u8,
}

impl Color {
    /// An opaque colour.
    pub const fn rgb(r: u8, g: u8, b: u8) -> Self {
        Color { r, g, b, a: 255 }
    }

    /// From `#rgb`, `#rrggbb` or `#rrggbbaa`.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#')?;
        if !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let pair = |i: usize| u8::from_str_radix(hex.get(i..i + 2)?, 16).ok();
        let single = |i: usize| Some(u8::from_str_radix(hex.get(i..i + 1)?, 16).ok()? * 17);
        match hex.len() {
            3 => Some(Color::rgb(single(0)?, single(1)?, single(2)?)),
            6 => Some(Color::rgb(pair(0)?, pair(2)?, pair(4)?)),
            8 => Some(Color { a: pair(6)?, ..Color::rgb(pair(0)?, pair(2)?, pair(4)?) }),
            _ => None,
        }
    }

    /// Relative luminance by WCAG 2.2 ("relative luminance"), 0 = black, 1 = white.
    pub fn luminance(self) -> f64 {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
        };
        0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b)
    }

    /// Contrast ratio by WCAG 2.2, from 1 (none) to 21 (black on white).
    pub fn contrast(self, other: Color) -> f64 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        if a > b { a / b } else { b / a }
    }

    /// `self` and `other` mixed in sRGB: `share` 0 gives `self`, 1 gives `other`.
    #[must_use]
    pub fn mix(self, other: Color, share: f64) -> Color {
        let channel = |a: u8, b: u8| {
            (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round().clamp(0.0, 255.0) as u8
        };
        Color {
            r: channel(self.r, other.r),
            g: channel(self.g, other.g),
            b: channel(self.b, other.b),
            a: channel(self.a, other.a),
        }
    }
}

impl fmt::Display for Color {
    /// `#rrggbb`, or `#rrggbbaa` when not opaque.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.r, self.g, self.b)?;
        if self.a != 255 {
            write!(f, "{:02x}", self.a)?;
        }
        Ok(())
    }
}

impl Serialize for Color {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Color {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Color::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(format!("`{text}` is not a colour; write #rgb, #rrggbb or #rrggbbaa"))
        })
    }
}

impl schemars::JsonSchema for Color {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Color".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$"
        })
    }
}

/// What an area is filled with.
#[derive(Clone, Debug, PartialEq)]
pub enum Paint {
    /// One colour.
    Solid(Color),
    /// A vector pattern on a ground.
    Pattern(Pattern),
}

impl Paint {
    /// The colour a label stands on: the solid colour, or the pattern's ground.
    pub fn ground(&self) -> Color {
        match self {
            Paint::Solid(color) => *color,
            Paint::Pattern(pattern) => pattern.ground,
        }
    }
}

/// A vector pattern. It is anchored to the page's origin, so that neighbours of one class join.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// The colour beneath.
    pub ground: Color,
    /// The colour of its marks.
    pub mark: Color,
    /// Its form.
    pub form: PatternForm,
}

/// The form of a [`Pattern`]; lengths in px at scale 1, angles in degrees clockwise from the x axis.
#[derive(Clone, Debug, PartialEq)]
pub enum PatternForm {
    /// Parallel lines of `width`, their middles `spacing` apart.
    Hatch {
        /// Direction of the lines.
        angle: f64,
        /// Distance between the middles of two lines.
        spacing: f64,
        /// Width of a line.
        width: f64,
    },
    /// Two hatches at right angles.
    Cross {
        /// Direction of the first set of lines.
        angle: f64,
        /// Distance between the middles of two lines.
        spacing: f64,
        /// Width of a line.
        width: f64,
    },
    /// Dots on a square grid turned by 45°.
    Dots {
        /// Distance between the middles of two neighbouring dots.
        spacing: f64,
        /// Radius of a dot.
        radius: f64,
    },
    /// Bands of equal width in several colours, for a place that stands in several classes.
    Stripes {
        /// Direction of the bands.
        angle: f64,
        /// Width of one band.
        width: f64,
        /// Two to four colours.
        colors: Vec<Color>,
    },
}
