//! JSON into a table: records in an array, one record a line, columns in an object, a value by name.
//!
//! Follows RFC 8259. Numbers keep their spelling, `null` is an empty cell, an object within a record
//! gives a column for each of its members (`medals.gold`).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::diagnostic::{Diagnostic, Place, Result, Warned};

use super::growing::Growing;
use super::{Table, trim};

/// How deep objects may lie in each other.
const DEEPEST: usize = 16;

/// An object of so few objects may be the wrapping of a table.
const SECTIONS: usize = 4;

/// Reads a table of JSON, which lies at `pointer` (RFC 6901) or makes up the whole file.
pub(super) fn read(file: &str, text: &str, pointer: Option<&str>) -> Result<Warned<Table>> {
    let reader = Reader { file, text };
    if trim(text).is_empty() {
        return Err(Diagnostic::error("the file is empty").at(Place::file(file)).into());
    }
    let mut records = Growing::new(file, text);
    match pointer {
        Some(pointer) => reader.within(pointer, &mut records)?,
        None => reader.records(&mut records)?,
    }
    records.finish()
}

pub(super) const SHAPES: &str =
    r#"a table in JSON is an array of flat records: [{"country": "Peru", "value": 3}, …]"#;

/// A file and its text, by which a raw value finds its own line.
pub(super) struct Reader<'t> {
    pub(super) file: &'t str,
    text: &'t str,
}

/// The members of an object in their order.
pub(super) struct Members<'t>(pub(super) Vec<(Cow<'t, str>, &'t RawValue)>);

/// A string with its escapes resolved.
#[derive(serde::Deserialize)]
struct Text<'t>(#[serde(borrow)] Cow<'t, str>);

/// One record: its offset in the text and its cells by column name.
pub(super) struct Record<'t> {
    pub at: usize,
    pub cells: Vec<(Cow<'t, str>, Cell<'t>)>,
}

/// A value in its spelling, and whether it is a number of JSON.
pub(super) struct Cell<'t> {
    pub text: Cow<'t, str>,
    pub is_number: bool,
}

impl<'de: 't, 't> Deserialize<'de> for Members<'t> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some((Text(name), value)) = map.next_entry::<Text, &RawValue>()? {
                    members.push((name, value));
                }
                Ok(Members(members))
            }
        }
        from.deserialize_map(Collect)
    }
}

impl<'t> Reader<'t> {
    /// Puts the records of the file, whatever shape holds them, into `table`.
    fn records(&self, table: &mut Growing<'t>) -> Result<()> {
        if first_of(self.text) == b'[' {
            let items = serde_json::from_str(self.text).map_err(|error| self.syntax(&error, 0))?;
            return self.array(items, table);
        }
        let values = self.values()?;
        match values.as_slice() {
            [one] => self.document(one, table),
            lines => self.each(lines, table, |value| self.record(value)),
        }
    }

    /// Puts the records at `pointer` into `table`.
    fn within(&self, pointer: &str, table: &mut Growing<'t>) -> Result<()> {
        let document = serde_json::from_str(self.text).map_err(|error| self.syntax(&error, 0))?;
        let value = self.follow(document, pointer)?;
        match first_byte(value) {
            b'[' => self.array(self.parse(value)?, table),
            b'{' => self.object(value, table),
            _ => Err(self.fault(value, &format!("at `{pointer}` stands a single value, not a table")).into()),
        }
    }

