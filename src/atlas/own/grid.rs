//! The grid of own coordinates: a hundredth of a metre on the ground, so that what two neighbours share is equal.

use crate::geometry::LonLat;

/// A vertex: longitude and latitude in ten-millionths of a degree.
pub type Vertex = (i32, i32);

/// A ring without the closing repetition of its first vertex.
pub type Ring = Vec<Vertex>;

/// Units per degree.
pub const UNIT: f64 = 10_000_000.0;

/// A longer arc is weighed in pieces, so that a hostile one takes no hours.
pub const LONGEST: usize = 1024;

/// The grid point nearest to a position; what lies off the globe is taken to its edge.
pub fn vertex(at: LonLat) -> Vertex {
    let unit = |degrees: f64, most: f64| (degrees.clamp(-most, most) * UNIT).round() as i32;
    (unit(at.lon, 180.0), unit(at.lat, 90.0))
}

/// The position of a grid point.
pub fn position((x, y): Vertex) -> LonLat {
    LonLat::new(f64::from(x) / UNIT, f64::from(y) / UNIT)
}
