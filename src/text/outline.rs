//! Glyphs into outlines, on a straight baseline or along a curve.

use std::sync::OnceLock;

use harfrust::GlyphId;
use kurbo::{Affine, BezPath, ParamCurve, ParamCurveDeriv, PathSeg, Point, Rect, Shape, Vec2};
use skrifa::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};

use super::{Face, Font, Metrics, Shaped};
use crate::geometry::Path;

/// Into how many chords a curve's segment is cut to measure its length: 1° of turn at most in a quarter circle.
const CHORDS: usize = 96;

/// The outline of a shaped run, its start at the origin, y downwards.
pub fn outline(shaped: &Shaped, font: &Font, size: f64) -> BezPath {
    let mut path = BezPath::new();
    for glyph in &shaped.glyphs {
        draw(
            &mut path,
            glyph.face,
            glyph.id,
            Affine::translate((glyph.x, glyph.y)) * em(glyph.face, font, size),
        );
    }
    path
}

/// The outline of a shaped run that follows `curve`, its start `start` px along it.
///
/// Each glyph stands on the tangent at its middle (SVG 2, §11.8.3); one whose middle lies beyond an end of the
/// curve is not drawn.
pub fn outline_along(shaped: &Shaped, font: &Font, size: f64, curve: &Path, start: f64) -> BezPath {
    let chords = chords(curve);
    let mut path = BezPath::new();
    for glyph in &shaped.glyphs {
        let half = glyph.advance / 2.0;
        if let Some((at, direction)) = at_length(&chords, start + glyph.x + half) {
            let turn = Affine::new([direction.x, direction.y, -direction.y, direction.x, at.x, at.y]);
            let place = turn * Affine::translate((-half, glyph.y)) * em(glyph.face, font, size);
            draw(&mut path, glyph.face, glyph.id, place);
        }
    }
    path
}

/// The length of `curve` in px.
pub fn arc_length(curve: &Path) -> f64 {
    chords(curve).iter().map(|c| c.length).sum()
}

/// A short piece of a curve.
struct Chord {
    segment: PathSeg,
    from: f64,
    to: f64,
    length: f64,
}

/// The pieces of `curve`, of positive length. (kurbo's own arc length takes the system's `hypot` and `ln`, which
/// differ between machines.)
fn chords(curve: &Path) -> Vec<Chord> {
    let mut found = Vec::new();
    for segment in curve.segments() {
        let count = if matches!(segment, PathSeg::Line(_)) { 1 } else { CHORDS };
        for i in 0..count {
            let (from, to) = (i as f64 / count as f64, (i + 1) as f64 / count as f64);
            let length = norm(segment.eval(to) - segment.eval(from));
            if length > 0.0 {
                found.push(Chord { segment, from, to, length });
            }
        }
    }
    found
}

fn norm(v: Vec2) -> f64 {
    (v.x * v.x + v.y * v.y).sqrt()
}

/// The point `length` px along the curve and the unit vector of its direction there.
fn at_length(chords: &[Chord], length: f64) -> Option<(Point, Vec2)> {
    let mut rest = length;
    if rest < 0.0 {
        return None;
    }
    for chord in chords {
        if rest <= chord.length {
            let t = chord.from + (chord.to - chord.from) * rest / chord.length;
            let along = match chord.segment {
                PathSeg::Line(s) => s.deriv().eval(t).to_vec2(),
                PathSeg::Quad(s) => s.deriv().eval(t).to_vec2(),
                PathSeg::Cubic(s) => s.deriv().eval(t).to_vec2(),
            };
            let size = norm(along);
            return (size > 0.0).then(|| (chord.segment.eval(t), along / size));
        }
        rest -= chord.length;
    }
    None
}

/// How far a made-up italic leans: 14° (CSS Fonts 4, §2.4), what browsers do to a family without an italic cut.
const LEAN: f64 = 0.25;

/// From a face's units, y upwards, to px at `size`, y downwards.
fn em(face: Face, font: &Font, size: f64) -> Affine {
    let units = face.parsed().map_or(1000, |p| p.font.units_per_em());
    let scale = size / f64::from(units);
    let lean = if font.italic && !face.italic() { LEAN } else { 0.0 };
    Affine::new([scale, 0.0, scale * lean, -scale, 0.0, 0.0])
}

/// Appends glyph `id`, moved by `place`.
pub(super) fn draw(path: &mut BezPath, face: Face, id: u16, place: Affine) {
    let Some(parsed) = face.parsed() else { return };
    if let Some(glyph) = parsed.font.outline_glyphs().get(GlyphId::from(id)) {
        let mut sink = Sink { path, place };
        // A glyph that cannot be drawn leaves its space empty; the test of the bundled fonts rules it out.
        let _ = glyph.draw(&DrawOptions::new(), DrawMemory::Scratch, &mut sink);
    }
}

/// Vertical measures of `face` at size 1, drawn once.
pub(super) fn metrics(face: Face) -> Metrics {
    static KNOWN: OnceLock<Vec<OnceLock<Metrics>>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| Face::all().map(|_| OnceLock::new()).collect());
    let height = |letter| extent(face, letter).map_or(0.0, |e| e.y1);
    let depth = |letter| extent(face, letter).map_or(0.0, |e| -e.y0);
    let measure = || Metrics {
        cap_height: height('H'),
        x_height: height('x'),
        ascent: height('b').max(height('d')),
        descent: depth('p').max(depth('g')),
    };
    match known.get(face.index()) {
        Some(cell) => *cell.get_or_init(measure),
        None => measure(),
    }
}

/// The box of `letter`'s ink at size 1, y upwards.
fn extent(face: Face, letter: char) -> Option<Rect> {
    let parsed = face.parsed()?;
    let id = parsed.font.charmap().map_unicode(letter)?;
    let mut path = BezPath::new();
    let units = f64::from(parsed.font.units_per_em());
    draw(&mut path, face, u16::try_from(id.to_u32()).ok()?, Affine::scale(1.0 / units));
    Some(path.bounding_box())
}

struct Sink<'a> {
    path: &'a mut BezPath,
    place: Affine,
}

impl Sink<'_> {
    fn at(&self, x: f32, y: f32) -> Point {
        self.place * Point::new(f64::from(x), f64::from(y))
    }
}

impl PathSink for Sink<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.at(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.at(x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.path.quad_to(self.at(cx, cy), self.at(x, y));
    }

    fn curve_to(&mut self, cx: f32, cy: f32, dx: f32, dy: f32, x: f32, y: f32) {
        self.path.curve_to(self.at(cx, cy), self.at(dx, dy), self.at(x, y));
    }

    fn close(&mut self) {
        self.path.close_path();
    }
}
