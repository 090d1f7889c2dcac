//! From a name to a place: codes, the index of names, and other ways to write a name.
//!
//! The index is made by `build/tables.rs`: lines sorted by key, searched by bisection in the
//! embedded bytes, so that a process that looks up ten names pays for ten names.

use super::normalize::{key, without_footnotes};
use super::{Atlas, Level, Lookup, Place, PlaceId, Via};
use super::{official, place};

static COUNTRIES: Index = Index(include_bytes!(concat!(env!("OUT_DIR"), "/names-country.bin")));
static US_STATES: Index = Index(include_bytes!(concat!(env!("OUT_DIR"), "/names-us-state.bin")));

impl Atlas {
    /// The place with this exact `code` (see [`Place::code`]).
    pub fn by_code(&self, code: &str) -> Option<PlaceId> {
        let own = self.places(Level::Own).iter();
        place::main().iter().chain(own).find(|p| p.code == code).map(|p| p.id)
    }

    /// What `name` means at `level`, exactly after normalisation; never a guess.
    ///
    /// In this order: a code in capitals (`VE`, `VEN`, `US-TX`), a flag (🇻🇪), a name, an alpha-3 code in small
    /// letters (`ven`), a number (`862`, `32` for `032`), an official name by its form (`Republic of Peru`), and
    /// a name of which the parts stand in another order (`Korea, South`) or that carries the number of a note
    /// (`Cyprus 7`). What a code means in other systems than ISO 3166-1 is asked by [`Atlas::coded`].
    ///
    /// Of own borders: an id as it stands there, a name, and an id without the zeros that a spreadsheet took away.
    pub fn lookup(&self, name: &str, level: Level) -> Lookup {
        if level == Level::Own {
            return self.own().map_or(Lookup::Unknown, |own| own.lookup(name));
        }
        if level == Level::Admin1 {
            return self.lookup_province(name, &[]);
        }
        let flag = flag_code(name);
        let bare = flag.as_deref().unwrap_or_else(|| without_footnotes(name));
        self.capital_code(bare, level)
            .or_else(|| self.find(&key(bare), level))
            .or_else(|| self.other_code(bare, level))
            .or_else(|| by_form(bare, level))
            .or_else(|| {
                rearranged(bare)
                    .into_iter()
                    .find_map(|n| self.find(&key(&n), level).or_else(|| by_form(&n, level)))
            })
            .or_else(|| self.twice_named(bare, level))
            .unwrap_or(Lookup::Unknown)
    }

    fn capital_code(&self, text: &str, level: Level) -> Option<Lookup> {
        let is_code = text.bytes().all(|b| b.is_ascii_uppercase() || b == b'-');
        let via = match text.len() {
            2 if is_code => Via::Alpha2,
            3 | 5 if is_code => Via::Alpha3,
            _ => return None,
        };
        let same = |p: &&Place| if via == Via::Alpha2 { p.alpha2 == text } else { p.code == text };
        self.at(level).find(same).map(|p| Lookup::One(p.id, via))
    }

    fn other_code(&self, text: &str, level: Level) -> Option<Lookup> {
        if let Some(numeric) = padded(text, level) {
            return self.at(level).find(|p| p.numeric == numeric).map(|p| Lookup::One(p.id, Via::Numeric));
        }
        // "Per" and "Sur" are words; a code is written in one case
        if !text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
            return None;
        }
        let found = self.at(level).find(|p| p.code.eq_ignore_ascii_case(text));
        found.map(|p| Lookup::One(p.id, Via::Alpha3))
    }

    fn at(&self, level: Level) -> impl Iterator<Item = &Place> {
        self.places(level).iter()
    }

    /// What the key of a name means at `level`.
    pub(super) fn find(&self, key: &str, level: Level) -> Option<Lookup> {
        match level {
            Level::Own => self.own()?.find(key),
            Level::Admin1 => self.find_province(key),
            _ => index(level).find(key),
        }
    }

    /// A place that is named twice (`Czechia (Czech Republic)`, `Türkiye (formerly Turkey)`, `Myanmar / Burma`,
    /// `Korea, Republic of Korea`) or with its state (`Saint-Martin (France)`, `Virgin Islands, U.S.`).
    fn twice_named(&self, name: &str, level: Level) -> Option<Lookup> {
        let (one, other, in_brackets) = match name.split_once(['(', '（']) {
            Some((head, tail)) => (head, tail.trim_end().strip_suffix([')', '）'])?, true),
            None => name.split_once(['/', ',', '،']).map(|(one, other)| (one, other, false))?,
        };
        let full = |name: &str| self.find(&key(name), level).or_else(|| by_form(name, level));
        let inner = key(other);
        let former =
            ["formerly ", "former ", "ex ", "previously "].iter().find_map(|word| inner.strip_prefix(word));
        let ids = match full(one)? {
            Lookup::One(id, _) => vec![id],
            Lookup::Many(ids) => ids,
            _ => return None,
        };
        let other = former.map_or_else(|| full(other), |name| self.find(name, level));
        let id = match other.or_else(|| self.capital_code(&inner.to_uppercase(), level))? {
            Lookup::One(id, _) => id,
            _ => return None,
        };
        // "Guadeloupe, France" may be a list of two; "Virgin Islands, U.S." is none
        let may_be_part = in_brackets || ids.len() > 1;
        let state = &self.place(id).code;
        let within = |part: &PlaceId| may_be_part && *part != id && self.place(*part).sovereign == *state;
        let mut parts = ids.iter().filter(|part| within(part));
        let part = parts.next().filter(|_| parts.next().is_none());
        let found = if ids.contains(&id) { Some(&id) } else { part };
        found.map(|id| Lookup::One(*id, Via::Alias))
    }
}

