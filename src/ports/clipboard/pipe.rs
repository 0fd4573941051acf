//! Programs that take a text on their stdin or print an answer: tmux, and whatever the user configured. No shell, no
//! words on screen, no longer than the limit.

use std::io::{self, Read, Write};
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::ports::children;

/// More than this is not read of what a program prints, in bytes.
const LONGEST: u64 = 1 << 20;

/// Runs a program with the text on its stdin; an error is a clause that holds nothing of the text.
pub fn command(argv: &[String], text: &str, limit: Duration) -> Result<(), String> {
    let mut child = start(argv, Stdio::piped(), Stdio::null())?;
    feed(&mut child, text);
    wait(&mut child, &argv[0], Instant::now() + limit, limit)
}

/// Runs a program and gives what it prints; at most `LONGEST` bytes of it.
pub fn ask(argv: &[String], limit: Duration) -> Result<String, String> {
    let end = Instant::now() + limit;
    let mut child = start(argv, Stdio::null(), Stdio::piped())?;
    let stdout = child.stdout.take();
    let (answer, printed) = mpsc::channel();
    let read = move || {
        let mut text = Vec::new();
        let read = stdout.map(|stdout| stdout.take(LONGEST).read_to_end(&mut text));
        // Nobody listens any more when it took too long.
        let _ = answer.send(read.is_some_and(|read| read.is_ok()).then_some(text));
    };
    thread::Builder::new()
        .name("ask".into())
        .spawn(read)
        .map_err(|_| "could not start a thread".to_owned())?;
    wait(&mut child, &argv[0], end, limit)?;
    let text = printed.recv_timeout(end.saturating_duration_since(Instant::now())).ok().flatten();
    text.and_then(|text| String::from_utf8(text).ok()).ok_or_else(|| format!("{} said nothing", argv[0]))
}

fn start(argv: &[String], stdin: Stdio, stdout: Stdio) -> Result<Child, String> {
    let Some((program, words)) = argv.split_first() else { return Err("the command is empty".into()) };
    let mut command = children::command(program);
    command.args(words).stdin(stdin).stdout(stdout);
    command.spawn().map_err(|error| format!("could not start {program}: {}", cause(&error)))
}

/// Waits for its end; one that takes longer is stopped and collected, so that nothing of it stays behind.
fn wait(child: &mut Child, program: &str, end: Instant, limit: Duration) -> Result<(), String> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => {
                let code = status.code().map_or("a signal".to_owned(), |code| code.to_string());
                return Err(format!("{program} ended with {code}"));
            }
            Ok(None) if Instant::now() < end => thread::sleep(Duration::from_millis(5)),
            Ok(None) | Err(_) => {
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
    fn what_a_program_prints_is_its_answer() {
        let ask = |words: &[&str], limit: u64| {
            let argv: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            super::ask(&argv, Duration::from_millis(limit))
        };
        assert_eq!(ask(&["printf", "on\\n"], 10_000).as_deref(), Ok("on\n"));
        assert_eq!(ask(&["sh", "-c", "exit 3"], 10_000), Err("sh ended with 3".into()));
        assert_eq!(ask(&["sleep", "60"], 10), Err("sleep did not end within 10ms".into()));
    }

    #[test]
    fn a_program_that_does_not_read_is_no_trouble() {
        assert_eq!(run(&["true"], &"x".repeat(1 << 20), 10_000), Ok(()));
    }
}
