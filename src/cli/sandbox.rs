//! `roomkey sandbox`: the imitating server on its own. One line of JSON says where it listens and with which keys,
//! then each request is a line on standard error.

use std::io::Write;
use std::sync::{Arc, mpsc};

use crate::error::Error;
use crate::ports::clock::Clock;
use crate::sandbox::{Sandbox, World as Ground};

use super::{World, signals};

pub(super) fn run(port: u16, world: &mut World) -> u8 {
    let (ring, bell) = mpsc::channel();
    if signals::watch(move |_| ring.send(()).unwrap_or_default()).is_err() {
        return world.io.fail(&Error::other("could not listen for signals"));
    }
    let Ok(chance) = world.random.text() else {
        return world.io.fail(&Error::other("could not get random bytes from the system"));
    };
    let seed = chance.bytes().fold(0_u64, |seed, byte| seed.wrapping_mul(37).wrapping_add(byte.into()));
    let clock = Clock::system(None);
    let ground = Ground { now: Arc::new(move || clock.now()), seed };
    let sandbox = match Sandbox::bind(port, ground) {
        Ok(sandbox) => sandbox,
        Err(error) => {
            let message = format!("could not listen on port {port}: {}", error.kind());
            return world.io.fail(&Error::other(message).hint("choose another --port"));
        }
    };
    let announce = sandbox.announce().to_string();
    let serving = sandbox.serve_watched(|line| {
        // Nobody reads the lines any more: no reason to stop serving.
        let _ = writeln!(std::io::stderr(), "{}", crate::domain::text::printable(line));
    });
    let Ok(running) = serving else {
        return world.io.fail(&Error::other("could not start serving"));
    };
    if world.io.data(&announce).is_err() {
        return world.io.fail(&Error::other("could not write to standard output"));
    }
    let _ = bell.recv();
    drop(running);
    0
}
