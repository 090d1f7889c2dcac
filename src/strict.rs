//! Strict reading of TOML: every fault with its line and column, every unknown key with a suggestion.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, Diagnostics, Place, nearest};

mod kinds;

/// A value that takes the place of a key of the file: a flag of the command line.
#[derive(Clone, Debug, PartialEq)]
pub struct Override {
    /// The path of the key (`frame.projection`).
    pub key: String,
    /// Its new value.
    pub value: toml::Value,
    /// How the user wrote it (`--projection`), for errors.
    pub flag: String,
}

impl Override {
    /// From `key.path=value` as in `--set`; a value that is no TOML is taken as text.
    pub fn parse(assignment: &str) -> Option<Override> {
        let (key, value) = assignment.split_once('=')?;
        let (key, value) = (key.trim(), value.trim());
        if key.is_empty() || key.split('.').any(str::is_empty) {
            return None;
        }
        let parsed = toml::from_str::<toml::Table>(&format!("v = {value}"));
        let value = parsed.ok().filter(|table| table.len() == 1).and_then(|mut table| table.remove("v"));
        let value = value.unwrap_or_else(|| toml::Value::String(assignment_text(assignment)));
        Some(Override { key: key.to_owned(), value, flag: format!("--set {key}") })
    }
}

fn assignment_text(assignment: &str) -> String {
    assignment.split_once('=').map_or_else(String::new, |(_, text)| text.trim().to_owned())
}

/// Reads `text` and puts `overrides` on top of it.
pub fn read<T: DeserializeOwned + JsonSchema>(
    file: &str,
    text: &str,
    overrides: &[Override],
) -> Result<T, Diagnostics> {
    if overrides.is_empty() {
        return toml::from_str(text).map_err(|error| faults::<T>(file, text, &error));
    }
    let mut table = table(file, text)?;
    // the file's own faults are told with their lines before the flags are mixed in
    if !text.trim().is_empty() {
        let alone: Result<T, _> = toml::from_str(text);
        alone.map_err(|error| faults::<T>(file, text, &error))?;
    }
    for change in overrides {
        set(&mut table, &change.key, change.value.clone())
            .map_err(|message| Diagnostic::usage(message).at(Place::default().key(&change.flag)))?;
    }
    let flags: Vec<&str> = overrides.iter().map(|change| change.flag.as_str()).collect();
    from_table(file, &flags.join(", "), table)
}

/// Reads `text` as a table.
pub fn table(file: &str, text: &str) -> Result<toml::Table, Diagnostics> {
    toml::from_str(text).map_err(|error| syntax_fault(file, text, &error).into())
}

/// Reads a table made from several sources; `flags` names the flags among them.
pub fn from_table<T: DeserializeOwned + JsonSchema>(
    file: &str,
    flags: &str,
    table: toml::Table,
) -> Result<T, Diagnostics> {
    if let Ok(value) = T::deserialize(table.clone()) {
        return Ok(value);
    }
    // only a text tells where a fault stands
    let text = toml::to_string(&table).unwrap_or_default();
    toml::from_str(&text).map_err(|error| {
        let mut all = faults::<T>(file, &text, &error);
        for one in &mut all.0 {
            // lines of the merged text mean nothing to the user
            let key = one.place.take().map(|place| place.key).unwrap_or_default();
            let shown = if flags.is_empty() { file } else { flags };
            one.place = Some(Place { file: shown.to_owned(), key, ..Place::default() });
            if !flags.is_empty() {
                one.fault = crate::diagnostic::Fault::Usage;
            }
        }
        all
    })
}

