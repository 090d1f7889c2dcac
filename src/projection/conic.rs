//! Conic projections: meridians are straight lines from a point, parallels are arcs around it.
//!
//! `n`, the cone constant, is negative for a southern cone; the radius ρ then is negative as well,
//! and north stays up. Where the two parallels lie evenly about the equator the cone becomes a
//! cylinder, and its formula is given instead. y is counted from the equator.
//! Source: Snyder (1987), USGS PP 1395, ch. 14–16.

use std::f64::consts::FRAC_PI_2;

use kurbo::Rect;

use super::cylindrical::{CylindricalEqualArea, Equirectangular};
use super::formula::{Formula, arcsine, mercator};
use crate::geometry::trigonometry::{atan2, exp, sincos};

/// A cone this flat is taken for a cylinder.
const FLAT: f64 = 1e-9;

/// (x, y) of radius `rho` at longitude λ; `rho_0` is the radius at the origin.
#[inline(always)]
fn fan(n: f64, rho: f64, rho_0: f64, lambda: f64) -> (f64, f64) {
    let (sin, cos) = sincos(n * lambda);
    (rho * sin, rho_0 - rho * cos)
}

/// Longitude and radius of a point.
fn unfan(n: f64, rho_0: f64, x: f64, y: f64) -> (f64, f64) {
    let side = 1f64.copysign(n);
    let (x, y) = (x * side, (rho_0 - y) * side);
    (atan2(x, y) / n, libm::sqrt(x * x + y * y) * side)
}

/// Albers' equal-area conic, Snyder (14-1 … 14-6), written so that nothing cancels when the cone is
/// nearly a cylinder and ρ is large: ρ0² − ρ² = 2 sin φ / n.
struct Albers {
    n: f64,
    /// n ρ0
    root: f64,
    rho_0: f64,
}

/// Albers' projection with standard parallels in radians.
pub(super) fn albers(phi_1: f64, phi_2: f64) -> Box<dyn Formula> {
    let (sin_1, sin_2) = (libm::sin(phi_1), libm::sin(phi_2));
    let n = (sin_1 + sin_2) / 2.0;
    if n.abs() < FLAT {
        return Box::new(CylindricalEqualArea(libm::cos(phi_1)));
    }
    // cos² φ1 + 2 n sin φ1
    let root = (1.0 + sin_1 * sin_2).sqrt();
    Box::new(Albers { n, root, rho_0: root / n })
}

impl Formula for Albers {
    #[inline(always)]
    fn forward(&self, lambda: f64, phi: f64) -> (f64, f64) {
        let sin_phi = sincos(phi).0;
        let rho = (self.root * self.root - 2.0 * self.n * sin_phi).max(0.0).sqrt() / self.n;
        let (sin, cos) = sincos(self.n * lambda);
        let sag = if cos > 0.0 { sin * sin / (1.0 + cos) } else { 1.0 - cos };
        (rho * sin, 2.0 * sin_phi / (self.n * (self.rho_0 + rho)) + rho * sag)
    }

    fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let (lambda, _) = unfan(self.n, self.rho_0, x, y);
        Some((lambda, arcsine(self.root * y - self.n * (x * x + y * y) / 2.0)?))
    }
}

/// Lambert's conformal conic, Snyder (15-1 … 15-5), with ρ = ρ0 e^(-nψ), ψ the Mercator latitude.
struct LambertConformal {
    n: f64,
    rho_0: f64,
}

/// The part of the plane that Lambert's conformal conic shows, in radii from the equator's middle:
/// beyond it lies only the far hemisphere, blown up without end.
const CONFORMAL_REACH: f64 = 6.0;

/// Where the Mercator latitude ends before a pole, radians.
const GAP: f64 = 1e-7;

/// Lambert's conformal conic with standard parallels in radians, neither of them a pole.
pub(super) fn lambert_conformal(phi_1: f64, phi_2: f64) -> Box<dyn Formula> {
    let [psi_1, psi_2] = [phi_1, phi_2].map(|phi| mercator(phi, GAP));
    let cos_1 = libm::cos(phi_1);
    let n = if (phi_1 - phi_2).abs() < FLAT {
        libm::sin(phi_1)
    } else {
        libm::log(cos_1 / libm::cos(phi_2)) / (psi_2 - psi_1)
    };
    if n.abs() < FLAT {
        return Box::new(ScaledMercator(cos_1));
    }
    Box::new(LambertConformal { n, rho_0: cos_1 * libm::exp(n * psi_1) / n })
}

impl Formula for LambertConformal {
    #[inline(always)]
    fn forward(&self, lambda: f64, phi: f64) -> (f64, f64) {
        // A pole's radius is 0 at the cone's tip and boundless at the other end.
        let tip = phi * self.n > 0.0 && FRAC_PI_2 - phi.abs() < 1e-15;
        let rho = if tip { 0.0 } else { self.rho_0 * exp(-self.n * mercator(phi, GAP)) };
        fan(self.n, rho, self.rho_0, lambda)
    }

    fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let (lambda, rho) = unfan(self.n, self.rho_0, x, y);
        if rho == 0.0 {
            return Some((0.0, FRAC_PI_2.copysign(self.n)));
        }
        let psi = libm::log(self.rho_0 / rho) / self.n;
        Some((lambda, libm::atan(libm::sinh(psi))))
    }

    fn bounds(&self) -> Option<Rect> {
        Some(Rect::new(-CONFORMAL_REACH, -CONFORMAL_REACH, CONFORMAL_REACH, CONFORMAL_REACH))
    }
}

/// Mercator, true along the parallel whose cosine this holds: the limit of the conformal cone.
struct ScaledMercator(f64);

impl Formula for ScaledMercator {
    #[inline(always)]
    fn forward(&self, lambda: f64, phi: f64) -> (f64, f64) {
        (lambda * self.0, mercator(phi, GAP) * self.0)
    }

    fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        Some((x / self.0, libm::atan(libm::sinh(y / self.0))))
    }

    fn bounds(&self) -> Option<Rect> {
        Some(Rect::new(-CONFORMAL_REACH, -CONFORMAL_REACH, CONFORMAL_REACH, CONFORMAL_REACH))
    }
}

/// The equidistant conic, Snyder (16-1 … 16-4): ρ = G − φ.
struct Equidistant {
    n: f64,
    g: f64,
}

/// The equidistant conic with standard parallels in radians.
pub(super) fn equidistant(phi_1: f64, phi_2: f64) -> Box<dyn Formula> {
    let cos_1 = libm::cos(phi_1);
    let n = if (phi_1 - phi_2).abs() < FLAT {
        libm::sin(phi_1)
    } else {
        (cos_1 - libm::cos(phi_2)) / (phi_2 - phi_1)
    };
    if n.abs() < FLAT {
        return Box::new(Equirectangular(cos_1));
    }
    Box::new(Equidistant { n, g: cos_1 / n + phi_1 })
}

impl Formula for Equidistant {
    #[inline(always)]
    fn forward(&self, lambda: f64, phi: f64) -> (f64, f64) {
        fan(self.n, self.g - phi, self.g, lambda)
    }

    fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let (lambda, rho) = unfan(self.n, self.g, x, y);
        Some((lambda, self.g - rho))
    }
}
