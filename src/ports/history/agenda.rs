//! When the history's thread has something to do though nobody asks.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Between two looks at calls of other runs, whose end nothing tells of.
const GLANCE: Duration = Duration::from_secs(10);
/// When to look again after a file has changed: a commit is seen only some time after its bytes are written.
const ECHOES: [Duration; 2] = [Duration::from_millis(150), Duration::from_millis(1200)];
/// Between two times of clearing away what has ended.
const TIDY: Duration = Duration::from_secs(3600);

pub(super) struct Agenda {
    tidy: Instant,
    looks: VecDeque<Instant>,
}

impl Agenda {
    pub fn new() -> Agenda {
        Agenda { tidy: Instant::now() + TIDY, looks: VecDeque::new() }
    }

    /// There is a file to clear up that was not there before.
    pub fn tidy_now(&mut self) {
        self.tidy = Instant::now();
    }

    /// Something has had its time so soon.
    pub fn tidy_within(&mut self, time: Duration) {
        self.tidy = self.tidy.min(Instant::now() + time);
    }

    /// Whether it is time to clear up; then the next time is an hour later.
    pub fn is_tidy_due(&mut self) -> bool {
        let due = self.tidy <= Instant::now();
        if due {
            self.tidy = Instant::now() + TIDY;
        }
        due
    }

    /// The file has changed.
    pub fn changed(&mut self) {
        self.looks = ECHOES.map(|after| Instant::now() + after).into();
    }

    /// Whether it is time to look at the file; each time counts once.
    pub fn is_look_due(&mut self) -> bool {
        let due = self.looks.front().is_some_and(|at| *at <= Instant::now());
        if due {
            self.looks.pop_front();
        }
        due
    }

    /// How long nothing needs to be done, where writing is due after `write` and calls of other runs may end.
    pub fn rest(&self, write: Option<Duration>, waiting: bool) -> Duration {
        let now = Instant::now();
        let left = |at: &Instant| at.saturating_duration_since(now);
        let rest = self.looks.front().map_or(TIDY, left).min(left(&self.tidy));
        let rest = if waiting { rest.min(GLANCE) } else { rest };
        write.map_or(rest, |write| rest.min(write))
    }
}
