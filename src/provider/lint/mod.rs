//! Does a page make sense? Its form has been read; here its meaning is checked, and every finding is reported at
//! once with its place: references that lead nowhere, labels that occur twice, defaults that are no choice, secrets
//! that are used for anything but signing in.

mod fields;
mod operation;
mod page;
mod references;

use crate::domain::page::Page;

use super::load::Fault;
use super::locate::locate;
use super::validate::Severity;

/// Something that is wrong with a page, or doubtful.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub severity: Severity,
    pub fault: Fault,
}

/// Longest line of a page, in characters.
const MAX_COLUMNS: usize = 160;

/// Every finding, in the order of the file.
pub fn lint(page: &Page, text: &str, file: &str) -> Vec<Finding> {
    let mut notes = Notes::default();
    page::check(page, &mut notes);
    for (id, operation) in &page.operations {
        operation::check(page, id, operation, &mut notes);
    }
    let mut findings: Vec<Finding> = (notes.0.into_iter())
        .map(|note| {
            let (line, column) = locate(text, &note.path);
            Finding {
                severity: note.severity,
                fault: Fault { file: file.into(), line, column, text: note.text },
            }
        })
        .collect();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| line.chars().count() > MAX_COLUMNS) {
        let text =
            format!("the line has {} columns; at most {MAX_COLUMNS} are easy to read", line.chars().count());
        let fault = Fault { file: file.into(), line: index + 1, column: MAX_COLUMNS + 1, text };
        findings.push(Finding { severity: Severity::Warning, fault });
    }
    findings.sort_by_key(|finding| (finding.fault.line, finding.fault.column));
    findings
}

/// Findings by path, before their lines are known.
#[derive(Default)]
struct Notes(Vec<Note>);

struct Note {
    severity: Severity,
    path: Vec<String>,
    text: String,
}

impl Notes {
    fn error(&mut self, path: &[&str], text: impl Into<String>) {
        self.add(Severity::Error, path, text.into());
    }

    fn warn(&mut self, path: &[&str], text: impl Into<String>) {
        self.add(Severity::Warning, path, text.into());
    }

    fn add(&mut self, severity: Severity, path: &[&str], text: String) {
        self.0.push(Note { severity, path: path.iter().map(|part| (*part).to_owned()).collect(), text });
    }
}
