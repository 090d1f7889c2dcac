//! The polyconic projection: each parallel is an arc of its own radius, true to scale, as the central meridian is.
//!
//! Source: Snyder (1987), USGS PP 1395, ch. 18.

use super::formula::Formula;
use crate::geometry::trigonometry::{atan2, sincos};

/// Hassler (about 1820).
pub(super) struct Polyconic;

impl Formula for Polyconic {
    #[inline(always)]
    fn forward(&self, lambda: f64, phi: f64) -> (f64, f64) {
        let (sin, cos) = sincos(phi);
        let (sin_e, cos_e) = sincos(lambda * sin);
        // on the equator 0/0, in the limit λ
        let over = if sin == 0.0 { 1.0 } else { sin };
        let x = if sin == 0.0 { lambda } else { sin_e * cos / over };
        // 1 - cos E without loss
        let sag = if cos_e > 0.0 { sin_e * sin_e / (1.0 + cos_e) } else { 1.0 - cos_e };
        (x, phi + sag * cos / over)
    }

    /// The parallel through (x, y) is the circle x² + (y - φ)² = 2 (y - φ) cot φ.
    fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let (side, y) = (1f64.copysign(y), y.abs());
        let miss = |phi: f64| {
            let (sin, cos) = sincos(phi);
            (x * x + (y - phi) * (y - phi)) * sin - 2.0 * (y - phi) * cos
        };
        // It is below 0 at the equator, and above at y and at the pole.
        let (mut south, mut north) = (0.0, y.min(std::f64::consts::FRAC_PI_2));
        if miss(north) < 0.0 {
            return None;
        }
        for _ in 0..80 {
            let middle = (south + north) / 2.0;
            if miss(middle) < 0.0 { south = middle } else { north = middle }
        }
        let phi = (south + north) / 2.0;
        let (sin, cos) = sincos(phi);
        let lambda = if sin == 0.0 { x } else { atan2(x * sin, cos - (y - phi) * sin) / sin };
        Some((lambda, side * phi))
    }
}
