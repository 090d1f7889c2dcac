//! Small commands that print what there is: styles, palettes, schemas, completions, the manual.

use clap::{Args, CommandFactory as _, ValueEnum};
use pressmap::diagnostic::{Diagnostic, Diagnostics, nearest};
use pressmap::scale::palettes;
use pressmap::{spec, style};

use super::{Arguments, Terminal, terminal};

/// List the styles, or print one
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  pressmap styles
  pressmap styles newsroom > mine.toml")]
pub struct Styles {
    /// Print this style's file
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

impl Styles {
    pub fn run(&self, _: &Terminal) -> Result<(), Diagnostics> {
        let Some(name) = &self.name else {
            let describe = |(name, text): &(&str, &str)| {
                let table: toml::Table = toml::from_str(text).unwrap_or_default();
                let words =
                    table.get("description").and_then(toml::Value::as_str).unwrap_or_default().to_owned();
                format!("{name:<12}  {words}\n")
            };
            let all: String = style::BUNDLED.iter().map(describe).collect();
            return terminal::print(all.as_bytes());
        };
        match style::bundled(name) {
            Some(text) => terminal::print(text.as_bytes()),
            None => {
                let names: Vec<&str> = style::BUNDLED.iter().map(|(name, _)| *name).collect();
                Err(unknown("style", name, &names))
            }
        }
    }
}

/// There is none of that name; what may be meant.
pub(super) fn unknown(what: &str, name: &str, names: &[&str]) -> Diagnostics {
    let one = Diagnostic::error(format!("there is no {what} called `{name}`"));
    match nearest(name, names) {
        Some(near) => one.hint(format!("did you mean `{near}`?")).into(),
        None => one.hint(format!("`pressmap {what}s` lists them")).into(),
    }
}

/// List the palettes, or print one
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  pressmap palettes
  pressmap palettes viridis --classes 5")]
pub struct Palettes {
    /// Print the colours of this palette
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// How many colours
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u8).range(2..=12))]
    classes: u8,
}

impl Palettes {
    pub fn run(&self, _: &Terminal) -> Result<(), Diagnostics> {
        let chosen = match &self.name {
            Some(name) => vec![palettes::by_name(name)?],
            None => palettes::all().iter().collect(),
        };
        let width = chosen.iter().map(|palette| palette.name.len()).max().unwrap_or(0);
        let line = |palette: &&palettes::Palette| {
            let colors: Vec<String> =
                palette.colors(usize::from(self.classes)).iter().map(ToString::to_string).collect();
            format!("{:<width$}  {}\n", palette.name, colors.join(" "))
        };
        let all: String = chosen.iter().map(line).collect();
        terminal::print(all.as_bytes())
    }
}

/// Print the JSON Schema of map files or styles, for editors
#[derive(Args, Debug)]
#[command(after_help = "Example:
  pressmap schema map > pressmap.schema.json")]
pub struct Schema {
    /// Of which file
    #[arg(value_enum, default_value_t = Of::Map)]
    of: Of,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Of {
    /// Map files
    Map,
    /// Style files
    Style,
}

impl Schema {
    pub fn run(&self, _: &Terminal) -> Result<(), Diagnostics> {
        let schema = match self.of {
            Of::Map => spec::map_schema(),
            Of::Style => style::schema(),
        };
        terminal::print(format!("{schema:#}\n").as_bytes())
    }
}

/// Print a completion script for a shell
#[derive(Args, Debug)]
#[command(after_help = "Example:
  pressmap completions bash > ~/.local/share/bash-completion/completions/pressmap")]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

impl Completions {
    pub fn run(&self, _: &Terminal) -> Result<(), Diagnostics> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "pressmap", &mut script);
        terminal::print(&script)
    }
}

/// `pressmap man`: the manual page in roff.
pub fn man(_: &Terminal) -> Result<(), Diagnostics> {
    let mut page = Vec::new();
    let rendered = clap_mangen::Man::new(Arguments::command()).render(&mut page);
    rendered.map_err(|error| Diagnostics::from(Diagnostic::output(error.to_string())))?;
    terminal::print(&page)
}
