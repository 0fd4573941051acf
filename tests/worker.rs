//! The worker: messages in the order of things, a few calls at once for each profile, and jobs that are stopped
//! before and after their request has left.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]

use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use roomkey::app::message::{JobId, Message};
use roomkey::config::{Profile, SettingSource};
use roomkey::domain::entry::{Asked, Entry, Outcome};
use roomkey::domain::secret::{Secret, SecretSource};
use roomkey::error::Kind;
use roomkey::ports::clock::Clock;
use roomkey::provider::catalog::Catalog;
use roomkey::provider::plan::Plan;
use roomkey::provider::settings::{Setting, Settings};
use roomkey::provider::validate::{Context, validate};
use roomkey::sandbox::{Act, Fault, Gate, PROVIDERS, Running, Sandbox, Seen, World};
use roomkey::worker::Worker;
use roomkey::worker::call::{Caller, settings_of};

const PATIENCE: Duration = Duration::from_secs(30);

struct Hall {
    worker: Worker,
    messages: Receiver<Message>,
    sandbox: Running,
    profiles: Arc<Mutex<Vec<Profile>>>,
    clock: Clock,
}

impl Hall {
    /// A worker, and one profile per provider that lets so many calls through at once.
    fn new(concurrency: usize) -> Hall {
        let now: Timestamp = "2026-11-21T14:00:00Z".parse().unwrap();
        let clock = Clock::fixed(now, TimeZone::UTC);
        let sandbox = Sandbox::bind(0, World::still(now, 7)).unwrap().serve().unwrap();
        let profiles = ["bunch", "joinme", "metered", "bigbluebutton", "whereby"]
            .map(|provider| profile(&sandbox, provider, concurrency));
        let profiles = Arc::new(Mutex::new(profiles.to_vec()));
        let (sender, messages) = channel();
        let known = Arc::clone(&profiles);
        let worker = Worker::new(
            Caller::new(Arc::new(|_| None), clock.clone()),
            Arc::new(move |name| {
                Ok(known.lock().unwrap().iter().find(|one| one.name == name).unwrap().clone())
            }),
            Arc::new(move |message| sender.send(message).unwrap()),
        );
        Hall { worker, messages, sandbox, profiles, clock }
    }

    fn create(&self, job: JobId, provider: &str, typed: &[(&str, &str)]) {
        let page = Catalog::embedded().usable(provider).unwrap();
        let (id, operation) = page.first_operation().unwrap();
        let profiles = self.profiles.lock().unwrap();
        let profile = profiles.iter().find(|one| one.name == provider).unwrap();
        let settings = Settings::complete(&page, settings_of(profile, |_| Setting::Hidden));
        let raw = typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let context = Context { now: self.clock.now(), zone: self.clock.zone(), settings: &settings };
        let checked = validate(operation, &raw, &context);
        assert!(checked.is_ready(), "{:?}", checked.problems);
        let plan = Plan {
            id: format!("job{job}"),
            created_at: self.clock.now(),
            profile: provider.into(),
            operation: id.clone(),
            values: checked.values,
            asked: Asked::default(),
            agent: "Ada".into(),
            link_hosts: Vec::new(),
            among_many: false,
            page: Arc::clone(&page),
        };
        self.worker.create(job, Box::new(plan));
    }

    fn bunch(&self, job: JobId, room: &str) {
        self.create(job, "bunch", &[("roomName", room), ("userName", "u")]);
    }

    #[track_caller]
    fn next(&self) -> Message {
        self.messages.recv_timeout(PATIENCE).unwrap()
    }

    /// The next job that ends; what is said of others in between is passed over.
    #[track_caller]
    fn done(&self) -> (JobId, Entry) {
        loop {
            if let Message::JobDone(job, entry) = self.next() {
                return (job, *entry);
            }
        }
    }

    #[track_caller]
    fn asked(&self, count: usize) {
        assert!(self.sandbox.wait_for(PATIENCE, |seen| seen.len() == count), "{:?}", self.sandbox.requests());
    }

    fn hold(&self, provider: &str, times: usize) -> Gate {
        let gate = Gate::new();
        self.sandbox.order(Fault::new(provider, Act::Pass).hold(&gate).times(times));
        gate
    }
}

