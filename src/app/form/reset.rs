//! One field back to what it was filled with before anybody typed: from the preset, the profile or the page, or left to
//! the provider.

use super::field::{Control, Source};
use super::ground::{Draft, Ground};
use super::{Form, FormEvent, Stop, layers};

impl Form {
    /// Puts the field under the cursor back.
    pub(super) fn reset(&mut self, ground: &mut Ground) -> Vec<FormEvent> {
        let Stop::Field(index) = self.focus else { return self.say("nothing is filled in here by itself") };
        let Some(spec) = self.profile.page.operation(&self.operation) else { return Vec::new() };
        let draft = Draft { ticket: self.ticket.text().to_owned(), ..Draft::default() };
        let first = layers::fill(&self.profile, &self.operation, spec, &draft, ground).into_iter().nth(index);
        let (Some(first), Some(state)) = (first, self.states.get_mut(index)) else { return Vec::new() };
        let before = (state.raw(), state.source);
        match (&mut state.control, &first.control) {
            (Control::Text(input), Control::Text(filled)) if input.text() != filled.text() => {
                input.replace(filled.text());
            }
            (Control::Text(_), _) => {}
            (control, filled) => *control = filled.clone(),
        }
        (state.source, state.touched) = (first.source, first.touched);
        let changed = before != (state.raw(), state.source);
        let said = match first.source {
            _ if !changed => "it is as it was filled in",
            Source::Profile => "back to the value of the profile",
            Source::Preset => "back to the value of the preset",
            Source::Nobody | Source::Typed => "left to the provider again",
            Source::Suggested | Source::Generated => "back to what it starts with",
        };
        self.changed(ground);
        self.say(said)
    }
}
