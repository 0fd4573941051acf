//! The pages a join leads to. A session belongs to the browser that joined: its cookie is asked for, unless the
//! meeting was created to do without.

use super::super::desk::Desk;
use super::super::page;
use super::super::wire::{Answer, Call};
use super::Bbb;

const SERVICE: &str = "BigBlueButton";

impl Bbb {
    pub(super) fn visit(&mut self, call: &Call, rest: &[&str], _desk: &Desk) -> Answer {
        match (call.method.as_str(), rest) {
            ("GET", ["client", "BigBlueButton.html"] | ["guest-wait"]) => self.session(call),
            ("GET", [""]) => goodbye(call),
            _ => nothing(),
        }
    }

    fn session(&self, call: &Call) -> Answer {
        let token = call.param("sessionToken").unwrap_or_default();
        let pairs = self
            .meetings
            .iter()
            .flat_map(|meeting| meeting.people.iter().map(move |person| (meeting, person)));
        let Some((meeting, person)) = pairs.into_iter().find(|(_, person)| person.session == token) else {
            return page::closed(404, SERVICE, "This session has ended.");
        };
        if !meeting.is_open_to_any_browser && call.cookie("JSESSIONID") != Some(person.cookie.as_str()) {
            return page::closed(403, SERVICE, "This session belongs to the browser that joined.");
        }
        if person.is_waiting {
            let text =
                format!("You would now be waiting in the lobby of room {} as {}.", meeting.name, person.name);
            return page::page(200, SERVICE, &[text]);
        }
        let role = if person.is_moderator { "host" } else { "guest" };
        page::seat(SERVICE, &meeting.name, &format!("{}, {role}", person.name))
    }
}

/// Where a browser lands after a call, or instead of one.
fn goodbye(call: &Call) -> Answer {
    match call.param("errors") {
        Some(errors) => page::page(200, SERVICE, &["You could not join.".to_owned(), errors]),
        None => page::page(200, SERVICE, &["You have left the meeting.".to_owned()]),
    }
}

pub(super) fn nothing() -> Answer {
    page::closed(404, SERVICE, "There is nothing at this address.")
}
