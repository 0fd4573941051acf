//! Access tokens for private rooms. They are not links: the vendor documents no address that carries one.

use serde_json::{Value, json};

use super::super::desk::Desk;
use super::super::jwt;
use super::super::shape;
use super::super::wire::{Answer, Call};
use super::{Metered, refuse, rules};

impl Metered {
    pub(super) fn token(&mut self, call: &Call, desk: &mut Desk) -> Answer {
        let mut body = match shape::read(call, &rules::TOKEN) {
            Ok(body) => body,
            Err(problem) => return refuse(400, &problem),
        };
        let is_global = body.get("globalToken") == Some(&Value::Bool(true));
        match body.get("roomName").and_then(Value::as_str) {
            Some(_) if is_global => {
                return refuse(400, "roomName and globalToken exclude each other");
            }
            None if !is_global => return refuse(400, "roomName or globalToken is required"),
            Some(name) if self.find(name).is_none() => return refuse(400, "Room not found"),
            _ => {}
        }
        let times = |name: &str| body.get(name).and_then(Value::as_i64);
        if let (Some(start), Some(end)) = (times("notBeforeUnixSec"), times("expireUnixSec"))
            && start >= end
        {
            return refuse(400, "notBeforeUnixSec must be before expireUnixSec");
        }
        // a token without an expiry never expires
        if let Some(end) = body.get("expireUnixSec").cloned() {
            body.insert("exp".to_owned(), end);
        }
        body.insert("app".to_owned(), Value::from(desk.keys.metered_app.clone()));
        body.insert("iat".to_owned(), Value::from(desk.now.as_second()));
        let token = jwt::sign(&Value::Object(body), &desk.keys.metered_signer);
        Answer::json(200, &json!({"token": token}))
    }
}
