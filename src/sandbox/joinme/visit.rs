//! The pages behind join.me's links. The presenter link logs in once and dies after ten minutes: looking at it is
//! using it.

use super::super::desk::Desk;
use super::super::page;
use super::super::wire::{Answer, Call};
use super::Joinme;

const SERVICE: &str = "join.me";

impl Joinme {
    pub(super) fn visit(&mut self, call: &Call, rest: &[&str], desk: &Desk) -> Answer {
        if call.method != "GET" {
            return page::closed(405, SERVICE, "This page can only be looked at.").with("allow", "GET");
        }
        match rest {
            ["API", "Public", "StartMeeting.aspx"] => self.present(call, desk),
            ["api", "public", "intphone.aspx"] => {
                let id = call.param("conferenceId").unwrap_or_default();
                page::page(200, SERVICE, &[format!("Numbers for conference {id}: +1 555 0100")])
            }
            [code] if self.open.iter().any(|open| open == code) => page::seat(SERVICE, code, "guest"),
            [code] if self.scheduled.iter().any(|meeting| meeting.code == *code) => {
                page::closed(403, SERVICE, "This meeting has not been started yet.")
            }
            _ => page::closed(404, SERVICE, "There is no such meeting."),
        }
    }

    fn present(&mut self, call: &Call, desk: &Desk) -> Answer {
        let token = call.param("token").unwrap_or_default();
        let Some(presenter) = self.presenters.iter_mut().find(|known| known.token == token) else {
            return page::closed(404, SERVICE, "This link is not one of ours.");
        };
        if presenter.used {
            return page::closed(410, SERVICE, "This link has been used; it works once.");
        }
        if desk.now >= presenter.ends {
            return page::closed(410, SERVICE, "This link has ended; it lives for ten minutes.");
        }
        presenter.used = true;
        page::seat(SERVICE, &presenter.code, "host")
    }
}
