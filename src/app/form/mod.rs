//! The form: the fields of one operation of one profile, being filled in. It keeps what was typed as raw texts, has
//! them read and previewed anew after every change (`assess`), never while drawing, and ends in a `Plan`. How a field
//! is filled stands in `field`, where the cursor goes in `stops`, what keys do in `act`, `edit` and `panel`.

mod act;
mod action;
mod assess;
mod checks;
mod choose;
mod click;
mod complete;
mod edit;
mod elsewhere;
mod field;
mod fill;
mod ground;
mod history;
mod layers;
mod notes;
mod panel;
mod panel_keys;
mod paste;
mod preset;
mod request;
mod reset;
mod stops;
mod submit;

pub use action::{FormAction, FormEvent};
pub use assess::Assessment;
pub use checks::{Check, fix_words};
pub use choose::Choice;
pub use complete::Earlier;
pub use field::{Control, FieldState, Source};
pub use ground::{Draft, FormPreset, FormProfile, Ground};
pub use layers::is_generated;
pub use notes::{Note, Tone};
pub use panel::{Answer, Found, Panel, PanelKind};
pub use stops::Stop;

use crate::domain::page::{Field, Operation, Page};

use super::text_input::TextInput;
use history::History;

/// A form being filled in.
#[derive(Clone, Debug)]
pub struct Form {
    profile: FormProfile,
    operation: String,
    title: TextInput,
    ticket: TextInput,
    /// In the order of the operation's fields.
    states: Vec<FieldState>,
    focus: Stop,
    /// Titles of the groups that stand open; none where all advanced fields are one line.
    open: Option<Vec<String>>,
    /// Only what is filled in or needed is shown, folded or not.
    only_set: bool,
    panel: Option<Panel>,
    /// The preset that was loaded, as in a draft.
    loaded: Option<String>,
    /// What was typed for other operations of the profile.
    kept: Vec<Draft>,
    assessment: Assessment,
    /// Creating was tried, so every problem is shown.
    submitted: bool,
    /// The plan has been handed out and nothing has changed since.
    sent: bool,
    /// For completion.
    earlier: Earlier,
    /// What was erased last by the line or the word; never of a secret.
    erased: String,
    /// The long help of the field stands open.
    helping: bool,
    /// For taking back.
    history: History,
    /// The last thing worth saying, until the next key.
    said: Option<String>,
}

impl Form {
    /// A form for an operation (the page's first where there is no such one), filled from profile, preset and draft.
    pub fn open(profile: FormProfile, operation: &str, start: Draft, ground: &mut Ground) -> Form {
        let mut form = Form {
            operation: String::new(),
            title: TextInput::line(&start.title),
            ticket: TextInput::line(&start.ticket),
            states: Vec::new(),
            focus: Stop::Title,
            open: None,
            only_set: false,
            panel: None,
            loaded: None,
            kept: Vec::new(),
            assessment: Assessment::default(),
            submitted: false,
            sent: false,
            earlier: Earlier::default(),
            erased: String::new(),
            helping: false,
            history: History::default(),
            said: None,
            profile,
        };
        form.load(operation, start, ground);
        form
    }

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
    fn load(&mut self, operation: &str, draft: Draft, ground: &mut Ground) {
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
    fn turn_to(&mut self, operation: &str, ground: &mut Ground) -> Vec<FormEvent> {
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

    pub fn profile(&self) -> &FormProfile {
        &self.profile
    }

    pub fn page(&self) -> &Page {
        &self.profile.page
    }

    /// Id of the operation shown.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    pub fn spec(&self) -> Option<&Operation> {
        self.profile.page.operation(&self.operation)
    }

    /// Wire name, description and state of every field.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &Field, &FieldState)> {
        let fields = self.spec().into_iter().flat_map(Operation::fields);
        fields.zip(&self.states).map(|((name, field), state)| (name, field, state))
    }

    pub fn field(&self, index: usize) -> Option<(&str, &Field, &FieldState)> {
        let (spec, state) = (self.spec()?, self.states.get(index)?);
        let mut left = index;
        let mut parts = std::iter::once(&spec.essentials).chain(spec.advanced.iter().map(|(_, part)| part));
        let (name, field) = parts.find_map(|part| {
            let found = part.0.get(left);
            left = left.saturating_sub(part.len());
            found
        })?;
        Some((name, field, state))
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.states.iter().position(|state| state.name == name)
    }

    pub fn title(&self) -> &TextInput {
        &self.title
    }

    pub fn ticket(&self) -> &TextInput {
        &self.ticket
    }

    pub fn focus(&self) -> Stop {
        self.focus
    }

    /// Titles of the groups that stand open; none where all advanced fields are one line.
    pub fn open_groups(&self) -> Option<&[String]> {
        self.open.as_deref()
    }

    /// Only what is filled in or needed is shown.
    pub fn shows_only_set(&self) -> bool {
        self.only_set
    }

    /// How many advanced fields are set, and how many are left to the provider.
    pub fn advanced_counts(&self) -> (usize, usize) {
        let essentials = self.spec().map_or(0, |spec| spec.essentials.len());
        let advanced = self.states.get(essentials..).unwrap_or_default();
        let set = advanced.iter().filter(|state| !state.is_empty()).count();
        (set, advanced.len() - set)
    }

    /// The title of a group by its place, how many of its fields are set, and how many there are.
    pub fn group(&self, place: usize) -> Option<(&str, usize, usize)> {
        let spec = self.spec()?;
        let (title, fields) = spec.advanced.0.get(place)?;
        let before: usize = spec.advanced.iter().take(place).map(|(_, fields)| fields.len()).sum();
        let first = spec.essentials.len() + before;
        let states = self.states.get(first..first + fields.len())?;
        Some((title, states.iter().filter(|state| !state.is_empty()).count(), fields.len()))
    }

    /// The name of the preset the form was filled from.
    pub fn preset(&self) -> Option<&str> {
        let preset = layers::preset_for(&self.profile, self.loaded.as_deref(), &self.operation);
        preset.map(|preset| preset.name.as_str())
    }

    pub fn panel(&self) -> Option<&Panel> {
        self.panel.as_ref()
    }

    /// Keys are looked up among those of the picker, not those of the form.
    pub fn is_picking(&self) -> bool {
        self.panel.is_some()
    }

    pub fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    pub fn is_helping(&self) -> bool {
        self.helping
    }

    /// The last thing worth saying.
    pub fn said(&self) -> Option<&str> {
        self.said.as_deref()
    }

    /// Time has passed: relative times mean something else now.
    pub fn refresh(&mut self, ground: &mut Ground) {
        self.assess(ground);
    }

    /// Tells something from outside, until the next key.
    pub fn tell(&mut self, text: impl Into<String>) -> Vec<FormEvent> {
        self.say(text)
    }

    fn say(&mut self, text: impl Into<String>) -> Vec<FormEvent> {
        let text = text.into();
        self.said = Some(text.clone());
        vec![FormEvent::Say(text)]
    }

    /// Something was changed: read everything anew, unless it is the title or the ticket, which go into no request.
    fn changed(&mut self, ground: &mut Ground) {
        self.sent = false;
        self.note_change();
        if matches!(self.focus, Stop::Title | Stop::Ticket) && self.panel.is_none() {
            return;
        }
        self.assess(ground);
        self.settle_focus();
    }
}
