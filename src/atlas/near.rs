//! Near misses: the places whose names are near a name that is unknown. Suggestions only, never matches.
//!
//! Near is: few slips of the pen (Damerau–Levenshtein distance, one for about four letters), or the
//! name of a place standing among other words. Most names are ruled out by their length and by
//! which letters they hold, so that a column of strangers costs little.

use std::sync::OnceLock;

use strsim::{damerau_levenshtein, jaro_winkler};

use super::names::entries;
use super::normalize::key;
use super::{Atlas, IN_COUNTRY, Level, Lookup, PlaceId, Word, province_names, types};

/// At most so many near misses are suggested.
const SUGGESTIONS: usize = 3;

/// No name is longer (in bytes of its key); a longer cell is prose, and nothing is near it.
const LONGEST: usize = 200;

/// A name stands among at most so many words.
const WORDS: usize = 16;

/// How near a name is: slips (or 100 for a name among other words), then unlikeness in a thousand.
type Nearness = (usize, i64);

impl Atlas {
    /// Places whose names are near `name`, best first, at most three.
    pub fn suggest(&self, name: &str, level: Level) -> Vec<PlaceId> {
        let wanted = key(name);
        if wanted.len() > LONGEST {
            return Vec::new();
        }
        let mut near = self.among_words(&wanted, level);
        slips(&wanted, self.known(level), &mut near);
        first(near)
    }

    /// Places of which a name of four letters or more stands among the words of `wanted`.
    fn among_words(&self, wanted: &str, level: Level) -> Vec<(Nearness, PlaceId)> {
        let words: Vec<&str> = wanted.split(' ').take(WORDS).collect();
        let mut near = Vec::new();
        for first in 0..words.len() {
            for last in first..words.len() {
                let known = words[first..=last].join(" ");
                if known.chars().count() >= 4
                    && let Some(Lookup::One(id, _)) = self.find(&known, level)
                {
                    near.push(((100, unlikeness(wanted, &known)), id));
                }
            }
        }
        near
    }

    /// The names of a level with their outlines, made when a name is first unknown.
    fn known(&self, level: Level) -> &[Known] {
        static COUNTRIES: OnceLock<Vec<Known>> = OnceLock::new();
        static US_STATES: OnceLock<Vec<Known>> = OnceLock::new();
        let cell = match level {
            Level::Country => &COUNTRIES,
            Level::UsState => &US_STATES,
            Level::Admin1 => return self.known_provinces(),
            Level::Own => return self.own().map_or(&[], |own| own.known()),
        };
        cell.get_or_init(|| {
            let one = |(key, lookup)| match lookup {
                Lookup::One(id, _) => Some(Known { key: Word::Borrowed(key), id, outline: Outline::of(key) }),
                _ => None,
            };
            entries(level).filter_map(one).collect()
        })
    }
}

impl Atlas {
    /// The names of provinces; of one that several share, each.
    fn known_provinces(&self) -> &[Known] {
        static PROVINCES: OnceLock<Vec<Known>> = OnceLock::new();
        PROVINCES.get_or_init(|| {
            let each = |(key, ids): (&'static str, Vec<PlaceId>)| {
                let outline = Outline::of(key);
                ids.into_iter().map(move |id| Known { key: Word::Borrowed(key), id, outline })
            };
            province_names::entries().flat_map(each).collect()
        })
    }

    /// Provinces of `within` whose names are near `name`, best first, at most three.
    pub fn suggest_province(&self, name: &str, within: &[PlaceId]) -> Vec<PlaceId> {
        let wanted = key(name.split(IN_COUNTRY).next().unwrap_or_default());
        if wanted.len() > LONGEST {
            return Vec::new();
        }
        let in_scope =
            |id: PlaceId| within.is_empty() || within.iter().any(|country| self.lies_in(id, *country));
        let mut near: Vec<(Nearness, PlaceId)> = Vec::new();
        slips(&wanted, self.known_provinces(), &mut near);
        if let Some((rest, _)) = types::without_type(&wanted) {
            slips(rest, self.known_provinces(), &mut near);
        }
        near.extend(self.among_words(&wanted, Level::Admin1));
        near.retain(|(_, id)| in_scope(*id));
        first(near)
    }
}

/// The nearest places, each once.
fn first(mut near: Vec<(Nearness, PlaceId)>) -> Vec<PlaceId> {
    near.sort();
    let mut places: Vec<PlaceId> = Vec::new();
    for (_, id) in near {
        if !places.contains(&id) {
            places.push(id);
        }
    }
    places.truncate(SUGGESTIONS);
    places
}

/// Places with a name that differs by few slips.
fn slips(wanted: &str, known: &[Known], near: &mut Vec<(Nearness, PlaceId)>) {
    let mine = Outline::of(wanted);
    for known in known {
        let allowed = usize::from(mine.length.max(known.outline.length) / 4).clamp(1, 4);
        if mine.length.min(known.outline.length) < 3 || !mine.may_be_within(known.outline, allowed) {
            continue;
        }
        let slips = damerau_levenshtein(wanted, &known.key);
        if slips <= allowed {
            near.push(((slips, unlikeness(wanted, &known.key)), known.id));
        }
    }
}

fn unlikeness(a: &str, b: &str) -> i64 {
    1000 - (jaro_winkler(a, b) * 1000.0) as i64
}

/// What rules out most names at a glance: the number of letters, and which occur (by the last six bits of each).
#[derive(Clone, Copy)]
pub(super) struct Outline {
    length: u8,
    letters: u64,
}

impl Outline {
    pub fn of(key: &str) -> Outline {
        let mut outline = Outline { length: 0, letters: 0 };
        for letter in key.chars() {
            outline.length = outline.length.saturating_add(1);
            outline.letters |= 1 << (u32::from(letter) & 63);
        }
        outline
    }

    /// A slip changes the length by at most one, and at most two of the letters that occur.
    fn may_be_within(self, other: Outline, slips: usize) -> bool {
        usize::from(self.length.abs_diff(other.length)) <= slips
            && (self.letters ^ other.letters).count_ones() as usize <= 2 * slips
    }
}

/// A name that may be near.
pub(super) struct Known {
    pub key: Word,
    pub id: PlaceId,
    pub outline: Outline,
}
