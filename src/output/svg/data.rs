//! Path data: short relative steps, long outlines in parts side by side.

use kurbo::{PathEl, Point};
use rayon::prelude::*;

use super::write::{Writer, round, split};
use crate::geometry::{Path, Subpath};

impl Writer {
    /// Path data with `decimals` decimals.
    ///
    /// Points are rounded where they stand and only then subtracted, so that errors do not add up and two places
    /// that share a border still share it. Pieces that rounding makes vanish are left out; with `keep_dots` a
    /// subpath that shrinks to a point stays as a point.
    ///
    /// Long data is written in parts, side by side.
    pub fn path(&mut self, path: &Path, decimals: u8, keep_dots: bool) -> &mut Self {
        if path.len() < 2 * AT_ONCE {
            return self.part(path.elements(), (0, 0), decimals, keep_dots);
        }
        // where the pen stands before each part
        let (mut parts, mut pen) = (vec![(Vec::new(), (0, 0))], (0, 0));
        let mut count = 0;
        for subpath in path.subpaths() {
            if count >= AT_ONCE {
                parts.push((Vec::new(), pen));
                count = 0;
            }
            count += subpath.points().len();
            pen = pen_after(subpath, decimals, keep_dots).unwrap_or(pen);
            if let Some((part, _)) = parts.last_mut() {
                part.push(subpath);
            }
        }
        let written = |(part, pen): (Vec<Subpath<'_>>, Units)| {
            let mut to = Writer::default();
            to.part(part.into_iter().flat_map(Subpath::elements), pen, decimals, keep_dots);
            to.bytes
        };
        let written: Vec<Vec<u8>> = parts.into_par_iter().map(written).collect();
        written.iter().for_each(|part| self.bytes.extend_from_slice(part));
        self
    }

    /// Path data of whole subpaths, from where the pen stands.
    fn part(
        &mut self,
        elements: impl Iterator<Item = PathEl>,
        pen: Units,
        decimals: u8,
        keep_dots: bool,
    ) -> &mut Self {
        let mut data =
            PathData { to: self, decimals, at: pen, start: pen, last: 0, dotted: false, pending: None };
        for element in elements {
            data.element(element, keep_dots);
        }
        data.end_subpath(keep_dots);
        self
    }
}

/// So many points of path data are written at once.
const AT_ONCE: usize = 4000;

/// Where the pen stands after a subpath; `None` where it leaves no mark.
fn pen_after(subpath: Subpath<'_>, decimals: u8, keep_dots: bool) -> Option<Units> {
    let units = |p: Point| (round(p.x, decimals), round(p.y, decimals));
    let (first, last) = (units(*subpath.points().first()?), units(*subpath.points().last()?));
    let marks = keep_dots || subpath.points().iter().any(|p| units(*p) != first);
    marks.then_some(if subpath.is_closed() { first } else { last })
}

type Units = (i64, i64);

/// The state of path data while it is written.
struct PathData<'a> {
    to: &'a mut Writer,
    decimals: u8,
    at: Units,
    start: Units,
    /// The last command letter.
    last: u8,
    /// Whether the last number has a decimal point.
    dotted: bool,
    /// A move whose subpath has no mark yet, and where the pen was.
    pending: Option<Units>,
}

impl PathData<'_> {
    fn element(&mut self, element: PathEl, keep_dots: bool) {
        match element {
            PathEl::MoveTo(p) => {
                self.end_subpath(keep_dots);
                let pen = self.pending.unwrap_or(self.at);
                self.at = self.units(p);
                self.start = self.at;
                self.pending = Some(pen);
            }
            PathEl::LineTo(p) => self.line(self.units(p)),
            PathEl::QuadTo(p, q) => self.curve(b'q', &[p, q]),
            PathEl::CurveTo(p, q, r) => self.curve(b'c', &[p, q, r]),
            PathEl::ClosePath => {
                if self.pending.is_none() {
                    self.to.bytes.push(b'z');
                    self.last = b'z';
                }
                self.at = self.start;
            }
        }
    }

    /// A subpath without a mark: a point, or nothing.
    fn end_subpath(&mut self, keep_dots: bool) {
        if keep_dots && self.pending.is_some() {
            self.begin();
            self.command(b'h');
            self.to.bytes.push(b'0');
        }
    }

    fn units(&self, p: Point) -> Units {
        (round(p.x, self.decimals), round(p.y, self.decimals))
    }

    /// Writes the move that is still to be written.
    fn begin(&mut self) {
        if let Some(pen) = self.pending.take() {
            self.to.bytes.push(b'm');
            self.pair((self.start.0 - pen.0, self.start.1 - pen.1), true);
            self.last = b'l';
        }
    }

    fn line(&mut self, to: Units) {
        let delta = (to.0 - self.at.0, to.1 - self.at.1);
        if delta == (0, 0) {
            return;
        }
        self.begin();
        match delta {
            (dx, 0) => self.single(b'h', dx),
            (0, dy) => self.single(b'v', dy),
            _ => {
                let fresh = self.command(b'l');
                self.pair(delta, fresh);
            }
        }
        self.at = to;
    }

    fn curve(&mut self, letter: u8, points: &[Point]) {
        let (x, y) = self.at;
        if points.iter().all(|&p| self.units(p) == (x, y)) {
            return;
        }
        self.begin();
        let mut fresh = self.command(letter);
        for &p in points {
            let to = self.units(p);
            self.pair((to.0 - x, to.1 - y), fresh);
            fresh = false;
            self.at = to;
        }
    }

    /// Writes the letter unless it goes without saying; gives whether it was written.
    fn command(&mut self, letter: u8) -> bool {
        let fresh = self.last != letter;
        if fresh {
            self.to.bytes.push(letter);
            self.last = letter;
        }
        fresh
    }

    fn single(&mut self, letter: u8, value: i64) {
        let fresh = self.command(letter);
        self.value(value, fresh);
    }

    fn pair(&mut self, (dx, dy): Units, fresh: bool) {
        self.value(dx, fresh);
        self.value(dy, false);
    }

    /// A number, set apart from the one before it unless a minus sign or a second point does that.
    #[inline]
    fn value(&mut self, value: i64, fresh: bool) {
        let table = SHORT.get(usize::from(self.decimals).wrapping_sub(1));
        let short = table.and_then(|table| table.get(usize::try_from(value.unsigned_abs()).ok()?));
        let (whole, part) = split(value.unsigned_abs(), self.decimals);
        let starts_dotted = value > 0 && whole == 0;
        if !fresh && value >= 0 && !(self.dotted && starts_dotted) {
            self.to.bytes.push(b' ');
        }
        match short {
            Some(short) => {
                if value < 0 {
                    self.to.bytes.push(b'-');
                }
                // a copy of a known length is a single step
                let end = self.to.bytes.len() + usize::from(short.length);
                self.to.bytes.extend_from_slice(&short.digits);
                self.to.bytes.truncate(end);
            }
            None => self.to.fixed(value, self.decimals),
        }
        self.dotted = part != 0;
    }
}

