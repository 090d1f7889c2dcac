//! Words as live SVG text.
//!
//! Every line has its place and every span its font, so a figure looks the same wherever the embedded fonts are
//! read, and stays editable where they are not.

use super::write::Writer;
use super::{color, defs, tag};
use crate::output::raster::advances;
use crate::paint::Color;
use crate::scene::{Anchor, Span, Text, TextLine};
use crate::text::{self, Face};

/// Decimals of places and sizes of words.
const DECIMALS: u8 = 2;
/// A line's ink reaches at most so far from top to bottom, in font sizes (accents left out).
const INK: f64 = 1.0;

/// Writes `text`.
pub fn write(to: &mut Writer, text: &Text) {
    let Some(first) = text.lines.iter().flat_map(|l| &l.spans).next() else { return };
    match text.halo {
        Some(halo) if halos_meet_letters(text) => {
            // A browser paints span after span, so that a rim would cover the letters before it.
            to.raw("<text aria-hidden=\"true\"");
            write_rim(to, halo.color, halo.width);
            write_lines(to, text, first, Some(halo.color));
            to.raw("<text");
            tag(to, &text.tag);
        }
        halo => {
            to.raw("<text");
            tag(to, &text.tag);
            if let Some(halo) = halo {
                to.raw(" paint-order=\"stroke\"");
                write_rim(to, halo.color, halo.width);
            }
        }
    }
    write_lines(to, text, first, None);
}

/// Whether the rim of one span could fall on the letters of another.
fn halos_meet_letters(text: &Text) -> bool {
    let Some(halo) = text.halo else { return false };
    let size = text.lines.iter().flat_map(|l| &l.spans).map(|s| s.size).fold(0.0, f64::max);
    text.lines.iter().any(|l| l.spans.len() > 1)
        || text.lines.windows(2).any(|pair| (pair[1].at.y - pair[0].at.y).abs() < size * INK + halo.width)
}

fn write_rim(to: &mut Writer, rim: Color, width: f64) {
    color(to, "stroke", rim);
    to.number_attribute("stroke-width", width * 2.0, DECIMALS).raw(" stroke-linejoin=\"round\"");
}

/// The rest of the start tag, the lines and the end tag. `ink` takes the place of every span's colour.
fn write_lines(to: &mut Writer, text: &Text, first: &Span, ink: Option<Color>) {
    let spaced = text.lines.iter().flat_map(|l| &l.spans).any(|s| s.tracking != 0.0);
    let anchor =
        if spaced && text.lines.iter().all(|l| l.along.is_none()) { Anchor::Start } else { text.anchor };
    let curved = text.lines.iter().any(|l| l.along.is_some());
    to.raw(match if curved { Anchor::Middle } else { anchor } {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    });
    write_style(to, first, None, ink);
    if text.lines.iter().any(loses_spaces) {
        to.raw(" xml:space=\"preserve\"");
    }
    let alone = text.lines.len() == 1 && !curved;
    if alone {
        write_place(to, &text.lines[0], text.anchor, anchor);
    }
    to.raw(">");
    if ink.is_none() && !text.tag.title.is_empty() {
        to.raw("<title>").text(&text.tag.title).raw("</title>");
    }
    for line in &text.lines {
        if let Some(curve) = &line.along {
            let offset = text::arc_length(curve) / 2.0 + line.spans.last().map_or(0.0, |s| s.tracking) / 2.0;
            to.raw("<textPath xlink:href=\"#").raw(&defs::baseline_id(curve)).raw("\" startOffset=\"");
            if spaced { to.number(offset, DECIMALS) } else { to.raw("50%") }.raw("\">");
            write_spans(to, line, first, ink);
            to.raw("</textPath>");
        } else if alone {
            write_spans(to, line, first, ink);
        } else {
            to.raw("<tspan");
            write_place(to, line, text.anchor, anchor);
            to.raw(">");
            write_spans(to, line, first, ink);
            to.raw("</tspan>");
        }
    }
    to.raw("</text>\n");
}

/// Whether a space of the line would be lost or joined with another without `xml:space`.
fn loses_spaces(line: &TextLine) -> bool {
    let words: String = line.spans.iter().map(|s| text::clean(&s.text)).collect();
    words.starts_with(' ') || words.ends_with(' ') || words.contains("  ")
}

/// Where the line stands. Browsers count the tracking after the last letter when they centre words, so spaced words
/// are placed by their start, which `write_lines` has chosen as `written`.
fn write_place(to: &mut Writer, line: &TextLine, meant: Anchor, written: Anchor) {
    let shift = match meant {
        _ if meant == written => 0.0,
        Anchor::Start => 0.0,
        Anchor::Middle => width(line) / 2.0,
        Anchor::End => width(line),
    };
    to.number_attribute("x", line.at.x - shift, DECIMALS).number_attribute("y", line.at.y, DECIMALS);
}

fn width(line: &TextLine) -> f64 {
    advances(line).1
}

fn write_spans(to: &mut Writer, line: &TextLine, first: &Span, ink: Option<Color>) {
    for span in &line.spans {
        if same_style(span, first, ink.is_some()) {
            to.text(&text::clean(&span.text));
        } else {
            to.raw("<tspan");
            write_style(to, span, Some(first), ink);
            to.raw(">").text(&text::clean(&span.text)).raw("</tspan>");
        }
    }
}

fn same_style(a: &Span, b: &Span, any_color: bool) -> bool {
    Face::main(&a.font) == Face::main(&b.font)
        && a.size == b.size
        && a.tracking == b.tracking
        && (any_color || a.color == b.color)
}

/// The attributes of `span` that differ from those of `base`, or from what SVG starts with.
fn write_style(to: &mut Writer, span: &Span, base: Option<&Span>, ink: Option<Color>) {
    let face = Face::main(&span.font);
    let base_face = base.map(|b| Face::main(&b.font));
    if base.is_none_or(|b| b.size != span.size) {
        to.number_attribute("font-size", span.size, DECIMALS);
    }
    if base_face.map_or(400, Face::weight) != face.weight() {
        to.number_attribute("font-weight", f64::from(face.weight()), 0);
    }
    if base_face.is_some_and(Face::italic) != face.italic() {
        to.attribute("font-style", if face.italic() { "italic" } else { "normal" });
    }
    if base.map_or(0.0, |b| b.tracking) != span.tracking {
        to.number_attribute("letter-spacing", span.tracking, 3);
    }
    match ink {
        Some(ink) if base.is_none() => color(to, "fill", ink),
        None if base.is_none_or(|b| b.color != span.color) => color(to, "fill", span.color),
        _ => {}
    }
}
