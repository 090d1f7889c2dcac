//! Robinson (1963): a table by eye, and the smooth curves through it.
//!
//! The table is Robinson's (1974, *A New Map Projection: Its Development and Characteristics*,
//! International Yearbook of Cartography 14), as in Snyder (1990). Between its lines stand the
//! cubic splines through all values from pole to pole (not-a-knot ends), here by their slopes;
//! PROJ's `robin` is the same within 4e-7.

use std::f64::consts::PI;

use super::formula::{Formula, newton};

/// Robinson's projection.
pub(super) struct Robinson;

/// Every 5° from the equator: length of the parallel and its slope, distance from the equator and
/// its slope, the slopes per 5°.
const TABLE: [[f64; 4]; 19] = [
    [1.0000, 0.0, 0.0000, 0.062000010566],
    [0.9986, -0.002411212508, 0.0620, 0.061999978868],
    [0.9954, -0.004155149968, 0.1240, 0.062000073962],
    [0.9900, -0.006768187618, 0.1860, 0.061999725283],
    [0.9822, -0.008372099559, 0.2480, 0.062001024907],
    [0.9730, -0.010743414147, 0.3100, 0.061996175088],
    [0.9600, -0.015254243854, 0.3720, 0.062014274742],
    [0.9427, -0.019139610438, 0.4340, 0.061946725946],
    [0.9216, -0.023387314393, 0.4958, 0.061598821474],
    [0.8962, -0.026811131989, 0.5571, 0.060957988157],
    [0.8679, -0.030468157651, 0.6176, 0.059969225897],
    [0.8350, -0.034916237409, 0.6769, 0.058565108253],
    [0.7986, -0.037766892715, 0.7346, 0.056770341090],
    [0.7597, -0.039916191731, 0.7903, 0.054553527388],
    [0.7186, -0.042568340361, 0.8435, 0.051715549360],
    [0.6732, -0.049310446826, 0.8936, 0.048484275172],
    [0.6213, -0.052089872335, 0.9394, 0.042047349951],
    [0.5722, -0.045330063832, 0.9761, 0.030826325025],
    [0.5322, -0.033889872335, 1.0000, 0.016447349951],
];

/// The length of the equator and the distance of the pole, in Robinson's units.
const SIZE: (f64, f64) = (0.8487, 1.3523);

/// Table steps in a radian.
const STEPS: f64 = 36.0 / PI;

/// Value and derivative at `t` in [0, 1] of the cubic with the values and slopes of both ends
/// (Hermite's form).
fn cubic([a, slope_a]: [f64; 2], [b, slope_b]: [f64; 2], t: f64) -> (f64, f64) {
    let rise = b - a;
    let (u, v) = (slope_a - rise, rise - slope_b);
    // a + t rise + t (1 - t) ((1 - t) u + t v)
    let bend = (1.0 - t) * u + t * v;
    let value = a + t * rise + t * (1.0 - t) * bend;
    (value, rise + (1.0 - 2.0 * t) * bend + t * (1.0 - t) * (v - u))
}

/// The table's line below a latitude of at least 0, and the share of the way to the next.
fn interval(phi: f64) -> (usize, f64) {
    let at = (phi * STEPS).clamp(0.0, 18.0);
    let line = (at as usize).min(17);
    (line, at - line as f64)
}

/// The length of the parallel.
fn length(phi: f64) -> f64 {
    let (i, t) = interval(phi.abs());
    let ([a, sa, ..], [b, sb, ..]) = (TABLE[i], TABLE[i + 1]);
    SIZE.0 * cubic([a, sa], [b, sb], t).0
}

/// The distance from the equator, and its derivative.
fn distance(phi: f64) -> (f64, f64) {
    let (i, t) = interval(phi.abs());
    let ([_, _, a, sa], [_, _, b, sb]) = (TABLE[i], TABLE[i + 1]);
    let (value, slope) = cubic([a, sa], [b, sb], t);
    (SIZE.1 * value.copysign(phi), SIZE.1 * slope * STEPS)
}

impl Formula for Robinson {
    #[inline(always)]
    fn forward(&self, lambda: f64, phi: f64) -> (f64, f64) {
        (lambda * length(phi), distance(phi).0)
    }

    fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        if y.abs() > SIZE.1 * (1.0 + 1e-9) {
            return None;
        }
        let y = y.clamp(-SIZE.1, SIZE.1);
        let phi = newton(y / SIZE.1 * 1.4, |phi| {
            let (value, slope) = distance(phi);
            // Beyond the pole the table goes on straight, so that the search comes back.
            let beyond = (phi.abs() - PI / 2.0).max(0.0).copysign(phi);
            (value + slope * beyond - y, slope)
        })?;
        Some((x / length(phi), phi))
    }
}
