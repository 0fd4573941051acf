//! `roomkey check` and `delete`: asks the provider about something that was made earlier, or deletes it. What is found
//! is noted in the history; a deletion whose answer is not known says so.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::domain::entry::Entry;
use crate::domain::entry_json::{self, printed};
use crate::domain::finding::{Asking, Finding, Found, Told};
use crate::domain::moment::utc;
use crate::error::{Error, Kind, Result};
use crate::ports::clock::Clock;
use crate::provider::follow_up::Question;
use crate::worker::call::Caller;

use super::links::{self, Ground};
use super::{World, network, report};

/// Says of a creation that it may have happened; nothing is created here.
const MAYBE_CREATED: u8 = 8;

/// What became of it, with the entry as it is now.
struct Answer {
    entry: Entry,
    provider: String,
    clock: Clock,
    finding: Result<Finding>,
}

pub(super) fn check(id: &str, as_json: bool, world: &mut World) -> u8 {
    let Answer { entry, provider, clock, finding } = match prepare(Asking::Check, id, world)
        .and_then(|(ground, question)| ask(ground, &question, world))
    {
        Ok(answer) => answer,
        Err(error) => return world.io.fail(&error),
    };
    // Usage and configuration leave standard output empty.
    let says_something = !finding.as_ref().is_err_and(|error| matches!(error.kind.exit_code(), 2 | 3));
    if as_json && says_something {
        let shown = world.io.show(&printed(&json_of(&entry, &clock, &finding)));
        return finding.err().map_or(shown, |error| unknown(&error, world));
    }
    match finding {
        Ok(finding) => world.io.show(&text(&provider, &entry, &finding, &clock)),
        Err(error) => unknown(&error, world),
    }
}

/// A look that told nothing; the exit code. It changes nothing, so that no answer leaves anything open.
fn unknown(error: &Error, world: &mut World) -> u8 {
    let code = world.io.fail(error);
    match error.kind {
        Kind::Timeout => Kind::Network.exit_code(),
        Kind::Server | Kind::Unclear => Kind::Other.exit_code(),
        _ => code,
    }
}

pub(super) fn delete(id: &str, yes: bool, world: &mut World) -> u8 {
    let prepared = prepare(Asking::Delete, id, world).and_then(|(ground, question)| {
        if !yes && !agreed(&question, world)? {
            return Ok(None);
        }
        ask(ground, &question, world).map(Some)
    });
    match prepared {
        Ok(None) => world.io.say("nothing was deleted"),
        Ok(Some(Answer { entry, provider, finding, .. })) => match finding {
            Ok(finding) => world.io.say(&match &finding.found {
                Found::Gone { why, .. } => format!("{} is gone already: {why}", entry.name),
                _ => format!("{} is deleted at {provider}", entry.name),
            }),
            Err(error) => {
                let code = world.io.fail(&error);
                return if code == MAYBE_CREATED { Kind::Other.exit_code() } else { code };
            }
        },
        Err(error) => return world.io.fail(&error),
    }
    0
}

/// The entry's question, or why it cannot be asked.
fn prepare(asking: Asking, id: &str, world: &mut World) -> Result<(Ground, Question)> {
    let ground = links::open(world)?;
    let entry = links::find(id, &ground.shelf.entries)?;
    let page = ground.setup.catalog.usable(&entry.provider).ok_or_else(|| {
        Error::config(format!("there is no page of provider {} that can be used", entry.provider))
    })?;
    let question = Question::new(asking, &entry, page)?;
    if !ground.setup.config.is_broken()
        && !ground.setup.config.profile_names().any(|known| known == entry.profile)
    {
        let message = format!("profile {} of this entry is not in the configuration any more", entry.profile);
        return Err(Error::config(message).hint(format!("write it into {}", ground.setup.config.file())));
    }
    Ok((ground, question))
}

/// Asks the user, with what the page warns of.
fn agreed(question: &Question, world: &mut World) -> Result<bool> {
    let (entry, provider) = (&question.entry, &question.page().name);
    let warning = question.warning().map_or(String::new(), |warning| format!(": {warning}"));
    let asked = format!("delete {} ({}, {}) at {provider}{warning}?", entry.name, entry.profile, entry.id);
    let does = format!("this deletes {} at {provider}{warning}", entry.name);
    links::agreed(&asked, &does, world)
}

/// Sends it; INT, TERM and HUP end it early.
fn ask(mut ground: Ground, question: &Question, world: &mut World) -> Result<Answer> {
    let (profile, _) = ground.setup.profile(&question.entry.profile)?;
    ground.setup.trust(&profile)?;
    let caller = Caller::new(Arc::clone(&world.env), ground.clock.clone());
    let finding = network::perform(async |halt| caller.ask(question, &profile, halt).await)?;
    let mut entry = question.entry.clone();
    if let Ok(finding) = &finding {
        entry = entry.found(finding);
        // What was done at the provider is done, whether it can be noted or not.
        if entry.deleted != question.entry.deleted
            && let Err(error) = ground.shelf.mark(&entry)
        {
            world.io.warn(&error.to_string());
        }
    }
    Ok(Answer { entry, provider: question.page().name.clone(), clock: ground.clock, finding })
}

/// What was found, in two columns.
fn text(provider: &str, entry: &Entry, finding: &Finding, clock: &Clock) -> String {
    let state = entry.state(clock.now());
    let state = format!("{} {}", state.glyph(), state.name());
    let mut lines = Vec::new();
    match &finding.found {
        Found::There(told) => {
            lines.push(("State".to_owned(), state));
            lines.push(("Found".to_owned(), format!("{provider} knows it")));
            lines.extend(told.iter().map(|one| (one.label.to_string(), value(one, clock))));
        }
        Found::Gone { why, sure } => {
            lines.push(("Not found".to_owned(), why.to_string()));
            // Of what nobody knows there is only what was known before.
            let known = if *sure { "" } else { ", as far as known here" };
            lines.push(("State".to_owned(), format!("{state}{known}")));
        }
        Found::Deleted => lines.push(("State".to_owned(), state)),
    }
    let width = lines.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
    let line = |(label, value): &(String, String)| format!("{label:width$}  {value}");
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn value(told: &Told, clock: &Clock) -> String {
    told.time.map_or_else(|| told.value.to_string(), |time| report::when(time, clock))
}

/// `found` is null where no answer says anything about it.
fn json_of(entry: &Entry, clock: &Clock, finding: &Result<Finding>) -> Value {
    let found = finding.as_ref().ok().map(|finding| matches!(finding.found, Found::There(_)));
    let facts: Vec<Value> = match finding {
        Ok(Finding { found: Found::There(told), .. }) => told.iter().map(fact).collect(),
        _ => Vec::new(),
    };
    let note = match finding {
        Ok(Finding { found: Found::Gone { why, .. }, .. }) => Some(why.as_str()),
        _ => None,
    };
    json!({
        "version": 1,
        "id": entry.id,
        "profile": entry.profile,
        "provider": entry.provider,
        "operation": entry.operation,
        "name": entry.name.as_str(),
        "checked_at": utc(finding.as_ref().map_or_else(|_| clock.now(), |finding| finding.at)),
        "found": found,
        "state": entry.state(clock.now()).name(),
        "facts": facts,
        "note": note,
        "error": finding.as_ref().err().map(entry_json::error),
    })
}

fn fact(told: &Told) -> Value {
    let value = told.time.map_or_else(|| told.value.to_string(), utc);
    json!({"label": told.label.as_str(), "value": value})
}
