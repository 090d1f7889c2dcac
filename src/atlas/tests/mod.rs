//! The bundled atlas: codes and names, the shape of the topology, and the promise of the thinning.

mod borders;
mod names;
mod own;
mod views;

use super::{Atlas, PlaceId};

fn atlas() -> &'static Atlas {
    Atlas::bundled()
}

fn id(code: &str) -> PlaceId {
    atlas().by_code(code).unwrap_or_else(|| panic!("no place {code}"))
}
