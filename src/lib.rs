//! pressmap: a table of places into a finished, publishable presence map.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod atlas;
pub mod compose;
pub mod diagnostic;
pub mod geometry;
pub mod join;
pub mod output;
pub mod page;
pub mod paint;
pub mod projection;
pub mod scale;
pub mod scene;
pub mod spec;
pub mod strict;
pub mod style;
pub mod table;
pub mod text;
