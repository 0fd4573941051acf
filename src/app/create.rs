//! Creating: at once (`N`), once more (`R`), or with a filled form. A key pressed twice, held down or pasted never
//! creates twice: a request that equals one under way, or one just sent, is asked about first.

use std::sync::Arc;

use crate::domain::entry::{Asked, Entry, Outcome, State};
use crate::domain::moment::short_span;
use crate::domain::page::{Operation, Page};
use crate::provider::compose::{Raw, Start, compose};
use crate::provider::generate::{Pieces, could_generate, filled, is_pattern};
use crate::provider::plan::Plan;
use crate::provider::settings::Settings;
use crate::provider::validate::{Checked, Context, validate};

use super::action::Action;
use super::book::Profile;
use super::dialog::{Dialog, Then};
use super::effect::Effect;
use super::form::Draft;
use super::form_page;
use super::layer::Layer;
use super::model::Model;
use super::row::{Arm, Row};
use super::said::Said;
use super::trust;

/// How long after a creation an equal one raises a question, in seconds.
const ECHO: i64 = 30;

/// How a creation was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    Quick,
    Form,
    Again,
}

/// A profile with an operation of its page.
pub struct Ground {
    pub profile: Profile,
    pub page: Arc<Page>,
    pub operation: String,
}

impl Ground {
    pub fn spec(&self) -> Option<&Operation> {
        self.page.operation(&self.operation)
    }
}

/// `N`: the current profile's default preset over its defaults, at once.
pub fn quick(model: &mut Model) -> Vec<Effect> {
    let Some(ground) = here(model) else { return Vec::new() };
    let preset = ground.profile.preset.as_ref().map(|preset| preset.values.clone()).unwrap_or_default();
    let layers = [&ground.profile.defaults.clone(), &preset];
    at_once(model, &ground, &layers, Asked::default(), Word::Quick)
}

/// The plan an entry was made by, as far as it is known; nothing where its profile or operation is gone.
pub(super) fn plan_of(model: &Model, entry: &Entry) -> Option<(Plan, Settings)> {
    let profile = model.book.profiles.get(model.book.position(&entry.profile)?)?.clone();
    let page = model.book.page(&profile).ok()?;
    let ground = Ground { profile, page, operation: entry.operation.clone() };
    ground.spec()?;
    let values = check(model, &ground, &entry.asked.values).values;
    let settings = ground.profile.settings(&ground.page);
    let plan = Plan {
        id: entry.id.clone(),
        created_at: entry.created_at,
        profile: entry.profile.clone(),
        page: ground.page,
        operation: entry.operation.clone(),
        values,
        asked: entry.asked.clone(),
        agent: model.agent.clone(),
        link_hosts: ground.profile.link_hosts,
        among_many: false,
    };
    Some((plan, settings))
}

/// `R`: what the selected entry was made with, at once; generated names are made anew.
pub fn again_now(model: &mut Model) -> Vec<Effect> {
    let Some((ground, asked)) = of_selected(model) else { return Vec::new() };
    let Some(spec) = ground.spec() else { return Vec::new() };
    let typed = typed(spec, &ground.profile, &asked.values);
    at_once(model, &ground, &[&typed], asked, Word::Again)
}

/// What of an entry's values was said by someone, not made by chance. What the page would make anew is left out; what
/// came from a pattern of the profile or of a preset is that pattern again.
pub fn typed(operation: &Operation, profile: &Profile, values: &Raw) -> Raw {
    let presets = profile.presets.iter().chain(&profile.preset).flat_map(|preset| &preset.values);
    let written: Vec<&(String, String)> =
        profile.defaults.iter().chain(presets).filter(|(_, text)| is_pattern(text)).collect();
    let made = |name: &str, value: &str| {
        let patterns = operation.field(name).map(|field| [&field.generate, &field.quick]);
        patterns.is_some_and(|p| p.into_iter().flatten().any(|pattern| could_generate(pattern, value)))
    };
    let again = |(name, value): &(String, String)| {
        let pattern = written.iter().find(|(of, pattern)| of == name && could_generate(pattern, value));
        match pattern {
            Some((_, pattern)) => Some((name.clone(), pattern.clone())),
            None => (!made(name, value)).then(|| (name.clone(), value.clone())),
        }
    };
    values.iter().filter_map(again).collect()
}

