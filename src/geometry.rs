//! Plain geometry that several rooms share: a position on the globe, and borders as arcs.
//!
//! Positions on the page are [`kurbo`] types (`Point`, `Rect`) and [`Path`]s in px, y downwards.
//! Positions on the globe are [`LonLat`] in degrees. Nothing here knows a country or a colour.

mod path;
pub mod trigonometry;
mod wide;

use std::ops::Range;

use smallvec::SmallVec;

pub use path::{Path, Subpath};
use trigonometry::{atan2, sincos_degrees};
pub use wide::wide;

/// A position on the globe in degrees: longitude east of Greenwich in [-180, 180], latitude north.
#[derive(Clone, Copy, Debug, PartialEq, bytemuck::Zeroable)]
pub struct LonLat {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

impl LonLat {
    /// From degrees.
    pub const fn new(lon: f64, lat: f64) -> Self {
        LonLat { lon, lat }
    }

    /// The unit vector (x towards 0°N 0°E, y towards 0°N 90°E, z towards the north pole).
    #[inline]
    pub fn to_unit(self) -> [f64; 3] {
        let (sin_lon, cos_lon) = sincos_degrees(self.lon);
        let (sin_lat, cos_lat) = sincos_degrees(self.lat);
        [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
    }

    /// The position of a vector that need not have length 1.
    pub fn from_vector([x, y, z]: [f64; 3]) -> Self {
        let lon = atan2(y, x).to_degrees();
        let lat = atan2(z, libm::hypot(x, y)).to_degrees();
        LonLat { lon, lat }
    }

    /// The great-circle distance to `other` in radians (haversine).
    pub fn distance(self, other: LonLat) -> f64 {
        let half = |a: f64, b: f64| libm::sin((b - a).to_radians() / 2.0);
        let u = half(self.lat, other.lat);
        let v = half(self.lon, other.lon);
        let scale = libm::cos(self.lat.to_radians()) * libm::cos(other.lat.to_radians());
        2.0 * libm::asin(libm::sqrt((u * u + scale * v * v).min(1.0)))
    }
}

/// From one longitude to another, degrees, the shorter way.
pub fn lon_step(from: f64, to: f64) -> f64 {
    let step = to - from;
    if step > 180.0 {
        step - 360.0
    } else if step < -180.0 {
        step + 360.0
    } else {
        step
    }
}

/// A use of an arc in a ring: its index, and whether the ring runs along it backwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ArcRef {
    /// Index into [`Topology::arcs`].
    pub arc: u32,
    /// The ring uses the arc from its end to its start.
    pub reversed: bool,
}

/// A closed ring as a chain of arcs. Consecutive arcs share their meeting vertex; the last vertex
/// of the last arc is the first vertex of the first.
///
/// The *sphere* form: a ring may step across the antimeridian, and the interior lies to the
/// **left** of the direction of travel (exterior rings counter-clockwise seen from outside the
/// globe, as in RFC 7946), so a ring around a pole is well defined without any cut.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ring(pub SmallVec<[ArcRef; 2]>);

/// A polygon: its exterior ring, then its holes. Most polygons are islands, of one ring and one arc, which stand in place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Polygon(pub SmallVec<[Ring; 1]>);

/// Arcs whose vertices stand in one array. Two neighbours use the same arc, so a border between
/// them is thinned, projected and drawn once.
#[derive(Clone, Debug, Default)]
pub struct Topology {
    /// All vertices, arc after arc.
    pub vertices: Vec<LonLat>,
    /// The vertices of each arc, both ends included (at least two; none where an arc is far from what is shown and was not
    /// read).
    pub arcs: Vec<Range<u32>>,
}

impl Topology {
    /// The vertices of arc `arc`, in its own direction.
    pub fn arc(&self, arc: u32) -> &[LonLat] {
        let Range { start, end } = self.arcs[arc as usize];
        &self.vertices[start as usize..end as usize]
    }

    /// The indices of a ring's vertices, without the closing repetition of the first.
    pub fn ring_indices<'a>(&'a self, ring: &'a Ring) -> impl Iterator<Item = u32> + 'a {
        ring.0.iter().flat_map(move |r| {
            let Range { start, end } = self.arcs[r.arc as usize];
            let count = (end - start).saturating_sub(1);
            (0..count).map(move |k| if r.reversed { end - 1 - k } else { start + k })
        })
    }

    /// A ring's vertices, without the closing repetition of the first.
    pub fn ring<'a>(&'a self, ring: &'a Ring) -> impl Iterator<Item = LonLat> + 'a {
        self.ring_indices(ring).map(|i| self.vertices[i as usize])
    }
}

/// How far an arc reaches, degrees: the box of longitudes and latitudes around it. Longitudes are followed over
/// ±180, so that they may leave that range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// Its westernmost longitude.
    pub west: f64,
    /// Its easternmost longitude.
    pub east: f64,
    /// Its southernmost latitude.
    pub south: f64,
    /// Its northernmost latitude.
    pub north: f64,
    /// The width of its widest edge.
    pub step: f64,
    /// From its first longitude to its last: 360 or -360 for a ring around a pole.
    pub turn: f64,
}

impl Reach {
    /// That of a line through `positions`; inside out for none.
    pub fn of(positions: impl Iterator<Item = LonLat>) -> Reach {
        let (mut west, mut east, mut south, mut north) =
            (f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY);
        let (mut step, mut turn) = (0.0, 0.0);
        let mut before: Option<(LonLat, f64)> = None;
        for position in positions {
            let by = before.map_or(0.0, |(last, _)| lon_step(last.lon, position.lon));
            let lon = before.map_or(position.lon, |(_, lon)| lon + by);
            (west, east) = (west.min(lon), east.max(lon));
            (south, north) = (south.min(position.lat), north.max(position.lat));
            (step, turn) = (f64::max(step, by.abs()), turn + by);
            before = Some((position, lon));
        }
        Reach { west, east, south, north, step, turn }
    }
}

/// The length of a vector; the same on every machine (`hypot` is not).
pub fn length(v: kurbo::Vec2) -> f64 {
    (v.x * v.x + v.y * v.y).sqrt()
}
