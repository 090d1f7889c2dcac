//! What a join asks of the atlas: what a name means, what is near it, what a place is called.
//!
//! The rooms above pass the [`Atlas`]; tests pass a handful of places written by hand.

use std::collections::BTreeSet;

use crate::atlas::{Atlas, CodeSystem, Coded, Level, Locator, Lookup, PlaceId, Remark};

/// Names into places and back.
pub(super) trait Gazetteer: Sync {
    /// What `name` means at `level`.
    fn lookup(&self, name: &str, level: Level) -> Lookup;
    /// Places whose names are near `name`, best first.
    fn suggest(&self, name: &str, level: Level) -> Vec<PlaceId>;
    /// What `name` means among the provinces of `within` (of any country where that is empty).
    fn lookup_province(&self, name: &str, _within: &[PlaceId]) -> Lookup {
        self.lookup(name, Level::Admin1)
    }
    /// Provinces of `within` whose names are near `name`, best first.
    fn suggest_province(&self, name: &str, _within: &[PlaceId]) -> Vec<PlaceId> {
        self.suggest(name, Level::Admin1)
    }
    /// The country of a province.
    fn country_of(&self, _province: PlaceId) -> Option<PlaceId> {
        None
    }
    /// Code and common name of a place.
    fn code_and_name(&self, id: PlaceId) -> (&str, &str);
    /// Whether `part` is a territory of the state `whole`.
    fn belongs_to(&self, part: PlaceId, whole: PlaceId) -> bool;
    /// What `code` means in a system of codes for countries.
    fn coded(&self, code: &str, system: CodeSystem) -> Option<Coded>;
    /// What is to be said of a name that is no place of today.
    fn remark(&self, name: &str, level: Level) -> Option<Remark>;
    /// Whether a place's name is that of a group where the names of `others` stand beside it.
    fn is_group_beside(&self, name: &str, others: &[&str]) -> bool;
    /// The one of `ids` that belongs to the OECD, where `named` are members of it alone, and at least half of them.
    fn fellow_member(&self, _named: &BTreeSet<PlaceId>, _ids: &[PlaceId]) -> Option<PlaceId> {
        None
    }
    /// Which place of `level` a position lies in.
    fn locator(&self, level: Level) -> Locator;
}

impl Gazetteer for Atlas {
    fn lookup(&self, name: &str, level: Level) -> Lookup {
        Atlas::lookup(self, name, level)
    }

    fn suggest(&self, name: &str, level: Level) -> Vec<PlaceId> {
        Atlas::suggest(self, name, level)
    }

    fn lookup_province(&self, name: &str, within: &[PlaceId]) -> Lookup {
        Atlas::lookup_province(self, name, within)
    }

    fn suggest_province(&self, name: &str, within: &[PlaceId]) -> Vec<PlaceId> {
        Atlas::suggest_province(self, name, within)
    }

    fn country_of(&self, province: PlaceId) -> Option<PlaceId> {
        self.province(province).map(|one| one.country)
    }

    fn code_and_name(&self, id: PlaceId) -> (&str, &str) {
        let place = self.place(id);
        (&place.code, &place.name)
    }

    fn belongs_to(&self, part: PlaceId, whole: PlaceId) -> bool {
        part != whole && self.place(part).sovereign == self.place(whole).code
    }

    fn coded(&self, code: &str, system: CodeSystem) -> Option<Coded> {
        Atlas::coded(self, code, system)
    }

    fn remark(&self, name: &str, level: Level) -> Option<Remark> {
        Atlas::remark(self, name, level)
    }

    fn is_group_beside(&self, name: &str, others: &[&str]) -> bool {
        Atlas::is_group_beside(self, name, others)
    }

    fn fellow_member(&self, named: &BTreeSet<PlaceId>, ids: &[PlaceId]) -> Option<PlaceId> {
        let members = self.members("OECD")?;
        let is_list = named.len() * 2 >= members.len() && named.iter().all(|id| members.contains(id));
        let mut fellows = ids.iter().filter(|id| members.contains(id));
        let one = fellows.next().filter(|_| fellows.next().is_none());
        one.copied().filter(|_| is_list)
    }

    fn locator(&self, level: Level) -> Locator {
        Atlas::locator(self, level)
    }
}

/// A gazetteer in which provinces are those of some countries alone.
pub(super) struct Scoped<'a> {
    pub all: &'a dyn Gazetteer,
    pub within: &'a [PlaceId],
}

impl Gazetteer for Scoped<'_> {
    fn lookup(&self, name: &str, level: Level) -> Lookup {
        match level {
            Level::Admin1 => self.all.lookup_province(name, self.within),
            _ => self.all.lookup(name, level),
        }
    }

    fn suggest(&self, name: &str, level: Level) -> Vec<PlaceId> {
        match level {
            Level::Admin1 => self.all.suggest_province(name, self.within),
            _ => self.all.suggest(name, level),
        }
    }

    fn country_of(&self, province: PlaceId) -> Option<PlaceId> {
        self.all.country_of(province)
    }

    fn code_and_name(&self, id: PlaceId) -> (&str, &str) {
        self.all.code_and_name(id)
    }

    fn belongs_to(&self, part: PlaceId, whole: PlaceId) -> bool {
        self.all.belongs_to(part, whole)
    }

    fn coded(&self, code: &str, system: CodeSystem) -> Option<Coded> {
        self.all.coded(code, system)
    }

    fn remark(&self, name: &str, level: Level) -> Option<Remark> {
        self.all.remark(name, level)
    }

    fn fellow_member(&self, named: &BTreeSet<PlaceId>, ids: &[PlaceId]) -> Option<PlaceId> {
        self.all.fellow_member(named, ids)
    }

    fn locator(&self, level: Level) -> Locator {
        self.all.locator(level)
    }

    fn is_group_beside(&self, name: &str, others: &[&str]) -> bool {
        self.all.is_group_beside(name, others)
    }
}
