//! The detail weight of a vertex as one byte, used alike by `build.rs` and by the unpacker.
//!
//! A weight stands for the greatest great-circle distance, in degrees, by which the border departs
//! from its full form when all vertices of that weight and less are left out. The scale is
//! logarithmic and rounds up, so that a byte never promises less than the distance it was made from.

/// The weight of a vertex that is never left out: ends of arcs, and the last three of a ring.
pub const ALWAYS: u8 = 255;

/// Distance of weight 0, degrees (a tenth of the grid of the coordinates).
pub const SMALLEST: f64 = 1e-5;

/// Steps per doubling: 254 steps reach from 1e-5° to beyond 40°.
pub const STEPS: i32 = 11;

/// The distance in degrees that weight `byte` stands for.
pub fn distance(byte: u8) -> f64 {
    if byte == ALWAYS { f64::INFINITY } else { SMALLEST * libm::exp2(f64::from(byte) / f64::from(STEPS)) }
}
