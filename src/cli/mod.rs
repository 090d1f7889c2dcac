//! The command line: what can be typed, one file a command. All terminal and file I/O of the program is here.

mod batch;
mod check;
mod fates;
mod files;
mod flags;
mod init;
mod lists;
mod locate;
mod output;
mod places;
mod projections;
mod render;
mod sheets;
mod terminal;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use pressmap::diagnostic::{Diagnostic, Diagnostics};

pub use terminal::Terminal;

/// Turns a table of places into a finished, publishable presence map.
#[derive(Debug, Parser)]
#[command(name = "pressmap", version, propagate_version = true, arg_required_else_help = true)]
#[command(
    after_help = "Exit codes: 0 done · 1 the input cannot be drawn as asked · 2 wrong usage · 3 an output could not be written"
)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Flags of every command.
#[derive(Args, Debug)]
pub struct Global {
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say what was found and decided
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// When to use colour on the terminal
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub color: Color,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Columns for people
    Table,
    /// Comma-separated
    Csv,
    /// JSON
    Json,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum Command {
    /// Draw a map file or a table as a figure
    Render(render::Render),
    /// Draw many map files in parallel
    Batch(batch::Batch),
    /// Say everything that render would complain about, and draw nothing
    Check(check::Check),
    /// Say what became of every row of a table
    Match(fates::Match),
    /// Say where positions of the globe lie in the figure
    Locate(locate::Locate),
    /// List the places, or show one
    Places(places::Places),
    /// List the styles, or print one
    Styles(lists::Styles),
    /// List the palettes, or print one
    Palettes(lists::Palettes),
    /// List the projections, show one, or draw a specimen sheet
    Projections(projections::Projections),
    /// List the forms of legend, print a map file that has one, or draw a specimen sheet
    Legends(sheets::Legends),
    /// List the symbols of points, or draw a specimen sheet
    Symbols(sheets::Symbols),
    /// Write a commented map file and a table to start from
    Init(init::Init),
    /// Print the JSON Schema of map files or styles, for editors
    Schema(lists::Schema),
    /// Print a completion script for a shell
    Completions(lists::Completions),
    /// Print the manual page
    #[command(after_help = "Example:\n  pressmap man > pressmap.1")]
    Man,
}

/// Runs the command that was typed.
pub fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Diagnostics> {
    match &arguments.command {
        Command::Render(command) => command.run(terminal),
        Command::Batch(command) => command.run(terminal),
        Command::Check(command) => command.run(terminal),
        Command::Match(command) => command.run(terminal),
        Command::Locate(command) => command.run(terminal),
        Command::Places(command) => command.run(terminal),
        Command::Styles(command) => command.run(terminal),
        Command::Palettes(command) => command.run(terminal),
        Command::Projections(command) => command.run(terminal),
        Command::Legends(command) => command.run(terminal),
        Command::Symbols(command) => command.run(terminal),
        Command::Init(command) => command.run(terminal),
        Command::Schema(command) => command.run(terminal),
        Command::Completions(command) => command.run(terminal),
        Command::Man => lists::man(terminal),
    }
}

/// Prints what clap says of arguments that it refused (or of `--help`), and gives the exit code.
pub fn refuse(refusal: &clap::Error) -> ExitCode {
    // a closed pipe is no failure
    let _ = refusal.print();
    let _ = std::io::stdout().flush();
    if refusal.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}

/// A fault of the command line.
fn usage(message: impl Into<String>) -> Diagnostic {
    Diagnostic::usage(message)
}
