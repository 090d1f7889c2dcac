//! The globe clipped to a cap around the centre: horizons, and the antipode of whole-globe maps.
//!
//! Spots are unit vectors with x towards the centre, so that a spot is visible when its x is at
//! least the cosine of the cap's radius, and no angle is ever needed. A site is the direction from
//! the centre, counter-clockwise from the right, 0 to 2π.
//! Method: intersection of a great circle's plane with the circle's, as in d3-geo `clip/circle.js`
//! (ISC licence), here without trigonometry.

use std::f64::consts::{FRAC_PI_4, PI};

use kurbo::{Affine, Point, Rect};

use super::azimuthal::Azimuthal;
use super::clip::{End, Globe, Passage};
use super::rotate::{Rotation, cross, dot, normalize};
use crate::geometry::LonLat;
use crate::geometry::trigonometry::{atan2, sincos, sincos_degrees};

/// A turned globe with an azimuthal formula.
pub(super) struct CapGlobe {
    rotation: Rotation,
    formula: Box<dyn Azimuthal>,
    cos_horizon: f64,
    sin_horizon: f64,
}

/// A place on the horizon.
type Rim = End<[f64; 3]>;

/// Between this and the horizon of a map of more than a hemisphere (x = cos c), stretch grows
/// without bound, and short edges may bend visibly.
const FAR_OUT: f64 = -0.5;

impl CapGlobe {
    pub fn new(rotation: Rotation, formula: Box<dyn Azimuthal>) -> Self {
        let (sin, cos) = sincos_degrees(formula.horizon());
        CapGlobe { rotation, formula, cos_horizon: cos, sin_horizon: sin }
    }

    /// Where the great circle from `a` to `b` leaves the cap (`way` 1) or enters it (-1).
    ///
    /// With n = a × b and e the direction of the centre, every point of the great circle is
    /// k e' + h (n × e), e' being the part of e in its plane; x fixes k, the length fixes h.
    fn crossing(&self, a: [f64; 3], b: [f64; 3], way: f64) -> Option<[f64; 3]> {
        let n = cross(a, b);
        let n2 = dot(n, n);
        // n × e and the square of its length, e = (1, 0, 0).
        let across = [0.0, n[2], -n[1]];
        let across2 = n[1] * n[1] + n[2] * n[2];
        if n2 < 1e-24 || across2 < 1e-18 * n2 {
            return None;
        }
        // e' = e - n (e · n) / n²; its length² is across² / n².
        let k = self.cos_horizon * n2 / across2;
        let inward = [1.0 - n[0] * n[0] / n2, -n[0] * n[1] / n2, -n[0] * n[2] / n2];
        let rest = 1.0 - k * self.cos_horizon;
        if rest < 0.0 {
            return None;
        }
        let h = way * (rest / across2).sqrt();
        Some(std::array::from_fn(|i| k * inward[i] + h * across[i]))
    }

    /// `p`, which is close to the horizon, put exactly onto it.
    fn end(&self, p: [f64; 3]) -> Rim {
        let angle = atan2(p[2], p[1]);
        let site = if angle < 0.0 { angle + 2.0 * PI } else { angle };
        End { spot: self.on_horizon(angle), site }
    }

    fn on_horizon(&self, angle: f64) -> [f64; 3] {
        let (sin, cos) = sincos(angle);
        [self.cos_horizon, self.sin_horizon * cos, self.sin_horizon * sin]
    }

    /// The crossing of an edge with one visible vertex; that vertex itself when the edge is too
    /// short to have a direction.
    fn single(&self, a: [f64; 3], b: [f64; 3], way: f64) -> Rim {
        self.end(self.crossing(a, b, way).unwrap_or(if way > 0.0 { a } else { b }))
    }

    /// Where an edge whose ends are on the same side leaves and enters the cap, if it does.
    #[inline]
    fn double(&self, a: [f64; 3], b: [f64; 3]) -> Option<(Rim, Rim)> {
        // An edge keeps to the hemisphere of its ends, and the horizon lies in the other one …
        let side = -self.cos_horizon;
        if a[0] * side > 0.0 && b[0] * side > 0.0 {
            return None;
        }
        // … and within a chord's length of them, in x too.
        let gap = (a[0].min(b[0]) - self.cos_horizon).max(self.cos_horizon - a[0].max(b[0]));
        let chord: [f64; 3] = std::array::from_fn(|i| b[i] - a[i]);
        if gap * gap > dot(chord, chord) {
            return None;
        }
        self.both(a, b)
    }

