//! BigBlueButton: XML over GET with a checksum as the only credential, and HTTP 200 even for refusals. Open points,
//! as chosen here: missing parameters have keys of their own (`missingParamMeetingID`), malformed ones are
//! `validationError`; an unknown meeting is `notFound`, in a join `invalidMeetingIdentifier`; a meeting that was
//! ended is kept for questions, and its id can be created anew.

mod create;
mod info;
mod join;
mod meeting;
mod params;
mod rules;
mod visit;
mod xml;

use super::desk::Desk;
use super::verify;
use super::wire::{Answer, Call};
use meeting::Meeting;
use params::Params;
use xml::Refusal;

const CALLS: [&str; 7] =
    ["create", "join", "isMeetingRunning", "getMeetingInfo", "getMeetings", "getRecordings", "end"];

#[derive(Default)]
pub(super) struct Bbb {
    meetings: Vec<Meeting>,
    /// Status and number of redirects of a load balancer before `join`.
    balance: Option<(u16, usize)>,
}

impl Bbb {
    pub(super) fn set_balance(&mut self, status: u16, hops: usize) {
        self.balance = (hops > 0).then_some((status, hops));
    }

    pub(super) fn answer(&mut self, call: &Call, rest: &[&str], desk: &mut Desk) -> Answer {
        self.purge(desk);
        match rest {
            ["bigbluebutton", "api", path @ ..] => self.api(call, path, 0, desk),
            ["node", hop, "bigbluebutton", "api", path @ ..] => match hop.parse() {
                Ok(hop) => self.api(call, path, hop, desk),
                Err(_) => visit::nothing(),
            },
            _ => self.visit(call, rest, desk),
        }
    }

    /// `hop` counts the redirects this request has come by.
    fn api(&mut self, call: &Call, path: &[&str], hop: usize, desk: &mut Desk) -> Answer {
        match (call.method.as_str(), path) {
            ("GET" | "POST", [] | [""]) => xml::version(),
            ("GET" | "POST", [name]) if !name.is_empty() => self.named(call, name, hop, desk),
            ("GET" | "POST", _) => visit::nothing(),
            _ => Answer::empty(405).with("allow", "GET, POST"),
        }
    }

    fn named(&mut self, call: &Call, name: &str, hop: usize, desk: &mut Desk) -> Answer {
        if !CALLS.contains(&name) {
            return visit::nothing();
        }
        if name == "join" && call.method != "GET" {
            return Answer::empty(405).with("allow", "GET");
        }
        if let Some(node) = self.next_node(call, name, hop, desk) {
            return node;
        }
        let params = match Params::read(call) {
            Ok(params) => params,
            Err(refusal) => return refusal.answer(),
        };
        let outcome = admit(call, name, &params, desk).and_then(|()| match name {
            "create" => self.create(&params, desk),
            "join" => self.join(&params, desk),
            "isMeetingRunning" => self.is_running(&params),
            "getMeetingInfo" => self.info(&params),
            "getMeetings" => Ok(self.list()),
            "getRecordings" => Ok(self.recordings()),
            _ => self.end(&params, desk),
        });
        match outcome {
            Ok(answer) => answer,
            Err(refusal) if name == "join" && !join::wants_xml(&params) => {
                self.turn_away(&refusal, &params, desk)
            }
            Err(refusal) => refusal.answer(),
        }
    }

    /// The balancer's way to the next node, while there is one.
    fn next_node(&self, call: &Call, name: &str, hop: usize, desk: &Desk) -> Option<Answer> {
        let (status, hops) = self.balance?;
        let is_asked = name == "join" && call.param("redirect").as_deref() == Some("false");
        if !is_asked || hop >= hops {
            return None;
        }
        let to = format!("{}/bbb/node/{}/bigbluebutton/api/join?{}", desk.origin, hop + 1, call.query);
        Some(Answer::redirect(status, &to))
    }

    /// Meetings that nobody joined in their time are gone without a trace.
    fn purge(&mut self, desk: &mut Desk) {
        let now = desk.now.as_millisecond();
        let (kept, gone) = self.meetings.drain(..).partition(|meeting: &Meeting| !meeting.is_stale(now));
        self.meetings = kept;
        for meeting in gone {
            if !meeting.ended {
                desk.book.gone("bigbluebutton", &meeting.id);
            }
        }
    }

    /// The living meeting of that id.
    fn alive(&mut self, id: &str) -> Option<&mut Meeting> {
        self.meetings.iter_mut().find(|meeting| meeting.id == id && !meeting.ended)
    }

    /// The living meeting of that id, else the one that was ended last.
    fn any(&mut self, id: &str) -> Option<&mut Meeting> {
        let alive = self.meetings.iter().position(|meeting| meeting.id == id && !meeting.ended);
        let index = alive.or_else(|| self.meetings.iter().rposition(|meeting| meeting.id == id))?;
        self.meetings.get_mut(index)
    }
}

fn admit(call: &Call, name: &str, params: &Params, desk: &Desk) -> Result<(), Refusal> {
    if desk.is_suspended("bigbluebutton") {
        return Err(Refusal::new("apiNotEnabled", "The API is not enabled on this server"));
    }
    if !verify::bbb_checksum(name, &call.query, params.body_checksum(), &desk.keys.bbb) {
        return Err(Refusal::new("checksumError", "Checksums do not match"));
    }
    Ok(())
}
