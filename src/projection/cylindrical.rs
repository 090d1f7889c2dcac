//! Cylindrical projections: meridians are equally spaced vertical lines.
//!
//! Sources: Snyder (1987), USGS PP 1395, ch. 7–12; Patterson, Šavrič & Jenny (2015), *Introducing
//! the Patterson Cylindrical Projection*, Cartographic Perspectives 78.

use std::f64::consts::{FRAC_PI_2, PI};

use kurbo::Rect;

use super::formula::{Formula, arcsine, mercator, newton};
use crate::geometry::trigonometry::sincos;

/// Snyder (7-1, 7-2), on the square that ends at ±85.0511°. Also the transverse Mercator (8-1 ff.),
/// which is the same formula on a globe that lies on its side.
pub(super) struct Mercator;

impl Formula for Mercator {
    #[inline(always)]
    fn forward(&self, lambda: f64, phi: f64) -> (f64, f64) {
        // A hundredth of a degree before the poles, far beyond the square.
        const GAP: f64 = 0.01 / 180.0 * PI;
        (lambda, mercator(phi, GAP))
    }

    fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        Some((x, libm::atan(libm::sinh(y))))
    }

    fn bounds(&self) -> Option<Rect> {
        Some(Rect::new(-PI, -PI, PI, PI))
    }
}

/// Snyder (12-1, 12-2): true along the parallel whose cosine this holds.
pub(super) struct Equirectangular(pub f64);

impl Formula for Equirectangular {
    #[inline(always)]
    fn forward(&self, lambda: f64, phi: f64) -> (f64, f64) {
        (lambda * self.0, phi)
    }

    fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        Some((x / self.0, y))
    }
}

/// Lambert's cylindrical equal-area, Snyder (10-1, 10-2): true along the parallel whose cosine
/// this holds (Gall–Peters at 45°).
pub(super) struct CylindricalEqualArea(pub f64);

/// The cylindrical equal-area projection with its standard parallel in radians.
pub(super) fn equal_area(phi: f64) -> Box<dyn Formula> {
    Box::new(CylindricalEqualArea(libm::cos(phi)))
}

impl Formula for CylindricalEqualArea {
    #[inline(always)]
    fn forward(&self, lambda: f64, phi: f64) -> (f64, f64) {
        (lambda * self.0, sincos(phi).0 / self.0)
    }

    fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        Some((x / self.0, arcsine(y * self.0)?))
    }
}

/// Miller, Snyder (11-1, 11-2): Mercator of four fifths of the latitude, stretched by five fourths.
pub(super) struct Miller;

impl Formula for Miller {
    #[inline(always)]
    fn forward(&self, lambda: f64, phi: f64) -> (f64, f64) {
        (lambda, 1.25 * mercator(0.8 * phi, 0.0))
    }

    fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        Some((x, 2.5 * libm::atan(libm::exp(0.8 * y)) - 0.625 * PI))
    }
}

/// Patterson, Šavrič & Jenny (2015), equation 1.
pub(super) struct Patterson;

const PATTERSON: [f64; 4] = [1.0148, 0.23185, -0.14499, 0.02406];

impl Formula for Patterson {
    #[inline(always)]
    fn forward(&self, lambda: f64, phi: f64) -> (f64, f64) {
        let [a, b, c, d] = PATTERSON;
        let p = phi * phi;
        (lambda, phi * (a + p * p * (b + p * (c + d * p))))
    }

    fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let [a, b, c, d] = PATTERSON;
        let phi = newton(y.clamp(-FRAC_PI_2, FRAC_PI_2), |phi| {
            let p = phi * phi;
            let slope = a + p * p * (5.0 * b + p * (7.0 * c + 9.0 * d * p));
            (phi * (a + p * p * (b + p * (c + d * p))) - y, slope)
        })?;
        Some((x, phi))
    }
}
