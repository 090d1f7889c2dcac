//! Azimuthal projections: the distance from the centre depends on the angle from it alone.
//!
//! Each is two short functions and the angle at which it is clipped.
//! Source: Snyder (1987), *Map Projections: A Working Manual*, USGS PP 1395, ch. 20–25.

use kurbo::Point;

use super::formula::LANES;
use crate::geometry::trigonometry::{asin, atan2, sincos};
use crate::geometry::wide;

/// A map of a cap around the centre.
pub(super) trait Azimuthal: Send + Sync {
    /// The radius of the cap that is shown, degrees.
    fn horizon(&self) -> f64;

    /// A unit vector of the turned globe, x towards the centre, to the plane.
    fn forward(&self, spot: [f64; 3]) -> (f64, f64);

    /// Back; `None` off the map.
    fn inverse(&self, x: f64, y: f64) -> Option<[f64; 3]>;

    /// [`Azimuthal::forward`] for many, added to `out`: one call for a whole stretch of coast.
    fn forward_all(&self, spots: &[[f64; 3]], out: &mut Vec<Point>) {
        let [mut x, mut y, mut z] = [[0.0; LANES]; 3];
        wide(
            #[inline(always)]
            || {
                for some in spots.chunks(LANES) {
                    for (i, spot) in some.iter().enumerate() {
                        [x[i], y[i], z[i]] = *spot;
                    }
                    for i in 0..LANES {
                        (y[i], z[i]) = self.forward([x[i], y[i], z[i]]);
                    }
                    out.extend((0..some.len()).map(|i| Point::new(y[i], z[i])));
                }
            },
        );
    }
}

/// An azimuthal formula proper: with `c` the angle from the centre, (cos c, u, v) goes to k·(u, v).
pub(super) trait Radial: Send + Sync {
    /// k from cos c and sin² c.
    fn factor(&self, cos: f64, sin2: f64) -> f64;

    /// c, radians, from the distance to the centre on the plane; `None` off the map.
    fn angle(&self, rho: f64) -> Option<f64>;

    /// The largest c that is shown, degrees.
    fn horizon(&self) -> f64;
}

impl<R: Radial> Azimuthal for R {
    fn horizon(&self) -> f64 {
        Radial::horizon(self)
    }

    #[inline(always)]
    fn forward(&self, [x, y, z]: [f64; 3]) -> (f64, f64) {
        let k = self.factor(x, y * y + z * z);
        (k * y, k * z)
    }

    fn inverse(&self, x: f64, y: f64) -> Option<[f64; 3]> {
        let rho = libm::sqrt(x * x + y * y);
        let c = self.angle(rho)?;
        if rho == 0.0 {
            return Some([1.0, 0.0, 0.0]);
        }
        let (sin, cos) = sincos(c);
        Some([cos, sin * x / rho, sin * y / rho])
    }
}

/// Where a projection of the whole globe is torn open around the centre's antipode, degrees.
const ALMOST_ALL: f64 = 180.0 - 1e-3;

/// Lambert (1772); Snyder (24-2): k = √(2 / (1 + cos c)).
pub(super) struct LambertEqualArea;

impl Radial for LambertEqualArea {
    #[inline(always)]
    fn factor(&self, cos: f64, sin2: f64) -> f64 {
        // Beyond 90° 1 + cos c cancels; (1 - cos c) / sin² c is its inverse without loss.
        let (over, under) = if cos > 0.0 { (1.0, 1.0 + cos) } else { (1.0 - cos, sin2) };
        (2.0 * over / under).sqrt()
    }

    fn angle(&self, rho: f64) -> Option<f64> {
        (rho <= 2.0).then(|| 2.0 * asin(rho / 2.0))
    }

    fn horizon(&self) -> f64 {
        ALMOST_ALL
    }
}

/// Snyder (20-3): the globe from infinitely far away, k = 1.
pub(super) struct Orthographic;

impl Radial for Orthographic {
    #[inline(always)]
    fn factor(&self, _: f64, _: f64) -> f64 {
        1.0
    }

    fn angle(&self, rho: f64) -> Option<f64> {
        (rho <= 1.0 + 1e-12).then(|| asin(rho.min(1.0)))
    }

    fn horizon(&self) -> f64 {
        90.0
    }
}

/// Snyder (25-2): true distances from the centre, k = c / sin c.
pub(super) struct Equidistant;

impl Radial for Equidistant {
    #[inline(always)]
    fn factor(&self, cos: f64, sin2: f64) -> f64 {
        let sin = sin2.sqrt();
        if sin == 0.0 { 1.0 } else { atan2(sin, cos) / sin }
    }

    fn angle(&self, rho: f64) -> Option<f64> {
        (rho <= std::f64::consts::PI).then_some(rho)
    }

    fn horizon(&self) -> f64 {
        ALMOST_ALL
    }
}

/// Snyder (21-4) with scale 1 at the centre: conformal, k = 2 / (1 + cos c).
pub(super) struct Stereographic;

impl Radial for Stereographic {
    #[inline(always)]
    fn factor(&self, cos: f64, _: f64) -> f64 {
        2.0 / (1.0 + cos)
    }

    fn angle(&self, rho: f64) -> Option<f64> {
        Some(2.0 * libm::atan(rho / 2.0))
    }

    fn horizon(&self) -> f64 {
        142.0
    }
}

/// Snyder (22-3): great circles are straight, k = 1 / cos c.
pub(super) struct Gnomonic;

impl Radial for Gnomonic {
    #[inline(always)]
    fn factor(&self, cos: f64, _: f64) -> f64 {
        1.0 / cos
    }

    fn angle(&self, rho: f64) -> Option<f64> {
        Some(libm::atan(rho))
    }

    fn horizon(&self) -> f64 {
        60.0
    }
}
