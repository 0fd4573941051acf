//! What opens over the fields: a list of choices that is filtered by typing, rows to write in (free items, names and
//! values), or the search for a field. What is marked or written there is in force at once; leaving a list of choices
//! without picking puts everything back.

use crate::app::text_input::TextInput;
use crate::domain::moment::Reading;
use crate::domain::page::Field;
use crate::provider::compose::Raw;
use crate::provider::validate::Problem;

use super::choose::{Choice, mark};
use super::field::{Control, items_of, row_of};
use super::ground::Ground;
use super::{Form, FormEvent, Stop};

#[derive(Clone, Debug)]
pub enum PanelKind {
    /// One of many choices.
    One { choices: Vec<Choice> },
    /// Several of many; `before` is put back when nothing is picked.
    Several { choices: Vec<Choice>, before: Vec<String> },
    /// One row per item, or per name and value.
    Rows { rows: Vec<TextInput>, pairs: bool },
    /// A field is looked for.
    Find,
    /// A question that only the user can answer.
    Ask { question: String, choices: Vec<Choice>, answer: Answer },
    /// The requests, line by line.
    Request { lines: Vec<String> },
}

/// What the answer to a question does.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The choice is the text of the field.
    Text,
    /// The first choice fills these values in, the other puts the pasted text into the field.
    Fill { values: Raw, text: String },
}

#[derive(Clone, Debug)]
pub struct Panel {
    pub kind: PanelKind,
    /// What the panel belongs to.
    pub stop: Stop,
    /// What was typed to find something; unused in rows.
    pub query: TextInput,
    /// The row under the cursor, among those shown.
    pub at: usize,
}

/// A field found by a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub index: usize,
    pub label: String,
    pub name: String,
    /// The title of its group; empty for essentials.
    pub group: String,
}

impl Panel {
    fn new(kind: PanelKind, stop: Stop) -> Panel {
        Panel { kind, stop, query: TextInput::line(""), at: 0 }
    }

    /// The choices that hold what was typed.
    pub fn shown(&self) -> Vec<&Choice> {
        let choices = match &self.kind {
            PanelKind::Ask { choices, .. } => return choices.iter().collect(),
            PanelKind::One { choices } | PanelKind::Several { choices, .. } => choices,
            PanelKind::Rows { .. } | PanelKind::Find | PanelKind::Request { .. } => return Vec::new(),
        };
        let query = self.query.text().to_lowercase();
        choices.iter().filter(|choice| choice.label.to_lowercase().contains(&query)).collect()
    }

    /// The text under the cursor: the row, or what is typed to find something.
    pub fn input(&mut self) -> &mut TextInput {
        let Panel { kind, query, at, .. } = self;
        match kind {
            PanelKind::Rows { rows, .. } => match rows.get_mut(*at) {
                Some(row) => row,
                None => query,
            },
            _ => query,
        }
    }

    pub(super) fn takes_text(&self) -> bool {
        !matches!(self.kind, PanelKind::Ask { .. } | PanelKind::Request { .. })
    }

    pub(super) fn is_rows(&self) -> bool {
        matches!(self.kind, PanelKind::Rows { .. })
    }
}

impl Form {
    /// Opens what the stop under the cursor has to offer.
    pub(super) fn open_panel(&mut self) {
        let choices = self.choices(self.focus);
        let control = match self.focus {
            Stop::Field(index) => self.states.get(index).map(|state| &state.control),
            _ => None,
        };
        let rows = |texts: Vec<String>, pairs| {
            let rows = texts.iter().map(|text| TextInput::line(text)).chain([TextInput::line("")]);
            PanelKind::Rows { rows: rows.collect(), pairs }
        };
        let kind = match control {
            Some(Control::Many { chosen, .. }) => PanelKind::Several { choices, before: chosen.clone() },
            Some(Control::Items(items)) => rows(items.clone(), false),
            Some(Control::Rows(pairs)) => {
                rows(pairs.iter().map(|(n, v)| format!("{n} = {v}")).collect(), true)
            }
            Some(Control::Text(_)) => return,
            Some(Control::One(_)) | None => PanelKind::One { choices },
        };
        let mut panel = Panel::new(kind, self.focus);
        panel.at = match &panel.kind {
            PanelKind::Rows { rows, .. } => rows.len() - 1,
            PanelKind::One { choices } => self.chosen(self.focus, choices).unwrap_or(0),
            _ => 0,
        };
        self.panel = Some(panel);
    }

    /// Asks which of its readings a typed time means.
    pub(super) fn ask(&mut self, problem: &Problem) {
        let Some(index) = problem.field.as_deref().and_then(|name| self.position(name)) else { return };
        let choice = |reading: &Reading| Choice {
            value: Some(reading.typed.clone()),
            label: format!("{} · {} UTC", reading.label, reading.at.strftime("%H:%M")),
        };
        let choices = problem.readings.iter().map(choice).collect();
        self.go(Stop::Field(index));
        let question = problem.text.clone();
        let kind = PanelKind::Ask { question, choices, answer: Answer::Text };
        self.panel = Some(Panel::new(kind, Stop::Field(index)));
    }

