//! The note beside a field: what is wrong with it, its time in words, where its value came from, or what it takes.

use crate::domain::literal::Literal;
use crate::domain::moment::Unit;
use crate::domain::page::{Field, Kind};
use crate::domain::text::DisplayText;
use crate::provider::validate::Severity;

use super::field::{Control, Source};
use super::{Form, Stop};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Quiet,
    Warn,
    Bad,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub tone: Tone,
    pub text: String,
}

fn quiet(text: impl Into<String>) -> Option<Note> {
    Some(Note { tone: Tone::Quiet, text: text.into() })
}

impl Form {
    /// The one thing worth saying beside a stop.
    pub fn note(&self, stop: Stop) -> Option<Note> {
        match stop {
            Stop::Title => quiet("only you see it"),
            Stop::Ticket => quiet("groups your links"),
            Stop::Field(index) => self.field_note(index),
            _ => None,
        }
    }

    fn field_note(&self, index: usize) -> Option<Note> {
        let (name, field, state) = self.field(index)?;
        if let Some(note) = self.problem_note(name) {
            return Some(note);
        }
        if let Some(echo) = self.echo(Stop::Field(index)) {
            return quiet(echo);
        }
        if !self.assessment.in_force.get(index).copied().unwrap_or(true) {
            return quiet(self.without_effect(field));
        }
        let from = match state.source {
            _ if state.touched && state.is_empty() => return self.left_note(field, state.control.is_text()),
            Source::Profile => "from the profile",
            Source::Preset => "from the preset",
            Source::Generated => "generated",
            Source::Nobody => return self.left_note(field, state.control.is_text()).or(quiet_about(field)),
            Source::Suggested | Source::Typed => return quiet_about(field),
        };
        quiet(from)
    }

    /// What is wrong or doubtful at a stop, and told.
    pub fn problem(&self, stop: Stop) -> Option<Note> {
        let Stop::Field(index) = stop else { return None };
        if self.assessment.problems.is_empty() {
            return None;
        }
        self.problem_note(&self.states.get(index)?.name)
    }

    /// The time of a stop in words, or its length of time.
    pub fn echo(&self, stop: Stop) -> Option<&str> {
        let Stop::Field(index) = stop else { return None };
        self.assessment.echoes.get(index)?.as_deref()
    }

    fn problem_note(&self, name: &str) -> Option<Note> {
        let mine = || self.assessment.problems.iter().filter(|p| p.field.as_deref() == Some(name));
        let error = mine().find(|p| p.severity == Severity::Error && self.is_shown(p));
        let problem = error.or_else(|| mine().find(|p| p.severity == Severity::Warning))?;
        let tone = if problem.severity == Severity::Error { Tone::Bad } else { Tone::Warn };
        Some(Note { tone, text: problem.text.clone() })
    }

    /// What the provider does with a text that is left out.
    fn left_note(&self, field: &Field, is_text: bool) -> Option<Note> {
        match (is_text, field.unset_text()) {
            (true, Some(text)) => quiet(format!("left out: {text}")),
            _ => None,
        }
    }

    fn without_effect(&self, field: &Field) -> String {
        let others = field.when.iter().filter_map(|c| c.field.as_ref().or(c.any.first()).map(|n| (n, &c.is)));
        let name = |(name, is): (&String, &Option<Literal>)| match is {
            Some(Literal::Bool(on)) => format!("{} {}", self.label(name), if *on { "on" } else { "off" }),
            Some(is) => format!("{} {}", self.label(name), is.typed()),
            None => self.label(name),
        };
        format!("only with {}", others.map(name).collect::<Vec<_>>().join(", "))
    }

