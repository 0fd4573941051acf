//! The keys of the list, and those of the filter above it.

use jiff::SignedDuration;

use crate::config::Context;
use crate::domain::key::Key;

use super::action::Action;
use super::create;
use super::effect::Effect;
use super::elsewhere;
use super::follow_up;
use super::form_page;
use super::jobs;
use super::layer::Layer;
use super::marks;
use super::menu;
use super::model::Model;
use super::open;
use super::pages;
use super::people;
use super::picker;
use super::poster::{self, Look};
use super::requests;
use super::said::Said;
use super::text_input::TextInput;
use super::text_keys;
use super::ticket;
use super::want::Want;

/// How long secrets stay revealed, in seconds.
const REVEAL: i64 = 20;

pub fn act(model: &mut Model, action: Action, nth: usize) -> Vec<Effect> {
    let page = model.layout().list_height() as isize;
    match action {
        Action::New => form_page::new(model),
        Action::Quick => return create::quick(model),
        Action::CopyGuest | Action::CopyHost | Action::CopyMessage | Action::ChooseMessage => {
            return marks::copy(model, action);
        }
        Action::MarkEntry => marks::toggle(model),
        Action::Ticket => ticket::open(model),
        Action::CopyMenu => menu::open(model),
        Action::Open => return open::selected(model, Want::Guest),
        Action::OpenHost => return open::selected(model, Want::Host),
        Action::BareLink => {
            let job = model.rows.selected().map(|row| row.job);
            return poster::show(model, job, Look::Bare);
        }
        Action::Again | Action::AgainNow => return again(model, action),
        Action::Elsewhere => elsewhere::open(model),
        Action::CheckEntry => return follow_up::check(model),
        Action::DeleteEntry => follow_up::delete(model),
        Action::Stop => return jobs::stop(model),
        Action::Filter => model.open(Layer::Filter),
        Action::Sort => model.rows.set_order(model.rows.view().order.next()),
        Action::States => model.rows.set_states(model.rows.view().states.next()),
        Action::Details => pages::details(model, true),
        Action::Pane => pages::details(model, false),
        Action::People => people::open(model),
        Action::Reveal => reveal(model),
        Action::ChooseProfile => model.choose_profile(nth),
        Action::Requests => requests::open(model),
        Action::Profiles => picker::open(model),
        Action::NextEntry => model.rows.step(1),
        Action::PreviousEntry => model.rows.step(-1),
        Action::FirstEntry => model.rows.step(isize::MIN),
        Action::LastEntry => model.rows.step(isize::MAX),
        Action::PageOfEntriesDown => model.rows.step(page),
        Action::PageOfEntriesUp => model.rows.step(-page),
        _ => {}
    }
    Vec::new()
}

fn again(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Some(effects) = jobs::complete(model) {
        return effects;
    }
    if action == Action::AgainNow {
        return create::again_now(model);
    }
    form_page::again(model);
    Vec::new()
}

/// Shows the secrets of the selected row for a while; once more hides them.
fn reveal(model: &mut Model) {
    let Some(job) = model.rows.selected().map(|row| row.job) else { return };
    if model.reveals(job) {
        model.reveal = None;
        return;
    }
    let until = model.now.checked_add(SignedDuration::from_secs(REVEAL));
    model.reveal = until.ok().map(|until| (job, until));
    let said = Said::plain(format!("Secrets of this entry are shown for {REVEAL} s"));
    let said = said.hint(Action::Reveal, "hides them");
    let whole = matches!(model.layers.last(), Some(Layer::Details { .. }));
    model.say(if whole { said } else { said.hint(Action::Details, "shows them whole") });
}

/// Typing the filter; the list follows with every key.
pub fn filter_key(model: &mut Model, key: Key) -> Vec<Effect> {
    match model.keys.lookup(Context::Filter, key).map(|(action, _)| action) {
        Some(Action::KeepFilter) => model.close(),
        Some(Action::ClearFilter) => {
            model.close();
            clear_filter(model);
        }
        Some(Action::NextMatch) => model.rows.step(1),
        Some(Action::PreviousMatch) => model.rows.step(-1),
        _ => {
            if text_keys::typed(&mut model.filter, &model.keys, key) {
                sift(model);
            }
        }
    }
    Vec::new()
}

pub fn filter_paste(model: &mut Model, text: &str) {
    text_keys::pasted(&mut model.filter, text);
    sift(model);
}

fn clear_filter(model: &mut Model) {
    model.filter = TextInput::default();
    model.rows.set_filter("");
}

fn sift(model: &mut Model) {
    let Model { rows, filter, .. } = model;
    rows.set_filter(filter.text());
}
