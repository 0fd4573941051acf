//! What a terminal sends, byte by byte, made into keys, pastes and clicks. Pure: bytes in, inputs out, however the
//! bytes are cut. Sequences that name neither (focus, answers nobody asked for) and garbage vanish without a trace; the
//! meaning of a whole sequence is in `sequence`.

use std::time::Duration;

use crate::domain::key::{Key, KeyCode};

use super::mouse::Mouse;
use super::paste::Paste;
use super::sequence::{self, Meaning};

/// What was typed or pasted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    Key(Key),
    Mouse(Mouse),
    /// Lines end in `\n`, invalid UTF-8 shows as `�`.
    Paste(String),
    /// More than `paste::LIMIT` bytes were pasted; they were thrown away whole.
    PasteTooLong(usize),
    /// A paste began, nothing has come for a while, and its end is missing: keys are not heard.
    PasteOpen,
}

/// How long the rest of a sequence may take before what is there must stand for itself.
const SEQUENCE: Duration = Duration::from_millis(50);
/// How long a paste may pause before the user should be told.
const PASTE: Duration = Duration::from_secs(3);
/// No sequence that means something to us is longer.
const LONGEST: usize = 64;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Ground,
    /// The bytes of one character so far.
    Letter(Vec<u8>),
    Escape,
    /// After `ESC [`: parameters so far.
    Control(Vec<u8>),
    /// After `ESC O`.
    Single,
    /// After `ESC [ [`: the Linux console's first five function keys.
    Console,
    /// Bytes of an old mouse report still to skip.
    Mouse(u8),
    /// In the answer to a question nobody asked: after `ESC ]` or `ESC P`.
    Answer {
        opened: u8,
        empty: bool,
        escape: bool,
    },
    Paste(Paste),
}

/// The reader of the byte stream; remembers where in a sequence it stands.
#[derive(Clone, Debug, Default)]
pub struct Parser {
    state: State,
    /// An ESC came right before: the next key is held with Alt.
    alt: bool,
    /// The user knows that the paste under way has no end.
    told: bool,
}

