//! From a name to a province: in one country, in several, or in the whole world.
//!
//! The index is packed by `build/provinces.rs` and searched by bisection; the table of provinces is read when a name
//! is found. Many provinces share a name across countries ("Central", "La Paz"), and some within one ("Minsk", city and
//! region): those are several, and what settles them is asked elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::names::Index;
use super::normalize::{key, without_footnotes};
use super::place::Section;
use super::types::{Class, class, without_type};
use super::{Atlas, Level, Lookup, PlaceId, Via};

static NAMES: Index = Index(include_bytes!(concat!(env!("OUT_DIR"), "/names-admin-1.bin")));

/// What stands between the cell of a province and that of its country where a table has both.
pub const IN_COUNTRY: char = '\u{1f}';

/// What a province is to a key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tag {
    /// Its name.
    Name,
    /// Another name.
    Alias,
    /// What is left of a name without its word of a type.
    Bare(u8),
}

impl Atlas {
    /// What `name` means among the provinces of `within`; of the whole world where that is empty. Exactly, after
    /// normalisation; never a guess.
    ///
    /// In this order: a code of ISO 3166-2 (`VE-V`); of one country also the code without the country's (`V`) and, of
    /// the U.S., what is a state there (`TX`, `48`); a name; a name with its country (`Georgia, United States`, or
    /// parted by [`IN_COUNTRY`]); a name with a word of its type (`Estado Zulia`).
    pub fn lookup_province(&self, name: &str, within: &[PlaceId]) -> Lookup {
        if let Some((name, country)) = name.split_once(IN_COUNTRY) {
            return match self.lookup(country, Level::Country) {
                Lookup::One(id, _) if within.is_empty() || within.contains(&id) => {
                    self.lookup_province(name, &[id])
                }
                _ if country.trim().is_empty() => self.lookup_province(name, within),
                _ => Lookup::Unknown,
            };
        }
        let bare = without_footnotes(name);
        let wanted = key(bare);
        self.province_code(bare, within)
            .or_else(|| self.named(&wanted, within))
            .or_else(|| self.typed(&wanted, within))
            .or_else(|| self.with_country(bare, within))
            .or_else(|| self.find(&wanted, Level::Country).filter(|found| *found == Lookup::Aggregate))
            .unwrap_or(Lookup::Unknown)
    }

    fn province_code(&self, text: &str, within: &[PlaceId]) -> Option<Lookup> {
        let short = text.len() <= 7 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let one_case =
            !text.bytes().any(|b| b.is_ascii_lowercase()) || !text.bytes().any(|b| b.is_ascii_uppercase());
        if !short || !one_case || text.is_empty() {
            return None;
        }
        let upper = text.to_ascii_uppercase();
        let in_scope =
            |id: &PlaceId| within.is_empty() || within.iter().any(|country| self.lies_in(*id, *country));
        if let Some((country, _)) =
            upper.split_once('-').filter(|(country, _)| (2..=3).contains(&country.len()))
        {
            let _ = country;
            return self.province_by_code(&upper).filter(in_scope).map(|id| Lookup::One(id, Via::Alpha3));
        }
        let [country] = within else { return None };
        let alpha2 = &self.place(*country).alpha2;
        if &**alpha2 == "US"
            && let Lookup::One(state, via @ (Via::Alpha2 | Via::Numeric)) = self.lookup(text, Level::UsState)
        {
            return self.province_by_code(&self.place(state).code).map(|id| Lookup::One(id, via));
        }
        if text != upper {
            return None;
        }
        // a spreadsheet takes the zero of "01" away
        let padded = format!("{alpha2}-{upper:0>2}");
        let found = self.province_by_code(&format!("{alpha2}-{upper}"));
        let numeric = upper.bytes().all(|b| b.is_ascii_digit());
        let found = found.or_else(|| self.province_by_code(&padded).filter(|_| numeric));
        found.filter(in_scope).map(|id| Lookup::One(id, Via::Alpha2))
    }

