//! A directory for a history, and entries to put into it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use roomkey::domain::entry::{Asked, Detail, Entry, Outcome};
use roomkey::domain::link::{Audience, Ends, Link, Reuse, Source};
use roomkey::domain::secret::Secret;
use roomkey::domain::text::DisplayText;
use roomkey::error::{Error, Kind};
use roomkey::ports::clock::Clock;
use roomkey::ports::history::{History, Keep, Options, Report, Shelf};
use tempfile::TempDir;

pub const NOW: &str = "2026-11-21T14:00:00Z";
pub const LIMIT: Duration = Duration::from_secs(30);

pub struct House {
    _home: Arc<TempDir>,
    pub dir: PathBuf,
    pub clock: Clock,
    /// How long entries are kept.
    pub days: i64,
}

/// One run of the program, as far as the history sees it.
pub struct Run {
    pub history: History,
    pub reports: Receiver<Report>,
}

impl House {
    pub fn new() -> House {
        let home = TempDir::new().unwrap();
        let clock = Clock::fixed(NOW.parse().unwrap(), TimeZone::UTC);
        House { dir: home.path().join("state/roomkey"), _home: Arc::new(home), clock, days: 90 }
    }

    /// The same place under another clock.
    pub fn at(&self, clock: Clock) -> House {
        House { _home: Arc::clone(&self._home), dir: self.dir.clone(), clock, days: self.days }
    }

    pub fn db(&self) -> PathBuf {
        self.dir.join("history.db")
    }

    pub fn open(&self, run: &str) -> Run {
        self.open_with(run, Keep::All)
    }

    pub fn open_with(&self, run: &str, keep: Keep) -> Run {
        let (give, reports) = channel();
        let options = Options {
            dir: self.dir.clone(),
            keep,
            keep_days: self.days,
            clock: self.clock.clone(),
            run: run.into(),
            reads: true,
            at_once: true,
        };
        let history = History::start(options, Box::new(move |report| drop(give.send(report)))).unwrap();
        Run { history, reports }
    }

    /// What a new reader finds, the oldest first.
    pub fn entries(&self) -> Vec<Entry> {
        Shelf::open(&self.dir).unwrap().entries
    }

    pub fn later(&self, by: SignedDuration) -> Timestamp {
        self.clock.now().checked_add(by).unwrap()
    }

    /// Every byte of every file of the state.
    pub fn bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(&self.dir).unwrap().flatten();
        let files = files.filter(|file| file.file_type().unwrap().is_file());
        files.flat_map(|file| std::fs::read(file.path()).unwrap()).collect()
    }

    pub fn holds(&self, text: &str) -> bool {
        self.bytes().windows(text.len()).any(|window| window == text.as_bytes())
    }

    /// A created entry with a guest and a host link that end in an hour.
    pub fn entry(&self, id: &str) -> Entry {
        let ends = Ends::At { time: self.later(SignedDuration::from_hours(1)), hard: true };
        let link = |audience: Audience, url: String| Link {
            id: audience.name().into(),
            label: format!("{} link", audience.name()),
            url: Secret::new(url),
            audience,
            reuse: Reuse::Once,
            secret: audience == Audience::Host,
            ends: ends.clone(),
            source: Source::Server,
            note: Some("then it closes".into()),
            warning: None,
        };
        let detail = |key: &str, value: String, secret: bool| Detail {
            key: key.into(),
            label: key.into(),
            value: Secret::new(value),
            secret,
            copy: false,
            host: secret,
        };
        Entry {
            id: id.into(),
            created_at: self.clock.now(),
            profile: "whereby".into(),
            provider: "whereby".into(),
            operation: "create".into(),
            name: DisplayText::line("Täglich 👩\u{200d}💻"),
            asked: Asked {
                values: vec![("endDate".into(), "in 2h".into())],
                title: Some("Täglich".into()),
                ticket: Some("T-1".into()),
            },
            outcome: Outcome::Created,
            links: vec![
                link(Audience::Guest, format!("https://a.example/guest-{id}")),
                link(Audience::Host, format!("https://a.example/host-{id}?roomKey=eyJ")),
            ],
            details: vec![
                detail("meetingId", "84120".into(), false),
                detail("organizerCode", format!("pin-{id}"), true),
            ],
            deleted: None,
            incomplete: false,
            warnings: vec![DisplayText::line("no viewer link")],
            status: Some(201),
            took: 20,
        }
    }

    pub fn intent(&self, id: &str) -> Entry {
        let error = Error::new(Kind::Unclear, "roomkey ended").hint("check at Whereby");
        Entry {
            outcome: Outcome::MaybeCreated(error),
            links: Vec::new(),
            details: Vec::new(),
            ..self.entry(id)
        }
    }
}

impl Run {
    pub fn intend(&self, entry: &Entry) -> Result<(), String> {
        wait(self.history.intend(entry.clone()))
    }

    pub fn keep(&self, entry: &Entry) -> Result<(), String> {
        wait(self.history.keep(entry.clone()))
    }

    pub fn mark(&self, entry: &Entry) -> Result<(), String> {
        wait(self.history.mark(entry.clone()))
    }

    #[track_caller]
    pub fn next(&self) -> Report {
        self.reports.recv_timeout(LIMIT).expect("a report")
    }

    /// What was there at the start.
    #[track_caller]
    pub fn first(&self) -> Vec<Entry> {
        match self.next() {
            Report::Entries(entries) => entries,
            other => panic!("{other:?}"),
        }
    }

    /// The next sentence about what has happened.
    #[track_caller]
    pub fn notice(&self) -> String {
        loop {
            if let Report::Notice(notice) = self.next() {
                return notice;
            }
        }
    }

    /// The next sentence about trouble.
    #[track_caller]
    pub fn trouble(&self) -> Option<String> {
        loop {
            if let Report::Trouble(trouble) = self.next() {
                return trouble;
            }
        }
    }

    pub fn close(self) -> Vec<String> {
        self.history.close(LIMIT)
    }
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

pub fn ids(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.id.as_str()).collect()
}
