//! A meeting and the people in it.

use jiff::Timestamp;

/// Milliseconds of one minute.
const MINUTE: i64 = 60_000;

pub(super) struct Meeting {
    pub id: String,
    pub name: String,
    /// `sha1(id)-created`
    pub internal_id: String,
    /// Milliseconds since 1970.
    pub created: i64,
    /// The passwords as the first create gave them: attendee's, moderator's.
    pub given: (Option<String>, Option<String>),
    pub attendee_password: String,
    pub moderator_password: String,
    pub voice_bridge: String,
    pub dial_number: String,
    pub duration: i64,
    /// 0 is unlimited.
    pub max_participants: i64,
    /// Minutes until an unjoined meeting vanishes; 0 is never.
    pub patience: i64,
    pub guest_policy: String,
    pub logout_url: Option<String>,
    pub record: bool,
    /// The client page needs no cookie of the joining browser.
    pub is_open_to_any_browser: bool,
    pub parent: Option<String>,
    pub metadata: Vec<(String, String)>,
    pub ended: bool,
    pub people: Vec<Person>,
}

pub(super) struct Person {
    /// The server's own id, `w_…`.
    pub id: String,
    /// The application's id, or the server's.
    pub external_id: String,
    pub name: String,
    pub is_moderator: bool,
    pub is_guest: bool,
    pub is_waiting: bool,
    pub session: String,
    pub cookie: String,
    pub auth_token: String,
    pub userdata: Vec<(String, String)>,
}

impl Meeting {
    /// The moment of creation as the server writes it: `Sat Nov 21 14:00:00 UTC 2026`.
    pub(super) fn date(&self) -> String {
        let moment = Timestamp::from_millisecond(self.created).unwrap_or_default();
        moment.strftime("%a %b %d %H:%M:%S UTC %Y").to_string()
    }

    /// Somebody is inside (not in the lobby).
    pub(super) fn is_running(&self) -> bool {
        !self.ended && self.people.iter().any(|person| !person.is_waiting)
    }

    pub(super) fn is_stale(&self, now: i64) -> bool {
        self.people.is_empty() && self.patience > 0 && now - self.created >= self.patience * MINUTE
    }

    /// The limit is reached for this application id, which does not count twice.
    pub(super) fn is_full_for(&self, external_id: Option<&str>) -> bool {
        let is_known =
            external_id.is_some_and(|id| self.people.iter().any(|person| person.external_id == id));
        self.max_participants > 0 && !is_known && self.people.len() as i64 >= self.max_participants
    }
}