/// Sets the key at `path`, making sections on the way; a number in it walks into a list.
pub fn set(table: &mut toml::Table, path: &str, value: toml::Value) -> Result<(), String> {
    let mut here = table;
    let mut parts = path.split('.').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            here.insert(part.to_owned(), value);
            return Ok(());
        }
        let next = here.entry(part.to_owned()).or_insert_with(|| toml::Value::Table(toml::Table::new()));
        // `callout.0.text`: a number walks into a list
        here = match next {
            toml::Value::Table(inner) => inner,
            toml::Value::Array(items) => {
                let index = parts.next().and_then(|index| index.parse::<usize>().ok());
                match index.and_then(|index| items.get_mut(index)) {
                    Some(toml::Value::Table(inner)) => inner,
                    _ => return Err(format!("`{path}` names no entry of the list `{part}`")),
                }
            }
            _ => return Err(format!("`{path}` cannot be set: `{part}` is a value, not a section")),
        };
    }
    Ok(())
}

/// Every key of `text`, which may be a part of a document, that `schema` does not know or that takes another kind of
/// value.
pub fn check_keys(file: &str, text: &str, schema: &Json) -> Result<(), Diagnostics> {
    check(file, text, schema, false)
}

/// The same; of a `whole` document also the keys that are missing.
fn check(file: &str, text: &str, schema: &Json, whole: bool) -> Result<(), Diagnostics> {
    let Ok(document) = DeTable::parse(text) else { return Ok(()) };
    let mut walk = Walk { file, text, root: schema, whole, found: Diagnostics::default() };
    walk.table(document.get_ref(), 0, schema, "");
    walk.found.into_result().map(|_| ())
}

/// All faults of a text that serde refused with `error`.
fn faults<T: JsonSchema>(file: &str, text: &str, error: &toml::de::Error) -> Diagnostics {
    let schema = schemars::schema_for!(T).to_value();
    match check(file, text, &schema, true) {
        Err(found) => found,
        Ok(()) => syntax_fault(file, text, error).into(),
    }
}

fn syntax_fault(file: &str, text: &str, error: &toml::de::Error) -> Diagnostic {
    let mut place = Place::file(file);
    if let Some(span) = error.span() {
        (place.line, place.column) = position(text, span.start);
        place.key = key_at(text, span.start);
    }
    let message = error.message().lines().map(str::trim).collect::<Vec<_>>().join("; ");
    Diagnostic::error(message).at(place)
}

/// The key of the line at `offset`, where it has one.
fn key_at(text: &str, offset: usize) -> String {
    let start = text[..offset.min(text.len())].rfind('\n').map_or(0, |i| i + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let key = line.split_once('=').map(|(key, _)| key.trim()).unwrap_or_default();
    if key.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c)) {
        key.to_owned()
    } else {
        String::new()
    }
}

/// 1-based line and column (in characters) of a byte offset.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    (line, column)
}

/// A walk through a document beside its schema.
struct Walk<'a> {
    file: &'a str,
    text: &'a str,
    root: &'a Json,
    whole: bool,
    found: Diagnostics,
}

impl<'a> Walk<'a> {
    fn table(&mut self, table: &DeTable<'_>, start: usize, schema: &'a Json, path: &str) {
        let Some(properties) = self.properties(schema) else { return self.free_table(table, schema, path) };
        for missing in
            self.required(schema).filter(|name| self.whole && table.get(*name).is_none()).collect::<Vec<_>>()
        {
            let what = format!("the section [{path}] needs a `{missing}`");
            self.tell(Diagnostic::error(what), start, path);
        }
        for (key, value) in table {
            let name: &str = key.get_ref();
            let full = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            match properties.get(name) {
                Some(inner) => self.value(value, inner, &full),
                None => {
                    let one = unknown(name, path, properties.keys().map(String::as_str));
                    self.tell(one, key.span().start, &full);
                }
            }
        }
    }

