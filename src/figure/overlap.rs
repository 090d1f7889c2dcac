//! What is said of places of a borders file that lie over each other.

use crate::atlas::{Overlap, Own, PlaceId};
use crate::diagnostic::{Diagnostic, Place};

/// So many overlaps are told by name.
const SHOWN: usize = 5;

/// One warning for all overlaps of the file called `file`.
pub(super) fn told(own: &Own, file: &str) -> Option<Diagnostic> {
    let all = own.overlaps();
    let name = |id: PlaceId| own.name(id);
    let words = |one: &Overlap| {
        let verb = if one.whole { "lies within" } else { "lies over a part of" };
        format!("{} {verb} {}", name(one.upper), name(one.lower))
    };
    let shown: Vec<String> = all.iter().take(SHOWN).map(words).collect();
    let more = match all.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    let what = format!("places overlap: {}{more}", shown.join("; "));
    let one = Diagnostic::warning(what).at(Place::file(file));
    (!all.is_empty()).then(|| {
        one.hint("the smaller one is drawn on top and hides the other there; take one of them out of the file if that is not meant")
    })
}
