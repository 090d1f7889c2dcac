//! What a join asks of the atlas: what a name means, what is near it, what a place is called.
//!
//! The rooms above pass the [`Atlas`]; tests pass a handful of places written by hand.

use crate::atlas::{Atlas, Level, Lookup, PlaceId};

/// Names into places and back.
pub(super) trait Gazetteer {
    /// What `name` means at `level`.
    fn lookup(&self, name: &str, level: Level) -> Lookup;
    /// Places whose names are near `name`, best first.
    fn suggest(&self, name: &str, level: Level) -> Vec<PlaceId>;
    /// Code and common name of a place.
    fn code_and_name(&self, id: PlaceId) -> (&str, &str);
    /// Whether `part` is a territory of the state `whole`.
    fn belongs_to(&self, part: PlaceId, whole: PlaceId) -> bool;
}

impl Gazetteer for Atlas {
    fn lookup(&self, name: &str, level: Level) -> Lookup {
        Atlas::lookup(self, name, level)
    }

    fn suggest(&self, name: &str, level: Level) -> Vec<PlaceId> {
        Atlas::suggest(self, name, level)
    }

    fn code_and_name(&self, id: PlaceId) -> (&str, &str) {
        let place = self.place(id);
        (place.code, place.name)
    }

    fn belongs_to(&self, part: PlaceId, whole: PlaceId) -> bool {
        part != whole && self.place(part).sovereign == self.place(whole).code
    }
}
