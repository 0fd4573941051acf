//! Giving a broken terminal back: one that a program took and, being killed, could not give back itself. Nothing is
//! known of what was taken, so everything is undone that programs of this kind take.

use super::{OpenError, tty};

/// Ends a frame and a paste; no mouse, focus or paste reports; plain keys and letters; the whole screen scrolls, lines
/// wrap; the main screen with its cursor.
const RESET: &[u8] =
    b"\x1b[?2026l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1004l\x1b[?1005l\x1b[?1006l\x1b[?1015l\x1b[?2004l\
    \x1b[<u\x1b[?1l\x1b>\x0f\x1b(B\x1b[?1049l\x1b[r\x1b[?7h\x1b[m\x1b[?25h\r\n";

/// Makes the line and the screen of this terminal usable again.
pub fn reset() -> Result<(), OpenError> {
    if let Some(stream) = tty::missing() {
        return Err(OpenError::NoTerminal(stream));
    }
    tty::sane().and_then(|()| tty::write(RESET)).map_err(OpenError::Refused)
}
