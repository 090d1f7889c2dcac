//! The bytes of an SVG document: escaped text, short numbers, path data.

use kurbo::{PathEl, Point};

use crate::geometry::Path;

/// A document being written.
#[derive(Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// Markup, as it is.
    pub fn raw(&mut self, markup: &str) -> &mut Self {
        self.bytes.extend_from_slice(markup.as_bytes());
        self
    }

    /// Somebody's words: markup signs become references; what XML 1.0 (§2.2) forbids is left out.
    pub fn text(&mut self, words: &str) -> &mut Self {
        for c in words.chars() {
            match c {
                '&' => self.raw("&amp;"),
                '<' => self.raw("&lt;"),
                '>' => self.raw("&gt;"),
                '"' => self.raw("&quot;"),
                '\n' | '\t' => self.raw(c.encode_utf8(&mut [0; 4])),
                c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => self,
                c => self.raw(c.encode_utf8(&mut [0; 4])),
            };
        }
        self
    }

    /// ` name="words"`.
    pub fn attribute(&mut self, name: &str, words: &str) -> &mut Self {
        self.raw(" ").raw(name).raw("=\"").text(words).raw("\"")
    }

    /// ` name="number"`.
    pub fn number_attribute(&mut self, name: &str, value: f64, decimals: u8) -> &mut Self {
        self.raw(" ").raw(name).raw("=\"").number(value, decimals).raw("\"")
    }

    /// `value` with at most `decimals` decimals.
    pub fn number(&mut self, value: f64, decimals: u8) -> &mut Self {
        self.fixed(round(value, decimals), decimals);
        self
    }

    /// How many bytes are written.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The document.
    pub fn finish(self) -> String {
        // Only whole characters were written, so nothing is ever replaced.
        String::from_utf8(self.bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned())
    }

    /// `units` of 10^-`decimals`, as short as can be: `-.5`, `12`, `0`.
    fn fixed(&mut self, units: i64, decimals: u8) {
        if units < 0 {
            self.bytes.push(b'-');
        }
        let (whole, mut part) = split(units.unsigned_abs(), decimals);
        if whole > 0 || part == 0 {
            self.digits(whole, 1);
        }
        if part > 0 {
            let mut width = usize::from(decimals);
            while part.is_multiple_of(10) {
                part /= 10;
                width -= 1;
            }
            self.bytes.push(b'.');
            self.digits(part, width);
        }
    }

    fn digits(&mut self, mut value: u64, width: usize) {
        // most steps along an outline are of one digit
        if width == 1 && value < 10 {
            return self.bytes.push(b'0' + value as u8);
        }
        let mut digits = [b'0'; 20];
        let mut at = digits.len();
        while value > 0 {
            at -= 1;
            digits[at] = b'0' + (value % 10) as u8;
            value /= 10;
        }
        self.bytes.extend_from_slice(&digits[at.min(digits.len() - width)..]);
    }

    /// Path data with `decimals` decimals.
    ///
    /// Points are rounded where they stand and only then subtracted, so that errors do not add up and two places
    /// that share a border still share it. Pieces that rounding makes vanish are left out; with `keep_dots` a
    /// subpath that shrinks to a point stays as a point.
    pub fn path(&mut self, path: &Path, decimals: u8, keep_dots: bool) -> &mut Self {
        let mut data =
            PathData { to: self, decimals, at: (0, 0), start: (0, 0), last: 0, dotted: false, pending: None };
        for element in path.elements() {
            data.element(element, keep_dots);
        }
        data.end_subpath(keep_dots);
        self
    }
}

/// Whole part, and the rest in units of 10^-`decimals`. Dividing by a number that is known beforehand is quick.
fn split(units: u64, decimals: u8) -> (u64, u64) {
    match decimals {
        0 => (units, 0),
        1 => (units / 10, units % 10),
        2 => (units / 100, units % 100),
        3 => (units / 1000, units % 1000),
        _ => (units / 10_000, units % 10_000),
    }
}

/// Whole units of 10^-`decimals`; 0 for what is not a number.
fn round(value: f64, decimals: u8) -> i64 {
    const SCALE: [f64; 5] = [1.0, 10.0, 100.0, 1000.0, 10_000.0];
    let scaled = value * SCALE[usize::from(decimals.min(4))];
    // Halves go up, as in every neighbour's path, whichever way it is walked.
    // A page is never that large, and differences must not overflow.
    let up = (scaled + 0.5).clamp(-1e15, 1e15);
    // a cast cuts towards zero and makes NaN 0
    let whole = up as i64;
    whole - i64::from(whole as f64 > up)
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
    fn value(&mut self, value: i64, fresh: bool) {
        let (whole, part) = split(value.unsigned_abs(), self.decimals);
        let starts_dotted = value > 0 && whole == 0;
        if !fresh && value >= 0 && !(self.dotted && starts_dotted) {
            self.to.bytes.push(b' ');
        }
        self.to.fixed(value, self.decimals);
        self.dotted = part != 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: f64, decimals: u8) -> String {
        let mut writer = Writer::default();
        writer.number(value, decimals);
        writer.finish()
    }

    fn path(data: &str, decimals: u8) -> String {
        let mut writer = Writer::default();
        writer.path(&Path::from_svg(data).expect("path data"), decimals, false);
        writer.finish()
    }

    #[test]
    fn numbers_are_short() {
        let given = [0.0, -0.04, 0.5, -0.5, 12.0, 100.04, 7.25, -1234.56, f64::NAN, 1e300];
        let written: Vec<String> = given.iter().map(|&v| number(v, 1)).collect();
        assert_eq!(written[..8], ["0", "0", ".5", "-.5", "12", "100", "7.3", "-1234.6"]);
        assert_eq!(written[8], "0");
        assert_eq!([number(1.05, 2), number(1.005, 4), number(0.01, 2)], ["1.05", "1.005", ".01"]);
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

    #[test]
    fn words_are_escaped() {
        let mut writer = Writer::default();
        writer.text("<a b=\"c\">&\u{0}\u{8}\u{b}\u{1f}\u{7f}\u{ffff}\n🇻🇪]]>");
        assert_eq!(writer.finish(), "&lt;a b=&quot;c&quot;&gt;&amp;\n🇻🇪]]&gt;");
    }
}
