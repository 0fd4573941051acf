//! The program: command line in, exit code out.

use std::process::ExitCode;

use roomkey::cli::{self, Console};
use roomkey::runtime::{self, Options};

fn main() -> ExitCode {
    ExitCode::from(cli::run(std::env::args_os(), open))
}

/// Opens the console.
fn open(Console { demo, config }: Console) -> u8 {
    runtime::run(&Options { demo, config })
}
