//! `pressmap check`: everything that render would complain about.

use clap::Args;
use pressmap::Job;
use pressmap::diagnostic::{Diagnostic, Diagnostics, Severity};

use super::files::Input;
use super::flags::{FigureFlags, TableFlags};
use super::{Format, Terminal, terminal};

/// Say everything that render would complain about, and draw nothing
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  pressmap check examples/tren-de-aragua.toml
  pressmap check presence.csv --format json")]
pub struct Check {
    /// A map file (.toml), a table, or - for a table on standard input
    #[arg(value_name = "INPUT", required_unless_present = "presence")]
    input: Option<String>,
    /// Rows that match no place are warnings
    #[arg(long)]
    allow_unmatched: bool,
    /// table: sentences; json: one object
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[command(flatten)]
    table: TableFlags,
    #[command(flatten)]
    figure: FigureFlags,
}

impl Check {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Diagnostics> {
        let found = self.found();
        if self.format == Format::Json {
            terminal::print(json(&found).as_bytes())?;
            // told already; the exit code still says it
            return match found.has_errors() {
                true => Err(Diagnostics(found.0.into_iter().filter(Diagnostic::is_error).collect())),
                false => Ok(()),
            };
        }
        let warnings = found.into_result()?;
        terminal.warn(&warnings);
        if warnings.0.is_empty() {
            terminal.remark("nothing to complain about");
        }
        Ok(())
    }

    fn found(&self) -> Diagnostics {
        let whole = || {
            let input = Input::typed(self.input.as_deref(), &self.table)?;
            let mut overrides = input.overrides.clone();
            overrides.extend(self.table.overrides());
            overrides.extend(self.figure.overrides()?);
            let allow_unmatched = self.allow_unmatched;
            let job = Job { name: &input.name, text: &input.text, overrides: &overrides, allow_unmatched };
            pressmap::draw(&job, &input.files).map(|figure| figure.warnings)
        };
        whole().unwrap_or_else(|faults| faults)
    }
}

fn json(found: &Diagnostics) -> String {
    let one = |one: &Diagnostic| {
        let place = one.place.clone().unwrap_or_default();
        serde_json::json!({
            "severity": if one.severity == Severity::Error { "error" } else { "warning" },
            "message": one.message,
            "file": place.file,
            "line": place.line,
            "column": place.column,
            "key": place.key,
            "hints": one.hints,
        })
    };
    let all: Vec<serde_json::Value> = found.0.iter().map(one).collect();
    format!("{}\n", serde_json::json!({ "diagnostics": all }))
}
