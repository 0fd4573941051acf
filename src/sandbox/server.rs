//! Binding and serving. Binding is cheap and synchronous, so a console can hand out addresses before its first
//! frame; the thread that answers starts with `serve`, and until then the listener's backlog keeps callers waiting.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use serde_json::Value;
use tokio::runtime;
use tokio::sync::watch;

use super::announce;
use super::connection;
use super::keys::Keys;
use super::running::Running;
use super::state::{Onlooker, Shared};
use super::world::World;

/// A sandbox that has its port and does not answer yet.
pub struct Sandbox {
    listener: TcpListener,
    origin: String,
    keys: Keys,
    world: World,
}

impl Sandbox {
    /// Takes a port of 127.0.0.1; 0 is any free one. Fails when the port is taken or may not be used.
    pub fn bind(port: u16, world: World) -> io::Result<Sandbox> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let origin = format!("http://{}", listener.local_addr()?);
        Ok(Sandbox { listener, origin, keys: Keys::new(world.seed), world })
    }

    /// The settings of every provider: `{"version":1,"providers":{"bunch":{"base_url":…,…},…}}`.
    pub fn announce(&self) -> Value {
        announce::announce(&self.origin, &self.keys)
    }

    /// The settings a profile of `provider` needs, in reading order; empty for an unknown one.
    pub fn settings(&self, provider: &str) -> Vec<(String, String)> {
        announce::settings(provider, &self.origin, &self.keys)
    }

    /// Uses this secret for BigBlueButton, so that published checksums can be tried.
    pub fn set_bbb_secret(&mut self, secret: &str) {
        self.keys.bbb = secret.to_owned();
    }

    /// Answers on a thread of its own until the last handle is dropped. Fails when the system grants no thread or
    /// no event queue.
    pub fn serve(self) -> io::Result<Running> {
        self.start(None)
    }

    /// As `serve`, with one line per request for an onlooker: method, path without the query, status.
    pub fn serve_watched(self, watch: impl Fn(&str) + Send + 'static) -> io::Result<Running> {
        self.start(Some(Box::new(watch)))
    }

    fn start(self, onlooker: Option<Onlooker>) -> io::Result<Running> {
        let Sandbox { listener, origin, keys, world } = self;
        listener.set_nonblocking(true)?;
        let engine = runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let listener = engine.block_on(async { tokio::net::TcpListener::from_std(listener) })?;
        let shared = Arc::new(Shared::new(world, origin, keys, onlooker));
        let (alive, stop) = watch::channel(());
        let served = shared.clone();
        let run = move || engine.block_on(accept(listener, served, stop));
        thread::Builder::new().name("sandbox".to_owned()).spawn(run)?;
        Ok(Running::new(shared, alive))
    }
}

/// Takes connections until the handle's side of `stop` is gone; leaving drops every connection with the runtime.
async fn accept(listener: tokio::net::TcpListener, shared: Arc<Shared>, mut stop: watch::Receiver<()>) {
    loop {
        tokio::select! {
            _ = stop.changed() => return,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => { tokio::spawn(connection::run(stream, shared.clone())); }
                // out of file handles, or the caller is gone already: the next one may be luckier
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            },
        }
    }
}
