//! Joining: the one call that a browser makes itself. By default it ends in a redirect, to the client or, when
//! refused, to the logout address with the errors in its query; with `redirect=false` it answers XML.

use serde_json::json;
use url::Url;

use super::super::desk::Desk;
use super::super::wire::Answer;
use super::meeting::{Meeting, Person};
use super::params::Params;
use super::xml::{Refusal, element, success};
use super::{Bbb, rules};

pub(super) fn wants_xml(params: &Params) -> bool {
    params.get("redirect") == Some("false")
}

impl Bbb {
    pub(super) fn join(&mut self, params: &Params, desk: &mut Desk) -> Result<Answer, Refusal> {
        let id = rules::meeting_id(params)?;
        let name: String =
            params.get("fullName").unwrap_or_default().chars().filter(|c| !c.is_control()).collect();
        if name.trim().is_empty() {
            return Err(Refusal::new("missingParamFullName", "You must provide a name"));
        }
        rules::join(params)?;
        let Some(meeting) = self.any(id) else {
            let text = "The meeting ID that you supplied did not match any existing meetings";
            return Err(Refusal::new("invalidMeetingIdentifier", text));
        };
        check_instance(params, meeting)?;
        let is_moderator = role(params, meeting)?;
        let is_waiting = lobby(params, meeting, is_moderator)?;
        let person = match params.get("existingUserID") {
            Some(known) => return_to(meeting, known, desk)?,
            None => enter(params, meeting, Entry { name, is_moderator, is_waiting }, desk)?,
        };
        Ok(admitted(params, meeting, &meeting.people[person], &desk.origin))
    }

    /// The refusal of a join in a browser: on to the caller's page with the errors, or to a page of ours.
    pub(super) fn turn_away(&mut self, refusal: &Refusal, params: &Params, desk: &Desk) -> Answer {
        let errors = json!([{"key": refusal.key, "message": refusal.message}]).to_string();
        let of_meeting = |bbb: &mut Bbb| bbb.any(params.get("meetingID")?)?.logout_url.clone();
        let wanted = match refusal.key {
            // nothing in a request without a valid checksum is to be believed
            "checksumError" | "apiNotEnabled" => None,
            _ => {
                ["errorRedirectUrl", "logoutURL"].iter().find_map(|name| params.get(name).map(str::to_owned))
            }
        };
        let wanted = wanted.or_else(|| of_meeting(self)).and_then(|text| Url::parse(&text).ok());
        let home = || Url::parse(&format!("{}/bbb/", desk.origin)).ok();
        let Some(mut url) = wanted.or_else(home) else {
            return refusal.answer();
        };
        url.query_pairs_mut().append_pair("errors", &errors);
        Answer::redirect(302, url.as_str())
    }
}

fn check_instance(params: &Params, meeting: &Meeting) -> Result<(), Refusal> {
    if let Some(wanted) = params.get("createTime")
        && wanted.parse() != Ok(meeting.created)
    {
        let text = "The createTime parameter submitted mismatches with the current meeting.";
        return Err(Refusal::new("mismatchCreateTimeParam", text));
    }
    if meeting.ended {
        return Err(Refusal::new(
            "meetingForciblyEnded",
            "You can not re-join a meeting that has already been ended",
        ));
    }
    Ok(())
}

/// Whether a moderator comes: a known role decides, else the password does.
fn role(params: &Params, meeting: &Meeting) -> Result<bool, Refusal> {
    let role = params.get("role").unwrap_or_default().to_ascii_uppercase();
    match (role.as_str(), params.get("password")) {
        ("MODERATOR", _) => Ok(true),
        ("VIEWER", _) => Ok(false),
        (_, Some(word)) if word == meeting.moderator_password => Ok(true),
        (_, Some(word)) if word == meeting.attendee_password => Ok(false),
        (_, Some(_)) => {
            Err(Refusal::new("invalidPassword", "You either did not supply a password or it is not right"))
        }
        _ => Err(Refusal::new("Params required", "You must provide either a role or a password")),
    }
}

/// Whether a guest has to wait.
fn lobby(params: &Params, meeting: &Meeting, is_moderator: bool) -> Result<bool, Refusal> {
    let is_guest = params.is_true("guest");
    let is_known = if params.get("guest").is_some() {
        params.is_true("auth")
    } else {
        params.get("auth") != Some("false")
    };
    if is_moderator || !is_guest {
        return Ok(false);
    }
    match meeting.guest_policy.as_str() {
        "ALWAYS_DENY" => {
            Err(Refusal::new("guestDeniedAccess", "You have been denied access to this meeting"))
        }
        "ASK_MODERATOR" => Ok(true),
        "ALWAYS_ACCEPT_AUTH" => Ok(!is_known),
        _ => Ok(false),
    }
}

struct Entry {
    name: String,
    is_moderator: bool,
    is_waiting: bool,
}

/// Lets somebody in and says which of the people it is.
fn enter(params: &Params, meeting: &mut Meeting, entry: Entry, desk: &mut Desk) -> Result<usize, Refusal> {
    if meeting.is_full_for(params.get("userID")) {
        let text = "The number of participants allowed for this meeting has been reached.";
        return Err(Refusal::new("maxParticipantsReached", text));
    }
    let id = format!("w_{}", desk.dice.lower(12));
    let external_id = params.get("userID").unwrap_or(&id).to_owned();
    meeting.people.retain(|person| person.external_id != external_id);
    meeting.people.push(Person {
        external_id,
        id,
        name: entry.name,
        is_moderator: entry.is_moderator,
        is_guest: params.is_true("guest"),
        is_waiting: entry.is_waiting,
        session: desk.dice.lower(16),
        cookie: desk.dice.hex(32).to_uppercase(),
        auth_token: desk.dice.lower(12),
        userdata: params.userdata(),
    });
    Ok(meeting.people.len() - 1)
}

/// Somebody who is inside already comes back, with a new session.
fn return_to(meeting: &mut Meeting, id: &str, desk: &mut Desk) -> Result<usize, Refusal> {
    let found = meeting.people.iter_mut().enumerate().find(|(_, person)| person.id == id);
    let Some((index, person)) = found else {
        return Err(Refusal::new("userNotFound", "No active user was found with this ID"));
    };
    person.session = desk.dice.lower(16);
    Ok(index)
}

fn admitted(params: &Params, meeting: &Meeting, person: &Person, origin: &str) -> Answer {
    let page = if person.is_waiting { "guest-wait" } else { "client/BigBlueButton.html" };
    let url = format!("{origin}/bbb/{page}?sessionToken={}", person.session);
    let cookie = format!("JSESSIONID={}; Path=/bbb; HttpOnly", person.cookie);
    if !wants_xml(params) {
        return Answer::redirect(302, &url).with("set-cookie", &cookie);
    }
    let (key, message, status) = if person.is_waiting {
        ("guestWait", "You have to wait until a moderator lets you in.", "WAIT")
    } else {
        ("successfullyJoined", "You have joined successfully.", "ALLOW")
    };
    let fields = [
        ("messageKey", key),
        ("message", message),
        ("meeting_id", &meeting.internal_id),
        ("user_id", &person.id),
        ("auth_token", &person.auth_token),
        ("session_token", &person.session),
        ("guestStatus", status),
        ("url", &url),
    ];
    success(&fields.map(|(name, text)| element(name, text)).concat()).with("set-cookie", &cookie)
}
