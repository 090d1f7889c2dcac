//! The scene as pixels.
//!
//! A [`Canvas`] holds every mark as an outline in device px; it is drawn in bands of a fixed height, each by itself, so that the
//! pixels do not depend on how many threads share the work, and no more of a huge picture stands in memory than is
//! being drawn.

mod coverage;
mod marks;
mod outline;
mod paint;
mod tiles;

use kurbo::Size;
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Result};
use crate::paint::Color;
use crate::scene::{Scene, TextLine};
use crate::text::{self, Shaped};
use marks::{Clip, Mark};
use paint::Band;

/// Rows in a band.
pub const BAND: u32 = 64;
/// The longest side of a picture in px; beyond it, readers of PNG and JPEG give up.
const MAX_SIDE: f64 = 25_000.0;
/// The largest picture in px.
const MAX_AREA: f64 = 300e6;

/// How many pixels a picture has, and how large they are meant to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resolution {
    /// Px per scene px.
    pub scale: f64,
    /// Px per inch, written into the file.
    pub dpi: f64,
}

impl Resolution {
    /// `scale` px per scene px, in print as large as the SVG: a CSS px is 1/96 inch.
    pub fn scale(scale: f64) -> Self {
        Resolution { scale, dpi: 96.0 * scale }
    }
}

/// A scene made ready for drawing at one scale.
pub struct Canvas {
    /// Width in px.
    pub width: u32,
    /// Height in px.
    pub height: u32,
    /// Whether every pixel is opaque.
    pub opaque: bool,
    background: Color,
    marks: Vec<Mark>,
    clips: Vec<Clip>,
}

impl Canvas {
    /// Makes `scene` ready at `scale` px per scene px.
    ///
    /// # Errors
    /// If the picture has no pixel or more than any reader takes.
    pub fn new(scene: &Scene, scale: f64) -> Result<Canvas> {
        let (width, height) = pixels(scene.size, scale)?;
        let (marks, clips) = marks::collect(scene, scale);
        let background = scene.background;
        Ok(Canvas { width, height, opaque: background.a == 255, background, marks, clips })
    }

    /// The same on an opaque ground.
    #[must_use]
    pub fn on(mut self, ground: Color) -> Canvas {
        let page = self.background;
        self.background = ground.mix(Color { a: 255, ..page }, f64::from(page.a) / 255.0);
        self.opaque = true;
        self
    }

    /// # Errors
    /// If a side is longer than `side` px, the most that `format` can hold.
    pub fn within(&self, side: u32, format: &str) -> Result<()> {
        if self.width.max(self.height) <= side {
            return Ok(());
        }
        let message = format!("{format} cannot hold a picture of {} × {} px", self.width, self.height);
        let hint = format!("each side may be {side} px at most; choose another width or scale, or write PNG");
        Err(Box::new(Diagnostic::error(message).hint(hint)))
    }

    /// How many bands it has.
    pub fn bands(&self) -> u32 {
        self.height.div_ceil(BAND)
    }

    /// Bytes a pixel: RGB, or RGBA unless opaque.
    pub fn channels(&self) -> usize {
        if self.opaque { 3 } else { 4 }
    }

    /// The pixels of band `index`, row by row, sRGB with straight alpha.
    pub fn band(&self, index: u32) -> Vec<u8> {
        if self.opaque { self.draw::<3>(index) } else { straight(self.draw::<4>(index)) }
    }

    fn draw<const N: usize>(&self, index: u32) -> Vec<u8> {
        let top = (index * BAND).min(self.height);
        let bottom = (top + BAND).min(self.height);
        let mut band = Band::<N>::new(self.width, top, bottom, self.background, &self.clips);
        self.marks.iter().for_each(|mark| band.draw(mark));
        band.pixels
    }

    /// All pixels.
    pub fn pixels(&self) -> Vec<u8> {
        let bands: Vec<Vec<u8>> = (0..self.bands()).into_par_iter().map(|i| self.band(i)).collect();
        bands.concat()
    }
}

/// Colours divided by their alpha.
fn straight(mut pixels: Vec<u8>) -> Vec<u8> {
    for pixel in pixels.chunks_exact_mut(4) {
        let alpha = u32::from(pixel[3]);
        if alpha > 0 && alpha < 255 {
            for channel in &mut pixel[..3] {
                *channel = ((u32::from(*channel) * 255 + alpha / 2) / alpha).min(255) as u8;
            }
        }
    }
    pixels
}

/// The size of the picture.
fn pixels(size: Size, scale: f64) -> Result<(u32, u32)> {
    let (width, height) = ((size.width * scale).round(), (size.height * scale).round());
    let fits = |side: f64| (1.0..=MAX_SIDE).contains(&side);
    if fits(width) && fits(height) && width * height <= MAX_AREA {
        return Ok((width as u32, height as u32));
    }
    let message = format!("a picture of {width} × {height} px cannot be drawn");
    let hint = format!(
        "each side must be 1 to {MAX_SIDE} px and both together at most {} million px; choose another width or scale, or write SVG",
        MAX_AREA / 1e6
    );
    Err(Box::new(Diagnostic::error(message).hint(hint)))
}

/// A line's spans shaped, each with its x from the line's start, and the width of the line.
pub fn advances(line: &TextLine) -> (Vec<(f64, Shaped)>, f64) {
    let mut x = 0.0;
    let mut end = 0.0;
    let mut spans = Vec::with_capacity(line.spans.len());
    for span in &line.spans {
        let shaped = text::shape(&span.text, &span.font, span.size, span.tracking);
        if !shaped.glyphs.is_empty() {
            end = x + shaped.width;
        }
        let advance = if shaped.glyphs.is_empty() { 0.0 } else { shaped.width + span.tracking };
        spans.push((x, shaped));
        x += advance;
    }
    (spans, end)
}
