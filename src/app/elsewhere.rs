//! `e`: the same meeting on another profile, for the hour in which a provider is down. The list of profiles says what
//! does not carry over before one is chosen; the form then holds what does.

use std::sync::Arc;

use crate::domain::entry::Asked;
use crate::domain::page::Page;
use crate::domain::text::DisplayText;
use crate::provider::elsewhere::{Carried, carry};

use super::create::{self, Ground};
use super::form::Draft;
use super::form_page;
use super::layer::Layer;
use super::model::Model;
use super::picker::{Choosing, Picker};
use super::said::Said;

/// A profile the meeting could be made on.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    pub profile: String,
    pub provider: String,
    pub operation: String,
    pub carried: Carried,
}

/// Shows the other profiles with what each of them cannot take over.
pub fn open(model: &mut Model) {
    let Some((ground, asked)) = create::of_selected(model) else { return };
    let others = others(model, &ground, &asked);
    if others.is_empty() {
        model.say(Said::warn("There is no other profile that can be used"));
        return;
    }
    let choice = |other: &Other| {
        let left = other.carried.left.join(", ");
        let said = if left.is_empty() { "all of it carries over".into() } else { format!("without {left}") };
        (DisplayText::line(&other.profile), format!("{} · {said}", other.provider))
    };
    let choices = others.iter().map(choice).collect();
    model.open(Layer::Picker(Picker::new(Choosing::Elsewhere(Arc::new((asked, others))), choices, 0)));
}

fn others(model: &mut Model, ground: &Ground, asked: &Asked) -> Vec<Other> {
    let Some(from) = ground.spec() else { return Vec::new() };
    let said = create::typed(from, &ground.profile, &asked.values);
    let mut others = Vec::new();
    for index in 0..model.book.profiles.len() {
        let Some(profile) = model.book.ready(index).cloned() else { continue };
        let Ok(page) = model.book.page(&profile) else { continue };
        if profile.name == ground.profile.name {
            continue;
        }
        let Some((operation, carried)) = moved(ground, &said, &page, || {
            model.book.quick_operation(&profile, &page).map(|(id, _)| id.to_owned())
        }) else {
            continue;
        };
        others.push(Other { profile: profile.name, provider: profile.provider, operation, carried });
    }
    others
}

/// At the same provider the same operation; elsewhere the one that new forms begin with.
fn moved(
    ground: &Ground,
    said: &[(String, String)],
    page: &Page,
    first: impl Fn() -> Option<String>,
) -> Option<(String, Carried)> {
    if page.id == ground.page.id {
        return Some((ground.operation.clone(), Carried { values: said.to_vec(), left: Vec::new() }));
    }
    let id = first()?;
    let carried = carry(ground.spec()?, &said.to_vec(), page.operation(&id)?);
    Some((id, carried))
}

/// Opens the form on the chosen profile.
pub fn chosen(model: &mut Model, (asked, others): &(Asked, Vec<Other>), at: usize) {
    let Some(other) = others.get(at) else { return };
    let Some(index) = model.book.position(&other.profile) else { return };
    let Some(profile) = model.book.ready(index).cloned() else { return };
    let Ok(page) = model.book.page(&profile) else { return };
    let ground = Ground { profile, page, operation: other.operation.clone() };
    let draft = Draft {
        operation: other.operation.clone(),
        values: other.carried.values.clone(),
        title: asked.title.clone().unwrap_or_default(),
        ticket: asked.ticket.clone().unwrap_or_default(),
        preset: None,
        focus: None,
        open: None,
    };
    form_page::open(model, &ground, draft);
    if let (Some(form), false) = (form_page::world(model).0, other.carried.left.is_empty()) {
        drop(form.tell(format!("does not carry over: {}", other.carried.left.join(", "))));
    }
}
