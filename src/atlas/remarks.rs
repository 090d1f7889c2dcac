//! What is to be said of names that are no place of today: states that are no more, parts of places,
//! groups that were counted as one, and why a name may be several.
//!
//! Packed from `data/{historical,parts,ambiguous,groups}.csv` by `build/words.rs`.

use std::sync::OnceLock;

use super::normalize::key;
use super::{Atlas, Level, PlaceId};

/// What is to be said of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// A state that is no more: the year of its end, and what became of it.
    Former {
        /// Its last year.
        ended: &'static str,
        /// The places of today on its territory.
        successors: Vec<PlaceId>,
    },
    /// Several places that are sometimes counted as one (the Channel Islands).
    Union(Vec<PlaceId>),
    /// A part of a place, or a place that the atlas has no border for.
    Part {
        /// The places it lies in.
        within: Vec<PlaceId>,
        /// What it is (`a country of the United Kingdom`).
        what: &'static str,
    },
    /// Several places are called so.
    Several {
        /// Those places.
        places: Vec<PlaceId>,
        /// Why it is not decided (`both states are called so`).
        why: &'static str,
    },
}

impl Remark {
    /// Whether it is of a state that is no more.
    pub fn is_past(&self) -> bool {
        matches!(self, Remark::Former { .. })
    }

    /// What it says, as a sentence without its subject; `named` gives the words for a place.
    pub fn sentence(&self, named: &dyn Fn(PlaceId) -> String) -> String {
        let all = |ids: &[PlaceId], last: &str| listed(ids, named, last);
        match self {
            Remark::Former { ended, successors } => match successors.as_slice() {
                [one] => {
                    format!("is a state that ended in {ended}; today its land belongs to {}", named(*one))
                }
                many => {
                    format!("is a state that ended in {ended}; today on its land: {}", all(many, " and "))
                }
            },
            Remark::Union(places) => format!("is several places: {}", all(places, " and ")),
            Remark::Part { within, what } => {
                format!("is {what}, not a place of its own here; the whole is {}", all(within, " and "))
            }
            Remark::Several { places, why } => format!("may be {} ({why})", all(places, " or ")),
        }
    }
}

/// Places by name, parted by commas, with `last` before the last one.
pub fn listed(ids: &[PlaceId], named: &dyn Fn(PlaceId) -> String, last: &str) -> String {
    let mut all: Vec<String> = ids.iter().map(|id| named(*id)).collect();
    all.sort();
    match all.pop() {
        Some(end) if !all.is_empty() => format!("{}{last}{end}", all.join(", ")),
        Some(end) => end,
        None => String::new(),
    }
}

static REMARKS: &str = include_str!(concat!(env!("OUT_DIR"), "/remarks.tsv"));
static BESIDE: &str = include_str!(concat!(env!("OUT_DIR"), "/beside.tsv"));

impl Atlas {
    /// What is to be said of `name`, where it is a state that is no more, a part of a place, or several.
    pub fn remark(&self, name: &str, level: Level) -> Option<Remark> {
        let wanted = key(name);
        if level != Level::Country || wanted.is_empty() {
            return None;
        }
        let lines = lines();
        let at = lines.binary_search_by(|line| line[0].cmp(wanted.as_str())).ok()?;
        let [_, kind, list, words] = *lines.get(at)?;
        let places = ids(list);
        Some(match kind {
            "f" => Remark::Former { ended: words, successors: places },
            "u" => Remark::Union(places),
            "p" => Remark::Part { within: places, what: words },
            _ => Remark::Several { places, why: words },
        })
    }

    /// Whether `name`, which is a place, is a group of places where one of `others` stands in the same
    /// column: "Micronesia" beside "Melanesia" is a region of the Pacific, not the state.
    pub fn is_group_beside(&self, name: &str, others: &[&str]) -> bool {
        let wanted = key(name);
        let Some(line) = BESIDE.lines().find(|line| line.split('\t').next() == Some(wanted.as_str())) else {
            return false;
        };
        let groups: Vec<&str> = line.split(['\t', '|']).skip(1).collect();
        others.iter().any(|other| groups.contains(&key(other).as_str()))
    }
}

fn lines() -> &'static [[&'static str; 4]] {
    static LINES: OnceLock<Vec<[&'static str; 4]>> = OnceLock::new();
    LINES.get_or_init(|| {
        REMARKS.lines().filter_map(|line| line.split('\t').collect::<Vec<_>>().try_into().ok()).collect()
    })
}

/// Ids as they are packed, parted by spaces.
pub(super) fn ids(list: &str) -> Vec<PlaceId> {
    list.split(' ').filter_map(|id| id.parse().ok()).map(PlaceId).collect()
}
