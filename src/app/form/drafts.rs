//! What was typed for each operation of the profile: the one shown, and those kept while the user turns to another.

use super::field::{FieldState, Source};
use super::ground::{Draft, Ground};
use super::{Form, FormEvent, Stop, layers};

impl Form {
    /// Hands in a draft of another operation of the profile, for when the user turns to it.
    pub fn keep(&mut self, draft: Draft) {
        if draft.operation != self.operation {
            self.kept.retain(|known| known.operation != draft.operation);
            self.kept.push(draft);
        }
    }

    /// What was typed for the operation shown.
    pub fn draft(&self) -> Draft {
        let typed = self.states.iter().filter(|state| state.source == Source::Typed && !state.is_secret());
        let focus = match self.focus {
            Stop::Field(index) => self.states.get(index).map(|state| state.name.clone()),
            _ => None,
        };
        Draft {
            operation: self.operation.clone(),
            values: typed.flat_map(FieldState::typed).collect(),
            title: self.title.text().to_owned(),
            ticket: self.ticket.text().to_owned(),
            preset: self.loaded.clone(),
            focus,
            open: self.open.clone(),
        }
    }

    /// Nobody has typed, loaded or tried anything in it yet.
    pub fn is_untouched(&self) -> bool {
        let draft = self.draft();
        let empty = draft.values.is_empty() && draft.title.is_empty() && draft.ticket.is_empty();
        empty && draft.preset.is_none() && self.kept.is_empty() && self.panel.is_none() && !self.submitted
    }

    /// The draft of every operation touched, the one shown last.
    pub fn drafts(&self) -> Vec<Draft> {
        self.kept.iter().cloned().chain([self.draft()]).collect()
    }

    /// Turns to an operation: fields, draft and cursor are its own, title and ticket stay.
    pub(super) fn load(&mut self, operation: &str, draft: Draft, ground: &mut Ground) {
        let page = self.profile.page.clone();
        let found = page.operations.iter().find(|(id, _)| id == operation).or(page.first_operation());
        let Some((id, spec)) = found else { return };
        self.operation = id.clone();
        self.states = layers::fill(&self.profile, id, spec, &draft, ground);
        self.loaded = draft.preset;
        self.open = draft.open;
        self.submitted = false;
        self.begin_history();
        self.assess(ground);
        self.focus = self.first_stop();
        if let Some(name) = &draft.focus {
            self.go_to(name);
        }
    }

    /// The first required field without a value, else the first field.
    fn first_stop(&self) -> Stop {
        let missing = self.fields().position(|(_, field, state)| field.rules.required && state.is_empty());
        let essentials = self.spec().map_or(0, |spec| spec.essentials.len());
        match missing.filter(|index| *index < essentials) {
            Some(index) => Stop::Field(index),
            None if essentials > 0 => Stop::Field(0),
            None => Stop::Title,
        }
    }

    /// Turns to another operation of the page; what was typed for this one is kept.
    pub(super) fn turn_to(&mut self, operation: &str, ground: &mut Ground) -> Vec<FormEvent> {
        if operation == self.operation {
            return Vec::new();
        }
        let here = self.draft();
        self.kept.retain(|draft| draft.operation != here.operation);
        let kept = self.kept.iter().position(|draft| draft.operation == operation);
        let there = kept.map(|at| self.kept.remove(at)).unwrap_or_default();
        self.kept.push(here);
        self.load(operation, Draft { focus: None, ..there }, ground);
        self.focus = Stop::Operation;
        self.sent = false;
        vec![FormEvent::Operation(self.operation.clone())]
    }
}
