//! A [`Scene`] into bytes: one file a format, each reads a Scene and nothing else.
pub mod png;
pub mod svg;
