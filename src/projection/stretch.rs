//! How many times a projection enlarges what it shows, where it enlarges it most.
//!
//! The larger axis of Tissot's indicatrix (Snyder 1987, USGS PP 1395, pp. 20–21), from differences of the formula along
//! two directions on the globe.

use kurbo::Rect;

use super::clip::Globe;
use super::rotate::{cross, normalize};
use crate::geometry::{LonLat, Reach};

/// The step of the differences, radians.
const STEP: f64 = 1e-6;

/// An arc is looked at in so many places that the next one is no more than this far, degrees.
const APART: f64 = 15.0;

/// An arc smaller than this, degrees, is looked at in its middle.
const SMALL: f64 = 2.0;

/// The enlargement at `position` against that of a globe of the projection's radius; 1 where it is not shown.
pub(super) fn stretch<G: Globe>(globe: &G, position: LonLat) -> f64 {
    let spot = globe.turn(position);
    if !globe.visible(spot) {
        return 1.0;
    }
    let unit = globe.unit(spot);
    let aside = if unit[2].abs() < 0.9 { [0.0, 0.0, 1.0] } else { [1.0, 0.0, 0.0] };
    let Some(east) = normalize(cross(aside, unit)) else { return 1.0 };
    let north = cross(unit, east);
    let here = globe.project(spot);
    let along = |way: [f64; 3]| {
        let there = normalize(std::array::from_fn(|i| unit[i] + STEP * way[i]));
        there.map(|there| (globe.project(globe.between(there, spot, spot)) - here) / STEP)
    };
    let (Some(u), Some(v)) = (along(east), along(north)) else { return 1.0 };
    let (e, f, g) = (u.hypot2(), u.dot(v), v.hypot2());
    ((e + g + ((e - g) * (e - g) + 4.0 * f * f).sqrt()) / 2.0).sqrt()
}

/// The greatest enlargement where an arc may be that reaches so far.
pub(super) fn stretch_within<G: Globe>(globe: &G, reach: &Reach) -> f64 {
    let places = |from: f64, to: f64| {
        let small = to - from < SMALL;
        let parts = if small { 1 } else { ((to - from) / APART).ceil().clamp(1.0, 24.0) as u32 };
        let at = move |k: u32| from + (to - from) * f64::from(k) / f64::from(parts);
        (0..=parts).map(move |k| if small { (from + to) / 2.0 } else { at(k) }).skip(usize::from(small))
    };
    let all = places(reach.south, reach.north).flat_map(|lat| {
        places(reach.west, reach.east).map(move |lon| LonLat::new(lon, lat.clamp(-90.0, 90.0)))
    });
    all.map(|position| stretch(globe, position)).filter(|s| !s.is_nan()).fold(1.0, f64::max)
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
    let all = (0..(PARTS + 1) * (PARTS + 1)).filter_map(|k| place(at(k)));
    all.map(|position| stretch(globe, position)).fold(1.0, f64::max)
}
