//! What the mouse may say: a press of the left button on a cell, and a step of the wheel. Releases, motion, other
//! buttons and presses with a key held, which terminals keep for themselves, say nothing.

/// What tells a terminal to report presses and the wheel, no motion, in decimal numbers.
pub const ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
/// Undoes `ON`.
pub const OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";

/// In a report: Shift, Alt and Ctrl, which do not change what the wheel means.
const HELD: u16 = 4 | 8 | 16;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// Column and row of the cell, from 0.
    Press(u16, u16),
    WheelUp,
    WheelDown,
}

impl Mouse {
    /// The meaning of `ESC [ < button ; column ; row M` (a press) or `m` (a release); cells count from 1 there.
    pub fn reported(numbers: &[u16], last: u8) -> Option<Mouse> {
        let (&[button, column, row], b'M') = (numbers, last) else { return None };
        match (button, button & !HELD) {
            (0, _) => Some(Mouse::Press(column.checked_sub(1)?, row.checked_sub(1)?)),
            (_, 64) => Some(Mouse::WheelUp),
            (_, 65) => Some(Mouse::WheelDown),
            _ => None,
        }
    }
}
