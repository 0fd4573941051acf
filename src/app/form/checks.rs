//! The line of checks: what is wrong, what is worth knowing, what is still needed, or that all is ready; and the
//! remedies the page offers. A required field nobody has come to yet is named calmly, not shouted at.

use crate::domain::page::Kind;
use crate::provider::compose::Raw;
use crate::provider::validate::{Problem, Severity};

use super::Form;
use super::field::{Control, items_of, known, switch};
use super::ground::Ground;

/// One line of the checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    Bad(String),
    /// It can be sent; something is worth knowing.
    Warn(String),
    /// Labels of required fields that are still empty.
    Needed(Vec<String>),
    Ready,
    /// A remedy, by its place among the remedies: what it would set.
    Fix(usize, String),
}

impl Form {
    /// What is worth showing now, errors first, each with its remedy below.
    pub fn checks(&self) -> Vec<Check> {
        let mut lines = Vec::new();
        let mut fix = 0;
        if !self.assessment.has_errors() {
            lines.extend(self.assessment.trouble.iter().cloned().map(Check::Bad));
        }
        for problem in self.shown_problems() {
            let text = self.sentence(problem);
            lines.push(if problem.severity == Severity::Error {
                Check::Bad(text)
            } else {
                Check::Warn(text)
            });
            if has_remedy(problem) {
                lines.push(Check::Fix(fix, remedy_words(self, problem)));
                fix += 1;
            }
        }
        let needed = self.needed();
        if !needed.is_empty() {
            lines.push(Check::Needed(needed));
        } else if self.assessment.is_ready() {
            lines.insert(0, Check::Ready);
        }
        lines
    }

    /// The problems with a remedy, in the order of the checks.
    pub(super) fn fixes(&self) -> impl Iterator<Item = &Problem> {
        self.shown_problems().filter(|problem| has_remedy(problem))
    }

    fn shown_problems(&self) -> impl Iterator<Item = &Problem> {
        let of = move |severity| {
            self.assessment.problems.iter().filter(move |p| p.severity == severity && self.is_shown(p))
        };
        of(Severity::Error).chain(of(Severity::Warning))
    }

    /// Whether a problem is told: not before somebody came to the field, unless it comes with a remedy.
    pub(super) fn is_shown(&self, problem: &Problem) -> bool {
        let untouched = problem.field.as_deref().and_then(|name| self.position(name)).is_some_and(|index| {
            let state = &self.states[index];
            state.is_empty() && !state.touched
        });
        self.submitted || problem.severity == Severity::Warning || !problem.fix.is_empty() || !untouched
    }

    fn needed(&self) -> Vec<String> {
        let problems = self.assessment.problems.iter();
        let quiet = problems.filter(|p| p.severity == Severity::Error && !self.is_shown(p));
        quiet.filter_map(|p| p.field.as_deref()).map(|name| self.label(name)).collect()
    }

    pub(super) fn label(&self, name: &str) -> String {
        let found = self.spec().and_then(|spec| spec.field_for(name));
        found.map_or(name.to_owned(), |(_, field)| field.label.clone())
    }

    /// "Room: at least 2 characters".
    fn sentence(&self, problem: &Problem) -> String {
        match &problem.field {
            Some(name) => {
                let label = self.label(name);
                let told = problem.text.starts_with(&label);
                if told { problem.text.clone() } else { format!("{label}: {}", problem.text) }
            }
            None => problem.text.clone(),
        }
    }

    /// Takes the remedy of this place: lists gain what they lack, everything else is set, and what only the user can
    /// know is asked.
    pub(super) fn apply_fix(&mut self, place: usize, ground: &mut Ground) -> bool {
        let Some(problem) = self.fixes().nth(place).cloned() else { return false };
        if !problem.readings.is_empty() {
            self.ask(&problem);
            return true;
        }
        for (name, value) in &problem.fix {
            self.set(name, value);
        }
        self.changed(ground);
        true
    }

    /// Sets a field to a raw value, as if the user had filled it in.
    fn set(&mut self, name: &str, value: &str) {
        let Some(index) = self.position(name) else { return };
        let Some((kind, choices)) = self
            .spec()
            .and_then(|spec| spec.field(name).map(|field| (field.kind, spec.choices(field).to_vec())))
        else {
            return;
        };
        let state = &mut self.states[index];
        match &mut state.control {
            Control::Text(input) => input.replace(value),
            Control::One(chosen) if kind == Kind::Switch => *chosen = switch(value),
            Control::One(chosen) => *chosen = (!value.is_empty()).then(|| known(&choices, value.into())),
            Control::Many { chosen: items, .. } | Control::Items(items) => {
                let lacking: Vec<String> =
                    items_of(value).into_iter().filter(|item| !items.contains(item)).collect();
                items.extend(lacking);
            }
            Control::Rows(_) => {}
        }
        state.touch();
    }
}

fn has_remedy(problem: &Problem) -> bool {
    !problem.fix.is_empty() || !problem.readings.is_empty()
}

fn remedy_words(form: &Form, problem: &Problem) -> String {
    match problem.readings.as_slice() {
        [] => fix_words(form, &problem.fix),
        readings => {
            let labels: Vec<&str> = readings.iter().map(|reading| reading.label.as_str()).collect();
            format!("choose {}", labels.join(" or "))
        }
    }
}

/// "Also ask for: hostRoomUrl, Locked: on".
pub fn fix_words(form: &Form, fix: &Raw) -> String {
    let word = |value: &str| match value {
        "true" => "on".to_owned(),
        "false" => "off".to_owned(),
        "" => "leave it to the provider".to_owned(),
        other => other.to_owned(),
    };
    let words = fix.iter().map(|(name, value)| format!("{}: {}", form.label(name), word(value)));
    words.collect::<Vec<_>>().join(", ")
}
