//! The page behind a room's three links. The key in the query decides who one is; host rights end an hour after the
//! end date, the room itself some time later.

use jiff::ToSpan;

use super::super::desk::Desk;
use super::super::page;
use super::super::wire::{Answer, Call};
use super::Whereby;

const SERVICE: &str = "Whereby";

impl Whereby {
    pub(super) fn visit(&self, call: &Call, rest: &[&str], desk: &Desk) -> Answer {
        let ("GET", [name]) = (call.method.as_str(), rest) else {
            return page::closed(404, SERVICE, "There is no such page.");
        };
        let Some(room) = self.rooms.iter().find(|room| room.name == *name) else {
            return page::closed(404, SERVICE, "There is no such room, or it has ended.");
        };
        let has_ended = room.ends.checked_add(1.hour()).is_ok_and(|end| end <= desk.now);
        match call.param("roomKey") {
            Some(key) if key == room.host_key && has_ended => {
                page::closed(410, SERVICE, "The rights of this host link have ended.")
            }
            Some(key) if key == room.host_key => page::seat(SERVICE, name, "host"),
            Some(key) if key == room.viewer_key => page::seat(SERVICE, name, "viewer"),
            Some(_) => page::closed(403, SERVICE, "This key does not belong to the room."),
            None if room.is_locked => {
                page::page(200, SERVICE, &[format!("You would now be knocking at room {name} as guest.")])
            }
            None => page::seat(SERVICE, name, "guest"),
        }
    }
}
