//! A gently curved baseline along a long shape, for names such as Chile's or Norway's.
//!
//! The shape is turned so that its long axis runs down the page and cut into [`Bands`]; the middles of the
//! widest connected stretches are a medial axis good enough for text. A straight line or a parabola is
//! fitted to them so that the least room beside the words is greatest (minimax by Lawson's reweighted least
//! squares, 1961), for several windows along the axis and several tilts. A parabola bends one way only, and
//! its curvature is bounded, as Imhof (1975), "Positioning names on maps", asks of curved names.

use super::bands::Bands;
use super::inside::Margin;
use super::polygon::{Shape, bounds_of, clip_segment, convex_overlap};
use crate::geometry::Path;
use kurbo::{ParamCurve, ParamCurveDeriv, Point, QuadBez, Rect, Size, Vec2};
use std::f64::consts::FRAC_PI_2;

/// A baseline inside a shape.
#[derive(Clone, Debug)]
pub struct Axis {
    /// The curve on which the letters stand, as long as the words.
    pub baseline: QuadBez,
    /// Crooked, steep, off centre and cramped: 0 is ideal, about 0.7 the worst.
    pub cost: f64,
    /// How many times longer than wide the shape is.
    pub elongation: f64,
}

/// Least radius of the baseline in em.
const LEAST_RADIUS: f64 = 4.0;
/// Most that the words may turn from first to last letter, in radians.
const MOST_TURN: f64 = 1.0;
/// Cost of turning by one radian, of standing upright, of standing at the end of the shape, and of touching
/// it.
const TURN: f64 = 0.25;
const STEEP: f64 = 0.1;
const OFF_CENTRE: f64 = 0.2;
const CRAMPED: f64 = 0.15;
/// Cost at which no further tilt is tried.
const GOOD: f64 = 0.25;
/// A shape less elongated than this has no axis that a reader would see.
const LEAST_ELONGATION: f64 = 1.8;
/// Tilts from the long axis that are tried, in radians.
const TILTS: [f64; 5] = [0.0, 0.2, -0.2, 0.4, -0.4];

/// The best baseline along the main part of `shape` for one line of text of `size` (px) set at `em` px, or
/// `None` if no gently curved one lies inside with the usual margin.
pub fn axis(shape: &Shape, size: Size, em: f64) -> Option<Axis> {
    let (long, elongation) = shape.main_ring()?.long_axis();
    if elongation < LEAST_ELONGATION {
        return None;
    }
    let words = Words { size, em, margin: Margin::of(em) };
    let mut best: Option<Axis> = None;
    for tilt in TILTS {
        let (sin, cos) = libm::sincos(tilt);
        let down = Vec2::new(long.x * cos - long.y * sin, long.x * sin + long.y * cos);
        if let Some(found) = words.along(shape, down, elongation)
            && best.as_ref().is_none_or(|b| found.cost < b.cost)
        {
            best = Some(found);
        }
        if best.as_ref().is_some_and(|b| b.cost < GOOD) {
            break;
        }
    }
    best
}

/// The line of text to be set.
struct Words {
    size: Size,
    em: f64,
    margin: Margin,
}

/// The turned plane: `u` runs down the axis, `v` across.
struct Turned {
    origin: Point,
    down: Vec2,
}

impl Turned {
    fn to_uv(&self, p: Point) -> Point {
        let d = p - self.origin;
        Point::new(d.cross(self.down), d.dot(self.down))
    }

    fn to_page(&self, v: f64, u: f64) -> Point {
        self.origin + self.down * u + Vec2::new(self.down.y, -self.down.x) * v
    }
}

/// The stretch of one band that belongs to the axis.
struct Slice {
    middle: f64,
    half: f64,
}

/// v as a polynomial of t, which runs from −1 to 1 over a window `half` px to either side.
struct Parabola {
    coefficients: [f64; 3],
    half: f64,
}

impl Parabola {
    fn at(&self, t: f64) -> f64 {
        let [a, b, c] = self.coefficients;
        a + t * (b + t * c)
    }

