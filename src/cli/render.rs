//! `pressmap render`: one figure.

use std::path::{Path, PathBuf};

use clap::Args;
use pressmap::diagnostic::Diagnostics;
use pressmap::{Figure, Job};

use super::files::{Input, STDIN};
use super::flags::{FigureFlags, TableFlags};
use super::output::{self, FileFormat};
use super::{Terminal, usage};

/// Where figures go when no output is named.
pub const FOLDER: &str = "output";

/// Draw a map file or a table as a figure
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  pressmap render examples/tren-de-aragua.toml
  pressmap render presence.csv -o map.svg -o map.png --title \"Where it is found\"
  pressmap render - --format svg -o - < presence.csv > map.svg
  pressmap render --presence \"Venezuela: origin; Colombia, Peru: established\" -o map.svg")]
pub struct Render {
    /// A map file (.toml), a table (.csv .tsv .txt .json .geojson .xlsx .ods), or - for a table on standard input
    #[arg(value_name = "INPUT", required_unless_present = "presence")]
    input: Option<String>,
    /// Where to: .svg, .png, .webp or .jpg, or - with --format [default: the map file's formats, into output/]
    #[arg(short, long = "output", value_name = "OUT")]
    outputs: Vec<String>,
    /// Format of an output called -
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// Draw although some rows match no place
    #[arg(long)]
    allow_unmatched: bool,
    /// Threads that may be used [default: one a core]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    #[command(flatten)]
    table: TableFlags,
    #[command(flatten)]
    figure: FigureFlags,
}

impl Render {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Diagnostics> {
        let formats = self.formats()?;
        make_threads(self.jobs)?;
        let input = Input::typed(self.input.as_deref(), &self.table)?;
        let figure = draw(&input, &self.table, &self.figure, self.allow_unmatched)?;
        let targets = if formats.is_empty() {
            default_targets(&figure, Path::new(FOLDER), &input.stem, &input.name)?
        } else {
            formats
        };
        let paths: Vec<PathBuf> =
            targets.iter().filter(|(out, _)| out != STDIN).map(|(out, _)| out.into()).collect();
        output::keep_sources(&paths, &input.sources)?;
        let mut files = Vec::new();
        for (out, format) in &targets {
            if out != STDIN {
                files.push((PathBuf::from(out), format.encode(&figure)?));
            }
        }
        if self.outputs.is_empty() {
            output::make_folder(Path::new(FOLDER))?;
        }
        output::write_all(&files)?;
        for (_, format) in targets.iter().filter(|(out, _)| out == STDIN) {
            output::print(&figure, *format)?;
        }
        terminal.warn(&figure.warnings);
        for remark in &figure.remarks {
            terminal.remark(remark);
        }
        for (path, bytes) in &files {
            let text = format!("wrote {} ({} KB)", path.display(), bytes.len().div_ceil(1000));
            // without -o the user does not know where to look
            if self.outputs.is_empty() { terminal.tell(&text) } else { terminal.remark(&text) }
        }
        Ok(())
    }

    /// The named outputs with their formats: known before anything is read.
    fn formats(&self) -> Result<Vec<(String, FileFormat)>, Diagnostics> {
        let mut all = Vec::new();
        for out in &self.outputs {
            let format = match (out.as_str(), self.format.as_deref()) {
                (STDIN, None) => {
                    return Err(usage("an output called - needs --format").hint("add --format svg").into());
                }
                (STDIN, Some(name)) => FileFormat::of(name).ok_or_else(|| {
                    usage(format!("no format is called {name}"))
                        .hint("the formats are svg, png, webp and jpg")
                })?,
                (path, _) => FileFormat::of_path(path)?,
            };
            all.push((out.clone(), format));
        }
        Ok(all)
    }
}

/// Reads and draws an input with the flags on top of it.
pub fn draw(
    input: &Input,
    table: &TableFlags,
    figure: &FigureFlags,
    allow_unmatched: bool,
) -> Result<Figure, Diagnostics> {
    let mut overrides = input.overrides.clone();
    overrides.extend(table.overrides());
    overrides.extend(figure.overrides()?);
    let job = Job { name: &input.name, text: &input.text, overrides: &overrides, allow_unmatched };
    pressmap::draw(&job, &input.files)
}

/// The formats that the map file asks for, as files called `stem` in `folder`.
pub fn default_targets(
    figure: &Figure,
    folder: &Path,
    stem: &str,
    input: &str,
) -> Result<Vec<(String, FileFormat)>, Diagnostics> {
    let mut all = Vec::new();
    for ending in &figure.output.formats {
        let format = FileFormat::of(ending).ok_or_else(|| {
            let place = pressmap::diagnostic::Place::file(input).key("output.formats");
            let one = pressmap::diagnostic::Diagnostic::error(format!("no format is called {ending}"));
            one.at(place).hint("the formats are svg, png, webp and jpg")
        })?;
        all.push((folder.join(format!("{stem}.{ending}")).display().to_string(), format));
    }
    Ok(all)
}

/// More threads than any machine makes good use of only cost memory.
const MOST_THREADS: usize = 256;

/// Makes the threads of the process, of which this one is the first: `jobs` of them, or one a core.
pub fn make_threads(jobs: Option<usize>) -> Result<(), Diagnostics> {
    if let Some(jobs) = jobs.filter(|jobs| !(1..=MOST_THREADS).contains(jobs)) {
        return Err(usage(format!("--jobs takes a number from 1 to {MOST_THREADS}, not {jobs}")).into());
    }
    reserve(2 * MEMORY);
    reserve(MEMORY);
    let pool = rayon::ThreadPoolBuilder::new().use_current_thread().num_threads(jobs.unwrap_or_default());
    pool.start_handler(|_| reserve(MEMORY))
        .build_global()
        .map_err(|error| usage(format!("the threads cannot be made: {error}")).into())
}

/// About what a thread needs for a figure, bytes.
const MEMORY: usize = 3 << 19;

/// Has a block of memory and gives it back. An allocator that has seen one that large keeps what is freed for the next block of
/// that size, and grows in one step instead of a page at a time.
fn reserve(bytes: usize) {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(bytes)));
}
