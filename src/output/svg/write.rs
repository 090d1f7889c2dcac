//! The bytes of an SVG document: escaped text, short numbers.

/// A document being written.
#[derive(Default)]
pub struct Writer {
    pub(super) bytes: Vec<u8>,
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

    /// Makes room for so many bytes more.
    pub fn reserve(&mut self, bytes: usize) {
        self.bytes.reserve(bytes);
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
    pub(super) fn fixed(&mut self, units: i64, decimals: u8) {
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
        let mut digits = [b'0'; 20];
        let mut at = digits.len();
        while value > 0 {
            at -= 1;
            digits[at] = b'0' + (value % 10) as u8;
            value /= 10;
        }
        self.bytes.extend_from_slice(&digits[at.min(digits.len() - width)..]);
    }
}

/// Whole part, and the rest in units of 10^-`decimals`. Dividing by a number that is known beforehand is quick.
pub(super) fn split(units: u64, decimals: u8) -> (u64, u64) {
    match decimals {
        0 => (units, 0),
        1 => (units / 10, units % 10),
        2 => (units / 100, units % 100),
        3 => (units / 1000, units % 1000),
        _ => (units / 10_000, units % 10_000),
    }
}

/// Whole units of 10^-`decimals`; 0 for what is not a number.
pub(super) fn round(value: f64, decimals: u8) -> i64 {
    const SCALE: [f64; 5] = [1.0, 10.0, 100.0, 1000.0, 10_000.0];
    let scaled = value * SCALE[usize::from(decimals.min(4))];
    // Halves go up, as in every neighbour's path, whichever way it is walked.
    // A page is never that large, and differences must not overflow.
    let up = (scaled + 0.5).clamp(-1e15, 1e15);
    // a cast cuts towards zero and makes NaN 0
    let whole = up as i64;
    whole - i64::from(whole as f64 > up)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: f64, decimals: u8) -> String {
        let mut writer = Writer::default();
        writer.number(value, decimals);
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
    fn words_are_escaped() {
        let mut writer = Writer::default();
        writer.text("<a b=\"c\">&\u{0}\u{8}\u{b}\u{1f}\u{7f}\u{ffff}\n🇻🇪]]>");
        assert_eq!(writer.finish(), "&lt;a b=&quot;c&quot;&gt;&amp;\n🇻🇪]]&gt;");
    }
}