/// The current profile and the operation quick creation and new forms begin with; says why where there is none.
pub fn here(model: &mut Model) -> Option<Ground> {
    let Some(profile) = model.book.ready(model.current).cloned() else {
        model.say(Said::warn("There is no profile to create with"));
        return None;
    };
    let page = page(model, &profile)?;
    let operation = model.book.quick_operation(&profile, &page).map(|(id, _)| id.to_owned());
    let Some(operation) = operation else {
        let preset = profile.preset.map(|preset| preset.name).unwrap_or_default();
        model.say(Said::warn(format!("Preset {preset} names an operation {} does not have", page.name)));
        return None;
    };
    Some(Ground { profile, page, operation })
}

fn page(model: &mut Model, profile: &Profile) -> Option<Arc<Page>> {
    match model.book.page(profile) {
        Ok(page) => Some(page),
        Err(why) => {
            model.say(Said::warn(format!("Profile {} cannot be used: {why}", profile.name)));
            None
        }
    }
}

/// What the selected row was asked for with; says why where it cannot be asked again.
pub fn of_selected(model: &mut Model) -> Option<(Ground, Asked)> {
    let row = model.rows.selected()?;
    let (profile, operation, asked) = match (row.entry(), row.running()) {
        (Some(entry), _) => (entry.profile.clone(), entry.operation.clone(), entry.asked.clone()),
        (None, Some(running)) => {
            (running.plan.profile.clone(), running.plan.operation.clone(), running.plan.asked.clone())
        }
        (None, None) => return None,
    };
    let Some(index) = model.book.position(&profile) else {
        model.say(Said::warn(format!("Profile {profile} is not configured any more")));
        return None;
    };
    let profile = model.book.ready(index)?.clone();
    let page = page(model, &profile)?;
    if page.operation(&operation).is_none() {
        model.say(Said::warn(format!("{} has no operation {operation} any more", page.name)));
        return None;
    }
    Some((Ground { profile, page, operation }, asked))
}

/// Creates when everything is there; else opens the form on what is missing and sends nothing.
fn at_once(model: &mut Model, ground: &Ground, layers: &[&Raw], asked: Asked, word: Word) -> Vec<Effect> {
    let Some(spec) = ground.spec() else { return Vec::new() };
    let prefix = ground.profile.prefix.clone();
    let ticket = asked.ticket.clone().unwrap_or_default();
    let mut pieces = || Pieces { ticket: ticket.clone(), ..model.pieces(&prefix) };
    let layers: Vec<Raw> = layers.iter().map(|layer| filled(spec, layer, &mut pieces)).collect();
    let layers: Vec<&Raw> = layers.iter().collect();
    let raw = compose(spec, Start::Quick, &layers, &mut pieces);
    let checked = check(model, ground, &raw);
    if let Some(problem) = checked.first_error() {
        let said = Said::warn(format!("Nothing was sent: {}", problem.text));
        let missing = problem.field.clone();
        form_page::complete(model, ground, asked, word, missing);
        model.say(said);
        return Vec::new();
    }
    let secret = |name: &str| spec.field_for(name).is_some_and(|(_, field)| field.secret);
    let values = raw.into_iter().filter(|(name, _)| !secret(name)).collect();
    let plan = Plan {
        id: (model.chance.id)(),
        created_at: model.now,
        profile: ground.profile.name.clone(),
        page: ground.page.clone(),
        operation: ground.operation.clone(),
        values: checked.values,
        asked: Asked { values, ..asked },
        agent: model.agent.clone(),
        link_hosts: ground.profile.link_hosts.clone(),
        among_many: false,
    };
    submit(model, plan, None, word)
}

pub(super) fn check(model: &Model, ground: &Ground, raw: &Raw) -> Checked {
    let settings = ground.profile.settings(&ground.page);
    let context = Context { now: model.now, zone: &model.zone, settings: &settings };
    match ground.spec() {
        Some(spec) => validate(spec, raw, &context),
        None => Checked { values: Default::default(), problems: Vec::new() },
    }
}

/// Starts the plan, or asks first where it looks like one key press too many.
pub fn submit(model: &mut Model, plan: Plan, armed: Option<Arm>, word: Word) -> Vec<Effect> {
    if trust::asks(model, &plan, armed, word) {
        return Vec::new();
    }
    let waiting = told_to_wait(model, &plan).map(|line| vec![line, "Try all the same?".into()]);
    let doubt = || doubt(model, &plan, word).map(|line| vec![line, "Create another?".into()]);
    let Some(lines) = waiting.or_else(doubt) else { return start(model, plan, armed) };
    let then = Then::Create { plan: Box::new(plan), armed };
    model.open(Layer::Dialog(Box::new(Dialog::new("Once more", lines, "Cancel", "Create", then))));
    Vec::new()
}