    /// dv/du.
    fn slope(&self, t: f64) -> f64 {
        let [_, b, c] = self.coefficients;
        (b + 2.0 * c * t) / self.half
    }

    fn turn(&self) -> f64 {
        (libm::atan(self.slope(1.0)) - libm::atan(self.slope(-1.0))).abs()
    }

    fn curvature(&self) -> f64 {
        2.0 * self.coefficients[2].abs() / (self.half * self.half)
    }
}

impl Words {
    fn along(&self, shape: &Shape, down: Vec2, elongation: f64) -> Option<Axis> {
        let turned = Turned { origin: shape.main_ring()?.centroid(), down };
        let uv = shape.map(|p| turned.to_uv(p));
        let length = self.size.width + 2.0 * self.margin.side;
        // Too short, or on average not half as wide as the words are high.
        let long = uv.bounds.height();
        if long < length || shape.main_ring()?.area < 0.5 * self.size.height * long {
            return None;
        }
        let bands = Bands::new(&uv, self.size.height / 2.5, 400);
        let (first, slices) = medial(&bands);
        let count = (length / bands.step).ceil() as usize + 1;
        if slices.len() < count || count < 3 {
            return None;
        }
        let reach = slices.len() as f64 * bands.step / 2.0;
        let stride = ((slices.len() - count) / 12).max(1);
        let mut best: Option<Axis> = None;
        for start in (0..=slices.len() - count).step_by(stride) {
            let u0 = bands.top + bands.step * (first + start) as f64;
            let half = bands.step * count as f64 / 2.0;
            for degree in [1, 2] {
                let Some((curve, room)) = self.fit(&slices[start..start + count], half, degree) else {
                    continue;
                };
                let off = (u0 + half).abs() / reach;
                let cramped = 1.0 - (room / self.margin.air).min(1.0);
                let cost = TURN * curve.turn() + OFF_CENTRE * off.min(1.5) + CRAMPED * cramped;
                if best.as_ref().is_some_and(|b| b.cost <= cost) {
                    continue;
                }
                let Some(baseline) = self.baseline(&turned, u0 + half, &curve) else { continue };
                if self.inside(shape, baseline) {
                    best = Some(Axis { baseline, cost, elongation });
                }
            }
        }
        best.map(|b| Axis { cost: b.cost + STEEP * steepness(b.baseline), ..b })
    }

    /// A curve with room beside the words in every slice, and the least room.
    fn fit(&self, slices: &[Slice], half: f64, degree: usize) -> Option<(Parabola, f64)> {
        let need = self.size.height / 2.0 + (self.margin.top + self.margin.bottom) / 2.0;
        // no curve has more room than half the slice
        if slices.iter().any(|s| s.half < need) {
            return None;
        }
        let t = |k: usize| (2 * k + 1) as f64 / slices.len() as f64 - 1.0;
        let mut weights: Vec<f64> = slices.iter().map(|s| 1.0 / (s.half * s.half).max(1e-6)).collect();
        let mut best: Option<(Parabola, f64)> = None;
        for _ in 0..6 {
            let coefficients = least_squares(slices, &weights, degree)?;
            let curve = Parabola { coefficients, half };
            let room = slices.iter().enumerate().map(|(k, s)| {
                let slope = curve.slope(t(k));
                s.half - (curve.at(t(k)) - s.middle).abs() - need * (1.0 + slope * slope).sqrt()
            });
            let room = room.fold(f64::INFINITY, f64::min);
            let gentle = curve.turn() <= MOST_TURN && curve.curvature() * LEAST_RADIUS * self.em <= 1.0;
            for (k, (weight, s)) in weights.iter_mut().zip(slices).enumerate() {
                *weight *= ((curve.at(t(k)) - s.middle).abs() / s.half.max(1e-6)).max(1e-3);
            }
            if gentle && room >= 0.0 && best.as_ref().is_none_or(|b| room > b.1) {
                best = Some((curve, room));
            }
            if best.as_ref().is_some_and(|b| b.1 >= self.margin.air) {
                break;
            }
        }
        best
    }

