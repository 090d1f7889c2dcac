//! `pressmap batch`: many map files at once. One that fails fails alone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use pressmap::diagnostic::{Diagnostic, Diagnostics};
use rayon::prelude::*;

use super::files::Input;
use super::flags::{FigureFlags, TableFlags};
use super::output;
use super::render::{default_targets, draw, make_threads};
use super::{Terminal, terminal, usage};

/// Draw many map files in parallel
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  pressmap batch examples/*.toml --out-dir output/
  pressmap batch maps/*.toml --out-dir out/ --jobs 4 --report report.jsonl
  pressmap batch maps/*.toml --out-dir out/ --shard 2/8

One JSON line a map goes to standard output, or into the report; the exit code is 0 only when every map was drawn.")]
pub struct Batch {
    /// Map files or tables
    #[arg(value_name = "MAP", required = true)]
    maps: Vec<String>,
    /// The folder that the figures go into; it is made when there is none
    #[arg(long, value_name = "DIR")]
    out_dir: PathBuf,
    /// Maps drawn at once [default: one a core]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Draw only the I-th of every N maps, counted from 1
    #[arg(long, value_name = "I/N")]
    shard: Option<String>,
    /// Write the JSON lines into this file
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Draw although some rows match no place
    #[arg(long)]
    allow_unmatched: bool,
    #[command(flatten)]
    figure: FigureFlags,
}

/// What became of one map.
struct Outcome {
    map: String,
    outputs: Vec<String>,
    result: Result<Diagnostics, Diagnostics>,
}

impl Batch {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Diagnostics> {
        let maps = self.share()?;
        distinct(&maps)?;
        if let Some(report) = &self.report {
            let sources: Vec<PathBuf> = maps.iter().map(PathBuf::from).collect();
            output::keep_sources(std::slice::from_ref(report), &sources)?;
        }
        make_threads(self.jobs)?;
        output::make_folder(&self.out_dir)?;
        let bar = self.bar(terminal, maps.len());
        let outcomes: Vec<Outcome> = maps
            .par_iter()
            .map(|map| {
                let outcome = self.one(map);
                bar.inc(1);
                outcome
            })
            .collect();
        bar.finish_and_clear();
        self.tell(&outcomes, terminal)
    }

    /// The maps of this shard.
    fn share(&self) -> Result<Vec<&String>, Diagnostics> {
        let Some(shard) = &self.shard else { return Ok(self.maps.iter().collect()) };
        let parsed = shard
            .split_once('/')
            .and_then(|(i, n)| Some((i.parse::<usize>().ok()?, n.parse::<usize>().ok()?)));
        match parsed {
            Some((i, n)) if i >= 1 && i <= n => Ok(self.maps.iter().skip(i - 1).step_by(n).collect()),
            _ => Err(usage(format!("`--shard {shard}` is no I/N"))
                .hint("write --shard 1/4 up to --shard 4/4")
                .into()),
        }
    }

    fn bar(&self, terminal: &Terminal, count: usize) -> ProgressBar {
        if !terminal.shows_progress() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(count as u64);
        if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos}/{len} maps  {elapsed}") {
            bar.set_style(style);
        }
        bar
    }

    fn one(&self, map: &str) -> Outcome {
        let mut outputs = Vec::new();
        let result = self.draw_one(map, &mut outputs);
        Outcome { map: map.to_owned(), outputs, result }
    }

    fn draw_one(&self, map: &str, outputs: &mut Vec<String>) -> Result<Diagnostics, Diagnostics> {
        let input = Input::open(map)?;
        let figure = draw(&input, &TableFlags::default(), &self.figure, self.allow_unmatched)?;
        let targets = default_targets(&figure, &self.out_dir, &input.stem, map)?;
        let paths: Vec<PathBuf> = targets.iter().map(|(path, _)| path.into()).collect();
        output::keep_sources(&paths, &input.sources)?;
        let mut files = Vec::new();
        for (path, (_, format)) in paths.into_iter().zip(&targets) {
            files.push((path, format.encode(&figure)?));
        }
        output::write_all(&files)?;
        outputs.extend(files.iter().map(|(path, _)| path.display().to_string()));
        Ok(figure.warnings)
    }

    /// The JSON lines, then the faults of the maps that failed.
    fn tell(&self, outcomes: &[Outcome], terminal: &Terminal) -> Result<(), Diagnostics> {
        let lines: String = outcomes.iter().map(|one| format!("{}\n", one.line())).collect();
        match &self.report {
            Some(path) => output::write_all(&[(path.clone(), lines.into_bytes())])?,
            None => terminal::print(lines.as_bytes())?,
        }
        let mut faults = Diagnostics::default();
        for outcome in outcomes {
            match &outcome.result {
                Ok(warnings) => terminal.warn(&outcome.named(warnings)),
                Err(found) => faults.extend(outcome.named(found)),
            }
        }
        if faults.has_errors() { Err(faults) } else { Ok(()) }
    }
}

impl Outcome {
    fn line(&self) -> serde_json::Value {
        let texts = |all: &Diagnostics, error: bool| -> Vec<String> {
            all.0.iter().filter(|one| one.is_error() == error).map(ToString::to_string).collect()
        };
        let (status, all) = match &self.result {
            Ok(warnings) => ("drawn", warnings),
            Err(faults) => ("failed", faults),
        };
        serde_json::json!({
            "map": self.map,
            "status": status,
            "outputs": self.outputs,
            "warnings": texts(all, false),
            "errors": texts(all, true),
        })
    }

    /// The diagnostics with the map's name before each that names no file.
    fn named(&self, all: &Diagnostics) -> Diagnostics {
        let name = |one: &Diagnostic| {
            let mut one = one.clone();
            if one.place.as_ref().is_none_or(|place| !place.file.contains(&self.map)) {
                one.message = format!("{}: {}", self.map, one.message);
            }
            one
        };
        Diagnostics(all.0.iter().map(name).collect())
    }
}

/// Two maps of one name would write over each other.
fn distinct(maps: &[&String]) -> Result<(), Diagnostics> {
    let mut stems: BTreeMap<String, &String> = BTreeMap::new();
    for map in maps {
        let stem =
            Path::new(map).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        if let Some(other) = stems.insert(stem.clone(), map) {
            let one = usage(format!("{other} and {map} would both be written as {stem}"));
            return Err(one.hint("draw them into two folders").into());
        }
    }
    Ok(())
}