    fn both(&self, a: [f64; 3], b: [f64; 3]) -> Option<(Rim, Rim)> {
        let leaves = self.crossing(a, b, 1.0)?;
        let enters = self.crossing(a, b, -1.0)?;
        let n = cross(a, b);
        let on_edge = |p| dot(cross(a, p), n) > 0.0 && dot(cross(p, b), n) > 0.0;
        (on_edge(leaves) && on_edge(enters)).then(|| (self.end(leaves), self.end(enters)))
    }
}

impl Globe for CapGlobe {
    type Spot = [f64; 3];

    #[inline]
    fn turn(&self, position: LonLat) -> [f64; 3] {
        self.rotation.turn_unit(position)
    }

    fn undo(&self, spot: [f64; 3]) -> LonLat {
        self.rotation.undo_unit(spot)
    }

    #[inline]
    fn visible(&self, spot: [f64; 3]) -> bool {
        spot[0] >= self.cos_horizon
    }

    #[inline]
    fn project(&self, spot: [f64; 3]) -> Point {
        self.formula.forward(spot).into()
    }

    fn turn_all(&self, positions: &[LonLat], out: &mut Vec<[f64; 3]>) {
        self.rotation.turn_units(positions, out);
    }

    fn project_all(&self, spots: &[[f64; 3]], out: &mut Vec<Point>) {
        self.formula.forward_all(spots, out);
    }

    fn unproject(&self, p: Point) -> Option<[f64; 3]> {
        self.formula.inverse(p.x, p.y).filter(|spot| spot[0] >= self.cos_horizon - 1e-12)
    }

    fn plane(&self) -> Affine {
        Affine::FLIP_Y
    }

    fn bounds(&self) -> Option<Rect> {
        None
    }

    fn unit(&self, spot: [f64; 3]) -> [f64; 3] {
        spot
    }

    fn between(&self, unit: [f64; 3], _: [f64; 3], _: [f64; 3]) -> [f64; 3] {
        unit
    }

    fn nudged(&self, spot: [f64; 3], aside: [f64; 2]) -> [f64; 3] {
        let axis = if spot[2].abs() < 0.9 { [0.0, 0.0, 1.0] } else { [1.0, 0.0, 0.0] };
        let Some(east) = normalize(cross(axis, spot)) else { return spot };
        let north = cross(spot, east);
        let there = std::array::from_fn(|i| spot[i] + aside[0] * east[i] + aside[1] * north[i]);
        normalize(there).unwrap_or(spot)
    }

    #[inline]
    fn span(&self, a: [f64; 3], b: [f64; 3]) -> f64 {
        if a[0].min(b[0]) < FAR_OUT {
            return f64::INFINITY;
        }
        let chord = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
        // The square of an angle up to 60° is at most 1.1 times that of its chord.
        1.1 * dot(chord, chord)
    }

    #[inline]
    fn passage(&self, a: [f64; 3], b: [f64; 3]) -> Passage<[f64; 3]> {
        match (self.visible(a), self.visible(b)) {
            // A cap of more than a hemisphere can be left and entered by one edge …
            (true, true) if self.cos_horizon < 0.0 => match self.double(a, b) {
                Some((leaves, enters)) => Passage::Cut { leaves, enters },
                None => Passage::Within,
            },
            (true, true) => Passage::Within,
            (true, false) => Passage::Leaves(self.single(a, b, 1.0)),
            (false, true) => Passage::Enters(self.single(a, b, -1.0)),
            // … and a smaller one entered and left.
            (false, false) if self.cos_horizon > 0.0 => match self.double(a, b) {
                Some((leaves, enters)) => Passage::Glimpse { enters, leaves },
                None => Passage::Outside,
            },
            (false, false) => Passage::Outside,
        }
    }

    fn stations(&self) -> Vec<f64> {
        (0..=8).map(|k| f64::from(k) * FRAC_PI_4).collect()
    }

    fn at_site(&self, site: f64) -> [f64; 3] {
        self.on_horizon(site)
    }

    fn behind(&self, [x, y, z]: [f64; 3]) -> (f64, f64) {
        let k = (2.0 / (1.0 - x)).sqrt();
        (k * y, k * z)
    }
}
