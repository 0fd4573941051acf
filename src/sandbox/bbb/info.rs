//! Questions about meetings, and ending one.

use super::super::desk::Desk;
use super::super::wire::Answer;
use super::meeting::{Meeting, Person};
use super::params::Params;
use super::xml::{Refusal, element, success};
use super::{Bbb, rules};

impl Bbb {
    /// True only when somebody is inside; an unknown meeting is simply not running.
    pub(super) fn is_running(&mut self, params: &Params) -> Result<Answer, Refusal> {
        let id = rules::meeting_id(params)?;
        let is_running = self.alive(id).is_some_and(|meeting| meeting.is_running());
        Ok(success(&element("running", word(is_running))))
    }

    pub(super) fn info(&mut self, params: &Params) -> Result<Answer, Refusal> {
        let id = rules::meeting_id(params)?;
        let meeting = self.any(id).ok_or_else(not_found)?;
        Ok(success(&describe(meeting)))
    }

    pub(super) fn list(&self) -> Answer {
        let alive = self.meetings.iter().filter(|meeting| !meeting.ended);
        let all: String = alive.map(|meeting| format!("<meeting>{}</meeting>", describe(meeting))).collect();
        if all.is_empty() {
            let key = element("messageKey", "noMeetings");
            return success(&format!(
                "<meetings/>{key}{}",
                element("message", "no meetings were found on this server")
            ));
        }
        success(&format!("<meetings>{all}</meetings>"))
    }

    /// Nothing is ever recorded here.
    pub(super) fn recordings(&self) -> Answer {
        let key = element("messageKey", "noRecordings");
        let message = element("message", "There are no recordings for the meeting(s).");
        success(&format!("<recordings/>{key}{message}"))
    }

    pub(super) fn end(&mut self, params: &Params, desk: &mut Desk) -> Result<Answer, Refusal> {
        let id = rules::meeting_id(params)?;
        let meeting = self.alive(id).ok_or_else(not_found)?;
        if params.get("password").is_some_and(|word| word != meeting.moderator_password) {
            return Err(Refusal::new("invalidPassword", "The password is not the moderator's"));
        }
        meeting.ended = true;
        meeting.people.clear();
        // kept for questions, no longer for anybody's patience
        meeting.patience = 0;
        desk.book.gone("bigbluebutton", id);
        let text =
            "A request to end the meeting was sent. Please use getMeetingInfo or isMeetingRunning to verify.";
        Ok(success(&[element("messageKey", "sentEndMeetingRequest"), element("message", text)].concat()))
    }
}

fn not_found() -> Refusal {
    Refusal::new("notFound", "A meeting with that ID does not exist")
}

fn word(is_so: bool) -> &'static str {
    if is_so { "true" } else { "false" }
}

fn describe(meeting: &Meeting) -> String {
    let moderators = meeting.people.iter().filter(|person| person.is_moderator).count();
    let fields = [
        ("meetingName", meeting.name.clone()),
        ("meetingID", meeting.id.clone()),
        ("internalMeetingID", meeting.internal_id.clone()),
        ("createTime", meeting.created.to_string()),
        ("createDate", meeting.date()),
        ("voiceBridge", meeting.voice_bridge.clone()),
        ("dialNumber", meeting.dial_number.clone()),
        ("attendeePW", meeting.attendee_password.clone()),
        ("moderatorPW", meeting.moderator_password.clone()),
        ("running", word(meeting.is_running()).to_owned()),
        ("duration", meeting.duration.to_string()),
        ("hasUserJoined", word(!meeting.people.is_empty()).to_owned()),
        ("recording", word(meeting.record).to_owned()),
        ("hasBeenForciblyEnded", word(meeting.ended).to_owned()),
        ("startTime", meeting.created.to_string()),
        ("endTime", "0".to_owned()),
        ("participantCount", meeting.people.len().to_string()),
        ("listenerCount", "0".to_owned()),
        ("voiceParticipantCount", "0".to_owned()),
        ("videoCount", "0".to_owned()),
        ("moderatorCount", moderators.to_string()),
        ("maxUsers", meeting.max_participants.to_string()),
        ("isBreakout", word(meeting.parent.is_some()).to_owned()),
    ];
    let mut xml = fields.map(|(name, text)| element(name, &text)).concat();
    let people: String = meeting.people.iter().map(attendee).collect();
    let metadata: String = meeting.metadata.iter().map(|(name, value)| element(name, value)).collect();
    xml.push_str(&format!("<attendees>{people}</attendees><metadata>{metadata}</metadata>"));
    xml
}

fn attendee(person: &Person) -> String {
    let fields = [
        ("userID", person.external_id.as_str()),
        ("internalUserID", &person.id),
        ("fullName", &person.name),
        ("role", if person.is_moderator { "MODERATOR" } else { "VIEWER" }),
        ("isGuest", word(person.is_guest)),
        ("isPresenter", "false"),
        ("isListeningOnly", "false"),
        ("hasJoinedVoice", "false"),
        ("hasVideo", "false"),
        ("clientType", "HTML5"),
    ];
    let custom: String = person.userdata.iter().map(|(name, value)| element(name, value)).collect();
    let fields = fields.map(|(name, text)| element(name, text)).concat();
    format!("<attendee>{fields}<customdata>{custom}</customdata></attendee>")
}
