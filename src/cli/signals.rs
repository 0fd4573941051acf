//! INT, TERM and HUP as something to react to, instead of an end in the middle of a call.

/// Calls `told` with the number of every such signal from now on.
#[cfg(unix)]
pub(super) fn watch(told: impl Fn(u8) + Send + 'static) -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    std::thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            told(u8::try_from(signal).unwrap_or_default());
        }
    })?;
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn watch(_: impl Fn(u8) + Send + 'static) -> std::io::Result<()> {
    Ok(())
}