    fn each(
        &self,
        values: &[&'t RawValue],
        table: &mut Growing<'t>,
        record: impl Fn(&'t RawValue) -> Result<Record<'t>>,
    ) -> Result<()> {
        values.iter().try_for_each(|value| table.push(record(value)?))
    }

    /// The values of a file that is no array: one document, or one record a line.
    fn values(&self) -> Result<Vec<&'t RawValue>> {
        let stream = serde_json::Deserializer::from_str(self.text).into_iter::<&RawValue>();
        stream.collect::<std::result::Result<_, _>>().map_err(|error| self.syntax(&error, 0))
    }

    fn document(&self, value: &'t RawValue, table: &mut Growing<'t>) -> Result<()> {
        match first_byte(value) {
            b'{' => self.object(value, table),
            _ => Err(self.fault(value, "the file holds a single value, not a table").hint(SHAPES).into()),
        }
    }

    /// An array of records, of rows (the first is the header), or of names.
    fn array(&self, items: Vec<&'t RawValue>, table: &mut Growing<'t>) -> Result<()> {
        match items.first().map(|first| first_byte(first)) {
            Some(b'[') => self.rows(&items, table),
            Some(_) if items.iter().any(|item| holds_containers(item)) => {
                let lists = items.iter().enumerate().filter(|(_, item)| holds_containers(item));
                let paths: Vec<String> = lists.map(|(index, _)| format!("/{index}")).collect();
                Err(self.which(&paths).into())
            }
            Some(b'{') | None => self.each(&items, table, |item| self.record(item)),
            Some(_) => self.each(&items, table, |item| self.single("name", item)),
        }
    }

    fn rows(&self, items: &[&'t RawValue], table: &mut Growing<'t>) -> Result<()> {
        let Some((header, rows)) = items.split_first() else { return Ok(()) };
        self.rows_under(header, rows, table)
    }

    fn rows_under(&self, header: &'t RawValue, rows: &[&'t RawValue], table: &mut Growing<'t>) -> Result<()> {
        let header: Vec<Text> = self.parse(header)?;
        self.each(rows, table, |row| {
            let cells: Vec<&RawValue> = self.parse(row)?;
            if cells.len() > header.len() {
                let what = format!("the row has {} cells where the header has {}", cells.len(), header.len());
                return Err(self.fault(row, &what).into());
            }
            let cells = header.iter().zip(cells);
            let cells = cells.map(|(name, cell)| Ok((name.0.clone(), self.cell(cell)?)));
            Ok(Record { at: self.offset(row), cells: cells.collect::<Result<_>>()? })
        })
    }

    fn single(&self, column: &'static str, value: &'t RawValue) -> Result<Record<'t>> {
        let cells = vec![(Cow::Borrowed(column), self.cell(value)?)];
        Ok(Record { at: self.offset(value), cells })
    }

    /// An object around one array; columns by name; records or values by place.
    fn object(&self, value: &'t RawValue, table: &mut Growing<'t>) -> Result<()> {
        let Members(members) = self.parse(value)?;
        if let Some((_, features)) =
            members.iter().find(|(name, value)| name == "features" && first_byte(value) == b'[')
        {
            return self.array(self.parse(features)?, table);
        }
        // `{"columns": ["country", …], "data": [["Peru", …], …]}`, as pandas writes
        let list = |names: &[&str]| {
            members.iter().find(|(name, value)| names.contains(&&**name) && first_byte(value) == b'[')
        };
        if let (Some((_, header)), Some((_, rows))) = (list(&["columns", "header"]), list(&["data", "rows"]))
            && holds_containers(rows)
            && !holds_containers(header)
        {
            return self.rows_under(header, &self.parse::<Vec<&RawValue>>(rows)?, table);
        }
        let count = |byte: u8| members.iter().filter(|(_, value)| first_byte(value) == byte).count();
        let records = match (count(b'['), count(b'{')) {
            (1, _) => {
                let array = members.iter().find(|(_, value)| first_byte(value) == b'[');
                return array.map_or(Ok(()), |(_, array)| self.array(self.parse(array)?, table));
            }
            (arrays, _) if arrays == members.len() && arrays > 0 => self.columns(&members)?,
            (0, objects) if objects == members.len() && objects > 0 => self.by_name(members)?,
            (0, 0) => {
                members.into_iter().map(|(name, value)| self.pair(name, value)).collect::<Result<_>>()?
            }
            _ => {
                return Err(self.which(&self.tables(value, "", 0)?).into());
            }
        };
        records.into_iter().try_for_each(|record| table.push(record))
    }

