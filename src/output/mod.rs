//! A [`Scene`](crate::scene::Scene) into bytes: one file a format, each reads a Scene and nothing else.
//!
//! `svg` writes the scene as it is; `png`, `webp` and `jpeg` encode what `raster` draws.
pub mod jpeg;
mod pattern;
pub mod png;
pub mod raster;
pub mod svg;
#[cfg(test)]
mod tests;
pub mod webp;
