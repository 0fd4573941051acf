//! The system's own clipboard through one handle that lives as long as the program.

use arboard::{Clipboard, Error, Set};

/// Puts the text there and reads it back: true if it came back equal.
pub fn copy(handle: &mut Option<Clipboard>, text: &str, secret: bool) -> Result<bool, String> {
    let clipboard = match handle {
        Some(clipboard) => clipboard,
        None => {
            handle.insert(Clipboard::new().map_err(|_| "no desktop's clipboard can be reached".to_owned())?)
        }
    };
    let set = if secret { hidden(clipboard.set()) } else { clipboard.set() };
    let written = set.text(text).map_err(reason);
    let read = written.and_then(|()| clipboard.get_text().map_err(reason));
    if read.is_err() {
        // The desktop may have been restarted; the next copy tries anew.
        std::mem::forget(handle.take());
    }
    match read {
        Ok(back) if back == text => Ok(true),
        Ok(_) => Err("something else was on the clipboard right after".into()),
        Err(reason) => Err(reason),
    }
}

#[cfg(any(target_os = "macos", target_os = "linux", windows))]
fn hidden(set: Set<'_>) -> Set<'_> {
    #[cfg(target_os = "macos")]
    use arboard::SetExtApple as _;
    #[cfg(target_os = "linux")]
    use arboard::SetExtLinux as _;
    #[cfg(windows)]
    use arboard::SetExtWindows as _;
    set.exclude_from_history()
}

#[cfg(not(any(target_os = "macos", target_os = "linux", windows)))]
fn hidden(set: Set<'_>) -> Set<'_> {
    set
}

/// In words of our own: the library's can name causes that are none.
fn reason(error: Error) -> String {
    match error {
        Error::ClipboardOccupied => "another program holds the clipboard".into(),
        Error::ContentNotAvailable => "the clipboard did not keep the text".into(),
        _ => "the desktop's clipboard does not answer".into(),
    }
}
