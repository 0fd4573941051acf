//! Performing a plan, step by step, without performing anything: `next_request` hands out what to send, `answered`
//! takes what came of it, `finish` makes the entry. The worker and the command line drive the same machine, and so do
//! the examples of every page.

use jiff::Timestamp;

use crate::domain::entry::{Detail, Entry, Outcome};
use crate::domain::link::{Audience, Link};
use crate::domain::page::{AnswerKind, DetailAudience, DetailSpec, LinkSpec, Operation, Step};
use crate::domain::request::{Failure, Preview, Request, Response};
use crate::domain::secret::Secret;
use crate::domain::text::DisplayText;
use crate::error::{Error, Kind, Result};

use super::answer::{self, Answer};
use super::condition::Facts;
use super::expand::Ground;
use super::join::{self, Landing};
use super::link_check::{self, Expected, LinkCheck};
use super::outcome::{Verdict, judge, unclear};
use super::plan::Plan;
use super::settings::Settings;
use super::wire::Secrets;
use super::{build, ends};

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
            arrived,
        }
    }

    pub fn plan(&self) -> &Plan {
        &self.plan
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

    /// Takes the answer to the request `next_request` handed out. A redirect of BigBlueButton's join may ask for one more
    /// request, which is returned.
    pub fn answered(&mut self, result: Result<Response, Failure>, at: Timestamp) -> Option<Request> {
        let step = self.step()?;
        if self.status.is_none() {
            self.status = result.as_ref().ok().map(|response| response.status);
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
        match judge(&self.ground(Secrets::Live), step.answer, &result) {
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

    /// Stops before the next request, because the user or a signal said so.
    pub fn stop(&mut self, sent: bool, error: Error) {
        if let Some(step) = self.step() {
            let verdict = if sent { Verdict::Maybe(error) } else { Verdict::NotCreated(error) };
            self.failed(&step, verdict);
        }
        self.at = usize::MAX;
    }

    fn failed(&mut self, step: &Step, verdict: Verdict) {
        let (Verdict::NotCreated(error) | Verdict::Maybe(error)) = &verdict else { return };
        if self.is_created() {
            self.warnings.push(format!("{} is missing: {error}", missing(self.plan.spec(), step)));
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
        let details = match outcome {
            Outcome::Created | Outcome::MaybeCreated(_) => self.details(),
            Outcome::NotCreated(_) => Vec::new(),
        };
        if outcome == Outcome::Created {
            let made = self.links();
            self.warnings.extend(self.detail_warnings());
            match made {
                Ok(made) => links = made,
                Err(error) if offline_only => outcome = Outcome::NotCreated(error),
                Err(error) => outcome = Outcome::MaybeCreated(error.status(self.status.unwrap_or_default())),
            }
        }
        let returned = details.iter().find(|d| d.key == "roomName" && !d.secret);
        let returned = returned.map(|d| d.value.expose().trim_start_matches('/').to_owned());
        let mut entry = self.plan.entry(outcome);
        entry.name = self.plan.name(returned.as_deref());
        entry.links = links;
        entry.details = details;
        entry.warnings = self.warnings.iter().map(|text| DisplayText::line(text)).collect();
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

    /// The links the answers and signatures give. A link whose step ran but whose value is missing or unusable is an
    /// error unless it is optional.
    fn links(&mut self) -> Result<Vec<Link>> {
        let Some(spec) = self.plan.spec() else { return Ok(Vec::new()) };
        let mut links = Vec::new();
        let mut warnings = Vec::new();
        for (id, link) in &spec.links {
            if !self.facts().all(&link.when) || !self.has_run(&link.url) {
                continue;
            }
            match self.ground(Secrets::Live).address(&link.url) {
                Some(url) => match self.link(id, link, url) {
                    Ok(made) => links.push(made),
                    Err(reason) if link.optional => warnings.push(format!("no {}: {reason}", link.label)),
                    Err(reason) => {
                        return Err(unclear(&self.plan.page, &format!("gave no usable link: {reason}")));
                    }
                },
                None if link.optional => warnings.extend(self.asked_in_vain(id, link)),
                None => {
                    return Err(unclear(&self.plan.page, &format!("gave no {}", link.label.to_lowercase())));
                }
            }
        }
        self.warnings.extend(warnings);
        Ok(links)
    }

    /// A warning when an optional link was asked for by name and did not come.
    fn asked_in_vain(&self, id: &str, link: &LinkSpec) -> Option<String> {
        let wanted = self.plan.values.iter().any(|(_, value)| {
            link.url.rsplit('/').next().is_some_and(|name| value.has(name.trim_end_matches('}')))
        });
        wanted.then(|| format!("no {id} link was returned"))
    }

    /// Whether the steps a text points at have been performed.
    fn has_run(&self, text: &str) -> bool {
        use super::placeholder::{Reference, Template};
        let Ok(template) = Template::parse(text) else { return false };
        template.references().all(|reference| match reference {
            Reference::Answer(step, _) => self.answers.iter().any(|(id, _)| id == step),
            Reference::Url(step) => self.urls.iter().any(|(id, _)| id == step),
            _ => true,
        })
    }

    fn link(&self, id: &str, spec: &LinkSpec, url: String) -> Result<Link, &'static str> {
        let ground = self.ground(Secrets::Live);
        let (url, warning) = match self.check(&url) {
            LinkCheck::Good => (url, None),
            LinkCheck::Unusual(reason) => (link_check::as_read(&url), Some(reason)),
            LinkCheck::Hostile(reason) => return Err(reason),
        };
        let audience = self.audience(spec);
        let (ends, source, note) = ends::resolve(&ground, &spec.ends, self.arrived);
        let person = spec.person.as_deref().and_then(|person| ground.text(person));
        let label = match (person, audience, spec.audience) {
            (Some(person), Audience::Host, Audience::Personal) => format!("{} ({person}, host)", spec.label),
            (Some(person), ..) => format!("{} ({person})", spec.label),
            (None, Audience::Host, Audience::Personal) => format!("{} (host)", spec.label),
            (None, ..) => spec.label.clone(),
        };
        let note = [note, spec.note.clone()].into_iter().flatten().collect::<Vec<_>>().join("; ");
        let secret = spec.secret || audience != Audience::Guest;
        Ok(Link {
            id: id.to_owned(),
            label: DisplayText::line(&label).into(),
            url: Secret::new(url),
            audience,
            reuse: spec.reuse,
            secret,
            ends,
            source,
            note: (!note.is_empty()).then(|| DisplayText::line(&note).into()),
            warning,
        })
    }

    /// Whom a link is for: a personal one whose holder is host is a host link.
    fn audience(&self, spec: &LinkSpec) -> Audience {
        let is_host = spec.role.as_deref() == Some("host")
            || (!spec.host_if.is_empty() && self.facts().all(&spec.host_if));
        if is_host { Audience::Host } else { spec.audience }
    }

    fn check(&self, url: &str) -> LinkCheck {
        let base = self.settings.plain("base_url").unwrap_or_default();
        let own = [base, self.settings.plain("link_base").unwrap_or(base)];
        let host = crate::domain::request::host(base);
        let patterns: Vec<String> = (self.plan.page.link_hosts.iter())
            .map(|pattern| pattern.replace("{setting:base_url}", &host))
            .chain(self.plan.link_hosts.iter().cloned())
            .collect();
        link_check::check(url, &Expected { patterns: &patterns, own: &own })
    }

    fn details(&self) -> Vec<Detail> {
        let Some(spec) = self.plan.spec() else { return Vec::new() };
        spec.details.iter().filter_map(|(key, detail)| self.detail(key, detail)).collect()
    }

    fn detail(&self, key: &str, spec: &DetailSpec) -> Option<Detail> {
        let value = self.detail_value(spec)?;
        let host = spec.audience == Some(DetailAudience::Host)
            || (!spec.host_if.is_empty() && self.facts().all(&spec.host_if));
        let (label, value) = (DisplayText::line(&spec.label).into(), Secret::new(value));
        Some(Detail { key: key.to_owned(), label, value, secret: spec.secret, copy: spec.copy, host })
    }

    fn detail_value(&self, spec: &DetailSpec) -> Option<String> {
        if !self.facts().all(&spec.when) {
            return None;
        }
        let ground = self.ground(Secrets::Live);
        let value = |text: &str| match super::placeholder::Template::parse(text).ok()?.lone() {
            Some((reference, reading)) => {
                let value = ground.value(reference, reading)?;
                answer::text(&value)
                    .or_else(|| (value.is_object() || value.is_array()).then(|| value.to_string()))
            }
            None => ground.text(text),
        };
        value(&spec.value).or_else(|| spec.or.as_deref().and_then(value))
    }

    fn detail_warnings(&self) -> Vec<String> {
        let Some(spec) = self.plan.spec() else { return Vec::new() };
        let present = |detail: &&DetailSpec| self.detail_value(detail).is_some();
        spec.details.iter().map(|(_, detail)| detail).filter(present).filter_map(|d| d.warn.clone()).collect()
    }
}

/// The links a plan only signs, as far as they are known before anything is sent, with the credential hidden.
pub fn signed_links(plan: &Plan, settings: &Settings) -> Result<Vec<(Audience, String)>> {
    let flow = Flow::new(plan.clone(), settings.clone());
    let Some(spec) = plan.spec() else { return Ok(Vec::new()) };
    let ground = flow.ground(Secrets::Hidden);
    let mut links = Vec::new();
    for step in spec.steps.iter().filter(|step| step.offline && flow.applies(step)) {
        let url = build::preview(&ground, &plan.operation, step)?.url;
        let place = format!("{{{}:url}}", step.id);
        for (_, link) in spec.links.iter().filter(|(_, l)| l.url == place && flow.facts().all(&l.when)) {
            links.push((flow.audience(link), url.clone()));
        }
    }
    Ok(links)
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

/// The requests of a plan with their secrets hidden, and the links that are only signed. Nothing is sent and no
/// secret is needed; what a later step takes from an earlier answer is named instead.
pub fn previews(plan: &Plan, settings: &Settings) -> Result<Vec<Preview>> {
    let flow = Flow::new(plan.clone(), settings.clone());
    let Some(spec) = plan.spec() else {
        return Err(Error::new(Kind::Usage, "this operation does not exist"));
    };
    let ground = flow.ground(Secrets::Hidden);
    spec.steps
        .iter()
        .filter(|step| flow.applies(step))
        .map(|step| build::preview(&ground, &plan.operation, step))
        .collect()
}
