//! A sandbox with a clock that the test turns, and an HTTP client that hides nothing: it sends the bytes it is given
//! and reads to the end of the connection.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use roomkey::sandbox::{Running, Sandbox, World};
use serde_json::Value;

/// 2026-11-21T14:00:00Z
pub const NOON: i64 = 1_795_269_600;

pub struct House {
    pub running: Running,
    clock: Arc<AtomicI64>,
}

impl House {
    pub fn open() -> House {
        let clock = Arc::new(AtomicI64::new(NOON));
        let read = clock.clone();
        let now = move || Timestamp::from_second(read.load(Ordering::SeqCst)).unwrap();
        let world = World { now: Arc::new(now), seed: 7 };
        House { running: Sandbox::bind(0, world).unwrap().serve().unwrap(), clock }
    }

    /// A house around a sandbox that serves already; its clock is the sandbox's own.
    pub fn of(running: Running) -> House {
        House { running, clock: Arc::default() }
    }

    pub fn pass(&self, seconds: i64) {
        self.clock.fetch_add(seconds, Ordering::SeqCst);
    }

    pub fn setting(&self, provider: &str, name: &str) -> String {
        let settings = self.running.settings(provider);
        settings.into_iter().find(|(key, _)| key == name).unwrap().1
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.running.origin().trim_start_matches("http://")).unwrap();
        // only a guard against a test that would hang
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// A request to a path or to a whole address of this sandbox.
    pub fn ask(&self, method: &str, target: &str) -> Ask<'_> {
        let target = target.strip_prefix(&self.running.origin()).unwrap_or(target).to_owned();
        Ask { house: self, method: method.to_owned(), target, headers: Vec::new(), body: Vec::new() }
    }

    pub fn get(&self, target: &str) -> Reply {
        self.ask("GET", target).send()
    }
}

pub struct Ask<'a> {
    house: &'a House,
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Ask<'_> {
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn bearer(self, key: &str) -> Self {
        self.header("Authorization", &format!("Bearer {key}"))
    }

    pub fn json(self, body: &Value) -> Self {
        self.header("Content-Type", "application/json").body(body.to_string().as_bytes())
    }

    pub fn body(mut self, body: &[u8]) -> Self {
        self.body = body.to_vec();
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut head =
            format!("{} {} HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\n", self.method, self.target);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("Content-Length: {}\r\n\r\n", self.body.len()));
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(&self.body);
        bytes
    }

    /// Sends the request on a connection that the caller reads.
    pub fn begin(&self) -> TcpStream {
        let mut stream = self.house.connect();
        stream.write_all(&self.bytes()).unwrap();
        stream
    }

    /// Everything that comes until the connection ends, or how it broke.
    pub fn raw(&self) -> std::io::Result<Vec<u8>> {
        let mut answer = Vec::new();
        self.begin().read_to_end(&mut answer).map(|_| answer)
    }

    pub fn send(&self) -> Reply {
        Reply::parse(&self.raw().unwrap())
    }
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn parse(bytes: &[u8]) -> Reply {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an HTTP head");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let pairs = lines.map(|line| line.split_once(": ").unwrap());
        let headers = pairs.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        Reply { status, headers, body: bytes[end + 4..].to_vec() }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// The text of the first XML element of that name.
    pub fn element(&self, name: &str) -> Option<String> {
        let text = self.text();
        let xml = roxmltree::Document::parse(&text).unwrap();
        let found = xml.descendants().find(|node| node.has_tag_name(name))?;
        Some(found.text().unwrap_or_default().to_owned())
    }
}
