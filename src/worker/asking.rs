//! Performing one call about something that was made before: a look, or its deletion. What it finds is in the history
//! before it is told; nothing it does can change what became of the creation.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::config::Profile;
use crate::domain::finding::{Asking, Finding};
use crate::domain::request::{Failure, Request, Response};
use crate::error::{Error, Kind, Result};
use crate::ports::http::Connected;
use crate::ports::log;
use crate::provider::follow_up::Question;
use crate::provider::redact;
use crate::provider::settings::Settings;

use super::call::{Caller, hidden_settings};
use super::halt::{Halt, Halting, UNANSWERED, UNSENT, halted};
use super::purse::{Held, fits};

impl Caller {
    /// Asks for a profile. The error of a deletion that was sent and not answered says that it may be done. Needs a tokio
    /// runtime.
    pub async fn ask(&self, question: &Question, profile: &Profile, halt: Halting) -> Result<Finding> {
        let answer = self.answer_to(question, profile, halt).await;
        tell(question, &answer);
        if let Ok(finding) = &answer {
            let entry = question.entry.found(finding);
            if let Some(history) = self.history.as_ref().filter(|_| entry.deleted != question.entry.deleted) {
                let _ = history.mark(entry).await;
            }
        }
        answer
    }

    async fn answer_to(&self, question: &Question, profile: &Profile, mut halt: Halting) -> Result<Finding> {
        fits(question.page(), profile)?;
        let settings = tokio::select! {
            biased;
            halt = halted(&mut halt) => return Err(by(halt, question, false)),
            settings = self.settings_for(question, profile) => settings?,
        };
        let request = question.request(&settings)?;
        let sent = Arc::new(AtomicBool::new(false));
        let seen = self.see(&profile.name, &request, question.shown(&settings));
        let answer = tokio::select! {
            biased;
            answer = self.answer(&request, profile, &sent) => answer,
            halt = halted(&mut halt) => {
                let sent = sent.load(Ordering::SeqCst);
                let error = by(halt, question, sent);
                self.stopped(seen, sent, &error);
                return Err(error);
            }
        };
        self.heard(seen, &answer);
        question.judge(&settings, &answer, self.clock.now())
    }

    /// The answer to a call that creates nothing; `sent` is told as soon as something may have left.
    pub(super) async fn answer(
        &self,
        request: &Request,
        profile: &Profile,
        sent: &Arc<AtomicBool>,
    ) -> Result<Response, Failure> {
        let told = Arc::clone(sent);
        let connected: Connected = Arc::new(move || told.store(true, Ordering::SeqCst));
        let ca_file = self.ca_file(profile);
        let ask = async {
            self.door.warm(request, ca_file.as_deref()).await;
            self.door.send(request, ca_file.as_deref(), &self.limits, connected).await
        };
        tokio::select! {
            biased;
            answer = ask => answer,
            () = self.overslept() => {
                let message = format!("this computer slept before {} had answered", request.host());
                Err(match sent.load(Ordering::SeqCst) {
                    true => Failure::Unknown(Error::new(Kind::Timeout, message)),
                    false => Failure::NotSent(Error::new(Kind::Network, message).hint("try again")),
                })
            }
        }
    }

    /// The profile's settings with the one secret the call needs.
    async fn settings_for(&self, question: &Question, profile: &Profile) -> Result<Settings> {
        let hidden = hidden_settings(question.page(), profile);
        match question.secret_setting(&hidden) {
            Some(key) => self.opened(question.page(), profile, &key, &Held::default()).await,
            None => Ok(hidden),
        }
    }
}

/// What is to be said of a call that was halted.
fn by(halt: Halt, question: &Question, sent: bool) -> Error {
    let kind = match halt {
        Halt::Signal(number) => Kind::Interrupted(number),
        Halt::User if sent && question.asking == Asking::Delete => Kind::Unclear,
        Halt::User => Kind::Other,
    };
    match sent {
        true => question.unanswered(kind, UNANSWERED),
        false => Error::new(kind, UNSENT),
    }
}

/// Writes down what became of it. A provider's own words may hold anything.
fn tell(question: &Question, answer: &Result<Finding>) {
    let entry = &question.entry;
    let what = match question.asking {
        Asking::Check => "check",
        Asking::Delete => "delete",
    };
    let about = || format!("{} {}: {what}", entry.profile, entry.operation);
    match answer {
        Ok(finding) => log::info(|| format!("{}: {}", about(), finding.found.name())),
        Err(error) => log::error(|| format!("{}: {}", about(), redact::words(&error.to_string()))),
    }
}
