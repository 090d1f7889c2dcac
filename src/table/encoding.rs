//! Bytes into text: what they are encoded in, found by the byte order mark, by validity, by the
//! pattern of NUL bytes, and last by a guess that is told.
//!
//! Encodings and their labels are those of the WHATWG Encoding Standard.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Result, Warned};

/// The text of a file, with a warning when its encoding had to be guessed.
pub(super) fn decode<'b>(file: &str, bytes: &'b [u8], label: Option<&str>) -> Result<Warned<Cow<'b, str>>> {
    if let Some(what) = known_form(bytes) {
        return Err(refused(file, what).into());
    }
    let (encoding, guessed) = match label {
        Some(label) => (by_label(label)?, false),
        None => find(bytes),
    };
    let (text, encoding, broken) = encoding.decode(bytes);
    if broken && !guessed {
        return Err(broken_encoding(file, &text, encoding).into());
    }
    check_text(file, &text)?;
    let mut warnings = Diagnostics::default();
    if guessed {
        warnings.push(guess_warning(file, encoding));
    }
    Ok(Warned { value: text, warnings })
}

/// The encoding, and whether it is only a guess.
fn find(bytes: &[u8]) -> (&'static Encoding, bool) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, false);
    }
    if let Some(encoding) = utf16_by_nuls(bytes) {
        return (encoding, false);
    }
    if Encoding::utf8_valid_up_to(bytes) == bytes.len() {
        return (UTF_8, false);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    (detector.guess(None, Utf8Detection::Deny), true)
}

/// UTF-16 without a mark: in a table, which is half ASCII, every second byte is often NUL.
fn utf16_by_nuls(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let nuls = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (nuls(0), nuls(1), sample.len() / 2);
    if pairs < 2 {
        None
    } else if odd * 10 > pairs * 3 && even * 20 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 3 && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn by_label(label: &str) -> Result<&'static Encoding> {
    // what other programs write with another mark, or without one: `latin-1`, `utf_8`, `utf16le`
    let plain = label.trim().to_lowercase().replace(['_', ' '], "-");
    let known = match plain.as_str() {
        "latin-1" | "ansi" => "windows-1252",
        "utf-8-sig" => "utf-8",
        "utf16" => "utf-16",
        "utf16le" => "utf-16le",
        "utf16be" => "utf-16be",
        "gb2312-80" => "gb2312",
        "mac-roman" => "macintosh",
        other => other,
    };
    Encoding::for_label(known.as_bytes()).or_else(|| Encoding::for_label(label.trim().as_bytes())).ok_or_else(|| {
        Diagnostic::error(format!("there is no encoding \"{label}\""))
            .hint("common ones are utf-8, utf-16, windows-1252 (Western), windows-1251 (Cyrillic), shift_jis, gb18030")
            .into()
    })
}

/// What the first bytes say of a file that is no text.
fn known_form(bytes: &[u8]) -> Option<&'static str> {
    const FORMS: [(&[u8], &str); 11] = [
        (b"PK\x05\x06", "an empty zip archive"),
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls), or one that is protected by a password"),
        (b"\x89PNG", "a PNG image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"%PDF-", "a PDF document"),
        (b"\x1f\x8b", "compressed by gzip"),
        (b"PAR1", "a Parquet file"),
        (b"SQLite format 3", "an SQLite database or GeoPackage"),
        (b"\x28\xb5\x2f\xfd", "compressed by zstd"),
        (b"\x00\x00\x27\x0a", "a shapefile"),
    ];
    let by_magic = FORMS.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what);
    by_magic.or_else(|| is_web_page(bytes).then_some("a web page (HTML)"))
}

fn is_web_page(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(64)]).to_lowercase();
    let start = super::trim(&start);
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

fn refused(file: &str, what: &str) -> Diagnostic {
    Diagnostic::error(format!("the file is {what}, not a text table"))
        .at(Place::file(file))
        .hint("save or export the table as .xlsx, .ods or CSV")
}

