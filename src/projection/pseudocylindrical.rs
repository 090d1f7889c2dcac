//! Pseudocylindrical projections: parallels are straight, meridians are curves.
//!
//! Sources: Šavrič, Patterson & Jenny (2019), *The Equal Earth map projection*, IJGIS 33(3);
//! Šavrič, Jenny, Patterson, Petrovič & Hurni (2011), *A polynomial equation for the Natural Earth
//! projection*, CaGIS 38(4); Snyder (1987), USGS PP 1395, ch. 30–32.

use std::f64::consts::{FRAC_PI_2, PI, SQRT_2};

use super::formula::{Formula, arcsine, half_rest, halley, newton, polynomial};
use crate::geometry::trigonometry::{asin, cbrt, sincos};

/// Šavrič, Patterson & Jenny (2019), equations 9 and 10: equal-area.
pub(super) struct EqualEarth;

const EQUAL_EARTH: [f64; 4] = [1.340264, -0.081106, 0.000893, 0.003796];

/// sin θ = M sin φ.
const M: f64 = 0.866_025_403_784_438_6;

/// y of θ, and its derivative.
#[inline(always)]
fn equal_earth_y(theta: f64) -> (f64, f64) {
    let [a, b, c, d] = EQUAL_EARTH;
    let t2 = theta * theta;
    let t6 = t2 * t2 * t2;
    let y = theta * (a + b * t2 + t6 * (c + d * t2));
    (y, a + 3.0 * b * t2 + t6 * (7.0 * c + 9.0 * d * t2))
}

impl Formula for EqualEarth {
    #[inline(always)]
    fn forward(&self, lambda: f64, phi: f64) -> (f64, f64) {
        let sin_theta = M * sincos(phi).0;
        let (y, slope) = equal_earth_y(asin(sin_theta));
        (lambda * (1.0 - sin_theta * sin_theta).sqrt() / (M * slope), y)
    }

    fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let theta = newton(y.clamp(-1.2, 1.2), |t| {
            let (value, slope) = equal_earth_y(t);
            (value - y, slope)
        })?;
        let (_, slope) = equal_earth_y(theta);
        Some((M * x * slope / libm::cos(theta), arcsine(libm::sin(theta) / M)?))
    }
}

/// Šavrič et al. (2011), equations 1 and 2, by Tom Patterson's graphics.
pub(super) struct NaturalEarth;

#[inline(always)]
fn natural_earth_length(phi: f64) -> f64 {
    let p = phi * phi;
    let p2 = p * p;
    0.8707 + p * (-0.131979 + p * (-0.013791 + p2 * p * (0.003971 - 0.001529 * p)))
}

/// y of φ, and its derivative.
#[inline(always)]
fn natural_earth_y(phi: f64) -> (f64, f64) {
    const B: [f64; 5] = [1.007226, 0.015085, -0.044475, 0.028874, -0.005916];
    let p = phi * phi;
    let p3 = p * p * p;
    let y = phi * (B[0] + p * B[1] + p3 * (B[2] + B[3] * p + B[4] * p * p));
    (y, B[0] + 3.0 * p * B[1] + p3 * (7.0 * B[2] + 9.0 * B[3] * p + 11.0 * B[4] * p * p))
}

impl Formula for NaturalEarth {
    #[inline(always)]
    fn forward(&self, lambda: f64, phi: f64) -> (f64, f64) {
        (lambda * natural_earth_length(phi), natural_earth_y(phi).0)
    }

    fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let phi = newton(y.clamp(-1.4, 1.4), |phi| {
            let (value, slope) = natural_earth_y(phi);
            (value - y, slope)
        })?;
        Some((x / natural_earth_length(phi), phi))
    }
}

/// Snyder (30-1, 30-2): equal-area, meridians are sine curves.
pub(super) struct Sinusoidal;

impl Formula for Sinusoidal {
    #[inline(always)]
    fn forward(&self, lambda: f64, phi: f64) -> (f64, f64) {
        (lambda * sincos(phi).1, phi)
    }

    fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        Some((x / libm::cos(y), y))
    }
}

/// An equal-area formula whose parallels stand by an auxiliary latitude θ, the root of an equation without a closed
/// form. What is sought is π/2 - |θ|, so that nothing cancels at the poles: an estimate that is fitted to some 1e-6,
/// and one step towards the root.
trait Auxiliary {
    /// What the equation asks for at φ, and the estimate.
    fn estimate(phi: f64) -> (f64, f64);
    /// π/2 - |θ|, from these two and the estimate's sine and cosine.
    fn correct(target: f64, estimate: f64, sin: f64, cos: f64) -> f64;
    /// The point at λ, from sin θ and cos θ.
    fn place(lambda: f64, sin: f64, cos: f64) -> (f64, f64);

    #[inline(always)]
    fn one(lambda: f64, phi: f64) -> (f64, f64) {
        let (target, estimate) = Self::estimate(phi);
        let (sin, cos) = sincos(estimate);
        let (cos, sin) = sincos(Self::correct(target, estimate, sin, cos));
        Self::place(lambda, sin.copysign(phi), cos)
    }
}

/// Mollweide (1805), Snyder (31-1 … 31-5): equal-area, meridians are half ellipses.
pub(super) struct Mollweide;

/// 2θ + sin 2θ = π sin φ. With d = π - 2|θ| this is d - sin d = π (1 - |sin φ|), Kepler's equation at eccentricity 1.
/// Its root is a series in the odd powers of a cube root.
impl Auxiliary for Mollweide {
    #[inline(always)]
    fn estimate(phi: f64) -> (f64, f64) {
        const FIT: [f64; 7] = [
            1.000_001_467_991_549,
            0.016_647_380_640_190,
            7.550_510_318_872_295e-4,
            8.090_484_095_363_363e-6,
            1.371_721_154_586_207e-5,
            -1.732_824_174_379_419_5e-6,
            1.438_241_877_257_032_5e-7,
        ];
        let target = 2.0 * PI * half_rest(phi);
        let u = cbrt(6.0 * target);
        (target, u * polynomial(u * u, FIT))
    }

    #[inline(always)]
    fn correct(target: f64, d: f64, sin: f64, cos: f64) -> f64 {
        // Where d - sin d cancels, its series and that of the root hold to the last bit.
        const SMALL: f64 = 0.1;
        if d < SMALL {
            let u = cbrt(6.0 * target);
            return u * polynomial(u * u, [1.0, 1.0 / 60.0, 1.0 / 1400.0, 1.0 / 25200.0]) / 2.0;
        }
        halley(d, [d - sin - target, 1.0 - cos, sin]) / 2.0
    }

    #[inline(always)]
    fn place(lambda: f64, sin: f64, cos: f64) -> (f64, f64) {
        (SQRT_2 / FRAC_PI_2 * lambda * cos, SQRT_2 * sin)
    }
}

impl Formula for Mollweide {
    #[inline(always)]
    fn forward(&self, lambda: f64, phi: f64) -> (f64, f64) {
        Self::one(lambda, phi)
    }

    fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let theta = arcsine(y / SQRT_2)?;
        let sin_phi = (2.0 * theta + libm::sin(2.0 * theta)) / PI;
        Some((x * FRAC_PI_2 / (SQRT_2 * libm::cos(theta)), arcsine(sin_phi)?))
    }
}

/// Eckert (1906) IV, Snyder (32-9 … 32-13): equal-area, poles are lines of half the equator.
pub(super) struct Eckert4;

impl Eckert4 {
    /// C_x of Snyder (32-9) and C_y of (32-10).
    fn constants() -> (f64, f64) {
        (2.0 / (PI * (4.0 + PI)).sqrt(), 2.0 * (PI / (4.0 + PI)).sqrt())
    }
}

