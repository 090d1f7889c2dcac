//! How long a kilometre is on the map and where north is, from place to place of what is fitted.

use kurbo::{Point, Rect, Vec2};

use super::map::MapPart;
use crate::geometry::{LonLat, length};

/// The Earth's mean radius, km (IUGG).
pub const EARTH: f64 = 6371.0088;
/// Samples along each side.
const SAMPLES: usize = 9;

/// What is measured at a point of the page.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// Latitude, degrees.
    pub lat: f64,
    /// Kilometres to a px along x, and along y.
    pub km: [f64; 2],
    /// Direction of north, radians clockwise from upwards.
    pub north: f64,
}

/// Samples all over what is fitted, as far as it is seen and lies on the globe.
pub fn samples(part: &MapPart<'_>) -> Vec<Sample> {
    let extent = part.frame.extent;
    let corners = (part.fit.apply(extent.origin()), part.fit.apply(Point::new(extent.x1, extent.y1)));
    let seen = Rect::from_points(corners.0, corners.1).intersect(part.clip);
    let at = |k: usize| (k as f64 + 0.5) / SAMPLES as f64;
    let points = (0..SAMPLES).flat_map(|j| (0..SAMPLES).map(move |i| (at(i), at(j))));
    points
        .filter_map(|(x, y)| {
            sample(part, Point::new(seen.x0 + seen.width() * x, seen.y0 + seen.height() * y))
        })
        .collect()
}

/// The sample at `p`; `None` where that is off the globe.
pub fn sample(part: &MapPart<'_>, p: Point) -> Option<Sample> {
    let position = |p: Point| part.frame.projector.inverse(part.fit.invert(p));
    let middle = position(p)?;
    let km = |step: Vec2| Some(position(p - step)?.distance(position(p + step)?) * EARTH / 2.0);
    let km = [km(Vec2::new(1.0, 0.0))?, km(Vec2::new(0.0, 1.0))?];
    let page =
        |lat: f64| part.frame.projector.forward(LonLat::new(middle.lon, lat)).map(|p| part.fit.apply(p));
    // a few px to the north, or from as many to the south where that is beyond the pole
    let step = (3.0 * km[1] / EARTH).to_degrees();
    let (from, to) = if middle.lat + step < 90.0 {
        (middle.lat, middle.lat + step)
    } else {
        (middle.lat - step, middle.lat)
    };
    let way = page(to)? - page(from)?;
    (length(way) > 0.0).then(|| Sample { lat: middle.lat, km, north: libm::atan2(way.x, -way.y) })
}
