//! Azimuthal projections: the distance from the centre depends on the angle from it alone.
//!
//! Each is two short functions and the angle at which it is clipped. With `c` the angle from the
//! centre, a unit vector (cos c, u, v) of the turned globe goes to k·(u, v).
//! Source: Snyder (1987), *Map Projections: A Working Manual*, USGS PP 1395, ch. 20–25.

/// An azimuthal formula.
#[derive(Clone, Copy, Debug)]
pub(super) struct Azimuthal {
    /// k from cos c and sin² c.
    pub factor: fn(f64, f64) -> f64,
    /// c, radians, from the distance to the centre on the plane; `None` off the map.
    pub angle: fn(f64) -> Option<f64>,
    /// The largest c that is shown, degrees.
    pub horizon: f64,
}

/// Where a projection of the whole globe is torn open around the centre's antipode, degrees.
const ALMOST_ALL: f64 = 180.0 - 1e-3;

/// Lambert (1772); Snyder (24-2): k = √(2 / (1 + cos c)).
pub(super) const LAMBERT_EQUAL_AREA: Azimuthal = Azimuthal {
    // Beyond 90° 1 + cos c cancels; (1 - cos c) / sin² c is its inverse without loss.
    factor: |cos, sin2| (if cos > 0.0 { 2.0 / (1.0 + cos) } else { 2.0 * (1.0 - cos) / sin2 }).sqrt(),
    angle: |rho| (rho <= 2.0).then(|| 2.0 * libm::asin(rho / 2.0)),
    horizon: ALMOST_ALL,
};

/// Snyder (20-3): the globe from infinitely far away, k = 1.
pub(super) const ORTHOGRAPHIC: Azimuthal = Azimuthal {
    factor: |_, _| 1.0,
    angle: |rho| (rho <= 1.0 + 1e-12).then(|| libm::asin(rho.min(1.0))),
    horizon: 90.0,
};

/// Snyder (25-2): true distances from the centre, k = c / sin c.
pub(super) const EQUIDISTANT: Azimuthal = Azimuthal {
    factor: |cos, sin2| {
        let sin = sin2.sqrt();
        if sin == 0.0 { 1.0 } else { libm::atan2(sin, cos) / sin }
    },
    angle: |rho| (rho <= std::f64::consts::PI).then_some(rho),
    horizon: ALMOST_ALL,
};

/// Snyder (21-4) with scale 1 at the centre: conformal, k = 2 / (1 + cos c).
pub(super) const STEREOGRAPHIC: Azimuthal = Azimuthal {
    factor: |cos, _| 2.0 / (1.0 + cos),
    angle: |rho| Some(2.0 * libm::atan(rho / 2.0)),
    horizon: 142.0,
};

/// Snyder (22-3): great circles are straight, k = 1 / cos c.
pub(super) const GNOMONIC: Azimuthal =
    Azimuthal { factor: |cos, _| 1.0 / cos, angle: |rho| Some(libm::atan(rho)), horizon: 60.0 };
