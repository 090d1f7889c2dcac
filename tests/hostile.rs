//! Files that somebody, or an accident, has changed: whatever their bytes, reading ends in a value or in sentences.
//!
//! Every real file of `tests/tables/` and `tests/borders/`, and the map files of `examples/`, are changed in a fixed
//! sequence of ways: bytes overwritten, cut off, taken out, doubled, and joined with another file. The rooms of the
//! library are then asked to read them. A panic fails the test; so does an error without words.

use std::path::{Path, PathBuf};

use pressmap::atlas::{Atlas, Own};
use pressmap::borders::{self, BordersOptions};
use pressmap::diagnostic::Diagnostics;
use pressmap::join::{Duplicates, JoinOptions, join};
use pressmap::spec;
use pressmap::table::{self, Form, TableOptions};

/// How many changed copies of each file are read.
const COPIES: u64 = 40;

/// Numbers in a fixed sequence (xorshift, after Marsaglia, 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

fn folder(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let whole = paths.into_iter().filter(|path| path.is_file());
    let named = whole.map(|path| (path.file_name().expect("a name").to_string_lossy().into_owned(), path));
    named.map(|(name, path)| (name, std::fs::read(path).expect("a file"))).collect()
}

/// A changed copy of `bytes`.
fn changed(bytes: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut copy = bytes.to_vec();
    for _ in 0..=chance.below(4) {
        let at = chance.below(copy.len());
        let until = (at + chance.below(40)).min(copy.len());
        match chance.below(6) {
            0 => copy.truncate(at),
            1 => drop(copy.drain(at..until)),
            2 => copy.extend_from_within(at..until),
            3 => copy.splice(at..at, other.iter().copied().take(200)).for_each(drop),
            4 => copy[at..until].fill([0, 0xff, b'"', b',', b'\n', b'{'][chance.below(6)]),
            _ => {
                if let Some(byte) = copy.get_mut(at) {
                    *byte = chance.below(256) as u8;
                }
            }
        }
    }
    copy
}

/// Reads changed copies of all `files`.
fn all(files: &[(String, Vec<u8>)], read: impl Fn(&str, &[u8]) -> Result<(), Diagnostics>) {
    for (index, (name, bytes)) in files.iter().enumerate() {
        let other = &files[(index + 1) % files.len()].1;
        for seed in 1..=COPIES {
            let copy = changed(bytes, other, &mut Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
            if let Err(faults) = read(name, &copy) {
                let words = faults.0.iter().all(|one| one.message.len() > 8);
                assert!(words && faults.has_errors(), "{name}, copy {seed}: {faults:?}");
            }
        }
    }
}

#[test]
fn tables_and_joins() {
    let atlas = Atlas::bundled();
    let options = JoinOptions { duplicates: Duplicates::First, ..JoinOptions::default() };
    all(&folder("tests/tables"), |name, bytes| {
        let table = table::read(name, bytes, Form::of(name), &TableOptions::default())?.value;
        let found = join(&table, atlas, &options)?.diagnostics(atlas, false);
        found.into_result().map(|_| ())
    });
}

#[test]
fn own_borders() {
    let files = folder("tests/borders");
    all(&files, |name, bytes| {
        let options = BordersOptions { file: name.to_owned(), ..BordersOptions::default() };
        let stem = name.split('.').next().unwrap_or_default();
        let mut open = |wanted: &str| {
            let beside = files.iter().find(|(file, _)| file == wanted && file.starts_with(stem));
            Ok(if wanted == name {
                bytes.to_vec()
            } else {
                beside.map(|one| one.1.clone()).unwrap_or_default()
            })
        };
        let places = borders::read(&options, &mut open)?.value;
        Own::new(places).overlaps();
        Ok(())
    });
}

#[test]
fn map_files() {
    let files: Vec<_> = folder("examples")
        .into_iter()
        .filter(|(name, _)| Path::new(name).extension().is_some_and(|e| e == "toml"))
        .collect();
    assert!(files.len() > 5);
    all(&files, |name, bytes| spec::read_map(name, &String::from_utf8_lossy(bytes), &[]).map(|_| ()));
}
