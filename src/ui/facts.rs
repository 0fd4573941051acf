//! What is known of a row, as labelled facts in the order of their weight: links, ends, what went wrong, warnings,
//! details, how it was made. Secrets are dots unless they are revealed.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::app::action::Action;
use crate::app::message::JobId;
use crate::app::messages;
use crate::app::model::Model;
use crate::app::row::{Arm, Row, Running};
use crate::domain::entry::{Detail, Entry, Outcome, State};
use crate::domain::hyperlink::Target;
use crate::domain::link::{Audience, Ends, Link, Reuse, Source};
use crate::domain::moment::{echo, short_span};
use crate::domain::text::DisplayText;

use super::fact::Fact;
use super::findings;
use super::theme::Theme;

/// The facts of a row.
pub fn of(model: &Model, row: &Row, roomy: bool, theme: Theme) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(running) = row.running() {
        under_way(model, row, running, &mut facts, theme);
    }
    if let Some(entry) = row.entry() {
        let revealed = model.reveals(row.job);
        facts.extend(entry.links.iter().map(|link| link_fact(model, entry, link, revealed, theme)));
        if entry.deleted.is_none() {
            ends(entry, model.now, &model.zone, &mut facts, theme);
        }
        findings::of(model, row, entry, &mut facts, theme);
        facts.extend(message(model, row.job, entry, roomy, theme));
        trouble(entry, &mut facts, theme);
        facts.extend(entry.details.iter().map(|detail| detail_fact(detail, revealed, theme)));
        findings::told(model, row, entry, &mut facts, theme);
        if let Some(title) = entry.asked.title.as_deref().filter(|title| !title.is_empty() && roomy) {
            facts.push(Fact::new("Title", DisplayText::line(title), theme.text()));
        }
        if !row.ticket.is_empty() {
            facts.push(Fact::new("Ticket", row.ticket.clone(), theme.text()));
        }
        facts.push(made(entry, &model.zone, roomy, theme));
    }
    facts
}

fn under_way(model: &Model, row: &Row, running: &Running, facts: &mut Vec<Fact>, theme: Theme) {
    let passed = short_span(model.now.as_second() - row.since.as_second());
    let host = running.plan.page.name.as_str();
    let doing = match (running.stopping, running.sent) {
        (true, _) => format!("stopping the call to {host}"),
        (false, true) => format!("waiting for the answer of {host}"),
        (false, false) => format!("reaching {host}"),
    };
    facts.push(
        Fact::new("Now", doing, theme.accent()).and(format!("  {passed}"), theme.quiet()).key(Action::Stop),
    );
    let copies =
        |arm| if running.armed == Some(arm) { "copies by itself when ready" } else { "not there yet" };
    facts.push(Fact::new("Guest", copies(Arm::Link), theme.quiet()).key(Action::CopyGuest));
    facts.push(Fact::new("Message", copies(Arm::Message), theme.quiet()).key(Action::CopyMessage));
    let label = running.plan.spec().map_or("", |spec| spec.label.as_str());
    let profile = DisplayText::line(&running.plan.profile);
    facts.push(Fact::new("Asked", format!("{profile} › {label}"), theme.text()));
    if !row.ticket.is_empty() {
        facts.push(Fact::new("Ticket", row.ticket.clone(), theme.text()));
    }
}

/// "Guest link" reads "Guest" beside the address.
fn short_label(label: &str) -> String {
    DisplayText::line(&label.replacen(" link", "", 1)).into()
}

/// The one place where an address is opened for the screen.
fn address(link: &Link, revealed: bool) -> String {
    if link.url.is_empty() {
        return "not kept any more".into();
    }
    let text = if revealed { link.url.expose().to_owned() } else { link.shown() };
    DisplayText::line(&text).into()
}

/// Where a terminal may lead with a click: an ordinary link that works, as often as one likes, and stands there in full.
/// What is behind dots stays there: terminals show where a link leads.
fn target(link: &Link, revealed: bool, ended: bool) -> Option<Target> {
    let in_full = revealed || (!link.secret && link.audience != Audience::Host);
    let ordinary = link.warning.is_none() && !ended && link.reuse == Reuse::Many;
    if in_full && ordinary { Target::new(&link.url) } else { None }
}

fn link_fact(model: &Model, entry: &Entry, link: &Link, revealed: bool, theme: Theme) -> Fact {
    let ended = entry.is_over(link, model.now);
    let style = if ended { theme.quiet() } else { theme.text() };
    // Before the address, where no width cuts it off.
    let mark = match (entry.deleted, ended) {
        (Some(_), _) => "d deleted  ",
        (None, true) => "- ended  ",
        (None, false) => "",
    };
    let text = format!("{mark}{}", address(link, revealed));
    // Whoever holds it: a link with a host's rights is none for a customer.
    let label = match link.audience {
        Audience::Host => link.label.replacen("Personal", "Host", 1),
        _ => link.label.clone(),
    };
    let mut fact = Fact::new(short_label(&label), text, style);
    fact.address = true;
    fact.beside = false;
    fact.target = if model.hyperlinks { target(link, revealed, ended) } else { None };
    let mut words = Vec::new();
    if let Some(warning) = &link.warning {
        words.push(format!("! {warning}"));
    }
    words.push(match (link.audience, link.reuse) {
        (_, Reuse::Once) => "works once".into(),
        (Audience::Guest, _) => "anyone with the link".into(),
        (Audience::Personal, _) => "for this person only".into(),
        (Audience::Host, _) => "for the host only".into(),
    });
    let style = if link.warning.is_some() { theme.warn() } else { theme.quiet() };
    fact.under = Some((words.join(" · "), style));
    if entry.guest_link() == Some(link) {
        return fact.key(Action::CopyGuest);
    }
    if entry.host_link() == Some(link) {
        return fact.key(Action::CopyHost);
    }
    fact
}

