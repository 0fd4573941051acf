//! Why something could not be read or written, in words for the notice, and what may be done about it.

use rusqlite::ErrorCode;
use rusqlite::ffi::SQLITE_IOERR_SHMSIZE;

const FULL: &str = "the disk is full";

/// Why something could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Others hold the file; it may go better soon.
    pub busy: bool,
    /// What is in the file makes no sense.
    pub damaged: bool,
    /// The file, or the directory it lies in, cannot be written to.
    pub unwritable: bool,
    pub reason: String,
}

impl Fault {
    /// Why what can be read cannot be written.
    pub fn only_read(&self) -> &str {
        match self.reason.as_str() {
            FULL => FULL,
            _ => "the history cannot be written to",
        }
    }

    pub fn new(reason: impl Into<String>) -> Fault {
        Fault { busy: false, damaged: false, unwritable: false, reason: reason.into() }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Fault {
        // Reading needs some room as well: that of the memory runs share.
        let no_room = error.sqlite_error().is_some_and(|error| error.extended_code == SQLITE_IOERR_SHMSIZE);
        let code = if no_room { Some(ErrorCode::DiskFull) } else { error.sqlite_error_code() };
        let reason = match code {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => "the history is busy",
            Some(ErrorCode::DiskFull) => FULL,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => "the history cannot be written to",
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => "the history is damaged",
            Some(ErrorCode::CannotOpen) => "the history cannot be opened",
            Some(ErrorCode::SystemIoFailure) => "the disk gave an error",
            _ => "the history cannot be used",
        };
        Fault {
            busy: matches!(code, Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)),
            damaged: matches!(code, Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt)),
            unwritable: matches!(
                code,
                Some(
                    ErrorCode::ReadOnly
                        | ErrorCode::PermissionDenied
                        | ErrorCode::CannotOpen
                        | ErrorCode::DiskFull
                )
            ),
            reason: reason.into(),
        }
    }
}
