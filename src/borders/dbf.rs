//! The table of a shapefile (dBASE III).

use std::collections::BTreeMap;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::bytes;

/// A row by the names of its columns; `None` for a row that is struck out.
type Row = Option<BTreeMap<String, String>>;

/// All rows. `None`: the bytes end too early.
pub(super) fn rows(dbf: &[u8], code_page: Option<&[u8]>) -> Option<Vec<Row>> {
    let count = bytes::u32(dbf, 4)? as usize;
    let (first, length) = (bytes::u16(dbf, 8)? as usize, bytes::u16(dbf, 10)? as usize);
    let table = bytes::slice(dbf, first, count.checked_mul(length)?)?;
    let encoding = encoding(dbf, code_page, table);
    let columns = columns(dbf, encoding);
    if length == 0 {
        return None;
    }
    let row = |bytes: &[u8]| -> Row {
        if bytes.first() == Some(&b'*') {
            return None;
        }
        let cell = |column: &Column| {
            let cell = bytes.get(column.start..column.start + column.length).unwrap_or_default();
            (column.name.clone(), text(cell, column.is_number, encoding))
        };
        Some(columns.iter().map(cell).collect())
    };
    Some(table.chunks_exact(length).map(row).collect())
}

struct Column {
    name: String,
    start: usize,
    length: usize,
    is_number: bool,
}

fn columns(dbf: &[u8], encoding: &'static Encoding) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut start = 1;
    for field in dbf.get(32..).unwrap_or_default().chunks_exact(32) {
        if field[0] == 0x0d {
            break;
        }
        let name = field[..11].split(|byte| *byte == 0).next().unwrap_or_default();
        let length = usize::from(field[16]);
        let name = encoding.decode_without_bom_handling(name).0.trim().to_owned();
        columns.push(Column { name, start, length, is_number: matches!(field[11], b'N' | b'F') });
        start += length;
    }
    columns
}

fn text(cell: &[u8], is_number: bool, encoding: &'static Encoding) -> String {
    let cell = cell.split(|byte| *byte == 0).next().unwrap_or_default();
    let text = encoding.decode_without_bom_handling(cell).0;
    let text = text.trim();
    // 1001.00000 is the number 1001
    match text.split_once('.') {
        Some((whole, rest)) if is_number && rest.bytes().all(|byte| byte == b'0') => whole.to_owned(),
        _ => text.to_owned(),
    }
}

/// By the .cpg, by the mark in the header, or by what the bytes are.
fn encoding(dbf: &[u8], code_page: Option<&[u8]>, table: &[u8]) -> &'static Encoding {
    let label = code_page.map(|text| String::from_utf8_lossy(text).trim().to_lowercase());
    let named = label.and_then(|label| {
        let number = label.trim_start_matches(|c: char| !c.is_ascii_digit());
        Encoding::for_label(label.as_bytes())
            .or_else(|| Encoding::for_label(format!("windows-{number}").as_bytes()))
            .or_else(|| if label.contains("8859") { Encoding::for_label(b"iso-8859-1") } else { None })
    });
    let marked = || {
        Some(match bytes::u8(dbf, 29)? {
            0x57 | 0x03 => WINDOWS_1252,
            0xc8 => encoding_rs::WINDOWS_1250,
            0xc9 => encoding_rs::WINDOWS_1251,
            0x13 => encoding_rs::SHIFT_JIS,
            0x4d => encoding_rs::GBK,
            _ => return None,
        })
    };
    let is_utf8 = std::str::from_utf8(table).is_ok();
    named.or_else(marked).unwrap_or(if is_utf8 { UTF_8 } else { WINDOWS_1252 })
}
