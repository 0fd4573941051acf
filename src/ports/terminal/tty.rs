//! The terminal device itself, as Unix has it: line settings, size, and writing. Nothing here waits without a bound
//! but `write`, which waits as long as the terminal takes nothing.

use std::io;
use std::sync::{Mutex, PoisonError};

use rustix::io::Errno;
use rustix::stdio::{stdin, stdout};
use rustix::termios::{
    self, Action, InputModes, LocalModes, OptionalActions, OutputModes, QueueSelector, Termios,
};

use super::mouse;

/// The line settings as they were before us.
static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

/// The stream that is no terminal, if one is not.
pub fn missing() -> Option<&'static str> {
    if !termios::isatty(stdin()) {
        Some("stdin")
    } else if !termios::isatty(stdout()) {
        Some("stdout")
    } else {
        None
    }
}

/// Columns and rows as the system says; 0×0 where it does not know, and never more cells than a screen can have.
pub fn size() -> (u16, u16) {
    const CELLS: u32 = 1 << 20;
    match termios::tcgetwinsize(stdout()) {
        Ok(size) if u32::from(size.ws_col) * u32::from(size.ws_row) > CELLS => {
            let rows = (CELLS / u32::from(size.ws_col)).max(1);
            (size.ws_col, rows as u16)
        }
        Ok(size) => (size.ws_col, size.ws_row),
        Err(_) => (0, 0),
    }
}

/// Every key as it is typed, no echo, no signals from keys. Always set anew: after a stop the line may be anything.
pub fn raw() -> io::Result<()> {
    let now = termios::tcgetattr(stdin())?;
    let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
    // A line that is raw already is our own setting, not what to give back.
    if before.is_none() || now.local_modes.contains(LocalModes::ICANON) {
        *before = Some(now.clone());
    }
    drop(before);
    let mut raw = now;
    raw.make_raw();
    Ok(termios::tcsetattr(stdin(), OptionalActions::Now, &raw)?)
}

/// The line as it was before us; nothing to do if it never was ours.
pub fn cooked() -> io::Result<()> {
    let before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner).clone();
    match before {
        Some(before) => Ok(termios::tcsetattr(stdin(), OptionalActions::Now, &before)?),
        None => Ok(()),
    }
}

/// The line as a shell wants it, whatever it is now: echo, whole lines, keys that send signals.
pub fn sane() -> io::Result<()> {
    let mut line = termios::tcgetattr(stdin())?;
    line.input_modes |= InputModes::ICRNL | InputModes::IXON;
    line.input_modes &= !(InputModes::IGNCR | InputModes::INLCR | InputModes::ISTRIP | InputModes::PARMRK);
    line.output_modes |= OutputModes::OPOST | OutputModes::ONLCR;
    line.local_modes |= LocalModes::ICANON
        | LocalModes::ISIG
        | LocalModes::IEXTEN
        | LocalModes::ECHO
        | LocalModes::ECHOE
        | LocalModes::ECHOK;
    Ok(termios::tcsetattr(stdin(), OptionalActions::Now, &line)?)
}

/// Writes all of it, waiting for a terminal that is slow.
pub fn write(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(stdout(), bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = &bytes[written..],
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => wait_for_room()?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Reads what there is, waiting for something; 0 when the terminal is gone.
pub fn read(bytes: &mut [u8]) -> io::Result<usize> {
    loop {
        match rustix::io::read(stdin(), &mut *bytes) {
            Err(Errno::INTR) => {}
            read => return Ok(read?),
        }
    }
}

/// Has the mouse reported, or not any more.
pub fn mouse(on: bool) -> io::Result<()> {
    write(if on { mouse::ON } else { mouse::OFF })
}

/// Somebody made the terminal non-blocking for all of us.
fn wait_for_room() -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};
    let out = stdout();
    match poll(&mut [PollFd::new(&out, PollFlags::OUT)], None) {
        Ok(_) | Err(Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Forgets what is queued for a terminal that takes nothing, and lets go of output held back by Ctrl-S, so that a
/// write that is stuck comes back.
pub fn unblock() {
    // Holding and letting go wakes the writer, which the forgetting alone does not. Each may fail on a terminal
    // that is gone; then nothing is stuck either.
    let _ = termios::tcflush(stdout(), QueueSelector::OFlush);
    let _ = termios::tcflow(stdout(), Action::OOff);
    let _ = termios::tcflow(stdout(), Action::OOn);
}
