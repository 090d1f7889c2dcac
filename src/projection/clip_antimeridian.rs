//! The globe cut open along the meridian opposite to the centre, from pole to pole.
//!
//! Nothing is hidden; an edge that steps over the cut leaves on one side and comes back on the
//! other. The clip edge runs up the right side (site 0 to π), along the north pole to the left
//! (to 3π), down the left side (to 4π) and along the south pole back (to 6π). Which side a vertex
//! on the cut itself belongs to is decided once, by its longitude's sign, so that a polygon comes
//! back as often as it leaves. Method: d3-geo `clip/antimeridian.js` (ISC licence).

use std::f64::consts::{FRAC_PI_2, PI};

use kurbo::{Affine, Point, Rect};

use super::clip::{End, Globe, Passage};
use super::formula::{Angles, Formula};
use super::rotate::{Rotation, angles, unit, wrap_radians};
use crate::geometry::LonLat;
use crate::geometry::trigonometry::{atan2, sincos};

/// A turned globe with a formula that maps it whole.
pub(super) struct CutGlobe {
    pub rotation: Rotation,
    pub formula: Box<dyn Formula>,
    /// From the formula's plane to the unit plane.
    pub plane: Affine,
}

/// This close to a pole meridians run together so fast that edges bend more than elsewhere.
const NEAR_POLE: f64 = 10.0 / 180.0 * PI;

/// How much more: a meridian's convergence, tan φ, over that at [`NEAR_POLE`]; boundless at the
/// pole itself.
fn near_pole(gap: f64) -> f64 {
    if gap > 1e-3 { NEAR_POLE / gap } else { f64::INFINITY }
}

/// Inverse formulas may overshoot the globe's edge by this much, radians.
const SLACK: f64 = 1e-9;

impl CutGlobe {
    /// The latitude at which the edge from `a` to `b` goes over the cut.
    fn cut_latitude(a: Angles, b: Angles) -> f64 {
        let width = sincos(a.lambda - b.lambda).0;
        if width.abs() < 1e-12 {
            return (a.phi + b.phi) / 2.0;
        }
        let (sin_a, cos_a) = sincos(a.phi);
        let (sin_b, cos_b) = sincos(b.phi);
        let rise = sin_a * cos_b * sincos(b.lambda).0 - sin_b * cos_a * sincos(a.lambda).0;
        atan2(rise * width.signum(), cos_a * cos_b * width.abs())
    }

    /// The end of an edge on the right (`side` 1) or left (-1) side of the cut.
    fn end(side: f64, phi: f64) -> End<Angles> {
        let site = if side > 0.0 { phi + FRAC_PI_2 } else { 3.5 * PI - phi };
        End { spot: Angles { lambda: PI * side, phi }, site }
    }
}

impl Globe for CutGlobe {
    type Spot = Angles;

    #[inline]
    fn turn(&self, position: LonLat) -> Angles {
        self.rotation.turn(position)
    }

    fn undo(&self, spot: Angles) -> LonLat {
        self.rotation.undo(spot.lambda, spot.phi)
    }

    #[inline]
    fn visible(&self, _: Angles) -> bool {
        true
    }

    #[inline]
    fn project(&self, spot: Angles) -> Point {
        self.formula.forward(spot.lambda, spot.phi).into()
    }

    fn turn_all(&self, positions: &[LonLat], out: &mut Vec<Angles>) {
        self.rotation.turn_all(positions, out);
    }

    fn project_all(&self, spots: &[Angles], out: &mut Vec<Point>) {
        self.formula.forward_all(spots, out);
    }

    fn unproject(&self, p: Point) -> Option<Angles> {
        let (lambda, phi) = self.formula.inverse(p.x, p.y)?;
        let on_globe = lambda.abs() <= PI + SLACK && phi.abs() <= FRAC_PI_2 + SLACK;
        // At a pole that is a point any longitude will do, and 0/0 is none.
        let lambda = if phi.abs() >= FRAC_PI_2 && lambda.is_nan() { 0.0 } else { lambda };
        (on_globe || lambda == 0.0)
            .then(|| Angles { lambda: lambda.clamp(-PI, PI), phi: phi.clamp(-FRAC_PI_2, FRAC_PI_2) })
    }

    fn plane(&self) -> Affine {
        self.plane
    }

    fn bounds(&self) -> Option<Rect> {
        self.formula.bounds().map(|b| self.plane.transform_rect_bbox(b))
    }

    fn unit(&self, spot: Angles) -> [f64; 3] {
        unit(spot)
    }

    fn between(&self, unit: [f64; 3], a: Angles, b: Angles) -> Angles {
        let Angles { lambda, phi } = angles(unit);
        let middle = (a.lambda + b.lambda) / 2.0;
        // Rounding must not throw a spot beside the cut onto its other side.
        let lambda = middle + wrap_radians(lambda - middle);
        Angles { lambda: lambda.clamp(-PI, PI), phi }
    }

    fn nudged(&self, spot: Angles, [east, north]: [f64; 2]) -> Angles {
        // at a pole east is anywhere, and north is nowhere
        let lambda = spot.lambda + east / libm::cos(spot.phi).max(1e-6);
        Angles { lambda, phi: spot.phi - north.copysign(spot.phi) }
    }

    #[inline]
    fn span(&self, a: Angles, b: Angles) -> f64 {
        let (dl, dp) = (b.lambda - a.lambda, b.phi - a.phi);
        let (square, gap) = (dl * dl + dp * dp, FRAC_PI_2 - a.phi.abs().max(b.phi.abs()));
        if gap >= NEAR_POLE { square } else { square * near_pole(gap) }
    }

    #[inline]
    fn passage(&self, a: Angles, b: Angles) -> Passage<Angles> {
        let step = b.lambda - a.lambda;
        if step.abs() <= PI {
            return Passage::Within;
        }
        let phi = Self::cut_latitude(a, b);
        // A step back by more than π is a walk eastward over the cut: out on the right.
        let side = -step.signum();
        Passage::Cut { leaves: Self::end(side, phi), enters: Self::end(-side, phi) }
    }

    fn stations(&self) -> Vec<f64> {
        let quarters = |from: f64, to: f64| (0..4).map(move |k| from + (to - from) * f64::from(k) / 4.0);
        let sides = quarters(0.0, PI).chain(quarters(PI, 3.0 * PI)).chain(quarters(3.0 * PI, 4.0 * PI));
        sides.chain(quarters(4.0 * PI, 6.0 * PI)).chain([6.0 * PI]).collect()
    }

    fn at_site(&self, site: f64) -> Angles {
        let (lambda, phi) = match site {
            s if s <= PI => (PI, s - FRAC_PI_2),
            s if s <= 3.0 * PI => (2.0 * PI - s, FRAC_PI_2),
            s if s <= 4.0 * PI => (-PI, 3.5 * PI - s),
            s => (s - 5.0 * PI, -FRAC_PI_2),
        };
        Angles { lambda, phi }
    }

    fn behind(&self, _: Angles) -> (f64, f64) {
        (0.0, 0.0)
    }
}
