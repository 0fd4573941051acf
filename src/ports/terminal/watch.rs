//! The terminal's watch, a thread of its own, so that the program can be stopped, resized and ended while the main
//! thread waits for a terminal that takes nothing. It waits, without a time-out while nothing is under way, for
//! signals, for a word from the program and for the terminal to go away; and ends the program itself when the main
//! thread does not. It never reads: keys belong to the main thread (`keyboard`).

use std::io;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::stdio::stdin;

use super::super::children;
use super::handle::Word;
use super::signals::{Asked, Signals};
use super::{GRACE, Signal, TerminalEvent, guard, stop, tty};

pub type Sink = Box<dyn Fn(TerminalEvent) -> bool + Send>;

/// What the watch knows.
pub struct Thread {
    sink: Sink,
    signals: Signals,
    woken: UnixStream,
    words: Receiver<Word>,
    lent: bool,
    /// The program was told to end: when it must have, and with which code.
    ending: Option<(Instant, u8)>,
}

/// What woke the thread.
#[derive(Default)]
struct Ready {
    gone: bool,
    signals: bool,
    word: bool,
}

impl Thread {
    /// Hears signals from now on; does nothing before it runs.
    pub fn new(sink: Sink, woken: UnixStream, words: Receiver<Word>) -> io::Result<Thread> {
        Ok(Thread { sink, signals: Signals::listen()?, woken, words, lent: false, ending: None })
    }

    /// Lives until the program ends.
    pub fn run(mut self) {
        while self.turn() {}
        self.last_watch()
    }

    /// Waits once and does what it woke for; false when there is nobody left to tell. After a
    /// signal or a word what else was ready is asked for anew: a stop may lie in between.
    fn turn(&mut self) -> bool {
        self.enforce();
        let Ok(ready) = self.wait() else { return self.gone() };
        if ready.signals {
            let asked = self.signals.take();
            self.heed(asked);
        } else if ready.gone {
            return self.gone();
        } else if ready.word {
            return self.listen();
        }
        true
    }

    fn wait(&self) -> io::Result<Ready> {
        let tty = stdin();
        let timeout = self.timeout().and_then(|timeout| Timespec::try_from(timeout).ok());
        let signals = self.signals.fd();
        let mut fds = [
            // Asked for nothing, it still says when it is gone.
            PollFd::new(&tty, PollFlags::empty()),
            PollFd::new(&signals, PollFlags::IN),
            PollFd::new(&self.woken, PollFlags::IN),
        ];
        match poll(&mut fds, timeout.as_ref()) {
            Ok(_) => {}
            Err(Errno::INTR) => return Ok(Ready::default()),
            Err(error) => return Err(error.into()),
        }
        let [tty, signals, word] = fds.map(|fd| fd.revents());
        Ok(Ready {
            gone: tty.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL),
            signals: !signals.is_empty(),
            word: !word.is_empty(),
        })
    }

    /// Until the end is enforced; none while it is not pending.
    fn timeout(&self) -> Option<Duration> {
        self.ending.map(|(end, _)| end.saturating_duration_since(Instant::now()))
    }

    /// Does what the program said; false when the program is gone.
    fn listen(&mut self) -> bool {
        let mut bytes = [0; 64];
        let woken = rustix::io::read(&self.woken, &mut bytes);
        while let Ok(word) = self.words.try_recv() {
            match word {
                Word::Stop => self.stop(),
                Word::Lend(answer) => {
                    guard::leave();
                    self.lent = true;
                    let _ = answer.send(());
                }
                Word::TakeBack => {
                    self.lent = false;
                    self.resume();
                }
            }
        }
        woken != Ok(0)
    }

    fn heed(&mut self, asked: Vec<Asked>) {
        for asked in asked {
            match asked {
                // Ctrl-C and Ctrl-\ in an editor are the editor's, though the whole group hears them.
                Asked::End(Signal::Int | Signal::Quit) if self.lent => {}
                Asked::End(signal) => self.ask_to_end(signal, TerminalEvent::Signal(signal)),
                Asked::Stop => self.stop(),
                Asked::Continue if !self.lent => self.resume(),
                Asked::Continue => {}
                Asked::Resize => self.resized(),
            }
        }
    }

    /// Stops until told to go on. A terminal that is lent is not touched.
    fn stop(&mut self) {
        guard::leave();
        let asked = stop::stop(&mut self.signals);
        if !self.lent {
            self.resume();
        }
        self.heed(asked.unwrap_or_default());
    }

    fn resume(&mut self) {
        if self.ending.is_some() {
            return;
        }
        match guard::enter() {
            Ok(()) => {
                self.resized();
                (self.sink)(TerminalEvent::Resumed);
            }
            Err(_) => self.ask_to_end(Signal::Hup, TerminalEvent::Gone),
        }
    }

    fn resized(&self) {
        let (columns, rows) = tty::size();
        (self.sink)(TerminalEvent::Resize(columns, rows));
    }

    fn ask_to_end(&mut self, signal: Signal, event: TerminalEvent) {
        (self.sink)(event);
        self.ending.get_or_insert((Instant::now() + GRACE, signal.exit_code()));
    }

    /// Nothing more can come from the terminal.
    fn gone(&mut self) -> bool {
        self.ask_to_end(Signal::Hup, TerminalEvent::Gone);
        false
    }

    /// Ends the program if it was told to end and had its time.
    fn enforce(&self) {
        match self.ending {
            Some((end, code)) if Instant::now() >= end => end_now(code),
            _ => {}
        }
    }

    /// The program is ending, by itself or because it was told to. Should it lose its way, a signal still ends it,
    /// and whoever ends it leaves it its time.
    fn last_watch(mut self) -> ! {
        loop {
            self.enforce();
            let timeout = self.timeout().and_then(|left| Timespec::try_from(left).ok());
            let fd = self.signals.fd();
            let _ = poll(&mut [PollFd::new(&fd, PollFlags::IN)], timeout.as_ref());
            for asked in self.signals.take() {
                if let Asked::End(signal) = asked {
                    self.ending.get_or_insert((Instant::now() + GRACE, signal.exit_code()));
                }
            }
        }
    }
}

fn end_now(code: u8) -> ! {
    guard::leave_in_time();
    children::end_all();
    guard::exit(code)
}
