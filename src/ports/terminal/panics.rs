//! The last words of a program that broke. The terminal is given back first; then one paragraph says where it broke,
//! without any value that could be a secret: only texts that stand in the source are repeated.

use std::io::Write;
use std::panic::PanicHookInfo;
use std::sync::Once;
use std::time::Duration;

use crate::domain::mask;
use crate::ports::log;

use super::guard;

/// The exit code of a panic.
const BROKEN: u8 = 101;

/// From now on a panic on any thread ends the program in good order. Further calls do nothing.
pub fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        std::panic::set_hook(Box::new(|panic| {
            guard::leave_in_time();
            let words = words(panic);
            let words = mask::hide(&words);
            log::error(|| words.to_string());
            log::flush(Duration::from_millis(100));
            // stderr may be closed; then nobody reads it, and a second panic would cost the exit code.
            let _ = std::io::stderr().write_all(words.as_bytes());
            guard::exit(BROKEN);
        }));
    });
}

fn words(panic: &PanicHookInfo<'_>) -> String {
    let place = panic.location().map(|place| format!(" at {}:{}", place.file(), place.line()));
    let reason = panic.payload().downcast_ref::<&'static str>().map(|text| format!(": {text}"));
    format!(
        "roomkey panicked{}{}.\nThis is a fault in roomkey, version {}. Calls that were under way may have created \
         their room: check with the provider before you create again.\n",
        place.unwrap_or_default(),
        reason.unwrap_or_default(),
        env!("CARGO_PKG_VERSION"),
    )
}
