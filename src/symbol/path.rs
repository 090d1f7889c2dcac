//! Path data (SVG 2, §9.3) and lists of numbers.
//!
//! Arcs become cubic curves by the formulas of SVG 2, appendix B.2, with sines that are the same on every machine.

use kurbo::{Point, Vec2};

use crate::geometry::Path;

/// Numbers beyond this are no symbol's.
const FARTHEST: f64 = 1e6;

/// Reads numbers and letters one by one; what stands between numbers is space and commas.
pub(super) struct Scanner<'t> {
    rest: &'t str,
}

impl<'t> Scanner<'t> {
    pub fn new(text: &'t str) -> Scanner<'t> {
        Scanner { rest: text }
    }

    fn skip(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n', '\u{c}', ',']);
    }

    /// Whether nothing is left.
    pub fn is_done(&mut self) -> bool {
        self.skip();
        self.rest.is_empty()
    }

    /// The next letter, if one stands here.
    fn letter(&mut self) -> Option<char> {
        self.skip();
        let letter = self.rest.chars().next().filter(char::is_ascii_alphabetic)?;
        self.rest = &self.rest[1..];
        Some(letter)
    }

    /// The next number; `None` where there is none, or one that is too large.
    pub fn number(&mut self) -> Option<f64> {
        self.skip();
        let bytes = self.rest.as_bytes();
        let mut end = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
        let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
        end += digits(end);
        if bytes.get(end) == Some(&b'.') {
            end += 1 + digits(end + 1);
        }
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            match digits(end + 1 + sign) {
                0 => {}
                power => end += 1 + sign + power,
            }
        }
        let number: f64 = self.rest[..end].parse().ok()?;
        self.rest = &self.rest[end..];
        (number.abs() <= FARTHEST).then_some(number)
    }

    /// A 0 or a 1, which needs nothing before the next number.
    fn flag(&mut self) -> Option<bool> {
        self.skip();
        let flag = match self.rest.as_bytes().first()? {
            b'0' => false,
            b'1' => true,
            _ => return None,
        };
        self.rest = &self.rest[1..];
        Some(flag)
    }
}

/// All numbers of a list; `None` where something else stands in it.
pub(super) fn numbers(text: &str) -> Option<Vec<f64>> {
    let mut scanner = Scanner::new(text);
    let mut all = Vec::new();
    while !scanner.is_done() {
        all.push(scanner.number()?);
    }
    Some(all)
}

/// The outline of path data; `None` where it is broken.
pub(super) fn parse(data: &str) -> Option<Path> {
    let mut pen =
        Pen { text: Scanner::new(data), path: Path::new(), at: Point::ZERO, start: Point::ZERO, bend: None };
    let mut command = pen.text.letter().filter(|first| matches!(first, 'M' | 'm'))?;
    loop {
        pen.draw(command)?;
        if pen.text.is_done() {
            return Some(pen.path);
        }
        command = match pen.text.letter() {
            Some(next) => next,
            // a command goes on; after a move, lines follow
            None => match command {
                'M' => 'L',
                'm' => 'l',
                'Z' | 'z' => return None,
                same => same,
            },
        };
    }
}

struct Pen<'t> {
    text: Scanner<'t>,
    path: Path,
    at: Point,
    start: Point,
    /// The last control point of a curve, and of how many there were.
    bend: Option<(Point, usize)>,
}

