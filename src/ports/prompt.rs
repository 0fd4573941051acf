//! Lines typed in answer to a question on the command line, seen or unseen. The console has its own way to keys; this
//! is for commands that ask a few things and end. A line that is not to be seen is read key by key, because terminals
//! cut whole lines after 4,095 bytes and keys may be longer; its memory is zeroed.

use std::io::{self, IsTerminal};

use zeroize::Zeroizing;

/// Whether somebody is there who sees a question and can answer it.
pub fn is_possible() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal() && io::stderr().is_terminal()
}

/// What was typed up to Enter; nothing at the end of the input. Blocks.
pub fn line() -> io::Result<Option<Zeroizing<String>>> {
    let mut line = Zeroizing::new(String::new());
    let read = io::stdin().read_line(&mut line)?;
    let bare = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(bare);
    Ok((read > 0).then_some(line))
}

#[cfg(unix)]
pub use unseen::{Unseen, unseen};

#[cfg(unix)]
mod unseen {
    use std::io;

    use rustix::stdio::stdin;
    use rustix::termios::{
        self, LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
    };
    use zeroize::Zeroizing;

    /// Longest line that is taken, in bytes.
    const MOST: usize = 64 * 1024;

    /// The terminal shows nothing of what is typed, until this is dropped.
    pub struct Unseen(Termios);

    impl Unseen {
        pub fn begin() -> io::Result<Unseen> {
            let before = tcgetattr(stdin())?;
            let mut line = before.clone();
            line.local_modes &= !(LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON);
            line.special_codes[SpecialCodeIndex::VMIN] = 1;
            line.special_codes[SpecialCodeIndex::VTIME] = 0;
            tcsetattr(stdin(), OptionalActions::Now, &line)?;
            Ok(Unseen(before))
        }
    }

    impl Drop for Unseen {
        fn drop(&mut self) {
            // What is still on its way belongs to the answer and must not be shown by whoever reads next.
            let _ = termios::tcflush(stdin(), termios::QueueSelector::IFlush);
            let _ = tcsetattr(stdin(), OptionalActions::Now, &self.0);
        }
    }

    /// The same as `line`, under an `Unseen`: keys up to Enter, with Backspace and Ctrl-U.
    pub fn unseen() -> io::Result<Option<Zeroizing<String>>> {
        // Never moved, so that no copy of it stays behind.
        let mut typed = Zeroizing::new(Vec::with_capacity(MOST));
        let mut keys = Zeroizing::new([0_u8; 512]);
        loop {
            let read = match rustix::io::read(stdin(), &mut keys[..]) {
                Err(rustix::io::Errno::INTR) => continue,
                read => read?,
            };
            if read == 0 {
                return Ok(None);
            }
            for key in &keys[..read] {
                match key {
                    b'\r' | b'\n' => return text(&typed).map(Some),
                    0x04 if typed.is_empty() => return Ok(None),
                    0x7f | 0x08 => rub_out(&mut typed),
                    0x15 => typed.clear(),
                    key if typed.len() < MOST => typed.push(*key),
                    _ => return Err(io::ErrorKind::FileTooLarge.into()),
                }
            }
        }
    }

    /// Takes the last character off, however many bytes it has.
    fn rub_out(typed: &mut Vec<u8>) {
        while let Some(byte) = typed.pop() {
            if byte & 0xC0 != 0x80 {
                return;
            }
        }
    }

    fn text(typed: &[u8]) -> io::Result<Zeroizing<String>> {
        let text = std::str::from_utf8(typed).map_err(|_| io::ErrorKind::InvalidData)?;
        Ok(Zeroizing::new(text.to_owned()))
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn backspace_takes_a_whole_character() {
            let mut typed = "aé€".as_bytes().to_vec();
            for left in ["aé", "a", "", ""] {
                rub_out(&mut typed);
                assert_eq!(text(&typed).unwrap().as_str(), left);
            }
        }
    }
}

/// Nothing is asked unseen where nothing is known to hide it.
#[cfg(not(unix))]
pub struct Unseen;

#[cfg(not(unix))]
impl Unseen {
    pub fn begin() -> io::Result<Unseen> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(not(unix))]
pub fn unseen() -> io::Result<Option<Zeroizing<String>>> {
    Err(io::ErrorKind::Unsupported.into())
}
