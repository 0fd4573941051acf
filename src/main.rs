//! The program: command line in, exit code out.

use std::process::ExitCode;

use roomkey::cli::{self, Console};

fn main() -> ExitCode {
    ExitCode::from(cli::run(std::env::args_os(), open))
}

/// Opens the console.
fn open(_console: Console) -> u8 {
    1
}
