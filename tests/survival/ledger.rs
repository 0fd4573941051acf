//! The books of a stage: what the sandbox was asked and made on one side, what the next start lists on the other.

use std::collections::{BTreeMap, HashSet};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use roomkey::sandbox::{PROVIDERS, Room};
use serde_json::Value;

use crate::stage::Stage;

/// What the command line is told to create at a provider, under a name that no other has.
pub fn words(provider: &str, name: &str) -> Vec<String> {
    let mut words = vec!["create".into(), "-p".into(), provider.into(), "--title".into(), name.into()];
    let more = match provider {
        "bunch" => vec![format!("roomName={name}"), "userName=Ms Oshafi".into()],
        "joinme" => vec!["startWithPersonalUrl=false".into()],
        "metered" => vec![format!("roomName={name}")],
        "bigbluebutton" => vec![format!("name={name}"), format!("meetingID={name}")],
        _ => vec!["endDate=in 2h".into()],
    };
    words.extend(more);
    words
}

/// Compares both sides, step by step.
pub struct Ledger {
    requests: BTreeMap<&'static str, usize>,
    rooms: usize,
    listed: HashSet<String>,
}

/// What one step has added.
#[derive(Debug)]
pub struct Step {
    pub rooms: Vec<Room>,
    /// Requests that arrived, by provider.
    pub requests: BTreeMap<&'static str, usize>,
    /// As `links --all --json --reveal` lists them.
    pub entries: Vec<Value>,
}

impl Ledger {
    pub fn new() -> Ledger {
        Ledger { requests: BTreeMap::new(), rooms: 0, listed: HashSet::new() }
    }

    /// What has come since the last time, after all that is on its way to the sandbox has arrived.
    pub fn step(&mut self, stage: &Stage) -> Step {
        flush(stage);
        let mut requests: BTreeMap<&'static str, usize> = BTreeMap::new();
        for request in stage.sandbox.requests() {
            *requests.entry(request.provider).or_default() += 1;
        }
        requests.remove("");
        let fresh = requests.iter().map(|(provider, count)| {
            (*provider, count - self.requests.get(provider).copied().unwrap_or_default())
        });
        let fresh = fresh.collect();
        self.requests = requests;
        let mut rooms = stage.sandbox.rooms();
        rooms.drain(..self.rooms);
        self.rooms += rooms.len();
        let entries = listed(stage).into_iter().filter(|entry| self.listed.insert(id(entry))).collect();
        Step { rooms, requests: fresh, entries }
    }

    pub fn known(&self) -> usize {
        self.listed.len()
    }
}

impl Step {
    /// Every room is listed, as a link or as maybe; every link leads to a room; nothing was asked for more often than
    /// it was said, which is `said` times at each provider.
    #[track_caller]
    pub fn check(&self, said: impl Fn(&str) -> usize, place: &str) {
        for provider in PROVIDERS {
            let requests = self.requests.get(provider).copied().unwrap_or_default();
            let rooms: Vec<&Room> = self.rooms.iter().filter(|room| room.provider == provider).collect();
            let entries: Vec<&Value> =
                self.entries.iter().filter(|entry| entry["provider"] == provider).collect();
            let with = |outcome: &str| entries.iter().filter(|e| e["outcome"] == outcome).count();
            let whole = || format!("{place}, {provider}: {self:#?}");
            assert!(requests <= said(provider), "sent twice: {}", whole());
            assert!(rooms.iter().all(|room| room.created == 1), "made twice: {}", whole());
            assert!(entries.len() <= said(provider), "listed twice: {}", whole());
            let linked: Vec<bool> =
                rooms.iter().map(|room| entries.iter().any(|entry| leads_to(entry, room))).collect();
            let lost = linked.iter().filter(|linked| !**linked).count();
            assert_eq!(linked.len() - lost, with("created"), "links without a room: {}", whole());
            assert!(lost <= with("maybe_created"), "lost: {}", whole());
        }
    }

    /// Every link that was printed is in the history.
    #[track_caller]
    pub fn is_kept(&self, printed: &str, place: &str) {
        for url in printed.split_whitespace().filter(|word| word.starts_with("http://")) {
            let kept = self.entries.iter().any(|entry| entry.to_string().contains(&format!("\"{url}\"")));
            assert!(kept, "{place}: shown and not kept: {url}\n{self:#?}");
        }
    }

    pub fn with(&self, outcome: &str) -> usize {
        self.entries.iter().filter(|entry| entry["outcome"] == outcome).count()
    }
}

/// All that the next start lists.
pub fn listed(stage: &Stage) -> Vec<Value> {
    let ran = stage.run(&["links", "--all", "--json", "--reveal"]);
    assert!(ran.code == 0 && ran.err.is_empty(), "{ran:?}");
    ran.json().as_array().unwrap().clone()
}

pub fn id(entry: &Value) -> String {
    entry["id"].as_str().unwrap().to_owned()
}

/// Whether a link of the entry is one into the room.
pub fn leads_to(entry: &Value, room: &Room) -> bool {
    let links = entry["links"].as_array().unwrap();
    let mut urls = links.iter().filter_map(|link| link["url"].as_str());
    entry["outcome"] == "created"
        && urls.any(|url| url.split(['/', '?', '&', '=']).any(|part| part == room.id || part == room.name))
}

/// Asks the sandbox for something that is not there: connections are served in their order, so after the answer
/// everything that was sent before has been seen.
fn flush(stage: &Stage) {
    for _ in 0..2 {
        let address = stage.sandbox.origin().replace("http://", "");
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(b"GET /flush HTTP/1.1\r\nhost: sandbox\r\nconnection: close\r\n\r\n").unwrap();
        stream.read_to_end(&mut Vec::new()).unwrap();
    }
    // What was sent in pieces is whole or given up.
    assert!(stage.sandbox.wait_for(Duration::from_secs(30), |_| true));
}

/// SQLite finds nothing to complain about.
#[track_caller]
pub fn is_sound(stage: &Stage) {
    let path = stage.home().join("state/roomkey/history.db");
    let conn = rusqlite::Connection::open(path).unwrap();
    let said: String = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(said, "ok");
}
