//! Numbers as people write them: decimal comma or point, thousands marks, signs, percent, currency.
//!
//! What a mark means is decided for a whole column ([`decimal_mark`]), because `1,234` alone may be
//! 1234 or 1.234. Marks are those of Unicode CLDR (`numbers`, all locales in Latin digits).

use super::trim;

/// Words and signs for "no data" among numbers.
const MISSING: [&str; 30] = [
    "",
    ".",
    "..",
    "...",
    "…",
    "-",
    "--",
    "–",
    "—",
    "−",
    ":",
    "?",
    "na",
    "n/a",
    "n.a.",
    "n.a",
    "#n/a",
    "<na>",
    "nan",
    "null",
    "none",
    "nil",
    "nd",
    "n.d.",
    "s/d",
    "k.a.",
    "no data",
    "not available",
    "missing",
    "unknown",
];

/// Of [`MISSING`], those that may be a category among words.
const MEANINGFUL_WORDS: [&str; 3] = ["none", "nil", "unknown"];

/// Whether `text` in a column of numbers says that there is no data.
pub fn is_missing(text: &str) -> bool {
    let text = trim(text);
    // no mark ends in a digit, and none is longer
    let amount = text.as_bytes().last().is_some_and(u8::is_ascii_digit);
    !amount && text.len() <= 16 && (is_listed(text) || is_sheet_error(text))
}

/// Whether `text` in a column of words says that there is no data; `none` and `unknown` are words there.
pub fn is_missing_word(text: &str) -> bool {
    is_missing(text) && !MEANINGFUL_WORDS.iter().any(|word| trim(text).eq_ignore_ascii_case(word))
}

fn is_listed(text: &str) -> bool {
    MISSING.iter().any(|mark| mark.eq_ignore_ascii_case(text))
}

fn is_sheet_error(text: &str) -> bool {
    ["#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!"].contains(&text)
}

/// How a column writes its decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    /// By this mark (`.` where no number has decimals or thousands).
    Decided(char),
    /// Row `.0` (0-based) can be read both ways, and no other row settles it.
    Unclear(usize),
    /// Row `.0` needs a point and row `.1` a comma.
    Conflict(usize, usize),
    /// No number has a mark at all.
    Plain,
}

/// The decimal mark that the numbers among `cells` agree on. Cells that are no numbers are passed over.
pub fn decimal_mark<'c>(cells: impl Iterator<Item = &'c str>) -> DecimalMark {
    let (mut point, mut comma, mut unclear) = (None, None, None);
    for (row, cell) in cells.enumerate() {
        let reading = match Short::of(cell) {
            Some(short) => Some(short.reading()),
            None => Parts::of(cell).map(|parts| parts.reading()),
        };
        match reading {
            Some(Reading::Decimal('.')) if point.is_none() => point = Some(row),
            Some(Reading::Decimal(',')) if comma.is_none() => comma = Some(row),
            Some(Reading::Either) if unclear.is_none() => unclear = Some(row),
            _ => {}
        }
    }
    match (point, comma, unclear) {
        (Some(point), Some(comma), _) => DecimalMark::Conflict(point, comma),
        (Some(_), None, _) => DecimalMark::Decided('.'),
        (None, Some(_), _) => DecimalMark::Decided(','),
        (None, None, Some(row)) => DecimalMark::Unclear(row),
        (None, None, None) => DecimalMark::Plain,
    }
}

/// The number that `text` writes with `decimal` (`.` or `,`) as its decimal mark; the other of the two,
/// spaces and apostrophes part thousands. A percent or currency sign is left out: `45 %` is 45.
pub fn parse(text: &str, decimal: char) -> Option<f64> {
    match Short::of(text) {
        Some(short) if short.mark.is_none() || (short.mark == Some('.') && decimal == '.') => {
            // a hyphen before a zero is no sign
            text.parse().ok().map(|value: f64| if value == 0.0 { 0.0 } else { value })
        }
        _ => Parts::of(text)?.value(decimal),
    }
}

