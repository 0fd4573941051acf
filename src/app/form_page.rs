//! The form as a page of the console: opened on a profile, fed with keys, closed with its draft kept. What the form
//! itself does stands in `crate::app::form`.

use crate::config::Context;
use crate::domain::clipboard::Care;
use crate::domain::entry::Asked;
use crate::domain::key::Key;
use crate::domain::secret::Secret;
use crate::error::Error;
use crate::provider::compose::Raw;
use crate::provider::generate::{Pieces, filled};

use super::book::Preset;
use super::create::{self, Ground, Word};
use super::drafts::{Drafts, Stored};
use super::effect::{Copy, Effect};
use super::form::{self, Draft, Form, FormAction, FormEvent, FormPreset, FormProfile, Stop};
use super::key_test;
use super::layer::Layer;
use super::message::{CopyReport, JobId};
use super::model::Model;
use super::people;
use super::presets;
use super::recall::earlier;
use super::row::Arm;
use super::want::Want;

/// The number of no row: what the form copies belongs to none.
const NOBODY: JobId = JobId::MAX;

/// `n`: a form on the current profile, with its last draft.
pub fn new(model: &mut Model) {
    let Some(ground) = create::here(model) else { return };
    let known = |draft: &&Draft| ground.page.operation(&draft.operation).is_some();
    let last = model.drafts.of(&ground.profile.name).rev().find(known).cloned();
    open(model, &ground, last.unwrap_or_default());
}

/// `r`: the form as it was filled for the selected entry.
pub fn again(model: &mut Model) {
    if let Some((ground, asked)) = create::of_selected(model) {
        let draft = asked_again(model, &ground, asked);
        open(model, &ground, draft);
    }
}

/// The form on what quick creation misses, with its problems shown: on the draft there is, else on an empty one.
pub fn complete(model: &mut Model, ground: &Ground, asked: Asked, word: Word, missing: Option<String>) {
    let draft = match word {
        Word::Again => asked_again(model, ground, asked),
        Word::Quick | Word::Form => {
            let draft = model.drafts.get(&ground.profile.name, &ground.operation);
            draft.cloned().unwrap_or_default()
        }
    };
    open(model, ground, Draft { operation: ground.operation.clone(), focus: missing, ..draft });
    if let (Some(form), mut ground) = world(model) {
        form.act(FormAction::Submit, &mut ground);
    }
}

/// A draft that leads to the same request: what was not asked for is left to the provider, whatever defaults say.
fn asked_again(model: &mut Model, ground: &Ground, asked: Asked) -> Draft {
    let ticket = asked.ticket.clone().unwrap_or_default();
    let mut pieces = || Pieces { ticket: ticket.clone(), ..model.pieces(&ground.profile.prefix) };
    let said = |spec| filled(spec, &create::typed(spec, &ground.profile, &asked.values), &mut pieces);
    let mut values = ground.spec().map(said).unwrap_or_default();
    let preset = ground.profile.preset.as_ref().map(|preset| &preset.values);
    let defaults = ground.profile.defaults.iter().chain(preset.into_iter().flatten());
    let unasked = |name: &&String| !asked.values.iter().any(|(known, _)| known == *name);
    let left: Raw =
        defaults.map(|(name, _)| name).filter(unasked).map(|name| (name.clone(), String::new())).collect();
    values.extend(left);
    Draft {
        operation: ground.operation.clone(),
        values,
        title: asked.title.unwrap_or_default(),
        ticket: asked.ticket.unwrap_or_default(),
        preset: None,
        focus: None,
        open: None,
    }
}

