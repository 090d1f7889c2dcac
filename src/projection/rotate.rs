//! The globe turned so that the map's centre comes to 0°N 0°E of the formula.
//!
//! Takes positions in degrees; gives longitude and latitude in radians, or unit vectors (x towards
//! the centre, y to its right, z up), on the turned globe; and back. A turn about the poles only is
//! an addition; any other is one matrix.

use std::f64::consts::PI;

use super::formula::{Angles, LANES};
use crate::geometry::LonLat;
use crate::geometry::trigonometry::{atan2, sincos, sincos_degrees};
use crate::geometry::wide;

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
    pub fn turn(&self, position: LonLat) -> Angles {
        if self.upright {
            let lambda = wrap_degrees(position.lon - self.lon).to_radians();
            return Angles { lambda, phi: position.lat.to_radians() };
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

    /// [`Rotation::turn`] for many, added to `out`.
    pub fn turn_all(&self, positions: &[LonLat], out: &mut Vec<Angles>) {
        if self.upright {
            return out.extend(positions.iter().map(|&position| self.turn(position)));
        }
        self.turned(
            positions,
            #[inline(always)]
            |[x, y, z], count| {
                let (mut lambda, mut phi) = ([0.0; LANES], [0.0; LANES]);
                for i in 0..LANES {
                    lambda[i] = atan2(y[i], x[i]);
                }
                for i in 0..LANES {
                    phi[i] = atan2(z[i], (x[i] * x[i] + y[i] * y[i]).sqrt());
                }
                out.extend((0..count).map(|i| Angles { lambda: lambda[i], phi: phi[i] }));
            },
        );
    }

    /// [`Rotation::turn_unit`] for many, added to `out`.
    pub fn turn_units(&self, positions: &[LonLat], out: &mut Vec<[f64; 3]>) {
        self.turned(
            positions,
            #[inline(always)]
            |[x, y, z], count| out.extend((0..count).map(|i| [x[i], y[i], z[i]])),
        );
    }

    /// Unit vectors on the turned globe, some at a time and coordinate by coordinate, with their number: loops that a
    /// processor runs through for several vertices at once.
    #[inline(always)]
    fn turned(&self, positions: &[LonLat], mut take: impl FnMut(&[[f64; LANES]; 3], usize)) {
        wide(
            #[inline(always)]
            || {
                for some in positions.chunks(LANES) {
                    let (mut lon, mut lat) = ([0.0; LANES], [0.0; LANES]);
                    for (i, position) in some.iter().enumerate() {
                        (lon[i], lat[i]) = (position.lon, position.lat);
                    }
                    let mut resting = [[0.0; LANES]; 3];
                    for i in 0..LANES {
                        (resting[1][i], resting[0][i]) = sincos_degrees(lon[i]);
                    }
                    for i in 0..LANES {
                        let (sin, cos) = sincos_degrees(lat[i]);
                        resting[2][i] = sin;
                        resting[0][i] *= cos;
                        resting[1][i] *= cos;
                    }
                    let mut turned = [[0.0; LANES]; 3];
                    for (to, axis) in turned.iter_mut().zip(&self.axes) {
                        for i in 0..LANES {
                            to[i] =
                                axis[0] * resting[0][i] + axis[1] * resting[1][i] + axis[2] * resting[2][i];
                        }
                    }
                    take(&turned, some.len());
                }
            },
        );
    }

    /// The position of a longitude and latitude (radians) on the turned globe.
    pub fn undo(&self, lambda: f64, phi: f64) -> LonLat {
        if self.upright {
            return LonLat::new(wrap_degrees(lambda.to_degrees() + self.lon), phi.to_degrees());
        }
        self.undo_unit(unit(Angles { lambda, phi }))
    }

    /// The position of a unit vector on the turned globe.
    pub fn undo_unit(&self, u: [f64; 3]) -> LonLat {
        let [a, b, c] = &self.axes;
        LonLat::from_vector(std::array::from_fn(|i| a[i] * u[0] + b[i] * u[1] + c[i] * u[2]))
    }
}

/// Longitude and latitude of a unit vector; exact to rounding near the poles too.
#[inline(always)]
pub(super) fn angles([x, y, z]: [f64; 3]) -> Angles {
    Angles { lambda: atan2(y, x), phi: atan2(z, (x * x + y * y).sqrt()) }
}

/// The unit vector of a longitude and a latitude.
pub(super) fn unit(Angles { lambda, phi }: Angles) -> [f64; 3] {
    let (sin_lambda, cos_lambda) = sincos(lambda);
    let (sin_phi, cos_phi) = sincos(phi);
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
