//! The keys of the page of the people: in the text a list is pasted into, in the table it becomes, and in the paths of
//! files.

use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::form::FormAction;
use crate::app::keys::Context;
use crate::app::model::Model;
use crate::app::said::Said;
use crate::app::text_input::Edit;
use crate::app::text_keys;
use crate::domain::key::{Key, KeyCode};

use super::papers::{ask, asked, copy};
use super::reins::{pause, retry, stop};
use super::table::{edit, remove, toggle_role};
use super::{go_on, read};

/// Lines a page key moves over, and the most bytes a list has.
const PAGE: usize = 10;
const BYTES: usize = 1 << 20;

pub fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    model.said = None;
    let context = model.context();
    let action = model.keys.lookup(context, key).map(|(action, _)| action);
    let Some(people) = model.people.as_mut() else { return Vec::new() };
    match (&mut people.asking, people.table) {
        (Some(asking), _) => match action {
            Some(Action::Pick) => return asked(model),
            Some(Action::ClosePicker) => people.asking = None,
            _ => {
                if text_keys::typed(&mut asking.typed, &model.keys, key) {
                    asking.wrong = None;
                }
            }
        },
        (None, false) => return in_text(model, key, action),
        (None, true) => return in_table(model, action),
    }
    Vec::new()
}

fn in_text(model: &mut Model, key: Key, action: Option<Action>) -> Vec<Effect> {
    match action {
        Some(Action::ReadPeople) => read(model),
        Some(Action::LoadPeople) => ask(model, true),
        Some(Action::CloseRoster) => model.close(),
        _ => {
            let edit = model
                .keys
                .lookup(Context::Text, key)
                .and_then(|(action, _)| FormAction::from_id(action.id()));
            let Some(people) = model.people.as_mut() else { return Vec::new() };
            match (edit, key.code) {
                (Some(FormAction::Text(edit)), _) => drop(people.text.edit(edit)),
                (_, KeyCode::Char(c)) if !key.ctrl && !key.alt => {
                    people.text.insert(c.encode_utf8(&mut [0; 4]));
                }
                (_, KeyCode::Enter) => people.text.insert("\n"),
                _ => {
                    if let Some(edit) = text_keys::plain(key) {
                        people.text.edit(edit);
                    }
                }
            }
        }
    }
    Vec::new()
}

fn in_table(model: &mut Model, action: Option<Action>) -> Vec<Effect> {
    let Some(people) = model.people.as_mut() else { return Vec::new() };
    let last = people.lines.len().saturating_sub(1);
    match action {
        Some(Action::NextPerson) => people.at = (people.at + 1).min(last),
        Some(Action::PreviousPerson) => people.at = people.at.saturating_sub(1),
        Some(Action::PageOfPeopleDown) => people.at = (people.at + PAGE).min(last),
        Some(Action::PageOfPeopleUp) => people.at = people.at.saturating_sub(PAGE),
        Some(Action::ClosePeople) => {
            people.left = people.batch.is_some() && !people.is_under_way();
            model.close();
        }
        Some(Action::StartPeople) => return go_on(model),
        Some(Action::ToggleRole) => toggle_role(model),
        Some(Action::RemovePerson) => remove(model),
        Some(Action::EditPeople) => edit(model),
        Some(Action::PausePeople) => return pause(model),
        Some(Action::StopPeople) => return stop(model),
        Some(Action::RetryPeople) => return retry(model, false),
        Some(Action::RetryMaybe) => return retry(model, true),
        Some(Action::CopyPeople) => return copy(model),
        Some(Action::ExportPeople) => ask(model, false),
        _ => {}
    }
    Vec::new()
}

/// The cursor goes to a row of the table.
pub fn go(model: &mut Model, at: usize) {
    if let Some(people) = model.people.as_mut().filter(|people| people.table && at < people.lines.len()) {
        people.at = at;
    }
}

/// Moves the cursor in the table, or in the text of the list, and stays at the ends.
pub fn step(model: &mut Model, by: isize) {
    let Some(people) = model.people.as_mut().filter(|people| people.asking.is_none()) else { return };
    if people.table {
        people.at = people.at.saturating_add_signed(by).min(people.lines.len().saturating_sub(1));
        return;
    }
    let edit = if by < 0 { Edit::Up } else { Edit::Down };
    for _ in 0..by.unsigned_abs() {
        people.text.edit(edit);
    }
}

pub fn paste(model: &mut Model, text: &str) {
    let Some(people) = model.people.as_mut() else { return };
    if let Some(asking) = &mut people.asking {
        text_keys::pasted(&mut asking.typed, text);
        asking.wrong = None;
    } else if people.table {
        model.say(
            Said::plain("Nothing was pasted: this is the table").hint(Action::EditPeople, "back to the text"),
        );
    } else if people.text.text().len() + text.len() > BYTES {
        model.say(Said::warn("Not pasted: the list would hold more than 1 MiB"));
    } else {
        people.text.insert(&text.replace("\r\n", "\n").replace('\r', "\n"));
    }
}
