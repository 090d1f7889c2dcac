//! What a formula is: longitude and latitude on the turned globe to the plane and back.
//!
//! A formula knows no rotation, no clipping and no page. Its y points **up** here, as in the
//! literature, so that the lines of code can be laid beside the page of the book; the pipeline
//! turns it over once. The globe's radius is 1.

use std::f64::consts::FRAC_PI_2;

use kurbo::{Point, Rect};

use crate::trigonometry::{asin, mercator, sincos};

/// A latitude that is known by its angle or by its sine. On a globe that is turned about its axis
/// only, the angle is at hand; on any other the sine is, as a vertex is a vector there. A formula
/// asks for what it needs, and what it does not need is never worked out.
#[derive(Clone, Copy, Debug)]
pub(super) enum Latitude {
    /// Radians.
    Angle(f64),
    /// Its sine; not near the poles, where the sine does not tell the angle.
    Sine(f64),
}

impl Latitude {
    /// φ, radians.
    #[inline]
    pub fn radians(self) -> f64 {
        match self {
            Latitude::Angle(phi) => phi,
            Latitude::Sine(sine) => asin(sine),
        }
    }

    /// A number with the sign of φ.
    #[inline]
    pub fn sign(self) -> f64 {
        match self {
            Latitude::Angle(phi) => phi,
            Latitude::Sine(sine) => sine,
        }
    }

    /// sin φ
    #[inline]
    pub fn sin(self) -> f64 {
        match self {
            Latitude::Angle(phi) => sincos(phi).0,
            Latitude::Sine(sine) => sine,
        }
    }

    /// cos φ
    #[inline]
    pub fn cos(self) -> f64 {
        match self {
            Latitude::Angle(phi) => sincos(phi).1,
            Latitude::Sine(sine) => (1.0 - sine * sine).sqrt(),
        }
    }

    /// sin φ and cos φ
    #[inline]
    pub fn sincos(self) -> (f64, f64) {
        match self {
            Latitude::Angle(phi) => sincos(phi),
            Latitude::Sine(sine) => (sine, (1.0 - sine * sine).sqrt()),
        }
    }

    /// The Mercator latitude ψ = ln tan(π/4 + φ/2) = artanh sin φ; finite at the poles, where it
    /// is that of a latitude `gap` before them.
    #[inline]
    pub fn mercator(self, gap: f64) -> f64 {
        match self {
            Latitude::Angle(phi) => {
                let farthest = FRAC_PI_2 - gap;
                let (sin, cos) = sincos(phi.clamp(-farthest, farthest));
                mercator(sin, cos)
            }
            Latitude::Sine(sine) => libm::log((1.0 + sine) / (1.0 - sine)) / 2.0,
        }
    }

    /// (1 - |sin φ|) / 2, without loss near the poles.
    #[inline]
    pub fn half_rest(self) -> f64 {
        match self {
            Latitude::Angle(phi) => {
                let (half, _) = sincos((FRAC_PI_2 - phi.abs()) / 2.0);
                half * half
            }
            Latitude::Sine(sine) => (1.0 - sine.abs()) / 2.0,
        }
    }
}

/// Longitude in [-π, π], radians, and latitude on the turned globe.
#[derive(Clone, Copy, Debug)]
pub(super) struct Angles {
    pub lambda: f64,
    pub phi: Latitude,
}

/// A map of the globe that is cut open along the meridian opposite to its centre.
pub(super) trait Formula: Send + Sync {
    /// To the plane. Finite for every λ in [-π, π] and φ in [-π/2, π/2].
    fn forward(&self, lambda: f64, phi: Latitude) -> (f64, f64);

    /// The same for many, added to `out`: one call for a whole stretch of coast.
    fn forward_all(&self, spots: &[Angles], out: &mut Vec<Point>) {
        out.extend(spots.iter().map(|spot| Point::from(self.forward(spot.lambda, spot.phi))));
    }

    /// Back; may answer with angles outside the globe where the point is outside the map.
    fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)>;

    /// The part of the plane that is shown, where the whole globe would be boundless.
    fn bounds(&self) -> Option<Rect> {
        None
    }
}

/// The angle of a sine that rounding may have put a little beyond ±1; `None` when it is farther.
///
/// Within 2e-15 of ±1 the answer is the pole itself: there the last bits of the sine say nothing
/// about the angle any more.
pub(super) fn arcsine(sine: f64) -> Option<f64> {
    match sine.abs() {
        s if s > 1.0 + 1e-9 => None,
        s if s > 1.0 - 2e-15 => Some(FRAC_PI_2.copysign(sine)),
        s if s <= 1.0 => Some(asin(sine)),
        _ => None,
    }
}

/// A root by Newton's method, from `start`; `f` gives value and derivative.
pub(super) fn newton(start: f64, f: impl Fn(f64) -> (f64, f64)) -> Option<f64> {
    let mut t = start;
    for _ in 0..60 {
        let (value, slope) = f(t);
        let step = value / slope;
        if !step.is_finite() {
            return (value.abs() < 1e-12).then_some(t);
        }
        t -= step;
        if step.abs() < 1e-14 {
            return Some(t);
        }
    }
    (f(t).0.abs() < 1e-12).then_some(t)
}

/// c0 + c1 x + c2 x² + … by Horner's rule.
#[inline]
pub(super) fn polynomial<const N: usize>(x: f64, coefficients: [f64; N]) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

/// A step of Halley's method from `t`, which trebles the right digits of a root; takes the value there and two
/// derivatives.
#[inline]
pub(super) fn halley(t: f64, [value, slope, bend]: [f64; 3]) -> f64 {
    t - 2.0 * value * slope / (2.0 * slope * slope - value * bend)
}

/// Longitude and latitude whose image under `forward` is (x, y), by Newton's method with a
/// differenced Jacobian, for formulas without an inverse of their own.
pub(super) fn invert(
    forward: impl Fn(f64, Latitude) -> (f64, f64),
    start: (f64, f64),
    (x, y): (f64, f64),
) -> Option<(f64, f64)> {
    const STEP: f64 = 1e-6;
    let miss = |l: f64, p: f64| {
        let (u, v) = forward(l, Latitude::Angle(p));
        (u - x, v - y)
    };
    let (mut lambda, mut phi) = start;
    for _ in 0..60 {
        let (fx, fy) = miss(lambda, phi);
        let (a, b) = (miss(lambda + STEP, phi), miss(lambda - STEP, phi));
        let (c, d) = (miss(lambda, phi + STEP), miss(lambda, phi - STEP));
        let (xl, yl) = ((a.0 - b.0) / (2.0 * STEP), (a.1 - b.1) / (2.0 * STEP));
        let (xp, yp) = ((c.0 - d.0) / (2.0 * STEP), (c.1 - d.1) / (2.0 * STEP));
        let det = xl * yp - xp * yl;
        let (dl, dp) = ((fx * yp - fy * xp) / det, (fy * xl - fx * yl) / det);
        if !(dl.is_finite() && dp.is_finite()) {
            break;
        }
        // A bounded step keeps the search on the globe while it is still far from the answer.
        let damp = (0.5 / dl.abs().max(dp.abs())).min(1.0);
        (lambda, phi) = (lambda - dl * damp, phi - dp * damp);
        if dl.abs().max(dp.abs()) < 1e-13 {
            break;
        }
    }
    let (fx, fy) = miss(lambda, phi);
    (fx.abs().max(fy.abs()) < 1e-10).then_some((lambda, phi))
}