/// Whether `text` is a number under either decimal mark.
pub fn looks_like(text: &str) -> bool {
    Short::of(text).is_some() || parse(text, '.').is_some() || parse(text, ',').is_some()
}

/// A number as most cells write it, which needs no taking apart: a hyphen or none, digits, and one mark with digits on
/// both sides, or none.
struct Short {
    mark: Option<char>,
    /// Its digits before and after the mark.
    whole: usize,
    fraction: usize,
    /// Its first digit is a zero.
    zero: bool,
}

impl Short {
    fn of(text: &str) -> Option<Short> {
        let bytes = text.strip_prefix('-').unwrap_or(text).as_bytes();
        if bytes.len() > 24 {
            return None;
        }
        let digits = |bytes: &[u8]| bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let whole = digits(bytes);
        let (mark, fraction) = match bytes.get(whole) {
            None => (None, 0),
            Some(mark @ (b'.' | b',')) => (Some(char::from(*mark)), digits(&bytes[whole + 1..])),
            Some(_) => return None,
        };
        let length = whole + if mark.is_some() { 1 + fraction } else { 0 };
        let sound = whole > 0 && length == bytes.len() && (mark.is_none() || fraction > 0);
        sound.then(|| Short { mark, whole, fraction, zero: bytes[0] == b'0' })
    }

    fn reading(&self) -> Reading {
        match self.mark {
            None => Reading::Plain,
            Some(_) if self.fraction == 3 && self.whole <= 3 && !self.zero => Reading::Either,
            Some(mark) => Reading::Decimal(mark),
        }
    }
}

/// A number taken apart.
struct Parts<'t> {
    negative: bool,
    /// Digits and their marks.
    mantissa: &'t str,
    exponent: Option<i32>,
}

/// What a number says of its decimal mark.
enum Reading {
    /// Nothing.
    Plain,
    /// This is the mark.
    Decimal(char),
    /// Its one mark may be either.
    Either,
    /// It is no number.
    Broken,
}

impl<'t> Parts<'t> {
    fn of(text: &'t str) -> Option<Parts<'t>> {
        let text = trim(text);
        if text.len() > 64 {
            return None;
        }
        let (bracketed, text) = match text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
            Some(inner) => (true, inner),
            None => (false, text),
        };
        let (signed, text) = strip_front(text)?;
        let (mantissa, exponent) = split_exponent(strip_back(text))?;
        let digits = mantissa.chars().filter(char::is_ascii_digit).count();
        let starts = mantissa.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
        let ends = mantissa.ends_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
        (digits > 0 && starts && ends && mantissa.chars().all(is_mantissa)).then_some(Parts {
            negative: bracketed != signed,
            mantissa,
            exponent,
        })
    }

    fn reading(&self) -> Reading {
        let count = |mark: char| self.mantissa.matches(mark).count();
        match (count('.'), count(',')) {
            (0, 0) => Reading::Plain,
            (1, 0) => self.one_mark('.'),
            (0, 1) => self.one_mark(','),
            (_, 0) => self.only_if_valid(','),
            (0, _) => self.only_if_valid('.'),
            _ if self.mantissa.rfind('.') > self.mantissa.rfind(',') => self.only_if_valid('.'),
            _ => self.only_if_valid(','),
        }
    }

    fn one_mark(&self, mark: char) -> Reading {
        let Some((whole, fraction)) = self.mantissa.split_once(mark) else { return Reading::Plain };
        let grouped = whole.chars().any(is_group);
        let like_thousands = fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
        match like_thousands && !grouped && self.exponent.is_none() {
            true => Reading::Either,
            false => self.only_if_valid(mark),
        }
    }

    fn only_if_valid(&self, mark: char) -> Reading {
        if self.value(mark).is_some() { Reading::Decimal(mark) } else { Reading::Broken }
    }

