//! How the cells of a place column are read: as names, or as codes of one system.
//!
//! One code can mean two places: `BRN` is Brunei by ISO and Bahrain by the IOC, `AU` Australia by ISO and
//! Austria by FIPS. Only the column as a whole tells. So a column that consists of codes is read by one
//! system: ISO 3166-1, unless its header names another one, or several of its codes exist in another
//! system alone. The order of the rows and how often a code stands there make no difference.

use std::collections::BTreeSet;

use crate::atlas::{CodeSystem, Coded, Level, Lookup, PlaceId, Via, code_number, without_footnotes};
use crate::table::number;

use super::gazetteer::Gazetteer;
use super::words::header_system;

/// A column consists of codes when four cells in five are of one shape.
const MOST: (usize, usize) = (4, 5);

/// So many codes that only another system has show that a column is written in it; one may be a slip. Eurostat
/// differs from ISO in two codes only, and `EL` is nothing else.
const EVIDENCE: usize = 2;

/// How the cells of a column are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reading {
    /// The system whose codes the column consists of; `None` for a column of names.
    pub system: Option<CodeSystem>,
    /// Another system of which so many codes stand there too that a code which means two places is left open.
    rival: Option<CodeSystem>,
    /// The cells are numbers, but no known codes.
    strange_numbers: bool,
    /// The header says so.
    pub told: bool,
}

/// A column as it is read: by an atlas, at a level, as names or codes.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub names: &'a dyn Gazetteer,
    pub level: Level,
    pub reading: Reading,
}

impl Reader<'_> {
    /// What `cell`, or a part of one, means.
    pub fn lookup(&self, cell: &str) -> Lookup {
        self.reading.lookup(self.names, cell, self.level)
    }
}

/// What a cell looks like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Two,
    Three,
    Number,
    Words,
}

fn shape(cell: &str) -> Shape {
    let letters = cell.bytes().all(|byte| byte.is_ascii_alphabetic());
    match cell.len() {
        2 if letters => Shape::Two,
        3 if letters => Shape::Three,
        _ if code_number(cell).is_some() => Shape::Number,
        _ => Shape::Words,
    }
}

