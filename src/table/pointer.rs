//! A table that lies within a JSON document, named by a JSON Pointer (RFC 6901): `/data/0/rows`.

use serde_json::value::RawValue;

use crate::diagnostic::{Diagnostic, Place, Result, nearest};

use super::json::{Members, Reader, first_byte};

impl<'t> Reader<'t> {
    /// The value at `pointer` in the document `value`.
    ///
    /// # Errors
    /// The pointer does not begin with a slash, or names a member or an item that is not there.
    pub(super) fn follow(&self, value: &'t RawValue, pointer: &str) -> Result<&'t RawValue> {
        let pointer = pointer.strip_prefix('#').unwrap_or(pointer);
        if !pointer.is_empty() && !pointer.starts_with('/') {
            let error = Diagnostic::error(format!("`{pointer}` is no JSON pointer"));
            return Err(error.hint(format!("a pointer begins with a slash: `/{pointer}`")).into());
        }
        let mut here = value;
        let mut path = String::new();
        for step in pointer.split('/').skip(1) {
            let name = step.replace("~1", "/").replace("~0", "~");
            here = self.step(here, &name, &path)?;
            path = format!("{path}/{step}");
        }
        Ok(here)
    }

    fn step(&self, value: &'t RawValue, name: &str, path: &str) -> Result<&'t RawValue> {
        let here = if path.is_empty() { "the document".to_owned() } else { format!("`{path}`") };
        let error = |what: String| Diagnostic::error(what).at(Place::file(self.file));
        match first_byte(value) {
            b'{' => {
                let Members(members) = self.parse(value)?;
                if let Some((_, found)) = members.iter().find(|(member, _)| member == name) {
                    return Ok(found);
                }
                let known: Vec<&str> = members.iter().map(|(member, _)| member.as_ref()).collect();
                let error = error(format!("{here} has no member \"{name}\""));
                Err(match nearest(name, &known) {
                    Some(near) => error.hint(format!("did you mean `{path}/{near}`?")),
                    None => {
                        error.hint(format!("it has {}", super::build::quoted(&known[..known.len().min(12)])))
                    }
                }
                .into())
            }
            b'[' => {
                let items: Vec<&RawValue> = self.parse(value)?;
                let count = items.len();
                let index = name.parse::<usize>().ok();
                index.and_then(|index| items.get(index).copied()).ok_or_else(|| {
                    error(format!("{here} is a list of {count} items, and has no item `{name}`"))
                        .hint("items are counted from 0")
                        .into()
                })
            }
            _ => Err(error(format!("{here} is a single value, and has no member \"{name}\"")).into()),
        }
    }
}
