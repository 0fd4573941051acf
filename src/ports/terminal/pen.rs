//! Cells made into the bytes a terminal understands, with as few as will do: the cursor is moved only where it is not,
//! colours are named only where they change. The last gate for text: no control character leaves it.

use ratatui::buffer::Cell;
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthChar;

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Look {
    foreground: Color,
    background: Color,
    underline: Color,
    modifier: Modifier,
}

const PLAIN: Look = Look {
    foreground: Color::Reset,
    background: Color::Reset,
    underline: Color::Reset,
    modifier: Modifier::empty(),
};

/// The bytes of a frame under way, and what the terminal's cursor and colours will be after them.
#[derive(Debug)]
pub struct Pen {
    bytes: Vec<u8>,
    /// Unknown after anything whose width terminals disagree about.
    at: Option<Position>,
    look: Look,
}

impl Pen {
    /// For a terminal of which only the colours are known: plain.
    pub fn new() -> Pen {
        Pen { bytes: Vec::with_capacity(64 * 1024), at: None, look: PLAIN }
    }

    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Takes the frame's bytes, colours plain at their end.
    pub fn take(&mut self, into: &mut Vec<u8>) {
        self.wear(PLAIN);
        into.append(&mut self.bytes);
    }

    /// Forgets what is under way and wipes the screen.
    pub fn wipe(&mut self) {
        self.bytes.clear();
        self.bytes.extend_from_slice(b"\x1b[m\x1b[2J");
        (self.at, self.look) = (None, PLAIN);
    }

    pub fn cell(&mut self, place: Position, cell: &Cell, width: u16) {
        self.go(place);
        self.wear(Look {
            foreground: cell.fg,
            background: cell.bg,
            underline: cell.underline_color,
            modifier: cell.modifier,
        });
        self.write(cell.symbol());
        let next = place.x.saturating_add(1);
        let plain = single_cell(cell.symbol());
        // At the last column terminals wait with the next line, each in its own way.
        self.at = (plain && next < width).then_some(Position { x: next, y: place.y });
    }

    /// Moves the cursor, if it is not there.
    pub fn go(&mut self, place: Position) {
        if self.at != Some(place) {
            self.say(format_args!("\x1b[{};{}H", u32::from(place.y) + 1, u32::from(place.x) + 1));
            self.at = Some(place);
        }
    }

    pub fn raw(&mut self, sequence: &[u8]) {
        self.bytes.extend_from_slice(sequence);
    }

    fn write(&mut self, symbol: &str) {
        if symbol.chars().any(char::is_control) {
            self.bytes.extend_from_slice("\u{fffd}".as_bytes());
        } else {
            self.bytes.extend_from_slice(symbol.as_bytes());
        }
    }

    fn wear(&mut self, look: Look) {
        if self.look == look {
            return;
        }
        self.look = look;
        self.bytes.extend_from_slice(b"\x1b[0");
        let codes =
            [(1, Modifier::BOLD), (2, Modifier::DIM), (3, Modifier::ITALIC), (4, Modifier::UNDERLINED)];
        let more = [
            (5, Modifier::SLOW_BLINK),
            (6, Modifier::RAPID_BLINK),
            (7, Modifier::REVERSED),
            (8, Modifier::HIDDEN),
            (9, Modifier::CROSSED_OUT),
        ];
        for (code, modifier) in codes.into_iter().chain(more) {
            if look.modifier.contains(modifier) {
                self.say(format_args!(";{code}"));
            }
        }
        self.colour(30, look.foreground);
        self.colour(40, look.background);
        self.colour(50, look.underline);
        self.bytes.push(b'm');
    }

    /// A colour for letters (30), ground (40) or underline (50, which knows the 16 only by their number).
    fn colour(&mut self, base: u8, colour: Color) {
        let (named, number) = match colour {
            Color::Reset => return,
            Color::Rgb(red, green, blue) => {
                return self.say(format_args!(";{};2;{red};{green};{blue}", base + 8));
            }
            Color::Indexed(number) => (false, number),
            colour => (base != 50, named(colour)),
        };
        match number {
            0..=7 if named => self.say(format_args!(";{}", base + number)),
            8..=15 if named => self.say(format_args!(";{}", base + 60 + number - 8)),
            _ => self.say(format_args!(";{};5;{number}", base + 8)),
        }
    }

    fn say(&mut self, text: std::fmt::Arguments<'_>) {
        use std::io::Write;
        // Writing to memory cannot fail.
        let _ = self.bytes.write_fmt(text);
    }
}

fn named(colour: Color) -> u8 {
    match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        _ => 15,
    }
}

/// One character of one cell: the only thing all terminals agree about.
fn single_cell(symbol: &str) -> bool {
    let mut letters = symbol.chars();
    matches!((letters.next(), letters.next()), (Some(letter), None) if letter.width() == Some(1))
}
