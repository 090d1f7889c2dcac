//! A user's own symbol: shapes and colours out of an SVG file, and nothing else of it.
//!
//! Taken are `path`, `rect`, `circle`, `ellipse`, `line`, `polyline`, `polygon` and groups of them, with fills, strokes
//! and transforms. What would act, or bring something in from elsewhere, is refused with its line: nothing of the file's
//! text reaches an output. What drawing programs write about themselves is passed over.

use kurbo::{Affine, Point, Rect, Vec2};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::look::{Fault, Look, length};
use super::path::{self, arc, numbers};
use super::{Line, Part};
use crate::diagnostic::{Diagnostic, Place, Result};
use crate::geometry::Path;

/// A drawing about the origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Its outlines, the first at the back.
    pub parts: Vec<Part>,
    /// The box around them.
    pub bounds: Rect,
}

/// The longer side of a drawing, for a circle of radius 1: it has details, and seldom fills its box.
const SIDE: f64 = 2.1;
/// A symbol is drawn many times: more than this would weigh on the figure.
const MOST_BYTES: usize = 128 * 1024;
const MOST_ELEMENTS: usize = 4000;
const DEEPEST: usize = 32;

/// Reads the text of an SVG file that the user calls `file`.
///
/// # Errors
/// It is no SVG, holds something that a symbol may not hold, nothing to draw, or too much.
pub fn read(file: &str, text: &str) -> Result<Drawing> {
    if text.len() > MOST_BYTES {
        let size = text.len() / 1024;
        let one = Diagnostic::error(format!("the symbol has {size} KB, and may have {}", MOST_BYTES / 1024));
        return Err(one.at(Place::file(file)).hint("draw it simpler: it is shown a few px wide").into());
    }
    let mut reader = quick_xml::Reader::from_str(text);
    let mut reading = Reading::default();
    loop {
        let before = line(text, reader.buffer_position());
        let event = reader.read_event();
        let at = |line: usize| Place::line(file, line);
        let event = event.map_err(|error| {
            let one = Diagnostic::error(format!("the file is no XML that can be read: {error}"));
            one.at(at(line(text, reader.error_position()))).hint("save it once more as a plain SVG")
        })?;
        let seen = match &event {
            Event::Start(start) => reading.open(start, false),
            Event::Empty(start) => reading.open(start, true),
            Event::End(_) => {
                reading.close();
                Ok(())
            }
            Event::DocType(_) => doctype(event.as_ref()),
            Event::Eof => break,
            _ => Ok(()),
        };
        seen.map_err(|(what, hint)| Diagnostic::error(what).at(at(before)).hint(hint))?;
    }
    if !reading.levels.is_empty() || reading.aside > 0 {
        let one = Diagnostic::error("the file ends in the middle").at(Place::file(file));
        return Err(one.hint("save it once more as a plain SVG").into());
    }
    reading.finish().map_err(|(what, hint)| Diagnostic::error(what).at(Place::file(file)).hint(hint).into())
}

/// The 1-based line in which what follows `position` begins.
fn line(text: &str, position: u64) -> usize {
    let position = usize::try_from(position).unwrap_or(usize::MAX).min(text.len());
    let rest = &text.as_bytes()[position..];
    let space = rest.iter().take_while(|b| b.is_ascii_whitespace()).count();
    let space = if space == rest.len() { 0 } else { space };
    text.as_bytes()[..position + space].iter().filter(|b| **b == b'\n').count() + 1
}

/// A document type may name another file, but may not define anything.
fn doctype(text: &str) -> std::result::Result<(), Fault> {
    if text.contains('[') || text.to_ascii_uppercase().contains("ENTITY") {
        return Err(("a symbol may not define entities".to_owned(), "save the file as a plain SVG"));
    }
    Ok(())
}

/// A drawing while it is read.
#[derive(Default)]
struct Reading {
    /// The looks of the open elements.
    levels: Vec<Look>,
    /// How deep within an element that is passed over.
    aside: usize,
    parts: Vec<Part>,
    elements: usize,
}