pub(super) fn open(model: &mut Model, ground: &Ground, draft: Draft) {
    let profile = FormProfile {
        name: ground.profile.name.clone(),
        page: ground.page.clone(),
        settings: ground.profile.settings(&ground.page),
        defaults: ground.profile.defaults.clone(),
        preset: ground.profile.preset.as_ref().map(FormPreset::from),
        presets: ground.profile.presets.iter().map(FormPreset::from).collect(),
        link_hosts: ground.profile.link_hosts.clone(),
        prefix: ground.profile.prefix.clone(),
    };
    let operation =
        if draft.operation.is_empty() { ground.operation.clone() } else { draft.operation.clone() };
    let mut form = Form::open(profile, &operation, draft, &mut world(model).1);
    for kept in model.drafts.of(&ground.profile.name) {
        form.keep(kept.clone());
    }
    form.recall(earlier(model, &ground.page.id));
    model.said = None;
    model.open(Layer::Form(Box::new(form)));
}

impl From<&Preset> for FormPreset {
    fn from(preset: &Preset) -> FormPreset {
        let Preset { name, operation, values } = preset.clone();
        FormPreset { name, operation, values }
    }
}

/// The uppermost form and the world at this moment.
pub(super) fn world(model: &mut Model) -> (Option<&mut Form>, form::Ground<'_>) {
    let Model { layers, chance, zone, agent, now, .. } = model;
    let form = layers.iter_mut().rev().find_map(|layer| match layer {
        Layer::Form(form) => Some(&mut **form),
        _ => None,
    });
    let ground = form::Ground { now: *now, zone, agent, rand: &mut *chance.rand, new_id: &mut *chance.id };
    (form, ground)
}

pub fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    model.said = None;
    let Some(Layer::Form(open)) = model.layers.last() else { return Vec::new() };
    let contexts: &[Context] = match open.is_picking() {
        true => &[Context::Picker, Context::Text, Context::Form],
        false => &[Context::Form, Context::Text],
    };
    // what a key means on other pages of the same context is nothing here
    let means = |context: &Context| FormAction::from_id(model.keys.lookup(*context, key)?.0.id());
    let action = contexts.iter().find_map(means).filter(|_| !open.wants(key));
    let (Some(form), mut ground) = world(model) else { return Vec::new() };
    let events = match action {
        Some(action) => form.act(action, &mut ground),
        None => form.key(key, &mut ground),
    };
    answer(model, events)
}

/// A click on a field, or on one of the choices in its row.
pub fn click(model: &mut Model, stop: Stop, choice: Option<usize>) -> Vec<Effect> {
    model.said = None;
    let (Some(form), mut ground) = world(model) else { return Vec::new() };
    let events = form.click(stop, choice, &mut ground);
    answer(model, events)
}

/// A click into the text of a field: so many cells behind a byte of it.
pub fn click_text(model: &mut Model, stop: Stop, place: (usize, usize)) -> Vec<Effect> {
    model.said = None;
    let (Some(form), mut ground) = world(model) else { return Vec::new() };
    let events = form.click_text(stop, place, &mut ground);
    answer(model, events)
}

/// The same in what is open over the fields: in a row, or in what is looked for.
pub fn click_typed(model: &mut Model, row: Option<usize>, place: (usize, usize)) -> Vec<Effect> {
    model.said = None;
    if let (Some(form), _) = world(model) {
        form.click_typed(row, place);
    }
    Vec::new()
}

/// A click on a row of what is open over the fields.
pub fn click_line(model: &mut Model, at: usize) -> Vec<Effect> {
    model.said = None;
    let (Some(form), mut ground) = world(model) else { return Vec::new() };
    let events = form.click_row(at, &mut ground);
    answer(model, events)
}

/// What a word on the form names.
pub fn act(model: &mut Model, action: FormAction) -> Vec<Effect> {
    model.said = None;
    if !matches!(model.layers.last(), Some(Layer::Form(_))) {
        return Vec::new();
    }
    let (Some(form), mut ground) = world(model) else { return Vec::new() };
    let events = form.act(action, &mut ground);
    answer(model, events)
}

pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let (Some(form), mut ground) = world(model) else { return Vec::new() };
    let events = form.paste(text, &mut ground);
    answer(model, events)
}

