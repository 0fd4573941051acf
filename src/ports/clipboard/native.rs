//! The system's own clipboard through one handle that lives as long as the program.

use std::time::Duration;

use arboard::{Clipboard, Error, Set};

use crate::domain::clipboard::Forgotten;

/// How often a text is read back before something else is believed to be there, and the time between.
const TRIES: u32 = 15;
const BETWEEN: Duration = Duration::from_millis(20);

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
    let read = written.and_then(|()| read_back(clipboard, text).map_err(reason));
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

/// Reads until the text is there, or has not come for a while: a compositor may still be on its way to the new owner.
fn read_back(clipboard: &mut Clipboard, text: &str) -> Result<String, Error> {
    let mut read = clipboard.get_text();
    for _ in 0..TRIES {
        if read.as_ref().is_ok_and(|back| back == text) {
            break;
        }
        std::thread::sleep(BETWEEN);
        read = clipboard.get_text();
    }
    read
}

/// What the clipboard holds at present.
pub fn read(handle: &mut Option<Clipboard>) -> Option<String> {
    handle.as_mut()?.get_text().ok()
}

/// Empties the clipboard if it still holds this text.
pub fn forget(handle: &mut Option<Clipboard>, text: &str) -> Forgotten {
    let Some(clipboard) = handle else { return Forgotten::Foreign };
    match clipboard.get_text() {
        Ok(held) if held == text => match clipboard.clear() {
            Ok(()) => Forgotten::Removed,
            Err(_) => Forgotten::Unknown,
        },
        Ok(_) | Err(Error::ContentNotAvailable) => Forgotten::Foreign,
        Err(_) => Forgotten::Unknown,
    }
}

#[cfg(any(target_os = "macos", target_os = "linux", windows))]
pub(super) fn hidden(set: Set<'_>) -> Set<'_> {
    #[cfg(target_os = "macos")]
    use arboard::SetExtApple as _;
    #[cfg(target_os = "linux")]
    use arboard::SetExtLinux as _;
    #[cfg(windows)]
    use arboard::SetExtWindows as _;
    set.exclude_from_history()
}

#[cfg(not(any(target_os = "macos", target_os = "linux", windows)))]
pub(super) fn hidden(set: Set<'_>) -> Set<'_> {
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
