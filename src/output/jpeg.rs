//! JPEG: the scene rasterised and encoded by `image`, at a quality that keeps letters clean.

use image::codecs::jpeg::{JpegEncoder, PixelDensity};
use image::{ExtendedColorType, ImageEncoder};

use super::raster::{Canvas, Resolution};
use crate::diagnostic::{Diagnostic, Result};
use crate::paint::Color;
use crate::scene::Scene;

/// Of 100. `image` keeps all colour samples (4:4:4) at every quality.
const QUALITY: u8 = 90;

/// Draws `scene` at `scale` px per scene px and encodes it, with 96 × `scale` dpi. A page that can be seen through
/// stands on white.
///
/// # Errors
/// If the picture has no pixel or too many.
pub fn write(scene: &Scene, scale: f64) -> Result<Vec<u8>> {
    write_at(scene, Resolution::scale(scale))
}

/// Draws `scene` at `resolution` and encodes it.
///
/// # Errors
/// If the picture has no pixel or too many.
pub fn write_at(scene: &Scene, resolution: Resolution) -> Result<Vec<u8>> {
    let white = Color::rgb(255, 255, 255);
    let canvas = Canvas::new(scene, resolution.scale)?.on(white);
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut file, QUALITY);
    let dpi = resolution.dpi.round().clamp(1.0, f64::from(u16::MAX)) as u16;
    encoder.set_pixel_density(PixelDensity::dpi(dpi));
    encoder
        .write_image(&canvas.pixels(), canvas.width, canvas.height, ExtendedColorType::Rgb8)
        .map_err(|e| Diagnostic::output(format!("the JPEG could not be encoded: {e}")))?;
    Ok(file)
}
