//! `output/` is what `examples/` draws: the same SVG to the byte, the same PNG within 1 in a channel.
//!
//! `BLESS=1 cargo test --test gallery` renders the gallery anew and then fails; look at the pictures, then
//! commit them.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use resvg::tiny_skia::Pixmap;
use support::{blessing, examples, root, run, stem};

const HOW: &str =
    "cargo run -- batch examples/*.toml --out-dir output/   (or BLESS=1 cargo test --test gallery)";

#[test]
fn the_gallery_is_what_the_examples_draw() {
    let gallery = root().join("output");
    let scratch = tempfile::tempdir().expect("a folder");
    let fresh = if blessing() { &gallery } else { scratch.path() };
    let examples: Vec<String> =
        examples().iter().map(|path| format!("examples/{}.toml", stem(path))).collect();
    let mut arguments = vec!["batch", "--out-dir", fresh.to_str().expect("a path in UTF-8")];
    arguments.extend(examples.iter().map(String::as_str));
    run(root(), &arguments, 0);
    assert!(!blessing(), "BLESS=1 rendered the gallery: look at it, then test without BLESS");

    let (stored, drawn) = (names(&gallery), names(fresh));
    let mut faults: Vec<String> =
        stored.difference(&drawn).map(|name| format!("no example draws output/{name}")).collect();
    for name in &drawn {
        if !stored.contains(name) {
            faults.push(format!("output/{name} is missing"));
        } else if let Some(fault) = difference(&gallery.join(name), &fresh.join(name)) {
            faults.push(format!("output/{name} {fault}"));
        }
    }
    assert!(faults.is_empty(), "{}\nto accept what is drawn now: {HOW}", faults.join("\n"));
}

/// The figures in a folder.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}\n{HOW}", folder.display()));
    let all = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    all.filter(|name| name.ends_with(".svg") || name.ends_with(".png")).collect()
}

fn difference(stored: &Path, fresh: &Path) -> Option<String> {
    let (old, new) = (fs::read(stored).expect("readable"), fs::read(fresh).expect("readable"));
    if old == new {
        return None;
    }
    let name = fresh.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if name.ends_with(".svg") {
        let (old, new) = (String::from_utf8_lossy(&old), String::from_utf8_lossy(&new));
        let line = old.lines().zip(new.lines()).position(|(a, b)| a != b).map_or(0, |at| at + 1);
        return Some(format!("differs from line {line} on"));
    }
    let (Ok(old), Ok(new)) = (Pixmap::decode_png(&old), Pixmap::decode_png(&new)) else {
        return Some("cannot be read as PNG".into());
    };
    if (old.width(), old.height()) != (new.width(), new.height()) {
        return Some(format!("was {}×{}, is {}×{}", old.width(), old.height(), new.width(), new.height()));
    }
    let pairs = old.pixels().iter().zip(new.pixels());
    let differing = pairs.filter(|(a, b)| support::distance(**a, **b) > 1).count();
    (differing > 0).then(|| {
        let sheet = support::leave("gallery", &name, &old, &new);
        format!("differs in {differing} pixels: {}", sheet)
    })
}
