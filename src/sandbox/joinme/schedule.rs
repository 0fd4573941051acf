//! Scheduled meetings: made, read, changed and deleted. The viewer link exists from the start and works from the
//! first start of that meeting on.

use serde_json::{Map, Value, json};

use super::super::desk::Desk;
use super::super::shape::{self, Kind, Rule, may, need};
use super::super::times;
use super::super::wire::{Answer, Call};
use super::start::nine_digits;
use super::{Joinme, Scheduled, invalid, unknown_meeting};

static NEW: [Rule; 5] = [
    need("meetingStart", Kind::TimeUtc),
    need("meetingEnd", Kind::TimeUtc),
    need("meetingName", Kind::Text(1, 10_000)),
    may("participants", Kind::Many(&Kind::Mail)),
    may("startWithPersonalUrl", Kind::Switch),
];

static CHANGE: [Rule; 5] = [
    may("meetingStart", Kind::TimeUtc),
    may("meetingEnd", Kind::TimeUtc),
    may("meetingName", Kind::Text(1, 10_000)),
    may("participants", Kind::Many(&Kind::Mail)),
    may("startWithPersonalUrl", Kind::Switch),
];

impl Joinme {
    pub(super) fn schedule(&mut self, call: &Call, desk: &mut Desk) -> Answer {
        let body = match shape::read(call, &NEW) {
            Ok(body) if in_order(&body) => body,
            Ok(_) => return invalid("meetingEnd must be after meetingStart"),
            Err(problem) => return invalid(&problem),
        };
        let id = desk.dice.between(10_000_000, 100_000_000);
        let is_personal = body.get("startWithPersonalUrl") == Some(&Value::Bool(true));
        let code = if is_personal { super::PERSONAL.to_owned() } else { nine_digits(desk) };
        let name = body["meetingName"].as_str().unwrap_or_default().to_owned();
        let mut full = json!({
            "meetingId": id, "meetingName": name, "meetingStart": null, "meetingEnd": null,
            "startWithPersonalUrl": is_personal, "participants": [],
            "conferenceId": nine_digits(desk), "viewerLink": format!("{}/joinme/{code}", desk.origin),
        });
        merge(&mut full, body);
        let conference = full["conferenceId"].as_str().unwrap_or_default().to_owned();
        desk.book.made("joinme", &id.to_string(), &name, full.clone());
        self.scheduled.push(Scheduled { id, body: full.clone(), code, conference });
        Answer::json(201, &full)
    }

    pub(super) fn get(&self, id: &str) -> Answer {
        match self.scheduled.iter().find(|meeting| meeting.id.to_string() == id) {
            Some(meeting) => Answer::json(200, &meeting.body),
            None => unknown_meeting(),
        }
    }

    pub(super) fn list(&self, call: &Call) -> Answer {
        let until = match call.param("endDate") {
            Some(text) => match times::read_utc(&text) {
                Some(moment) => Some(moment),
                None => return invalid("endDate must be an ISO 8601 date and time in UTC"),
            },
            None => None,
        };
        let starts = |meeting: &&Scheduled| meeting.body["meetingStart"].as_str().and_then(times::read);
        let fits =
            |meeting: &&Scheduled| until.is_none_or(|until| starts(meeting).is_some_and(|at| at <= until));
        let found: Vec<&Value> = self.scheduled.iter().filter(fits).map(|meeting| &meeting.body).collect();
        Answer::json(200, &json!({"meetings": found}))
    }

    pub(super) fn change(&mut self, call: &Call, id: &str, desk: &mut Desk) -> Answer {
        let Some(meeting) = self.scheduled.iter_mut().find(|meeting| meeting.id.to_string() == id) else {
            return unknown_meeting();
        };
        let body = match shape::read(call, &CHANGE) {
            Ok(body) => body,
            Err(problem) => return invalid(&problem),
        };
        let mut full = meeting.body.clone();
        merge(&mut full, body);
        if !full.as_object().is_some_and(in_order) {
            return invalid("meetingEnd must be after meetingStart");
        }
        meeting.body = full;
        desk.book.changed("joinme", id, meeting.body.clone());
        Answer::json(200, &meeting.body)
    }

    pub(super) fn delete(&mut self, id: &str, desk: &mut Desk) -> Answer {
        let Some(index) = self.scheduled.iter().position(|meeting| meeting.id.to_string() == id) else {
            return unknown_meeting();
        };
        let meeting = self.scheduled.remove(index);
        self.open.retain(|code| *code != meeting.code);
        desk.book.gone("joinme", id);
        Answer::empty(204)
    }
}

fn in_order(body: &Map<String, Value>) -> bool {
    let moment = |name: &str| body.get(name).and_then(Value::as_str).and_then(times::read);
    matches!((moment("meetingStart"), moment("meetingEnd")), (Some(start), Some(end)) if start < end)
}

fn merge(full: &mut Value, body: Map<String, Value>) {
    for (name, value) in body {
        full[name.as_str()] = value;
    }
}
