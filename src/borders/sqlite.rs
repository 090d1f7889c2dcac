//! Tables of an SQLite 3 file, read only (sqlite.org/fileformat2.html). What a GeoPackage needs, and no more: table
//! b-trees from front to back.
//!
//! A library for databases would be many times the size of all other readers together.

use super::bytes;

/// A cell of a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Null,
    Whole(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

impl Cell {
    /// Its words; a blob has none.
    pub fn words(&self) -> String {
        match self {
            Cell::Null | Cell::Blob(_) => String::new(),
            Cell::Whole(number) => number.to_string(),
            Cell::Real(number) => number.to_string(),
            Cell::Text(text) => text.trim().to_owned(),
        }
    }
}

/// A table: the names of its columns, and its rows in order.
pub(super) struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// The column of this name, in any case.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.eq_ignore_ascii_case(name))
    }

    /// The words of a cell; none where there is no such column.
    pub fn words(&self, row: &[Cell], column: &str) -> String {
        self.column(column).and_then(|at| row.get(at)).map(Cell::words).unwrap_or_default()
    }
}

/// A file of tables.
pub(super) struct Database<'a> {
    bytes: &'a [u8],
    page: usize,
    /// Bytes of a page that are in use.
    usable: usize,
    tables: Vec<Entry>,
}

/// Where a table lies.
struct Entry {
    name: String,
    /// Its first page.
    root: usize,
    columns: Vec<String>,
    /// The column that is the number of the row, which the row does not repeat.
    key: Option<usize>,
}

/// Why a file cannot be read, as the end of a sentence.
type Read<T> = Result<T, String>;

impl<'a> Database<'a> {
    /// Reads the names of the tables.
    pub fn open(bytes: &'a [u8]) -> Read<Database<'a>> {
        let short = || "it ends in its header".to_owned();
        let page = match bytes::u16_big(bytes, 16).ok_or_else(short)? {
            1 => 65_536,
            size => usize::from(size),
        };
        let reserved = usize::from(bytes::u8(bytes, 20).ok_or_else(short)?);
        if !page.is_power_of_two() || page < 512 || reserved + 480 > page {
            return Err(format!("its pages have {page} bytes"));
        }
        if !matches!(bytes::u32_big(bytes, 56), Some(0 | 1)) {
            return Err("its texts are not UTF-8".to_owned());
        }
        let mut database = Database { bytes, page, usable: page - reserved, tables: Vec::new() };
        for row in database.rows(1, None)? {
            if let [Cell::Text(kind), Cell::Text(name), _, Cell::Whole(root), Cell::Text(sql)] =
                row.as_slice()
                && kind == "table"
                && let Ok(root) = usize::try_from(*root)
            {
                let parts = columns(sql);
                let is_key = |part: &String| {
                    let words: Vec<String> = part.split_whitespace().map(str::to_uppercase).collect();
                    words.iter().any(|word| word == "INTEGER") && words.iter().any(|word| word == "PRIMARY")
                };
                let key = parts.iter().position(|(_, part)| is_key(part));
                let columns = parts.into_iter().map(|(name, _)| name).collect();
                database.tables.push(Entry { name: name.clone(), root, columns, key });
            }
        }
        Ok(database)
    }

    /// A whole table.
    pub fn table(&self, name: &str) -> Read<Table> {
        let found = self.tables.iter().find(|entry| entry.name.eq_ignore_ascii_case(name));
        let entry = found.ok_or_else(|| format!("it has no table {name}"))?;
        Ok(Table { columns: entry.columns.clone(), rows: self.rows(entry.root, entry.key)? })
    }

    /// All rows of the b-tree at page `root`; each page is read once at most.
    fn rows(&self, root: usize, key: Option<usize>) -> Read<Vec<Vec<Cell>>> {
        let mut seen = vec![false; self.bytes.len() / self.page + 2];
        let mut left = vec![root];
        let mut rows = Vec::new();
        // what all rows together may take: a page can name one chain of pages many times
        let mut budget = self.bytes.len().saturating_mul(2);
        while let Some(number) = left.pop() {
            match seen.get_mut(number) {
                Some(seen) if number > 0 && !*seen => *seen = true,
                _ => return Err(format!("page {number} is no page of a table")),
            }
            let broken = || format!("page {number} is not whole");
            let page = self.page(number).ok_or_else(broken)?;
            let head = if number == 1 { 100 } else { 0 };
            let cells = usize::from(bytes::u16_big(page, head + 3).ok_or_else(broken)?);
            let is_leaf = match bytes::u8(page, head) {
                Some(0x0d) => true,
                Some(0x05) => false,
                _ => return Err(format!("page {number} is no page of a table")),
            };
            let pointers = head + if is_leaf { 8 } else { 12 };
            let cell = |k: usize| bytes::u16_big(page, pointers + 2 * k).map(usize::from);
            if is_leaf {
                for k in 0..cells {
                    rows.push(
                        cell(k).and_then(|at| self.row(page, at, key, &mut budget)).ok_or_else(broken)?,
                    );
                }
                continue;
            }
            left.push(bytes::u32_big(page, head + 8).ok_or_else(broken)? as usize);
            for k in (0..cells).rev() {
                let child = cell(k).and_then(|at| bytes::u32_big(page, at)).ok_or_else(broken)?;
                left.push(child as usize);
            }
        }
        Ok(rows)
    }

    fn page(&self, number: usize) -> Option<&'a [u8]> {
        bytes::slice(self.bytes, number.checked_sub(1)?.checked_mul(self.page)?, self.page)
    }

