//! What wakes the main thread while it waits for the keyboard: a byte through a socket, since a channel cannot be
//! waited for together with a terminal. However often it is rung before it is heard, one byte is enough.

use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

pub struct Bell {
    rung: AtomicBool,
    rope: UnixStream,
    ear: UnixStream,
}

impl Bell {
    pub fn new() -> io::Result<Bell> {
        let (rope, ear) = UnixStream::pair()?;
        rope.set_nonblocking(true)?;
        ear.set_nonblocking(true)?;
        Ok(Bell { rung: AtomicBool::new(false), rope, ear })
    }

    /// Wakes whoever waits, or will wait next. To be rung after what it tells of is there.
    pub fn ring(&self) {
        if !self.rung.swap(true, SeqCst) {
            // A full socket wakes as well.
            let _ = rustix::io::write(&self.rope, b"!");
        }
    }

    /// Quiet again. To be called before what it tells of is looked at, so that nothing is missed in between.
    pub fn hush(&self) {
        // Always read: the byte of a ring that was heard before it was written is still there.
        let _ = rustix::io::read(&self.ear, &mut [0; 8]);
        self.rung.store(false, SeqCst);
    }

    /// Ready to be read while it rings.
    pub fn ear(&self) -> BorrowedFd<'_> {
        self.ear.as_fd()
    }
}
