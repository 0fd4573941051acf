//! What was typed into forms and not sent, by profile and operation; the last used comes last. It survives the form,
//! the profile and, as a text in a file, the run. Secrets are never in it. The file belongs to all runs at once: a run
//! writes only what it has touched itself.

use serde::{Deserialize, Serialize};

use super::form::Draft;

/// Most drafts a file holds, and its most bytes; the oldest go first.
const MOST: usize = 200;
const BYTES: usize = 512 * 1024;
const VERSION: u8 = 1;

/// A draft with its profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    pub profile: String,
    pub draft: Draft,
}

#[derive(Serialize, Deserialize)]
struct File {
    version: u8,
    drafts: Vec<Stored>,
}

#[derive(Clone, Debug, Default)]
pub struct Drafts {
    kept: Vec<Stored>,
    /// Touched since they were last written.
    changed: Vec<Stored>,
}

impl Drafts {
    pub fn keep(&mut self, profile: &str, draft: Draft) {
        let stored = Stored { profile: profile.to_owned(), draft };
        put(&mut self.changed, stored.clone());
        put(&mut self.kept, stored);
    }

    /// What was typed has been sent: it is gone, but the operation stays the last used one.
    pub fn sent(&mut self, profile: &str, operation: &str) {
        self.keep(profile, Draft { operation: operation.to_owned(), ..Draft::default() });
    }

    pub fn get(&self, profile: &str, operation: &str) -> Option<&Draft> {
        let is = |stored: &&Stored| stored.profile == profile && stored.draft.operation == operation;
        self.kept.iter().find(is).map(|stored| &stored.draft)
    }

    pub fn of<'a>(&'a self, profile: &'a str) -> impl DoubleEndedIterator<Item = &'a Draft> {
        self.kept.iter().filter(move |stored| stored.profile == profile).map(|stored| &stored.draft)
    }

    /// Takes over what earlier runs have left, under what this one has typed since.
    pub fn remember(&mut self, stored: Vec<Stored>) {
        let fresh = std::mem::replace(&mut self.kept, stored);
        fresh.into_iter().for_each(|stored| put(&mut self.kept, stored));
    }

    /// What is to be written, once.
    pub fn changes(&mut self) -> Vec<Stored> {
        std::mem::take(&mut self.changed)
    }
}

fn put(all: &mut Vec<Stored>, stored: Stored) {
    let same =
        |known: &Stored| known.profile == stored.profile && known.draft.operation == stored.draft.operation;
    all.retain(|known| !same(known));
    all.push(stored);
}

/// Reads the text of a file.
pub fn read(text: &str) -> Result<Vec<Stored>, &'static str> {
    let file: File = serde_json::from_str(text).map_err(|_| "it makes no sense")?;
    match file.version {
        VERSION => Ok(file.drafts),
        _ => Err("it is of another version"),
    }
}

/// The text with changes made. What makes no sense is begun anew. Drafts of profiles this run does not know stay: they
/// may be those of another configuration.
pub fn written(text: &str, changes: Vec<Stored>) -> String {
    let mut drafts = read(text).unwrap_or_default();
    changes.into_iter().for_each(|stored| put(&mut drafts, stored));
    drafts.drain(..drafts.len().saturating_sub(MOST));
    loop {
        let file = File { version: VERSION, drafts };
        let text = serde_json::to_string(&file).unwrap_or_default();
        if text.len() <= BYTES || file.drafts.is_empty() {
            return text;
        }
        drafts = file.drafts;
        drafts.remove(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(profile: &str, operation: &str, title: &str) -> Stored {
        let draft = Draft { operation: operation.into(), title: title.into(), ..Draft::default() };
        Stored { profile: profile.into(), draft }
    }

    fn titles(text: &str) -> Vec<String> {
        read(text).unwrap().into_iter().map(|stored| stored.draft.title).collect()
    }

    #[test]
    fn runs_write_only_what_they_touched() {
        let first = written("", vec![stored("a", "x", "1"), stored("b", "x", "2")]);
        let second = written(&first, vec![stored("a", "x", "3"), stored("a", "y", "4")]);
        assert_eq!(titles(&second), ["2", "3", "4"]);
    }

    #[test]
    fn nonsense_is_begun_anew_and_size_has_an_end() {
        assert!(read("{").is_err() && read("[]").is_err());
        assert_eq!(read("{\"version\":2,\"drafts\":[]}"), Err("it is of another version"));
        assert_eq!(titles(&written("nonsense", vec![stored("a", "x", "1")])), ["1"]);
        let long = "x".repeat(60 * 1024);
        let many = (0..20).map(|n| stored("a", &format!("o{n}"), &long)).collect();
        let text = written("", many);
        assert!(text.len() <= BYTES && titles(&text).len() == 8);
        let many = (0..300).map(|n| stored("a", &format!("o{n}"), &n.to_string())).collect();
        assert_eq!(titles(&written("", many))[0], "100");
    }

    #[test]
    fn what_is_typed_meanwhile_stands_above_what_was() {
        let mut drafts = Drafts::default();
        drafts.keep("a", stored("a", "x", "new").draft);
        drafts.remember(vec![stored("a", "x", "old"), stored("a", "y", "old too")]);
        assert_eq!(drafts.get("a", "x").unwrap().title, "new");
        assert_eq!(drafts.of("a").next_back().unwrap().operation, "x");
        assert_eq!(drafts.changes().len(), 1);
        assert_eq!(drafts.changes(), []);
    }
}
