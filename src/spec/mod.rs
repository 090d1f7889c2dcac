//! What was asked: the map file as it is written, and overrides on top of it.
//!
//! Takes TOML text and `key.path = value` overrides, gives a [`MapSpec`]. Strict: an unknown key is an
//! error with a suggestion. Decides nothing: `None` means "not said". `plan` turns wishes and defaults
//! into decisions.

mod data;
mod flow;
mod highlight;
mod legend;
mod map;
mod output;
mod points;
mod scale;
mod symbols;

pub use data::*;
pub use flow::*;
pub use highlight::*;
pub use legend::*;
pub use map::*;
pub use output::*;
pub use points::*;
pub use scale::*;
pub use symbols::*;

use crate::diagnostic::Diagnostics;
use crate::strict::{self, Override};

/// Reads a map file. `file` is its name for errors.
pub fn read_map(file: &str, text: &str, overrides: &[Override]) -> Result<MapSpec, Diagnostics> {
    strict::read(file, text, overrides)
}

/// The JSON Schema of map files.
pub fn map_schema() -> serde_json::Value {
    schemars::schema_for!(MapSpec).to_value()
}
