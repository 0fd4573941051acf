//! Metered Video: rooms and access tokens, the key in the query. Open points, as chosen here: a wrong key is 401,
//! an unknown room 404, a deleted name is free again, and a room without `privacy` is public, as the guide has it
//! (the table calls the field required).

mod room;
mod rules;
mod token;

use serde_json::{Value, json};

use super::desk::Desk;
use super::page;
use super::verify;
use super::wire::{Answer, Call};

const SERVICE: &str = "Metered Video";

#[derive(Default)]
pub(super) struct Metered {
    /// Rooms as answered, without the archived ones.
    rooms: Vec<Value>,
    archived: Vec<String>,
    /// The app's id; made with the first room.
    app_id: String,
}

impl Metered {
    pub(super) fn answer(&mut self, call: &Call, rest: &[&str], desk: &mut Desk) -> Answer {
        let ["api", "v1", path @ ..] = rest else {
            return self.visit(call, rest, desk);
        };
        if desk.is_suspended("metered") {
            return refuse(403, "This account is not active");
        }
        if !verify::secret_key(call, &desk.keys) {
            return refuse(401, "Invalid secretKey");
        }
        match (call.method.as_str(), path) {
            ("POST", ["room"]) => self.create(call, desk),
            ("GET", ["room", name]) => self.get(name),
            ("PUT", ["room", name]) => self.update(call, name, desk),
            ("DELETE", ["room", name]) => self.delete(name, desk),
            ("GET", ["rooms"]) => Answer::json(200, &Value::from(self.rooms.clone())),
            ("POST", ["token"]) => self.token(call, desk),
            (_, ["room"] | ["room", _] | ["rooms"] | ["token"]) => refuse(405, "Method not allowed"),
            _ => refuse(404, "Not found"),
        }
    }

    fn find(&mut self, name: &str) -> Option<&mut Value> {
        self.rooms.iter_mut().find(|room| room["roomName"] == name)
    }

    fn visit(&mut self, call: &Call, rest: &[&str], desk: &Desk) -> Answer {
        let ("GET", [name]) = (call.method.as_str(), rest) else {
            return page::closed(404, SERVICE, "There is no such page.");
        };
        let is_archived = self.archived.iter().any(|old| old == name);
        let Some(room) = self.find(name) else {
            let (status, reason) =
                if is_archived { (410, "This room was deleted.") } else { (404, "There is no such room.") };
            return page::closed(status, SERVICE, reason);
        };
        let now = desk.now.as_second();
        if room["expireUnixSec"].as_i64().is_some_and(|end| end <= now) {
            return page::closed(410, SERVICE, "This room has ended.");
        }
        if room["notBeforeUnixSec"].as_i64().is_some_and(|start| start > now) {
            return page::closed(403, SERVICE, "This room has not opened yet.");
        }
        if room["privacy"] == "private" {
            return page::closed(403, SERVICE, "This room is private: an access token is needed.");
        }
        page::seat(SERVICE, name, "guest")
    }
}

fn refuse(status: u16, message: &str) -> Answer {
    Answer::json(status, &json!({"success": false, "message": message}))
}