    fn value(&self, decimal: char) -> Option<f64> {
        let thousands = if decimal == '.' { ',' } else { '.' };
        let (whole, fraction) = self.mantissa.split_once(decimal).unwrap_or((self.mantissa, ""));
        if !fraction.chars().all(|c| c.is_ascii_digit()) || !are_groups(whole, thousands) {
            return None;
        }
        let mut plain = String::with_capacity(self.mantissa.len() + 8);
        plain.extend(whole.chars().filter(char::is_ascii_digit));
        plain.push('.');
        plain.push_str(fraction);
        if let Some(exponent) = self.exponent {
            plain.push('e');
            plain.push_str(&exponent.to_string());
        }
        let value: f64 = plain.parse().ok()?;
        let value = if self.negative && value != 0.0 { -value } else { value };
        value.is_finite().then_some(value)
    }
}

/// Whether the whole part is digits, or groups of three (or of two before the last, as in India) by one mark.
fn are_groups(whole: &str, thousands: char) -> bool {
    let Some(mark) = whole.chars().find(|c| !c.is_ascii_digit()) else { return true };
    if mark != thousands && !is_group(mark) {
        return false;
    }
    let groups: Vec<&str> = whole.split(mark).collect();
    let digits = groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
    let (Some((first, rest)), Some(last)) = (groups.split_first(), groups.last()) else { return false };
    let middle = &rest[..rest.len().saturating_sub(1)];
    let threes = middle.iter().all(|group| group.len() == 3);
    let twos = middle.iter().all(|group| group.len() == 2) && first.len() <= 2;
    digits && (1..=3).contains(&first.len()) && last.len() == 3 && (threes || twos)
}

/// Marks between thousands in every convention: spaces of all kinds and apostrophes.
fn is_group(c: char) -> bool {
    c == ' ' || matches!(c, '\u{a0}' | '\u{2009}' | '\u{202f}' | '\'' | '\u{2019}')
}

fn is_mantissa(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',') || is_group(c)
}

/// Takes sign and currency off the front: whether it is negative, and the rest.
fn strip_front(text: &str) -> Option<(bool, &str)> {
    let (mut negative, mut signs) = (false, 0);
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let first = rest.chars().next()?;
        if matches!(first, '-' | '+' | '\u{2212}' | '\u{2013}') {
            negative |= first != '+';
            signs += 1;
            rest = &rest[first.len_utf8()..];
        } else if let Some(after) = strip_currency(rest) {
            rest = after;
        } else {
            return (signs < 2).then_some((negative, rest));
        }
    }
}

fn strip_currency(text: &str) -> Option<&str> {
    const WORDS: [&str; 14] =
        ["USD", "EUR", "GBP", "CHF", "JPY", "US$", "R$", "A$", "C$", "NZ$", "HK$", "S$", "RM", "Rs"];
    WORDS.iter().find_map(|word| text.strip_prefix(word)).or_else(|| text.strip_prefix(is_currency))
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '¢' | '£' | '¤' | '¥' | '\u{20a0}'..='\u{20cf}')
}

/// Takes percent and currency off the end.
fn strip_back(text: &str) -> &str {
    const WORDS: [&str; 6] = ["USD", "EUR", "GBP", "CHF", "JPY", "kr"];
    let rest = text.trim_end();
    let unit = |c: char| matches!(c, '%' | '‰' | '\u{66a}') || is_currency(c);
    let bare = rest.strip_suffix(unit).or_else(|| WORDS.iter().find_map(|word| rest.strip_suffix(word)));
    bare.unwrap_or(rest).trim_end()
}