    /// The provinces of a key, each with the best that it is to it.
    fn tagged(&self, key: &str, within: &[PlaceId]) -> BTreeMap<PlaceId, BTreeSet<Tag>> {
        let mut found: BTreeMap<PlaceId, BTreeSet<Tag>> = BTreeMap::new();
        for entry in NAMES.meaning(key).unwrap_or_default().split(' ') {
            let (tag, index) = match *entry.as_bytes() {
                [b'n', ..] => (Tag::Name, &entry[1..]),
                [b'a', ..] => (Tag::Alias, &entry[1..]),
                [b's', class, ..] => (Tag::Bare(class), &entry[2..]),
                _ => continue,
            };
            let Ok(index) = index.parse() else { continue };
            let id = PlaceId::new(Section::Provinces, index);
            if within.is_empty() || within.iter().any(|country| self.lies_in(id, *country)) {
                found.entry(id).or_default().insert(tag);
            }
        }
        found
    }

    fn named(&self, key: &str, within: &[PlaceId]) -> Option<Lookup> {
        let found = self.tagged(key, within);
        let via = |tags: &BTreeSet<Tag>| if tags.contains(&Tag::Name) { Via::Name } else { Via::Alias };
        several(found.iter().map(|(id, tags)| (*id, via(tags))))
    }

    /// A name with a word of a type: the province of that name and type.
    fn typed(&self, key: &str, within: &[PlaceId]) -> Option<Lookup> {
        let (rest, class) = without_type(key)?;
        let is = |id: PlaceId, tag: &Tag| match tag {
            Tag::Bare(letter) => *letter == class as u8 || self.is_of(id, class),
            _ => self.is_of(id, class),
        };
        let found = self.tagged(rest, within);
        several(
            found
                .iter()
                .filter(|(id, tags)| tags.iter().any(|tag| is(**id, tag)))
                .map(|(id, _)| (*id, Via::Alias)),
        )
    }

    fn is_of(&self, id: PlaceId, class: Class) -> bool {
        self.province(id).is_some_and(|one| is_of_class(one.kind, class))
    }

    /// `Georgia, United States`, `Georgia (USA)`, `Amazonas - Brazil`: a name and the country it lies in.
    fn with_country(&self, name: &str, within: &[PlaceId]) -> Option<Lookup> {
        let (head, tail) = match name.strip_suffix(')') {
            Some(inner) => inner.rsplit_once('(')?,
            None => name
                .rsplit_once(", ")
                .or_else(|| name.rsplit_once(" - "))
                .or_else(|| name.rsplit_once(','))?,
        };
        let (head, tail) = (head.trim(), tail.trim());
        if head.is_empty() {
            return None;
        }
        if let Lookup::One(country, _) = self.lookup(tail, Level::Country) {
            let scoped = within.is_empty() || within.contains(&country);
            return scoped
                .then(|| self.lookup_province(head, &[country]))
                .filter(|found| *found != Lookup::Unknown);
        }
        // "Zulia, Estado", "Buenos Aires, Provincia de"
        self.typed(&key(&format!("{tail} {head}")), within)
    }

    /// What a key means at the level of provinces of the whole world.
    pub(super) fn find_province(&self, key: &str) -> Option<Lookup> {
        self.named(key, &[])
    }
}

/// Whether a province of this English type (`Autonomous Region`) is of `class`; one without a type may be anything.
fn is_of_class(kind: &str, wanted: Class) -> bool {
    let mut words = kind.split(|c: char| !c.is_alphabetic());
    kind.is_empty() || words.any(|word| class(&word.to_lowercase()) == Some(wanted))
}

fn several(found: impl Iterator<Item = (PlaceId, Via)>) -> Option<Lookup> {
    let all: Vec<(PlaceId, Via)> = found.collect();
    match all.as_slice() {
        [] => None,
        [(id, via)] => Some(Lookup::One(*id, *via)),
        many => Some(Lookup::Many(many.iter().map(|(id, _)| *id).collect())),
    }
}

/// All keys of names (not of what is left of names without their type), and the provinces of each.
pub(super) fn entries() -> impl Iterator<Item = (&'static str, Vec<PlaceId>)> {
    NAMES.lines().map(|(key, meaning)| {
        let ids = meaning.split(' ').filter_map(|entry| entry.strip_prefix(['n', 'a'])?.parse().ok());
        (key, ids.map(|index| PlaceId::new(Section::Provinces, index)).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_has_the_classes_of_its_words() {
        assert!(is_of_class("Autonomous Region", Class::Region));
        assert!(is_of_class("Metropolitan department", Class::Department));
        assert!(!is_of_class("Federal City", Class::Region));
    }
}
