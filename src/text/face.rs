//! The bundled faces: which there are, which one a [`Font`] and a character ask for, and their parsed tables.
//!
//! Takes the TrueType files in `data/fonts` (made by `data/recipe/fonts.sh`); a face is parsed when it is first
//! used. Libre Franklin is the family that figures are set in; Inter stands in for the characters that it lacks.

use std::sync::OnceLock;

use harfrust::{Direction, Feature, Script, ShapePlan, Tag};

use super::Font;

/// One bundled font file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Face(u8);

/// What is known about a face before its file is read.
struct File {
    family: &'static str,
    weight: u16,
    italic: bool,
    bytes: &'static [u8],
}

/// A parsed face and the plans by which words are shaped in it.
pub(super) struct Parsed {
    /// The font's tables.
    pub font: harfrust::Font,
    /// Shaping with the usual ligatures, and without for spaced words.
    pub plans: [ShapePlan; 2],
    /// A bit for each of the characters before [`LATIN`] that it has.
    latin: [u64; (LATIN / 64) as usize],
}

/// Where Latin Extended-A ends: what comes before is nearly all that is ever set, so it is looked up once.
const LATIN: u32 = 0x180;

/// The faces that draw a font's characters: the main one, and the one that stands in.
#[derive(Clone, Copy)]
pub(super) struct Cascade {
    main: Face,
    fallback: Face,
}

impl Cascade {
    /// Those of `font`.
    pub fn of(font: &Font) -> Self {
        Cascade { main: Face::main(font), fallback: Face::fallback(font) }
    }

    /// The face that draws `c`; the main one when none can.
    pub fn face(&self, c: char) -> Face {
        if !self.main.has(c) && self.fallback.has(c) { self.fallback } else { self.main }
    }
}

/// Switches the ligatures off: spaced letters must not be joined (CSS Text 3, §8.2).
pub(super) const NO_LIGATURES: Feature =
    Feature { tag: Tag::new(b"liga"), value: 0, start: Feature::GLOBAL_START, end: Feature::GLOBAL_END };

macro_rules! file {
    ($family:literal, $weight:literal, $italic:literal, $name:literal) => {
        File {
            family: $family,
            weight: $weight,
            italic: $italic,
            bytes: include_bytes!(concat!("../../data/fonts/", $name)),
        }
    };
}

static FILES: [File; 8] = [
    file!("Libre Franklin", 400, false, "LibreFranklin-400Regular.ttf"),
    file!("Libre Franklin", 500, false, "LibreFranklin-500Medium.ttf"),
    file!("Libre Franklin", 600, false, "LibreFranklin-600SemiBold.ttf"),
    file!("Libre Franklin", 700, false, "LibreFranklin-700Bold.ttf"),
    file!("Libre Franklin", 400, true, "LibreFranklin-400RegularItalic.ttf"),
    file!("Libre Franklin", 600, true, "LibreFranklin-600SemiBoldItalic.ttf"),
    file!("Inter", 400, false, "Inter-400Regular.ttf"),
    file!("Inter", 600, false, "Inter-600SemiBold.ttf"),
];
/// How many of `FILES`, from the first, are cuts of the main family.
const MAIN: usize = 6;

static PARSED: [OnceLock<Option<Parsed>>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];

impl Face {
    /// Every bundled face.
    pub fn all() -> impl Iterator<Item = Face> {
        (0..FILES.len() as u8).map(Face)
    }

    /// Its place among all faces.
    pub(super) fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The cut of the main family that is nearest to `font`: of its slope, then of the least difference in
    /// weight, the lighter of two.
    pub fn main(font: &Font) -> Face {
        nearest(0..MAIN, font)
    }

    /// The face that stands in where [`Face::main`] lacks a character.
    pub fn fallback(font: &Font) -> Face {
        nearest(MAIN..FILES.len(), font)
    }

    /// The face that draws `c` in `font`; the main one when none can.
    pub fn of(c: char, font: &Font) -> Face {
        Cascade::of(font).face(c)
    }

    /// Whether it has a glyph for `c`.
    pub fn has(self, c: char) -> bool {
        let code = u32::from(c);
        self.parsed().is_some_and(|p| match p.latin.get((code / 64) as usize) {
            Some(bits) => bits >> (code % 64) & 1 != 0,
            None => maps(&p.font, code),
        })
    }

    /// The family as CSS writes it.
    pub fn family(self) -> &'static str {
        self.file().family
    }

    /// CSS weight.
    pub fn weight(self) -> u16 {
        self.file().weight
    }

    /// Whether it is an italic cut.
    pub fn italic(self) -> bool {
        self.file().italic
    }

    /// Whether it stands in for characters that the main family lacks.
    pub fn is_fallback(self) -> bool {
        usize::from(self.0) >= MAIN
    }

    /// The TrueType file.
    pub fn bytes(self) -> &'static [u8] {
        self.file().bytes
    }

    /// Its tables; `None` only if the bundled file is broken, which a test rules out.
    pub(super) fn parsed(self) -> Option<&'static Parsed> {
        PARSED.get(usize::from(self.0))?.get_or_init(|| parse(self.bytes())).as_ref()
    }

    fn file(self) -> &'static File {
        FILES.get(usize::from(self.0)).unwrap_or(&FILES[0])
    }
}

fn nearest(among: std::ops::Range<usize>, font: &Font) -> Face {
    let score = |file: &File| (file.italic != font.italic, file.weight.abs_diff(font.weight), file.weight);
    among.min_by_key(|&i| score(&FILES[i])).map_or(Face(0), |i| Face(i as u8))
}

fn parse(bytes: &'static [u8]) -> Option<Parsed> {
    let font = harfrust::Font::new(bytes, 0)?;
    // The bundled fonts have one set of rules for all scripts, so one plan serves them all.
    let plan = |features: &[Feature]| {
        ShapePlan::new(&font, Direction::LeftToRight, Some(Script::LATIN), None, features)
    };
    let plans = [plan(&[]), plan(&[NO_LIGATURES])];
    let mut latin = [0; (LATIN / 64) as usize];
    for code in (0..LATIN).filter(|&code| maps(&font, code)) {
        latin[(code / 64) as usize] |= 1 << (code % 64);
    }
    Some(Parsed { font, plans, latin })
}

fn maps(font: &harfrust::Font, code: u32) -> bool {
    font.charmap().map_unicode(code).is_some_and(|glyph| glyph.to_u32() != 0)
}
