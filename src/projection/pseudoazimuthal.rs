//! Pseudoazimuthal projections: an azimuthal one of half the globe, stretched to the whole.
//!
//! Sources: Snyder (1993), *Flattening the Earth*, pp. 130–133 and 231–232; Philippe Rivière's
//! reconstruction of Jacques Bertin's projection of 1953 (d3-geo-projection, ISC licence).

use std::f64::consts::{FRAC_1_PI, FRAC_PI_2};

use super::formula::{Formula, arcsine, invert};
use crate::geometry::trigonometry::{atan2, sincos};

/// Hammer (1892): Lambert's azimuthal equal-area of half the longitude, twice as wide.
pub(super) struct Hammer;

/// Hammer's formula with longitudes divided by `b` and a width of `a`.
#[inline(always)]
fn hammer(a: f64, b: f64, lambda: f64, phi: f64) -> (f64, f64) {
    let (sin_phi, cos_phi) = sincos(phi);
    let (sin_part, cos_part) = sincos(lambda / b);
    let k = (2.0 / (1.0 + cos_phi * cos_part)).sqrt();
    (a * k * cos_phi * sin_part, k * sin_phi)
}

impl Formula for Hammer {
    #[inline(always)]
    fn forward(&self, lambda: f64, phi: f64) -> (f64, f64) {
        hammer(2.0, 2.0, lambda, phi)
    }

    fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let square = x * x / 16.0 + y * y / 4.0;
        let z = (1.0 - square).max(0.0).sqrt();
        // Not below 0, where rounding at the map's edge would go twice round the globe.
        let across = (2.0 * (2.0 * z * z - 1.0)).max(0.0);
        let lambda = 2.0 * atan2(z * x, across);
        (square <= 0.5 + 1e-12).then_some((lambda, arcsine(z * y)?))
    }
}

/// Winkel (1921) III with the standard parallel arccos(2/π): the mean of Aitoff's projection and
/// the equirectangular one.
pub(super) struct WinkelTripel;

impl Formula for WinkelTripel {
    #[inline(always)]
    fn forward(&self, lambda: f64, phi: f64) -> (f64, f64) {
        let (sin_phi, cos_phi) = sincos(phi);
        let (sin_half, cos_half) = sincos(lambda / 2.0);
        let cos_alpha = cos_phi * cos_half;
        let sin_alpha = (sin_phi * sin_phi + cos_phi * cos_phi * sin_half * sin_half).sqrt();
        let k = if sin_alpha == 0.0 { 1.0 } else { atan2(sin_alpha, cos_alpha) / sin_alpha };
        // λ cos φ1 with cos φ1 = 2/π.
        (k * cos_phi * sin_half + lambda * FRAC_1_PI, (k * sin_phi + phi) / 2.0)
    }

    fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let phi = y.clamp(-1.5, 1.5);
        let start = (x / (0.5 * libm::cos(phi) + FRAC_1_PI), phi);
        invert(|l, p| self.forward(l, p), start, (x, y))
    }
}

/// Bertin (1953): Hammer's projection of a globe turned by (-16.5°, -42°), with the oceans pulled
/// in. The picture is meant for that rotation.
pub(super) struct Bertin1953;

impl Formula for Bertin1953 {
    #[inline(always)]
    fn forward(&self, lambda: f64, phi: f64) -> (f64, f64) {
        const FOLD: f64 = 1.4;
        let (mut l, mut p) = (lambda, phi);
        if l + p < -FOLD {
            let u = (l - p + 1.6) * (l + p + FOLD) / 8.0;
            l += u;
            p -= 0.8 * u * sincos(p + FRAC_PI_2).0;
        }
        let (x, y) = hammer(1.68, 2.0, l, p);
        let d = (1.0 - sincos(l * p).1) / 12.0;
        if y < 0.0 { (x * (1.0 + d), y) } else { (x, y * (1.0 + d / 1.5 * x * x)) }
    }

    fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let start = (x / 1.2, y.clamp(-1.3, 1.3));
        invert(|l, p| self.forward(l, p), start, (x, y))
    }
}
