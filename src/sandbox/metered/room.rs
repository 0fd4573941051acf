//! Rooms: made, read, changed, archived. A name that is taken is refused, which makes a resent creation safe.

use serde_json::{Map, Value, json};

use super::super::desk::Desk;
use super::super::shape;
use super::super::times;
use super::super::wire::{Answer, Call};
use super::{Metered, refuse, rules};

impl Metered {
    pub(super) fn create(&mut self, call: &Call, desk: &mut Desk) -> Answer {
        let body = match read(call) {
            Ok(body) => body,
            Err(problem) => return refuse(400, &problem),
        };
        let given = body.get("roomName").and_then(Value::as_str).map(str::to_owned);
        let name = given.unwrap_or_else(|| desk.dice.mixed(10));
        if self.find(&name).is_some() {
            return refuse(400, "roomName already exists");
        }
        if self.app_id.is_empty() {
            self.app_id = desk.dice.hex(24);
        }
        let mut room = json!({
            "privacy": "public", "deleteOnExp": false, "autoJoin": false, "enableRequestToJoin": false,
            "enableChat": false, "enableScreenSharing": true, "joinVideoOn": true, "joinAudioOn": true,
            "ownerOnlyBroadcast": false, "recordRoom": false, "ejectAtRoomExp": false, "lang": "en",
            "archived": false, "_id": desk.dice.hex(24), "roomName": name, "app": self.app_id,
            "created": times::utc(desk.now), "__v": 0,
        });
        merge(&mut room, body);
        desk.book.made("metered", &name, &name, room.clone());
        self.rooms.push(room.clone());
        Answer::json(200, &room)
    }

    pub(super) fn get(&mut self, name: &str) -> Answer {
        match self.find(name) {
            Some(room) => Answer::json(200, room),
            None => unknown(),
        }
    }

    pub(super) fn update(&mut self, call: &Call, name: &str, desk: &mut Desk) -> Answer {
        let body = match read(call) {
            Ok(body) => body,
            Err(problem) => return refuse(400, &problem),
        };
        if body.get("roomName").is_some_and(|new| new != name) {
            return refuse(400, "roomName cannot be changed");
        }
        let Some(room) = self.find(name) else {
            return unknown();
        };
        merge(room, body);
        desk.book.changed("metered", name, room.clone());
        Answer::json(200, room)
    }

    pub(super) fn delete(&mut self, name: &str, desk: &mut Desk) -> Answer {
        if self.find(name).is_none() {
            return unknown();
        }
        self.rooms.retain(|room| room["roomName"] != name);
        self.archived.push(name.to_owned());
        desk.book.gone("metered", name);
        Answer::json(200, &json!({"success": true, "message": "Room successfully archived"}))
    }
}

fn unknown() -> Answer {
    refuse(404, "Room not found")
}

fn read(call: &Call) -> Result<Map<String, Value>, String> {
    let body = shape::read(call, &rules::ROOM)?;
    rules::agree(&body)?;
    Ok(body)
}

fn merge(room: &mut Value, body: Map<String, Value>) {
    for (name, value) in body {
        room[name.as_str()] = value;
    }
}