fn broken_encoding(file: &str, text: &str, encoding: &'static Encoding) -> Diagnostic {
    let line = line_of(text, '\u{fffd}');
    Diagnostic::error(format!("the text is not valid {}", encoding.name().to_lowercase()))
        .at(Place::line(file, line))
        .hint("leave the encoding out to have it found, or name another one")
}

/// A table holds no control characters; one that does is some other kind of file.
fn check_text(file: &str, text: &str) -> Result<()> {
    let control = |c: char| c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0b' | '\x0c');
    // bytes first: control characters are single bytes in UTF-8, and this loop is fast
    let Some(at) = text.bytes().position(|byte| control(char::from(byte))) else { return Ok(()) };
    let found = char::from(text.as_bytes()[at]);
    let what = if found == '\0' {
        "a NUL byte".to_owned()
    } else {
        format!("the control character {:#04x}", u32::from(found))
    };
    Err(Diagnostic::error(format!("the file is not text: it holds {what}"))
        .at(Place::line(file, line_of(text, found)))
        .hint("save or export the table as CSV in UTF-8")
        .into())
}

/// The 1-based physical line of the first `wanted`; 0 when it is not there.
fn line_of(text: &str, wanted: char) -> usize {
    text.find(wanted).map_or(0, |at| 1 + super::delimited::line_ends(&text[..at]))
}

fn guess_warning(file: &str, encoding: &'static Encoding) -> Diagnostic {
    let name = encoding.name().to_lowercase();
    Diagnostic::warning(format!("the file is not UTF-8; it was read as {name}"))
        .at(Place::file(file))
        .hint("if letters look wrong, name the encoding (`encoding` in [data], `--encoding`) or save the file as UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, usize) {
        let read = decode("f.csv", bytes, None).expect("decodes");
        (read.value.into_owned(), read.warnings.0.len())
    }

    #[test]
    fn every_encoding_gives_the_same_words() {
        let words = "país,valor\nPerú,3\nCuraçao,4\n";
        let utf16 = |little: bool| -> Vec<u8> {
            let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
            words.encode_utf16().flat_map(bytes).collect()
        };
        let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(words);
        assert_eq!(text(words.as_bytes()), (words.to_owned(), 0));
        assert_eq!(text(format!("\u{feff}{words}").as_bytes()), (words.to_owned(), 0));
        assert_eq!(text(&[&[0xff, 0xfe], &utf16(true)[..]].concat()), (words.to_owned(), 0));
        assert_eq!(text(&[&[0xfe, 0xff], &utf16(false)[..]].concat()), (words.to_owned(), 0));
        assert_eq!(text(&utf16(true)), (words.to_owned(), 0));
        assert_eq!(text(&utf16(false)), (words.to_owned(), 0));
        assert_eq!(text(&windows), (words.to_owned(), 1));
    }

    #[test]
    fn what_is_no_text_is_refused_by_name() {
        let refused = |bytes: &[u8]| decode("f.csv", bytes, None).expect_err("refused").to_string();
        assert!(refused(b"PK\x05\x06rest").contains("zip archive"));
        assert!(refused(b"\x89PNG\r\n\x1a\n").contains("PNG image"));
        assert!(refused(b"  <!DOCTYPE html><html>").contains("web page"));
        assert!(refused(b"a,b\nPeru,\x00\n").contains("NUL byte (f.csv:2)"));
        assert!(refused(b"a,b\nPeru,\x01\n").contains("0x01 (f.csv:2)"));
    }

    #[test]
    fn a_named_encoding_is_obeyed_or_refused() {
        let read = decode("f", b"Per\xf3", Some("windows-1251")).expect("decodes");
        assert_eq!(read.value, "Perу");
        let broken = decode("f", b"a\nPer\xf3", Some("utf-8")).expect_err("not UTF-8").to_string();
        assert!(broken.starts_with("the text is not valid utf-8 (f:2)"), "{broken}");
        assert!(decode("f", b"a", Some("utf-9")).is_err());
    }
}