/// What became of a copy the form asked for.
pub fn copied(model: &mut Model, report: &CopyReport) -> Vec<Effect> {
    let Some(Layer::Form(form)) = model.layers.last_mut() else { return Vec::new() };
    let events = form.tell(match &report.result {
        Ok(sent) if sent.confirmed => format!("copied {} ({} characters)", report.what, report.chars),
        Ok(sent) => format!("sent {} by {}, cannot be confirmed", report.what, sent.route),
        Err(error) => error.to_string(),
    });
    answer(model, events)
}

/// The editor has ended; what it left goes into the field it came from.
pub fn edited(model: &mut Model, left: Result<String, Error>) -> Vec<Effect> {
    let (Some(form), mut ground) = world(model) else { return Vec::new() };
    let events = match left {
        Ok(text) => form.edited(&text, &mut ground),
        Err(error) => form.tell(error.to_string()),
    };
    answer(model, events)
}

/// Time has passed: "in 2h" means another time now.
pub fn refresh(model: &mut Model) {
    if let (Some(form), mut ground) = world(model) {
        form.refresh(&mut ground);
    }
}

fn answer(model: &mut Model, events: Vec<FormEvent>) -> Vec<Effect> {
    let mut effects = Vec::new();
    for event in events {
        match event {
            FormEvent::Close => close(model),
            FormEvent::Submit { plan, copy } => {
                close(model);
                model.settling = Some(model.now);
                let armed = copy.then(|| model.copy_on_create.unwrap_or(Arm::Link));
                effects.extend(create::submit(model, *plan, armed, Word::Form));
            }
            FormEvent::Copy { what, text } => {
                let (text, care) = (Secret::new(text), Care::Plain);
                let copy = Copy { job: NOBODY, want: Want::Request, what, text, care, by_terminal: false };
                effects.push(Effect::Copy(Box::new(copy)));
            }
            FormEvent::Edit { text, ending } => effects.push(Effect::Edit { text, ending }),
            FormEvent::TestKey => effects.extend(key_test::begin(model)),
            FormEvent::People => people::open(model),
            FormEvent::Presets => presets::open(model),
            // The form shows both by itself.
            FormEvent::Say(_) | FormEvent::Operation(_) => {}
        }
    }
    effects
}

/// Closes the form, or the list of choices that is open in it; what was typed is kept.
pub fn close_top(model: &mut Model) {
    let (Some(form), mut ground) = world(model) else { return };
    if form.is_picking() {
        form.act(FormAction::ClosePicker, &mut ground);
    } else {
        close(model);
    }
}

fn close(model: &mut Model) {
    if let Some(Layer::Form(form)) = model.layers.pop() {
        keep(&mut model.drafts, &form);
    }
}

fn keep(drafts: &mut Drafts, form: &Form) {
    for draft in form.drafts() {
        drafts.keep(&form.profile().name, draft);
    }
}

/// What is still to be written when the console ends, whatever ends it.
pub fn last_words(model: &mut Model) -> Vec<Stored> {
    for layer in &model.layers {
        if let Layer::Form(form) = layer {
            keep(&mut model.drafts, form);
        }
    }
    model.drafts.changes()
}

/// The drafts of earlier runs; those of profiles that are gone are forgotten.
pub fn remembered(model: &mut Model, drafts: Vec<Stored>) {
    let known = |stored: &Stored| model.book.position(&stored.profile).is_some();
    let drafts = drafts.into_iter().filter(known).collect();
    model.drafts.remember(drafts);
    // A form that was opened before they were read, and is as it was, gets its draft all the same.
    let current = model.profile().map(|profile| profile.name.clone());
    let waits = |layer: &Layer| matches!(layer, Layer::Form(form) if form.is_untouched() && Some(&form.profile().name) == current.as_ref());
    if model.layers.last().is_some_and(waits) {
        model.close();
        new(model);
    }
}
