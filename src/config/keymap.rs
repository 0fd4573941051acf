//! The one registry of actions: `assets/keymap.toml`, with the user's `[keys]` laid over it by action id. Keys,
//! footer, help and README all read it. What an action does is the business of `crate::app`.

use crate::domain::nearest::did_you_mean;
use serde::Deserialize;

use crate::domain::keyed::Keyed;
use crate::error::{Error, Result};

use super::problem::{Pen, Problem};
use super::{KeyChoice, notation};

const SHIPPED: &str = include_str!("../../assets/keymap.toml");

/// Where keys mean something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Context {
    List,
    Details,
    Requests,
    /// One of the requests.
    Request,
    Form,
    /// Wherever text is typed.
    Text,
    Filter,
    /// The ticket of an entry is typed.
    Ticket,
    Picker,
    Presets,
    /// The text a list of people is typed in.
    Roster,
    /// The table of people.
    People,
    Dialog,
    Help,
    /// What can be copied of an entry.
    Menu,
    /// One thing over the whole screen: a bare link, a QR code.
    Poster,
    Everywhere,
}

impl Context {
    /// In the order of help pages.
    pub const ALL: [Context; 17] = [
        Context::List,
        Context::Details,
        Context::Requests,
        Context::Request,
        Context::Form,
        Context::Text,
        Context::Filter,
        Context::Ticket,
        Context::Picker,
        Context::Presets,
        Context::Roster,
        Context::People,
        Context::Dialog,
        Context::Help,
        Context::Menu,
        Context::Poster,
        Context::Everywhere,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Context::List => "list",
            Context::Details => "details",
            Context::Requests => "requests",
            Context::Request => "request",
            Context::Form => "form",
            Context::Text => "text",
            Context::Filter => "filter",
            Context::Ticket => "ticket",
            Context::Picker => "picker",
            Context::Presets => "presets",
            Context::Roster => "roster",
            Context::People => "people",
            Context::Dialog => "dialog",
            Context::Help => "help",
            Context::Menu => "menu",
            Context::Poster => "poster",
            Context::Everywhere => "everywhere",
        }
    }

    /// Text is typed here, so the keys of `Text` hold as well.
    pub fn takes_text(self) -> bool {
        matches!(self, Context::Form | Context::Filter | Context::Ticket | Context::Picker | Context::Roster)
    }

    /// Whether one press could mean an action of both.
    fn meets(self, other: Context) -> bool {
        self == other
            || self == Context::Everywhere
            || other == Context::Everywhere
            || (self == Context::Text && other.takes_text())
            || (other == Context::Text && self.takes_text())
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    pub context: Context,
    /// Its id, unique in the whole registry.
    pub action: String,
    /// In notation; the first is the one shown.
    pub keys: Vec<String>,
    /// The word of the footer.
    pub label: String,
    /// One line for the help page.
    pub help: String,
    /// Rank in the footer, from 1; nothing for actions that do not stand there.
    pub footer: Option<u8>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    /// In the order of the file: context by context.
    pub bindings: Vec<Binding>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    keys: String,
    label: String,
    help: String,
    footer: Option<u8>,
}

impl Keymap {
    /// The keys as they are shipped.
    pub fn shipped() -> Result<Keymap> {
        Keymap::parse(SHIPPED)
    }

    fn parse(text: &str) -> Result<Keymap> {
        // The text is our own, so the parser's words may be repeated.
        let tables: Keyed<Keyed<Row>, Context> = toml::from_str(text)
            .map_err(|error| Error::other(format!("the shipped keymap is broken: {}", error.message())))?;
        let mut bindings = Vec::new();
        for (context, rows) in tables.0 {
            for (action, row) in rows.0 {
                let keys = row.keys.split_whitespace().map(notation::one).collect::<Result<_, _>>();
                let keys = keys
                    .map_err(|why| Error::other(format!("the shipped keymap is broken: {action}: {why}")))?;
                let Row { label, help, footer, .. } = row;
                bindings.push(Binding { context, action, keys, label, help, footer });
            }
        }
        Ok(Keymap { bindings })
    }

    pub fn binding(&self, action: &str) -> Option<&Binding> {
        self.bindings.iter().find(|binding| binding.action == action)
    }