fn split_exponent(text: &str) -> Option<(&str, Option<i32>)> {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return Some((text, None)) };
    let exponent = exponent.replace('\u{2212}', "-");
    Some((mantissa, Some(exponent.parse().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_many_countries() {
        let by_point = [
            ("1,234.5", 1234.5),
            ("1 234.5", 1234.5),
            ("1'234'567", 1_234_567.0),
            ("12,34,567", 1_234_567.0),
            ("−3.5", -3.5),
            ("(3.5)", -3.5),
            ("–7", -7.0),
            ("45 %", 45.0),
            ("$1,200", 1200.0),
            ("-$5", -5.0),
            ("$-5", -5.0),
            ("US$ 3", 3.0),
            ("3 €", 3.0),
            ("1.2e-3", 0.0012),
            ("6.02E+23", 6.02e23),
            (".5", 0.5),
            ("5.", 5.0),
            ("+2", 2.0),
            ("007", 7.0),
            ("1\u{202f}234", 1234.0),
            ("-0", 0.0),
        ];
        for (text, value) in by_point {
            assert_eq!(parse(text, '.'), Some(value), "{text}");
        }
        for (text, value) in [("1.234,5", 1234.5), ("3,5 %", 3.5), ("1\u{a0}234,25", 1234.25), ("−,5", -0.5)]
        {
            assert_eq!(parse(text, ','), Some(value), "{text}");
        }
    }

    #[test]
    fn the_short_way_and_the_long_one_agree() {
        let texts = [
            "0", "-0", "007", "1.5", "-1.5", "1,5", "1.234", "-1,234", "0.234", "1234.567", "12.3456", "0,0",
        ];
        for text in texts {
            let (short, parts) = (Short::of(text).expect("short"), Parts::of(text).expect("a number"));
            let mark = |reading: Reading| match reading {
                Reading::Decimal(mark) => mark,
                Reading::Either => '?',
                Reading::Plain | Reading::Broken => ' ',
            };
            assert_eq!(mark(short.reading()), mark(parts.reading()), "{text}");
            for decimal in ['.', ','] {
                let (quick, slow) = (parse(text, decimal), parts.value(decimal));
                assert_eq!(quick.map(f64::to_bits), slow.map(f64::to_bits), "{text}");
            }
        }
        let long = "1".repeat(30);
        for text in ["", "-", ".5", "5.", "--5", "1.2.3", "1e5", " 5", "5 ", "+5", &long] {
            assert!(Short::of(text).is_none(), "{text}");
        }
    }

    #[test]
    fn what_is_no_number() {
        for text in [
            "",
            "-",
            "abc",
            "1,23",
            "1.2.3",
            "12-5",
            "2024-01-05",
            "1e999",
            "--5",
            "5 apples",
            "1,2345",
            "e5",
            "$",
            "inf",
            "Infinity",
            "nan",
            "0x1f",
            "1_000",
        ] {
            assert_eq!(parse(text, '.'), None, "{text}");
        }
    }

    #[test]
    fn a_column_decides_its_mark() {
        let mark = |cells: &[&str]| decimal_mark(cells.iter().copied());
        assert_eq!(mark(&["1,234", "5,5"]), DecimalMark::Decided(','));
        assert_eq!(mark(&["1,234", "1,234,567"]), DecimalMark::Decided('.'));
        assert_eq!(mark(&["1,234", "987"]), DecimalMark::Unclear(0));
        assert_eq!(mark(&["12", "1.234"]), DecimalMark::Unclear(1));
        assert_eq!(mark(&["0.234", "1.234"]), DecimalMark::Decided('.'));
        assert_eq!(mark(&["1.234,5", "3"]), DecimalMark::Decided(','));
        assert_eq!(mark(&["1.5", "2", "1,5"]), DecimalMark::Conflict(0, 2));
        assert_eq!(mark(&["1", "2", "x"]), DecimalMark::Plain);
        assert_eq!(mark(&["1 234,567"]), DecimalMark::Decided(','));
        assert_eq!(mark(&["1.2.2024", "3"]), DecimalMark::Plain);
    }

    #[test]
    fn missing_marks() {
        for text in ["", "..", "N/A", "n.a.", "NaN", "#N/A", "–", "null", "None", "#DIV/0!", " - "] {
            assert!(is_missing(text), "{text}");
        }
        assert!(!is_missing("0") && !is_missing("no") && !is_missing("reported"));
        assert!(is_missing("none") && !is_missing_word("none") && is_missing_word("n/a"));
    }
}
