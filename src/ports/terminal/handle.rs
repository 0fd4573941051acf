//! How the program speaks to the terminal's watch: a word through a channel, and a byte that wakes it.

use std::io;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{self, Sender};
use std::thread;

use super::TerminalEvent;
use super::watch::Thread;

/// The handle by which the program speaks to the terminal's watch.
pub struct Watch {
    words: Sender<Word>,
    wake: UnixStream,
}

/// A watch that hears signals already and waits to be started.
pub struct Prepared {
    watch: Watch,
    thread: Thread,
}

/// What the program may say to the thread.
pub enum Word {
    Stop,
    /// Somebody else gets the terminal; the answer says that it is free.
    Lend(Sender<()>),
    TakeBack,
}

impl Watch {
    pub(super) fn prepare(sink: impl Fn(TerminalEvent) -> bool + Send + 'static) -> io::Result<Prepared> {
        let (wake, woken) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        woken.set_nonblocking(true)?;
        let (words, heard) = mpsc::channel();
        let thread = Thread::new(Box::new(sink), woken, heard)?;
        Ok(Prepared { watch: Watch { words, wake }, thread })
    }

    /// Stops like a shell's job (Ctrl-Z). Returns at once; `Resumed` says that it is over.
    pub fn suspend(&self) {
        self.say(Word::Stop);
    }

    /// Gives the terminal to somebody else, an editor; returns when it is free. Signals from its keys are not ours
    /// meanwhile.
    pub fn lend(&self) {
        let (answer, wait) = mpsc::channel();
        self.say(Word::Lend(answer));
        // A thread that is gone has given the terminal back.
        let _ = wait.recv();
    }

    /// Takes the terminal back; `Resumed` says that it is ours.
    pub fn take_back(&self) {
        self.say(Word::TakeBack);
    }

    fn say(&self, word: Word) {
        if self.words.send(word).is_ok() {
            // A full socket wakes as well.
            let _ = rustix::io::write(&self.wake, b"w");
        }
    }
}

impl Prepared {
    pub(super) fn start(self) -> io::Result<Watch> {
        let Prepared { watch, thread } = self;
        thread::Builder::new().name("watch".into()).spawn(move || thread.run())?;
        Ok(watch)
    }
}
