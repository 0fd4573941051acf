//! Pasted text: taken whole or refused whole, never cut. What cannot be seen is refused where it would stay unseen;
//! a line end in a field of one line is dropped and never creates anything.

use crate::app::text_input::TextInput;
use crate::domain::charset::name;
use crate::domain::page::Kind;
use crate::domain::text::first_unseen;

use super::field::{Control, items_of, known, row_of, switch};
use super::ground::Ground;
use super::{Form, FormEvent, Stop};

/// Most a field holds.
pub const LIMIT: usize = 64 * 1024;

impl Form {
    /// Takes a paste into the field under the cursor.
    pub fn paste(&mut self, text: &str, ground: &mut Ground) -> Vec<FormEvent> {
        self.said = None;
        if text.len() > LIMIT {
            return self.say(format!("not pasted: {} is more than 64 KiB", size(text.len())));
        }
        if self.panel.is_some() {
            return self.paste_into_panel(text, ground);
        }
        let is_secret = self.text_at(self.focus).is_some_and(TextInput::is_secret);
        if !is_secret && self.offer(text) {
            return Vec::new();
        }
        self.paste_text(text, ground)
    }

    /// Takes a paste as a text, whatever else it may be.
    pub(super) fn paste_text(&mut self, text: &str, ground: &mut Ground) -> Vec<FormEvent> {
        let Some(input) = self.text_at(self.focus) else { return self.paste_choice(text, ground) };
        let (secret, lines) = (input.is_secret(), input.takes_lines());
        let room = LIMIT.saturating_sub(if self.is_prefilled() { 0 } else { input.text().len() });
        if text.len() > room {
            return self
                .say(format!("not pasted: with {} the field would hold more than 64 KiB", size(text.len())));
        }
        if secret {
            return self.paste_secret(text, ground);
        }
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let (text, said) = if lines { (text, "") } else { one_line(&text) };
        self.put_in(&text, ground);
        if said.is_empty() { Vec::new() } else { self.say(said) }
    }

    fn paste_secret(&mut self, text: &str, ground: &mut Ground) -> Vec<FormEvent> {
        let text = text.trim_end_matches(['\r', '\n']);
        if let Some((place, c)) = first_unseen(text) {
            return self.say(format!("not pasted: character {place} cannot be seen ({})", name(c)));
        }
        self.put_in(text, ground);
        Vec::new()
    }

    /// Lines become rows; one line goes into the row that was begun.
    fn paste_into_panel(&mut self, text: &str, ground: &mut Ground) -> Vec<FormEvent> {
        let begun = self.panel.as_mut().is_some_and(|panel| panel.is_rows() && !panel.input().is_empty());
        let inner = text.trim_end_matches(['\r', '\n']).contains(['\r', '\n']);
        if self.panel.as_ref().is_some_and(|panel| panel.is_rows()) && (inner || !begun) {
            self.panel = None;
            self.paste_rows(text, ground);
            self.open_panel();
            return Vec::new();
        }
        self.panel_type(&one_line(text).0, ground);
        Vec::new()
    }

    /// A choice by its word; items and rows are added.
    fn paste_choice(&mut self, text: &str, ground: &mut Ground) -> Vec<FormEvent> {
        let Stop::Field(index) = self.focus else { return Vec::new() };
        let Some((field, state)) = self.field(index).map(|(_, field, state)| (field, state)) else {
            return Vec::new();
        };
        let word = text.trim();
        let choices: Vec<String> =
            self.choices(self.focus).into_iter().filter_map(|choice| choice.value).collect();
        let value = match (&state.control, field.kind) {
            (Control::Items(_) | Control::Rows(_), _) => return self.paste_rows(text, ground),
            (_, Kind::Switch) => switch(word).unwrap_or_default(),
            _ => known(&choices, word.to_owned()),
        };
        if !choices.contains(&value) {
            return self.say("not pasted: that is not one of the choices");
        }
        match &mut self.states[index].control {
            Control::Many { chosen, .. } if !chosen.contains(&value) => chosen.push(value),
            Control::One(chosen) => *chosen = Some(value),
            _ => {}
        }
        self.states[index].touch();
        self.changed(ground);
        Vec::new()
    }

    fn paste_rows(&mut self, text: &str, ground: &mut Ground) -> Vec<FormEvent> {
        let Stop::Field(index) = self.focus else { return Vec::new() };
        let Some(state) = self.states.get_mut(index) else { return Vec::new() };
        match &mut state.control {
            Control::Items(items) => items.extend(items_of(text)),
            Control::Rows(rows) => {
                rows.extend(text.lines().filter(|line| !line.trim().is_empty()).map(row_of));
            }
            _ => return Vec::new(),
        }
        state.touch();
        self.changed(ground);
        Vec::new()
    }
}

/// The text without its line ends, and what to say about them: the last one is nobody's wish.
pub(super) fn one_line(text: &str) -> (String, &'static str) {
    let inner = text.trim_end_matches(['\r', '\n']).contains(['\r', '\n']);
    let said = if inner { "line ends in the pasted text were dropped" } else { "" };
    (text.replace(['\r', '\n'], ""), said)
}

fn size(bytes: usize) -> String {
    match bytes {
        1 => "1 byte".to_owned(),
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KiB", bytes.div_ceil(1024)),
        _ => format!("{} MiB", bytes.div_ceil(1_048_576)),
    }
}
