//! The keyboard as the main thread hears it. One wait covers the terminal and the bell of the inbox, so a key wakes
//! no thread but the one that draws. What comes is read behind the gate through which frames go out, and only while
//! the terminal is ours: one that is lent or given back is not touched.

use std::time::Instant;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::stdio::stdin;

use super::bell::Bell;
use super::parse::{Input, Parser};
use super::{TerminalEvent, guard};
use crate::domain::key::Key;

/// Bytes taken in before the program hears of them, so that a flood is felt as it comes.
const BATCH: usize = 64 * 1024;

pub struct Keyboard {
    parser: Parser,
    /// When the last byte came.
    quiet_since: Instant,
}

impl Keyboard {
    pub fn new() -> Keyboard {
        Keyboard { parser: Parser::default(), quiet_since: Instant::now() }
    }

    /// Waits until something is typed, the bell rings, or the time comes. What was typed is the answer, if anything;
    /// the bell is quiet again.
    pub fn wait(&mut self, bell: &Bell, until: Option<Instant>) -> Vec<TerminalEvent> {
        let taking = guard::is_ours().then(guard::taken);
        let rest =
            self.parser.patience().filter(|_| taking.is_some()).map(|patience| self.quiet_since + patience);
        let heard = listen(taking.is_some(), bell, rest.into_iter().chain(until).min());
        let Some(taking) = taking else { return Vec::new() };
        let mut inputs = Vec::new();
        // What was typed into a terminal that is gone is not for us.
        let there = match heard {
            PollFlags::IN => self.read(taking, &mut inputs),
            _ if !heard.is_empty() => false,
            _ => {
                if rest.is_some_and(|rest| rest <= Instant::now()) {
                    self.parser.give_up(&mut inputs);
                }
                true
            }
        };
        if there { events(inputs) } else { vec![TerminalEvent::Gone] }
    }

    /// Reads all there is; false when the terminal is gone. Each read follows a poll that promised bytes to this
    /// taking of the terminal, so that none can wait.
    fn read(&mut self, taking: u32, inputs: &mut Vec<Input>) -> bool {
        let mut buffer = [0; 4096];
        let mut taken = 0;
        while taken < BATCH {
            match guard::read(taking, &mut buffer) {
                Ok(None) => break,
                Ok(Some(count @ 1..)) => {
                    taken += count;
                    self.parser.feed(&buffer[..count], inputs);
                    if count < buffer.len() && self.parser.patience().is_none() {
                        break;
                    }
                }
                Ok(Some(0)) | Err(_) => return false,
            }
            if !has_bytes() {
                self.parser.settle(inputs);
                break;
            }
        }
        self.quiet_since = Instant::now();
        true
    }
}

/// What the terminal has, if it is listened to at all; nothing if it was the time, or the bell, which is quiet again.
fn listen(keys: bool, bell: &Bell, until: Option<Instant>) -> PollFlags {
    let (tty, ear) = (stdin(), bell.ear());
    let mut fds = [PollFd::new(&ear, PollFlags::IN), PollFd::new(&tty, PollFlags::IN)];
    let left = until.map(|until| until.saturating_duration_since(Instant::now()));
    let timeout = left.and_then(|left| Timespec::try_from(left).ok());
    let listened = if keys { &mut fds[..] } else { &mut fds[..1] };
    match poll(listened, timeout.as_ref()) {
        Ok(_) => {
            if !fds[0].revents().is_empty() {
                bell.hush();
            }
            fds[1].revents()
        }
        Err(Errno::INTR) => PollFlags::empty(),
        Err(_) => PollFlags::ERR,
    }
}

fn has_bytes() -> bool {
    let tty = stdin();
    let mut fds = [PollFd::new(&tty, PollFlags::IN)];
    let now = Timespec { tv_sec: 0, tv_nsec: 0 };
    matches!(poll(&mut fds, Some(&now)), Ok(1..)) && fds[0].revents() == PollFlags::IN
}

/// Keys that came together are one event.
fn events(inputs: Vec<Input>) -> Vec<TerminalEvent> {
    let mut events = Vec::new();
    let mut keys: Vec<Key> = Vec::new();
    for input in inputs {
        let event = match input {
            Input::Key(key) => {
                keys.push(key);
                continue;
            }
            Input::Mouse(mouse) => TerminalEvent::Mouse(mouse),
            Input::Paste(text) => TerminalEvent::Paste(text),
            Input::PasteTooLong(length) => TerminalEvent::PasteTooLong(length),
            Input::PasteOpen => TerminalEvent::PasteOpen,
        };
        if !keys.is_empty() {
            events.push(TerminalEvent::Keys(std::mem::take(&mut keys)));
        }
        events.push(event);
    }
    if !keys.is_empty() {
        events.push(TerminalEvent::Keys(keys));
    }
    events
}
