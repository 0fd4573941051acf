//! The inbox in which keys, results and signals meet: one channel, waited for without a time-out unless a timer is
//! armed, and emptied before anything is drawn. So a burst of keys is drawn once, and nothing runs while nothing
//! happens.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Instant;

/// Messages taken at once at most, so that a flood cannot keep the screen from being drawn.
const BATCH: usize = 1024;

/// The receiving end; the program's threads hold clones of the sender.
pub struct Inbox<M> {
    receiver: Receiver<M>,
}

/// What a wait came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Batch<M> {
    /// In the order of their sending; never empty.
    Messages(Vec<M>),
    /// The timer rang first.
    Timer,
    /// Every sender is gone.
    Closed,
}

impl<M> Inbox<M> {
    pub fn new() -> (Sender<M>, Inbox<M>) {
        let (sender, receiver) = mpsc::channel();
        (sender, Inbox { receiver })
    }

    /// Waits for a message, or until the timer rings, and takes all that are there. Draw once after each batch.
    pub fn wait(&self, timer: Option<Instant>) -> Batch<M> {
        let first = match timer {
            None => self.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(timer) => self.receiver.recv_timeout(timer.saturating_duration_since(Instant::now())),
        };
        match first {
            Ok(first) => Batch::Messages(
                std::iter::once(first).chain(self.receiver.try_iter().take(BATCH - 1)).collect(),
            ),
            Err(RecvTimeoutError::Timeout) => Batch::Timer,
            Err(RecvTimeoutError::Disconnected) => Batch::Closed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_there_comes_at_once_and_in_order() {
        let (sender, inbox) = Inbox::new();
        for number in 0..BATCH + 50 {
            sender.send(number).unwrap();
        }
        assert_eq!(inbox.wait(None), Batch::Messages((0..BATCH).collect()));
        assert_eq!(inbox.wait(None), Batch::Messages((BATCH..BATCH + 50).collect()));
        drop(sender);
        assert_eq!(inbox.wait(None), Batch::Closed);
    }

    #[test]
    fn a_timer_rings_only_when_nothing_came() {
        let (sender, inbox) = Inbox::new();
        sender.send('x').unwrap();
        let past = Some(Instant::now());
        assert_eq!(inbox.wait(past), Batch::Messages(vec!['x']));
        assert_eq!(inbox.wait(past), Batch::Timer);
    }
}
