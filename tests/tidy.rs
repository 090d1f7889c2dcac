//! The house rules that a compiler does not hold: who may import whom, what may stand where, how long a file is.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use support::root;

/// Lines that a source file may have.
const LONGEST: usize = 450;

/// Who may import whom: a room (a folder or file at the top of `src/`) and the rooms that it may name. An
/// arrow that is not here is a decision to make, not a line to add in passing.
const ARROWS: &[(&str, &str)] = &[
    // words and shapes that every room speaks
    ("diagnostic", ""),
    ("geometry", ""),
    ("paint", ""),
    ("strict", "diagnostic"),
    // what comes in
    ("spec", "diagnostic paint strict"),
    ("style", "diagnostic paint strict text"),
    ("table", "diagnostic"),
    ("atlas", "geometry"),
    ("borders", "atlas diagnostic geometry"),
    ("text", "geometry"),
    ("symbol", "diagnostic geometry paint"),
    // data to paint
    ("join", "atlas diagnostic geometry table"),
    ("scale", "diagnostic join paint symbol"),
    ("words", "scale"),
    // paper and globe, which do not know each other
    ("page", "paint scene style symbol text"),
    ("projection", "diagnostic geometry"),
    ("frame", "atlas diagnostic geometry projection"),
    // marks
    ("scene", "geometry paint text"),
    (
        "compose",
        "atlas diagnostic frame geometry join page paint projection scale scene style symbol text words",
    ),
    // pixels: neither a style, nor a place, nor a degree
    ("output", "diagnostic geometry paint scene text"),
    // decisions: a room's own options type, filled in
    (
        "plan",
        "atlas borders compose diagnostic frame geometry join paint projection scale spec strict style symbol table text words",
    ),
    // sheets that show what there is
    ("specimen", "atlas diagnostic geometry page paint projection scene style symbol text"),
    // the whole way
    (
        "figure",
        "atlas borders compose diagnostic frame geometry join page paint plan projection scale scene spec strict symbol table text",
    ),
    ("lib", "figure"),
    // the program sees the library's public face
    (
        "cli",
        "atlas diagnostic figure join output projection scale scene spec specimen strict style symbol table",
    ),
    ("main", "cli"),
];

/// Words that may stand only in these files (a prefix of the path under `src/`), and why.
const ONLY_IN: &[(&str, &[&str], &str)] = &[
    ("plotters", &["compose/chart.rs", "compose/plot.rs"], "a chart is the one thing that plotters draws"),
    ("clap", &["cli/", "main.rs"], "the library has no command line"),
    ("std::fs", &["cli/"], "the library opens no file"),
    ("std::env", &[], "the environment decides nothing"),
    ("std::net", &[], "no network"),
    ("std::time", &[], "no clock"),
    ("std::process", &["cli/", "main.rs"], "only the program ends"),
    ("stdin()", &["cli/"], "the terminal is the program's"),
    ("println!", &[], "the terminal is the program's, which writes to a locked stream"),
    ("print!", &[], "the terminal is the program's, which writes to a locked stream"),
    // its order is not the same twice; as an index that nobody walks through it is fine
    ("HashMap", &["table/growing.rs", "join/fates.rs", "atlas/own/arcs.rs"], "a BTreeMap has an order"),
    ("HashSet", &["atlas/own/"], "a BTreeSet has an order"),
    ("tempfile", &["cli/output.rs"], "one place replaces files"),
    ("tiny_skia", &["output/"], "a back end's"),
    ("todo!", &[], "a finished program"),
    ("unimplemented!", &[], "a finished program"),
    ("dbg!", &[], "a finished program"),
    ("TODO", &[], "a finished program"),
    ("FIXME", &[], "a finished program"),
    ("unsafe {", &[], "forbidden"),
    ("allow(dead_code)", &[], "no dead code"),
];

/// A source file: its path under `src/` and its text without tests and comments.
struct Source {
    path: String,
    text: String,
    /// The text without unit tests and comments.
    code: String,
}

impl Source {
    fn room(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap_or_default()
    }
}

fn sources() -> Vec<Source> {
    let top = root().join("src");
    let mut all = Vec::new();
    for path in rust_files(&top) {
        let text = fs::read_to_string(&path).expect("readable");
        let path = path.strip_prefix(&top).expect("under src/").to_string_lossy().replace('\\', "/");
        let code = if is_test(&path) { String::new() } else { code(&text) };
        all.push(Source { path, text, code });
    }
    assert!(all.len() > 100, "src/ holds {} files", all.len());
    all
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            all.push(path);
        }
    }
    all.sort();
    all
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