impl Pen<'_> {
    fn point(&mut self, relative: bool) -> Option<Point> {
        let (x, y) = (self.text.number()?, self.text.number()?);
        let from = if relative { self.at.to_vec2() } else { Vec2::ZERO };
        let p = Point::new(x, y) + from;
        (p.x.abs() <= FARTHEST && p.y.abs() <= FARTHEST).then_some(p)
    }

    /// Goes to `p`; a subpath that was closed begins anew.
    fn line(&mut self, p: Point) {
        self.path.line_to(p);
        (self.at, self.bend) = (p, None);
    }

    /// The last control point, mirrored.
    fn mirrored(&self, points: usize) -> Point {
        let bend = self.bend.filter(|(_, of)| *of == points);
        bend.map_or(self.at, |(p, _)| self.at + (self.at - p))
    }

    fn draw(&mut self, command: char) -> Option<()> {
        let relative = command.is_ascii_lowercase();
        let letter = command.to_ascii_uppercase();
        if !matches!(letter, 'M' | 'Z')
            && matches!(self.path.elements().last(), Some(kurbo::PathEl::ClosePath))
        {
            self.path.move_to(self.at);
        }
        match letter {
            'M' => {
                let p = self.point(relative)?;
                self.path.move_to(p);
                (self.at, self.start, self.bend) = (p, p, None);
            }
            'L' => {
                let p = self.point(relative)?;
                self.line(p);
            }
            'H' => {
                let x = self.text.number()? + if relative { self.at.x } else { 0.0 };
                self.line(Point::new(x, self.at.y));
            }
            'V' => {
                let y = self.text.number()? + if relative { self.at.y } else { 0.0 };
                self.line(Point::new(self.at.x, y));
            }
            'C' | 'S' => {
                let first = if letter == 'C' { self.point(relative)? } else { self.mirrored(2) };
                let (second, end) = (self.point(relative)?, self.point(relative)?);
                self.path.curve_to(first, second, end);
                (self.at, self.bend) = (end, Some((second, 2)));
            }
            'Q' | 'T' => {
                let bend = if letter == 'Q' { self.point(relative)? } else { self.mirrored(1) };
                let end = self.point(relative)?;
                self.path.quad_to(bend, end);
                (self.at, self.bend) = (end, Some((bend, 1)));
            }
            'A' => {
                let radii = Vec2::new(self.text.number()?.abs(), self.text.number()?.abs());
                let turned = self.text.number()?;
                let flags = (self.text.flag()?, self.text.flag()?);
                let end = self.point(relative)?;
                arc(&mut self.path, self.at, end, radii, turned, flags);
                (self.at, self.bend) = (end, None);
            }
            'Z' => {
                self.path.close_path();
                (self.at, self.bend) = (self.start, None);
            }
            _ => return None,
        }
        Some(())
    }
}

/// An elliptical arc from `from` to `to` as cubic curves of a quarter of the ellipse at most.
pub(super) fn arc(
    path: &mut Path,
    from: Point,
    to: Point,
    radii: Vec2,
    turned: f64,
    (large, sweep): (bool, bool),
) {
    const LEAST: f64 = 1e-9;
    if from == to {
        return;
    }
    if radii.x < LEAST || radii.y < LEAST {
        path.line_to(to);
        return;
    }
    let (sin, cos) = libm::sincos(turned.to_radians());
    let half = (from - to) / 2.0;
    let p = Vec2::new(cos * half.x + sin * half.y, cos * half.y - sin * half.x);
    let over = (p.x / radii.x).powi(2) + (p.y / radii.y).powi(2);
    let radii = if over > 1.0 { radii * over.sqrt() } else { radii };
    // on the circle of radius 1 that the ellipse is when it is turned back and its axes are made equal
    let unit = Vec2::new(p.x / radii.x, p.y / radii.y);
    let span = unit.x * unit.x + unit.y * unit.y;
    let off = ((1.0 - span).max(0.0) / span.max(LEAST)).sqrt() * if large == sweep { -1.0 } else { 1.0 };
    let center = Vec2::new(unit.y, -unit.x) * off;
    let angle = |v: Vec2| libm::atan2(v.y, v.x);
    let start = angle(unit - center);
    let mut turn = angle(-unit - center) - start;
    let whole = std::f64::consts::TAU;
    if sweep && turn < 0.0 {
        turn += whole;
    } else if !sweep && turn > 0.0 {
        turn -= whole;
    }
    let middle = from.midpoint(to);
    let on_page = |v: Vec2| {
        let (x, y) = (v.x * radii.x, v.y * radii.y);
        middle + Vec2::new(cos * x - sin * y, sin * x + cos * y)
    };
    let pieces = (turn.abs() / (whole / 4.0) - LEAST).ceil().clamp(1.0, 4.0);
    let step = turn / pieces;
    let reach = 4.0 / 3.0 * libm::tan(step / 4.0);
    for piece in 0..pieces as usize {
        let (a, b) = (start + step * piece as f64, start + step * (piece as f64 + 1.0));
        let ((sa, ca), (sb, cb)) = (libm::sincos(a), libm::sincos(b));
        let end = if piece + 1 == pieces as usize { to } else { on_page(center + Vec2::new(cb, sb)) };
        path.curve_to(
            on_page(center + Vec2::new(ca - reach * sa, sa + reach * ca)),
            on_page(center + Vec2::new(cb + reach * sb, sb - reach * cb)),
            end,
        );
    }
}