    /// With the user's keys laid over. A key the user has given away is taken off the action that was shipped with
    /// it (a warning); a key given to two actions of one context stays with the first (an error).
    pub fn with(&self, choices: &[KeyChoice]) -> (Keymap, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut pen = Pen { problems: &mut problems, about: None, path: "keys".into() };
        let mut keymap = self.clone();
        for choice in choices {
            match keymap.bindings.iter_mut().find(|binding| binding.action == choice.action) {
                Some(binding) => binding.keys.clone_from(&choice.keys),
                None => {
                    let actions = self.bindings.iter().map(|binding| binding.action.as_str());
                    let near = did_you_mean(&choice.action, actions);
                    pen.slip(&choice.place, &choice.action, format!("unknown action{near}"));
                }
            }
        }
        keymap.settle(choices, &mut pen);
        (keymap, problems)
    }

    fn settle(&mut self, choices: &[KeyChoice], pen: &mut Pen<'_>) {
        let chosen = |action: &str| choices.iter().position(|choice| choice.action == action);
        for (index, choice) in choices.iter().enumerate() {
            let Some(ours) = self.binding(&choice.action).cloned() else { continue };
            let others = |b: &&mut Binding| b.action != ours.action && b.context.meets(ours.context);
            for other in self.bindings.iter_mut().filter(others) {
                let rival = chosen(&other.action);
                if rival.is_some_and(|rival| rival < index) {
                    continue; // said already, from the other's side
                }
                for key in &ours.keys {
                    let before = other.keys.len();
                    other.keys.retain(|theirs| theirs != key);
                    if other.keys.len() == before {
                        continue;
                    }
                    let action = &other.action;
                    match rival.and_then(|rival| choices.get(rival)) {
                        Some(rival) => {
                            let text = format!("`{key}` is given to {} too, which keeps it", ours.action);
                            pen.slip(&rival.place, action, text);
                        }
                        None => {
                            pen.warn(&choice.place, &ours.action, format!("`{key}` is taken from {action}"))
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ctrl-C is Esc and `q` in one, and a shell's job control has but the one key.
    const WITHOUT_TWIN: [&str; 2] = ["close", "suspend"];

    /// Rare enough to be looked up in the palette.
    const WITHOUT_KEY: [&str; 1] = ["reload"];

    #[test]
    fn the_registry_keeps_its_own_rules() {
        let keymap = Keymap::shipped().unwrap();
        let all = &keymap.bindings;
        for (index, one) in all.iter().enumerate() {
            let has_key = !one.keys.is_empty() || WITHOUT_KEY.contains(&one.action.as_str());
            assert!(has_key && !one.label.is_empty() && !one.help.is_empty(), "{}", one.action);
            assert!(one.help.chars().count() <= 110, "{}", one.action);
            let chord = |key: &String| key.starts_with("<C-") || key.starts_with("<A-");
            assert!(
                one.context == Context::Text
                    || WITHOUT_TWIN.contains(&one.action.as_str())
                    || one.keys.is_empty()
                    || !one.keys.iter().all(chord),
                "{} has no plain key",
                one.action
            );
            for other in &all[index + 1..] {
                assert_ne!(one.action, other.action, "two actions of one name");
                if one.context == other.context && one.footer.is_some() {
                    assert_ne!(one.footer, other.footer, "{} {}", one.action, other.action);
                }
                let same =
                    one.context.meets(other.context) && one.keys.iter().any(|key| other.keys.contains(key));
                assert!(!same, "{} and {} share a key", one.action, other.action);
            }
        }
    }

    #[test]
    fn no_key_is_eaten_by_tmux_screen_or_flow_control() {
        let keymap = Keymap::shipped().unwrap();
        for taken in ["b", "g", "p", "t", "n", "h", "s", "o", "q"] {
            let key = format!("<C-{taken}>");
            assert!(!keymap.bindings.iter().any(|binding| binding.keys.contains(&key)), "{key}");
        }
    }

    #[test]
    fn the_keys_people_learn_first() {
        let keymap = Keymap::shipped().unwrap();
        for (action, keys) in [
            ("new", "n"),
            ("quick", "N"),
            ("copy-guest", "y c <Enter>"),
            ("copy-host", "Y"),
            ("create", "<F2> <A-Enter>"),
            ("quit", "q"),
        ] {
            assert_eq!(keymap.binding(action).unwrap().keys.join(" "), keys);
        }
    }
}
