//! `pressmap match`: what became of every row of a table.

use std::collections::BTreeSet;

use clap::Args;
use pressmap::diagnostic::{Diagnostics, Place};
use pressmap::join::report::Report;
use pressmap::{Job, Matched};

use super::files::Input;
use super::flags::TableFlags;
use super::{Format, Terminal, terminal};

/// Say what became of every row of a table
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  pressmap match presence.csv
  pressmap match cases.csv --place Country --value 2023 --format json

Exit code 1 when a row is unmatched or ambiguous.")]
pub struct Match {
    /// A table, a map file that names one, or - for a table on standard input
    #[arg(value_name = "DATA", required_unless_present = "presence")]
    data: Option<String>,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[command(flatten)]
    table: TableFlags,
}

impl Match {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Diagnostics> {
        let input = Input::typed(self.data.as_deref(), &self.table)?;
        let mut overrides = input.overrides.clone();
        overrides.extend(self.table.overrides());
        let job = Job { name: &input.name, text: &input.text, overrides: &overrides, allow_unmatched: true };
        let Matched { atlas, join, warnings } = pressmap::matched(&job, &input.files)?;
        // a table alone is shown whole; a map file may frame less. What stops the drawing is told below, or by `check`
        let figure = (!input.text.is_empty()).then(|| pressmap::draw(&job, &input.files).ok()).flatten();
        let unseen: BTreeSet<String> = figure.into_iter().flat_map(|figure| figure.unseen).collect();
        let drawn = |id| {
            let shown = join.values.contains_key(&id) && atlas.drawn_as(id).is_none();
            shown && !unseen.contains(&*atlas.place(id).code)
        };
        let report = Report::new(&join, &atlas, drawn);
        terminal::print_by(|out| match self.format {
            Format::Table => report.write_text(out),
            Format::Csv => report.write_csv(out),
            Format::Json => report.write_json(out),
        })?;
        terminal.warn(&warnings);
        let found = join.diagnostics(&atlas, false);
        let (mut faults, told): (Vec<_>, Vec<_>) = found.0.into_iter().partition(|one| one.is_error());
        terminal.warn(&Diagnostics(told));
        for one in &mut faults {
            one.place.get_or_insert_with(|| Place::file(&input.name));
        }
        if faults.is_empty() { Ok(()) } else { Err(Diagnostics(faults)) }
    }
}
