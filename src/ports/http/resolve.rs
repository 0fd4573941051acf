//! Looking up the addresses of a host with the system's resolver, with an error of our own: "there is no such host"
//! deserves another sentence than "it does not answer". Other ways of looking up are for tests.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Finds the addresses of a host; their ports do not count where they are 0.
pub type Lookup = Arc<dyn Fn(String) -> Looking + Send + Sync>;
type Looking = Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>>;

/// The resolver of the system.
pub(super) fn system() -> Lookup {
    Arc::new(|name| Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) }))
}

pub(super) struct Resolver(pub Lookup);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let looking = (self.0)(name.as_str().to_owned());
        Box::pin(async move {
            let mut found = looking.await.map_err(|_| NoAddress)?;
            // "No particular address" would lead to this machine.
            found.retain(|address| !address.ip().is_unspecified());
            if found.is_empty() { Err(NoAddress.into()) } else { Ok(Box::new(found.into_iter()) as Addrs) }
        })
    }
}

/// The host has no address, or nobody could be asked for it.
#[derive(Debug)]
pub(super) struct NoAddress;

impl fmt::Display for NoAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no address")
    }
}

impl std::error::Error for NoAddress {}
