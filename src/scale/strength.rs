//! Words of strength: values that say how sure or how strong a presence is, and so have an order.
//!
//! A column whose values are all in one of these lists is ordered without being told. A list is only
//! here when its order is beyond doubt; anything else is nominal until the map file gives classes.
//!
//! | step | words |
//! | --- | --- |
//! | origin | origin, source, core, headquarters, base, stronghold |
//! | sure | established, present, presence, confirmed, active, yes, member, permanent, in force |
//! | partial | limited, partial, partly, associate, associate member, observer, sporadic, transient, emerging, planned |
//! | doubtful | reported, suspected, possible, probable, likely, alleged, unconfirmed, claimed, disputed |
//! | none | absent, no, none, not present, inactive, never |
//!
//! and apart from them: extreme, very high, high, medium (moderate), low, very low, none.

use super::fold;

/// How strong a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Strength {
    /// 0 is the strongest.
    pub step: usize,
    /// It is only said to be so: never to be painted as what is sure.
    pub doubtful: bool,
}

/// Presence, strongest first; the fourth step is doubtful.
const PRESENCE: [&[&str]; 5] = [
    &["origin", "source", "core", "headquarters", "base", "stronghold"],
    &["established", "present", "presence", "confirmed", "active", "yes", "member", "permanent", "in force"],
    &[
        "limited",
        "partial",
        "partly",
        "associate",
        "associate member",
        "observer",
        "sporadic",
        "transient",
        "emerging",
        "planned",
    ],
    &[
        "reported",
        "suspected",
        "possible",
        "probable",
        "likely",
        "alleged",
        "unconfirmed",
        "claimed",
        "disputed",
        "reported, unconfirmed",
        "unconfirmed reports",
    ],
    &["absent", "no", "none", "not present", "inactive", "never"],
];
const DOUBTFUL: usize = 3;

/// Degrees, strongest first.
const DEGREES: [&[&str]; 7] =
    [&["extreme"], &["very high"], &["high"], &["medium", "moderate"], &["low"], &["very low"], &["none"]];

/// Whether all of `words` are of one list.
pub(super) fn all(words: &[String]) -> bool {
    let all_in = |list: &[&[&str]]| words.iter().all(|word| step(list, &fold(word)).is_some());
    all_in(&PRESENCE) || all_in(&DEGREES)
}

/// The strength of `word` (folded), if it has one.
pub(super) fn of(word: &str) -> Option<Strength> {
    let presence = step(&PRESENCE, word).map(|step| Strength { step, doubtful: step == DOUBTFUL });
    presence.or_else(|| step(&DEGREES, word).map(|step| Strength { step, doubtful: false }))
}

fn step(list: &[&[&str]], word: &str) -> Option<usize> {
    list.iter().position(|words| words.contains(&word))
}
