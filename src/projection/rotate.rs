//! The globe turned so that the map's centre comes to 0°N 0°E of the formula.
//!
//! Takes positions in degrees; gives longitude and latitude in radians, or unit vectors (x towards
//! the centre, y to its right, z up), on the turned globe; and back. A turn about the poles only is
//! an addition; any other is one matrix.

use std::f64::consts::PI;

use super::formula::Latitude;
use crate::geometry::LonLat;
use crate::trigonometry::{atan2, sincos, sincos_degrees};

/// A turn of the globe.
#[derive(Clone, Debug)]
pub(super) struct Rotation {
    /// The longitude that comes to the middle, degrees in [-180, 180].
    lon: f64,
    /// The axes of the turned globe in the resting one.
    axes: [[f64; 3]; 3],
    /// Whether the turn is about the poles only.
    upright: bool,
}

impl Rotation {
    /// Brings `center` to the middle, then turns the picture `roll` degrees clockwise.
    pub fn new(center: LonLat, roll: f64) -> Self {
        let lon = wrap_degrees(center.lon);
        let (sin_lon, cos_lon) = sincos_degrees(lon);
        let (sin_lat, cos_lat) = sincos_degrees(center.lat);
        let (sin_roll, cos_roll) = sincos_degrees(wrap_degrees(roll));
        let east = [-sin_lon, cos_lon, 0.0];
        let north = [-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat];
        let right = std::array::from_fn(|i| east[i] * cos_roll + north[i] * sin_roll);
        let up = std::array::from_fn(|i| north[i] * cos_roll - east[i] * sin_roll);
        let toward = [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat];
        Rotation { lon, axes: [toward, right, up], upright: center.lat == 0.0 && roll == 0.0 }
    }

    /// Longitude in [-π, π] and latitude on the turned globe.
    #[inline]
    pub fn turn(&self, position: LonLat) -> (f64, Latitude) {
        if self.upright {
            let lambda = wrap_degrees(position.lon - self.lon).to_radians();
            return (lambda, Latitude::Angle(position.lat.to_radians()));
        }
        angles(self.turn_unit(position))
    }

    /// The unit vector on the turned globe.
    #[inline]
    pub fn turn_unit(&self, position: LonLat) -> [f64; 3] {
        let u = position.to_unit();
        let [toward, right, up] = self.axes;
        [dot(toward, u), dot(right, u), dot(up, u)]
    }

    /// The position of a longitude and latitude (radians) on the turned globe.
    pub fn undo(&self, lambda: f64, phi: f64) -> LonLat {
        if self.upright {
            return LonLat::new(wrap_degrees(lambda.to_degrees() + self.lon), phi.to_degrees());
        }
        self.undo_unit(unit(lambda, Latitude::Angle(phi)))
    }

    /// The position of a unit vector on the turned globe.
    pub fn undo_unit(&self, u: [f64; 3]) -> LonLat {
        let [a, b, c] = &self.axes;
        LonLat::from_vector(std::array::from_fn(|i| a[i] * u[0] + b[i] * u[1] + c[i] * u[2]))
    }
}

/// Longitude, radians, and latitude of a unit vector; exact to rounding near the poles too.
#[inline]
pub(super) fn angles([x, y, z]: [f64; 3]) -> (f64, Latitude) {
    let phi = if z.abs() < SINE_TELLS {
        Latitude::Sine(z)
    } else {
        Latitude::Angle(atan2(z, (x * x + y * y).sqrt()))
    };
    (atan2(y, x), phi)
}

/// Up to this sine, of 80°, the angle follows from it without loss.
const SINE_TELLS: f64 = 0.984_807_753_012_208;

/// The unit vector of a longitude, radians, and a latitude.
pub(super) fn unit(lambda: f64, phi: Latitude) -> [f64; 3] {
    let (sin_lambda, cos_lambda) = sincos(lambda);
    let (sin_phi, cos_phi) = phi.sincos();
    [cos_phi * cos_lambda, cos_phi * sin_lambda, sin_phi]
}

/// Degrees into [-180, 180]; what lies there already, stays.
#[inline]
pub(super) fn wrap_degrees(degrees: f64) -> f64 {
    if degrees.abs() <= 180.0 { degrees } else { degrees - 360.0 * (degrees / 360.0).round() }
}

/// Radians into [-π, π]; what lies there already, stays.
#[inline]
pub(super) fn wrap_radians(radians: f64) -> f64 {
    if radians.abs() <= PI { radians } else { radians - 2.0 * PI * (radians / (2.0 * PI)).round() }
}

#[inline]
pub(super) fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

#[inline]
pub(super) fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

/// The vector of length 1 in the direction of `v`; `None` for the null vector.
#[inline]
pub(super) fn normalize(v: [f64; 3]) -> Option<[f64; 3]> {
    let length = dot(v, v).sqrt();
    (length > 0.0).then(|| v.map(|c| c / length))
}