    /// The middle line of the words, turned back to the page, directed as it is read, moved down by half the
    /// height of the words and cut to their width.
    fn baseline(&self, turned: &Turned, middle: f64, curve: &Parabola) -> Option<QuadBez> {
        let [start, end] = [-1.0, 1.0].map(|t| turned.to_page(curve.at(t), middle + t * curve.half));
        // Left to right; (nearly) upright words from the bottom to the top.
        let chord = end - start;
        let upright = chord.x.abs() < 0.1 * chord.y.abs();
        let backwards = if upright { chord.y > 0.0 } else { chord.x < 0.0 };
        let way = if backwards { -1.0 } else { 1.0 };
        let lowered = |t: f64| {
            let t = t * way;
            let on_axis = turned.to_page(curve.at(t), middle + t * curve.half);
            let tangent = (turned.to_page(curve.slope(t), 1.0) - turned.origin) * way;
            let below = Vec2::new(-tangent.y, tangent.x) / crate::geometry::length(tangent).max(1e-9);
            // The words' optical middle lies below half their height, as descenders need their room too.
            on_axis + below * (self.size.height / 2.0 + (self.margin.top - self.margin.bottom) / 2.0)
        };
        let (a, m, b) = (lowered(-1.0), lowered(0.0), lowered(1.0));
        let control = (m.to_vec2() * 2.0 - (a.to_vec2() + b.to_vec2()) / 2.0).to_point();
        trim(QuadBez::new(a, control, b), self.size.width)
    }

    /// The exact test: no edge of the shape meets the words or their margin.
    fn inside(&self, shape: &Shape, baseline: QuadBez) -> bool {
        let boxes = letter_boxes(baseline, self.size.height + self.margin.top, self.margin.bottom);
        let around = boxes.iter().map(|b| bounds_of(b)).reduce(|a, b| a.union(b)).unwrap_or_default();
        let free = |p: Point, q: Point| {
            clip_segment(p, q, around).is_none() || !boxes.iter().any(|b| convex_overlap(&[p, q], b))
        };
        shape.contains(baseline.eval(0.5)) && shape.edges().all(|e| free(e.p0, e.p1))
    }
}

/// Share of a right angle between the chord and the horizontal.
fn steepness(baseline: QuadBez) -> f64 {
    let chord = baseline.p2 - baseline.p0;
    libm::atan2(chord.y.abs(), chord.x.abs()) / FRAC_PI_2
}

/// The chain of widest connected stretches through the widest band, and the number of its first band.
fn medial(bands: &Bands) -> (usize, Vec<Slice>) {
    let width = |row: usize, k: usize| bands.inner(row)[k].x1 - bands.inner(row)[k].x0;
    let all = (0..bands.len()).flat_map(|row| (0..bands.inner(row).len()).map(move |k| (row, k)));
    let Some((seed, k)) = all.max_by(|a, b| width(a.0, a.1).total_cmp(&width(b.0, b.1))) else {
        return (0, Vec::new());
    };
    let follow = |rows: &mut dyn Iterator<Item = usize>| {
        let mut at = bands.inner(seed)[k];
        let mut chain = Vec::new();
        for row in rows {
            let overlap = |s: &super::bands::Span| s.x1.min(at.x1) - s.x0.max(at.x0);
            let next = bands.inner(row).iter().max_by(|a, b| overlap(a).total_cmp(&overlap(b)));
            let Some(&next) = next.filter(|s| overlap(s) > 0.0) else { break };
            at = next;
            chain.push(at);
        }
        chain
    };
    let mut chain = follow(&mut (0..seed).rev());
    let first = seed - chain.len();
    chain.reverse();
    chain.push(bands.inner(seed)[k]);
    chain.extend(follow(&mut (seed + 1..bands.len())));
    let slices = chain.iter().map(|s| Slice { middle: (s.x0 + s.x1) / 2.0, half: (s.x1 - s.x0) / 2.0 });
    (first, slices.collect())
}

