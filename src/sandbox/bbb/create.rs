//! Creating a meeting, once: repeating the call finds the meeting and changes nothing in it.

use serde_json::json;

use super::super::desk::Desk;
use super::super::verify::sha1_hex;
use super::super::wire::Answer;
use super::meeting::Meeting;
use super::params::Params;
use super::xml::{Refusal, element, success};
use super::{Bbb, rules};

impl Bbb {
    pub(super) fn create(&mut self, params: &Params, desk: &mut Desk) -> Result<Answer, Refusal> {
        rules::create(params)?;
        let id = rules::meeting_id(params)?;
        let own = |name: &str| params.get(name).map(str::to_owned);
        let given = (own("attendeePW"), own("moderatorPW"));
        if let Some(meeting) = self.alive(id) {
            if meeting.given != given {
                return Err(Refusal::new("idNotUnique", "A meeting already exists with that meeting ID"));
            }
            let warning = "This conference was already in existence and may currently be in progress.";
            return Ok(created(meeting, "duplicateWarning", warning));
        }
        let parent = self.parent(params)?;
        let bridge = self.voice_bridge(params, desk)?;
        let created_at = desk.now.as_millisecond();
        let meeting = Meeting {
            id: id.to_owned(),
            name: params.get("name").unwrap_or_default().to_owned(),
            internal_id: format!("{}-{created_at}", sha1_hex(id)),
            created: created_at,
            attendee_password: given.0.clone().unwrap_or_else(|| desk.dice.mixed(8)),
            moderator_password: given.1.clone().unwrap_or_else(|| desk.dice.mixed(8)),
            given,
            voice_bridge: bridge,
            dial_number: own("dialNumber").unwrap_or_else(|| "613-555-1234".to_owned()),
            duration: params.number("duration").unwrap_or(0),
            max_participants: params.number("maxParticipants").unwrap_or(0),
            patience: params.number("meetingExpireIfNoUserJoinedInMinutes").unwrap_or(5),
            guest_policy: own("guestPolicy").unwrap_or_else(|| "ALWAYS_ACCEPT".to_owned()),
            logout_url: own("logoutURL"),
            record: params.is_true("record"),
            is_open_to_any_browser: params.is_true("allowRequestsWithoutSession"),
            parent,
            metadata: params.metadata(),
            ended: false,
            people: Vec::new(),
        };
        let details = json!({
            "createTime": created_at, "voiceBridge": meeting.voice_bridge, "duration": meeting.duration,
            "maxParticipants": meeting.max_participants, "guestPolicy": meeting.guest_policy,
            "record": meeting.record,
        });
        desk.book.made("bigbluebutton", id, &meeting.name, details);
        let answer = created(&meeting, "", "");
        self.meetings.push(meeting);
        Ok(answer)
    }

    fn parent(&self, params: &Params) -> Result<Option<String>, Refusal> {
        if !params.is_true("isBreakout") {
            return Ok(None);
        }
        let wanted = params.get("parentMeetingID");
        match self.meetings.iter().find(|meeting| Some(meeting.id.as_str()) == wanted && !meeting.ended) {
            Some(parent) => Ok(Some(parent.internal_id.clone())),
            None => Err(Refusal::new("parentMeetingIdMissing", "No parent meeting ID was provided")),
        }
    }

    fn voice_bridge(&self, params: &Params, desk: &mut Desk) -> Result<String, Refusal> {
        let is_taken = |bridge: &str| {
            self.meetings.iter().any(|meeting| meeting.voice_bridge == bridge && !meeting.ended)
        };
        if let Some(wanted) = params.get("voiceBridge") {
            if is_taken(wanted) {
                return Err(Refusal::new(
                    "nonUniqueVoiceBridge",
                    "The voice bridge is in use by another meeting",
                ));
            }
            return Ok(wanted.to_owned());
        }
        let mut bridge = desk.dice.between(10_000, 100_000).to_string();
        while is_taken(&bridge) {
            bridge = desk.dice.between(10_000, 100_000).to_string();
        }
        Ok(bridge)
    }
}

fn created(meeting: &Meeting, key: &str, message: &str) -> Answer {
    let fields = [
        ("meetingID", meeting.id.as_str()),
        ("internalMeetingID", &meeting.internal_id),
        ("parentMeetingID", meeting.parent.as_deref().unwrap_or("bbb-none")),
        ("attendeePW", &meeting.attendee_password),
        ("moderatorPW", &meeting.moderator_password),
        ("createTime", &meeting.created.to_string()),
        ("voiceBridge", &meeting.voice_bridge),
        ("dialNumber", &meeting.dial_number),
        ("createDate", &meeting.date()),
        ("hasUserJoined", if meeting.people.is_empty() { "false" } else { "true" }),
        ("duration", &meeting.duration.to_string()),
        ("hasBeenForciblyEnded", "false"),
        ("messageKey", key),
        ("message", message),
    ];
    success(&fields.map(|(name, text)| element(name, text)).concat())
}
