//! The worker: messages in the order of things, a few calls at once for each profile, and jobs that are stopped
//! before and after their request has left.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use roomkey::app::message::{JobId, Message};
use roomkey::config::{Profile, SettingSource};
use roomkey::domain::entry::{Asked, Entry, Outcome};
use roomkey::domain::exchange::Heard;
use roomkey::domain::finding::Asking;
use roomkey::domain::secret::{Secret, SecretSource};
use roomkey::error::{Error, Kind};
use roomkey::ports::clock::Clock;
use roomkey::ports::http::{Door, Lookup};
use roomkey::provider::catalog::Catalog;
use roomkey::provider::follow_up::Question;
use roomkey::provider::plan::Plan;
use roomkey::provider::settings::{Setting, Settings};
use roomkey::provider::validate::{Context, validate};
use roomkey::sandbox::{Act, Fault, Gate, PROVIDERS, Running, Sandbox, Seen, World};
use roomkey::worker::Worker;
use roomkey::worker::call::{Caller, Halt, settings_of};
use tokio::sync::watch;

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
                let gone = || Error::config(format!("there is no profile `{name}`"));
                known.lock().unwrap().iter().find(|one| one.name == name).cloned().ok_or_else(gone)
            }),
            Arc::new(move |message| sender.send(message).unwrap()),
        );
        Hall { worker, messages, sandbox, profiles, clock }
    }

    fn create(&self, job: JobId, provider: &str, typed: &[(&str, &str)]) {
        self.worker.create(job, Box::new(self.plan(job, provider, typed)));
    }

    fn plan(&self, job: JobId, provider: &str, typed: &[(&str, &str)]) -> Plan {
        let page = Catalog::embedded().usable(provider).unwrap();
        let (id, operation) = page.first_operation().unwrap();
        let profiles = self.profiles.lock().unwrap();
        let profile = profiles.iter().find(|one| one.name == provider).unwrap();
        let settings = Settings::complete(&page, settings_of(profile, |_| Setting::Hidden));
        let raw = typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let context = Context { now: self.clock.now(), zone: self.clock.zone(), settings: &settings };
        let checked = validate(operation, &raw, &context);
        assert!(checked.is_ready(), "{:?}", checked.problems);
        Plan {
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
        }
    }

    /// Changes a profile, as a configuration read anew does.
    fn change(&self, name: &str, change: impl FnOnce(&mut Profile)) {
        change(self.profiles.lock().unwrap().iter_mut().find(|one| one.name == name).unwrap());
    }

    /// A private room at Metered that lacks the token of the host.
    fn lacking(&self, job: JobId) -> Entry {
        let refusal = Act::Answer { status: 500, headers: Vec::new(), body: b"{}".to_vec() };
        self.sandbox.order(Fault::new("metered", refusal).path("/token"));
        self.create(job, "metered", &[("roomName", "r"), ("privacy", "private")]);
        let (_, entry) = self.done();
        assert_eq!((&entry.outcome, entry.incomplete), (&Outcome::Created, true));
        entry
    }

    /// Why nothing could be completed.
    #[track_caller]
    fn not_completed(&self) -> (JobId, Kind) {
        loop {
            match self.next() {
                Message::NotCompleted(job, error) => return (job, error.kind),
                Message::JobDone(job, entry) => panic!("{job}: {entry:?}"),
                _ => {}
            }
        }
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
    assert_eq!(hall.lacking(1).warnings.len(), 1);
    hall.worker.complete(1);
    let (job, entry) = hall.done();
    assert_eq!((job, entry.outcome.clone(), entry.incomplete), (1, Outcome::Created, false));
    assert!(
        entry.warnings.is_empty() && entry.details.iter().filter(|one| one.secret).count() == 2,
        "{entry:?}"
    );
    assert_eq!(hall.sandbox.created("metered"), 1);
    assert_eq!(hall.sandbox.requests().len(), 4, "the room, both tokens, the missing token");
    // Nothing is missing any more.
    hall.worker.complete(1);
    assert_eq!(hall.not_completed(), (1, Kind::Other));
    assert_eq!(hall.sandbox.requests().len(), 4);
}

#[test]
fn what_cannot_be_completed_now_can_be_later() {
    let hall = Hall::new(4);
    hall.worker.complete(1);
    assert_eq!(hall.not_completed(), (1, Kind::Other), "there is no thread yet");
    hall.lacking(1);
    let metered = hall.profiles.lock().unwrap().remove(2);
    hall.worker.complete(1);
    assert_eq!(hall.not_completed(), (1, Kind::Config), "the profile is gone");
    hall.profiles.lock().unwrap().push(metered);
    hall.change("metered", |profile| profile.provider = "whereby".into());
    hall.worker.complete(1);
    assert_eq!(hall.not_completed(), (1, Kind::Config), "it is one of another provider");
    assert_eq!(hall.sandbox.requests().len(), 3, "nothing was sent");
    hall.change("metered", |profile| profile.provider = "metered".into());
    hall.worker.complete(1);
    let (job, entry) = hall.done();
    assert_eq!((job, entry.incomplete, entry.warnings.len()), (1, false, 0), "{entry:?}");
}

