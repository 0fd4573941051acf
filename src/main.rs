//! The program: command line in, exit code out.

use std::process::ExitCode;

use roomkey::runtime::{self, Options};

fn main() -> ExitCode {
    ExitCode::from(runtime::run(&Options::default()))
}
