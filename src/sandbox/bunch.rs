//! Bunch: `POST /api/jwt` mints a link for one person, `POST /api/meetings/join` one for the holder of a browser
//! session. Open points, as chosen here: success is 200; both credential headers at once are 401; the session call,
//! of which the vendor shows neither body nor answer, takes `roomName` and gives back `joinUrl`, nothing else.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::desk::Desk;
use super::shape::{self, Kind, Rule, may, need};
use super::wire::{Answer, Call};
use super::{jwt, page, verify};

/// Seconds that a link works.
const LIFETIME: i64 = 7200;

/// What is encoded in the room's part of a link.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

static MINT: [Rule; 5] = [
    need("roomName", Kind::Text(1, 200)),
    need("userName", Kind::Text(1, 10_000)),
    may("userEmail", Kind::Mail),
    may("userAvatar", Kind::Link(&["http", "https"])),
    may("moderator", Kind::Switch),
];

static SESSION: [Rule; 1] = [need("roomName", Kind::Text(1, 200))];

#[derive(Default)]
pub(super) struct Bunch;

impl Bunch {
    pub(super) fn answer(&mut self, call: &Call, rest: &[&str], desk: &mut Desk) -> Answer {
        match (call.method.as_str(), rest) {
            ("POST", ["api", "jwt"]) => mint(call, desk),
            ("POST", ["api", "meetings", "join"]) => session_join(call, desk),
            ("GET", ["meet", room]) => visit(call, room, desk),
            (_, ["api", "jwt"] | ["api", "meetings", "join"]) => {
                refuse(405, "Method not allowed").with("allow", "POST")
            }
            (_, ["api", ..]) => refuse(404, "Not found"),
            _ => page::closed(404, "Bunch", "There is no such page."),
        }
    }
}

fn refuse(status: u16, message: &str) -> Answer {
    Answer::json(status, &json!({"error": message}))
}

/// The vendor names two of the mistakes by words of its own.
fn in_their_words(problem: String) -> String {
    match problem.split_once(' ') {
        Some(("userEmail", _)) => "Invalid email".to_owned(),
        Some(("userAvatar", _)) => "Invalid avatar URL".to_owned(),
        _ => problem,
    }
}

fn mint(call: &Call, desk: &mut Desk) -> Answer {
    if desk.is_suspended("bunch") {
        return refuse(500, "Server misconfiguration");
    }
    if !verify::bunch_key(call, &desk.keys) {
        return refuse(401, "Missing or invalid API key");
    }
    let body = match shape::read(call, &MINT) {
        Ok(body) => Value::Object(body),
        Err(problem) => return refuse(400, &in_their_words(problem)),
    };
    let moderator = body["moderator"].as_bool().unwrap_or(false);
    let user = json!({
        "name": body["userName"], "email": body["userEmail"], "avatar": body["userAvatar"], "moderator": moderator,
    });
    let room = body["roomName"].as_str().unwrap_or_default();
    let (link, token) = sign(room, &user, desk);
    desk.book.made("bunch", room, room, body.clone());
    Answer::json(200, &json!({"joinUrl": link, "roomName": room, "jwt": token, "expiresIn": LIFETIME}))
}

fn session_join(call: &Call, desk: &mut Desk) -> Answer {
    if desk.is_suspended("bunch") {
        return refuse(500, "Server misconfiguration");
    }
    if !verify::bunch_session(call, &desk.keys) {
        return refuse(401, "Not signed in");
    }
    let body = match shape::read(call, &SESSION) {
        Ok(body) => Value::Object(body),
        Err(problem) => return refuse(400, &problem),
    };
    let room = body["roomName"].as_str().unwrap_or_default();
    let (link, _) = sign(room, &json!({"name": "Sandbox Agent", "moderator": true}), desk);
    desk.book.made("bunch", room, room, body.clone());
    Answer::json(200, &json!({"joinUrl": link}))
}

/// The link of one person, and the token in it.
fn sign(room: &str, user: &Value, desk: &mut Desk) -> (String, String) {
    let now = desk.now.as_second();
    let claims = json!({
        "iss": "bunch", "sub": "meet", "room": room, "jti": desk.dice.uuid(),
        "iat": now, "nbf": now, "exp": now + LIFETIME, "context": {"user": user},
    });
    let token = jwt::sign(&claims, &desk.keys.bunch_signer);
    let place = utf8_percent_encode(room, SEGMENT);
    (format!("{}/bunch/meet/{place}?jwt={token}", desk.origin), token)
}

fn visit(call: &Call, room: &str, desk: &Desk) -> Answer {
    let token = call.param("jwt").unwrap_or_default();
    let Some(claims) = jwt::open(&token, &desk.keys.bunch_signer) else {
        return page::closed(403, "Bunch", "This link is not one of ours.");
    };
    if claims["room"] != room {
        return page::closed(403, "Bunch", "This link belongs to another room.");
    }
    if claims["exp"].as_i64().is_none_or(|end| end <= desk.now.as_second()) {
        return page::closed(410, "Bunch", "This link has ended.");
    }
    let user = &claims["context"]["user"];
    let role = if user["moderator"] == true { "moderator" } else { "participant" };
    page::seat("Bunch", room, &format!("{}, {role}", user["name"].as_str().unwrap_or_default()))
}