fn profile(sandbox: &Running, provider: &str, concurrency: usize) -> Profile {
    let setting = |(name, value): (String, String)| {
        let secret =
            ["api_key", "secret_key", "session_cookie", "access_token", "secret"].contains(&name.as_str());
        let inline = || SettingSource::Secret(SecretSource::Inline(Secret::new(value.clone())));
        let source = if secret { inline() } else { SettingSource::Plain(value.clone()) };
        (name, source)
    };
    Profile {
        name: provider.into(),
        provider: provider.into(),
        file: Arc::from("config.toml"),
        settings: sandbox.settings(provider).into_iter().map(setting).collect(),
        defaults: Vec::new(),
        default_preset: None,
        link_hosts: Vec::new(),
        ca_file: None,
        concurrency,
        prefix: None,
    }
}

#[track_caller]
fn kind(entry: &Entry) -> Kind {
    entry.outcome.error().unwrap().kind
}

#[test]
fn a_job_says_when_its_request_has_left_and_how_it_ended() {
    let hall = Hall::new(4);
    let gate = hall.hold("bunch", 1);
    hall.bunch(7, "r");
    assert_eq!(hall.next(), Message::Sent(7));
    gate.release();
    let (job, entry) = hall.done();
    assert_eq!((job, entry.outcome, entry.status), (7, Outcome::Created, Some(200)));
    assert_eq!(entry.links.len(), 1);
}

#[test]
fn each_profile_lets_a_few_through_and_keeps_their_order() {
    let hall = Hall::new(2);
    let gate = hall.hold("bunch", 2);
    for (job, room) in [(1, "one"), (2, "two"), (3, "three"), (4, "four")] {
        hall.bunch(job, room);
    }
    hall.asked(2);
    // Somebody else's calls are not held up meanwhile.
    hall.create(5, "whereby", &[("endDate", "in 2h")]);
    let (job, entry) = hall.done();
    assert_eq!((job, entry.outcome), (5, Outcome::Created));
    assert_eq!(hall.sandbox.requests().len(), 3, "the third and the fourth wait");
    gate.release();
    let mut ended: Vec<JobId> = (0..4).map(|_| hall.done().0).collect();
    ended.sort_unstable();
    assert_eq!(ended, [1, 2, 3, 4]);
    let rooms = hall.sandbox.requests().into_iter().filter(|seen| seen.provider == "bunch");
    let bodies: Vec<String> = rooms.map(|seen| String::from_utf8(seen.body).unwrap()).collect();
    let at = |room: &str| bodies.iter().position(|body| body.contains(room)).unwrap();
    assert!(at("one") < 2 && at("two") < 2 && at("three") >= 2 && at("four") >= 2, "{bodies:?}");
}

#[test]
fn a_crowd_of_jobs_goes_four_by_four_and_a_slow_provider_delays_no_other() {
    let hall = Hall::new(roomkey::config::CONCURRENCY);
    let gate = hall.hold("bunch", 5);
    let made: [(&str, &[(&str, &str)]); 5] = [
        ("bunch", &[("roomName", "r"), ("userName", "u")]),
        ("joinme", &[("startWithPersonalUrl", "false")]),
        ("metered", &[("roomName", "r"), ("privacy", "public")]),
        ("bigbluebutton", &[("name", "nn"), ("meetingID", "m"), ("hostName", "Ada"), ("guestName", "Guest")]),
        ("whereby", &[("endDate", "in 2h")]),
    ];
    for turn in 0..5 {
        for (place, (provider, typed)) in made.iter().enumerate() {
            let (number, room) = (turn * 5 + place as JobId, format!("r{turn}"));
            let own = |(name, value): &(&'static str, &'static str)| match *name {
                "roomName" | "meetingID" => (*name, room.clone()),
                _ => (*name, (*value).to_owned()),
            };
            let typed: Vec<_> = typed.iter().map(own).collect();
            let typed: Vec<_> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
            hall.create(number, provider, &typed);
        }
    }
    let mut others: Vec<JobId> = Vec::new();
    while others.len() < 20 {
        let (job, entry) = hall.done();
        assert_eq!(entry.outcome, Outcome::Created, "{}", entry.provider);
        assert_ne!(entry.provider, "bunch");
        others.push(job);
    }
    let asked = |provider| hall.sandbox.requests().iter().filter(|seen| seen.provider == provider).count();
    // Nothing orders these four before the ends of the others.
    let of_bunch = |seen: &[Seen]| seen.iter().filter(|one| one.provider == "bunch").count();
    assert!(hall.sandbox.wait_for(PATIENCE, |seen| of_bunch(seen) >= 4), "{:?}", hall.sandbox.requests());
    assert_eq!(asked("bunch"), 4, "the fifth waits for its turn");
    gate.release();
    let ended: Vec<JobId> = (0..5).map(|_| hall.done().0).collect();
    assert!(ended.iter().all(|job| job % 5 == 0), "{ended:?}");
    assert_eq!(PROVIDERS.map(asked), [5; 5], "nothing was sent twice");
}

