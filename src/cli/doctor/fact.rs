//! A fact: what it is about, a word for how it stands, a sentence, and what to do. Every text goes through `public`
//! first: whoever pastes the page shows nobody a key, a link, an e-mail address or the name of the home directory.

use std::path::Path;

use crate::domain::mask;
use crate::domain::secret::MASK;
use crate::domain::text::DisplayText;
use crate::ports::paths::Lookup;

/// How a fact stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Word {
    Ok,
    /// Worth knowing.
    Note,
    /// Something will not work as it is.
    Problem,
}

impl Word {
    pub fn name(self) -> &'static str {
        match self {
            Word::Ok => "ok",
            Word::Note => "note",
            Word::Problem => "problem",
        }
    }
}

pub(super) struct Fact {
    pub about: &'static str,
    pub name: String,
    pub word: Word,
    pub says: String,
    /// An imperative.
    pub todo: Option<String>,
}

/// The facts so far.
pub(super) struct Facts {
    all: Vec<Fact>,
    home: Option<String>,
    about: &'static str,
    /// A problem lies in the configuration.
    config: bool,
}

impl Facts {
    pub fn new(env: Lookup<'_>) -> Facts {
        let home = env("HOME").and_then(|home| home.into_string().ok()).filter(|home| home.len() > 1);
        Facts { all: Vec::new(), home, about: "", config: false }
    }

    /// What the next facts are about.
    pub fn about(&mut self, about: &'static str) {
        self.about = about;
    }

    pub fn ok(&mut self, name: &str, says: impl AsRef<str>) {
        self.add(name, Word::Ok, says.as_ref(), None);
    }

    pub fn note(&mut self, name: &str, says: impl AsRef<str>, todo: &str) {
        self.add(name, Word::Note, says.as_ref(), Some(todo));
    }

    pub fn problem(&mut self, name: &str, says: impl AsRef<str>, todo: &str) {
        self.add(name, Word::Problem, says.as_ref(), Some(todo));
    }

    /// A problem that lies in the configuration: it decides the exit code.
    pub fn misconfigured(&mut self, name: &str, says: impl AsRef<str>, todo: &str) {
        self.config = true;
        self.problem(name, says, todo);
    }

    fn add(&mut self, name: &str, word: Word, says: &str, todo: Option<&str>) {
        let todo = todo.filter(|todo| !todo.is_empty()).map(|todo| self.public(todo));
        let (name, says) = (self.public(name), self.public(says));
        self.all.push(Fact { about: self.about, name, word, says, todo });
    }

    pub fn all(&self) -> &[Fact] {
        &self.all
    }

    pub fn worst(&self) -> Word {
        self.all.iter().map(|fact| fact.word).max().unwrap_or(Word::Ok)
    }

    /// 0 where nothing is a problem, 3 where the configuration is one, else 1.
    pub fn exit_code(&self) -> u8 {
        match self.worst() {
            Word::Problem if self.config => 3,
            Word::Problem => 1,
            Word::Ok | Word::Note => 0,
        }
    }

    /// A path as it may be shown.
    pub fn path(&self, path: &Path) -> String {
        self.public(&path.display().to_string())
    }

    fn public(&self, text: &str) -> String {
        let text = match &self.home {
            Some(home) => text.replace(home.as_str(), "~"),
            None => text.to_owned(),
        };
        let words = text.split(' ').map(|word| match names_somebody(word) || opens_something(word) {
            true => MASK,
            false => word,
        });
        let text = words.collect::<Vec<_>>().join(" ");
        DisplayText::line(&mask::hide(&text)).into()
    }
}

/// An e-mail address, or an address with a name in it.
fn names_somebody(word: &str) -> bool {
    word.split_once('@').is_some_and(|(before, after)| {
        before.ends_with(|c: char| c.is_alphanumeric()) && after.starts_with(|c: char| c.is_alphanumeric())
    })
}

/// A link: only hosts are named here.
fn opens_something(word: &str) -> bool {
    word.contains("://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pasted_shows_no_one_and_opens_nothing() {
        let mut facts = Facts::new(&|name| (name == "HOME").then(|| "/home/ada".into()));
        facts.ok("profile ada@example.com", "in /home/ada/x from https://a.example/room, ok");
        let fact = &facts.all()[0];
        assert_eq!(fact.name, format!("profile {MASK}"));
        assert_eq!(fact.says, format!("in ~/x from {MASK} ok"));
    }

    #[test]
    fn the_worst_fact_decides() {
        let mut facts = Facts::new(&|_| None);
        assert_eq!((facts.worst(), facts.exit_code()), (Word::Ok, 0));
        facts.note("a", "b", "c");
        assert_eq!((facts.worst(), facts.exit_code()), (Word::Note, 0));
        facts.problem("a", "b", "c");
        assert_eq!(facts.exit_code(), 1);
        facts.misconfigured("a", "b", "c");
        assert_eq!(facts.exit_code(), 3);
    }
}
