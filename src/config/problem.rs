//! What is wrong with a configuration, where, and whom it concerns. A problem names keys and known names, never a
//! configured value: the value may be a key somebody put into the wrong line.

use std::fmt;
use std::sync::Arc;

use crate::domain::text::DisplayText;
use crate::error::Error;

/// Longest name of a key that is repeated to the user, in characters.
const LONGEST_NAME: usize = 60;

/// A position in a file. Line and column count from 1, the column in characters; line 0 is the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub file: Arc<str>,
    pub line: u32,
    pub column: u32,
}

impl Place {
    pub fn whole(file: &Arc<str>) -> Place {
        Place { file: Arc::clone(file), line: 0, column: 0 }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}", name(&self.file)),
            line => write!(f, "{}:{line}", name(&self.file)),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// `config check` ends with 3.
    Error,
    /// Worth knowing; changes no exit code.
    Warning,
}

/// The named thing a problem is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Profile(String),
    Preset(String),
    Template(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub severity: Severity,
    pub file: Arc<str>,
    /// From 1; 0 where the file as a whole is meant.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
    /// A clause that begins with the key: "profiles.bbb.checksum: not one of sha1, sha256".
    pub text: String,
    pub about: Option<What>,
    /// What it is about cannot be used; without it, the key alone is ignored.
    pub spoils: bool,
}

impl Problem {
    pub(crate) fn new(severity: Severity, place: &Place, text: impl AsRef<str>) -> Problem {
        Problem {
            severity,
            file: Arc::clone(&place.file),
            line: place.line,
            column: place.column,
            text: DisplayText::line(text.as_ref()).into(),
            about: None,
            spoils: false,
        }
    }

    /// Several problems as the one error a command ends with: the first in full, the others counted.
    pub fn error(problems: &[Problem]) -> Error {
        let Some(first) = problems.iter().find(|p| p.severity == Severity::Error).or(problems.first()) else {
            return Error::config("the configuration cannot be used");
        };
        let hint = match problems.len() {
            1 if first.line == 0 => "check the name; `roomkey config show` lists all there are".to_owned(),
            1 => "mend that line".to_owned(),
            many => format!("mend that line; `roomkey config check` shows all {many} problems"),
        };
        Error::config(first.to_string()).hint(hint)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", name(&self.file), self.text),
            line => write!(f, "{}:{line}:{}: {}", name(&self.file), self.column, self.text),
        }
    }
}

/// A name out of the file, fit to stand in a message.
pub(crate) fn name(raw: &str) -> String {
    let clean = DisplayText::line(raw);
    if clean.as_str().chars().count() <= LONGEST_NAME {
        return clean.into();
    }
    clean.as_str().chars().take(LONGEST_NAME).chain(['…']).collect()
}

/// The one place where problems are written down, on behalf of a profile, a preset, a template or the file.
pub(crate) struct Pen<'a> {
    pub problems: &'a mut Vec<Problem>,
    pub about: Option<What>,
    /// `profiles.whereby`; empty at the top of the file.
    pub path: String,
}

impl Pen<'_> {
    /// A bad value: what the pen writes about cannot be used.
    pub fn bad(&mut self, place: &Place, key: &str, text: impl AsRef<str>) {
        self.write(Severity::Error, place, key, text.as_ref(), true);
    }

    /// A slip that is reported and otherwise ignored.
    pub fn slip(&mut self, place: &Place, key: &str, text: impl AsRef<str>) {
        self.write(Severity::Error, place, key, text.as_ref(), false);
    }

    pub fn warn(&mut self, place: &Place, key: &str, text: impl AsRef<str>) {
        self.write(Severity::Warning, place, key, text.as_ref(), false);
    }

    /// A key nobody knows, with the nearest one that is known.
    pub fn unknown<'k>(
        &mut self,
        place: &Place,
        key: &str,
        what: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let text = format!("unknown {what}{}", crate::domain::nearest::did_you_mean(key, known));
        self.slip(place, key, text);
    }

    fn write(&mut self, severity: Severity, place: &Place, key: &str, text: &str, spoils: bool) {
        let path: Vec<&str> = [self.path.as_str(), key].into_iter().filter(|part| !part.is_empty()).collect();
        let path: Vec<String> = path.into_iter().map(name).collect();
        let mut problem = Problem::new(severity, place, format!("{}: {text}", path.join(".")));
        problem.about = self.about.clone();
        problem.spoils = spoils && self.about.is_some();
        self.problems.push(problem);
    }
}