impl Reading {
    /// How `cells` are read, which may repeat and be in any order.
    pub fn of<'c>(
        cells: impl Iterator<Item = &'c str>,
        names: &dyn Gazetteer,
        level: Level,
        header: &str,
    ) -> Reading {
        let cells: BTreeSet<&str> = cells.map(without_footnotes).filter(|cell| !is_blank(cell)).collect();
        if level != Level::Country {
            return Reading::default();
        }
        let told = header_system(header);
        for (form, systems) in [
            (Shape::Two, &[CodeSystem::Alpha2, CodeSystem::Eurostat, CodeSystem::Fips][..]),
            (Shape::Three, &[CodeSystem::Alpha3, CodeSystem::Ioc, CodeSystem::Fifa]),
            (Shape::Number, &[CodeSystem::Numeric, CodeSystem::M49]),
        ] {
            let codes: Vec<&str> = cells.iter().copied().filter(|cell| shape(cell) == form).collect();
            let places =
                || cells.iter().filter(|cell| names.lookup(cell, level) != Lookup::Aggregate).count();
            if codes.is_empty()
                || codes.len() * MOST.1 < cells.len() * MOST.0 && codes.len() * MOST.1 < places() * MOST.0
            {
                continue;
            }
            return Reading::by_systems(&codes, names, systems, told);
        }
        Reading::default()
    }

    /// The system that explains `codes`; the first of `systems` is that of ISO.
    fn by_systems(
        codes: &[&str],
        names: &dyn Gazetteer,
        systems: &[CodeSystem],
        told: Option<CodeSystem>,
    ) -> Reading {
        let Some((&iso, others)) = systems.split_first() else { return Reading::default() };
        let known = |system: CodeSystem| -> Vec<bool> {
            codes.iter().map(|code| names.coded(code, system).is_some()).collect()
        };
        if iso == CodeSystem::Numeric {
            return Reading::of_numbers(codes, names);
        }
        if let Some(system) = told.filter(|told| systems.contains(told))
            && known(system).into_iter().filter(|known| *known).count() * 2 >= codes.len()
        {
            return Reading { system: Some(system), told: true, ..Reading::default() };
        }
        let by_iso = known(iso);
        // codes that only the one has, and only the other
        let balance = |system: CodeSystem| {
            let own = known(system);
            let only = |a: &[bool], b: &[bool]| a.iter().zip(b).filter(|(a, b)| **a && !**b).count();
            (only(&own, &by_iso), only(&by_iso, &own))
        };
        let mut reading = Reading { system: Some(iso), ..Reading::default() };
        let mut best = 0;
        for &system in others {
            let (gain, loss) = balance(system);
            let enough = if system == CodeSystem::Eurostat { 1 } else { EVIDENCE };
            if gain < enough {
                continue;
            }
            if gain > loss && gain - loss > best {
                best = gain - loss;
                let rival = (loss >= EVIDENCE).then_some(iso);
                reading = Reading { system: Some(system), rival, ..Reading::default() };
            } else if best == 0 && gain >= EVIDENCE {
                reading.rival.get_or_insert(system);
            }
        }
        reading
    }

    /// Numbers are codes only where nearly all of them are: ids and codes of other systems are numbers too.
    fn of_numbers(codes: &[&str], names: &dyn Gazetteer) -> Reading {
        let known = |code: &&&str| {
            names.coded(code, CodeSystem::M49).is_some()
                || names.lookup(code, Level::Country) != Lookup::Unknown
        };
        let groups = codes.iter().any(|code| names.coded(code, CodeSystem::M49) == Some(Coded::Group));
        if codes.iter().filter(known).count() * MOST.1 < codes.len() * MOST.0 {
            return Reading { strange_numbers: true, ..Reading::default() };
        }
        let system = if groups { CodeSystem::M49 } else { CodeSystem::Numeric };
        Reading { system: Some(system), ..Reading::default() }
    }

    /// What `cell` means.
    fn lookup(&self, names: &dyn Gazetteer, cell: &str, level: Level) -> Lookup {
        let bare = without_footnotes(cell);
        let form = shape(bare);
        if form == Shape::Words || level != Level::Country {
            return names.lookup(cell, level);
        }
        if let Some(system) = self.system
            && let Some(found) = self.code(names, bare, system)
        {
            return found;
        }
        let other = names.lookup(cell, level);
        match (&other, self.system) {
            // a number among names is a code where it is written as one: with all its digits
            (Lookup::One(_, Via::Numeric), _) if self.strange_numbers || bare.len() != 3 => Lookup::Unknown,
            // what no code of the column's system is may be a group or a state that is no more, but no guess
            (Lookup::One(..), Some(_)) if form_of(self.system) == Some(form) => Lookup::Unknown,
            _ => other,
        }
    }

    /// Whether the column consists of two-letter codes.
    pub fn is_two_letters(&self) -> bool {
        form_of(self.system) == Some(Shape::Two)
    }

    fn code(&self, names: &dyn Gazetteer, code: &str, system: CodeSystem) -> Option<Lookup> {
        let id = match names.coded(code, system)? {
            Coded::Group => return Some(Lookup::Aggregate),
            Coded::Place(id) => id,
        };
        if let Some(Coded::Place(other)) = self.rival.and_then(|rival| names.coded(code, rival))
            && other != id
        {
            return Some(Lookup::Many(sorted(id, other)));
        }
        let via = match system {
            CodeSystem::Alpha2 => Via::Alpha2,
            CodeSystem::Alpha3 => Via::Alpha3,
            CodeSystem::Numeric | CodeSystem::M49 => Via::Numeric,
            other => Via::Code(other),
        };
        Some(Lookup::One(id, via))
    }
}

fn form_of(system: Option<CodeSystem>) -> Option<Shape> {
    Some(match system? {
        CodeSystem::Alpha2 | CodeSystem::Eurostat | CodeSystem::Fips => Shape::Two,
        CodeSystem::Alpha3 | CodeSystem::Ioc | CodeSystem::Fifa => Shape::Three,
        CodeSystem::Numeric | CodeSystem::M49 => Shape::Number,
    })
}

fn sorted(one: PlaceId, other: PlaceId) -> Vec<PlaceId> {
    vec![one.min(other), one.max(other)]
}

/// Whether a cell says nothing, and so speaks for no system. `NA` may be a code.
fn is_blank(cell: &str) -> bool {
    cell.is_empty() || (number::is_missing_word(cell) && !cell.eq_ignore_ascii_case("na"))
}
