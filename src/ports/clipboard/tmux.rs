//! tmux as a clipboard: a text goes into a buffer and on to the terminal, and what a secret left behind in a buffer is
//! found by its content and removed.

use std::time::Duration;

use super::pipe;

/// How long a question to tmux may take.
const QUESTION: Duration = Duration::from_millis(300);
/// Buffers looked into, the newest first.
const BUFFERS: usize = 10;

/// Hands the text to tmux, which hands it on to its terminal (`-w`). Whether that took it cannot be known: false.
pub fn copy(text: &str, limit: Duration) -> Result<bool, String> {
    let argv = ["tmux", "load-buffer", "-w", "-"].map(str::to_owned);
    pipe::command(&argv, text, limit).map(|()| false)
}

/// What tmux does with a program's order to the clipboard: `on`, `external` or `off`. Nothing where it does not say.
pub fn set_clipboard() -> Option<String> {
    let answer = ask(&["show-options", "-sv", "set-clipboard"])?;
    let answer = answer.trim();
    (!answer.is_empty()).then(|| answer.to_owned())
}

/// Removes the buffers that hold exactly this text. True if there was one.
pub fn remove(text: &str) -> bool {
    let Some(names) = ask(&["list-buffers", "-F", "#{buffer_name}"]) else { return false };
    let holds = |name: &&str| ask(&["show-buffer", "-b", name]).is_some_and(|held| held == text);
    let ours: Vec<&str> = names.lines().take(BUFFERS).filter(holds).collect();
    let removed = ours.iter().filter(|name| ask(&["delete-buffer", "-b", name]).is_some());
    removed.count() > 0
}

fn ask(words: &[&str]) -> Option<String> {
    let argv: Vec<String> = ["tmux"].iter().chain(words).map(|word| (*word).to_owned()).collect();
    pipe::ask(&argv, QUESTION).ok()
}
