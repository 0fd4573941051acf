//! Signals as something one can wait for together with keys: each wakes a socket, and a list says which came.

use std::io;
use std::os::unix::net::UnixStream;

use rustix::fd::{AsFd, BorrowedFd};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;

use super::Signal;

/// What a signal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    End(Signal),
    Stop,
    Continue,
    Resize,
}

pub struct Signals {
    delivery: SignalDelivery<UnixStream, SignalOnly>,
}

impl Signals {
    /// From now on these signals are heard instead of doing what they do by default.
    pub fn listen() -> io::Result<Signals> {
        let (read, write) = UnixStream::pair()?;
        let all = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];
        Ok(Signals { delivery: SignalDelivery::with_pipe(read, write, SignalOnly, all)? })
    }

    /// Readable when something came.
    pub fn fd(&self) -> BorrowedFd<'_> {
        self.delivery.get_read().as_fd()
    }

    /// What came since the last time: ends first, the order of the rest is that of a stop and its continuation.
    pub fn take(&mut self) -> Vec<Asked> {
        let mut asked: Vec<Asked> = self.delivery.pending().filter_map(meaning).collect();
        asked.sort_by_key(|asked| match asked {
            Asked::End(_) => 0,
            Asked::Continue => 1,
            Asked::Resize => 2,
            Asked::Stop => 3,
        });
        asked
    }
}

fn meaning(signal: i32) -> Option<Asked> {
    Some(match signal {
        SIGINT => Asked::End(Signal::Int),
        SIGTERM => Asked::End(Signal::Term),
        SIGHUP => Asked::End(Signal::Hup),
        SIGQUIT => Asked::End(Signal::Quit),
        SIGTSTP => Asked::Stop,
        SIGCONT => Asked::Continue,
        SIGWINCH => Asked::Resize,
        _ => return None,
    })
}