/// How a number is written, without its sign.
#[derive(Clone, Copy)]
struct Short {
    digits: [u8; 4],
    length: u8,
}

/// The numbers of up to three digits, which most steps along an outline are, with one decimal and with two.
static SHORT: [[Short; 1000]; 2] = [shorts(1), shorts(2)];

const fn shorts(decimals: usize) -> [Short; 1000] {
    let mut all = [Short { digits: [0; 4], length: 0 }; 1000];
    let mut units = 0;
    while units < 1000 {
        let figures = [units / 100, units / 10 % 10, units % 10];
        // from the first figure that is not zero, or the last before the point, to the last that is not zero
        let point = 3 - decimals;
        let mut from = 0;
        while from < point && figures[from] == 0 {
            from += 1;
        }
        let mut end = 3;
        while end > point && figures[end - 1] == 0 {
            end -= 1;
        }
        let one = &mut all[units];
        let mut at = from;
        while at < end {
            if at == point {
                one.digits[one.length as usize] = b'.';
                one.length += 1;
            }
            one.digits[one.length as usize] = b'0' + figures[at] as u8;
            one.length += 1;
            at += 1;
        }
        if one.length == 0 {
            one.digits[0] = b'0';
            one.length = 1;
        }
        units += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(data: &str, decimals: u8) -> String {
        let mut writer = Writer::default();
        writer.path(&Path::from_svg(data).expect("path data"), decimals, false);
        writer.finish()
    }

    #[test]
    fn short_numbers_are_written_like_others() {
        for decimals in [1, 2] {
            for (units, short) in (0..).zip(&SHORT[usize::from(decimals) - 1]) {
                let mut plain = Writer::default();
                plain.fixed(units, decimals);
                assert_eq!(plain.bytes, short.digits[..usize::from(short.length)], "{units} of {decimals}");
            }
        }
    }

    #[test]
    fn paths_are_relative_and_short() {
        assert_eq!(path("M10 10L20 10L20 20.04L19.5 21L10 10Z", 1), "m10 10h10v10l-.5 1-9.5-11z");
        assert_eq!(path("M1 1C2 2 3 3 4 4C5 5 6 6 7 7", 2), "m1 1c1 1 2 2 3 3 1 1 2 2 3 3");
        assert_eq!(path("M0 0L5 5L5.01 5.01L9 9Z M20 20L21 22L22 20Z", 1), "m0 0 5 5 4 4zm20 20 1 2 1-2z");
        assert_eq!(path("M0.2 0.5L1.7 0.9", 1), "m.2.5 1.5.4");
    }

    #[test]
    fn what_rounding_makes_vanish_is_left_out() {
        assert_eq!(path("M5 5L5.01 5L5 5.01Z M8 8L9 9", 1), "m8 8 1 1");
        let mut writer = Writer::default();
        writer.path(&Path::from_svg("M5 5L5.01 5").expect("path data"), 1, true);
        assert_eq!(writer.finish(), "m5 5h0");
    }

    #[test]
    fn long_paths_are_written_as_short_ones() {
        let mut long = Path::new();
        for k in 0..3000 {
            let (x, y) = (f64::from(k % 71) * 3.3, f64::from(k / 71) * 2.7);
            // of three, one is too small to be seen and one is open
            let size = if k % 3 == 0 { 0.01 } else { 2.0 };
            long.polyline([Point::new(x, y), Point::new(x + size, y), Point::new(x, y + size)].into_iter());
            if k % 3 == 1 {
                long.close_path();
            }
        }
        for keep_dots in [false, true] {
            let (mut parts, mut whole) = (Writer::default(), Writer::default());
            parts.path(&long, 1, keep_dots);
            whole.part(long.elements(), (0, 0), 1, keep_dots);
            assert!(parts.bytes == whole.bytes, "with dots: {keep_dots}");
        }
    }

    #[test]
    fn errors_do_not_add_up() {
        let mut long = Path::new();
        long.move_to((0.0, 0.0));
        for i in 1..=1000 {
            long.line_to((f64::from(i) * 0.333, f64::from(i % 2)));
        }
        let mut writer = Writer::default();
        writer.path(&long, 1, false);
        let end = Path::from_svg(&writer.finish()).expect("path data");
        let last = end.segments().last().expect("a segment").reverse();
        assert!(
            crate::geometry::length(kurbo::ParamCurve::eval(&last, 0.0) - Point::new(333.0, 0.0)) < 0.051
        );
    }
}
