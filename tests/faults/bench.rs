//! A caller as the program has it, with small limits, and a sandbox that misbehaves before it. What becomes of a
//! creation is judged the same way everywhere: outcome, kind, one sentence, one request, no secret, an inert screen.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use roomkey::config::{CONCURRENCY, Profile, SettingSource};
use roomkey::domain::entry::{Asked, Entry, Outcome};
use roomkey::domain::page::Page;
use roomkey::domain::secret::{Secret, SecretSource};
use roomkey::error::Result;
use roomkey::ports::clock::Clock;
use roomkey::ports::http::Limits;
use roomkey::provider::catalog::Catalog;
use roomkey::provider::compose::{Start, compose};
use roomkey::provider::generate::Pieces;
use roomkey::provider::key_test::Proof;
use roomkey::provider::plan::Plan;
use roomkey::provider::settings::{Setting, Settings};
use roomkey::provider::validate::{Context, validate};
use roomkey::sandbox::{Act, Fault, PROVIDERS, Running, Sandbox, World};
use roomkey::worker::call::{Caller, settings_of};
use tokio::sync::watch;

use crate::inert;
use crate::support::console::NOW;

/// Long enough for a loopback answer on a busy machine.
pub const PATIENT: Limits = Limits {
    connect: Duration::from_secs(5),
    first_byte: Duration::from_secs(20),
    whole: Duration::from_secs(30),
    body: 256 * 1024,
};

/// For an answer that never comes: the silence ends after this.
pub const HASTY: Limits = Limits { first_byte: Duration::from_millis(300), ..PATIENT };

/// No sandbox takes as long; who waits so long for it waits in vain.
pub const PATIENCE: Duration = Duration::from_secs(60);

static PAGES: LazyLock<BTreeMap<String, Arc<Page>>> = LazyLock::new(|| {
    let catalog = Catalog::embedded();
    PROVIDERS.iter().map(|id| ((*id).to_owned(), catalog.usable(id).unwrap())).collect()
});

pub struct Bench {
    pub sandbox: Running,
    pub caller: Caller,
    pub pages: BTreeMap<String, Arc<Page>>,
    /// Rooms named so far: no two are named alike.
    names: AtomicUsize,
    runtime: tokio::runtime::Runtime,
}

impl Bench {
    pub fn new() -> Bench {
        Bench::within(PATIENT)
    }

    pub fn within(limits: Limits) -> Bench {
        let now: Timestamp = NOW.parse().unwrap();
        let clock = Clock::fixed(now, TimeZone::UTC);
        Bench {
            sandbox: Sandbox::bind(0, World::still(now, 7)).unwrap().serve().unwrap(),
            caller: Caller { limits, ..Caller::new(Arc::new(|_| None), clock) },
            pages: PAGES.clone(),
            names: AtomicUsize::new(0),
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap(),
        }
    }