/// Weighted least squares of the slices' middles over t, by Cramer's rule on the normal equations.
fn least_squares(slices: &[Slice], weights: &[f64], degree: usize) -> Option<[f64; 3]> {
    let total: f64 = weights.iter().sum();
    let (mut s, mut r) = ([0.0; 5], [0.0; 3]);
    for (k, (slice, weight)) in slices.iter().zip(weights).enumerate() {
        let t = (2 * k + 1) as f64 / slices.len() as f64 - 1.0;
        let mut power = weight / total;
        for (i, sum) in s.iter_mut().enumerate() {
            *sum += power;
            if let Some(right) = r.get_mut(i) {
                *right += power * slice.middle;
            }
            power *= t;
        }
    }
    if degree == 1 {
        let det = s[0] * s[2] - s[1] * s[1];
        let line = [(r[0] * s[2] - r[1] * s[1]) / det, (s[0] * r[1] - s[1] * r[0]) / det, 0.0];
        return (det.abs() > 1e-12).then_some(line);
    }
    let det3 = |a: [f64; 3], b: [f64; 3], c: [f64; 3]| {
        a[0] * (b[1] * c[2] - b[2] * c[1]) - b[0] * (a[1] * c[2] - a[2] * c[1])
            + c[0] * (a[1] * b[2] - a[2] * b[1])
    };
    let (a, b, c) = ([s[0], s[1], s[2]], [s[1], s[2], s[3]], [s[2], s[3], s[4]]);
    let det = det3(a, b, c);
    (det.abs() > 1e-12).then(|| [det3(r, b, c) / det, det3(a, r, c) / det, det3(a, b, r) / det])
}

/// The middle piece of `curve` that is `length` long.
fn trim(curve: QuadBez, length: f64) -> Option<QuadBez> {
    const CHORDS: usize = 32;
    let at = |k: usize| curve.eval(k as f64 / CHORDS as f64);
    let mut run = vec![0.0];
    for k in 0..CHORDS {
        run.push(run[k] + at(k).distance(at(k + 1)));
    }
    let spare = run[CHORDS] - length;
    let parameter = |wanted: f64| {
        let k = run.partition_point(|&r| r < wanted).clamp(1, CHORDS);
        let part = (wanted - run[k - 1]) / (run[k] - run[k - 1]).max(1e-12);
        ((k - 1) as f64 + part) / CHORDS as f64
    };
    (spare >= 0.0).then(|| curve.subsegment(parameter(spare / 2.0)..parameter(length + spare / 2.0)))
}

/// The words on `baseline` as a chain of boxes that reach `above` and `below` it, corners in order.
pub fn letter_boxes(baseline: QuadBez, above: f64, below: f64) -> Vec<[Point; 4]> {
    let length = baseline.p0.distance(baseline.p1) + baseline.p1.distance(baseline.p2);
    let count = (length / (1.5 * above).max(1.0)).ceil().clamp(2.0, 16.0) as usize;
    let edge = |k: usize| {
        let t = k as f64 / count as f64;
        let tangent = baseline.deriv().eval(t).to_vec2();
        let up = Vec2::new(tangent.y, -tangent.x) / crate::geometry::length(tangent).max(1e-9);
        let on = baseline.eval(t);
        (on - up * below, on + up * above)
    };
    (0..count).map(|k| (edge(k), edge(k + 1))).map(|((a, d), (b, c))| [a, b, c, d]).collect()
}

/// Level squares that cover the words of `height` on `baseline` without reaching out of them, to ask what is
/// under them.
pub fn samples(baseline: QuadBez, height: f64) -> Vec<Rect> {
    let side = 0.75 * height;
    let middle = |b: [Point; 4]| b[0].midpoint(b[2]);
    let half = |b: &[Point; 4]| {
        let (lower, upper) = (b[0].midpoint(b[1]), b[3].midpoint(b[2]));
        [[b[0], lower, upper, b[3]], [lower, b[1], b[2], upper]]
    };
    let halves = letter_boxes(baseline, height, 0.0).iter().flat_map(half).collect::<Vec<_>>();
    halves.into_iter().map(|b| Rect::from_center_size(middle(b), (side, side))).collect()
}

