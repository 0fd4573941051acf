//! Who of many is next: so many at once, in order, none twice. A row that was refused because there were too many
//! calls was certainly not created: it waits as long as the provider says, everybody behind it waits with it, and then
//! it is sent again. Nothing else is sent again by itself. The console and the command line both work through it.

use jiff::{SignedDuration, Timestamp};

use crate::domain::entry::Outcome;
use crate::error::Kind;

/// Seconds before another try where the provider names none: doubled each time, up to a minute.
const FIRST_WAIT: u64 = 2;
const LONGEST_WAIT: u64 = 60;
/// The provider's own word is taken up to an hour.
const HOUR: u64 = 3600;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    Waiting,
    Running,
    Made,
    /// Certainly not created.
    Failed,
    Maybe,
}

/// How many rows stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub waiting: usize,
    pub running: usize,
    pub made: usize,
    pub failed: usize,
    pub maybe: usize,
}

/// What the end of a row means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It stays as it is.
    Final,
    /// It will be sent again.
    Again,
    /// The key was refused: nothing more is sent.
    Refused,
}

#[derive(Clone, Debug)]
pub struct Batch {
    stands: Vec<Stand>,
    /// Rows under way at once.
    width: usize,
    /// Nothing starts before.
    hold: Option<Timestamp>,
    /// Refusals in a row for too many calls.
    refusals: u32,
    pub paused: bool,
    /// Nothing more is sent until the user says so.
    pub halted: bool,
}

impl Batch {
    pub fn new(rows: usize, width: usize) -> Batch {
        let stands = vec![Stand::Waiting; rows];
        Batch { stands, width: width.max(1), hold: None, refusals: 0, paused: false, halted: false }
    }

    pub fn stand(&self, row: usize) -> Option<Stand> {
        self.stands.get(row).copied()
    }

    /// The next row to send, from now on under way.
    pub fn next(&mut self, now: Timestamp) -> Option<usize> {
        let closed = self.paused || self.halted || self.held(now).is_some();
        if closed || self.count(Stand::Running) >= self.width {
            return None;
        }
        let row = self.stands.iter().position(|stand| *stand == Stand::Waiting)?;
        self.stands[row] = Stand::Running;
        Some(row)
    }

    /// A row under way has ended.
    pub fn ended(&mut self, row: usize, outcome: &Outcome, now: Timestamp) -> End {
        let Some(stand) = self.stands.get_mut(row) else { return End::Final };
        match outcome {
            Outcome::Created => {
                *stand = Stand::Made;
                self.refusals = 0;
                End::Final
            }
            Outcome::MaybeCreated(_) => {
                *stand = Stand::Maybe;
                End::Final
            }
            Outcome::NotCreated(error) if error.kind == Kind::RateLimited => {
                *stand = Stand::Waiting;
                self.wait(error.wait, now);
                End::Again
            }
            Outcome::NotCreated(error) => {
                *stand = Stand::Failed;
                let refused = error.kind == Kind::Auth;
                self.halted |= refused;
                if refused { End::Refused } else { End::Final }
            }
        }
    }

    /// A row was taken back before anything of it was sent.
    pub fn put_back(&mut self, row: usize) {
        if let Some(stand) = self.stands.get_mut(row) {
            *stand = Stand::Waiting;
        }
    }

