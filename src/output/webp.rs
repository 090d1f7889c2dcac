//! WebP, lossless: the scene rasterised and encoded by `image`.

use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder};

use super::raster::Canvas;
use crate::diagnostic::{Diagnostic, Result};
use crate::scene::Scene;

/// The longest side that the format can hold, in px (RFC 9649, §3.4).
const MAX_SIDE: u32 = 16_384;

/// Draws `scene` at `scale` px per scene px and encodes it without loss.
///
/// # Errors
/// If the picture has no pixel or too many for the format.
pub fn write(scene: &Scene, scale: f64) -> Result<Vec<u8>> {
    let canvas = Canvas::new(scene, scale)?;
    canvas.within(MAX_SIDE, "WebP")?;
    let mut file = Vec::new();
    let color = if canvas.opaque { ExtendedColorType::Rgb8 } else { ExtendedColorType::Rgba8 };
    WebPEncoder::new_lossless(&mut file)
        .write_image(&canvas.pixels(), canvas.width, canvas.height, color)
        .map_err(|e| Diagnostic::output(format!("the WebP could not be encoded: {e}")))?;
    Ok(file)
}