/// The outline of words of `height` on `baseline`, as one polygon.
pub fn outline(baseline: QuadBez, height: f64) -> Vec<Point> {
    let boxes = letter_boxes(baseline, height, 0.0);
    let lower = boxes.iter().map(|b| b[0]).chain(boxes.last().map(|b| b[1]));
    let upper = boxes.first().map(|b| b[3]).into_iter().chain(boxes.iter().map(|b| b[2]));
    let upper: Vec<Point> = upper.collect();
    lower.chain(upper.into_iter().rev()).collect()
}

/// The single curve of a baseline as [`axis`] makes it.
pub fn curve_of(path: &Path) -> Option<QuadBez> {
    let mut elements = path.elements();
    match [elements.next(), elements.next(), elements.next()] {
        [Some(kurbo::PathEl::MoveTo(a)), Some(kurbo::PathEl::QuadTo(b, c)), None] => {
            Some(QuadBez::new(a, b, c))
        }
        _ => None,
    }
}

/// The box around words of `height` on `baseline`.
pub fn bounds(baseline: QuadBez, height: f64) -> Rect {
    bounds_of(&outline(baseline, height))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kurbo::Affine;

    fn along(svg: &str, turn: f64, size: (f64, f64)) -> Option<Axis> {
        let path = Affine::rotate(turn) * Path::from_svg(svg).unwrap();
        axis(&Shape::new(&path, 0.1), size.into(), 10.0)
    }

    #[test]
    fn on_a_tilted_bar_it_is_straight_and_in_the_middle() {
        let found = along("M0 0H200V24H0Z", 0.6, (100.0, 7.0)).unwrap();
        let QuadBez { p0, p1, p2 } = found.baseline;
        assert!((p2 - p0).cross(p1 - p0).abs() / p0.distance(p2) < 0.05, "not straight");
        assert!((libm::atan2(p2.y - p0.y, p2.x - p0.x) - 0.6).abs() < 0.02);
        assert!((p0.distance(p2) - 100.0).abs() < 0.5);
        let middle = bounds(found.baseline, 7.0).center();
        let expected = Affine::rotate(0.6) * Point::new(100.0, 12.0);
        assert!(middle.distance(expected) < 3.0, "{middle:?} {expected:?}");
    }

    #[test]
    fn an_upright_bar_is_read_from_the_bottom() {
        let found = along("M0 0H20V200H0Z", 0.0, (100.0, 7.0)).unwrap();
        assert!(found.baseline.p0.y > found.baseline.p2.y);
        // Letters stand left of an upward line's right-hand side: the words lie to the left of the baseline.
        assert!(bounds(found.baseline, 7.0).x1 <= found.baseline.p0.x + 0.5);
    }

    #[test]
    fn a_bent_strip_bends_its_name_gently() {
        // A quarter of a ring of radius 150, 24 px wide.
        let ring = "M150 0 A150 150 0 0 1 0 150 L0 126 A126 126 0 0 0 126 0Z";
        let found = along(ring, 0.0, (130.0, 7.0)).unwrap();
        let QuadBez { p0, p1, p2 } = found.baseline;
        assert!((p2 - p0).cross(p1 - p0).abs() / p0.distance(p2) > 2.0, "not bent");
        assert!(p0.x < p2.x, "reads left to right");
    }

    #[test]
    fn too_long_too_thick_or_too_crooked_has_none() {
        assert!(along("M0 0H100V20H0Z", 0.3, (101.0, 7.0)).is_none());
        assert!(along("M0 0H100V9H0Z", 0.3, (50.0, 9.0)).is_none());
        assert!(along("M0 0H60V60H0Z", 0.3, (70.0, 7.0)).is_none());
        let tight_c = "M0 0H60V12H12V48H60V60H0Z";
        assert!(along(tight_c, 0.0, (100.0, 7.0)).is_none());
    }

    #[test]
    fn trimming_keeps_the_length() {
        let piece = trim(QuadBez::new((0.0, 0.0), (50.0, 40.0), (100.0, 0.0)), 60.0).unwrap();
        let length: f64 = (0..100)
            .map(|k| piece.eval(f64::from(k) / 100.0).distance(piece.eval(f64::from(k + 1) / 100.0)))
            .sum();
        assert!((length - 60.0).abs() < 0.2, "{length}");
    }
}
