//! The inbox in which keys, results and signals meet: waited for without a time-out unless a timer is armed, and
//! emptied before anything is drawn. So a burst of keys is drawn once, and nothing runs while nothing happens. What
//! threads send comes through a channel with a bell; what is typed is read by whoever waits.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::time::Instant;

use super::TerminalEvent;
use super::bell::Bell;
use super::keyboard::Keyboard;

/// Messages taken at once at most, so that a flood cannot keep the screen from being drawn.
const BATCH: usize = 1024;

/// The end from which messages are taken, and the keyboard.
pub struct Inbox<M> {
    messages: Receiver<M>,
    bell: Arc<Bell>,
    keyboard: Keyboard,
}

/// The end at which the program's threads put messages in.
pub struct Sender<M> {
    /// None only while it is dropped.
    messages: Option<mpsc::Sender<M>>,
    bell: Arc<Bell>,
}

/// Nobody takes messages any more.
#[derive(Debug)]
pub struct Closed;

impl<M> Clone for Sender<M> {
    fn clone(&self) -> Sender<M> {
        Sender { messages: self.messages.clone(), bell: Arc::clone(&self.bell) }
    }
}

impl<M> Sender<M> {
    pub fn send(&self, message: M) -> Result<(), Closed> {
        self.messages.as_ref().ok_or(Closed)?.send(message).map_err(|_| Closed)?;
        self.bell.ring();
        Ok(())
    }
}

/// Who waits hears of it: there may be nobody left to send.
impl<M> Drop for Sender<M> {
    fn drop(&mut self) {
        self.messages = None;
        self.bell.ring();
    }
}

/// What a wait came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Batch<M> {
    /// What was sent, in its order, and then what was typed; never empty.
    Messages(Vec<M>),
    /// The timer rang first.
    Timer,
    /// Every sender is gone.
    Closed,
}

impl<M: From<TerminalEvent>> Inbox<M> {
    /// Fails where the system has no more file descriptors.
    pub fn new() -> io::Result<(Sender<M>, Inbox<M>)> {
        let (sender, messages) = mpsc::channel();
        let bell = Arc::new(Bell::new()?);
        let sender = Sender { messages: Some(sender), bell: Arc::clone(&bell) };
        Ok((sender, Inbox { messages, bell, keyboard: Keyboard::new() }))
    }

    /// Waits for a message or a key, or until the timer rings, and takes all that are there. Draw once after each
    /// batch.
    pub fn wait(&mut self, timer: Option<Instant>) -> Batch<M> {
        loop {
            let typed = self.keyboard.wait(&self.bell, timer);
            let mut messages: Vec<M> = Vec::new();
            while messages.len() < BATCH {
                match self.messages.try_recv() {
                    Ok(message) => messages.push(message),
                    Err(TryRecvError::Empty) => break,
                    Err(TryRecvError::Disconnected) if messages.is_empty() && typed.is_empty() => {
                        return Batch::Closed;
                    }
                    Err(TryRecvError::Disconnected) => break,
                }
            }
            if messages.len() == BATCH {
                self.bell.ring();
            }
            messages.extend(typed.into_iter().map(M::from));
            if !messages.is_empty() {
                return Batch::Messages(messages);
            }
            if timer.is_some_and(|timer| timer <= Instant::now()) {
                return Batch::Timer;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq, Eq)]
    struct Number(usize);

    impl From<TerminalEvent> for Number {
        fn from(_: TerminalEvent) -> Number {
            Number(usize::MAX)
        }
    }

    fn batch(range: std::ops::Range<usize>) -> Batch<Number> {
        Batch::Messages(range.map(Number).collect())
    }

    #[test]
    fn all_that_is_there_comes_at_once_and_in_order() {
        let (sender, mut inbox) = Inbox::new().unwrap();
        for number in 0..BATCH + 50 {
            sender.send(Number(number)).unwrap();
        }
        assert_eq!(inbox.wait(None), batch(0..BATCH));
        assert_eq!(inbox.wait(None), batch(BATCH..BATCH + 50));
        drop(sender);
        assert_eq!(inbox.wait(None), Batch::Closed);
    }

    #[test]
    fn a_timer_rings_only_when_nothing_came() {
        let (sender, mut inbox) = Inbox::new().unwrap();
        sender.send(Number(7)).unwrap();
        let past = Some(Instant::now());
        assert_eq!(inbox.wait(past), batch(7..8));
        assert_eq!(inbox.wait(past), Batch::Timer);
    }

    #[test]
    fn nothing_that_many_threads_send_is_missed() {
        let (sender, mut inbox) = Inbox::new().unwrap();
        let threads = (0..4).map(|_| {
            let sender = sender.clone();
            std::thread::spawn(move || (0..2_000).for_each(|number| sender.send(Number(number)).unwrap()))
        });
        let threads: Vec<_> = threads.collect();
        let mut count = 0;
        while count < 8_000 {
            let Batch::Messages(messages) = inbox.wait(None) else { panic!("nobody sends") };
            count += messages.len();
        }
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        assert_eq!(inbox.wait(Some(Instant::now())), Batch::Timer);
    }
}
