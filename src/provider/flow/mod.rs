//! Performing a plan, step by step, without performing anything: `next_request` hands out what to send, `answered`
//! takes what came of it, `finish` makes the entry. The worker and the command line drive the same machine, and so do
//! the examples of every page.

mod gather;
mod odd;
mod preview;
mod second;

use jiff::Timestamp;

use crate::domain::entry::{Entry, Outcome};
use crate::domain::mask;
use crate::domain::page::{AnswerKind, Operation, Step};
use crate::domain::request::{Failure, Preview, Request, Response};
use crate::domain::secret::Secret;
use crate::domain::text::DisplayText;
use crate::error::{Error, Result};

use super::answer::Answer;
use super::build;
use super::condition::Facts;
use super::expand::Ground;
use super::join::{self, Landing};
use super::outcome::{Verdict, judge};
use super::plan::Plan;
use super::settings::Settings;
use super::wire::Secrets;

pub use preview::{previews, signed_links};

/// A plan under way.
pub struct Flow {
    plan: Plan,
    settings: Settings,
    answers: Vec<(String, Answer)>,
    urls: Vec<(String, Secret)>,
    /// Index of the step whose answer is awaited, or that comes next.
    at: usize,
    hops: u8,
    outcome: Option<Outcome>,
    /// Steps that failed although the room exists; `retry` goes back to them.
    missed: Vec<usize>,
    /// Steps still to be tried again, the next one last.
    queue: Vec<usize>,
    retrying: bool,
    warnings: Vec<String>,
    status: Option<u16>,
    /// A success as it came, should nothing be made of it.
    unread: Option<Secret>,
    /// When the last successful answer came; lengths of time count from here.
    arrived: Timestamp,
}

impl Flow {
    pub fn new(plan: Plan, settings: Settings) -> Flow {
        let arrived = plan.created_at;
        Flow {
            plan,
            settings,
            answers: Vec::new(),
            urls: Vec::new(),
            at: 0,
            hops: 0,
            outcome: None,
            missed: Vec::new(),
            queue: Vec::new(),
            retrying: false,
            warnings: Vec::new(),
            status: None,
            unread: None,
            arrived,
        }
    }

    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Goes on with these settings.
    pub fn sign_in(&mut self, settings: Settings) {
        self.settings = settings;
    }

    /// The one setting whose secret this plan needs.
    pub fn secret_setting(&self) -> Option<&str> {
        build::secret_setting(&self.ground(Secrets::Hidden), &self.plan.operation)
    }

    /// Whether the outcome is known to be "created": what fails from here on is a warning.
    pub fn is_created(&self) -> bool {
        self.outcome == Some(Outcome::Created)
    }

    /// The next request to send; none when the plan is done. Steps that are only signed happen on the way.
    pub fn next_request(&mut self) -> Option<Request> {
        while let Some(step) = self.step() {
            if !self.applies(&step) {
                self.advance();
                continue;
            }
            let built = match step.offline {
                true => self.sign(&step).map(|()| None),
                false => build::request(&self.ground(Secrets::Live), &self.plan.operation, &step).map(Some),
            };
            match built {
                Ok(Some(request)) => return Some(request),
                Ok(None) => self.advance(),
                Err(error) => self.failed(&step, Verdict::NotCreated(error)),
            }
        }
        None
    }

    /// The request whose answer is awaited, with its secrets hidden; nothing where it cannot be shown whole.
    pub fn shown(&self) -> Option<Preview> {
        build::preview(&self.ground(Secrets::Hidden), &self.plan.operation, &self.step()?).ok()
    }

    /// Takes the answer to the request `next_request` handed out. A redirect of BigBlueButton's join may ask for one more
    /// request, which is returned.
    pub fn answered(&mut self, result: Result<Response, Failure>, at: Timestamp) -> Option<Request> {
        let step = self.step()?;
        if let (None, 0, Ok(response)) = (self.status, self.hops, &result) {
            self.note_clock(response, at);
        }
        let mut result = result;
        if step.answer == AnswerKind::BbbJoin
            && let Ok(response) = &result
        {
            match join::land(response, &self.ground(Secrets::Live), self.hops) {
                Landing::Follow(request) => {
                    self.hops += 1;
                    return Some(request);
                }
                Landing::Answer(response) => result = Ok(response),
                Landing::Asis => {}
            }
        }
        if let (None, Ok(response)) = (self.status, &result) {
            self.status = Some(response.status);
        }
        if let (false, Ok(response)) = (self.is_created(), &result) {
            self.unread = self.as_it_came(response);
        }
        match judge(&self.ground(Secrets::Live), step.answer, &result, at) {
            Verdict::Success(answer) => {
                self.answers.push((step.id.clone(), answer));
                self.arrived = at;
                self.outcome.get_or_insert(Outcome::Created);
                self.advance();
            }
            verdict => self.failed(&step, verdict),
        }
        None
    }