/// The provider had too many calls of this profile, and the time it named is not over.
fn told_to_wait(model: &Model, plan: &Plan) -> Option<String> {
    let left = |row: &Row| {
        let entry = row.entry().filter(|entry| entry.profile == plan.profile)?;
        let Outcome::NotCreated(error) = &entry.outcome else { return None };
        let answered = entry.created_at.as_second().saturating_add_unsigned(entry.took / 1000);
        let until = answered.saturating_add_unsigned(error.wait?);
        Some(until.saturating_sub(model.now.as_second())).filter(|left| *left > 0)
    };
    let left = model.rows.iter().filter_map(left).max()?;
    Some(format!("{} asked to wait {} more.", plan.page.name, short_span(left)))
}

fn doubt(model: &Model, plan: &Plan, word: Word) -> Option<String> {
    if word == Word::Again
        && let Some(Outcome::MaybeCreated(error)) = model.rows.selected()?.entry().map(|e| &e.outcome)
    {
        return Some(format!("It may exist already: {}.", error.message()));
    }
    let spec = plan.spec()?;
    let profile = model.book.position(&plan.profile).and_then(|index| model.book.profiles.get(index));
    let profile = profile.cloned().unwrap_or_default();
    let wanted = essence(spec, &profile, &plan.asked);
    let recent = |row: &&Row| {
        let age = model.now.as_second() - row.since.as_second();
        row.state == State::Creating || (row.state != State::Failed && age < ECHO)
    };
    let equal = |row: &&Row| {
        let asked = match (row.entry(), row.running()) {
            (Some(e), _) if e.profile == plan.profile && e.operation == plan.operation => &e.asked,
            (_, Some(r)) if r.plan.profile == plan.profile && r.plan.operation == plan.operation => {
                &r.plan.asked
            }
            _ => return false,
        };
        essence(spec, &profile, asked) == wanted
    };
    let row = model.rows.iter().filter(recent).find(equal)?;
    let age = short_span(model.now.as_second() - row.since.as_second());
    Some(match row.state {
        State::Creating => format!("The same request is under way for {age}."),
        _ => format!("The same request went out {age} ago."),
    })
}

/// What makes two requests the same: all that was said, without what chance made.
fn essence<'a>(
    operation: &Operation,
    profile: &Profile,
    asked: &'a Asked,
) -> (Raw, Option<&'a str>, Option<&'a str>) {
    (typed(operation, profile, &asked.values), asked.title.as_deref(), asked.ticket.as_deref())
}

/// Whether nothing of a draft is missing in a request: quick creation leaves what was typed where it is.
fn is_sent_with(draft: &Draft, asked: &Asked) -> bool {
    let same = |typed: &str, sent: &Option<String>| typed.trim() == sent.as_deref().unwrap_or_default();
    let told = |value: &&(String, String)| !value.1.is_empty();
    draft.values.iter().filter(told).all(|value| asked.values.contains(value))
        && same(&draft.title, &asked.title)
        && same(&draft.ticket, &asked.ticket)
}

/// Adds the row, selects it and sends the plan off.
pub fn start(model: &mut Model, mut plan: Plan, armed: Option<Arm>) -> Vec<Effect> {
    let armed = armed.or(model.copy_on_create);
    plan.created_at = model.now;
    let job = model.new_job();
    let draft = model.drafts.get(&plan.profile, &plan.operation);
    if draft.is_some_and(|draft| is_sent_with(draft, &plan.asked)) {
        model.drafts.sent(&plan.profile, &plan.operation);
    }
    let row = Row::creating(job, plan.clone(), armed);
    if !model.rows.view().shows(&row) {
        model.show_all();
    }
    let name = row.name.clone();
    model.rows.push(row, model.now);
    model.rows.select(job);
    let said = Said::plain(format!("Under way: {name}"));
    model.say(match armed {
        Some(arm) => said.aside(format!("copies {} when ready", arm.name())),
        None => said.hint(Action::CopyGuest, "copies when ready"),
    });
    vec![Effect::Create(job, Box::new(plan))]
}
