//! pressmap: a table of places into a finished, publishable presence map.
//!
//! ```text
//!  spec ──► plan                                                     (asked ──► decided)
//!             │ style, words
//!  table ─┐   ▼
//!         ├─► join ──► scale ──► frame ──► page ──► compose ──► scene ──► output
//!  atlas ─┘   fates    paints    extent    boxes    every mark  display   svg png …
//!             by row   legend                       placed      list
//! ```
//!
//! [`draw`] is the whole way from a map file's text to a finished [`scene::Scene`]. The library opens no file and
//! reads no clock, locale or environment: a [`Files`] hands it the bytes that it asks for.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod atlas;
pub mod borders;
pub mod compose;
pub mod diagnostic;
pub mod frame;
pub mod geometry;
pub mod join;
pub mod output;
pub mod page;
pub mod paint;
pub mod plan;
pub mod projection;
pub mod scale;
pub mod scene;
pub mod spec;
pub mod specimen;
pub mod strict;
pub mod style;
pub mod symbol;
pub mod table;
pub mod text;
pub mod words;

mod figure;

pub use figure::{Figure, Files, Job, Matched, draw, matched};
