//! Looking up the addresses of a host with the system's resolver, with an error of our own: "there is no such host"
//! deserves another sentence than "it does not answer".

use std::fmt;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// The resolver of the system.
pub(super) struct System;

impl Resolve for System {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await.map_err(|_| NoAddress)?;
            let found: Vec<_> = found.collect();
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
