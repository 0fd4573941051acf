//! Rooms: made, read, listed, deleted. The host's and the viewer's link are given only to those who ask for them.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::desk::Desk;
use super::super::shape;
use super::super::times;
use super::super::wire::{Answer, Call};
use super::{Whereby, refuse, rules};

pub(super) struct Room {
    pub id: String,
    /// Without the leading slash.
    pub name: String,
    pub starts: Timestamp,
    pub ends: Timestamp,
    pub is_locked: bool,
    pub host_key: String,
    pub viewer_key: String,
    /// `http://127.0.0.1:PORT/whereby/NAME`
    url: String,
}

/// Which of the two further links are wanted.
#[derive(Clone, Copy, Default)]
struct Wanted {
    host: bool,
    viewer: bool,
}

impl Room {
    fn json(&self, wanted: Wanted) -> Value {
        let mut body = json!({
            "meetingId": self.id, "roomName": format!("/{}", self.name), "roomUrl": self.url,
            "startDate": times::utc(self.starts), "endDate": times::utc(self.ends),
        });
        if wanted.host {
            body["hostRoomUrl"] = Value::from(format!("{}?roomKey={}", self.url, self.host_key));
        }
        if wanted.viewer {
            body["viewerRoomUrl"] = Value::from(format!("{}?roomKey={}", self.url, self.viewer_key));
        }
        body
    }
}

impl Whereby {
    pub(super) fn create(&mut self, call: &Call, desk: &mut Desk) -> Answer {
        let body = match shape::read(call, &rules::CREATE) {
            Ok(body) => body,
            Err(problem) => return refuse(400, &problem),
        };
        if let Err(problem) = rules::agree(&body) {
            return refuse(400, &problem);
        }
        let text = |name: &str| body.get(name).and_then(Value::as_str);
        let Some(ends) = text("endDate").and_then(times::read).filter(|ends| *ends >= desk.now) else {
            return refuse(400, "endDate must not be in the past");
        };
        let Some(prefix) = rules::prefix(text("roomNamePrefix").unwrap_or_default()) else {
            return refuse(400, "roomNamePrefix may hold letters, digits and dashes");
        };
        let rest = if text("roomNamePattern") == Some("human-short") {
            desk.dice.clear(6)
        } else {
            desk.dice.uuid()
        };
        let is_viewer_mode = text("templateType") == Some("viewerMode");
        let fields = body.get("fields").and_then(Value::as_array).cloned().unwrap_or_default();
        let asks = |name: &str| is_viewer_mode || fields.iter().any(|field| field == name);
        let wanted = Wanted { host: asks("hostRoomUrl"), viewer: asks("viewerRoomUrl") };
        let name = format!("{prefix}{rest}");
        let room = Room {
            id: desk.dice.uuid(),
            url: format!("{}/whereby/{name}", desk.origin),
            name,
            starts: desk.now,
            ends,
            is_locked: is_viewer_mode || body.get("isLocked") == Some(&Value::Bool(true)),
            host_key: desk.dice.mixed(48),
            viewer_key: desk.dice.mixed(48),
        };
        desk.book.made("whereby", &room.id, &room.name, Value::Object(body.clone()));
        let answer = Answer::json(201, &room.json(wanted));
        self.rooms.push(room);
        answer
    }

    pub(super) fn get(&self, call: &Call, id: &str) -> Answer {
        let wanted = match wanted(call) {
            Ok(wanted) => wanted,
            Err(problem) => return refuse(400, &problem),
        };
        match self.rooms.iter().find(|room| room.id == id) {
            Some(room) => Answer::json(200, &room.json(wanted)),
            None => refuse(404, "Meeting not found"),
        }
    }

    pub(super) fn list(&self, call: &Call) -> Answer {
        let wanted = match wanted(call) {
            Ok(wanted) => wanted,
            Err(problem) => return refuse(400, &problem),
        };
        let limit = match call.param("limit").map(|text| text.parse::<usize>()) {
            None => 50,
            Some(Ok(limit)) if (1..=100).contains(&limit) => limit,
            Some(_) => return refuse(400, "limit must be an integer from 1 to 100"),
        };
        let start = match call.param("cursor") {
            None => 0,
            Some(cursor) => match self.rooms.iter().position(|room| room.id.replace('-', "") == cursor) {
                Some(index) => index,
                None => return refuse(404, "No such cursor"),
            },
        };
        let results: Vec<Value> =
            self.rooms.iter().skip(start).take(limit).map(|room| room.json(wanted)).collect();
        // the cursor names the first room of the next page
        let cursor = self.rooms.get(start + limit).map(|room| room.id.replace('-', ""));
        Answer::json(200, &json!({"results": results, "cursor": cursor}))
    }

    /// Answers the same when the room is gone already.
    pub(super) fn delete(&mut self, id: &str, desk: &mut Desk) -> Answer {
        self.rooms.retain(|room| room.id != id);
        desk.book.gone("whereby", id);
        Answer::empty(204)
    }
}

/// `fields=hostRoomUrl,viewerRoomUrl`
fn wanted(call: &Call) -> Result<Wanted, String> {
    let mut wanted = Wanted::default();
    for field in call.param("fields").unwrap_or_default().split(',').filter(|field| !field.is_empty()) {
        match field {
            "hostRoomUrl" => wanted.host = true,
            "viewerRoomUrl" => wanted.viewer = true,
            _ => return Err("fields may hold hostRoomUrl and viewerRoomUrl".to_owned()),
        }
    }
    Ok(wanted)
}
