//! Words into glyphs and widths.
//!
//! Shaping (ligatures, kerning, mark positions) is HarfBuzz's algorithm, by `harfrust`. A run is cut where the
//! face changes, which happens at a character that the main family lacks, as a browser does with a font list.

use std::borrow::Cow;

use harfrust::{Buffer, Direction, Script, ShapeOptions, ShaperFont};

use super::face::{Cascade, NO_LIGATURES};
use super::{Face, Font, Glyph, Shaped};

/// Shapes `text` at `size` with `tracking` px after every letter.
pub fn shape(text: &str, font: &Font, size: f64, tracking: f64) -> Shaped {
    let text = clean(text);
    let mut shaped = Shaped { width: 0.0, glyphs: Vec::with_capacity(text.len()) };
    for (face, start, end) in segments(&text, font) {
        segment(&mut shaped, face, &text[start..end], start, size, tracking);
    }
    if !shaped.glyphs.is_empty() {
        shaped.width -= tracking;
    }
    shaped
}

/// `text` as it is set: line ends and tabs as spaces, other control characters left out.
///
/// What remains is also what XML 1.0 (§2.2) lets a document hold.
pub fn clean(text: &str) -> Cow<'_, str> {
    let odd = |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let kept = |c: char| match c {
        '\t' | '\n' | '\u{85}' => Some(' '),
        c if odd(c) => None,
        c => Some(c),
    };
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n").chars().filter_map(kept).collect())
}

/// The characters of `text` that no bundled face has, each once, in order of first use.
pub fn missing(text: &str, font: &Font) -> Vec<char> {
    let mut found = Vec::new();
    let cascade = Cascade::of(font);
    for c in clean(text).chars() {
        if !is_ignorable(c) && !cascade.face(c).has(c) && !found.contains(&c) {
            found.push(c);
        }
    }
    found
}

/// Characters that need no glyph: joiners, direction marks, soft hyphens, variation selectors.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

/// Stretches of `text` in one face: the face, first byte, byte after the last.
fn segments(text: &str, font: &Font) -> Vec<(Face, usize, usize)> {
    let mut found: Vec<(Face, usize, usize)> = Vec::with_capacity(1);
    let cascade = Cascade::of(font);
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match found.last_mut() {
            Some(last) if is_ignorable(c) || last.0 == cascade.face(c) => last.2 = end,
            _ => found.push((cascade.face(c), at, end)),
        }
    }
    found
}

/// Appends the glyphs of `text`, which starts at byte `offset` of the run.
fn segment(to: &mut Shaped, face: Face, text: &str, offset: usize, size: f64, tracking: f64) {
    let Some(buffer) = glyphs(face, text, tracking != 0.0) else { return };
    let Some(parsed) = face.parsed() else { return };
    let scale = size / f64::from(parsed.font.units_per_em());
    let (infos, positions) = (buffer.glyph_infos(), buffer.glyph_positions());
    for (i, (info, position)) in infos.iter().zip(positions).enumerate() {
        let last_of_letter = infos.get(i + 1).is_none_or(|next| next.cluster != info.cluster);
        let spacing = if last_of_letter { tracking } else { 0.0 };
        let advance = f64::from(position.x_advance) * scale + spacing;
        to.glyphs.push(Glyph {
            face,
            id: u16::try_from(info.glyph_id).unwrap_or(0),
            x: to.width + f64::from(position.x_offset) * scale,
            y: -f64::from(position.y_offset) * scale,
            advance,
            at: offset + info.cluster as usize,
        });
        to.width += advance;
    }
}

fn glyphs(face: Face, text: &str, spaced: bool) -> Option<Buffer> {
    let parsed = face.parsed()?;
    let mut buffer = Buffer::new();
    buffer.push_str(text);
    // The bundled fonts hold left-to-right scripts only.
    buffer.set_direction(Direction::LeftToRight);
    buffer.set_script(Some(Script::LATIN));
    let features: &[_] = if spaced { &[NO_LIGATURES] } else { &[] };
    let options = ShapeOptions::new().plan(Some(&parsed.plans[usize::from(spaced)])).features(features);
    harfrust::shape(&ShaperFont::new(&parsed.font), &mut buffer, options).ok()?;
    Some(buffer)
}
