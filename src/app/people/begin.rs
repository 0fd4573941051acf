//! Opening the page: on the batch that is under way or can be sent again, else on an empty list, for the operation of the open form with what is
//! filled in there, or for what quick creation would use.

use std::sync::Arc;

use crate::app::create;
use crate::app::form_page;
use crate::app::layer::Layer;
use crate::app::model::Model;
use crate::app::said::Said;
use crate::app::text_input::TextInput;
use crate::config::Context;
use crate::domain::page::Page;
use crate::provider::compose::Raw;
use crate::provider::people::{shared_room, signed_by};
use crate::provider::settings::Settings;

use super::first::First;
use super::{People, raw_of};

/// Opens the page. A list that has not begun goes along to the profile chosen meanwhile: what the list says of profiles
/// is what the page says. A batch under way is shown whatever is chosen; one that is over gives way, to the form's
/// values above all.
pub fn open(model: &mut Model) {
    let asked = model.has_form();
    let Some(people) = &model.people else { return begin(model, asked) };
    let mine = is_current(model) && !asked;
    if people.is_under_way() {
        let why = (!mine).then(|| format!("The batch of {} is still under way", people.profile));
        model.open(Layer::People);
        if let Some(why) = why {
            model.say(Said::warn(why).aside("a new list begins when it is over"));
        }
        return;
    }
    let without = people.without_link();
    // What has a row without a link can be sent again; what is through and was left has nothing more to offer.
    if people.batch.is_some() && mine && (without > 0 || !people.left) {
        return model.open(Layer::People);
    }
    let profile = people.profile.clone();
    begin(model, asked);
    if without > 0 && model.context() == Context::Roster {
        let rows = if without == 1 { "1 row".to_owned() } else { format!("{without} rows") };
        model.say(Said::warn(format!(
            "A new list: the batch of {profile} is left, {rows} of it without a link"
        )));
    }
}

/// Opens an empty list, or the one there is where it has not begun and is of the current profile.
fn begin(model: &mut Model, asked: bool) {
    let kept = |model: &Model| is_current(model) && model.people.as_ref().is_none_or(|p| p.batch.is_none());
    let there = (asked && for_form(model)) || kept(model) || for_profile(model);
    if there && model.people.is_some() {
        model.open(Layer::People);
    }
}

/// A text that has not become a batch stays.
fn text(model: &mut Model) -> TextInput {
    let before = model.people.take().filter(|people| people.batch.is_none());
    before.map_or(TextInput::lines(""), |people| people.text)
}

/// Whether there is a list, and of the current profile.
fn is_current(model: &Model) -> bool {
    let current = model.book.profiles.get(model.current).map(|profile| profile.name.as_str());
    model.people.as_ref().is_some_and(|people| Some(people.profile.as_str()) == current)
}

/// An empty list in place of the batch that is over, for the current profile.
pub fn anew(model: &mut Model) {
    if !is_current(model) && !for_profile(model) {
        return;
    }
    let Some(mut people) = model.people.take() else { return };
    people.text.replace("");
    let (operation, layers) = people.origin.clone();
    // Another list is another room, and another meeting.
    let people = People {
        operation,
        layers,
        room: Raw::new(),
        first: None,
        table: false,
        lines: Vec::new(),
        at: 0,
        batch: None,
        begun: None,
        left: false,
        ..*people
    };
    install(model, people, &Raw::new());
}

/// A list for the operation of the open form, with what is filled in there. A text typed before stays.
fn for_form(model: &mut Model) -> bool {
    let (Some(form), _) = form_page::world(model) else { return false };
    let (profile, operation) = (form.profile().clone(), form.operation().to_owned());
    let layers = [profile.defaults.clone(), form.loaded_values().to_vec(), form.typed_values()];
    let shown = form.raw();
    let (title, ticket) = (form.title().text().to_owned(), form.ticket().text().to_owned());
    let width = model.book.position(&profile.name).map(|index| model.book.profiles[index].concurrency());
    let text = text(model);
    let people = People {
        profile: profile.name.clone(),
        link_hosts: profile.link_hosts.clone(),
        prefix: profile.prefix.clone(),
        width: width.unwrap_or(1),
        title,
        ticket,
        text,
        ..empty(&profile.page, operation, &profile.settings, layers)
    };
    install(model, people, &shown);
    true
}

/// The same without a form; where the profile cannot be used, it is said why.
fn for_profile(model: &mut Model) -> bool {
    let Some(ground) = create::here(model) else { return false };
    let preset = ground.profile.preset.as_ref().map(|preset| preset.values.clone()).unwrap_or_default();
    let layers = [ground.profile.defaults.clone(), preset, Raw::new()];
    let settings = ground.profile.settings(&ground.page);
    let people = People {
        profile: ground.profile.name.clone(),
        link_hosts: ground.profile.link_hosts.clone(),
        prefix: ground.profile.prefix.clone(),
        width: ground.profile.concurrency(),
        text: text(model),
        ..empty(&ground.page, ground.operation.clone(), &settings, layers)
    };
    install(model, people, &Raw::new());
    true
}

/// Nobody in it yet, and of no profile.
fn empty(page: &Arc<Page>, operation: String, settings: &Settings, layers: [Raw; 3]) -> People {
    People {
        profile: String::new(),
        page: Arc::clone(page),
        origin: (operation.clone(), layers.clone()),
        operation,
        settings: settings.clone(),
        link_hosts: Vec::new(),
        prefix: String::new(),
        width: 1,
        layers,
        room: Raw::new(),
        title: String::new(),
        ticket: String::new(),
        first: None,
        text: TextInput::lines(""),
        table: false,
        lines: Vec::new(),
        at: 0,
        batch: None,
        begun: None,
        left: false,
        asking: None,
    }
}

/// Names what the rows share: the room of their links, or the meeting. As the form showed it, where there was one.
/// Where the operation makes a meeting that another signs links to, the rows perform that other one.
fn install(model: &mut Model, mut people: People, shown: &Raw) {
    let page = people.page.clone();
    let Some(spec) = page.operation(&people.operation) else { return };
    if let Some((signs, shared)) = signed_by(&page, spec) {
        let raw = raw_of(model, &people, spec, shown);
        let kept = raw.iter().filter(|(name, _)| shared.contains(&name.as_str())).cloned().collect();
        let operation = std::mem::replace(&mut people.operation, signs.to_owned());
        let shared = shared.into_iter().map(str::to_owned).collect();
        people.first = Some(First { operation, raw, shared, said: Raw::new(), job: None, made: false });
        people.layers = [people.layers[0].clone(), Raw::new(), kept];
    } else if let Some(field) = shared_room(spec) {
        let raw = raw_of(model, &people, spec, shown);
        people.room = raw.into_iter().filter(|(name, _)| name == field).collect();
    }
    model.people = Some(Box::new(people));
}