/// A number with the zeros that a spreadsheet took away (`32`, `32.0` → `032`).
fn padded(text: &str, level: Level) -> Option<String> {
    let digits = text.strip_suffix(".0").unwrap_or(text);
    let width = if level == Level::Country { 3 } else { 2 };
    let is_number = (1..=width).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| format!("{digits:0>width$}"))
}

/// The alpha-2 code that a flag spells in regional indicator symbols (Unicode Technical Standard #51).
fn flag_code(text: &str) -> Option<String> {
    const A: u32 = 0x1f1e6;
    let letters = text.trim().chars().map(|c| {
        let letter = u32::from(c).checked_sub(A).filter(|n| *n < 26)?;
        u8::try_from(letter).ok().map(|n| char::from(b'A' + n))
    });
    let code: String = letters.collect::<Option<_>>()?;
    (code.len() == 2).then_some(code)
}

/// The country whose official name this is, by the form of state (see `official.rs`).
fn by_form(name: &str, level: Level) -> Option<Lookup> {
    if level != Level::Country {
        return None;
    }
    let places = |name: &str| match COUNTRIES.find_tagged(name) {
        Some((b'n' | b'a' | b'm', ids)) => ids,
        _ => Vec::new(),
    };
    official::place(&key(name), places).map(|id| Lookup::One(id, Via::Alias))
}

/// Other ways to write the same name.
fn rearranged(name: &str) -> Vec<String> {
    let digits = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',' || c.is_whitespace());
    let without_digits = (digits.len() < name.len() && !digits.is_empty()).then(|| digits.to_owned());
    [comma_inverted(name), bracket_inverted(name), without_digits].into_iter().flatten().collect()
}

/// `Korea, South` as `South Korea`; `None` unless there is exactly one comma with words on both sides.
fn comma_inverted(name: &str) -> Option<String> {
    let (head, tail) = name.split_once(',')?;
    let (head, tail) = (head.trim(), tail.trim());
    (!head.is_empty() && !tail.is_empty() && !tail.contains(',')).then(|| format!("{tail} {head}"))
}

/// `Iran (Islamic Republic of)` as `Islamic Republic of Iran`.
fn bracket_inverted(name: &str) -> Option<String> {
    let (head, tail) = name.split_once('(')?;
    let inner = tail.trim_end().strip_suffix(')')?;
    let (head, inner) = (head.trim(), inner.trim());
    (!head.is_empty() && !inner.is_empty() && !inner.contains('(')).then(|| format!("{inner} {head}"))
}

/// All names of a level as keys, in order, and what they mean.
pub(super) fn entries(level: Level) -> impl Iterator<Item = (&'static str, Lookup)> {
    let index = index(level);
    (0..index.number(0)).filter_map(move |k| {
        let (key, meaning) = index.line(k);
        Some((key, lookup(meaning)?))
    })
}

fn index(level: Level) -> Index {
    match level {
        Level::UsState => US_STATES,
        _ => COUNTRIES,
    }
}

/// Embedded lines `key TAB tag ids`: their number, the end of each (both little-endian), the text.
#[derive(Clone, Copy)]
pub(super) struct Index(pub &'static [u8]);

impl Index {
    fn number(self, at: usize) -> usize {
        let bytes = self.0.get(at * 4..at * 4 + 4).and_then(|b| b.try_into().ok()).unwrap_or_default();
        u32::from_le_bytes(bytes) as usize
    }

    fn line(self, k: usize) -> (&'static str, &'static str) {
        let text = 4 * (1 + self.number(0));
        let start = if k == 0 { 0 } else { self.number(k) };
        let line = self.0.get(text + start..text + self.number(k + 1)).unwrap_or_default();
        std::str::from_utf8(line).ok().and_then(|line| line.split_once('\t')).unwrap_or_default()
    }

    /// All lines, in order.
    pub fn lines(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        (0..self.number(0)).map(move |k| self.line(k))
    }

    fn find(self, key: &str) -> Option<Lookup> {
        lookup(self.meaning(key)?)
    }

    /// The tag of a key, and its places.
    fn find_tagged(self, key: &str) -> Option<(u8, Vec<PlaceId>)> {
        let meaning = self.meaning(key)?;
        Some((*meaning.as_bytes().first()?, super::remarks::ids(meaning.get(1..)?)))
    }

    pub fn meaning(self, key: &str) -> Option<&'static str> {
        let (mut low, mut high) = (0, self.number(0));
        while low < high {
            let middle = (low + high) / 2;
            let (known, meaning) = self.line(middle);
            match known.cmp(key) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(meaning),
            }
        }
        None
    }
}

/// What a tag and its ids mean; the tags are those of `build/tables.rs`.
fn lookup(meaning: &str) -> Option<Lookup> {
    let ids = super::remarks::ids(meaning.get(1..)?);
    match meaning.as_bytes().first()? {
        b'n' => Some(Lookup::One(*ids.first()?, Via::Name)),
        b'a' => Some(Lookup::One(*ids.first()?, Via::Alias)),
        b'm' | b'h' => Some(Lookup::Many(ids)),
        b'p' => Some(Lookup::Unknown),
        _ => Some(Lookup::Aggregate),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inversions() {
        assert_eq!(comma_inverted("Korea, South").as_deref(), Some("South Korea"));
        assert_eq!(comma_inverted("a, b, c"), None);
        assert_eq!(
            bracket_inverted("Iran (Islamic Republic of)").as_deref(),
            Some("Islamic Republic of Iran")
        );
        assert_eq!(bracket_inverted("Iran"), None);
    }
}
