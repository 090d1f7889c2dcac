//! From a name to a place: codes, the index of names, and near misses.
//!
//! The index is made by `build/tables.rs`: lines sorted by key, searched by bisection in the
//! embedded bytes, so that a process that looks up ten names pays for ten names.

use strsim::{damerau_levenshtein, jaro_winkler};

use super::normalize::{key, without_footnotes};
use super::{Atlas, Level, Lookup, Place, PlaceId, Via};

const COUNTRIES: Index = Index(include_bytes!(concat!(env!("OUT_DIR"), "/names-country.bin")));
const US_STATES: Index = Index(include_bytes!(concat!(env!("OUT_DIR"), "/names-us-state.bin")));

/// At most so many near misses are suggested.
const SUGGESTIONS: usize = 3;

/// No name is longer (in bytes of its key); a longer cell is prose, and nothing is near it.
const LONGEST: usize = 200;

impl Atlas {
    /// The place with this exact `code` (see [`Place::code`]).
    pub fn by_code(&self, code: &str) -> Option<PlaceId> {
        self.places.iter().find(|p| p.code == code).map(|p| p.id)
    }

    /// What `name` means at `level`, exactly after normalisation; never a guess.
    ///
    /// In this order: a code in capitals (`VE`, `VEN`, `US-TX`), a name, an alpha-3 code in any case
    /// (`ven`), a number (`862`, `32` for `032`), and a name of which the parts stand in another
    /// order (`Korea, South`) or that carries the number of a note (`Cyprus 7`).
    pub fn lookup(&self, name: &str, level: Level) -> Lookup {
        let bare = without_footnotes(name);
        self.capital_code(bare, level)
            .or_else(|| index(level).find(&key(bare)))
            .or_else(|| self.other_code(bare, level))
            .or_else(|| rearranged(bare).into_iter().find_map(|n| index(level).find(&key(&n))))
            .unwrap_or(Lookup::Unknown)
    }

    /// Places whose names are near `name`, best first, at most three.
    ///
    /// Near is: few slips of the pen (Damerau–Levenshtein, one for about four letters), or the name
    /// of a place standing among other words.
    pub fn suggest(&self, name: &str, level: Level) -> Vec<PlaceId> {
        let wanted = key(name);
        if wanted.len() > LONGEST {
            return Vec::new();
        }
        let mut near: Vec<(Nearness, PlaceId)> = Vec::new();
        for (known, lookup) in entries(level) {
            let Lookup::One(id, _) = lookup else { continue };
            let Some(nearness) = nearness(&wanted, known) else { continue };
            match near.iter_mut().find(|(_, other)| *other == id) {
                Some((best, _)) if *best <= nearness => {}
                Some((best, _)) => *best = nearness,
                None => near.push((nearness, id)),
            }
        }
        near.sort();
        near.into_iter().map(|(_, id)| id).take(SUGGESTIONS).collect()
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
        let found = self.at(level).find(|p| p.code.eq_ignore_ascii_case(text));
        found.map(|p| Lookup::One(p.id, Via::Alpha3))
    }

    fn at(&self, level: Level) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(move |p| p.level == level)
    }
}

/// A number with the zeros that a spreadsheet took away (`32`, `32.0` → `032`).
fn padded(text: &str, level: Level) -> Option<String> {
    let digits = text.strip_suffix(".0").unwrap_or(text);
    let width = if level == Level::Country { 3 } else { 2 };
    let is_number = (1..=width).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| format!("{digits:0>width$}"))
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

/// How near a name is: slips (or 100 for a name among other words), then unlikeness in a thousand.
type Nearness = (usize, i64);

fn nearness(wanted: &str, known: &str) -> Option<Nearness> {
    let (a, b) = (wanted.chars().count(), known.chars().count());
    if a.min(b) < 3 {
        return None;
    }
    let allowed = (a.max(b) / 4).clamp(1, 4);
    if a.abs_diff(b) <= allowed {
        let slips = damerau_levenshtein(wanted, known);
        if slips <= allowed {
            return Some((slips, unlikeness(wanted, known)));
        }
    }
    let among = b >= 4 && format!(" {wanted} ").contains(&format!(" {known} "));
    among.then(|| (100, unlikeness(wanted, known)))
}

fn unlikeness(a: &str, b: &str) -> i64 {
    1000 - (jaro_winkler(a, b) * 1000.0) as i64
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
        Level::Country => COUNTRIES,
        Level::UsState => US_STATES,
    }
}

/// Embedded lines `key TAB tag ids`: their number, the end of each (both little-endian), the text.
#[derive(Clone, Copy)]
struct Index(&'static [u8]);

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

    fn find(self, key: &str) -> Option<Lookup> {
        let (mut low, mut high) = (0, self.number(0));
        while low < high {
            let middle = (low + high) / 2;
            let (known, meaning) = self.line(middle);
            match known.cmp(key) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return lookup(meaning),
            }
        }
        None
    }
}

/// What a tag and its ids mean; the tags are those of `build/tables.rs`.
fn lookup(meaning: &str) -> Option<Lookup> {
    let mut ids = meaning.get(1..)?.split(' ').filter_map(|id| id.parse().ok()).map(PlaceId);
    match meaning.as_bytes().first()? {
        b'n' => Some(Lookup::One(ids.next()?, Via::Name)),
        b'a' => Some(Lookup::One(ids.next()?, Via::Alias)),
        b'm' => Some(Lookup::Many(ids.collect())),
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