impl Parser {
    /// Takes in bytes as they came.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<Input>) {
        if self.told && matches!(bytes, [0x03] | [0x1b]) {
            // After the pause a lone Ctrl-C or Esc gives the keys back. Anything longer is taken for the rest of
            // the paste: pasted lines must never act as keys.
            return self.reset();
        }
        for &byte in bytes {
            self.take(byte, out);
        }
    }

    /// Nothing more is there at present: a lone ESC was the key.
    pub fn settle(&mut self, out: &mut Vec<Input>) {
        if self.state == State::Escape {
            self.reset();
            out.push(Input::Key(KeyCode::Esc.into()));
        }
    }

    /// How long to wait for the rest before `give_up`; none while nothing is half read.
    pub fn patience(&self) -> Option<Duration> {
        match &self.state {
            State::Ground => None,
            State::Paste(_) if self.told => None,
            State::Paste(_) => Some(PASTE),
            _ => Some(SEQUENCE),
        }
    }

    /// The rest did not come in time.
    pub fn give_up(&mut self, out: &mut Vec<Input>) {
        if let State::Paste(_) = self.state {
            if !self.told {
                self.told = true;
                out.push(Input::PasteOpen);
            }
            return;
        }
        let letter = match std::mem::take(&mut self.state) {
            State::Control(parameters) if parameters.is_empty() => Some('['),
            State::Single => Some('O'),
            State::Answer { opened, empty: true, escape: false } => Some(char::from(opened)),
            State::Escape => return out.push(Input::Key(KeyCode::Esc.into())),
            _ => None,
        };
        self.reset();
        out.extend(letter.map(|letter| Input::Key(Key::new(KeyCode::Char(letter), false, true, false))));
    }

    fn reset(&mut self) {
        *self = Parser::default();
    }

    fn take(&mut self, byte: u8, out: &mut Vec<Input>) {
        match std::mem::take(&mut self.state) {
            State::Ground => self.begin(byte, out),
            State::Letter(bytes) => self.letter(bytes, byte, out),
            State::Escape => self.escape(byte, out),
            State::Control(parameters) => self.control(parameters, byte, out),
            State::Single => self.single(byte, out),
            State::Console => self.key(sequence::console(byte), out),
            State::Mouse(left) if left > 1 => self.state = State::Mouse(left - 1),
            State::Mouse(_) => self.reset(),
            State::Answer { opened, escape, .. } => self.answer(opened, escape, byte),
            State::Paste(paste) => self.paste(paste, byte, out),
        }
    }

    fn begin(&mut self, byte: u8, out: &mut Vec<Input>) {
        match byte {
            0x1b => self.state = State::Escape,
            0x00..=0x7f => self.key(Some(Key::from(char::from(byte))), out),
            0xc2..=0xf4 => self.state = State::Letter(vec![byte]),
            _ => self.reset(),
        }
    }

    fn letter(&mut self, mut bytes: Vec<u8>, byte: u8, out: &mut Vec<Input>) {
        if byte & 0xc0 != 0x80 {
            self.reset();
            return self.begin(byte, out);
        }
        bytes.push(byte);
        let length = match bytes[0] {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            _ => 4,
        };
        if bytes.len() < length {
            self.state = State::Letter(bytes);
        } else {
            let letter = std::str::from_utf8(&bytes).ok().and_then(|text| text.chars().next());
            self.key(letter.filter(|letter| !letter.is_control()).map(Key::from), out);
        }
    }

    fn escape(&mut self, byte: u8, out: &mut Vec<Input>) {
        match byte {
            0x1b => {
                out.push(Input::Key(KeyCode::Esc.into()));
                self.state = State::Escape;
            }
            b'[' => self.state = State::Control(Vec::new()),
            b'O' => self.state = State::Single,
            b']' | b'P' => self.state = State::Answer { opened: byte, empty: true, escape: false },
            _ => {
                self.alt = true;
                self.begin(byte, out);
            }
        }
    }

    fn control(&mut self, mut parameters: Vec<u8>, byte: u8, out: &mut Vec<Input>) {
        match byte {
            b'[' if parameters.is_empty() => self.state = State::Console,
            b'M' if parameters.is_empty() => self.state = State::Mouse(3),
            0x20..=0x3f => {
                if parameters.len() < LONGEST {
                    parameters.push(byte);
                }
                self.state = State::Control(parameters);
            }
            0x40..=0x7e => match sequence::control(&parameters, byte) {
                Meaning::Key(key) => self.key(Some(key), out),
                Meaning::Paste => self.state = State::Paste(Paste::default()),
                Meaning::Mouse(mouse) => {
                    self.reset();
                    out.push(Input::Mouse(mouse));
                }
                Meaning::Nothing => self.reset(),
            },
            _ => {
                self.reset();
                self.begin(byte, out);
            }
        }
    }

    fn single(&mut self, byte: u8, out: &mut Vec<Input>) {
        match sequence::single(byte) {
            Some(key) => self.key(Some(key), out),
            None => {
                self.key(Some(Key::new(KeyCode::Char('O'), false, true, false)), out);
                self.begin(byte, out);
            }
        }
    }

    fn answer(&mut self, opened: u8, escape: bool, byte: u8) {
        match byte {
            0x07 | 0x18 | 0x1a => self.reset(),
            b'\\' if escape => self.reset(),
            _ => self.state = State::Answer { opened, empty: false, escape: byte == 0x1b },
        }
    }

    fn paste(&mut self, mut paste: Paste, byte: u8, out: &mut Vec<Input>) {
        if paste.push(byte) {
            self.reset();
            out.push(paste.finish());
        } else {
            self.state = State::Paste(paste);
        }
    }

    fn key(&mut self, key: Option<Key>, out: &mut Vec<Input>) {
        out.extend(key.map(|key| Input::Key(Key { alt: key.alt || self.alt, ..key })));
        self.reset();
    }
}
