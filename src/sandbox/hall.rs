//! The reception: which service a path belongs to.

use super::bbb::Bbb;
use super::bunch::Bunch;
use super::desk::Desk;
use super::joinme::Joinme;
use super::metered::Metered;
use super::page;
use super::whereby::Whereby;
use super::wire::{Answer, Call};

#[derive(Default)]
pub(super) struct Hall {
    bunch: Bunch,
    joinme: Joinme,
    metered: Metered,
    pub bbb: Bbb,
    pub whereby: Whereby,
}

impl Hall {
    pub(super) fn answer(&mut self, call: &Call, desk: &mut Desk) -> Answer {
        let segments = call.segments();
        let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
        match parts.split_first() {
            Some((&"bunch", rest)) => self.bunch.answer(call, rest, desk),
            Some((&"joinme", rest)) => self.joinme.answer(call, rest, desk),
            Some((&"metered", rest)) => self.metered.answer(call, rest, desk),
            Some((&"bbb", rest)) => self.bbb.answer(call, rest, desk),
            // clients that know only the usual place find the same server there
            Some((&"bigbluebutton", _)) => self.bbb.answer(call, &parts, desk),
            Some((&"whereby", rest)) => self.whereby.answer(call, rest, desk),
            _ => page::closed(404, "roomkey sandbox", "There is nothing at this address."),
        }
    }
}

/// The provider a path belongs to; empty when there is none.
pub(super) fn provider_of(path: &str) -> &'static str {
    match path.trim_start_matches('/').split('/').next().unwrap_or_default() {
        "bunch" => "bunch",
        "joinme" => "joinme",
        "metered" => "metered",
        "bbb" | "bigbluebutton" => "bigbluebutton",
        "whereby" => "whereby",
        _ => "",
    }
}
