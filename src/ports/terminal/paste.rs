//! A bracketed paste on its way in. It is kept up to a limit and only counted beyond it, so that a hundred megabytes
//! pasted by mistake cost a number, not memory.

use super::parse::Input;

/// Bytes of a paste that are kept; a list of a few thousand people is far below.
pub const LIMIT: usize = 1024 * 1024;

const END: &[u8] = b"\x1b[201~";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paste {
    bytes: Vec<u8>,
    /// How many bytes came in all, the end mark's so far included.
    length: usize,
    /// How much of the end mark has been seen.
    matched: usize,
}

impl Paste {
    /// Takes a byte; true when it was the last of the end mark.
    pub fn push(&mut self, byte: u8) -> bool {
        self.length += 1;
        self.matched = match byte {
            _ if byte == END[self.matched] => self.matched + 1,
            0x1b => 1, // an ESC begins the mark anew; it occurs nowhere else in it
            _ => 0,
        };
        if self.bytes.len() < LIMIT + END.len() {
            self.bytes.push(byte);
        }
        self.matched == END.len()
    }

    /// The text without its end mark.
    pub fn finish(mut self) -> Input {
        let length = self.length.saturating_sub(self.matched);
        if length > LIMIT {
            return Input::PasteTooLong(length);
        }
        self.bytes.truncate(length);
        let text = String::from_utf8_lossy(&self.bytes);
        Input::Paste(text.replace("\r\n", "\n").replace('\r', "\n"))
    }
}
