//! SVG 1.1/2: named groups, live text, embedded font subsets.

use crate::scene::Scene;

/// Writes `scene` as a stand-alone SVG document.
pub fn write(_scene: &Scene) -> String {
    todo!()
}
