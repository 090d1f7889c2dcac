//! What a whole cold process takes, from the command to its end: `cargo bench --bench cold`.
//!
//! Each command runs in a process of its own, the commands in turn, so that a slow moment of the machine meets
//! all of them. Told are the fastest run and the median, and beside them the target. `RUNS=50` takes more runs.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_pressmap");

/// A command, and the milliseconds that its median may take on two ordinary cores.
const COMMANDS: [(&str, &[&str], f64); 6] = [
    ("the program itself", &["--version"], 2.0),
    ("reference SVG", &["render", "examples/tren-de-aragua.toml", "-o", "map.svg"], 15.0),
    ("reference PNG 1600", &["render", "examples/tren-de-aragua.toml", "-o", "map.png"], 80.0),
    ("a table alone, SVG", &["render", "data/presence/tren-de-aragua.csv", "-o", "map.svg"], 15.0),
    ("world SVG 2400", &["render", "examples/world-numeric.toml", "-o", "map.svg"], 15.0),
    ("world PNG 2400", &["render", "examples/world-numeric.toml", "-o", "map.png"], 80.0),
];

fn main() {
    let runs = std::env::var("RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(25usize).max(1);
    let scratch = tempfile::tempdir().expect("a folder");
    let mut times = vec![Vec::new(); COMMANDS.len()];
    // the first round fetches the program and its input from the disk
    for round in 0..=runs {
        for ((_, arguments, _), times) in COMMANDS.iter().zip(&mut times) {
            let time = run(arguments, scratch.path());
            if round > 0 {
                times.push(time);
            }
        }
    }
    println!("{:<22} {:>9} {:>9} {:>9}   {runs} runs, ms", "cold process", "fastest", "median", "target");
    for ((name, _, target), times) in COMMANDS.iter().zip(&mut times) {
        times.sort();
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        println!("{name:<22} {:>9.1} {:>9.1} {target:>9.1}", ms(times[0]), ms(times[times.len() / 2]));
    }
}

fn run(arguments: &[&str], scratch: &Path) -> Duration {
    let mut command = Command::new(PROGRAM);
    command.current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null()).stdout(Stdio::null());
    for argument in arguments {
        match argument.starts_with("map.") {
            true => command.arg(scratch.join(argument)),
            false => command.arg(argument),
        };
    }
    let start = Instant::now();
    let status = command.status().expect("the program starts");
    let time = start.elapsed();
    assert!(status.success(), "pressmap {}", arguments.join(" "));
    time
}