    /// One or two lines about the stop under the cursor: its help, and when asked for also its name on the wire, its
    /// type and its bounds.
    pub fn help(&self) -> Vec<String> {
        let Stop::Field(index) = self.focus else { return vec![self.plain_help()] };
        let Some((name, field, _)) = self.field(index) else { return Vec::new() };
        let help = if field.help.is_empty() { kind_words(field.kind).to_owned() } else { field.help.clone() };
        if !self.helping {
            return vec![help];
        }
        let mut facts = vec![name.to_owned(), kind_words(field.kind).to_owned()];
        facts.extend(field.rules.required.then(|| "required".to_owned()));
        facts.extend(bounds(field));
        facts.extend(field.unset_text().map(|text| format!("left out: {text}")));
        if let Some(first) = field.choices.first() {
            facts.push(format!("{} choices, first {first}", field.choices.len()));
        }
        vec![help, facts.join(" · ")]
    }

    fn plain_help(&self) -> String {
        let words = match self.focus {
            Stop::Title => "A name for this link in your list; it is not sent",
            Stop::Ticket => "Your own reference, T-4822; links of one ticket stand together; it is not sent",
            Stop::Advanced | Stop::Group(_) => "Space opens and closes; what stays folded keeps its values",
            Stop::Fix(_) => "Space takes this remedy",
            Stop::Operation | Stop::Field(_) => "",
        };
        let help = || self.spec().map_or(String::new(), |spec| spec.help.clone());
        if words.is_empty() { help() } else { words.to_owned() }
    }
}

impl Control {
    fn is_text(&self) -> bool {
        !matches!(self, Control::One(_) | Control::Many { .. })
    }
}

fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Lines => "text of several lines",
        Kind::Integer => "whole number",
        Kind::Duration => "length of time: 30m, 2h, 1h30",
        Kind::Switch => "on or off",
        Kind::Choice => "one of a few words",
        Kind::Choices => "several words",
        Kind::List => "list",
        Kind::Datetime => "time: in 2h, 16:00, tomorrow 9:00, fri 9:00, 2026-12-01 14:00",
        Kind::Url => "address",
        Kind::Email => "e-mail address",
        Kind::Json => "JSON",
        Kind::Pairs => "names and values",
    }
}

/// "up to 39 · a–z, 0–9": what a field takes, as short as it goes.
fn quiet_about(field: &Field) -> Option<Note> {
    let mut words = bounds(field);
    if words.is_empty() && field.kind == Kind::Integer {
        words.extend(field.unit.map(|unit| unit_word(unit).to_owned()));
    }
    if words.is_empty() { None } else { quiet(words.join(" · ")) }
}

fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::Seconds => "seconds",
        Unit::Minutes => "minutes",
    }
}

fn bounds(field: &Field) -> Vec<String> {
    let counts = !matches!(field.kind, Kind::Integer | Kind::Duration);
    let noun = match (field.kind, field.unit) {
        (Kind::List, _) => " items".to_owned(),
        (_, Some(unit)) if !counts => format!(" {}", unit_word(unit)),
        (Kind::Duration, None) => " seconds".to_owned(),
        _ if !counts => String::new(),
        _ => " characters".to_owned(),
    };
    let number = |bound: &Option<Literal>| match bound {
        Some(Literal::Int(number)) => Some(*number),
        _ => None,
    };
    let mut words = match (number(&field.rules.min), number(&field.rules.max)) {
        (Some(min), Some(max)) if min == max => vec![format!("exactly {min}{noun}")],
        (Some(min), Some(max)) => vec![format!("{min} to {max}{noun}")],
        (Some(1), None) if counts => Vec::new(),
        (Some(1), None) if field.kind == Kind::Duration => vec![format!("{}, or 30m, 2h", noun.trim_start())],
        (Some(min), None) => vec![format!("{min}{noun} or more")],
        (None, Some(max)) => vec![format!("up to {max}{noun}")],
        (None, None) => Vec::new(),
    };
    if matches!(&field.rules.min, Some(Literal::Text(word)) if word == "now") {
        words.push("not in the past".into());
    }
    if let Some(set) = field.rules.chars.as_deref().map(DisplayText::line) {
        match words.last_mut().filter(|_| counts) {
            Some(count) => *count = format!("{} of {set}", count.trim_end_matches(" characters")),
            None => words.push(set.to_string()),
        }
    }
    words
}
