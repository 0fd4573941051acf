//! Both starts: they mint a fresh presenter link every time, which is why a second sending is never free.

use jiff::ToSpan;
use serde_json::{Map, Value, json};

use super::super::desk::Desk;
use super::super::shape::{self, Kind, Rule, may, need};
use super::super::wire::{Answer, Call};
use super::{Joinme, PERSONAL, Presenter, invalid, unknown_meeting};

const MODES: Kind = Kind::One(&["default", "headless"]);

static HOOK: [Rule; 2] =
    [need("callbackUrl", Kind::Link(&["http", "https"])), may("customCallbackData", Kind::Free)];

static HOOKS: [Rule; 2] = [may("meeting.start", Kind::Part(&HOOK)), may("meeting.end", Kind::Part(&HOOK))];

static AD_HOC: [Rule; 4] = [
    need("startWithPersonalUrl", Kind::Switch),
    may("viewerMode", MODES).or_null(),
    may("viewerAppDetection", Kind::Switch),
    may("webhooks", Kind::Part(&HOOKS)),
];

static SCHEDULED: [Rule; 3] = [
    may("viewerMode", MODES).or_null(),
    may("viewerAppDetection", Kind::Switch),
    may("webhooks", Kind::Part(&HOOKS)),
];

impl Joinme {
    pub(super) fn start(&mut self, call: &Call, desk: &mut Desk) -> Answer {
        let body = match read(call, &AD_HOC) {
            Ok(body) => body,
            Err(problem) => return invalid(&problem),
        };
        let is_personal = body["startWithPersonalUrl"] == true;
        let code = if is_personal { PERSONAL.to_owned() } else { nine_digits(desk) };
        let conference = nine_digits(desk);
        desk.book.made("joinme", &code, &code, Value::Object(body.clone()));
        Answer::json(201, &self.links(&code, &conference, &body, desk))
    }

    pub(super) fn start_scheduled(&mut self, call: &Call, id: &str, desk: &mut Desk) -> Answer {
        let Some(meeting) = self.scheduled.iter().find(|meeting| meeting.id.to_string() == id) else {
            return unknown_meeting();
        };
        let (code, conference) = (meeting.code.clone(), meeting.conference.clone());
        let name = meeting.body["meetingName"].as_str().unwrap_or_default().to_owned();
        let body = match read(call, &SCHEDULED) {
            Ok(body) => body,
            Err(problem) => return invalid(&problem),
        };
        desk.book.made("joinme", id, &name, Value::Object(body.clone()));
        Answer::json(200, &self.links(&code, &conference, &body, desk))
    }

    fn links(&mut self, code: &str, conference: &str, body: &Map<String, Value>, desk: &mut Desk) -> Value {
        let token = desk.dice.hex(32);
        let ends = desk.now.checked_add(10.minutes()).unwrap_or(desk.now);
        self.presenters.push(Presenter { token: token.clone(), code: code.to_owned(), ends, used: false });
        self.open.push(code.to_owned());
        let base = format!("{}/joinme", desk.origin);
        let mut answer = json!({
            "presenterLink": format!("{base}/API/Public/StartMeeting.aspx?token={token}"),
            "viewerLink": format!("{base}/{code}"),
            "audioConference": {
                "conferenceId": conference,
                "conferenceCallNumbersUrl": format!("{base}/api/public/intphone.aspx?conferenceId={conference}"),
                "organizerCode": desk.dice.digits(4),
            },
        });
        if let Some(hooks) = body.get("webhooks").and_then(Value::as_object) {
            let status = hooks.keys().map(|event| (event.clone(), json!({"registered": true})));
            answer["webhooksStatus"] = Value::Object(status.collect());
        }
        answer
    }
}

pub(super) fn nine_digits(desk: &mut Desk) -> String {
    desk.dice.between(100_000_000, 1_000_000_000).to_string()
}

fn read(call: &Call, rules: &[Rule]) -> Result<Map<String, Value>, String> {
    let body = shape::read(call, rules)?;
    if body.get("webhooks").and_then(Value::as_object).is_some_and(Map::is_empty) {
        return Err("webhooks must name meeting.start or meeting.end".to_owned());
    }
    Ok(body)
}
