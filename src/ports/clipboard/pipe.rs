//! Programs that take a text on their stdin: tmux, and whatever the user configured. No shell, no words on screen,
//! no longer than the limit.

use std::io::{self, Write};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::ports::children;

/// Hands the text to tmux, which hands it on to its terminal (`-w`). Whether that took it cannot be known: false.
pub fn tmux(text: &str, limit: Duration) -> Result<bool, String> {
    let argv = ["tmux", "load-buffer", "-w", "-"].map(str::to_owned);
    command(&argv, text, limit).map(|()| false)
}

/// Runs a program with the text on its stdin; an error is a clause that holds nothing of the text.
pub fn command(argv: &[String], text: &str, limit: Duration) -> Result<(), String> {
    let Some((program, words)) = argv.split_first() else { return Err("the command is empty".into()) };
    let end = Instant::now() + limit;
    let mut child = children::command(program)
        .args(words)
        .stdin(Stdio::piped())
        .spawn()
        .map_err(|error| format!("could not start {program}: {}", cause(&error)))?;
    feed(&mut child, text);
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => {
                let code = status.code().map_or("a signal".to_owned(), |code| code.to_string());
                return Err(format!("{program} ended with {code}"));
            }
            Ok(None) if Instant::now() < end => thread::sleep(Duration::from_millis(5)),
            Ok(None) | Err(_) => {
                // Killed and collected, so that nothing of it stays behind.
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("{program} did not end within {limit:?}"));
            }
        }
    }
}

/// Writes from beside, so that a program that does not read cannot hold us.
fn feed(child: &mut Child, text: &str) {
    if let Some(mut stdin) = child.stdin.take() {
        let text = text.to_owned();
        let writer = thread::Builder::new().name("copy".into());
        // One that ends without reading all says what it thinks by its status.
        let _ = writer.spawn(move || stdin.write_all(text.as_bytes()));
    }
}

fn cause(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "not found",
        io::ErrorKind::PermissionDenied => "not allowed",
        _ => "it does not run",
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn run(words: &[&str], text: &str, limit: u64) -> Result<(), String> {
        let argv: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        command(&argv, text, Duration::from_millis(limit))
    }

    #[test]
    fn a_program_that_does_not_end_is_stopped() {
        assert_eq!(run(&["sleep", "60"], "x", 10), Err("sleep did not end within 10ms".into()));
    }

    #[test]
    fn a_program_that_does_not_read_is_no_trouble() {
        assert_eq!(run(&["true"], &"x".repeat(1 << 20), 10_000), Ok(()));
    }
}