impl Reading {
    fn open(&mut self, start: &BytesStart, empty: bool) -> std::result::Result<(), Fault> {
        let full = start.name().as_ref().to_owned();
        let (prefix, name) = full.split_once(':').unwrap_or(("", &full));
        self.elements += 1;
        if self.levels.len() + self.aside > DEEPEST {
            return Err(("the groups of the symbol are nested too deep".to_owned(), "ungroup its shapes"));
        }
        forbidden(name)?;
        let foreign = !matches!(prefix, "" | "svg");
        let passed = matches!(name, "defs" | "title" | "desc" | "metadata" | "namedview" | "symbol");
        if self.aside > 0 || foreign || passed {
            self.aside += usize::from(!empty);
            return Ok(());
        }
        if self.levels.is_empty() && name != "svg" {
            return Err((
                format!("the file begins with `{name}` and is no SVG"),
                "name a file with an `svg` element",
            ));
        }
        let mut look = self.levels.last().cloned().unwrap_or_default();
        let attributes = attributes(start)?;
        for (key, value) in &attributes {
            look.take(key, value)?;
        }
        if let Some(outline) = outline(name, &attributes)? {
            self.add(outline, &look)?;
        } else if !matches!(name, "svg" | "g" | "switch" | "a") || (name == "svg" && !self.levels.is_empty())
        {
            return Err((format!("a symbol cannot hold `{name}`"), SHAPES));
        }
        if !empty {
            self.levels.push(look);
        }
        Ok(())
    }

    fn close(&mut self) {
        if self.aside > 0 {
            self.aside -= 1;
        } else {
            self.levels.pop();
        }
    }

    fn add(&mut self, outline: Path, look: &Look) -> std::result::Result<(), Fault> {
        let (fill, line) = (look.fill(), look.line());
        let seen = fill.is_some() || line.is_some();
        if look.hidden || !seen || outline.elements().len() < 2 {
            return Ok(());
        }
        let path = look.transform * outline;
        let bounds = path.bounding_box();
        if !bounds.is_finite()
            || bounds.x0.abs().max(bounds.y0.abs()).max(bounds.x1.abs()).max(bounds.y1.abs()) > 1e9
        {
            return Err((
                "a shape reaches too far out".to_owned(),
                "draw the symbol within a few hundred px",
            ));
        }
        self.elements += path.elements().len();
        if self.elements > MOST_ELEMENTS {
            let what = format!("the symbol has more than {MOST_ELEMENTS} points and shapes");
            return Err((what, "draw it simpler: it is shown a few px wide"));
        }
        if look.even_odd {
            self.parts.push(Part { path, fill, line });
            return Ok(());
        }
        // figures are filled by the even-odd rule: where no part is a hole, each is filled for itself
        let pieces = pieces(path);
        self.parts.extend(pieces.into_iter().map(|path| Part { path, fill, line: line.clone() }));
        Ok(())
    }

    /// Brings the parts to the origin and to their size.
    fn finish(self) -> std::result::Result<Drawing, Fault> {
        let around = |part: &Part| {
            let half = part.line.as_ref().map_or(0.0, |line| line.width / 2.0);
            part.path.bounding_box().inflate(half, half)
        };
        let bounds = self.parts.iter().map(around).reduce(|a, b| a.union(b));
        let Some(bounds) = bounds.filter(|rect| rect.width().max(rect.height()) > 1e-6) else {
            return Err(("there is nothing to draw in the symbol".to_owned(), SHAPES));
        };
        let scale = SIDE / bounds.width().max(bounds.height());
        let place = Affine::scale(scale) * Affine::translate(-bounds.center().to_vec2());
        let placed = |part: Part| {
            let line = part.line.map(|line| Line { width: line.width * scale, ..line });
            Part { path: place * part.path, fill: part.fill, line }
        };
        let parts = self.parts.into_iter().map(placed).collect();
        let size = bounds.size() * scale;
        Ok(Drawing { parts, bounds: Rect::from_center_size(Point::ZERO, size) })
    }
}

const SHAPES: &str = "keep paths and basic shapes with plain fills (in Inkscape: Path, Object to Path)";

/// Elements that are not passed over, wherever they stand.
fn forbidden(name: &str) -> std::result::Result<(), Fault> {
    let hint = match name {
        "script" | "foreignObject" | "iframe" | "animate" | "animateTransform" | "animateMotion" | "set" => {
            "a symbol is paths and basic shapes: take the element out"
        }
        "style" => "write colours at the shapes (in Illustrator's export: Styling, Presentation Attributes)",
        "use" => "draw the shapes themselves into the file (in Inkscape: Edit, Clone, Unlink Clone)",
        "image" => "draw it as shapes: a picture is not sharp at every size",
        "text" => "turn the words into paths (in Inkscape: Path, Object to Path)",
        _ => return Ok(()),
    };
    Err((format!("a symbol cannot hold `{name}`"), hint))
}

