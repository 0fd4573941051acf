//! What the form does when asked for an action by its id. Thin: each action is one line here and a function where its
//! noun lives.

use crate::provider::key_test::untestable;

use super::ground::Ground;
use super::{Control, Form, FormAction, FormEvent, Stop, layers};

impl Form {
    /// Performs an action and says what the owner has to do.
    pub fn act(&mut self, action: FormAction, ground: &mut Ground) -> Vec<FormEvent> {
        self.said = None;
        if self.panel.is_some() {
            return self.panel_act(action, ground);
        }
        match action {
            FormAction::Create => return self.submit(false, ground),
            FormAction::CreateAndCopy => return self.submit(true, ground),
            FormAction::Submit => return self.enter(ground),
            FormAction::Toggle => return self.space(ground),
            FormAction::Text(edit) => return self.edit(edit, ground),
            FormAction::Request => return self.open_request(),
            FormAction::Edit => return self.edit_elsewhere(),
            FormAction::PutBack => self.put_back(ground),
            FormAction::TestKey => return self.test_key(),
            FormAction::Reroll => return self.reroll(ground),
            FormAction::Back => return vec![FormEvent::Close],
            FormAction::Next => self.step(1),
            FormAction::Previous => self.step(-1),
            FormAction::PageDown => self.page_by(1),
            FormAction::PageUp => self.page_by(-1),
            FormAction::Fold => self.fold(),
            FormAction::OnlySet => self.show_only_set(),
            FormAction::Find => self.open_find(),
            FormAction::Fix => return self.first_fix(ground),
            FormAction::People => return vec![FormEvent::People],
            FormAction::Presets => return vec![FormEvent::Presets],
            FormAction::FieldHelp => self.helping = !self.helping,
            FormAction::Pick
            | FormAction::Mark
            | FormAction::ClosePicker
            | FormAction::NextChoice
            | FormAction::PreviousChoice
            | FormAction::ChoicesDown
            | FormAction::ChoicesUp => {}
        }
        Vec::new()
    }

    fn enter(&mut self, ground: &mut Ground) -> Vec<FormEvent> {
        match self.text_at(self.focus).is_some_and(|text| text.takes_lines()) {
            true => self.typed('\n', ground),
            false => self.submit(false, ground),
        }
    }

    pub(super) fn space(&mut self, ground: &mut Ground) -> Vec<FormEvent> {
        match self.focus {
            _ if self.text_at(self.focus).is_some() => return self.typed(' ', ground),
            Stop::Advanced => self.toggle_heading(None),
            Stop::Group(group) => self.toggle_heading(Some(group)),
            Stop::Fix(place) => drop(self.apply_fix(place, ground)),
            _ if self.has_many(self.focus) => self.open_panel(),
            Stop::Field(index) => match self.states.get(index).map(|state| &state.control) {
                Some(Control::Many { .. }) => self.toggle_mark(index, ground),
                _ => return self.cycle(1, ground),
            },
            _ => return self.cycle(1, ground),
        }
        Vec::new()
    }

    /// Takes the remedy under the cursor, else the first.
    fn first_fix(&mut self, ground: &mut Ground) -> Vec<FormEvent> {
        let place = match self.focus {
            Stop::Fix(place) => place,
            _ => 0,
        };
        if self.apply_fix(place, ground) { Vec::new() } else { self.say("no remedy is on offer") }
    }

    fn test_key(&mut self) -> Vec<FormEvent> {
        let page = self.page();
        if page.test.is_none() {
            return self.say(untestable(page).to_string());
        }
        let asking = format!("asking {} whether the key of {} works", page.name, self.profile().name);
        let mut events = self.say(asking);
        events.push(FormEvent::TestKey);
        events
    }

    fn reroll(&mut self, ground: &mut Ground) -> Vec<FormEvent> {
        let Stop::Field(index) = self.focus else { return self.reset(ground) };
        let ticket = self.ticket.text().to_owned();
        let (profile, loaded, operation) = (&self.profile, self.loaded.as_deref(), &self.operation);
        let made = self.field(index).and_then(|(name, field, _)| {
            layers::anew(profile, loaded, operation, (name, field), &ticket, ground)
        });
        let Some((made, source)) = made else { return self.reset(ground) };
        let Some(state) = self.states.get_mut(index) else { return Vec::new() };
        if let Control::Text(input) = &mut state.control {
            input.replace(&made);
        }
        state.source = source;
        state.touched = false;
        self.changed(ground);
        Vec::new()
    }
}
