//! Official names by their form: "Republic of Guinea", "República de Guinea", "ギニア共和国".
//!
//! A state's official name is, in most languages, the words for its form of state around its name. So those
//! names need no list: the words are taken away, and what is left must be the name of a place that *has* this
//! form. That keeps apart what differs in nothing but its form: the Republic of the Congo and the Democratic
//! Republic of the Congo, the Republic of Korea and the Democratic People's Republic of Korea.

use std::sync::OnceLock;

use super::PlaceId;

/// Patterns and the places of each form, packed by `build/words.rs`.
static FORMS: &str = include_str!(concat!(env!("OUT_DIR"), "/forms.tsv"));

/// Words that tie a form to a name.
const TIES: [&str; 33] = [
    "of", "the", "de", "del", "la", "las", "los", "el", "le", "les", "du", "des", "da", "do", "das", "dos",
    "di", "dei", "degli", "della", "delle", "dello", "der", "die", "den", "von", "van", "het", "und", "and",
    "e", "द", "ऑफ",
];

/// Endings of such words that an apostrophe tied to the name (`d'Angola`, `dell'Ecuador`).
const GLUED: [&str; 4] = ["dell", "d", "l", "de l"];

/// Particles after a name, in Hindi.
const AFTER: [&str; 3] = ["का", "के", "की"];

struct Pattern {
    before: &'static str,
    after: &'static str,
    form: &'static str,
}

struct Forms {
    patterns: Vec<Pattern>,
    places: Vec<(&'static str, Vec<PlaceId>)>,
}

/// The one place whose official name has the key `key`, where `find` gives the places that a name may mean.
pub(super) fn place(key: &str, find: impl Fn(&str) -> Vec<PlaceId>) -> Option<PlaceId> {
    let forms = forms();
    let mut found: Option<PlaceId> = None;
    for pattern in &forms.patterns {
        let rest = key.strip_prefix(pattern.before).and_then(|rest| rest.strip_suffix(pattern.after));
        let Some(rest) = rest.map(str::trim).filter(|rest| !rest.is_empty()) else { continue };
        let having =
            |id: &PlaceId| forms.places.iter().any(|(form, ids)| *form == pattern.form && ids.contains(id));
        for name in names_in(rest) {
            let ids: Vec<PlaceId> = find(name).into_iter().filter(having).collect();
            match (ids.as_slice(), found) {
                ([], _) => continue,
                ([one], None) => found = Some(*one),
                ([one], Some(other)) if *one == other => {}
                _ => return None,
            }
            break;
        }
    }
    found
}

/// The name that may stand in what is left of an official name, with and without the words that tie.
fn names_in(rest: &str) -> Vec<&str> {
    let mut names = vec![rest];
    let mut bare = rest;
    while let Some((word, tail)) = bare.split_once(' ')
        && TIES.contains(&word)
    {
        bare = tail;
        names.push(bare);
    }
    if let Some((head, last)) = bare.rsplit_once(' ')
        && AFTER.contains(&last)
    {
        names.push(head);
    }
    names.extend(GLUED.iter().filter_map(|tie| bare.strip_prefix(tie)).map(str::trim));
    names
}

fn forms() -> &'static Forms {
    static PARSED: OnceLock<Forms> = OnceLock::new();
    PARSED.get_or_init(|| {
        let mut forms = Forms { patterns: Vec::new(), places: Vec::new() };
        for line in FORMS.lines() {
            let cells: Vec<&'static str> = line.split('\t').collect();
            match cells.as_slice() {
                ["p", before, after, form] => forms.patterns.push(Pattern { before, after, form }),
                ["f", form, ids] => forms.places.push((*form, super::remarks::ids(ids))),
                _ => {}
            }
        }
        forms
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_are_taken_away() {
        assert_eq!(names_in("de la india"), ["de la india", "la india", "india"]);
        assert!(names_in("dangola").contains(&"angola"));
        assert!(names_in("dellecuador").contains(&"ecuador"));
        assert_eq!(names_in("guinea"), ["guinea"]);
    }
}
