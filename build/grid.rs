//! The grid of the bundled coordinates.

/// A vertex: longitude and latitude in ten-thousandths of a degree.
pub type Vertex = (i32, i32);

/// A ring without the closing repetition of its first vertex.
pub type Ring = Vec<Vertex>;

/// Units per degree.
pub const UNIT: f64 = 10_000.0;

/// 180 degrees.
pub const X180: i32 = 1_800_000;

/// An arc of any length is weighed at once.
pub const LONGEST: usize = 1 << 30;
