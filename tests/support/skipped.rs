//! What a test says when the part it needs is not here.

use std::io::{self, Write};

/// Past the test harness, which keeps the output of a passing test to itself.
pub fn skipped(why: &str) {
    let _ = writeln!(io::stderr(), "SKIPPED: {why}");
}
