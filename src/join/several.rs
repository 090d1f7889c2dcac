//! Several places in one cell: `Colombia, Peru; Chile`, `Colombia and Peru`.
//!
//! A cell is taken apart only when it is no place as a whole and every part of it is one: `Trinidad and Tobago` and
//! `Korea, Rep.` stay whole, also within a list. A place and the state or continent around it (`Georgia, USA`) are
//! one place told twice and not two, and so is a name beside its own code (`New York, NY`).

use crate::atlas::{Level, Lookup, PlaceId, Via, code_number};

use super::reading::Reader;

/// A cell of more parts is a text and no list.
const MOST_PARTS: usize = 300;
/// A name with more marks in it than this is none: `Congo, Dem. Rep. of the`, `Bonaire, Sint Eustatius and Saba`.
const MOST_MARKS: usize = 5;
/// Words between the last two parts of a list.
const ANDS: [&str; 9] = ["and", "y", "e", "et", "und", "en", "&", "og", "och"];

/// A part of a cell: its byte range, and what it means.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Part {
    pub start: usize,
    pub end: usize,
    pub meaning: Lookup,
}

/// A piece between two marks, and whether the mark before it is a comma.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    end: usize,
    after_comma: bool,
}

/// What `cell` means as a whole; `Bosnia/Herzegovina` is `Bosnia and Herzegovina`.
pub(super) fn whole(reader: Reader, cell: &str) -> Lookup {
    match reader.lookup(cell) {
        Lookup::Unknown if cell.contains('/') => reader.lookup(&cell.replace('/', " and ")),
        known => known,
    }
}

/// The places of `cell`, which is none as a whole; `None` when any part is none.
pub(super) fn places(reader: Reader, cell: &str) -> Option<Vec<Part>> {
    let pieces = pieces(cell)?;
    // a text ends the search at its first words
    let place = |(part, piece): (Part, Piece)| {
        matches!(part.meaning, Lookup::One(..) | Lookup::Many(_)).then_some((part, piece))
    };
    let parts: Vec<(Part, Piece)> = apart(reader, cell, &pieces).map(place).collect::<Option<_>>()?;
    is_list(reader, cell, &parts).then(|| parts.into_iter().map(|(part, _)| part).collect())
}

/// What of `cell` may tell how a column writes its codes: each of a list of codes, or the whole cell.
pub(super) fn codes(cell: &str) -> Vec<&str> {
    let cut = |piece: &Piece| &cell[piece.start..piece.end];
    let is_code = |code: &str| {
        let letters = code.bytes().all(|byte| byte.is_ascii_uppercase());
        letters && (2..=3).contains(&code.len()) || code_number(code).is_some()
    };
    match pieces(cell) {
        Some(pieces) if pieces.iter().all(|piece| is_code(cut(piece))) => pieces.iter().map(cut).collect(),
        _ => vec![cell],
    }
}

/// The parts of a `cell` that is a list for certain, whether they are places or not.
pub(super) fn parts(reader: Reader, cell: &str) -> Option<Vec<Part>> {
    let pieces = pieces(cell)?;
    Some(apart(reader, cell, &pieces).map(|(part, _)| part).collect())
}

/// The cell cut at every mark that may part a list; `None` when there is none.
fn pieces(cell: &str) -> Option<Vec<Piece>> {
    let mut all = Vec::new();
    let (mut start, mut after_comma) = (0, false);
    let mut push = |start: usize, end: usize, after_comma: bool| {
        let words = cell[start..end].trim();
        let start = start + cell[start..end].find(words).unwrap_or(0);
        // `Peru, and Chile` has nothing between its comma and its word
        if !words.is_empty() {
            all.push(Piece { start, end: start + words.len(), after_comma });
        }
    };
    let mut at = 0;
    while let Some(c) = cell[at..].chars().next() {
        let mark = match c {
            ';' | ',' | '/' | '|' | '\n' | '、' | '،' | '，' | '；' => c.len_utf8(),
            c if c.is_whitespace() => and_after(&cell[at..]),
            _ => 0,
        };
        if mark > 0 {
            push(start, at, after_comma);
            after_comma = matches!(c, ',' | '，');
            start = at + mark;
        }
        at += mark.max(c.len_utf8());
    }
    push(start, cell.len(), after_comma);
    (all.len() > 1 && all.len() <= MOST_PARTS).then_some(all)
}

/// The length of ` and ` at the start of `text`, up to its second space.
fn and_after(text: &str) -> usize {
    let inner = text.trim_start();
    let word = inner.split(char::is_whitespace).next().unwrap_or_default();
    let is_and = ANDS.iter().any(|and| and.eq_ignore_ascii_case(word));
    if is_and && inner.len() > word.len() { text.len() - inner.len() + word.len() } else { 0 }
}

