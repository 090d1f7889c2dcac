//! The program: arguments in, diagnostics out, exit code.
#![forbid(unsafe_code)]

mod cli;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let arguments = match cli::Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(refusal) => return cli::refuse(&refusal),
    };
    let terminal = cli::Terminal::new(&arguments.global);
    match cli::run(&arguments, &terminal) {
        Ok(()) => ExitCode::SUCCESS,
        Err(faults) => terminal.fail(&faults),
    }
}
