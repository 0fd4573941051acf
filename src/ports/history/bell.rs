//! What wakes the history's thread: an order, a change to the files of the history by somebody else, or time. Without
//! any of them it sleeps.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

#[cfg(unix)]
pub(super) use unix::{Bell, Ringer, bell};

/// Why the thread woke.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Woken {
    /// Somebody wrote to the history's files; it may have been this run.
    pub changed: bool,
}

#[cfg(unix)]
mod unix {
    use super::{Arc, Duration, Path, Woken};
    use std::io;
    use std::os::fd::OwnedFd;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::fs::{OFlags, fcntl_setfl};
    use rustix::pipe::pipe;

    /// Wakes the thread, from anywhere.
    #[derive(Clone, Debug)]
    pub(in super::super) struct Ringer(Arc<OwnedFd>);

    /// The waiting end.
    #[derive(Debug)]
    pub(in super::super) struct Bell {
        rung: OwnedFd,
        watch: Option<OwnedFd>,
    }

    pub(in super::super) fn bell() -> io::Result<(Ringer, Bell)> {
        let (rung, ring) = pipe()?;
        for end in [&rung, &ring] {
            rustix::io::fcntl_setfd(end, rustix::io::FdFlags::CLOEXEC)?;
            fcntl_setfl(end, OFlags::NONBLOCK)?;
        }
        Ok((Ringer(Arc::new(ring)), Bell { rung, watch: None }))
    }

    impl Ringer {
        pub fn ring(&self) {
            // A full pipe has rung already.
            let _ = rustix::io::write(&*self.0, &[1]);
        }
    }

    impl Bell {
        /// Waits for a ring or a change; for ever where no time is given.
        pub fn wait(&self, time: Option<Duration>) -> Woken {
            let mut ends = vec![PollFd::new(&self.rung, PollFlags::IN)];
            ends.extend(self.watch.as_ref().map(|watch| PollFd::new(watch, PollFlags::IN)));
            let time = time.and_then(|time| Timespec::try_from(time).ok());
            let _ = poll(&mut ends, time.as_ref());
            let mut bytes = [0; 64];
            while matches!(rustix::io::read(&self.rung, &mut bytes), Ok(1..)) {}
            Woken { changed: self.watch.as_ref().is_some_and(has_changed) }
        }

        /// From now on changes to the files of this directory wake as well, where the system can tell. True when
        /// that is new.
        pub fn watch(&mut self, dir: &Path) -> bool {
            if self.watch.is_some() {
                return false;
            }
            self.watch = watching(dir);
            self.watch.is_some()
        }
    }

    #[cfg(target_os = "linux")]
    fn watching(dir: &Path) -> Option<OwnedFd> {
        use rustix::fs::inotify::{CreateFlags, WatchFlags, add_watch, init};
        let watch = init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK).ok()?;
        add_watch(&watch, dir, WatchFlags::MODIFY | WatchFlags::ATTRIB | WatchFlags::MOVED_TO).ok()?;
        Some(watch)
    }

    #[cfg(not(target_os = "linux"))]
    fn watching(_: &Path) -> Option<OwnedFd> {
        None
    }

    #[cfg(target_os = "linux")]
    fn has_changed(watch: &OwnedFd) -> bool {
        use rustix::fs::inotify::Reader;
        let mut room = [std::mem::MaybeUninit::uninit(); 4096];
        let mut reader = Reader::new(watch, &mut room);
        let mut changed = false;
        while let Ok(event) = reader.next() {
            changed |= event.file_name().is_some_and(|name| name.to_bytes().starts_with(b"history.db"));
        }
        changed
    }

    #[cfg(not(target_os = "linux"))]
    fn has_changed(_: &OwnedFd) -> bool {
        false
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use crate::ports::history::place;

    #[test]
    fn whoever_watches_is_told_of_a_commit_when_it_stands() {
        let home = tempfile::TempDir::new().unwrap();
        let file = home.path().join(place::FILE);
        std::fs::write(&file, "as it is").unwrap();
        let (_ringer, mut bell) = bell().unwrap();
        assert!(bell.watch(home.path()));
        assert_eq!(bell.wait(Some(Duration::ZERO)), Woken { changed: false });
        place::touch(&file);
        assert_eq!(bell.wait(None), Woken { changed: true });
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "as it is");
    }
}

#[cfg(not(unix))]
pub(super) use elsewhere::{Bell, Ringer, bell};

#[cfg(not(unix))]
mod elsewhere {
    use super::{Arc, Duration, Path, Woken};
    use std::io;
    use std::sync::Mutex;
    use std::sync::mpsc::{Receiver, Sender, channel};

    #[derive(Clone, Debug)]
    pub(in super::super) struct Ringer(Arc<Mutex<Sender<()>>>);

    #[derive(Debug)]
    pub(in super::super) struct Bell(Receiver<()>);

    pub(in super::super) fn bell() -> io::Result<(Ringer, Bell)> {
        let (ring, rung) = channel();
        Ok((Ringer(Arc::new(Mutex::new(ring))), Bell(rung)))
    }

    impl Ringer {
        pub fn ring(&self) {
            if let Ok(ring) = self.0.lock() {
                let _ = ring.send(());
            }
        }
    }

    impl Bell {
        pub fn wait(&self, time: Option<Duration>) -> Woken {
            let _ = match time {
                Some(time) => self.0.recv_timeout(time).is_ok(),
                None => self.0.recv().is_ok(),
            };
            self.0.try_iter().for_each(drop);
            Woken::default()
        }

        pub fn watch(&mut self, _: &Path) -> bool {
            false
        }
    }
}
