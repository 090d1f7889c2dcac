//! All names of a place as their sources write them, for people who ask what is known.
//!
//! The index of names holds keys, from which no name can be read back. So the names are packed once more
//! by `build/words.rs`, deflated (RFC 1951), and unpacked only when somebody asks.

use std::io::Read;

use flate2::read::DeflateDecoder;

use super::place::Section;
use super::{Atlas, PlaceId};

/// Lines `id TAB language TAB name`, deflated.
static NAMES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/all-names.bin"));

/// The same for provinces.
static PROVINCES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/all-names-admin-1.bin"));

/// A name of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The language in which it was found first (`de`, `zh-Hant`), by BCP 47.
    pub language: String,
    /// The name.
    pub name: String,
}

impl Atlas {
    /// Other names of a place besides those in [`super::Place`], by language and then by name.
    pub fn names_of(&self, id: PlaceId) -> Vec<Name> {
        let mut text = String::new();
        let packed = if id.section() == Section::Provinces { PROVINCES } else { NAMES };
        if DeflateDecoder::new(packed).read_to_string(&mut text).is_err() {
            return Vec::new();
        }
        let wanted = id.index().to_string();
        let name = |line: &str| {
            let (of, rest) = line.split_once('\t')?;
            let (language, name) = rest.split_once('\t')?;
            (of == wanted).then(|| Name { language: language.to_owned(), name: name.to_owned() })
        };
        text.lines().filter_map(name).collect()
    }
}