/// θ + sin θ (cos θ + 2) = (2 + π/2) sin φ, as an equation for δ = π/2 - |θ|.
impl Auxiliary for Eckert4 {
    #[inline(always)]
    fn estimate(phi: f64) -> (f64, f64) {
        const FIT: [f64; 9] = [
            0.999_996_858_443_267_9,
            -0.333_034_798_735_831_5,
            0.314_599_975_314_125_4,
            -0.281_084_025_724_248_73,
            0.237_350_214_838_425_9,
            -0.152_381_043_893_659_42,
            0.066_563_780_188_149_62,
            -0.017_058_598_564_609_7,
            0.001_943_743_082_062_637_7,
        ];
        let target = (4.0 + PI) * half_rest(phi);
        let root = target.sqrt();
        (target, root * polynomial(root, FIT))
    }

    #[inline(always)]
    fn correct(target: f64, estimate: f64, sin: f64, cos: f64) -> f64 {
        let value = estimate - sin * cos + 2.0 * sin * sin / (1.0 + cos) - target;
        let delta = halley(estimate, [value, 2.0 * sin * (1.0 + sin), 2.0 * cos * (1.0 + 2.0 * sin)]);
        // At the pole itself 0/0.
        if target == 0.0 { 0.0 } else { delta }
    }

    #[inline(always)]
    fn place(lambda: f64, sin: f64, cos: f64) -> (f64, f64) {
        let (c_x, c_y) = Self::constants();
        (c_x * lambda * (1.0 + cos), c_y * sin)
    }
}

impl Formula for Eckert4 {
    #[inline(always)]
    fn forward(&self, lambda: f64, phi: f64) -> (f64, f64) {
        Self::one(lambda, phi)
    }

    fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let (c_x, c_y) = Self::constants();
        let theta = arcsine(y / c_y)?;
        let (sin, cos) = sincos(theta);
        let phi = arcsine((theta + sin * (cos + 2.0)) / (2.0 + FRAC_PI_2))?;
        Some((x / (c_x * (1.0 + cos)), phi))
    }
}

/// Wagner (1932, 1949) IV and V: Mollweide's parallels, ended before the poles become points; Snyder (1993),
/// *Flattening the Earth*, and PROJ 9, *Wagner IV* and *Wagner V*.
pub(super) struct Wagner {
    x: f64,
    y: f64,
    /// 2θ + sin 2θ = p sin φ.
    p: f64,
}

impl Wagner {
    /// Wagner IV: equal-area, the parallels of θ up to 60°.
    pub fn four() -> Wagner {
        let sin = libm::sin(PI / 3.0);
        let p = 2.0 * PI / 3.0 + libm::sin(2.0 * PI / 3.0);
        let r = (2.0 * PI * sin / p).sqrt();
        Wagner { x: 2.0 * r / PI, y: r / sin, p }
    }

    /// Wagner V: areas a little enlarged towards the poles.
    pub fn five() -> Wagner {
        Wagner { x: 0.90977, y: 1.65014, p: 3.00896 }
    }
}

impl Formula for Wagner {
    #[inline(always)]
    fn forward(&self, lambda: f64, phi: f64) -> (f64, f64) {
        /// 2θ over half of 2θ + sin 2θ, within 0.0034 up to Wagner V's pole.
        const FIT: [f64; 5] =
            [1.003_327_745, 0.026_350_790_5, 0.169_673_074_6, -0.129_044_647_2, 0.039_008_209_72];
        let target = self.p * sincos(phi).0;
        let half = target / 2.0;
        let mut double = half * polynomial(half * half, FIT);
        for _ in 0..2 {
            let (sin, cos) = sincos(double);
            double = halley(double, [double + sin - target, 1.0 + cos, -sin]);
        }
        let (sin, cos) = sincos(double / 2.0);
        (self.x * lambda * cos, self.y * sin)
    }

    fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let theta = arcsine(y / self.y)?;
        let (sin, cos) = sincos(theta);
        let phi = arcsine(2.0 * (theta + sin * cos) / self.p)?;
        Some((x / (self.x * cos), phi))
    }
}
