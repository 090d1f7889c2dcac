//! Systems of codes for countries: which there are, and what a code means in each.
//!
//! ISO 3166-1 stands in the table of places; the other systems are packed from `data/codes.csv` by
//! `build/words.rs`, sorted, and searched by bisection. A code is looked up in *one* system: `BRN` is Brunei
//! by ISO and Bahrain by the IOC, and only a whole column can tell which of the two is meant.

use std::sync::OnceLock;

use super::{Atlas, PlaceId, place};

/// A system of codes for countries and territories.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CodeSystem {
    /// ISO 3166-1 alpha-2 (`VE`).
    Alpha2,
    /// ISO 3166-1 alpha-3 (`VEN`).
    Alpha3,
    /// ISO 3166-1 numeric (`862`).
    Numeric,
    /// UN M49: ISO 3166-1 numeric, and numbers of regions (`019`, the Americas).
    M49,
    /// International Olympic Committee (`GER`).
    Ioc,
    /// International football federation (`IDN`, `SVN`).
    Fifa,
    /// FIPS 10-4, later GEC, of the U.S. government (`GM` Germany, `SZ` Switzerland).
    Fips,
    /// Eurostat: ISO 3166-1 alpha-2, but `EL` Greece and `UK` United Kingdom.
    Eurostat,
}

/// What a code means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coded {
    /// A place.
    Place(PlaceId),
    /// A group of places (`WLD` in tables of the World Bank, `150` Europe in M49).
    Group,
}

/// Numbers of M49 that stand for regions and other groups; UN Statistics Division, "Standard country or
/// area codes for statistical use (M49)".
const M49_GROUPS: [u16; 37] = [
    1, 2, 3, 5, 9, 11, 13, 14, 15, 17, 18, 19, 21, 29, 30, 34, 35, 39, 53, 54, 57, 61, 62, 135, 142, 143,
    145, 150, 151, 154, 155, 199, 202, 419, 432, 722, 747,
];

impl CodeSystem {
    /// All systems, in the order in which they are preferred.
    pub const ALL: [CodeSystem; 8] = [
        CodeSystem::Alpha2,
        CodeSystem::Alpha3,
        CodeSystem::Numeric,
        CodeSystem::M49,
        CodeSystem::Eurostat,
        CodeSystem::Ioc,
        CodeSystem::Fifa,
        CodeSystem::Fips,
    ];

    /// Its word in reports (`iso-alpha-3`, `ioc`).
    pub fn word(self) -> &'static str {
        match self {
            CodeSystem::Alpha2 => "iso-alpha-2",
            CodeSystem::Alpha3 => "iso-alpha-3",
            CodeSystem::Numeric => "iso-numeric",
            CodeSystem::M49 => "m49",
            CodeSystem::Ioc => "ioc",
            CodeSystem::Fifa => "fifa",
            CodeSystem::Fips => "fips",
            CodeSystem::Eurostat => "eurostat",
        }
    }

    /// Its name in a sentence (`ISO alpha-3`, `IOC`).
    pub fn title(self) -> &'static str {
        match self {
            CodeSystem::Alpha2 => "ISO alpha-2",
            CodeSystem::Alpha3 => "ISO alpha-3",
            CodeSystem::Numeric => "ISO numeric",
            CodeSystem::M49 => "UN M49",
            CodeSystem::Ioc => "IOC",
            CodeSystem::Fifa => "FIFA",
            CodeSystem::Fips => "FIPS",
            CodeSystem::Eurostat => "Eurostat",
        }
    }
}

impl Atlas {
    /// What `code` means in `system`, in any case, for numbers also without leading zeros. `None`: nothing.
    pub fn coded(&self, code: &str, system: CodeSystem) -> Option<Coded> {
        let code = code.to_ascii_uppercase();
        let place = |code: &str, system| place::by_iso(system, code).map(Coded::Place);
        match system {
            CodeSystem::Alpha2 if code.len() == 2 => place(&code, system).or_else(|| listed(system, &code)),
            CodeSystem::Alpha3 => place(&code, system).or_else(|| listed(system, &code)),
            CodeSystem::Numeric => place(&format!("{:03}", number(&code)?), system),
            CodeSystem::M49 => self.coded(&code, CodeSystem::Numeric).or_else(|| {
                let known = number(&code).is_some_and(|n| M49_GROUPS.contains(&n));
                known.then_some(Coded::Group)
            }),
            _ => listed(system, &code),
        }
    }
}

impl Atlas {
    /// The codes of a place in a system that is listed (not ISO 3166-1, which stands in [`super::Place`]).
    pub fn codes_of(&self, id: PlaceId, system: CodeSystem) -> Vec<&'static str> {
        let wanted = id.0.to_string();
        let fits = |line: &&'static str| {
            let mut cells = line.split('\t');
            let (word, code, of) = (cells.next()?, cells.next()?, cells.next()?);
            (word == system.word() && of == wanted).then_some(code)
        };
        CODES.lines().filter_map(|line| fits(&line)).collect()
    }
}

/// A number of at most three digits, as spreadsheets leave it (`4`, `004`, `4.0`, `'004`).
pub fn number(text: &str) -> Option<u16> {
    let digits = text.strip_prefix('\'').unwrap_or(text);
    let digits = digits.strip_suffix(".0").unwrap_or(digits);
    let is_number = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if is_number { digits.parse().ok() } else { None }
}

/// The packed codes: lines `system TAB code TAB id`, sorted.
static CODES: &str = include_str!(concat!(env!("OUT_DIR"), "/codes.tsv"));

fn listed(system: CodeSystem, code: &str) -> Option<Coded> {
    static LINES: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    let lines = LINES.get_or_init(|| CODES.lines().filter_map(|line| line.rsplit_once('\t')).collect());
    let wanted = format!("{}\t{code}", system.word());
    let at = lines.binary_search_by(|(known, _)| (*known).cmp(wanted.as_str())).ok()?;
    match lines.get(at)?.1 {
        "-" => Some(Coded::Group),
        id => id.parse().ok().map(|id| Coded::Place(PlaceId(id))),
    }
}
