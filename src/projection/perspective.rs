//! The globe as an eye at a finite height sees it.
//!
//! Sources: Snyder (1987), USGS PP 1395, ch. 23; the geostationary view as in PROJ 9, *Geostationary Satellite View*
//! (CGMS 03, *LRIT/HRIT Global Specification*, 4.4.3.2), on the sphere.

use super::azimuthal::{Azimuthal, Radial};
use crate::geometry::trigonometry::sincos_degrees;

/// Height of a geostationary satellite, in the Earth's equatorial radii: 35 785.831 km.
pub(super) const GEOSTATIONARY: f64 = 35_785.831 / 6_378.137;

/// Angle from the centre to the horizon, degrees, from the eye's distance to the globe's middle.
fn horizon(distance: f64) -> f64 {
    libm::acos(1.0 / distance).to_degrees()
}

/// Where the ray from the eye, `distance` before the globe's middle, in the direction (-1, v, w) meets the globe first.
fn first_hit(distance: f64, v: f64, w: f64) -> Option<[f64; 3]> {
    let a = 1.0 + v * v + w * w;
    // a quarter of the discriminant; the limb itself may be missed by a rounding
    let rest = distance * distance - a * (distance * distance - 1.0);
    let way = (distance - rest.max(0.0).sqrt()) / a;
    (rest >= -1e-12).then_some([distance - way, way * v, way * w])
}

/// Snyder (23-3): the vertical perspective, k = (P - 1) / (P - cos c), P being the eye's distance from the globe's middle.
pub(super) struct Vertical(pub f64);

impl Radial for Vertical {
    #[inline(always)]
    fn factor(&self, cos: f64, _: f64) -> f64 {
        (self.0 - 1.0) / (self.0 - cos)
    }

    fn angle(&self, rho: f64) -> Option<f64> {
        let [cos, sin, _] = first_hit(self.0, rho / (self.0 - 1.0), 0.0)?;
        Some(libm::atan2(sin, cos))
    }

    fn horizon(&self) -> f64 {
        horizon(self.0)
    }
}

/// The camera tilted away from the centre; Snyder, ch. 23.
pub(super) struct Tilted {
    vertical: Vertical,
    /// Sine and cosine of the direction of the tilt, and of the tilt.
    turn: (f64, f64),
    tilt: (f64, f64),
}

impl Tilted {
    /// `distance` from the globe's middle, direction and tilt in degrees; `None` where a part of the cap that the eye
    /// sees lies behind the camera.
    pub fn new(distance: f64, azimuth: f64, tilt: f64) -> Option<Tilted> {
        let one = Tilted {
            vertical: Vertical(distance),
            turn: sincos_degrees(azimuth),
            tilt: sincos_degrees(tilt),
        };
        (tilt.abs() < Tilted::limit(distance)).then_some(one)
    }

    /// The tilt, degrees, that brings the horizon into the camera's own plane.
    pub fn limit(distance: f64) -> f64 {
        // the limb is seen at the angle arcsin 1/P beside the globe's middle
        90.0 - libm::asin(1.0 / distance).to_degrees()
    }
}

impl Azimuthal for Tilted {
    fn horizon(&self) -> f64 {
        horizon(self.vertical.0)
    }

    #[inline(always)]
    fn forward(&self, spot: [f64; 3]) -> (f64, f64) {
        let ((x, y), ((sin, cos), (sin_tilt, cos_tilt))) =
            (Azimuthal::forward(&self.vertical, spot), (self.turn, self.tilt));
        let along = y * cos + x * sin;
        let near = 1.0 / (along * sin_tilt / (self.vertical.0 - 1.0) + cos_tilt);
        ((x * cos - y * sin) * cos_tilt * near, along * near)
    }

    fn inverse(&self, x: f64, y: f64) -> Option<[f64; 3]> {
        let ((sin, cos), (sin_tilt, cos_tilt)) = (self.turn, self.tilt);
        let height = self.vertical.0 - 1.0;
        let far = height - y * sin_tilt;
        if far <= 0.0 {
            return None;
        }
        let (across, along) = (height * x / far, height * y * cos_tilt / far);
        Azimuthal::inverse(&self.vertical, across * cos + along * sin, along * cos - across * sin)
    }
}

/// The scan angles of a geostationary satellite, times its height.
pub(super) struct Geostationary {
    /// Height in radii.
    pub height: f64,
    /// Which of the two mirrors turns first.
    pub sweep_x: bool,
}

impl Azimuthal for Geostationary {
    fn horizon(&self) -> f64 {
        horizon(1.0 + self.height)
    }

    #[inline(always)]
    fn forward(&self, [x, y, z]: [f64; 3]) -> (f64, f64) {
        let depth = 1.0 + self.height - x;
        let (u, v) = if self.sweep_x {
            (libm::atan2(y, libm::sqrt(z * z + depth * depth)), libm::atan2(z, depth))
        } else {
            (libm::atan2(y, depth), libm::atan2(z, libm::sqrt(y * y + depth * depth)))
        };
        (self.height * u, self.height * v)
    }

    fn inverse(&self, x: f64, y: f64) -> Option<[f64; 3]> {
        let (x, y) = (x / self.height, y / self.height);
        if x.abs().max(y.abs()) >= std::f64::consts::FRAC_PI_2 {
            return None;
        }
        let (u, v) = (libm::tan(x), libm::tan(y));
        let (u, v) =
            if self.sweep_x { (u * libm::sqrt(1.0 + v * v), v) } else { (u, v * libm::sqrt(1.0 + u * u)) };
        first_hit(1.0 + self.height, u, v)
    }
}