/// One line for each end that differs, with whose it is where there are several.
fn ends(entry: &Entry, now: Timestamp, zone: &TimeZone, facts: &mut Vec<Fact>, theme: Theme) {
    let mut seen: Vec<&Ends> = Vec::new();
    for link in &entry.links {
        if seen.contains(&&link.ends) {
            continue;
        }
        seen.push(&link.ends);
        let whose = (entry.links.len() > 1 && entry.links.iter().any(|other| other.ends != link.ends))
            .then(|| short_label(&link.label).to_lowercase());
        let label = if facts.iter().any(|fact| fact.label == "Ends") { "" } else { "Ends" };
        let mut note: Option<String> = link.note.as_deref().map(|note| DisplayText::line(note).into());
        let fact = match &link.ends {
            Ends::At { time, .. } if *time <= now => {
                Fact::new(label, format!("ended {}", echo(*time, now, zone)), theme.state(State::Ended))
            }
            Ends::At { time, .. } => Fact::new(label, echo(*time, now, zone), theme.text()),
            Ends::Event => Fact::new(label, note.take().unwrap_or("with the meeting".into()), theme.text()),
            Ends::Unknown => Fact::new(label, "unknown", theme.quiet()),
        };
        let source = source(link.source, &link.ends).map(str::to_owned);
        let notes = [whose, note, source].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        facts.push(if notes.is_empty() { fact } else { fact.and(format!(" · {notes}"), theme.quiet()) });
    }
}

/// How the end is known, where the server did not say it itself.
fn source(source: Source, ends: &Ends) -> Option<&'static str> {
    match (source, ends) {
        (_, Ends::Unknown) | (Source::Server, _) => None,
        (Source::Token, _) => Some("read from the link"),
        (Source::Computed, _) => Some("computed from what was sent"),
        (Source::Documented, _) => Some("as documented"),
        (Source::Assumed, _) => Some("assumed"),
    }
}

/// The message a key away: all of it where there is room, else its first words.
fn message(model: &Model, job: JobId, entry: &Entry, roomy: bool, theme: Theme) -> Option<Fact> {
    let (name, text) = messages::preview(model, job, entry)?;
    let text = if roomy { text } else { text.split_whitespace().collect::<Vec<_>>().join(" ") };
    let mut fact = Fact::new("Message", text, theme.text()).key(Action::CopyMessage);
    if roomy {
        fact.beside = false;
        fact.under = Some((format!("template {name}"), theme.quiet()));
    }
    Some(fact)
}

/// What went wrong and what to do; then what is odd although it was created.
fn trouble(entry: &Entry, facts: &mut Vec<Fact>, theme: Theme) {
    if let Some(error) = entry.outcome.error() {
        let maybe = matches!(entry.outcome, Outcome::MaybeCreated(_));
        let (label, style) =
            if maybe { ("Maybe", theme.state(State::Maybe)) } else { ("Error", theme.bad()) };
        facts.push(Fact::new(label, error.message(), style));
        if let Some(hint) = error.next_step() {
            facts.push(Fact::new("Next", hint, theme.text()));
        }
        if !maybe {
            facts.push(Fact::new("", "nothing was created", theme.quiet()).key(Action::Again));
        }
    }
    for warning in &entry.warnings {
        facts.push(Fact::new("Note", warning.clone(), theme.warn()));
    }
}

fn detail_fact(detail: &Detail, revealed: bool, theme: Theme) -> Fact {
    let shown = if revealed { DisplayText::detail(detail.value.expose()) } else { detail.shown() };
    let shown = shown.as_str().replace('\n', " ");
    let fact = Fact::new(DisplayText::line(&detail.label), shown, theme.text());
    if detail.secret { fact.key(Action::Reveal) } else { fact }
}

/// "14:02:07 in 0.8 s · HTTP 201".
fn made(entry: &Entry, zone: &TimeZone, roomy: bool, theme: Theme) -> Fact {
    let local = entry.created_at.to_zoned(zone.clone());
    let mut words = Vec::new();
    if entry.took > 0 {
        words.push(match entry.took {
            0..100 => format!("in {} ms", entry.took),
            took => format!("in {:.1} s", took as f64 / 1000.0),
        });
    }
    if let Some(status) = entry.status {
        words.push(format!("HTTP {status}"));
    }
    let text = local.strftime(if roomy { "%Y-%m-%d %H:%M:%S" } else { "%H:%M:%S" }).to_string();
    let label = if entry.outcome == Outcome::Created { "Made" } else { "Tried" };
    Fact::new(label, text, theme.text()).and(format!(" {}", words.join(" · ")), theme.quiet())
}