/// A file's code: what stands before its unit tests, without comments.
fn code(text: &str) -> String {
    let body = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    body.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect()
}

/// The names that follow `crate::` or `pressmap::` in a text, also in `{…}`.
fn imports(code: &str, of: &str) -> BTreeSet<String> {
    let start = format!("{of}::");
    let mut all = BTreeSet::new();
    for (at, _) in code.match_indices(&start) {
        if code[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + start.len()..];
        match rest.strip_prefix('{') {
            Some(list) => all.extend(outer_names(list)),
            None => all.extend([first_name(rest)]),
        }
    }
    all.remove("");
    all
}

/// The first name of each entry of a list in braces whose opening brace is behind us.
fn outer_names(list: &str) -> Vec<String> {
    let (mut depth, mut outer) = (0, String::new());
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            _ if depth == 0 => outer.push(c),
            _ => {}
        }
    }
    outer.split(',').map(first_name).collect()
}

fn first_name(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

#[test]
fn imports_are_read_as_they_are_written() {
    let code =
        "use crate::atlas::{Atlas, b::C};\nuse crate::{join::{Join, Fate}, scale::Scale};\nmycrate::no";
    assert_eq!(imports(code, "crate").into_iter().collect::<Vec<_>>(), ["atlas", "join", "scale"]);
}

#[test]
fn rooms_import_only_whom_they_may() {
    let allowed: BTreeMap<&str, BTreeSet<&str>> =
        ARROWS.iter().map(|(room, may)| (*room, may.split_whitespace().collect())).collect();
    // what the library gives its users under its own name stands in `figure`
    let face = ["Figure", "Files", "Job", "Matched", "draw", "matched"];
    let mut faults = BTreeSet::new();
    let mut used = BTreeSet::new();
    for source in sources() {
        let room = source.room().to_owned();
        let Some(may) = allowed.get(room.as_str()) else {
            faults.insert(format!("src/{}: the room `{room}` is not in the table of arrows", source.path));
            continue;
        };
        let mut named = imports(&source.code, "crate");
        if room == "cli" || room == "main" {
            named.extend(imports(&source.code, "pressmap"));
        }
        for name in named {
            let name = if face.contains(&name.as_str()) { "figure".to_owned() } else { name };
            if name == room || (room == "cli" && name == "cli") {
                continue;
            }
            if may.contains(name.as_str()) {
                used.insert((room.clone(), name));
            } else {
                faults.insert(format!("src/{} imports {name}; {room} may import {may:?}", source.path));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.into_iter().collect::<Vec<_>>().join("\n"));
    // the table allows nothing that nobody needs
    let idle: Vec<String> = allowed
        .iter()
        .filter(|(room, _)| !["lib", "main"].contains(room))
        .flat_map(|(room, may)| may.iter().map(move |name| (room.to_string(), name.to_string())))
        .filter(|arrow| !used.contains(arrow))
        .map(|(room, name)| format!("{room} → {name}"))
        .collect();
    assert!(idle.is_empty(), "arrows that nothing uses: {}", idle.join(", "));
}

#[test]
fn the_arrows_make_no_circle() {
    let arrows: BTreeMap<&str, Vec<&str>> =
        ARROWS.iter().map(|(room, may)| (*room, may.split_whitespace().collect())).collect();
    let mut ordered: BTreeSet<&str> = BTreeSet::new();
    while ordered.len() < arrows.len() {
        let ready: Vec<&str> = arrows
            .iter()
            .filter(|(room, may)| !ordered.contains(*room) && may.iter().all(|name| ordered.contains(name)))
            .map(|(room, _)| *room)
            .collect();
        let rest: Vec<&&str> = arrows.keys().filter(|room| !ordered.contains(*room)).collect();
        assert!(!ready.is_empty(), "a circle among {rest:?}");
        ordered.extend(ready);
    }
}

#[test]
fn words_stand_only_where_they_may() {
    let mut faults = Vec::new();
    for source in sources() {
        for (number, line) in source.code.lines().enumerate() {
            for (word, places, why) in ONLY_IN {
                let may = places.iter().any(|place| source.path.starts_with(place));
                if !may && holds_word(line, word) {
                    faults.push(format!(
                        "src/{}: {word} ({why}): code line {}: {}",
                        source.path,
                        number + 1,
                        line.trim()
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Whether a word stands in a line, not as a part of a longer word or inside a string of letters.
fn holds_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
        !joins(before) && (!joins(after) || word.ends_with(['!', '(', '{', ')', ' ']))
    })
}

#[test]
fn a_user_cannot_make_the_library_panic_by_unwrap() {
    let mut faults = Vec::new();
    for source in sources() {
        for line in source.code.lines() {
            if [".unwrap()", ".expect(", "panic!(", "unreachable!("].iter().any(|word| line.contains(word)) {
                faults.push(format!("src/{}: {}", source.path, line.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_opens_with_what_lives_there() {
    let mut faults = Vec::new();
    let mut files = Vec::new();
    for folder in ["src", "build", "tests", "benches"] {
        files.extend(rust_files(&root().join(folder)));
    }
    files.push(root().join("build.rs"));
    for path in files {
        let text = fs::read_to_string(&path).expect("readable");
        let first = text.lines().next().unwrap_or_default();
        if !first.starts_with("//! ") || first.len() < 20 {
            faults.push(format!("{}: {first}", path.display()));
        }
    }
    assert!(faults.is_empty(), "no //! that says what lives there:\n{}", faults.join("\n"));
}

#[test]
fn no_file_is_longer_than_a_reader_holds() {
    let long: Vec<String> = sources()
        .iter()
        .map(|source| (source.text.lines().count(), &source.path))
        .filter(|(lines, _)| *lines > LONGEST)
        .map(|(lines, path)| format!("src/{path}: {lines} lines, at most {LONGEST}"))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn the_main_file_is_short() {
    let main = fs::read_to_string(root().join("src/main.rs")).expect("src/main.rs");
    assert!(main.lines().count() <= 60, "arguments in, diagnostics out, exit code");
}

/// The first table of ARCHITECTURE.md has a row `| `room` | …` for every room, and no other.
#[test]
fn the_architecture_tells_of_every_room() {
    let text = architecture();
    let rows =
        text.lines().skip_while(|line| !line.starts_with("| `")).take_while(|line| line.starts_with('|'));
    let told: BTreeSet<&str> = rows.filter_map(|line| line.split('`').nth(1)).collect();
    let sources = sources();
    let there: BTreeSet<&str> =
        sources.iter().map(Source::room).filter(|room| !["lib", "main"].contains(room)).collect();
    assert_eq!(told, there, "the rooms of ARCHITECTURE.md (left) and of src/ (right)");
    for file in ["`main.rs`", "`lib.rs`"] {
        assert!(text.contains(file), "ARCHITECTURE.md does not tell of {file}");
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let text = architecture();
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    let manifest: toml::Table = toml::from_str(&manifest).expect("TOML");
    let missing: BTreeSet<&String> = ["dependencies", "build-dependencies", "dev-dependencies"]
        .iter()
        .filter_map(|section| manifest.get(*section)?.as_table())
        .flat_map(toml::Table::keys)
        .filter(|name| !text.contains(&format!("`{name}`")))
        .collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md gives no reason for {missing:?}");
}

/// What ARCHITECTURE.md points to is there.
#[test]
fn the_architecture_points_to_files_that_exist() {
    let text = architecture();
    let top =
        ["src/", "tests/", "benches/", "data/", "styles/", "build/", "examples/", "output/", ".ci/", "fuzz/"];
    let lost: BTreeSet<&str> = text
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|quoted| top.iter().any(|folder| quoted.starts_with(folder)))
        .filter(|quoted| !quoted.contains(['*', '<', '{', ' ', '…', '|']) && !quoted.contains("NAME"))
        .filter(|quoted| !root().join(quoted).exists())
        .collect();
    assert!(lost.is_empty(), "ARCHITECTURE.md points to {lost:?}");
}

fn architecture() -> String {
    fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is there")
}

/// The environment, the clock and the terminal belong to the program; the library is handed bytes.
#[test]
fn the_library_forbids_unsafe_code() {
    for file in ["src/lib.rs", "src/main.rs"] {
        let text = fs::read_to_string(root().join(file)).expect("readable");
        assert!(text.contains("#![forbid(unsafe_code)]"), "{file}");
    }
}
