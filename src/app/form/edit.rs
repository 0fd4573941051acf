//! Typing: what the field under the cursor makes of plain keys. A value that was filled in beforehand is replaced by
//! the first character typed and kept by the first move of the cursor.

use crate::app::text_input::{Edit, TextInput};
use crate::app::text_keys;
use crate::domain::key::{Key, KeyCode};
use crate::domain::page::Kind;

use super::field::Control;
use super::ground::Ground;
use super::{Form, FormEvent, Stop};

impl Form {
    /// Whether the place under the cursor uses this key itself. Ask before looking a key up in the keymap; what is
    /// wanted goes to `key`.
    pub fn wants(&self, key: Key) -> bool {
        let plain = !key.ctrl && !key.alt;
        let lines = self.panel.is_none() && self.text_at(self.focus).is_some_and(TextInput::takes_lines);
        match key.code {
            KeyCode::Char(' ') if plain => self.takes_space(),
            KeyCode::Char(_) => plain,
            KeyCode::Enter => plain && !key.shift && lines,
            KeyCode::Up => plain && lines && self.text_at(self.focus).is_some_and(|text| text.row() > 0),
            KeyCode::Down => {
                plain && lines && self.text_at(self.focus).is_some_and(|text| text.row() + 1 < text.rows())
            }
            KeyCode::Left | KeyCode::Right | KeyCode::Backspace | KeyCode::Delete => true,
            _ => false,
        }
    }

    /// A key that is no action: typing and line editing.
    pub fn key(&mut self, key: Key, ground: &mut Ground) -> Vec<FormEvent> {
        let word = key.ctrl || key.alt;
        let edit = match key.code {
            KeyCode::Char(c) if !word => return self.typed(c, ground),
            KeyCode::Enter if self.wants(key) => return self.typed('\n', ground),
            _ => text_keys::plain(key),
        };
        edit.map_or_else(Vec::new, |edit| self.edit(edit, ground))
    }

    fn takes_space(&self) -> bool {
        match &self.panel {
            Some(panel) => matches!(panel.kind, super::PanelKind::Rows { .. } | super::PanelKind::Find),
            None => self.text_at(self.focus).is_some(),
        }
    }