    fn row(&self, page: &[u8], mut at: usize, key: Option<usize>, budget: &mut usize) -> Option<Vec<Cell>> {
        let length = usize::try_from(varint(page, &mut at)?).ok()?;
        let id = varint(page, &mut at)?;
        *budget = budget.checked_sub(length)?;
        let mut cells = record(&self.payload(page, at, length)?)?;
        if let Some(cell) = key.and_then(|key| cells.get_mut(key)).filter(|cell| **cell == Cell::Null) {
            *cell = Cell::Whole(id);
        }
        Some(cells)
    }

    /// The bytes of a row: those on its page, then those of the pages that it runs over.
    fn payload(&self, page: &[u8], at: usize, length: usize) -> Option<Vec<u8>> {
        let most = self.usable - 35;
        if length <= most {
            return bytes::slice(page, at, length).map(<[u8]>::to_vec);
        }
        let least = (self.usable - 12) * 32 / 255 - 23;
        let fitting = least + (length - least) % (self.usable - 4);
        let here = if fitting <= most { fitting } else { least };
        let mut payload = bytes::slice(page, at, here)?.to_vec();
        let mut next = bytes::u32_big(page, at + here)?;
        while payload.len() < length {
            let over = self.page(next as usize)?;
            let part = (length - payload.len()).min(self.usable - 4);
            payload.extend(bytes::slice(over, 4, part)?);
            next = bytes::u32_big(over, 0)?;
        }
        Some(payload)
    }
}

/// A number of one to nine bytes, seven bits each, the highest first.
fn varint(bytes: &[u8], at: &mut usize) -> Option<i64> {
    let mut value: i64 = 0;
    for k in 0..9 {
        let byte = bytes::u8(bytes, *at)?;
        *at += 1;
        if k == 8 {
            return Some(value << 8 | i64::from(byte));
        }
        value = value << 7 | i64::from(byte & 0x7f);
        if byte < 0x80 {
            break;
        }
    }
    Some(value)
}

/// The cells of a row.
fn record(payload: &[u8]) -> Option<Vec<Cell>> {
    let mut at = 0;
    let mut data = usize::try_from(varint(payload, &mut at)?).ok()?;
    let end = data;
    let mut cells = Vec::new();
    while at < end {
        let kind = varint(payload, &mut at)?;
        let size = match kind {
            0 | 8 | 9 => 0,
            1..=4 => usize::try_from(kind).ok()?,
            5 => 6,
            6 | 7 => 8,
            12.. => usize::try_from((kind - 12) / 2).ok()?,
            _ => return None,
        };
        let bytes = bytes::slice(payload, data, size)?;
        data += size;
        cells.push(match kind {
            0 => Cell::Null,
            8 | 9 => Cell::Whole(kind - 8),
            7 => Cell::Real(bytes::f64_big(bytes, 0)?),
            1..=6 => Cell::Whole(whole(bytes)),
            kind if kind % 2 == 0 => Cell::Blob(bytes.to_vec()),
            _ => Cell::Text(String::from_utf8_lossy(bytes).into_owned()),
        });
    }
    Some(cells)
}

/// A signed number, big-endian.
fn whole(bytes: &[u8]) -> i64 {
    let sign = if bytes.first().is_some_and(|byte| byte & 0x80 != 0) { -1 } else { 0 };
    bytes.iter().fold(sign, |value, byte| value << 8 | i64::from(*byte))
}

/// The columns in a CREATE TABLE statement: the name of each, and all that is said of it.
fn columns(sql: &str) -> Vec<(String, String)> {
    const NOT_COLUMNS: [&str; 5] = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];
    let body = sql.split_once('(').map_or("", |(_, body)| body);
    let (mut depth, mut quote, mut parts) = (0_usize, None, vec![String::new()]);
    for c in body.chars() {
        match (quote, c) {
            (Some(end), _) if c == end => quote = None,
            (Some(_), _) => {}
            (None, '"' | '`' | '\'') => quote = Some(c),
            (None, '[') => quote = Some(']'),
            (None, '(') => depth += 1,
            (None, ')') if depth == 0 => break,
            (None, ')') => depth -= 1,
            (None, ',') if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    let name = |part: &String| {
        let part = part.trim();
        let end = match part.chars().next()? {
            open @ ('"' | '`' | '\'' | '[') => {
                let close = if open == '[' { ']' } else { open };
                return part[1..].split(close).next().map(str::to_owned);
            }
            _ => part.find(|c: char| c.is_whitespace() || c == '(').unwrap_or(part.len()),
        };
        let word = &part[..end];
        (!NOT_COLUMNS.contains(&word.to_uppercase().as_str())).then(|| word.to_owned())
    };
    parts.iter().filter_map(|part| Some((name(part)?, part.clone()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_statement() {
        let sql = r#"CREATE TABLE "a (b)" ( "fid" INTEGER PRIMARY KEY, "geom" MULTIPOLYGON, [the, name] TEXT(20), n MEDIUMINT CHECK (n IN (1, 2)), CONSTRAINT pk UNIQUE (n))"#;
        let sql = sql.replace("\"a (b)\"", "ab");
        let names: Vec<String> = columns(&sql).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["fid", "geom", "the, name", "n"]);
        assert!(columns("CREATE TABLE x").is_empty());
    }

    #[test]
    fn numbers_of_any_length() {
        let mut at = 0;
        assert_eq!(varint(&[0x81, 0x00], &mut at), Some(128));
        assert_eq!(varint(&[0xff; 9], &mut { 0 }), Some(-1));
        assert_eq!(varint(&[0xff, 0xff], &mut { 0 }), None);
        assert_eq!(whole(&[0xff, 0xfe]), -2);
    }
}
