//! Whereby: transient rooms with links for guest, host and viewer, and a budget of points per minute. Open points,
//! as chosen here: a refused body is 400 with `error`; a room answers until a day after its end date, then it is
//! gone; `null` for an optional field is as good as leaving it out.

mod budget;
mod room;
mod rules;
mod visit;

use serde_json::json;

use super::desk::Desk;
use super::verify;
use super::wire::{Answer, Call};
use budget::Budget;
use room::Room;

#[derive(Default)]
pub(super) struct Whereby {
    /// In the order of making.
    rooms: Vec<Room>,
    budget: Budget,
}

impl Whereby {
    pub(super) fn set_budget(&mut self, points: u64) {
        self.budget = Budget::of(points);
    }

    pub(super) fn answer(&mut self, call: &Call, rest: &[&str], desk: &mut Desk) -> Answer {
        let day_ago = desk.now.as_second() - 24 * 3600;
        for room in self.rooms.extract_if(.., |room| room.ends.as_second() < day_ago) {
            desk.book.gone("whereby", &room.id);
        }
        let ["v1", path @ ..] = rest else {
            return self.visit(call, rest, desk);
        };
        if !verify::bearer(call, &desk.keys.whereby) {
            return refuse(401, "API key missing or invalid");
        }
        if desk.is_suspended("whereby") {
            return refuse(403, "This API key may not do that");
        }
        let price = match call.method.as_str() {
            "POST" => 3,
            "DELETE" => 2,
            _ => 1,
        };
        if let Some(refusal) = self.budget.charge(price, desk.now) {
            return refusal;
        }
        let answer = match (call.method.as_str(), path) {
            ("POST", ["meetings"]) => self.create(call, desk),
            ("GET", ["meetings"]) => self.list(call),
            ("GET", ["meetings", id]) => self.get(call, id),
            ("DELETE", ["meetings", id]) => self.delete(id, desk),
            (_, ["meetings"] | ["meetings", _]) => refuse(405, "Method not allowed"),
            _ => refuse(404, "Not found"),
        };
        self.budget.mark(answer)
    }
}

fn refuse(status: u16, message: &str) -> Answer {
    Answer::json(status, &json!({"error": message}))
}