    /// Stops before the next request, because the user or a signal said so. What was still to come is missing too.
    pub fn stop(&mut self, sent: bool, error: Error) {
        let left_out = || Error::new(error.kind, "it was not asked for any more");
        let mut verdict =
            if sent { Verdict::Maybe(error.clone()) } else { Verdict::NotCreated(error.clone()) };
        while let Some(step) = self.step() {
            match (self.applies(&step), step.offline) {
                (false, _) => self.advance(),
                (true, true) if self.sign(&step).is_ok() => self.advance(),
                (true, _) => {
                    self.failed(&step, verdict);
                    verdict = Verdict::NotCreated(left_out());
                }
            }
        }
    }

    fn failed(&mut self, step: &Step, verdict: Verdict) {
        let (Verdict::NotCreated(error) | Verdict::Maybe(error)) = &verdict else { return };
        if self.is_created() {
            // The room is there: what an unclear answer would have one check is known.
            let why = match &verdict {
                Verdict::Maybe(error) => error.message().to_owned(),
                _ => error.to_string(),
            };
            self.warnings.push(format!("{} is missing: {why}", missing(self.plan.spec(), step)));
            self.missed.push(self.at);
            self.advance();
            return;
        }
        self.outcome.get_or_insert(match verdict {
            Verdict::Maybe(error) => Outcome::MaybeCreated(error),
            Verdict::NotCreated(error) => Outcome::NotCreated(error),
            Verdict::Success(_) => Outcome::Created,
        });
        self.at = usize::MAX;
    }

    /// Goes back to the steps that are missing although the room exists; nothing that was made is made again.
    /// False where nothing is missing.
    pub fn retry(&mut self) -> bool {
        if !self.is_created() || self.missed.is_empty() {
            return false;
        }
        self.warnings.clear();
        self.queue = std::mem::take(&mut self.missed);
        self.queue.reverse();
        self.retrying = true;
        self.advance();
        true
    }

    /// The entry, once `next_request` has nothing more.
    pub fn finish(&mut self) -> Entry {
        let offline_only = self.outcome.is_none();
        let mut outcome = self.outcome.clone().unwrap_or(Outcome::Created);
        let mut links = Vec::new();
        let mut details = match outcome {
            Outcome::Created | Outcome::MaybeCreated(_) => self.details(),
            Outcome::NotCreated(_) => Vec::new(),
        };
        if outcome == Outcome::Created {
            let made = self.links();
            self.warnings.extend(self.detail_warnings());
            self.warnings.extend(self.renamed());
            match made {
                Ok(made) => links = made,
                Err(error) if offline_only => outcome = Outcome::NotCreated(error),
                Err(error) => outcome = Outcome::MaybeCreated(error.status(self.status.unwrap_or_default())),
            }
        }
        if let Outcome::MaybeCreated(error) = outcome {
            details.extend(self.unread.take().map(odd::kept));
            outcome = Outcome::MaybeCreated(self.with_second(error));
        }
        let returned = details.iter().find(|d| d.key == "roomName" && !d.secret);
        let returned = returned.map(|d| d.value.expose().trim_start_matches('/').to_owned());
        let mut entry = self.plan.entry(outcome);
        entry.name = self.plan.name(returned.as_deref());
        entry.links = links;
        entry.details = details;
        entry.warnings = self.warnings.iter().map(|text| DisplayText::line(&mask::hide(text))).collect();
        entry.status = self.status;
        entry.incomplete = !self.missed.is_empty();
        entry
    }

    /// On to the next step: the one that follows, or the next one that was missed.
    fn advance(&mut self) {
        self.at = match self.retrying {
            true => self.queue.pop().unwrap_or(usize::MAX),
            false => self.at + 1,
        };
    }

    fn step(&self) -> Option<Step> {
        self.plan.spec()?.steps.get(self.at).cloned()
    }

    fn applies(&self, step: &Step) -> bool {
        self.facts().all(&step.when)
    }

    fn sign(&mut self, step: &Step) -> Result<()> {
        let url = build::signed(&self.ground(Secrets::Live), &self.plan.operation, step)?;
        self.urls.push((step.id.clone(), url));
        Ok(())
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            operation: self.plan.spec(),
            values: &self.plan.values,
            settings: &self.settings,
            answers: &self.answers,
        }
    }

    fn ground(&self, secrets: Secrets) -> Ground<'_> {
        Ground {
            page: &self.plan.page,
            operation: self.plan.spec(),
            settings: &self.settings,
            values: &self.plan.values,
            answers: &self.answers,
            urls: &self.urls,
            details: &[],
            here: None,
            profile: &self.plan.profile,
            agent: &self.plan.agent,
            secrets,
        }
    }
}

/// What a step was to bring, for the warning that it is missing.
fn missing(spec: Option<&Operation>, step: &Step) -> String {
    let needle = format!("{{{}:", step.id);
    let of = |spec: &Operation| {
        let link =
            spec.links.iter().find(|(_, link)| link.url.contains(&needle)).map(|(_, l)| l.label.clone());
        link.or_else(|| {
            spec.details.iter().find(|(_, d)| d.value.contains(&needle)).map(|(_, d)| d.label.clone())
        })
    };
    spec.and_then(of).unwrap_or_else(|| format!("step {}", step.id))
}
