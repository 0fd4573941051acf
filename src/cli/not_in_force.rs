//! What of the configuration is not in force: one line of warning where a command works all the same. The console shows
//! the same as a banner, `roomkey config check` all of it.

use crate::config::{Config, Problem, Severity};

/// The line for the problems that stand in the files, and these further ones.
pub(super) fn warning(config: &Config, further: &[Problem]) -> Option<String> {
    let mut problems: Vec<&Problem> = Vec::new();
    let errors = |problem: &&Problem| problem.severity == Severity::Error;
    for problem in config.problems().iter().chain(further).filter(errors) {
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    match problems.as_slice() {
        [] => None,
        [only] => Some(only.to_string()),
        [first, rest @ ..] => {
            Some(format!("{first} (and {} more; `roomkey config check` lists all)", rest.len()))
        }
    }
}
