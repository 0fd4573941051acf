//! From a key to an action: the keymap made ready for looking up. What footers and help pages show is taken from the
//! same table, so they cannot disagree with what the keys do.

pub use crate::config::Context;
use crate::config::{Binding, Keymap};
use crate::domain::key::{Key, KeyCode};

use super::action::Action;

/// One key that means something.
#[derive(Clone, Copy, Debug)]
struct Bound {
    context: Context,
    key: Key,
    action: Action,
    /// Its place among the keys of the action.
    nth: usize,
}

/// An action as footers and help pages show it.
#[derive(Clone, Debug)]
pub struct Hint {
    pub context: Context,
    pub action: Action,
    /// The key as people read it: `Enter`, `^R`, `F2`.
    pub key: String,
    /// All its keys, one after the other.
    pub keys: String,
    pub label: String,
    pub help: String,
    rank: Option<u8>,
}

#[derive(Clone, Debug)]
pub struct Keys {
    bound: Vec<Bound>,
    hints: Vec<Hint>,
}

impl Keys {
    pub fn new(keymap: &Keymap) -> Keys {
        let mut keys = Keys { bound: Vec::new(), hints: Vec::new() };
        for binding in &keymap.bindings {
            keys.add(binding);
        }
        keys
    }

    fn add(&mut self, binding: &Binding) {
        let Some(action) = Action::from_id(&binding.action) else { return };
        let parsed: Vec<Key> = binding.keys.iter().filter_map(|key| Key::parse(key)).collect();
        let bound = parsed.iter().enumerate().map(|(nth, key)| Bound {
            context: binding.context,
            key: *key,
            action,
            nth,
        });
        self.bound.extend(bound);
        let mut keys: Vec<String> = parsed.iter().map(readable).collect();
        let key = keys.first().cloned().unwrap_or_default();
        // Without a key of its own an action is found in the palette.
        if keys.is_empty() {
            keys.push(format!(":{}", binding.label));
        }
        self.hints.push(Hint {
            context: binding.context,
            action,
            key,
            keys: together(&keys),
            label: binding.label.clone(),
            help: binding.help.clone(),
            rank: binding.footer.filter(|_| !parsed.is_empty()),
        });
    }

    /// What a key means in a context, and its place among the keys of that action.
    pub fn lookup(&self, context: Context, key: Key) -> Option<(Action, usize)> {
        self.bound.iter().find(|b| b.context == context && b.key == key).map(|b| (b.action, b.nth))
    }

    /// The first key of an action in a context.
    pub fn key_of(&self, context: Context, action: Action) -> Option<Key> {
        self.nth_key(context, action, 0)
    }

    /// The key an action is shown with; empty where the user took all its keys away.
    pub fn shown(&self, action: Action) -> &str {
        self.hints.iter().find(|hint| hint.action == action).map_or("", |hint| &hint.key)
    }

    /// The key that would do this in a context, for a click on words that name it. Details take what the list takes.
    pub fn pressed(&self, context: Context, action: Action) -> Option<Key> {
        let below = (context == Context::Details).then_some(Context::List);
        let own = [Some(context), below].into_iter().flatten();
        own.into_iter().find_map(|context| self.key_of(context, action)).or_else(|| {
            let key = self.key_of(Context::Everywhere, action)?;
            let plain = matches!(key.code, KeyCode::Char(_)) && !key.ctrl && !key.alt;
            (!plain || !takes_text(context)).then_some(key)
        })
    }

    /// One of the keys of an action; empty where there is none.
    pub fn nth(&self, action: Action, nth: usize) -> String {
        let bound = self.bound.iter().find(|bound| bound.action == action && bound.nth == nth);
        bound.map_or(String::new(), |bound| readable(&bound.key))
    }

    /// One of the keys of an action in a context.
    pub fn nth_key(&self, context: Context, action: Action, nth: usize) -> Option<Key> {
        let bound = |b: &&Bound| b.context == context && b.action == action && b.nth == nth;
        self.bound.iter().find(bound).map(|b| b.key)
    }

    /// What the footer of a context names, the most important first; help and quit close the row of the list.
    pub fn footer(&self, context: Context) -> Vec<&Hint> {
        let holds = |hint: &&Hint| {
            hint.rank.is_some()
                && (hint.context == context || (hint.context == Context::Everywhere && !takes_text(context)))
        };
        let mut hints: Vec<&Hint> = self.hints.iter().filter(holds).collect();
        hints.sort_by_key(|hint| hint.rank);
        hints
    }

    /// All actions in the order of the keymap, for the help page.
    pub fn hints(&self) -> &[Hint] {
        &self.hints
    }
}

/// Plain characters are text here.
pub fn takes_text(context: Context) -> bool {
    context.takes_text() || context == Context::Text
}

/// `<C-r>` reads `^R`, `<S-Tab>` reads `S-Tab`, `<Down>` reads `↓`.
pub fn readable(key: &Key) -> String {
    let text = key.to_string();
    let inner = text.strip_prefix('<').and_then(|t| t.strip_suffix('>')).unwrap_or(&text);
    match inner {
        "lt" => "<".into(),
        "gt" => ">".into(),
        "Up" => "↑".into(),
        "Down" => "↓".into(),
        "Left" => "←".into(),
        "Right" => "→".into(),
        _ => match inner.strip_prefix("C-") {
            Some(letter) => format!("^{}", letter.to_uppercase()),
            None => inner.to_owned(),
        },
    }
}

/// `1 2 3 … 9` reads `1–9`.
fn together(keys: &[String]) -> String {
    let digits =
        keys.len() > 3 && keys.iter().all(|key| key.len() == 1 && key.as_bytes()[0].is_ascii_digit());
    match (keys.first(), keys.last()) {
        (Some(first), Some(last)) if digits => format!("{first}–{last}"),
        _ => keys.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_keymap_can_be_pressed() {
        let keymap = Keymap::shipped().unwrap();
        let keys = Keys::new(&keymap);
        for binding in &keymap.bindings {
            for (nth, text) in binding.keys.iter().enumerate() {
                let key = Key::parse(text).unwrap_or_else(|| panic!("{text} is no key"));
                let (action, at) = keys.lookup(binding.context, key).unwrap();
                assert_eq!((action.id(), at), (binding.action.as_str(), nth), "{text}");
            }
        }
    }

    #[test]
    fn keys_read_as_people_write_them() {
        for (key, shown) in
            [("n", "n"), ("<C-r>", "^R"), ("<Enter>", "Enter"), ("<Down>", "↓"), ("<lt>", "<")]
        {
            assert_eq!(readable(&Key::parse(key).unwrap()), shown);
        }
        let digits: Vec<String> = (1..=9).map(|n| n.to_string()).collect();
        assert_eq!(together(&digits), "1–9");
    }
}
