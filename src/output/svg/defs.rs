//! What an SVG document defines before it draws: patterns, clip paths, baselines, fonts.
//!
//! An id is a name and a hash of what it stands for, so that two figures in one web page do not take each other's
//! definitions.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use super::write::Writer;
use crate::geometry::Path;
use crate::output::pattern::{Form, Tile};
use crate::paint::{Paint, Pattern};
use crate::scene::{Group, Node, Scene, Text};
use crate::text::{self, Face, Font};

/// Decimals of a tile's measures: they are repeated hundreds of times.
const TILE_DECIMALS: u8 = 4;

/// Everything that a scene's marks refer to.
#[derive(Default)]
pub struct Defs<'a> {
    patterns: BTreeMap<String, &'a Pattern>,
    /// In drawing order of first use.
    pattern_order: Vec<String>,
    clips: Vec<(String, &'a Path)>,
    baselines: Vec<(String, &'a Path)>,
    /// The characters in use of each font.
    used: BTreeMap<&'a Font, BTreeSet<char>>,
}

impl<'a> Defs<'a> {
    /// Collects what `scene` refers to.
    pub fn of(scene: &'a Scene) -> Self {
        let mut defs = Defs::default();
        scene.layers.iter().for_each(|layer| defs.group(layer));
        defs
    }

    fn group(&mut self, group: &'a Group) {
        if let Some(clip) = &group.clip {
            add(&mut self.clips, clip_id(clip), clip);
        }
        for node in &group.nodes {
            match node {
                Node::Group(inner) => self.group(inner),
                Node::Text(text) => self.text(text),
                Node::Shape(shape) => {
                    if let Some(Paint::Pattern(pattern)) = &shape.fill {
                        self.pattern(pattern);
                    }
                }
            }
        }
    }

    fn pattern(&mut self, pattern: &'a Pattern) {
        let id = pattern_id(pattern);
        if self.patterns.insert(id.clone(), pattern).is_none() {
            self.pattern_order.push(id);
        }
    }

    fn text(&mut self, text: &'a Text) {
        for line in &text.lines {
            if let Some(curve) = &line.along {
                add(&mut self.baselines, baseline_id(curve), curve);
            }
            for span in &line.spans {
                let words = text::clean(&span.text);
                let used = self.used.entry(&span.font).or_default();
                // A browser composes a letter and its mark where the font lets it.
                used.extend(words.chars());
                if !words.is_ascii() {
                    used.extend(words.nfc());
                }
            }
        }
    }

    /// The characters in use of each face.
    fn characters(&self) -> BTreeMap<Face, BTreeSet<char>> {
        let mut characters: BTreeMap<Face, BTreeSet<char>> = BTreeMap::new();
        for (font, used) in &self.used {
            for c in used {
                characters.entry(Face::of(*c, font)).or_default().insert(*c);
            }
        }
        characters
    }

    /// Writes the `<defs>` element.
    pub fn write(&self, to: &mut Writer, decimals: u8) {
        to.raw("<defs>\n");
        self.write_fonts(to);
        for id in &self.pattern_order {
            write_pattern(to, id, &Tile::new(self.patterns[id]));
        }
        for (id, clip) in &self.clips {
            to.raw("<clipPath").attribute("id", id).raw("><path clip-rule=\"evenodd\" d=\"");
            to.path(clip, decimals + 1, false).raw("\"/></clipPath>\n");
        }
        for (id, curve) in &self.baselines {
            to.raw("<path").attribute("id", id).raw(" fill=\"none\" d=\"");
            to.path(curve, decimals + 1, true).raw("\"/>\n");
        }
        to.raw("</defs>\n");
    }

    /// A rule for each face: a subset with the characters in use.
    fn write_fonts(&self, to: &mut Writer) {
        let characters = self.characters();
        if characters.is_empty() {
            return;
        }
        let faces: Vec<_> = characters.iter().collect();
        let files: Vec<String> =
            faces.par_iter().map(|(face, used)| BASE64_STANDARD.encode(text::subset(**face, used))).collect();
        to.raw("<style>\n");
        for ((face, used), file) in faces.iter().zip(files) {
            to.raw("@font-face{font-family:'").raw(face.family()).raw("';font-style:");
            to.raw(if face.italic() { "italic" } else { "normal" }).raw(";font-weight:");
            to.raw(&weights(**face)).raw(";src:url(data:font/ttf;base64,").raw(&file);
            // With its range stated, a face adds to one of the same name that another figure in the page defines.
            to.raw(");unicode-range:").raw(&ranges(used)).raw("}\n");
        }
        to.raw("</style>\n");
    }
}

fn add<'a>(to: &mut Vec<(String, &'a Path)>, id: String, path: &'a Path) {
    if to.iter().all(|(known, _)| *known != id) {
        to.push((id, path));
    }
}

