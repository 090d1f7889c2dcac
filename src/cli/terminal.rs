//! What people see: diagnostics on standard error, reports on standard output.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use anstream::ColorChoice;
use anstyle::{AnsiColor, Style};
use pressmap::diagnostic::{Diagnostic, Diagnostics, Fault, Severity};

use super::{Color, Global};

/// The terminal, as the flags want it used.
pub struct Terminal {
    quiet: bool,
    verbose: bool,
}

impl Terminal {
    /// By the flags of every command.
    pub fn new(global: &Global) -> Self {
        match global.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        }
        .write_global();
        Terminal { quiet: global.quiet, verbose: global.verbose }
    }

    /// Prints errors and gives the exit code of the gravest kind of fault.
    pub fn fail(&self, faults: &Diagnostics) -> ExitCode {
        for one in &faults.0 {
            self.say(one);
        }
        let has = |fault| faults.0.iter().any(|one| one.is_error() && one.fault == fault);
        ExitCode::from(match () {
            () if has(Fault::Usage) => 2,
            () if has(Fault::Input) => 1,
            () if has(Fault::Output) => 3,
            () => 1,
        })
    }

    /// Prints warnings, unless they are not wanted.
    pub fn warn(&self, warnings: &Diagnostics) {
        for one in &warnings.0 {
            self.say(one);
        }
    }

    /// Prints a remark that only `--verbose` asks for.
    pub fn remark(&self, text: &str) {
        if self.verbose {
            let _ = writeln!(anstream::stderr(), "{}", printable(text));
        }
    }

    /// Prints a remark that only `--quiet` keeps back.
    pub fn tell(&self, text: &str) {
        if !self.quiet {
            let _ = writeln!(anstream::stderr(), "{}", printable(text));
        }
    }

    /// Whether a progress bar may be shown.
    pub fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    fn say(&self, one: &Diagnostic) {
        let (word, color) = match one.severity {
            Severity::Error => ("error", AnsiColor::Red),
            Severity::Warning if self.quiet => return,
            Severity::Warning => ("warning", AnsiColor::Yellow),
        };
        let (strong, soft) = (Style::new().bold().fg_color(Some(color.into())), Style::new().bold());
        let text = one.to_string();
        let mut lines = text.split('\n');
        let mut err = anstream::stderr().lock();
        let _ = writeln!(err, "{strong}{word}{strong:#}: {}", printable(lines.next().unwrap_or_default()));
        for line in lines {
            let hint = line.strip_prefix("hint: ");
            let _ = match hint {
                Some(hint) => writeln!(err, "  {soft}hint{soft:#}: {}", printable(hint)),
                None => writeln!(err, "  {}", printable(line)),
            };
        }
    }
}

/// Text from users without control characters: a terminal would obey them.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\t' { '\u{fffd}' } else { c }).collect()
}

/// Writes to standard output; a closed pipe is success.
pub fn print(bytes: &[u8]) -> Result<(), Diagnostics> {
    print_by(|out| out.write_all(bytes))
}

/// The same of what `write` writes piece by piece.
pub fn print_by(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> Result<(), Diagnostics> {
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Diagnostic::output(format!("standard output cannot be written: {error}")).into())
        }
        _ => Ok(()),
    }
}