    pub(super) fn open_over(&mut self, kind: PanelKind) {
        self.panel = Some(Panel::new(kind, self.focus));
    }

    pub(super) fn open_find(&mut self) {
        self.panel = Some(Panel::new(PanelKind::Find, self.focus));
    }

    /// Fields whose label, wire name, synonyms or group hold every word typed; the label's beginning first.
    pub fn found(&self, query: &str) -> Vec<Found> {
        let query = query.trim().to_lowercase();
        let mut found: Vec<(u8, Found)> = Vec::new();
        for (index, (name, field, _)) in self.fields().enumerate() {
            let group = self.group_of(index).unwrap_or_default().to_owned();
            if let Some(rank) = rank(name, field, &group, &query) {
                found.push((rank, Found { index, label: field.label.clone(), name: name.to_owned(), group }));
            }
        }
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, found)| found).collect()
    }

    /// How many rows the panel shows.
    pub(super) fn panel_rows(&self) -> usize {
        match &self.panel {
            Some(Panel { kind: PanelKind::Rows { rows, .. }, .. }) => rows.len(),
            Some(Panel { kind: PanelKind::Request { lines }, .. }) => lines.len(),
            Some(Panel { kind: PanelKind::Find, query, .. }) => self.found(query.text()).len(),
            Some(panel) => panel.shown().len(),
            None => 0,
        }
    }

    /// Takes what is marked and closes the panel.
    pub(super) fn pick(&mut self, ground: &mut Ground) -> Vec<FormEvent> {
        let Some(panel) = self.panel.take() else { return Vec::new() };
        match panel.kind {
            PanelKind::Ask { answer: Answer::Fill { values, text }, .. } => match panel.at {
                0 => self.fill_in(&values, ground),
                _ => self.paste_text(&text, ground),
            },
            PanelKind::Request { .. } => self.copy_request(ground),
            PanelKind::One { .. } | PanelKind::Ask { .. } => {
                let value = panel.shown().get(panel.at).map(|choice| choice.value.clone());
                value.map_or_else(Vec::new, |value| self.take(panel.stop, value, ground))
            }
            PanelKind::Find => {
                if let Some(found) = self.found(panel.query.text()).get(panel.at) {
                    self.go(Stop::Field(found.index));
                }
                Vec::new()
            }
            PanelKind::Several { .. } | PanelKind::Rows { .. } => Vec::new(),
        }
    }

    /// Closes the panel: choices are put back, written rows stay.
    pub(super) fn close_panel(&mut self, ground: &mut Ground) {
        let Some(panel) = self.panel.take() else { return };
        if let (PanelKind::Several { before, .. }, Stop::Field(index)) = (panel.kind, panel.stop)
            && let Some(state) = self.states.get_mut(index)
            && let Control::Many { chosen, .. } = &mut state.control
            && *chosen != before
        {
            *chosen = before;
            self.changed(ground);
        }
    }

    /// Marks or unmarks the choice under the cursor.
    pub(super) fn mark_in_panel(&mut self, ground: &mut Ground) {
        let Some(panel) = &self.panel else { return };
        let (PanelKind::Several { choices, .. }, Stop::Field(index)) = (&panel.kind, panel.stop) else {
            return;
        };
        let Some(word) = panel.shown().get(panel.at).and_then(|choice| choice.value.clone()) else { return };
        if let Some(state) = self.states.get_mut(index)
            && let Control::Many { chosen, .. } = &mut state.control
        {
            mark(chosen, &word, choices);
            state.touch();
        }
        self.changed(ground);
    }

    /// Brings what stands in the rows into the field.
    pub(super) fn rows_written(&mut self, ground: &mut Ground) {
        let Some(Panel { kind: PanelKind::Rows { rows, .. }, stop: Stop::Field(index), .. }) = &self.panel
        else {
            return;
        };
        let texts = rows.iter().map(TextInput::text).filter(|text| !text.trim().is_empty());
        let Some(state) = self.states.get_mut(*index) else { return };
        match &mut state.control {
            Control::Items(items) => *items = texts.flat_map(items_of).collect(),
            Control::Rows(pairs) => *pairs = texts.map(row_of).collect(),
            _ => return,
        }
        state.touch();
        self.changed(ground);
    }
}

/// How well a field fits what was typed: 0 best; none where a word is nowhere in it.
fn rank(name: &str, field: &Field, group: &str, query: &str) -> Option<u8> {
    let (label, wire) = (field.label.to_lowercase(), name.to_lowercase());
    if label.starts_with(query) || wire == query {
        return Some(0);
    }
    let synonym = |word: &str| field.find.iter().any(|known| known.to_lowercase().contains(word));
    let mut worst = 1;
    for word in query.split_whitespace() {
        let place = if label.contains(word) {
            1
        } else if wire.contains(word) {
            2
        } else if synonym(word) {
            3
        } else if group.to_lowercase().contains(word) || field.help.to_lowercase().contains(word) {
            4
        } else {
            return None;
        };
        worst = worst.max(place);
    }
    Some(worst)
}