    /// `{"Peru": 3, …}`
    fn pair(&self, name: Cow<'t, str>, value: &'t RawValue) -> Result<Record<'t>> {
        let cell = self.cell(value)?;
        let name = Cell { text: name, is_number: false };
        Ok(Record { at: self.offset(value), cells: vec![("name".into(), name), ("value".into(), cell)] })
    }

    /// `{"country": ["Peru", …], "value": [3, …]}`
    fn columns(&self, members: &[(Cow<'t, str>, &'t RawValue)]) -> Result<Vec<Record<'t>>> {
        let mut records: Vec<Record> = Vec::new();
        for (index, (name, column)) in members.iter().enumerate() {
            let cells: Vec<&RawValue> = self.parse(column)?;
            if index == 0 {
                records.extend(cells.iter().map(|cell| Record { at: self.offset(cell), cells: Vec::new() }));
            }
            if cells.len() != records.len() {
                let what = format!(
                    "\"{name}\" has {} values where the first column has {}",
                    cells.len(),
                    records.len()
                );
                return Err(self.fault(column, &what).into());
            }
            for (record, cell) in records.iter_mut().zip(cells) {
                record.cells.push((name.clone(), self.cell(cell)?));
            }
        }
        Ok(records)
    }

    /// `{"Peru": {"value": 3}, …}`, or, as pandas writes, `{"country": {"0": "Peru", …}, …}`.
    fn by_name(&self, members: Vec<(Cow<'t, str>, &'t RawValue)>) -> Result<Vec<Record<'t>>> {
        let mut objects = Vec::with_capacity(members.len());
        for (name, value) in members {
            let Members(inner) = self.parse(value)?;
            objects.push((name, value, inner));
        }
        let numbered = |inner: &[(Cow<str>, &RawValue)]| {
            !inner.is_empty() && inner.iter().all(|(key, _)| key.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let deeper = |inner: &[(Cow<str>, &RawValue)]| inner.iter().any(|(_, value)| holds_containers(value));
        // a handful of sections with a list in one of them; more are places by name
        if objects.len() <= SECTIONS && objects.iter().any(|(_, _, inner)| deeper(inner)) {
            let mut paths = Vec::new();
            for (name, value, _) in &objects {
                paths.extend(self.tables(value, &format!("/{}", escaped(name)), 1)?);
            }
            return Err(self.which(&paths).into());
        }
        if objects.iter().all(|(_, _, inner)| numbered(inner)) {
            return self.by_index(&objects);
        }
        let mut records = Vec::with_capacity(objects.len());
        for (name, value, _) in objects {
            let mut record = self.record(value)?;
            record.cells.insert(0, ("name".into(), Cell { text: name, is_number: false }));
            records.push(record);
        }
        Ok(records)
    }

    #[allow(clippy::type_complexity)]
    fn by_index(
        &self,
        columns: &[(Cow<'t, str>, &'t RawValue, Vec<(Cow<'t, str>, &'t RawValue)>)],
    ) -> Result<Vec<Record<'t>>> {
        let mut records = BTreeMap::<u64, Record>::new();
        for (name, _, cells) in columns {
            for (index, value) in cells {
                let fresh = || Record { at: self.offset(value), cells: Vec::new() };
                let record = records.entry(index.parse().unwrap_or(u64::MAX)).or_insert_with(fresh);
                record.cells.push((name.clone(), self.cell(value)?));
            }
        }
        Ok(records.into_values().collect())
    }

    /// One record; of a GeoJSON feature the properties.
    fn record(&self, value: &'t RawValue) -> Result<Record<'t>> {
        if first_byte(value) != b'{' {
            return Err(self.fault(value, "a record is an object, and this is none").hint(SHAPES).into());
        }
        let mut cells = Vec::new();
        self.flatten("", value, 0, &mut cells)?;
        Ok(Record { at: self.offset(value), cells })
    }

    fn flatten(
        &self,
        prefix: &str,
        value: &'t RawValue,
        depth: usize,
        cells: &mut Vec<(Cow<'t, str>, Cell<'t>)>,
    ) -> Result<()> {
        let Members(members) = self.parse(value)?;
        if depth == 0 && members.iter().any(|(name, value)| name == "type" && value.get() == "\"Feature\"") {
            return match members.iter().find(|(name, _)| name == "properties") {
                Some((_, inner)) if first_byte(inner) == b'{' => self.flatten("", inner, depth + 1, cells),
                _ => Ok(()),
            };
        }
        for (name, value) in members {
            let name = if prefix.is_empty() { name } else { Cow::Owned(format!("{prefix}.{name}")) };
            if first_byte(value) == b'{' && depth < DEEPEST {
                self.flatten(&name, value, depth + 1, cells)?;
            } else {
                let cell = self.cell(value)?;
                cells.push((name, cell));
            }
        }
        Ok(())
    }

    fn cell(&self, value: &'t RawValue) -> Result<Cell<'t>> {
        let text = match first_byte(value) {
            b'"' => self.parse::<Text>(value)?.0,
            b'n' => Cow::Borrowed(""),
            b'[' => self.list(value)?,
            _ => Cow::Borrowed(value.get()),
        };
        Ok(Cell { text, is_number: matches!(first_byte(value), b'-' | b'0'..=b'9') })
    }

    /// A list of single values as a list of words, which the join can take apart; any other as it stands.
    fn list(&self, value: &'t RawValue) -> Result<Cow<'t, str>> {
        let items: Vec<&'t RawValue> = self.parse(value)?;
        if items.iter().any(|item| matches!(first_byte(item), b'[' | b'{')) {
            return Ok(Cow::Borrowed(value.get()));
        }
        let words: Vec<Cow<str>> =
            items.iter().map(|item| Ok(self.cell(item)?.text)).collect::<Result<_>>()?;
        Ok(Cow::Owned(words.join("; ")))
    }

    /// Pointers to the lists of records in `value`, as deep as people nest them.
    fn tables(&self, value: &'t RawValue, path: &str, depth: usize) -> Result<Vec<String>> {
        const DEEPEST: usize = 4;
        if first_byte(value) != b'{' || depth > DEEPEST {
            return Ok(if holds_containers(value) { vec![path.to_owned()] } else { Vec::new() });
        }
        let mut all = Vec::new();
        let Members(members) = self.parse(value)?;
        for (name, inner) in members {
            all.extend(self.tables(inner, &format!("{path}/{}", escaped(&name)), depth + 1)?);
        }
        Ok(all)
    }

    /// The table lies within the document; `paths` are the lists that it may be.
    fn which(&self, paths: &[String]) -> Diagnostic {
        let error =
            Diagnostic::error("the file holds no table that can be told apart").at(Place::file(self.file));
        match paths {
            [] => error.hint(SHAPES),
            [path, ..] => {
                let others: Vec<String> = paths.iter().take(8).map(|path| format!("`{path}`")).collect();
                let hint =
                    format!("say where it lies: `--pointer {path}`, or `pointer = \"{path}\"` in [data]");
                let error = error.hint(hint);
                if paths.len() > 1 {
                    error.hint(format!("lists are at {}", others.join(", ")))
                } else {
                    error
                }
            }
        }
    }

    pub(super) fn parse<'v, T: Deserialize<'v>>(&self, value: &'v RawValue) -> Result<T> {
        serde_json::from_str(value.get()).map_err(|error| self.syntax(&error, self.offset(value)))
    }

    /// Where `value`, a piece of the text, starts in it.
    fn offset(&self, value: &RawValue) -> usize {
        (value.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    fn fault(&self, value: &RawValue, what: &str) -> Diagnostic {
        Diagnostic::error(what).at(self.place(self.offset(value)))
    }

    /// The 1-based line and column (in characters) of the byte `at`.
    fn place(&self, at: usize) -> Place {
        let before = self.text.get(..at).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |feed| feed + 1);
        let column = before[start..].chars().count() + 1;
        Place { column, ..Place::line(self.file, before.matches('\n').count() + 1) }
    }

    /// A syntax error in the piece of text that starts at `from`.
    fn syntax(&self, error: &serde_json::Error, from: usize) -> Box<Diagnostic> {
        let piece = self.text.get(from..).unwrap_or_default();
        let line_start: usize =
            piece.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let mut at = (from + line_start + error.column().saturating_sub(1)).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let message = error.to_string();
        let what = message.split(" at line ").next().unwrap_or_default();
        let error = Diagnostic::error(format!("the JSON is broken: {what}")).at(self.place(at));
        if first_of(self.text) == b'{' || first_of(self.text) == b'[' {
            error.into()
        } else {
            error.hint(SHAPES).into()
        }
    }
}

/// The first byte of a value, which says what kind it is.
pub(super) fn first_byte(value: &RawValue) -> u8 {
    first_of(value.get())
}

/// Whether it is a list of objects or lists.
fn holds_containers(value: &RawValue) -> bool {
    let inner = value.get().trim_start();
    inner.strip_prefix('[').is_some_and(|rest| matches!(first_of(rest), b'{' | b'['))
}

/// A name as a step of a pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn first_of(text: &str) -> u8 {
    text.trim_start().bytes().next().unwrap_or(0)
}
