//! Notices that the configuration on the disk is no longer the one that was read. It is looked at in moments when the
//! user does something anyway, by a thread of its own: a disk that hangs must not hang the screen.

use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};

use crate::ports::paths::{Stamp, stamp};

/// Files as they were read.
pub type Read = Vec<(PathBuf, Stamp)>;

/// Looks when it is asked to; ends when it is dropped.
pub struct Changes {
    ask: Sender<()>,
}

impl Changes {
    /// `tell` is called once for each state of the files that is another than the one before.
    pub fn watch(read: Read, tell: impl Fn() + Send + 'static) -> Option<Changes> {
        let (ask, asked) = channel();
        let look = move || {
            let mut known = read;
            while asked.recv().is_ok() {
                // Many keys make one look.
                asked.try_iter().for_each(drop);
                let now: Read = known.iter().map(|(path, _)| (path.clone(), stamp(path))).collect();
                if now != known {
                    known = now;
                    tell();
                }
            }
        };
        // Without a thread the notice is missed and nothing else.
        std::thread::Builder::new().name("changes".into()).spawn(look).ok()?;
        Some(Changes { ask })
    }

    /// A moment to look in.
    pub fn look(&self) {
        let _ = self.ask.send(());
    }
}
