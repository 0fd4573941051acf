//! Taking the terminal and giving it back, from any thread, as often as one likes. One word of state says what has
//! been taken; whoever gives back takes the word first, so that nothing is given back twice, and every step is tried
//! even if an earlier one fails.

use std::io;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering::SeqCst};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use super::tty;

/// Alternate screen, bracketed paste, no cursor, nothing left of what a terminal without alternate screen shows.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?25l\x1b[m\x1b[2J";
/// Ends a frame that was cut, wipes what was shown, and undoes `ENTER`.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[m\x1b[2J\x1b[H\x1b[?2004l\x1b[?1049l\x1b[?25h";

const RAW: u8 = 1;
const SCREEN: u8 = 2;
const MOUSE: u8 = 4;

/// What of the terminal is ours.
static STATE: AtomicU8 = AtomicU8::new(0);
/// How often it was taken: what was drawn before the last time is gone.
static TAKEN: AtomicU32 = AtomicU32::new(0);
/// Held while anything is written or read, so that no frame lands and no key is taken after the leaving.
static GATE: Mutex<()> = Mutex::new(());

/// Takes the terminal, also when it is ours already and somebody else changed it meanwhile.
pub fn enter() -> io::Result<()> {
    let _gate = GATE.lock().unwrap_or_else(PoisonError::into_inner);
    STATE.fetch_or(RAW, SeqCst);
    tty::raw().inspect_err(|_| give_back())?;
    STATE.fetch_or(SCREEN, SeqCst);
    TAKEN.fetch_add(1, SeqCst);
    tty::write(ENTER).inspect_err(|_| give_back())
}

/// Gives the terminal back: wiped, on the main screen, with cursor, line as before. Waits a moment for a frame that
/// is being written, then goes ahead all the same.
pub fn leave() {
    let _gate = gate_within(Duration::from_millis(100));
    give_back();
}

fn give_back() {
    let taken = STATE.swap(0, SeqCst);
    if taken & MOUSE != 0 {
        let _ = tty::mouse(false);
    }
    if taken & SCREEN != 0 {
        // There is nobody left to tell, and the line must be given back in any case.
        let _ = tty::write(LEAVE);
    }
    if taken & RAW != 0 {
        let _ = tty::cooked();
    }
}

/// Whether the screen is ours.
pub fn is_ours() -> bool {
    STATE.load(SeqCst) & SCREEN != 0
}

/// Changes whenever the screen was taken anew.
pub fn taken() -> u32 {
    TAKEN.load(SeqCst)
}

/// Writes to the screen while it is ours; false if it is not.
pub fn write(bytes: &[u8]) -> io::Result<bool> {
    let _gate = GATE.lock().unwrap_or_else(PoisonError::into_inner);
    if !is_ours() {
        return Ok(false);
    }
    tty::write(bytes).map(|()| true)
}

/// Reads what there is, of this taking of the terminal only; none if it is not ours any more. To be called when there
/// is something.
#[cfg(unix)]
pub fn read(taking: u32, bytes: &mut [u8]) -> io::Result<Option<usize>> {
    let _gate = GATE.lock().unwrap_or_else(PoisonError::into_inner);
    if !is_ours() || taken() != taking {
        return Ok(None);
    }
    tty::read(bytes).map(Some)
}

/// Has the mouse reported, or leaves it to the terminal again; false if the screen is not ours. Whoever gives the
/// screen back gives the mouse back with it.
pub fn mouse(on: bool) -> io::Result<bool> {
    let _gate = GATE.lock().unwrap_or_else(PoisonError::into_inner);
    if !is_ours() {
        return Ok(false);
    }
    if on {
        STATE.fetch_or(MOUSE, SeqCst);
    }
    tty::mouse(on)?;
    if !on {
        STATE.fetch_and(!MOUSE, SeqCst);
    }
    Ok(true)
}

/// Gives the terminal back within half a second even if it takes nothing; for a program that ends.
pub fn leave_in_time() {
    let (done, wait) = std::sync::mpsc::channel();
    let leaving = thread::Builder::new().name("leave".into()).spawn(move || {
        leave();
        done.send(())
    });
    if leaving.is_err() {
        return leave();
    }
    let patience = Duration::from_millis(200);
    let mut stuck = wait.recv_timeout(patience).is_err();
    // A frame that is stuck in the write may take several rounds to be swallowed.
    for _ in 0..10 {
        if stuck {
            tty::unblock();
            stuck = wait.recv_timeout(patience / 10).is_err();
        }
    }
    let _ = tty::cooked();
}

/// Ends the program at once: no destructor runs, nothing is waited for.
#[cfg(unix)]
pub fn exit(code: u8) -> ! {
    signal_hook::low_level::exit(code.into())
}

#[cfg(not(unix))]
pub fn exit(code: u8) -> ! {
    std::process::exit(code.into())
}

fn gate_within(patience: Duration) -> Option<MutexGuard<'static, ()>> {
    let end = Instant::now() + patience;
    loop {
        match GATE.try_lock() {
            Ok(gate) => return Some(gate),
            Err(TryLockError::Poisoned(gate)) => return Some(gate.into_inner()),
            Err(TryLockError::WouldBlock) if Instant::now() < end => thread::sleep(Duration::from_millis(1)),
            Err(TryLockError::WouldBlock) => return None,
        }
    }
}
