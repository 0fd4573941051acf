//! join.me: ad hoc and scheduled meetings behind a gateway. Open points, as chosen here: scheduling answers 201,
//! changing 200, deleting 204; a list comes as `{"meetings":[…]}`; every error has `Message` and `ErrorCode`.
//! A Content-Type is asked for where there is a body.

mod schedule;
mod start;
mod visit;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::desk::Desk;
use super::verify;
use super::wire::{Answer, Call};

/// Name in the personal URL of the sandbox's one user.
const PERSONAL: &str = "SandboxAgent";

#[derive(Default)]
pub(super) struct Joinme {
    scheduled: Vec<Scheduled>,
    presenters: Vec<Presenter>,
    /// Codes of viewer links that work.
    open: Vec<String>,
}

struct Scheduled {
    id: u64,
    body: Value,
    code: String,
    conference: String,
}

/// A one-time login for the presenter.
struct Presenter {
    token: String,
    code: String,
    ends: Timestamp,
    used: bool,
}

impl Joinme {
    pub(super) fn answer(&mut self, call: &Call, rest: &[&str], desk: &mut Desk) -> Answer {
        let ["v1", path @ ..] = rest else {
            return self.visit(call, rest, desk);
        };
        if let Some(refusal) = gateway(call, desk) {
            return refusal;
        }
        match (call.method.as_str(), path) {
            ("GET", ["user"]) => user(),
            ("POST", ["meetings", "start"]) => self.start(call, desk),
            ("POST", ["meetings", id, "start"]) => self.start_scheduled(call, id, desk),
            ("POST", ["meetings"]) => self.schedule(call, desk),
            ("GET", ["meetings"]) => self.list(call),
            ("GET", ["meetings", id]) => self.get(id),
            ("PATCH", ["meetings", id]) => self.change(call, id, desk),
            ("DELETE", ["meetings", id]) => self.delete(id, desk),
            (_, ["user"] | ["meetings"] | ["meetings", _] | ["meetings", _, "start"]) => {
                refuse(405, "method_not_allowed", "This method is not supported here")
            }
            _ => refuse(404, "not_found", "There is no such resource"),
        }
    }
}

/// What the gateway refuses before the service sees the call.
fn gateway(call: &Call, desk: &Desk) -> Option<Answer> {
    if desk.is_suspended("joinme") {
        return Some(
            Answer::empty(403)
                .with("x-mashery-error-code", "ERR_403_DEVELOPER_INACTIVE")
                .with("x-error-detail-header", "Account Inactive"),
        );
    }
    if !verify::bearer(call, &desk.keys.joinme) {
        return Some(
            refuse(401, "invalid_token", "The access token is missing or not valid")
                .with("www-authenticate", "Bearer realm=\"api.join.me\", error=\"invalid_token\""),
        );
    }
    None
}

fn refuse(status: u16, code: &str, message: &str) -> Answer {
    Answer::json(status, &json!({"Message": message, "ErrorCode": code}))
}

fn invalid(message: &str) -> Answer {
    refuse(400, "invalid_request", message)
}

fn unknown_meeting() -> Answer {
    refuse(404, "not_found", "There is no meeting of this id")
}

fn user() -> Answer {
    Answer::json(
        200,
        &json!({
            "email": "agent@sandbox.example", "fullName": "Sandbox Agent", "personalUrl": PERSONAL,
            "conferenceSettings": {"audio": true},
        }),
    )
}
