//! A pasted text that fills more than one field: a curl command, or "Ada Lovelace <ada@example.com>". It is offered,
//! and taken when the user says so.

use crate::domain::page::{Kind, Operation};
use crate::domain::text::DisplayText;
use crate::provider::compose::{Raw, belongs};
use crate::provider::from_curl::from_curl;

use super::choose::Choice;
use super::field::{Control, FieldState, Source};
use super::ground::Ground;
use super::panel::{Answer, PanelKind};
use super::{Form, FormEvent, Stop};

/// Labels named in the question.
const NAMED: usize = 4;

impl Form {
    /// Asks whether a pasted text shall fill the form; false where there is nothing to ask.
    pub(super) fn offer(&mut self, text: &str) -> bool {
        let Some(spec) = self.spec() else { return false };
        let (what, values) = match from_curl(spec, text) {
            Some(values) => ("This curl command", values),
            None => ("This name with its address", person(spec, text)),
        };
        let mut labels: Vec<String> = Vec::new();
        for (name, _) in &values {
            let label = self.label(name);
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        if labels.is_empty() {
            return false;
        }
        let more = labels.len().saturating_sub(NAMED);
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        labels.truncate(NAMED);
        let question = format!("{what} fills {}{rest}. Take it?", labels.join(", "));
        let choice = |label: &str| Choice { value: Some(label.into()), label: label.into() };
        let choices = vec![choice("fill these fields"), choice("paste it as text")];
        let answer = Answer::Fill { values, text: text.to_owned() };
        self.open_over(PanelKind::Ask { question, choices, answer });
        true
    }

    /// Fills in raw values as if they were typed, and goes to the first.
    pub(super) fn fill_in(&mut self, values: &Raw, ground: &mut Ground) -> Vec<FormEvent> {
        let page = self.profile.page.clone();
        let Some(spec) = page.operation(&self.operation) else { return Vec::new() };
        let mut filled = Vec::new();
        for (index, (name, field)) in spec.fields().enumerate() {
            let mine: Raw = values.iter().filter(|(given, _)| belongs(spec, given, name)).cloned().collect();
            let Some(state) = self.states.get_mut(index).filter(|_| !mine.is_empty()) else { continue };
            let taken = FieldState::new(spec, name, field, &mine, Source::Typed);
            match (&mut state.control, taken.control) {
                (Control::Text(input), Control::Text(text)) => input.replace(text.text()),
                (control, taken) => *control = taken,
            }
            state.touch();
            filled.push(index);
        }
        self.changed(ground);
        if let Some(first) = filled.first() {
            self.go(Stop::Field(*first));
        }
        match filled.len() {
            1 => self.say("filled in one field"),
            count => self.say(format!("filled in {count} fields")),
        }
    }
}

/// "Name <mail>" by what the operation knows of a person.
fn person(spec: &Operation, text: &str) -> Raw {
    let text = text.trim();
    let parts = text.strip_suffix('>').and_then(|rest| rest.rsplit_once('<'));
    let Some((name, mail)) = parts else { return Raw::new() };
    let (name, mail) = (DisplayText::line(name.trim().trim_matches('"')).to_string(), mail.trim());
    let is_mail = mail.contains('@') && !mail.contains(char::is_whitespace) && !name.contains(['<', '>']);
    let field = |wish: &str| spec.wish.get(wish).and_then(|wish| wish.field.clone());
    let by_kind =
        || spec.fields().find(|(_, field)| field.kind == Kind::Email).map(|(name, _)| name.to_owned());
    if !is_mail || text.contains('\n') {
        return Raw::new();
    }
    let who = field("who").filter(|_| !name.is_empty()).map(|field| (field, name));
    let email = field("email").or_else(by_kind).map(|field| (field, mail.to_owned()));
    who.into_iter().chain(email).collect()
}
