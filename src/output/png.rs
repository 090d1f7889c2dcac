//! PNG: the scene rasterised and encoded.

use crate::diagnostic::Result;
use crate::scene::Scene;

/// Draws `scene` at `scale` px per scene px and encodes it.
pub fn write(_scene: &Scene, _scale: f64) -> Result<Vec<u8>> {
    todo!()
}
