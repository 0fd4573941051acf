//! Which template each profile used last, as a text in a file: names alone, never what was written with them. The file
//! belongs to all runs at once; a run changes only the profile it has used.

use serde::{Deserialize, Serialize};

/// Most profiles a file holds; the longest unused go first.
const MOST: usize = 200;
const VERSION: u8 = 1;

/// A profile and its template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Habit {
    pub profile: String,
    pub template: String,
}

#[derive(Serialize, Deserialize)]
struct File {
    version: u8,
    templates: Vec<Habit>,
}

/// Reads the text of a file; what makes no sense is no habit.
pub fn read(text: &str) -> Vec<Habit> {
    let file: Option<File> = serde_json::from_str(text).ok();
    file.filter(|file| file.version == VERSION).map(|file| file.templates).unwrap_or_default()
}

/// The text with one habit changed.
pub fn written(text: &str, habit: Habit) -> String {
    let mut templates = read(text);
    templates.retain(|known| known.profile != habit.profile);
    templates.push(habit);
    templates.drain(..templates.len().saturating_sub(MOST));
    serde_json::to_string(&File { version: VERSION, templates }).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn habit(profile: &str, template: &str) -> Habit {
        Habit { profile: profile.into(), template: template.into() }
    }

    #[test]
    fn the_last_template_of_each_profile_is_known() {
        let text =
            ["chat", "phone"].iter().fold(String::new(), |text, name| written(&text, habit("a", name)));
        let text = written(&text, habit("b", "e-mail"));
        assert_eq!(read(&text), [habit("a", "phone"), habit("b", "e-mail")]);
        assert_eq!(read(&written("nonsense", habit("a", "chat"))), [habit("a", "chat")]);
        assert_eq!(read("{\"version\":2,\"templates\":[]}"), []);
        let many = (0..300).fold(String::new(), |text, n| written(&text, habit(&n.to_string(), "chat")));
        assert_eq!((read(&many).len(), read(&many)[0].profile.as_str()), (MOST, "100"));
    }
}