    /// A profile of the provider on the sandbox; `instead` replaces settings or adds to them.
    pub fn profile(&self, provider: &str, instead: &[(&str, &str)]) -> Profile {
        let mut given: BTreeMap<String, String> = self.sandbox.settings(provider).into_iter().collect();
        given.extend(instead.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
        let page = &self.pages[provider];
        let source = |(key, value): (String, String)| match page.settings.get(&key).unwrap().secret {
            true => (key, SettingSource::Secret(SecretSource::Inline(Secret::new(value)))),
            false => (key, SettingSource::Plain(value)),
        };
        Profile {
            name: provider.into(),
            provider: provider.into(),
            file: "test".into(),
            settings: given.into_iter().map(source).collect(),
            defaults: Vec::new(),
            default_preset: None,
            link_hosts: Vec::new(),
            ca_file: None,
            concurrency: CONCURRENCY,
            prefix: None,
        }
    }

    /// A plan of the first operation, or the one named, with these values over the quick ones.
    pub fn plan(&self, profile: &Profile, operation: Option<&str>, typed: &[(&str, &str)]) -> Plan {
        let page = &self.pages[&profile.provider];
        let first = page.first_operation().unwrap();
        let id = operation.unwrap_or(&first.0);
        let spec = page.operation(id).unwrap();
        let now = self.caller.clock.now();
        let pieces = || Pieces {
            now: now.to_zoned(TimeZone::UTC),
            rand: format!("k3v9x{:05}", self.names.fetch_add(1, Ordering::Relaxed)),
            prefix: String::new(),
            ticket: String::new(),
            agent: "Ada".into(),
        };
        let typed = typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let raw = compose(spec, Start::Quick, &[&typed], &mut { pieces });
        let settings = Settings::complete(page, settings_of(profile, |_| Setting::Hidden));
        let checked = validate(spec, &raw, &Context { now, zone: &TimeZone::UTC, settings: &settings });
        assert!(checked.is_ready(), "{}: {:?}", page.id, checked.problems);
        Plan {
            id: "e1".into(),
            created_at: now,
            profile: profile.name.clone(),
            page: Arc::clone(page),
            operation: id.to_owned(),
            values: checked.values,
            asked: Asked::default(),
            agent: "Ada".into(),
            link_hosts: Vec::new(),
            among_many: false,
        }
    }

    pub fn perform(&self, profile: &Profile, plan: Plan) -> Entry {
        let (_give, halt) = watch::channel(None);
        self.runtime.block_on(self.caller.perform(plan, profile, halt, Arc::new(|| ()))).0
    }

    pub fn test_key(&self, profile: &Profile) -> Result<Proof> {
        self.runtime.block_on(self.caller.test(&self.pages[&profile.provider], profile))
    }

    /// The first operation with its quick values.
    pub fn create(&self, provider: &str) -> Entry {
        let profile = self.profile(provider, &[]);
        let plan = self.plan(&profile, None, &[]);
        self.perform(&profile, plan)
    }

    /// The first operation, while this befalls its first request; judged in every respect but its outcome.
    #[track_caller]
    pub fn befallen(&self, provider: &str, name: &str, act: Act) -> Entry {
        self.sandbox.behave();
        self.sandbox.order(Fault::new(provider, act));
        let before = self.sandbox.requests().len();
        let begun = Instant::now();
        let entry = self.create(provider);
        assert!(begun.elapsed() < 2 * PATIENT.whole, "{provider}, {name}: took too long");
        // Who gives up soon may be done before the sandbox has listed what it was sent.
        assert!(
            self.sandbox.wait_for(PATIENCE, |seen| seen.len() > before),
            "{provider}, {name}: nothing came"
        );
        assert_eq!(self.sandbox.requests().len() - before, 1, "{provider}, {name}: requests");
        self.check(&entry, &format!("{provider}, {name}"));
        entry
    }

    /// The same with its outcome and kind.
    #[track_caller]
    pub fn ends(&self, provider: &str, name: &str, act: Act, outcome: &str, kind: &str) -> Entry {
        let entry = self.befallen(provider, name, act);
        outcome_is(&entry, &format!("{provider}, {name}"), outcome, kind);
        entry
    }

    /// One sentence, no secret, an inert screen.
    #[track_caller]
    pub fn check(&self, entry: &Entry, place: &str) {
        if let Some(error) = entry.outcome.error() {
            sentence(error.message(), place);
            sentence(error.next_step().unwrap_or("there is none"), place);
            if matches!(entry.outcome, Outcome::MaybeCreated(_)) {
                assert!(error.next_step().is_some(), "{place}: what is to be done? {error:?}");
            }
        }
        let screens = inert::screens(entry, place);
        let shown = format!("{screens}{entry:?}{:?}", entry.outcome.error());
        for secret in self.secrets() {
            assert!(!shown.contains(&secret), "{place}: a secret is shown\n{screens}");
        }
    }

    /// The keys of every profile.
    pub fn secrets(&self) -> Vec<String> {
        let of = |id: &str| {
            let is_secret = |key: &str| self.pages[id].settings.get(key).unwrap().secret;
            let all = self.sandbox.settings(id).into_iter();
            all.filter(|(key, _)| is_secret(key)).map(|(_, value)| value).collect::<Vec<_>>()
        };
        PROVIDERS.iter().flat_map(|id| of(id)).collect()
    }
}

#[track_caller]
pub fn outcome_is(entry: &Entry, place: &str, outcome: &str, kind: &str) {
    let got = entry.outcome.error().map_or("-", |error| error.kind.name());
    assert_eq!((entry.outcome.name(), got), (outcome, kind), "{place}: {:?}", entry.outcome);
    if outcome != "created" {
        assert!(entry.links.is_empty(), "{place}: {:?}", entry.links);
    }
}

/// One clause for a reader, and nothing a parser or a library said.
#[track_caller]
fn sentence(text: &str, place: &str) {
    assert!(!text.is_empty() && text.chars().count() < 320, "{place}: {text}");
    assert!(!text.contains('\n') && !text.ends_with('.'), "{place}: {text}");
    for word in
        [" expected ", " at line ", "invalid type", "Err(", "Some(", "error sending", "hyper", "reqwest"]
    {
        assert!(!text.contains(word), "{place}: {text}");
    }
}

/// An answer with this status and body.
pub fn answer(status: u16, body: impl AsRef<[u8]>) -> Act {
    Act::Answer { status, headers: Vec::new(), body: body.as_ref().to_vec() }
}

/// An answer with this header as well.
pub fn headed(status: u16, name: &str, value: &str, body: impl AsRef<[u8]>) -> Act {
    Act::Answer { status, headers: vec![(name.into(), value.into())], body: body.as_ref().to_vec() }
}

/// What each service answers when all is well, with links at its usual hosts.
pub fn good(provider: &str) -> &'static str {
    match provider {
        "bunch" => {
            r#"{"joinUrl":"https://meet.bunch.community/r?jwt=eyJ","roomName":"r","jwt":"eyJ","expiresIn":7200}"#
        }
        "joinme" => {
            r#"{"presenterLink":"https://secure.join.me/start?token=T","viewerLink":"https://join.me/123-456"}"#
        }
        "metered" => r#"{"roomName":"r","privacy":"public"}"#,
        "bigbluebutton" => {
            "<response><returncode>SUCCESS</returncode><meetingID>m</meetingID>\
             <createTime>1715261728123</createTime></response>"
        }
        _ => {
            r#"{"meetingId":"1","roomUrl":"https://acme.whereby.com/r","hostRoomUrl":"https://acme.whereby.com/r?roomKey=K","endDate":"2026-11-21T16:00:00Z"}"#
        }
    }
}
