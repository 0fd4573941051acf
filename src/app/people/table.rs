//! The table of the people as it is put right before the batch begins: roles, rows that go, the way back to the text.

use crate::app::dialog::{Dialog, Then};
use crate::app::layer::Layer;
use crate::app::model::Model;
use crate::app::said::Said;
use crate::domain::roster::Role;

use super::{Each, anew, check, check_line};

/// What is typed under way would come too late.
fn begun(model: &mut Model) -> bool {
    let begun = model.people.as_ref().is_some_and(|people| people.batch.is_some());
    if begun {
        model.say(Said::plain("The batch has begun: the list stays as it is"));
    }
    begun
}

pub(super) fn toggle_role(model: &mut Model) {
    if begun(model) {
        return;
    }
    if let Some(people) = model.people.as_ref().filter(|people| !people.has_roles()) {
        let made = people.spec().map_or("", |spec| spec.label.as_str());
        let text = format!("{made} knows no roles");
        return model.say(Said::plain(text));
    }
    let Some(mut people) = model.people.take() else { return };
    let at = people.at;
    if let Some(line) = people.lines.get_mut(at) {
        let role = &mut line.person.role;
        *role = match role {
            Some(Role::Host) => Some(Role::Guest),
            Some(Role::Guest) => None,
            None => Some(Role::Host),
        };
    }
    // Who may do what in a meeting is nothing to the other rows.
    let _ = check_line(model, &mut people, at);
    model.people = Some(people);
}

pub(super) fn remove(model: &mut Model) {
    if begun(model) {
        return;
    }
    let Some(mut people) = model.people.take() else { return };
    if people.at < people.lines.len() {
        people.lines.remove(people.at);
        people.at = people.at.min(people.lines.len().saturating_sub(1));
        if people.each() == Each::Room {
            check(model, &mut people);
        }
    }
    model.people = Some(people);
}

/// Back to the text; after a batch is over, to a new list, and only after a question where that gives up rows that have
/// no link: they are nowhere else.
pub(super) fn edit(model: &mut Model) {
    let Some(people) = model.people.as_mut() else { return };
    if people.batch.is_none() {
        people.table = false;
        return;
    }
    if people.is_under_way() {
        model.say(Said::plain("The batch is under way: stop it first"));
        return;
    }
    let without = people.without_link();
    if without == 0 {
        anew(model);
        return;
    }
    let rows =
        if without == 1 { "1 row has no link.".into() } else { format!("{without} rows have no link.") };
    let lines = vec![rows, "Begin a new list all the same?".into()];
    let dialog = Dialog::new("New list", lines, "Cancel", "New list", Then::NewPeople);
    model.open(Layer::Dialog(Box::new(dialog)));
}
