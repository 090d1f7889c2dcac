//! A face cut down to the characters that a figure uses, with their kerning and mark positions.
//!
//! By `skera`, the Rust port of HarfBuzz's subsetter. The glyphs that ligatures and compositions reach are kept.

use std::collections::BTreeSet;

use read_fonts::collections::IntSet;
use read_fonts::types::{GlyphId, NameId};
use skera::{DEFAULT_DROP_TABLES, Plan, SubsetFlags, subset_font};
use skrifa::{FontRef, Tag};

use super::Face;

/// The OpenType layout features that are kept, those of the bundled files.
const FEATURES: [&[u8; 4]; 5] = [b"ccmp", b"liga", b"kern", b"mark", b"mkmk"];
/// The names that are kept: copyright, family, style, PostScript name.
const NAMES: [u16; 4] = [0, 1, 2, 6];
/// English of the United States, the only language of the bundled names.
const NAME_LANGUAGE: u16 = 0x409;

/// A TrueType file with the glyphs of `characters` only; the whole face should the subsetter fail.
pub fn subset(face: Face, characters: &BTreeSet<char>) -> Vec<u8> {
    try_subset(face, characters).unwrap_or_else(|| face.bytes().to_vec())
}

fn try_subset(face: Face, characters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let font = FontRef::new(face.bytes()).ok()?;
    let flags = SubsetFlags::SUBSET_FLAGS_NO_HINTING
        | SubsetFlags::SUBSET_FLAGS_NOTDEF_OUTLINE
        | SubsetFlags::SUBSET_FLAGS_NO_BIDI_CLOSURE;
    let mut scripts = IntSet::<Tag>::empty();
    scripts.invert();
    let plan = Plan::new(
        &IntSet::<GlyphId>::empty(),
        &characters.iter().map(|&c| u32::from(c)).collect(),
        &font,
        flags,
        &DEFAULT_DROP_TABLES.iter().copied().collect(),
        &scripts,
        &FEATURES.iter().map(|tag| Tag::new(tag)).collect(),
        &NAMES.iter().map(|&id| NameId::new(id)).collect(),
        &std::iter::once(NAME_LANGUAGE).collect(),
    );
    subset_font(&font, &plan).ok()
}
