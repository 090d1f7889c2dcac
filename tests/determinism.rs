//! Same input, same bytes: at any thread count, in any language, time zone, home and folder.

mod support;

use std::fs;
use std::path::Path;

use support::{examples, program, root, stem};

const FORMATS: [&str; 4] = ["svg", "png", "webp", "jpg"];

/// One machine and another.
fn surroundings() -> [(&'static str, Vec<(&'static str, &'static str)>); 2] {
    let here = vec![
        ("LANG", "C"),
        ("LC_ALL", "C"),
        ("TZ", "UTC"),
        ("HOME", "/nonexistent"),
        ("RAYON_NUM_THREADS", "1"),
    ];
    let there = vec![
        ("LANG", "de_DE.UTF-8"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LC_NUMERIC", "de_DE.UTF-8"),
        ("TZ", "Pacific/Kiritimati"),
        ("HOME", "/tmp"),
        ("USER", "somebody"),
        ("COLUMNS", "40"),
        ("FONTCONFIG_PATH", "/nonexistent"),
        ("SOURCE_DATE_EPOCH", "1"),
        ("RUST_LOG", "trace"),
    ];
    [("1", here), ("2", there)]
}

fn render(input: &str, folder: &Path, jobs: &str, surroundings: &[(&str, &str)]) {
    fs::create_dir_all(folder).expect("a folder");
    let mut command = program(root());
    command
        .env_clear()
        .envs(surroundings.iter().copied())
        .args(["render", input, "--jobs", jobs, "--width", "900"]);
    for format in FORMATS {
        command.arg("-o").arg(folder.join(format!("map.{format}")));
    }
    let output = command.output().expect("the program starts");
    assert!(output.status.success(), "{input}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn two_runs_of_every_example_give_the_same_bytes() {
    let scratch = tempfile::tempdir().expect("a folder");
    let mut inputs: Vec<String> =
        examples().iter().map(|path| format!("examples/{}.toml", stem(path))).collect();
    inputs.push("data/presence/tren-de-aragua.csv".to_owned());
    for input in &inputs {
        for (jobs, variables) in surroundings() {
            render(input, &scratch.path().join(jobs), jobs, &variables);
        }
        for format in FORMATS {
            let read = |jobs: &str| {
                fs::read(scratch.path().join(jobs).join(format!("map.{format}"))).expect("drawn")
            };
            assert!(read("1") == read("2"), "{input} as {format} differs between two runs");
        }
    }
}

#[test]
fn a_batch_draws_what_render_draws_at_any_thread_count() {
    let scratch = tempfile::tempdir().expect("a folder");
    let inputs: Vec<String> = examples().iter().map(|path| format!("examples/{}.toml", stem(path))).collect();
    for jobs in ["1", "2", "3"] {
        let output = program(root())
            .args(["batch", "--jobs", jobs, "--out-dir"])
            .arg(scratch.path().join(jobs))
            .args(&inputs)
            .output()
            .expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let order: Vec<bool> =
            told.lines().zip(&inputs).map(|(line, input)| line.contains(input.as_str())).collect();
        assert_eq!(order, vec![true; inputs.len()], "a JSON line a map, in the order of the maps:\n{told}");
    }
    for name in fs::read_dir(scratch.path().join("1")).expect("drawn") {
        let name = name.expect("an entry").file_name();
        let read = |jobs: &str| fs::read(scratch.path().join(jobs).join(&name)).expect("drawn");
        assert!(read("1") == read("2") && read("1") == read("3"), "{name:?} differs between thread counts");
    }
    let alone = scratch.path().join("alone.svg");
    let output =
        program(root()).args(["render", &inputs[0], "-o"]).arg(&alone).output().expect("the program starts");
    assert!(output.status.success());
    let name = Path::new(&inputs[0]).with_extension("svg");
    let batch = scratch.path().join("1").join(name.file_name().expect("a name"));
    assert!(fs::read(alone).expect("drawn") == fs::read(batch).expect("drawn"));
}

/// Where the program stands when it is started decides nothing.
#[test]
fn the_folder_that_it_is_started_in_decides_nothing() {
    let scratch = tempfile::tempdir().expect("a folder");
    let map = root().join("examples/tren-de-aragua.toml");
    for (name, folder) in
        [("a", root().to_owned()), ("b", scratch.path().to_owned()), ("c", root().join("examples"))]
    {
        let out = scratch.path().join(name).with_extension("svg");
        let output =
            program(&folder).arg("render").arg(&map).arg("-o").arg(out).output().expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let read = |name: &str| fs::read(scratch.path().join(name).with_extension("svg")).expect("drawn");
    assert!(read("a") == read("b") && read("a") == read("c"));
}
