//! How many times a projection enlarges what it shows, where it enlarges it most.
//!
//! The larger axis of Tissot's indicatrix (Snyder 1987, USGS PP 1395, pp. 20–21), from differences of the formula along
//! two directions on the globe.

use kurbo::Rect;

use super::clip::Globe;
use crate::geometry::{LonLat, Reach};

/// The step of the differences, radians.
const STEP: f64 = 1e-6;

/// An arc is looked at in so many places that the next one is no more than this far, degrees.
const APART: f64 = 15.0;

/// An arc smaller than this, degrees, is looked at in its middle.
const SMALL: f64 = 2.0;

/// The enlargement at each of `positions` against that of a globe of the projection's radius; 1 where it is not shown.
fn stretches<G: Globe>(globe: &G, positions: &[LonLat]) -> Vec<f64> {
    let mut spots = Vec::with_capacity(positions.len());
    globe.turn_all(positions, &mut spots);
    let projected = |spots: &[G::Spot]| {
        let mut points = Vec::with_capacity(spots.len());
        globe.project_all(spots, &mut points);
        points
    };
    let aside = |step: [f64; 2]| {
        projected(&spots.iter().map(|spot| globe.nudged(*spot, step)).collect::<Vec<G::Spot>>())
    };
    let (here, east, north) = (projected(&spots), aside([STEP, 0.0]), aside([0.0, STEP]));
    let stretch = |(k, spot): (usize, &G::Spot)| {
        if !globe.visible(*spot) {
            return 1.0;
        }
        let (u, v) = ((east[k] - here[k]) / STEP, (north[k] - here[k]) / STEP);
        let (e, f, g) = (u.hypot2(), u.dot(v), v.hypot2());
        let stretch = ((e + g + ((e - g) * (e - g) + 4.0 * f * f).sqrt()) / 2.0).sqrt();
        if stretch.is_nan() { 1.0 } else { stretch }
    };
    spots.iter().enumerate().map(stretch).collect()
}

/// The greatest enlargement where each of some arcs may be that reach so far.
pub(super) fn stretch_within<G: Globe>(globe: &G, reaches: &[Reach]) -> Vec<f64> {
    let places = |from: f64, to: f64| {
        let small = to - from < SMALL;
        let parts = if small { 1 } else { ((to - from) / APART).ceil().clamp(1.0, 24.0) as u32 };
        let at = move |k: u32| from + (to - from) * f64::from(k) / f64::from(parts);
        (0..=parts).map(move |k| if small { (from + to) / 2.0 } else { at(k) }).skip(usize::from(small))
    };
    let (mut positions, mut ends) = (Vec::new(), Vec::with_capacity(reaches.len()));
    for reach in reaches {
        positions.extend(places(reach.south, reach.north).flat_map(|lat| {
            places(reach.west, reach.east).map(move |lon| LonLat::new(lon, lat.clamp(-90.0, 90.0)))
        }));
        ends.push(positions.len());
    }
    let all = stretches(globe, &positions);
    let starts = std::iter::once(0).chain(ends.iter().copied());
    starts.zip(&ends).map(|(start, end)| all[start..*end].iter().copied().fold(1.0, f64::max)).collect()
}

/// The greatest enlargement in `frame`, a part of the page that `place` takes back to the globe.
pub(super) fn stretch_of_frame<G: Globe>(
    globe: &G,
    frame: Rect,
    place: impl Fn(kurbo::Point) -> Option<LonLat>,
) -> f64 {
    const PARTS: u32 = 4;
    let at = |k: u32| {
        let share = |k: u32| f64::from(k) / f64::from(PARTS);
        let (x, y) = (share(k % (PARTS + 1)), share(k / (PARTS + 1)));
        kurbo::Point::new(frame.x0 + x * frame.width(), frame.y0 + y * frame.height())
    };
    let all: Vec<LonLat> = (0..(PARTS + 1) * (PARTS + 1)).filter_map(|k| place(at(k))).collect();
    stretches(globe, &all).into_iter().fold(1.0, f64::max)
}
