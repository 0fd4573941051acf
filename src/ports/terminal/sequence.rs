//! The meaning of one whole escape sequence: xterm's, the Linux console's, and the kitty protocol's in case a program
//! before us left it switched on. Key releases mean nothing, so that each key acts once; of the mouse the left button's
//! press and the wheel mean something.

use crate::domain::key::{Key, KeyCode};

use super::mouse::Mouse;

/// What a control sequence stands for.
pub enum Meaning {
    Key(Key),
    /// A bracketed paste begins.
    Paste,
    Mouse(Mouse),
    Nothing,
}

/// `ESC [ parameters final`.
pub fn control(parameters: &[u8], last: u8) -> Meaning {
    if let Some(report) = parameters.strip_prefix(b"<") {
        let mouse = numbers(report).and_then(|numbers| Mouse::reported(&numbers, last));
        return mouse.map_or(Meaning::Nothing, Meaning::Mouse);
    }
    let Some(fields) = fields(parameters) else { return Meaning::Nothing };
    let number = |at: usize| fields.get(at).and_then(|field| field.first()).copied().unwrap_or(0);
    let held = Held::read(fields.get(1));
    if held.released {
        return Meaning::Nothing;
    }
    let key = match last {
        b'~' if number(0) == 200 => return Meaning::Paste,
        b'~' if number(0) == 27 => printable(number(2), None).map(|code| held.key(code)),
        b'~' => numbered(number(0)).map(|code| held.key(code)),
        b'u' => {
            let shifted = fields.first().and_then(|field| field.get(1)).copied().filter(|_| held.shift);
            printable(number(0), shifted).map(|code| held.key(code))
        }
        b'Z' => Some(Key::new(KeyCode::Tab, held.ctrl, held.alt, true)),
        // F3, unless it is the cursor's place that somebody asked for.
        b'R' if number(0) > 1 => None,
        // With no modifier these come bare or as `1;1`; a mouse or focus report has another final byte.
        _ => lettered(last).map(|code| held.key(code)),
    };
    key.map_or(Meaning::Nothing, Meaning::Key)
}

/// `ESC O last`: keys of the application mode.
pub fn single(last: u8) -> Option<Key> {
    match last {
        b'M' => Some(KeyCode::Enter.into()),
        _ => lettered(last).map(Key::from),
    }
}

/// `ESC [ [ last`: F1 to F5 of the Linux console.
pub fn console(last: u8) -> Option<Key> {
    matches!(last, b'A'..=b'E').then(|| KeyCode::F(last - b'A' + 1).into())
}

/// The plain numbers of a mouse report.
fn numbers(report: &[u8]) -> Option<Vec<u16>> {
    std::str::from_utf8(report).ok()?.split(';').map(|number| number.parse().ok()).collect()
}

/// Parameters as numbers: fields split by `;`, sub-fields by `:`. None for private sequences (answers nobody asked
/// for).
fn fields(parameters: &[u8]) -> Option<Vec<Vec<u32>>> {
    let text = std::str::from_utf8(parameters).ok()?;
    let number = |text: &str| if text.is_empty() { Some(0) } else { text.parse().ok() };
    text.split(';').map(|field| field.split(':').map(number).collect()).collect()
}

struct Held {
    ctrl: bool,
    alt: bool,
    shift: bool,
    released: bool,
}

impl Held {
    /// The field counts from 1; its bits are shift, alt, ctrl. A sub-field of 3 says the key went up.
    fn read(field: Option<&Vec<u32>>) -> Held {
        let bits = field.and_then(|field| field.first()).map_or(0, |number| number.saturating_sub(1));
        let released = field.and_then(|field| field.get(1)) == Some(&3);
        Held { shift: bits & 1 != 0, alt: bits & 2 != 0, ctrl: bits & 4 != 0, released }
    }

    fn key(&self, code: KeyCode) -> Key {
        Key::new(code, self.ctrl, self.alt, self.shift)
    }
}

fn lettered(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        _ => return None,
    })
}

fn numbered(number: u32) -> Option<KeyCode> {
    // The function keys were numbered after the rows of a keyboard of 1983, with gaps between its blocks.
    let function = |first: u8, base: u32| KeyCode::F(first + (number - base) as u8);
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => function(1, 11),
        17..=21 => function(6, 17),
        23..=26 => function(11, 23),
        28..=29 => function(15, 28),
        31..=34 => function(17, 31),
        _ => return None,
    })
}

/// A key named by its character, with what Shift makes of it where the terminal says so; the kitty protocol numbers
/// the keypad from 57399.
fn printable(number: u32, shifted: Option<u32>) -> Option<KeyCode> {
    const KEYPAD: [KeyCode; 10] = [
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::Insert,
        KeyCode::Delete,
    ];
    match number {
        13 | 57414 => Some(KeyCode::Enter),
        27 => Some(KeyCode::Esc),
        9 => Some(KeyCode::Tab),
        8 | 127 => Some(KeyCode::Backspace),
        57399..=57408 => char::from_digit(number - 57399, 10).map(KeyCode::Char),
        57417..=57426 => Some(KEYPAD[(number - 57417) as usize]),
        57344..=63743 => None,
        _ => {
            char::from_u32(shifted.unwrap_or(number)).filter(|letter| !letter.is_control()).map(KeyCode::Char)
        }
    }
}
