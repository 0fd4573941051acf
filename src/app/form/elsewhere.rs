//! A field in the user's own editor: texts as they are, lists as one item per line, names and values as `name = value`
//! lines. Secrets stay here.

use crate::domain::page::Kind;

use super::field::{Control, items_of, row_of};
use super::ground::Ground;
use super::paste::{LIMIT, one_line};
use super::{Form, FormEvent, Stop};

impl Form {
    /// Asks for the field under the cursor to be edited.
    pub(super) fn edit_elsewhere(&mut self) -> Vec<FormEvent> {
        let (text, ending) = match self.focus {
            Stop::Field(index) => {
                let Some((_, field, state)) = self.field(index) else { return Vec::new() };
                let text = match &state.control {
                    Control::Text(input) if input.is_secret() => {
                        return self.say("a secret is never written to a file");
                    }
                    Control::Text(input) => input.text().to_owned(),
                    Control::Items(items) => lines(items.iter().cloned()),
                    Control::Rows(rows) => {
                        lines(rows.iter().map(|(name, value)| format!("{name} = {value}")))
                    }
                    Control::One(_) | Control::Many { .. } => return self.say("nothing is typed here"),
                };
                (text, if field.kind == Kind::Json { "json" } else { "txt" })
            }
            stop => match self.text_at(stop) {
                Some(input) => (input.text().to_owned(), "txt"),
                None => return self.say("nothing is typed here"),
            },
        };
        self.panel = None;
        vec![FormEvent::Edit { text, ending }]
    }

    /// Takes what became of the field under the cursor, as one step that can be taken back.
    pub fn edited(&mut self, text: &str, ground: &mut Ground) -> Vec<FormEvent> {
        self.said = None;
        if text.len() > LIMIT {
            return self.say("not taken: it is more than 64 KiB");
        }
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        // editors end a last line that had no end
        let whole = text.strip_suffix('\n').unwrap_or(&text);
        let mut said = "";
        if let Some(input) = self.text_at(self.focus) {
            let (text, dropped) = if input.takes_lines() { (whole.to_owned(), "") } else { one_line(whole) };
            said = dropped;
            if text == input.text() {
                return Vec::new();
            }
            if let Some(input) = self.text_at_mut(self.focus) {
                input.replace(&text);
            }
        } else if let Stop::Field(index) = self.focus {
            let Some(state) = self.states.get_mut(index) else { return Vec::new() };
            match &mut state.control {
                Control::Items(items) => *items = items_of(whole),
                Control::Rows(rows) => {
                    *rows = whole.lines().filter(|line| !line.trim().is_empty()).map(row_of).collect();
                }
                _ => return Vec::new(),
            }
        }
        self.touch();
        self.changed(ground);
        if said.is_empty() { Vec::new() } else { self.say(said) }
    }
}

fn lines(items: impl Iterator<Item = String>) -> String {
    items.map(|item| item + "\n").collect()
}
