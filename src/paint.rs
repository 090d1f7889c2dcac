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

    /// What lies side by side in it: itself, or its stripes.
    pub fn bands(&self) -> &[Paint] {
        match self {
            Paint::Pattern(Pattern { form: PatternForm::Stripes { bands, .. }, .. }) if !bands.is_empty() => {
                bands
            }
            one => std::slice::from_ref(one),
        }
    }

    /// The same paint with a share of another colour in it, 0 (none) to 1.
    #[must_use]
    pub fn mixed(&self, other: Color, share: f64) -> Paint {
        let toward = |color: Color| color.mix(Color { a: color.a, ..other }, share);
        match self {
            Paint::Solid(color) => Paint::Solid(toward(*color)),
            Paint::Pattern(pattern) => {
                let mut mixed = pattern.clone();
                (mixed.ground, mixed.mark) = (toward(pattern.ground), toward(pattern.mark));
                if let PatternForm::Stripes { bands, .. } = &mut mixed.form {
                    bands.iter_mut().for_each(|band| *band = band.mixed(other, share));
                }
                Paint::Pattern(mixed)
            }
        }
    }

    /// The same paint for a disc: a pattern is drawn small enough that the disc shows all of it, about its middle.
    #[must_use]
    pub fn on_disc(&self, center: (f64, f64), radius: f64) -> Paint {
        let Paint::Pattern(pattern) = self else { return self.clone() };
        let form = pattern.form.for_disc(radius);
        let radians = form.angle().to_radians();
        let (sin, cos) = (libm::sin(radians), libm::cos(radians));
        // the middle of a tile comes to the middle of the disc
        let half = form.period() / 2.0;
        let origin = (center.0 - half * (cos - sin), center.1 - half * (sin + cos));
        Paint::Pattern(Pattern { origin, form, ..pattern.clone() })
    }
}

/// A vector pattern. It is anchored to the page's origin, so that neighbours of one class join; a pattern of a
/// single small mark has its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// The colour beneath.
    pub ground: Color,
    /// The colour of its marks.
    pub mark: Color,
    /// Its form.
    pub form: PatternForm,
    /// The point about which it is turned and from which its tiles are laid, px; usually the page's origin.
    pub origin: (f64, f64),
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
    /// Bands of equal width, for a place that stands in several classes.
    Stripes {
        /// Direction of the bands.
        angle: f64,
        /// Width of one band.
        width: f64,
        /// What each band is painted with, two to four. The lines of a hatch run along their band or across it,
        /// whichever is nearer to their direction; bands hold no stripes.
        bands: Vec<Paint>,
    },
}

impl PatternForm {
    /// By how much its tiles are turned, degrees clockwise.
    pub fn angle(&self) -> f64 {
        match self {
            PatternForm::Hatch { angle, .. }
            | PatternForm::Cross { angle, .. }
            | PatternForm::Stripes { angle, .. } => *angle,
            PatternForm::Dots { .. } => 45.0,
        }
    }

    /// After how many px it repeats.
    pub fn period(&self) -> f64 {
        match self {
            PatternForm::Hatch { spacing, .. }
            | PatternForm::Cross { spacing, .. }
            | PatternForm::Dots { spacing, .. } => *spacing,
            PatternForm::Stripes { width, bands, .. } => width * bands.len().max(1) as f64,
        }
    }

    /// The same form for a disc: stripes share its diameter, lines and dots stand several times in it.
    fn for_disc(&self, radius: f64) -> PatternForm {
        /// So many lines or rows of dots fit into a disc.
        const REPEATS: f64 = 2.5;
        let diameter = 2.0 * radius;
        match self {
            PatternForm::Stripes { .. } => self.scaled(diameter / self.period()),
            _ => self.scaled((diameter / (REPEATS * self.period())).min(1.0)),
        }
    }

    fn scaled(&self, by: f64) -> PatternForm {
        let mut form = self.clone();
        match &mut form {
            PatternForm::Hatch { spacing, width, .. } | PatternForm::Cross { spacing, width, .. } => {
                (*spacing, *width) = (*spacing * by, *width * by);
            }
            PatternForm::Dots { spacing, radius } => (*spacing, *radius) = (*spacing * by, *radius * by),
            PatternForm::Stripes { width, bands, .. } => {
                *width *= by;
                for band in bands {
                    if let Paint::Pattern(pattern) = band {
                        pattern.form = pattern.form.scaled(by);
                    }
                }
            }
        }
        form
    }
}
