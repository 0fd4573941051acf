//! `GET /sandbox`: which rooms were made and which requests arrived, for whoever checks a client from outside, a script
//! that kills one in the middle of a call above all. It belongs to no service and needs no key; it tells none either,
//! since what stands behind the question mark of a request is left out.

use serde_json::{Value, json};

use super::desk::Room;
use super::state::{Seen, State};
use super::wire::{Answer, Call};

/// The answer, if it is this that was asked for.
pub(super) fn answer(call: &Call, state: &State) -> Option<Answer> {
    if call.path != "/sandbox" {
        return None;
    }
    if call.method != "GET" {
        return Some(Answer::empty(405));
    }
    let rooms: Vec<Value> = state.desk.book.all().iter().map(room).collect();
    let of_services = state.seen.iter().filter(|seen| !seen.provider.is_empty());
    let requests: Vec<Value> = of_services.map(request).collect();
    Some(Answer::json(200, &json!({"version": 1, "rooms": rooms, "requests": requests})))
}

fn room(room: &Room) -> Value {
    json!({
        "provider": room.provider, "id": room.id, "name": room.name,
        "created": room.created, "alive": room.alive,
    })
}

fn request(seen: &Seen) -> Value {
    let path = seen.target.split('?').next().unwrap_or_default();
    json!({"provider": seen.provider, "method": seen.method, "path": path, "status": seen.status})
}