fn attributes(start: &BytesStart) -> std::result::Result<Vec<(String, String)>, Fault> {
    let broken = || ("an attribute cannot be read".to_owned(), "save the file once more as a plain SVG");
    let mut all = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| broken())?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| broken())?;
        all.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    Ok(all)
}

/// The outline of a shape; `None` where the element is none.
fn outline(name: &str, attributes: &[(String, String)]) -> std::result::Result<Option<Path>, Fault> {
    let given = |key: &str| attributes.iter().find(|(one, _)| one == key).map(|(_, value)| value.trim());
    let number = |key: &str| given(key).map_or(Ok(0.0), length);
    let broken = |key: &str| {
        let what = format!("`{key}` of a `{name}` cannot be read");
        (what, "save the file once more in a drawing program")
    };
    Ok(Some(match name {
        "path" => match given("d").filter(|data| !data.is_empty()) {
            None => Path::new(),
            Some(data) => path::parse(data).ok_or_else(|| broken("d"))?,
        },
        "rect" => {
            let rect = Rect::from_origin_size(
                (number("x")?, number("y")?),
                (number("width")?.max(0.0), number("height")?.max(0.0)),
            );
            let rx = given("rx").or(given("ry")).map_or(Ok(0.0), length)?;
            rounded(rect, rx.clamp(0.0, rect.width().min(rect.height()) / 2.0))
        }
        "circle" => ellipse((number("cx")?, number("cy")?).into(), Vec2::new(number("r")?, number("r")?)),
        "ellipse" => ellipse((number("cx")?, number("cy")?).into(), Vec2::new(number("rx")?, number("ry")?)),
        "line" => lines(&[number("x1")?, number("y1")?, number("x2")?, number("y2")?], false),
        "polyline" | "polygon" => {
            let points = numbers(given("points").unwrap_or_default()).ok_or_else(|| broken("points"))?;
            lines(&points, name == "polygon")
        }
        _ => return Ok(None),
    }))
}

fn lines(numbers: &[f64], close: bool) -> Path {
    let mut path = Path::new();
    path.polyline(numbers.chunks_exact(2).map(|pair| Point::new(pair[0], pair[1])));
    if close && !path.is_empty() {
        path.close_path();
    }
    path
}

fn ellipse(center: Point, radii: Vec2) -> Path {
    let mut path = Path::new();
    if radii.x > 0.0 && radii.y > 0.0 {
        let side = Vec2::new(radii.x, 0.0);
        path.move_to(center + side);
        arc(&mut path, center + side, center - side, radii, 0.0, (false, true));
        arc(&mut path, center - side, center + side, radii, 0.0, (false, true));
        path.close_path();
    }
    path
}

fn rounded(rect: Rect, r: f64) -> Path {
    let Rect { x0, y0, x1, y1 } = rect;
    let mut path = lines(&[x0 + r, y0, x1 - r, y0], false);
    let radii = Vec2::new(r, r);
    let corners = [(x1, y0 + r, x1, y1 - r), (x1 - r, y1, x0 + r, y1), (x0, y1 - r, x0, y0 + r)];
    let mut at = Point::new(x1 - r, y0);
    for (x, y, to_x, to_y) in corners {
        arc(&mut path, at, Point::new(x, y), radii, 0.0, (false, true));
        at = Point::new(to_x, to_y);
        path.line_to(at);
    }
    arc(&mut path, at, Point::new(x0 + r, y0), radii, 0.0, (false, true));
    path.close_path();
    path
}

/// The subpaths one by one where all wind the same way, else the path as it is.
fn pieces(path: Path) -> Vec<Path> {
    let mut all: Vec<Path> = path.subpaths().map(|subpath| subpath.elements().collect()).collect();
    all.retain(|piece| piece.len() > 1);
    let ways: Vec<bool> = all.iter().map(|piece| piece.area() > 0.0).collect();
    if all.len() > 1 && ways.windows(2).all(|pair| pair[0] == pair[1]) { all } else { vec![path] }
}