    fn wait(&mut self, said: Option<u64>, now: Timestamp) {
        // Calls that were under way together are refused together: that is one refusal.
        if self.held(now).is_none() {
            self.refusals = self.refusals.saturating_add(1);
        }
        let own = FIRST_WAIT.checked_shl(self.refusals.saturating_sub(1)).unwrap_or(LONGEST_WAIT);
        let seconds = said.filter(|seconds| *seconds > 0).unwrap_or(own.min(LONGEST_WAIT)).min(HOUR);
        let until = now.checked_add(SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(60)));
        self.hold = until.ok().max(self.hold);
    }

    /// Until when nothing starts.
    pub fn held(&self, now: Timestamp) -> Option<Timestamp> {
        self.hold.filter(|until| *until > now)
    }

    /// Lets the failed rows, and with `maybe` those that may exist, wait again; how many they are. What was stopped
    /// goes on.
    pub fn retry(&mut self, maybe: bool) -> usize {
        let again = |stand: &&mut Stand| **stand == Stand::Failed || (maybe && **stand == Stand::Maybe);
        let rows = self.stands.iter_mut().filter(again).map(|stand| *stand = Stand::Waiting).count();
        (self.halted, self.paused) = (false, false);
        rows
    }

    fn count(&self, wanted: Stand) -> usize {
        self.stands.iter().filter(|stand| **stand == wanted).count()
    }

    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for stand in &self.stands {
            *match stand {
                Stand::Waiting => &mut counts.waiting,
                Stand::Running => &mut counts.running,
                Stand::Made => &mut counts.made,
                Stand::Failed => &mut counts.failed,
                Stand::Maybe => &mut counts.maybe,
            } += 1;
        }
        counts
    }

    /// Nothing is under way, and nothing will be by itself.
    pub fn is_over(&self) -> bool {
        let counts = self.counts();
        counts.running == 0 && (counts.waiting == 0 || self.halted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn refused(kind: Kind, wait: Option<u64>) -> Outcome {
        let mut error = Error::new(kind, "no");
        error.wait = wait;
        Outcome::NotCreated(error)
    }

    #[test]
    fn so_many_at_once_in_order_and_none_twice() {
        let mut batch = Batch::new(3, 2);
        assert_eq!([batch.next(at(0)), batch.next(at(0)), batch.next(at(0))], [Some(0), Some(1), None]);
        assert_eq!(batch.ended(1, &Outcome::Created, at(0)), End::Final);
        assert_eq!([batch.next(at(0)), batch.next(at(0))], [Some(2), None]);
        batch.ended(0, &Outcome::Created, at(0));
        batch.ended(2, &refused(Kind::Refused, None), at(0));
        assert!(batch.is_over() && batch.next(at(0)).is_none());
        assert_eq!(batch.retry(false), 1);
        assert_eq!(batch.next(at(0)), Some(2));
    }

    #[test]
    fn too_many_calls_hold_the_lane_and_the_row_comes_again() {
        let mut batch = Batch::new(4, 2);
        assert!(batch.next(at(0)).is_some() && batch.next(at(0)).is_some());
        assert_eq!(batch.ended(0, &refused(Kind::RateLimited, Some(5)), at(0)), End::Again);
        assert_eq!(batch.ended(1, &refused(Kind::RateLimited, Some(5)), at(1)), End::Again);
        assert_eq!((batch.next(at(5)), batch.held(at(5))), (None, Some(at(6))));
        assert_eq!(batch.next(at(6)), Some(0));
        // Without a word of the provider: 2, 4, 8 … 60 seconds, and from the start after a success.
        let mut batch = Batch::new(1, 1);
        let mut now = 0;
        for wait in [2, 4, 8, 16, 32, 60, 60] {
            assert_eq!(batch.next(at(now)), Some(0));
            batch.ended(0, &refused(Kind::RateLimited, None), at(now));
            assert_eq!(batch.held(at(now)), Some(at(now + wait)));
            now += wait;
        }
        let mut batch = Batch::new(1, 1);
        batch.next(at(0));
        batch.ended(0, &refused(Kind::RateLimited, Some(u64::MAX)), at(0));
        assert_eq!(batch.held(at(0)), Some(at(3600)));
    }

    #[test]
    fn what_may_exist_comes_again_only_when_asked_for() {
        let mut batch = Batch::new(2, 2);
        assert!(batch.next(at(0)).is_some() && batch.next(at(0)).is_some());
        batch.ended(0, &Outcome::MaybeCreated(Error::new(Kind::Timeout, "?")), at(0));
        batch.ended(1, &refused(Kind::Auth, None), at(0));
        assert!(batch.halted);
        assert_eq!((batch.retry(false), batch.counts().maybe), (1, 1));
        assert_eq!(batch.retry(true), 1, "the failed one waits already");
    }

    #[test]
    fn pause_stop_and_taking_back_lose_nothing() {
        let mut batch = Batch::new(2, 1);
        batch.next(at(0));
        batch.paused = true;
        batch.put_back(0);
        assert_eq!(batch.next(at(0)), None);
        assert!(!batch.is_over());
        batch.halted = true;
        assert!(batch.is_over());
        assert_eq!(batch.retry(false), 0);
        assert_eq!(batch.next(at(0)), Some(0));
    }
}
