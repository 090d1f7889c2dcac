//! What a formula is: longitude and latitude on the turned globe to the plane and back.
//!
//! A formula knows no rotation, no clipping and no page. Its y points **up** here, as in the
//! literature, so that the lines of code can be laid beside the page of the book; the pipeline
//! turns it over once. The globe's radius is 1.

use std::f64::consts::FRAC_PI_2;

use kurbo::{Point, Rect};

use crate::geometry::trigonometry::{asin, ln, sincos};
use crate::geometry::wide;

/// The Mercator latitude ψ = ln tan(π/4 + φ/2), of a latitude no nearer to the poles than `gap`.
#[inline(always)]
pub(super) fn mercator(phi: f64, gap: f64) -> f64 {
    let farthest = FRAC_PI_2 - gap;
    let (sin, cos) = sincos(phi.clamp(-farthest, farthest));
    ln((1.0 + sin.abs()) / cos).copysign(sin)
}

/// (1 - |sin φ|) / 2, without loss near the poles.
#[inline(always)]
pub(super) fn half_rest(phi: f64) -> f64 {
    let (half, _) = sincos((FRAC_PI_2 - phi.abs()) / 2.0);
    half * half
}

/// So many vertices are worked on at once.
pub(super) const LANES: usize = 16;

/// Longitude in [-π, π] and latitude on the turned globe, radians.
#[derive(Clone, Copy, Debug)]
pub(super) struct Angles {
    pub lambda: f64,
    pub phi: f64,
}

/// A map of the globe that is cut open along the meridian opposite to its centre.
pub(super) trait Formula: Send + Sync {
    /// To the plane. Finite for every λ in [-π, π] and φ in [-π/2, π/2]. Inlined always, as [`wide`] asks.
    fn forward(&self, lambda: f64, phi: f64) -> (f64, f64);

    /// The same for many, added to `out`: one call for a whole stretch of coast.
    fn forward_all(&self, spots: &[Angles], out: &mut Vec<Point>) {
        let [mut lambda, mut phi, mut x, mut y] = [[0.0; LANES]; 4];
        wide(
            #[inline(always)]
            || {
                for some in spots.chunks(LANES) {
                    for (i, spot) in some.iter().enumerate() {
                        (lambda[i], phi[i]) = (spot.lambda, spot.phi);
                    }
                    for i in 0..LANES {
                        (x[i], y[i]) = self.forward(lambda[i], phi[i]);
                    }
                    out.extend((0..some.len()).map(|i| Point::new(x[i], y[i])));
                }
            },
        );
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
#[inline(always)]
pub(super) fn polynomial<const N: usize>(x: f64, coefficients: [f64; N]) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

/// A step of Halley's method from `t`, which trebles the right digits of a root; takes the value there and two
/// derivatives.
#[inline(always)]
pub(super) fn halley(t: f64, [value, slope, bend]: [f64; 3]) -> f64 {
    t - 2.0 * value * slope / (2.0 * slope * slope - value * bend)
}

/// Longitude and latitude whose image under `forward` is (x, y), by Newton's method with a
/// differenced Jacobian, for formulas without an inverse of their own.
pub(super) fn invert(
    forward: impl Fn(f64, f64) -> (f64, f64),
    start: (f64, f64),
    (x, y): (f64, f64),
) -> Option<(f64, f64)> {
    const STEP: f64 = 1e-6;
    let miss = |l: f64, p: f64| {
        let (u, v) = forward(l, p);
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
