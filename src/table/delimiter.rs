//! The delimiter of a text: the one that cuts its first lines into records of the same width.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::delimited::{Records, is_blank};
use super::header::{Source as _, reach};

/// In order of preference where two do as well.
const CANDIDATES: [u8; 4] = [b'\t', b';', b',', b'|'];
/// Records that are looked at.
const SAMPLE: usize = 100;
/// A delimiter must fit at least this share of the records.
const ENOUGH: f64 = 0.5;

/// The delimiter of `text`; a comma for a file of one column.
pub(super) fn find(file: &str, text: &str) -> u8 {
    let extension = file.rsplit('.').next().unwrap_or_default().to_lowercase();
    if matches!(extension.as_str(), "tsv" | "tab") {
        return b'\t';
    }
    let mut best = (b',', 0.0, 0);
    for delimiter in CANDIDATES {
        if delimiter == b',' && commas_are_words(text) {
            continue;
        }
        let Some((share, width)) = fit(file, text, delimiter) else { continue };
        // one record in fifty may be odd before the wider cut loses
        if share > best.1 + 0.02 || (share >= best.1 - 1e-9 && width > best.2) {
            best = (delimiter, share, width);
        }
    }
    if best.2 == 0 && commas_are_words(text) { b'\t' } else { best.0 }
}

/// The share of records that have the commonest width, and that width, if it is two or more.
fn fit(file: &str, text: &str, delimiter: u8) -> Option<(f64, usize)> {
    let mut records = Records::new(file, text, delimiter);
    let mut cells: Vec<Cow<str>> = Vec::new();
    let mut widths = BTreeMap::<usize, usize>::new();
    let mut seen = 0_usize;
    while seen < SAMPLE {
        match records.next(&mut cells) {
            Ok(Some(_)) if is_blank(&cells) => continue,
            Ok(Some(_)) => *widths.entry(cells.len()).or_default() += 1,
            // a quote is broken under this delimiter: count what was read so far
            Ok(None) | Err(_) => break,
        }
        seen += 1;
    }
    let (width, count) =
        widths.into_iter().filter(|(width, _)| *width > 1).max_by_key(|(_, count)| *count)?;
    let share = count as f64 / seen as f64;
    (share >= ENOUGH).then_some((share, width))
}

/// A list of names such as `Korea, Rep.`: no comma in the first line, and a space after every other one.
fn commas_are_words(text: &str) -> bool {
    let mut records = Records::new("", text, b'\t');
    let mut cells = Vec::new();
    let mut first = true;
    for _ in 0..SAMPLE {
        match records.next(&mut cells) {
            Ok(Some(_)) => {}
            Ok(None) => break,
            // a delimiter after a closing quote: this is no plain list
            Err(_) => return false,
        }
        if is_blank(&cells) {
            continue;
        }
        let line = &cells[..reach(&cells)];
        let commas = line.iter().any(|cell| cell.contains(','));
        let words = line.iter().all(|cell| cell.split(',').skip(1).all(|rest| rest.starts_with(' ')));
        if (first && commas) || !words {
            return false;
        }
        first = false;
    }
    true
}
