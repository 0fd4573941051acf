//! The log file, for whoever has to find out afterwards what happened: off unless asked for by `--log-level`. Lines are
//! told by our own code alone, no library writes here whatever the environment says, and each is freed of secrets
//! before it leaves for the thread that owns the file. Addresses are told without their queries; what an answer says
//! is not told at all.

mod file;

use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender, TrySendError};
use std::time::Duration;

use jiff::Timestamp;

use crate::domain::mask;
use crate::domain::text::DisplayText;
use crate::error::{Error, Kind, Result};

use file::LogFile;

/// Lines that may wait for the disk; more are counted and dropped, so that nobody ever waits for the log.
const WAITING: usize = 1024;

/// How much is told; each level holds the ones before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    #[default]
    Off,
    /// What failed.
    Error,
    /// What went on with something missing.
    Warn,
    /// What was begun and how it ended.
    Info,
    /// Every request with its status and size.
    Debug,
    /// The headers too.
    Trace,
}

impl Level {
    pub const ALL: [Level; 6] =
        [Level::Off, Level::Error, Level::Warn, Level::Info, Level::Debug, Level::Trace];

    pub fn name(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Error => "error",
            Level::Warn => "warn",
            Level::Info => "info",
            Level::Debug => "debug",
            Level::Trace => "trace",
        }
    }

    pub fn named(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// The log of this process, once there is one.
static LOG: OnceLock<Log> = OnceLock::new();

struct Log {
    level: Level,
    orders: SyncSender<Order>,
    lost: AtomicUsize,
}

enum Order {
    Line(String),
    Flush(mpsc::Sender<()>),
}

/// Opens `roomkey.log` in the directory and begins to listen. Only the first call counts.
pub fn start(level: Level, dir: &Path) -> Result<()> {
    if level == Level::Off || LOG.get().is_some() {
        return Ok(());
    }
    let failed = |why: String| Error::new(Kind::Storage, format!("no log is kept: {why}"));
    let file = LogFile::open(dir).map_err(failed)?;
    let (orders, wait) = mpsc::sync_channel(WAITING);
    let thread = std::thread::Builder::new().name("log".into());
    thread.spawn(move || keep(file, &wait)).map_err(|_| failed("no thread can be started".into()))?;
    let _ = LOG.set(Log { level, orders, lost: AtomicUsize::new(0) });
    Ok(())
}

pub fn error(text: impl FnOnce() -> String) {
    tell(Level::Error, text);
}

pub fn warn(text: impl FnOnce() -> String) {
    tell(Level::Warn, text);
}

pub fn info(text: impl FnOnce() -> String) {
    tell(Level::Info, text);
}

pub fn debug(text: impl FnOnce() -> String) {
    tell(Level::Debug, text);
}

pub fn trace(text: impl FnOnce() -> String) {
    tell(Level::Trace, text);
}

/// Waits for the disk, but not longer than this; for a program that ends.
pub fn flush(patience: Duration) {
    let Some(log) = LOG.get() else { return };
    let (done, wait) = mpsc::channel();
    if log.orders.try_send(Order::Flush(done)).is_ok() {
        let _ = wait.recv_timeout(patience);
    }
}

fn tell(level: Level, text: impl FnOnce() -> String) {
    let Some(log) = LOG.get().filter(|log| level <= log.level) else { return };
    let lost = log.lost.swap(0, Ordering::Relaxed);
    if lost > 0 {
        log.send(line(Level::Warn, &format!("{lost} lines were lost here: the disk was too slow")));
    }
    log.send(line(level, &text()));
}

impl Log {
    fn send(&self, line: String) {
        if let Err(TrySendError::Full(_)) = self.orders.try_send(Order::Line(line)) {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Time, process, level and text; one line, without secrets and without what could move a cursor.
fn line(level: Level, text: &str) -> String {
    let now = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ");
    let text = DisplayText::line(&mask::hide(text));
    format!("{now} {} {:5} {text}\n", std::process::id(), level.name())
}

fn keep(mut file: LogFile, orders: &Receiver<Order>) {
    for order in orders {
        match order {
            Order::Line(line) => file.write(&line),
            // Each line is written when it comes, so all before this one are.
            Order::Flush(done) => drop(done.send(())),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::secret::{MASK, Secret};

    use super::*;

    #[test]
    fn a_line_is_one_line_without_secrets() {
        mask::watch(&Secret::new("log-canary-42"));
        let line = line(Level::Warn, "a\u{1b}[2J\nkey=log-canary-42&x log%2Dcanary-42 \u{202e}");
        assert_eq!(line.matches('\n').count(), 1);
        assert!(line.ends_with('\n') && line.contains(" warn  a"));
        assert!(line.contains(&format!("key={MASK}&x")) && !line.contains("canary-42&"), "{line}");
        assert!(!line.trim_end().contains(|c: char| c.is_control() || c == '\u{202e}'), "{line:?}");
    }

    #[test]
    fn levels_have_names_and_an_order() {
        for level in Level::ALL {
            assert_eq!(Level::named(level.name()), Some(level));
        }
        assert!(Level::ALL.is_sorted());
        assert_eq!(Level::named("verbose"), None);
    }
}