#[test]
fn a_stopped_job_is_maybe_once_it_was_sent_and_nothing_while_it_waits() {
    let hall = Hall::new(1);
    let gate = hall.hold("bunch", 1);
    hall.bunch(1, "one");
    hall.bunch(2, "two");
    assert_eq!(hall.next(), Message::Sent(1));
    hall.asked(1);
    hall.worker.stop(2);
    let (job, entry) = hall.done();
    assert_eq!((job, kind(&entry)), (2, Kind::Other));
    assert!(matches!(entry.outcome, Outcome::NotCreated(_)), "{entry:?}");
    hall.worker.stop(1);
    let (job, entry) = hall.done();
    assert_eq!((job, kind(&entry)), (1, Kind::Unclear));
    assert!(matches!(entry.outcome, Outcome::MaybeCreated(_)), "{entry:?}");
    assert!(entry.outcome.error().unwrap().next_step().unwrap().starts_with("check at Bunch"), "{entry:?}");
    gate.release();
    // The lane is free again.
    hall.bunch(3, "three");
    let (job, entry) = hall.done();
    assert_eq!((job, entry.outcome), (3, Outcome::Created));
    assert_eq!(hall.sandbox.requests().len(), 2, "the second was never sent");
}

#[test]
fn shutting_down_ends_every_job_with_what_is_known() {
    let hall = Hall::new(1);
    let gate = hall.hold("bunch", 1);
    hall.bunch(1, "one");
    hall.bunch(2, "two");
    hall.asked(1);
    hall.worker.shutdown();
    let mut ended = [hall.done(), hall.done()];
    ended.sort_by_key(|(job, _)| *job);
    assert!(matches!(ended[0].1.outcome, Outcome::MaybeCreated(_)), "{ended:?}");
    assert!(matches!(ended[1].1.outcome, Outcome::NotCreated(_)), "{ended:?}");
    gate.release();
}

#[test]
fn a_secret_that_cannot_be_had_sends_nothing() {
    let hall = Hall::new(4);
    let missing = SettingSource::Secret(SecretSource::Env("NOT_SET".into()));
    hall.profiles.lock().unwrap()[0].settings.iter_mut().find(|(name, _)| name == "api_key").unwrap().1 =
        missing;
    hall.bunch(1, "one");
    // No `Sent` comes before.
    let Message::JobDone(1, entry) = hall.next() else { panic!("something was sent") };
    assert_eq!(kind(&entry), Kind::Config);
    assert!(matches!(entry.outcome, Outcome::NotCreated(_)), "{entry:?}");
    assert_eq!(hall.sandbox.requests().len(), 0);
}

#[test]
fn what_is_missing_of_a_room_is_completed_and_nothing_is_made_again() {
    let hall = Hall::new(4);
    let refusal = || Act::Answer { status: 500, headers: Vec::new(), body: b"{}".to_vec() };
    hall.sandbox.order(Fault::new("metered", refusal()).path("/token"));
    hall.create(1, "metered", &[("roomName", "r"), ("privacy", "private")]);
    let (_, entry) = hall.done();
    assert_eq!((entry.outcome.clone(), entry.incomplete, entry.warnings.len()), (Outcome::Created, true, 1));
    hall.worker.complete(1);
    let (job, entry) = hall.done();
    assert_eq!((job, entry.outcome.clone(), entry.incomplete), (1, Outcome::Created, false));
    assert!(
        entry.warnings.is_empty() && entry.details.iter().filter(|one| one.secret).count() == 2,
        "{entry:?}"
    );
    assert_eq!(hall.sandbox.created("metered"), 1);
    assert_eq!(hall.sandbox.requests().len(), 4, "the room, both tokens, the missing token");
    // Nothing is missing any more, so this does nothing: the next to end is another job.
    hall.worker.complete(1);
    hall.bunch(2, "other");
    assert_eq!(hall.done().0, 2);
}
