//! What a subcommand sends: on one thread, until it is done or a signal ends it.

use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

use crate::error::{Error, Kind, Result};
use crate::worker::call::{Halt, Halting};

use super::signals;

/// Performs what is made with the word to halt, which INT, TERM and HUP give.
pub(super) fn perform<T>(task: impl AsyncFnOnce(Halting) -> T) -> Result<T> {
    let runtime = runtime()?;
    let (give, halt) = watch::channel(None);
    signals::watch(move |signal| {
        give.send_replace(Some(Halt::Signal(signal)));
    })
    .map_err(|_| Error::other("could not start listening for signals"))?;
    Ok(finish(runtime, task(halt)))
}

/// Performs what changes nothing, so that a signal may end it wherever it is.
pub(super) fn ask<T>(task: impl Future<Output = Result<T>>) -> Result<T> {
    perform(async |mut halt: Halting| {
        tokio::select! {
            biased;
            done = task => done,
            halted = halt.wait_for(Option::is_some) => {
                let signal = match halted.ok().and_then(|halt| *halt) {
                    Some(Halt::Signal(number)) => number,
                    _ => 0,
                };
                Err(Error::new(Kind::Interrupted(signal), "stopped before the answer came"))
            }
        }
    })?
}

fn runtime() -> Result<Runtime> {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.map_err(|_| Error::other("could not start the network"))
}

fn finish<T>(runtime: Runtime, task: impl Future<Output = T>) -> T {
    let done = runtime.block_on(task);
    // A command or a name server may still be waited for on another thread.
    runtime.shutdown_background();
    done
}