    /// The text under the cursor, where text is typed there.
    pub fn text_at(&self, stop: Stop) -> Option<&TextInput> {
        match stop {
            Stop::Title => Some(&self.title),
            Stop::Ticket => Some(&self.ticket),
            Stop::Field(index) => match &self.states.get(index)?.control {
                Control::Text(input) => Some(input),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn text_at_mut(&mut self, stop: Stop) -> Option<&mut TextInput> {
        match stop {
            Stop::Title => Some(&mut self.title),
            Stop::Ticket => Some(&mut self.ticket),
            Stop::Field(index) => match &mut self.states.get_mut(index)?.control {
                Control::Text(input) => Some(input),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn typed(&mut self, c: char, ground: &mut Ground) -> Vec<FormEvent> {
        self.said = None;
        let mut bytes = [0; 4];
        let text = c.encode_utf8(&mut bytes);
        if self.panel.is_some() {
            self.panel_type(text, ground);
            return Vec::new();
        }
        if self.text_at(self.focus).is_some() {
            self.put_in(text, ground);
            return Vec::new();
        }
        let Stop::Field(index) = self.focus else {
            return if self.focus == Stop::Operation { self.jump(c, ground) } else { Vec::new() };
        };
        if self.has_many(self.focus) {
            self.open_panel();
            self.panel_type(text, ground);
            return Vec::new();
        }
        let is_switch = self.field(index).is_some_and(|(_, field, _)| field.kind == Kind::Switch);
        // "on" and "no" would each press the other's letter
        if is_switch { Vec::new() } else { self.jump(c, ground) }
    }

    /// Puts a text in at the cursor, or in place of what was filled in beforehand.
    pub(super) fn put_in(&mut self, text: &str, ground: &mut Ground) {
        let prefilled = self.is_prefilled();
        let Some(input) = self.text_at_mut(self.focus) else { return };
        if prefilled {
            input.replace(text)
        } else {
            input.insert(text)
        }
        self.touch();
        self.changed(ground);
    }

    pub fn is_prefilled(&self) -> bool {
        matches!(self.focus, Stop::Field(index) if self.states.get(index).is_some_and(super::FieldState::is_prefilled))
    }

    pub(super) fn touch(&mut self) {
        if let Stop::Field(index) = self.focus
            && let Some(state) = self.states.get_mut(index)
        {
            state.touch();
        }
    }

    pub(super) fn edit(&mut self, edit: Edit, ground: &mut Ground) -> Vec<FormEvent> {
        self.said = None;
        if self.panel.is_some() {
            self.panel_edit(edit, ground);
            return Vec::new();
        }
        if matches!(edit, Edit::Undo | Edit::Redo) {
            return self.travel(edit == Edit::Undo, ground);
        }
        if edit == Edit::Right && self.complete(ground) {
            return Vec::new();
        }
        match self.focus {
            _ if self.text_at(self.focus).is_some() => self.edit_text(edit, ground),
            Stop::Field(index) => self.edit_choice(index, edit, ground),
            Stop::Operation if edit == Edit::Left => self.cycle(-1, ground),
            Stop::Operation if edit == Edit::Right => self.cycle(1, ground),
            _ => Vec::new(),
        }
    }

    fn edit_text(&mut self, edit: Edit, ground: &mut Ground) -> Vec<FormEvent> {
        let prefilled = self.is_prefilled();
        let Some(input) = self.text_at_mut(self.focus) else { return Vec::new() };
        let before = input.text().to_owned();
        let erased = input.would_erase(edit).map(str::to_owned);
        if prefilled && matches!(edit, Edit::Backspace | Edit::Delete | Edit::EraseBefore) {
            input.replace("");
        } else {
            input.edit(edit);
        }
        let (changed, empty) = (input.text() != before, input.is_empty());
        self.erased = erased.unwrap_or_else(|| std::mem::take(&mut self.erased));
        if changed || prefilled {
            self.touch();
        }
        if changed {
            self.changed(ground);
        }
        if changed && empty && prefilled { self.say_left() } else { Vec::new() }
    }

    /// What was erased last, at the cursor; a field of one line takes it as one.
    pub(super) fn put_back(&mut self, ground: &mut Ground) {
        let Some(input) = self.text_at(self.focus) else { return };
        let erased = if input.takes_lines() { self.erased.clone() } else { self.erased.replace('\n', " ") };
        if !erased.is_empty() && !input.is_secret() {
            self.put_in(&erased, ground);
        }
    }

    fn edit_choice(&mut self, index: usize, edit: Edit, ground: &mut Ground) -> Vec<FormEvent> {
        let Some(state) = self.states.get_mut(index) else { return Vec::new() };
        match (&mut state.control, edit) {
            (Control::One(_), Edit::Left) => self.cycle(-1, ground),
            (Control::One(_), Edit::Right) => self.cycle(1, ground),
            (Control::Many { .. }, Edit::Left) => {
                self.move_mark(index, -1);
                Vec::new()
            }
            (Control::Many { .. }, Edit::Right) => {
                self.move_mark(index, 1);
                Vec::new()
            }
            (_, Edit::Backspace | Edit::Delete | Edit::EraseBefore) => self.clear(index, ground),
            _ => Vec::new(),
        }
    }

    /// Leaves a chosen field to the provider.
    fn clear(&mut self, index: usize, ground: &mut Ground) -> Vec<FormEvent> {
        let Some(state) = self.states.get_mut(index) else { return Vec::new() };
        let was_empty = state.is_empty();
        match &mut state.control {
            Control::Text(input) => input.replace(""),
            Control::One(value) => *value = None,
            Control::Many { chosen: items, .. } | Control::Items(items) => items.clear(),
            Control::Rows(rows) => rows.clear(),
        }
        state.touch();
        self.changed(ground);
        if was_empty { Vec::new() } else { self.say_left() }
    }

    /// Says what an emptied field means.
    fn say_left(&mut self) -> Vec<FormEvent> {
        let Stop::Field(index) = self.focus else { return Vec::new() };
        let Some((_, field, _)) = self.field(index) else { return Vec::new() };
        if field.rules.required {
            return Vec::new();
        }
        let label = &field.label;
        let text = match field.unset_text() {
            Some(unset) => format!("{label} is left to the provider: {unset}"),
            None => format!("{label} is left to the provider"),
        };
        self.say(text)
    }
}
