//! OSC 52 outside of the console: the sequence goes to the terminal this process belongs to, never to standard
//! output, which may be a file or another program.

use base64::Engine;

/// Writes the text to the controlling terminal. The error is a clause.
#[cfg(unix)]
pub fn osc52(text: &str) -> Result<(), String> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    let terminal =
        std::fs::File::options().write(true).custom_flags(flags.bits().cast_signed()).open("/dev/tty");
    let mut terminal = terminal.map_err(|_| "there is no terminal to hand it to".to_owned())?;
    let text = base64::engine::general_purpose::STANDARD.encode(text);
    // In one piece, or the terminal would wait for the rest of the sequence.
    match terminal.write(format!("\x1b]52;c;{text}\x1b\\").as_bytes()) {
        Ok(count) if count == text.len() + 9 => Ok(()),
        _ => Err("the terminal takes nothing at present".to_owned()),
    }
}

#[cfg(not(unix))]
pub fn osc52(_: &str) -> Result<(), String> {
    Err("there is no terminal to hand it to".to_owned())
}
