//! The fields of Metered's two bodies, from the vendor's table, and what has to hold between them.

use serde_json::{Map, Value};

use super::super::shape::{Kind, Rule, may};

/// Unix seconds: a value in milliseconds or a zero is a slip, not a moment.
const SECOND: Kind = Kind::Whole(1_000_000_000, 4_000_000_000);
const COUNT: Kind = Kind::Whole(0, i64::MAX);
const WEB: Kind = Kind::Link(&["http", "https"]);
const TEXT: Kind = Kind::Text(0, 10_000);

pub(super) static ROOM: [Rule; 31] = [
    may("roomName", Kind::Text(1, 1000)),
    may("privacy", Kind::One(&["public", "private"])),
    may("expireUnixSec", SECOND),
    may("ejectAtRoomExp", Kind::Switch),
    may("notBeforeUnixSec", SECOND),
    may("maxParticipants", COUNT),
    may("autoJoin", Kind::Switch),
    may("showInviteBox", Kind::Switch),
    may("enableRequestToJoin", Kind::Switch),
    may("enableChat", Kind::Switch),
    may("newChatForMeetingSession", Kind::Switch),
    may("enableScreenSharing", Kind::Switch),
    may("joinVideoOn", Kind::Switch),
    may("joinAudioOn", Kind::Switch),
    may("enableRecording", Kind::Switch),
    may("ownerOnlyBroadcast", Kind::Switch),
    may("recordRoom", Kind::Switch),
    may("ejectAfterElapsedTimeInSec", COUNT),
    may("meetingJoinWebhook", WEB),
    may("meetingLeftWebhook", WEB),
    may("meetingStartedWebhook", WEB),
    may("meetingEndedWebhook", WEB),
    may("endMeetingAfterNoActivityInSec", COUNT),
    may("audioOnlyRoom", Kind::Switch),
    may("enableComposition", Kind::Switch),
    may("compositionLayout", Kind::One(&["grid", "active_speaker"])),
    may("recordComposition", Kind::Switch),
    may("enableRTMPOut", Kind::Switch),
    may("rtmpOutURL", Kind::Link(&["rtmp", "rtmps"])),
    may("enableLiveStreaming", Kind::Switch),
    // not in the table, but in every answer, so a client may send it back
    may("deleteOnExp", Kind::Switch),
];

pub(super) static TOKEN: [Rule; 15] = [
    may("isAdmin", Kind::Switch),
    may("roomName", Kind::Text(1, 1000)),
    may("globalToken", Kind::Switch),
    may("name", TEXT),
    may("email", Kind::Mail),
    may("meta", TEXT),
    may("externalUserId", TEXT),
    may("expireUnixSec", SECOND),
    may("notBeforeUnixSec", SECOND),
    may("ejectAfterElapsedTimeInSec", COUNT),
    may("joinVideoOn", Kind::Switch),
    may("joinAudioOn", Kind::Switch),
    may("disableVideo", Kind::Switch),
    may("disableAudio", Kind::Switch),
    may("disableScreenSharing", Kind::Switch),
];

/// What the table says in prose about fields that need one another; the error is the sentence to answer.
pub(super) fn agree(body: &Map<String, Value>) -> Result<(), String> {
    let is_on = |name: &str| body.get(name) == Some(&Value::Bool(true));
    let second = |name: &str| body.get(name).and_then(Value::as_i64);
    if let Some(name) = body.get("roomName").and_then(Value::as_str)
        && name.chars().any(|letter| letter.is_whitespace() || letter.is_control())
    {
        return Err("roomName must be URL friendly, without spaces".to_owned());
    }
    if let (Some(start), Some(end)) = (second("notBeforeUnixSec"), second("expireUnixSec"))
        && start >= end
    {
        return Err("notBeforeUnixSec must be before expireUnixSec".to_owned());
    }
    if is_on("enableRTMPOut") && !body.contains_key("rtmpOutURL") {
        return Err("rtmpOutURL is required when enableRTMPOut is on".to_owned());
    }
    let composed = ["recordComposition", "enableRTMPOut", "enableLiveStreaming"];
    match composed.into_iter().find(|name| is_on(name) && !is_on("enableComposition")) {
        Some(name) => Err(format!("enableComposition has to be on for {name}")),
        None => Ok(()),
    }
}