#[test]
fn a_room_is_completed_with_the_key_of_now() {
    let hall = Hall::new(4);
    hall.lacking(1);
    let mut old = Vec::new();
    hall.change("metered", |profile| {
        old.clone_from(&profile.settings);
        let key = profile.settings.iter_mut().find(|(name, _)| name == "secret_key").unwrap();
        key.1 = SettingSource::Secret(SecretSource::Inline(Secret::new("rotated")));
    });
    hall.worker.complete(1);
    let (_, entry) = hall.done();
    assert!(entry.incomplete && entry.warnings[0].as_str().contains("secret key"), "{entry:?}");
    hall.change("metered", |profile| profile.settings = old);
    hall.worker.complete(1);
    assert!(!hall.done().1.incomplete);
}

#[test]
fn a_profile_of_another_provider_by_now_sends_its_key_nowhere() {
    let hall = Hall::new(4);
    hall.change("bunch", |profile| profile.provider = "whereby".into());
    hall.bunch(1, "one");
    let Message::JobDone(1, entry) = hall.next() else { panic!("something was sent") };
    assert_eq!((kind(&entry), entry.outcome.name()), (Kind::Config, "not_created"), "{entry:?}");
    assert_eq!(hall.sandbox.requests().len(), 0);
}

fn on_one_thread() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn what_a_first_call_makes_ready_holds_up_no_other() {
    let hall = Hall::new(4);
    hall.create(1, "whereby", &[("endDate", "in 2h")]);
    let (_, entry) = hall.done();
    let page = Catalog::embedded().usable("whereby").unwrap();
    // Reading this fails at once, on whichever thread it is read.
    hall.change("whereby", |profile| profile.ca_file = Some("/none/such.pem".into()));
    let profile = hall.profiles.lock().unwrap()[4].clone();
    let caller = Caller::new(Arc::new(|_| None), hall.clock.clone());
    let (_give, halt) = watch::channel(None);
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().max_blocking_threads(1).build().unwrap().block_on(async {
        // The one thread that may wait does so.
        let (free, wait) = channel::<()>();
        tokio::task::spawn_blocking(move || wait.recv());
        let question = Question::new(Asking::Check, &entry, Arc::clone(&page)).unwrap();
        tokio::select! {
            biased;
            answer = caller.ask(&question, &profile, halt) => panic!("the thread of all calls did it: {answer:?}"),
            () = std::future::ready(()) => {}
        }
        tokio::select! {
            biased;
            proof = caller.test(&page, &profile) => panic!("the thread of all calls did it: {proof:?}"),
            () = std::future::ready(()) => {}
        }
        drop(free);
    });
}

#[test]
fn the_log_tells_what_never_left_from_what_was_not_answered() {
    let hall = Hall::new(1);
    let plan = hall.plan(1, "metered", &[("roomName", "r"), ("privacy", "private")]);
    hall.change("metered", |profile| {
        let base = profile.settings.iter_mut().find(|(name, _)| name == "base_url").unwrap();
        let SettingSource::Plain(url) = &mut base.1 else { panic!("{base:?}") };
        *url = url.replace("127.0.0.1", "localhost");
    });
    let profile = hall.profiles.lock().unwrap()[2].clone();
    let (halt, halting) = watch::channel(None);
    let (halt, asked) = (Arc::new(halt), AtomicUsize::new(0));
    // The host is found for the room; while it is looked for once more, the user stops the job.
    let lookup: Lookup = Arc::new(move |_| {
        let (turn, halt) = (asked.fetch_add(1, Ordering::SeqCst), Arc::clone(&halt));
        Box::pin(async move {
            if turn > 0 {
                halt.send_replace(Some(Halt::User));
                std::future::pending::<()>().await;
            }
            Ok(vec![([127, 0, 0, 1], 0).into()])
        })
    });
    let told: Arc<Mutex<Vec<Heard>>> = Arc::default();
    let heard = Arc::clone(&told);
    let caller =
        Caller { door: Door::looking_up(lookup), ..Caller::new(Arc::new(|_| None), hall.clock.clone()) };
    let caller = caller.with_witness(Arc::new(move |exchange| heard.lock().unwrap().push(exchange.heard)));
    let (entry, flow) = on_one_thread().block_on(caller.perform(plan, &profile, halting, Arc::new(|| ())));
    assert!(flow.is_some() && entry.warnings.len() == 2, "{entry:?}");
    let told = told.lock().unwrap();
    let [Heard::Answer(_), Heard::NotSent(why)] = &told[..] else { panic!("{told:?}") };
    assert_eq!(why.as_str(), "stopped before anything was sent");
    assert!(entry.warnings[0].as_str().ends_with("stopped before anything was sent"), "{entry:?}");
}
