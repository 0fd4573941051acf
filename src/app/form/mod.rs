//! The form: the fields of one operation of one profile, being filled in. It keeps what was typed as raw texts, has
//! them read and previewed anew after every change (`assess`), never while drawing, and ends in a `Plan`. How a field
//! is filled stands in `field`, where the cursor goes in `stops`, what keys do in `act`, `edit` and `panel`, how it is
//! taken back in `history`, and what becomes of it while another operation is shown in `drafts`.

mod act;
mod action;
mod assess;
mod checks;
mod choose;
mod click;
mod complete;
mod drafts;
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