    /// A table whose keys are the user's.
    fn free_table(&mut self, table: &DeTable<'_>, schema: &'a Json, path: &str) {
        let inner = self.variants(schema).into_iter().find_map(|one| one.get("additionalProperties"));
        let Some(inner) = inner.filter(|inner| inner.is_object()) else { return };
        for (key, value) in table {
            self.value(value, inner, &format!("{path}.{}", key.get_ref()));
        }
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, schema: &'a Json, path: &str) {
        let (start, value) = (value.span().start, value.get_ref());
        let leaves = self.leaves(schema);
        let lists: Vec<&'a Json> = leaves.iter().filter_map(|leaf| leaf.get("items")).collect();
        match (value, lists.as_slice()) {
            (DeValue::Table(table), _) if kinds::fits(value, &leaves, &|leaf| self.items(leaf)) => {
                self.table(table, start, schema, path);
            }
            // of one kind of list, each item is told
            (DeValue::Array(items), [inner]) if leaves.iter().all(|leaf| leaf.get("maxItems").is_none()) => {
                items.iter().for_each(|item| self.value(item, inner, path));
            }
            _ if kinds::fits(value, &leaves, &|leaf| self.items(leaf)) => {}
            _ => {
                let one = kinds::fault(path, value, &leaves, &|leaf| self.items(leaf));
                self.tell(one, start, path);
            }
        }
    }

    fn tell(&mut self, one: Diagnostic, offset: usize, key: &str) {
        let (line, column) = position(self.text, offset);
        self.found.push(one.at(Place { file: self.file.to_owned(), line, column, key: key.to_owned() }));
    }

    /// The schemas of a list's items.
    fn items(&self, leaf: &'a Json) -> Vec<&'a Json> {
        leaf.get("items").map(|items| self.leaves(items)).unwrap_or_default()
    }

    /// The keys that an object schema must have.
    fn required(&self, schema: &'a Json) -> impl Iterator<Item = &'a str> + use<'a> {
        let lists: Vec<&'a Json> =
            self.variants(schema).into_iter().filter_map(|one| one.get("required")).collect();
        lists.into_iter().filter_map(Json::as_array).flatten().filter_map(Json::as_str)
    }

    /// A schema without its alternatives, and those without theirs.
    fn leaves(&self, schema: &'a Json) -> Vec<&'a Json> {
        let schema = self.resolve(schema);
        let parts: Vec<&'a Json> = ["anyOf", "oneOf", "allOf"]
            .into_iter()
            .filter_map(|key| schema.get(key)?.as_array())
            .flatten()
            .flat_map(|inner| self.leaves(inner))
            .collect();
        let is_null = |leaf: &&Json| leaf.get("type").and_then(Json::as_str) == Some("null");
        if parts.is_empty() {
            vec![schema]
        } else {
            parts.into_iter().filter(|leaf| !is_null(leaf)).collect()
        }
    }

    /// The properties of an object schema that allows no others.
    fn properties(&self, schema: &'a Json) -> Option<&'a serde_json::Map<String, Json>> {
        self.variants(schema).into_iter().find_map(|one| {
            let closed = one.get("additionalProperties") == Some(&Json::Bool(false));
            one.get("properties").filter(|_| closed)?.as_object()
        })
    }

    fn resolve(&self, schema: &'a Json) -> &'a Json {
        let Some(reference) = schema.get("$ref").and_then(Json::as_str) else { return schema };
        self.root.pointer(reference.trim_start_matches('#')).unwrap_or(schema)
    }

    /// A schema and its alternatives, references followed.
    fn variants(&self, schema: &'a Json) -> Vec<&'a Json> {
        let schema = self.resolve(schema);
        let mut all = vec![schema];
        for key in ["anyOf", "oneOf", "allOf"] {
            let inner = schema.get(key).and_then(Json::as_array);
            all.extend(inner.into_iter().flatten().map(|one| self.resolve(one)));
        }
        all
    }
}

fn unknown<'k>(name: &str, path: &str, known: impl Iterator<Item = &'k str>) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    let section = if path.is_empty() { "a map file".to_owned() } else { format!("[{path}]") };
    let one = Diagnostic::error(format!("`{name}` is not a key of {section}"));
    match nearest(name, &known) {
        Some(near) => one.hint(format!("did you mean `{near}`?")),
        None => one.hint(format!("its keys are {}", known.join(", "))),
    }
}
