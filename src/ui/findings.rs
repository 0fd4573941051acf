//! What its provider said of a row that is there: that it is being asked, that it is deleted, what a look has found, and
//! why nothing was found.

use crate::app::action::Action;
use crate::app::model::Model;
use crate::app::row::{Answered, Row};
use crate::domain::entry::{Entry, State};
use crate::domain::finding::{Asking, Found, Told};
use crate::domain::moment::echo;
use crate::domain::secret::Secret;
use crate::domain::text::DisplayText;
use crate::error::Error;

use super::fact::Fact;
use super::theme::Theme;

pub fn of(model: &Model, row: &Row, entry: &Entry, facts: &mut Vec<Fact>, theme: Theme) {
    if let Some(asking) = row.asking {
        let provider = DisplayText::line(&entry.provider);
        let doing = match asking {
            Asking::Check => format!("asking {provider} about it"),
            Asking::Delete => format!("deleting it at {provider}"),
        };
        facts.push(Fact::new("Now", doing, theme.accent()).key(Action::Stop));
    }
    if let Some(at) = entry.deleted {
        facts.push(Fact::new("Deleted", echo(at, model.now, &model.zone), theme.state(State::Deleted)));
    }
    if let Some(answered) = &row.answered {
        said(model, answered, facts, theme);
    }
}

/// The last answer, with its time.
fn said(model: &Model, answered: &Answered, facts: &mut Vec<Fact>, theme: Theme) {
    let at = answered.at.to_zoned(model.zone.clone()).strftime("%H:%M").to_string();
    let label = match answered.asking {
        Asking::Check => "Checked",
        Asking::Delete => "Delete",
    };
    let finding = match &answered.answer {
        Ok(finding) => finding,
        Err(error) => return failed(label, &at, error, facts, theme),
    };
    match &finding.found {
        // Told by the line that says since when it is gone.
        Found::Deleted => {}
        Found::Gone { why, .. } => facts.push(Fact::new(label, format!("{at} · {why}"), theme.text())),
        Found::There(_) => facts.push(Fact::new(label, format!("{at} · it is there"), theme.text())),
    }
}

/// What the provider told of it that is not known already.
pub fn told(model: &Model, row: &Row, entry: &Entry, facts: &mut Vec<Fact>, theme: Theme) {
    let Some(Answered { answer: Ok(finding), .. }) = row.answered.as_deref() else { return };
    let Found::There(told) = &finding.found else { return };
    let known = |one: &Told| {
        let value = Secret::new(one.value.as_str());
        let same_end = one.time.is_some() && entry.links.iter().any(|link| link.ends.time() == one.time);
        same_end
            || entry.links.iter().any(|link| link.url == value)
            || entry.details.iter().any(|detail| detail.value == value)
    };
    for one in told.iter().filter(|one| !known(one)) {
        let value = one.time.map_or_else(|| one.value.to_string(), |time| echo(time, model.now, &model.zone));
        facts.push(Fact::new(one.label.clone(), value, theme.text()));
    }
}

fn failed(label: &str, at: &str, error: &Error, facts: &mut Vec<Fact>, theme: Theme) {
    facts.push(Fact::new(label, format!("{at} · {}", error.message()), theme.warn()));
    if let Some(hint) = error.next_step() {
        facts.push(Fact::new("Next", hint, theme.text()));
    }
}