/// The second family answers for all weights with its two, so that a browser makes none bold by itself.
fn weights(face: Face) -> String {
    match (face.is_fallback(), face.weight()) {
        (false, weight) => weight.to_string(),
        (true, weight) if weight < 500 => "1 500".to_owned(),
        (true, _) => "501 1000".to_owned(),
    }
}

/// CSS `unicode-range` of `characters`.
fn ranges(characters: &BTreeSet<char>) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for c in characters.iter().map(|&c| u32::from(c)) {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == c => *last = c,
            _ => ranges.push((c, c)),
        }
    }
    let one = |(from, to): &(u32, u32)| {
        if from == to { format!("U+{from:X}") } else { format!("U+{from:X}-{to:X}") }
    };
    ranges.iter().map(one).collect::<Vec<_>>().join(",")
}

fn write_pattern(to: &mut Writer, id: &str, tile: &Tile) {
    let side = tile.side;
    to.raw("<pattern").attribute("id", id).raw(" patternUnits=\"userSpaceOnUse\"");
    to.number_attribute("width", side, TILE_DECIMALS).number_attribute("height", side, TILE_DECIMALS);
    write_transform(to, tile);
    to.raw(">");
    write_rect(to, (0.0, 0.0), (side, side), |to| super::color(to, "fill", tile.ground));
    for mark in &tile.marks {
        let fill = |to: &mut Writer| super::color(to, "fill", mark.color);
        match mark.form {
            Form::Band(from, end) => write_rect(to, (0.0, from), (side, end - from), fill),
            Form::Column(from, end) => write_rect(to, (from, 0.0), (end - from, side), fill),
            Form::Bar(x0, y0, x1, y1) => write_rect(to, (x0, y0), (x1 - x0, y1 - y0), fill),
            Form::Dot(x, y, radius) => {
                to.raw("<circle");
                for (name, value) in [("cx", x), ("cy", y), ("r", radius)] {
                    to.number_attribute(name, value, TILE_DECIMALS);
                }
                fill(to);
                to.raw("/>");
            }
        }
    }
    to.raw("</pattern>\n");
}

fn write_transform(to: &mut Writer, tile: &Tile) {
    let moved = tile.origin != (0.0, 0.0);
    if !moved && tile.angle == 0.0 {
        return;
    }
    to.raw(" patternTransform=\"");
    if moved {
        to.raw("translate(").number(tile.origin.0, TILE_DECIMALS).raw(" ");
        to.number(tile.origin.1, TILE_DECIMALS).raw(")");
    }
    if tile.angle != 0.0 {
        to.raw(if moved { " " } else { "" }).raw("rotate(").number(tile.angle, TILE_DECIMALS).raw(")");
    }
    to.raw("\"");
}

fn write_rect(to: &mut Writer, at: (f64, f64), size: (f64, f64), fill: impl Fn(&mut Writer)) {
    to.raw("<rect");
    for (name, value) in [("x", at.0), ("y", at.1)] {
        if value != 0.0 {
            to.number_attribute(name, value, TILE_DECIMALS);
        }
    }
    to.number_attribute("width", size.0, TILE_DECIMALS).number_attribute("height", size.1, TILE_DECIMALS);
    fill(to);
    to.raw("/>");
}

/// The id of a pattern.
pub fn pattern_id(pattern: &Pattern) -> String {
    let Pattern { ground, mark, form, origin } = pattern;
    let mut looks = format!("Pattern {{ ground: {ground:?}, mark: {mark:?}, form: {form:?} }}");
    if *origin != (0.0, 0.0) {
        looks.push_str(&format!(" at {origin:?}"));
    }
    hashed(Tile::new(pattern).name, looks.bytes())
}

/// The id of a clip path.
pub fn clip_id(path: &Path) -> String {
    hashed("clip", path_bytes(path))
}

/// The id of a curve that words follow.
pub fn baseline_id(path: &Path) -> String {
    hashed("baseline", path_bytes(path))
}

/// `name-` and eight hexadecimal digits of the FNV-1a hash of `bytes`
/// (<https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>), folded.
pub fn hashed(name: &str, bytes: impl Iterator<Item = u8>) -> String {
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325u64, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    format!("{name}-{:08x}", (hash >> 32) as u32 ^ hash as u32)
}

fn path_bytes(path: &Path) -> impl Iterator<Item = u8> {
    path.points().iter().flat_map(|p| [p.x.to_bits().to_le_bytes(), p.y.to_bits().to_le_bytes()]).flatten()
}