/// The pieces joined into parts, each the longest run of them that is a place, with the first piece of each.
fn apart<'a>(
    reader: Reader<'a>,
    cell: &'a str,
    pieces: &'a [Piece],
) -> impl Iterator<Item = (Part, Piece)> + 'a {
    let mut next = 0;
    std::iter::from_fn(move || {
        let first = pieces.get(next)?;
        let longest = pieces.len().min(next + 1 + MOST_MARKS);
        let runs = (next + 1..=longest).rev().map(|upto| (upto, pieces[upto - 1].end));
        let mut found = runs.map(|(upto, end)| (upto, end, reader.lookup(&cell[first.start..end])));
        let known = found.find(|(_, _, meaning)| *meaning != Lookup::Unknown);
        let (upto, end, meaning) = known.unwrap_or((next + 1, first.end, Lookup::Unknown));
        next = upto;
        Some((Part { start: first.start, end, meaning }, *first))
    })
}

/// Whether parts that are all places are a list of them.
fn is_list(reader: Reader, cell: &str, parts: &[(Part, Piece)]) -> bool {
    let mut ids: Vec<PlaceId> = parts.iter().filter_map(|(part, _)| part.one()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    let told_twice = parts.windows(2).any(|pair| {
        let [(one, _), (other, piece)] = pair else { return false };
        piece.after_comma && around(reader, cell, one, other)
    });
    let codes = parts.iter().filter(|(part, _)| part.is_code(&cell[part.start..part.end])).count();
    parts.len() > 1 && ids.len() == count && !told_twice && (codes == 0 || codes == parts.len())
}

/// Whether two parts tell of one place: a territory and its state, the name of a U.S. state and the U.S., or
/// `China, Taiwan Province of China`.
fn around(reader: Reader, cell: &str, one: &Part, other: &Part) -> bool {
    let Reader { names, level, .. } = reader;
    let (Some(first), Some(second)) = (one.one(), other.one()) else { return false };
    let words = |part: &Part| cell[part.start..part.end].to_lowercase();
    let state_of_us = level == Level::Country
        && names.code_and_name(second).0 == "USA"
        && matches!(names.lookup(&words(one), Level::UsState), Lookup::One(..));
    state_of_us
        || names.belongs_to(first, second)
        || names.belongs_to(second, first)
        || words(other).ends_with(&format!(" of {}", words(one)))
}

impl Part {
    fn one(&self) -> Option<PlaceId> {
        match self.meaning {
            Lookup::One(id, _) => Some(id),
            _ => None,
        }
    }

    /// Whether it is a code that stands beside names for something else: `Peru, IN` is a town in Indiana.
    fn is_code(&self, words: &str) -> bool {
        matches!(self.meaning, Lookup::One(_, Via::Alpha2 | Via::Numeric | Via::Code(_)))
            && !["US", "UK"].contains(&words)
    }
}

#[cfg(test)]
mod tests {
    use super::super::reading::Reading;
    use super::*;
    use crate::atlas::Atlas;

    /// A column of names of countries.
    fn countries() -> Reader<'static> {
        Reader { names: Atlas::bundled(), level: Level::Country, reading: Reading::default() }
    }

    /// The codes of the places of a cell, by the atlas itself.
    fn read(cell: &str) -> Option<Vec<String>> {
        let atlas = Atlas::bundled();
        assert_eq!(atlas.lookup(cell, Level::Country), Lookup::Unknown, "{cell} is one place");
        let parts = places(countries(), cell)?;
        Some(parts.iter().filter_map(|part| Some(atlas.place(part.one()?).code.to_string())).collect())
    }

    #[test]
    fn lists_are_taken_apart_at_every_mark() {
        let codes = |codes: &str| Some(codes.split(' ').map(str::to_owned).collect::<Vec<_>>());
        for cell in [
            "Colombia, Peru; Chile",
            "Colombia, Peru and Chile",
            "Colombia / Peru / Chile",
            "Colombia, Peru, & Chile",
            "Colombia\nPeru\nChile",
            "Colombia,Peru,Chile,",
            "COL, PER, CHL",
            "Colombia y Perú y Chile",
        ] {
            assert_eq!(read(cell), codes("COL PER CHL"), "{cell}");
        }
        assert_eq!(read("Korea, Rep., Congo, Dem. Rep. and Trinidad and Tobago"), codes("KOR COD TTO"));
        assert_eq!(read("Mexico, US and UK"), codes("MEX USA GBR"));
        assert_eq!(read("VE, CO, PE"), codes("VEN COL PER"));
        assert_eq!(read("Peru, Congo").map(|codes| codes.len()), Some(1));
    }

    #[test]
    fn what_is_one_place_or_none_stays_whole() {
        for cell in [
            "Georgia, USA",
            "Greenland, Denmark",
            "Lima, Peru",
            "Peru, IN",
            "Peru; World",
            "Peru, Peru",
            "sand and gravel",
            "Peru and",
            ",",
            "Guam, United States",
        ] {
            assert_eq!(places(countries(), cell), None, "{cell}");
        }
        let regional = whole(countries(), "Australia/New Zealand");
        assert_eq!(regional, Atlas::bundled().lookup("Australia and New Zealand", Level::Country));
    }
}
