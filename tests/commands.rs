//! What holds for whole commands and is too large for a reference: help, manual, completions, schemas, and
//! outputs that agree with one another.

mod support;

use std::fs;
use std::path::Path;

use serde_json::Value as Json;
use support::{program, root, run};

/// The commands, as the help lists them.
fn commands() -> Vec<String> {
    let (help, _) = run(root(), &["--help"], 0);
    let listed = help.split("Commands:\n").nth(1).expect("a list of commands");
    let lines = listed.lines().take_while(|line| !line.trim().is_empty());
    lines.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn the_commands_of_the_contract_are_there() {
    let listed = commands();
    let wanted =
        "render batch check match locate places styles palettes projections init schema completions man";
    for command in wanted.split(' ') {
        assert!(listed.iter().any(|one| one == command), "{command} is not in {listed:?}");
    }
}

#[test]
fn every_help_has_an_example_that_is_about_it() {
    for command in commands() {
        if command == "help" {
            continue;
        }
        let (help, _) = run(root(), &[&command, "--help"], 0);
        let examples =
            help.split("Example").nth(1).unwrap_or_else(|| panic!("{command} --help has no example"));
        assert!(examples.contains(&format!("pressmap {command}")), "{command} --help:\n{examples}");
    }
}

#[test]
fn examples_in_the_help_use_flags_that_exist() {
    for command in commands() {
        if command == "help" {
            continue;
        }
        let (help, _) = run(root(), &[&command, "--help"], 0);
        let (options, examples) = help.split_once("Example").unwrap_or((&help, ""));
        for word in examples.split_whitespace().filter(|word| word.starts_with("--") && word.len() > 2) {
            assert!(options.contains(word), "{command} --help shows {word}, which is none of its flags");
        }
    }
}

#[test]
fn schemas_are_json_schemas_of_closed_objects() {
    for of in ["map", "style"] {
        let (text, _) = run(root(), &["schema", of], 0);
        let schema: Json = serde_json::from_str(&text).expect("JSON");
        let dialect = schema["$schema"].as_str().expect("a dialect");
        assert!(dialect.starts_with("https://json-schema.org/"), "{dialect}");
        assert_eq!(schema["additionalProperties"], Json::Bool(false), "{of}: unknown keys are faults");
        let properties = schema["properties"].as_object().expect("properties");
        assert!(properties.len() >= 4, "{of} has {} keys", properties.len());
        references_resolve(&schema, &schema);
    }
}

fn references_resolve(root: &Json, node: &Json) {
    match node {
        Json::Object(map) => {
            if let Some(Json::String(reference)) = map.get("$ref") {
                let pointer = reference.strip_prefix('#').expect("a reference within the schema");
                assert!(root.pointer(pointer).is_some(), "{reference} leads nowhere");
            }
            map.values().for_each(|inner| references_resolve(root, inner));
        }
        Json::Array(items) => items.iter().for_each(|inner| references_resolve(root, inner)),
        _ => {}
    }
}

#[test]
fn every_key_of_the_map_schema_is_described_with_its_default() {
    let (text, _) = run(root(), &["schema", "map"], 0);
    let schema: Json = serde_json::from_str(&text).expect("JSON");
    let sections = schema["$defs"].as_object().expect("definitions");
    let required = |section: &Json, key: &str| {
        section["required"].as_array().is_some_and(|list| list.iter().any(|one| one == key))
    };
    let mut faults = Vec::new();
    for (name, section) in sections.iter().chain([(&"map".to_owned(), &schema)]) {
        let Some(properties) = section["properties"].as_object() else { continue };
        for (key, property) in properties {
            let words = property["description"].as_str().unwrap_or_default();
            let is_section = property.get("$ref").is_some() || property["items"].get("$ref").is_some();
            if words.is_empty() {
                faults.push(format!("{name}.{key} is not described"));
            } else if !is_section && !required(section, key) && !words.contains("Default: ") {
                faults.push(format!("{name}.{key} does not say its default: {words}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn completions_know_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (script, _) = run(root(), &["completions", shell], 0);
        for command in commands() {
            assert!(script.contains(&command), "{shell} does not complete {command}");
        }
    }
}

#[test]
fn the_manual_is_a_man_page_that_names_every_command() {
    let (page, _) = run(root(), &["man"], 0);
    assert!(page.contains(".TH pressmap 1"), "{}", &page[..page.len().min(200)]);
    for command in commands() {
        assert!(page.contains(&command), "the manual does not name {command}");
    }
}

#[test]
fn a_printed_style_is_a_style() {
    let folder = tempfile::tempdir().expect("a folder");
    let (list, _) = run(root(), &["styles"], 0);
    let names: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() >= 3, "{names:?}");
    fs::write(folder.path().join("a.csv"), "country,presence\nPeru,a\nChile,b\n").expect("written");
    for name in names {
        let (style, _) = run(root(), &["styles", name], 0);
        fs::write(folder.path().join("mine.toml"), style).expect("written");
        run(
            folder.path(),
            &["render", "a.csv", "-o", "own.svg", "--width", "300", "--style", "mine.toml"],
            0,
        );
        run(folder.path(), &["render", "a.csv", "-o", "bundled.svg", "--width", "300", "--style", name], 0);
        assert_eq!(
            read(folder.path(), "own.svg"),
            read(folder.path(), "bundled.svg"),
            "{name} draws as bundled"
        );
    }
}

#[test]
fn standard_output_gives_the_bytes_of_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = root().join("data/presence/tren-de-aragua.csv");
    for format in ["svg", "png", "webp", "jpg"] {
        let file = format!("map.{format}");
        let draw = |out: &[&str]| {
            let mut command = program(folder.path());
            command.arg("render").arg(&table).args(["--width", "300", "-o"]).args(out);
            command.output().expect("the program starts")
        };
        assert!(draw(&[&file]).status.success());
        let piped = draw(&["-", "--format", format]);
        assert!(piped.status.success());
        assert!(piped.stdout == read(folder.path(), &file), "{format} on standard output is not the file");
    }
}

#[test]
fn a_failed_render_leaves_every_old_output_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.csv"), "country,presence\nVenezeula,a\n").expect("written");
    fs::write(folder.path().join("old.svg"), "old").expect("written");
    fs::write(folder.path().join("old.png"), "old").expect("written");
    run(folder.path(), &["render", "a.csv", "-o", "old.svg", "-o", "old.png"], 1);
    fs::write(folder.path().join("a.csv"), "country,presence\nVenezuela,a\n").expect("written");
    run(folder.path(), &["render", "a.csv", "-o", "old.svg", "-o", "nowhere/old.png"], 3);
    assert_eq!(read(folder.path(), "old.svg"), b"old");
    assert_eq!(read(folder.path(), "old.png"), b"old");
    let names = fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(names, 3, "no temporary file is left");
}

/// A place where a folder stands cannot be renamed over: the other output must not be written either.
#[test]
fn a_folder_in_the_place_of_an_output_stops_all_outputs() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.csv"), "country,presence\nVenezuela,a\n").expect("written");
    fs::create_dir(folder.path().join("map.png")).expect("a folder");
    run(folder.path(), &["render", "a.csv", "-o", "map.svg", "-o", "map.png"], 3);
    assert!(!folder.path().join("map.svg").exists());
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let mut child = program(root())
        .args(["places", "--format", "csv"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{:?} {}", output.status, String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty());
}

#[test]
fn quiet_silences_warnings_but_not_errors() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.csv"), "country,n\nWorld,9\nPeru,1\nChile,2\n").expect("written");
    let (_, loud) = run(folder.path(), &["render", "a.csv", "-o", "a.svg", "--width", "300"], 0);
    assert!(loud.contains("World"), "{loud}");
    let (_, quiet) = run(folder.path(), &["-q", "render", "a.csv", "-o", "a.svg", "--width", "300"], 0);
    assert_eq!(quiet, "");
    let (_, error) = run(folder.path(), &["-q", "render", "b.csv", "-o", "a.svg"], 1);
    assert!(error.contains("b.csv"), "{error}");
}

#[test]
fn colour_on_the_terminal_obeys_the_flag() {
    let (_, plain) = run(root(), &["places", "Venezeula"], 1);
    assert!(!plain.contains('\u{1b}'), "{plain}");
    let (_, colored) = run(root(), &["places", "Venezeula", "--color", "always"], 1);
    assert!(colored.contains('\u{1b}'), "{colored}");
}

fn read(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A command that draws nothing says so: success without a file is a riddle.
#[test]
fn a_map_file_that_asks_for_no_format_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let map = "[data]\nfile = \"a.csv\"\n\n[output]\nformats = []\n";
    fs::write(folder.path().join("map.toml"), map).expect("written");
    fs::write(folder.path().join("a.csv"), "country,presence\nPeru,a\nChile,b\n").expect("written");
    let (_, told) = run(folder.path(), &["render", "map.toml"], 1);
    assert!(told.contains("formats"), "{told}");
}

/// Threads cost; a number that no machine has must not bring one down.
#[test]
fn a_hundred_thousand_jobs_do_not_stall_the_machine() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.csv"), "country,presence\nPeru,a\nChile,b\n").expect("written");
    let mut child = program(folder.path())
        .args(["render", "a.csv", "-o", "a.svg", "--width", "300", "--jobs", "100000"])
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the program starts");
    let start = std::time::Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("it runs") {
            break status;
        }
        if start.elapsed().as_secs() >= 10 {
            child.kill().expect("it ends");
            panic!("still running after ten seconds");
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    };
    assert!(matches!(status.code(), Some(0 | 2)), "{status}");
}

/// A short first row is no reason to take a longer one for the header.
#[test]
fn rows_of_uneven_length_keep_their_header() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.csv"), "country,n\nPeru\nChile,1,2,3\n").expect("written");
    let output = program(folder.path()).args(["match", "a.csv"]).output().expect("the program starts");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)));
    assert!(!told.contains("a header and no rows"), "{told}");
}
