//! Making an HTTP client: no redirects, no referer, no second try, and no pool but in a batch. Trust is the system's,
//! plus the profile's own authority; where the system has none at all, the public authorities the program carries.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Certificate, Client, ClientBuilder};

use crate::error::{Error, Result};
use crate::ports::paths;

use super::{Limits, Lookup, Route, resolve, watch};

/// How long a connection is kept for the next request of a batch.
const IDLE: Duration = Duration::from_secs(4);

pub(super) fn build(route: &Route, lookup: &Lookup) -> Result<Client> {
    // Only the first of several installs counts; all of them install the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let own = match &route.ca_file {
        Some(path) => certificates(path)?,
        None => Vec::new(),
    };
    let with_system = plain(route, lookup).tls_certs_merge(own.clone()).build();
    with_system
        .or_else(|_| plain(route, lookup).tls_certs_only(public().into_iter().chain(own)).build())
        .map_err(|_| {
            Error::config("could not set up encrypted connections").hint("install the system's certificates")
        })
}

/// The settings that do not depend on trust.
fn plain(route: &Route, lookup: &Lookup) -> ClientBuilder {
    let builder = Client::builder()
        .user_agent(concat!("roomkey/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        // Shares the time for connecting out among the addresses of a host; the door watches the whole of it.
        .connect_timeout(Limits::default().connect)
        .pool_max_idle_per_host(if route.keeps { usize::MAX } else { 0 })
        // Sooner than servers and middleboxes forget a connection: one that is gone looks like a lost answer.
        .pool_idle_timeout(IDLE)
        .dns_resolver(resolve::Resolver(Arc::clone(lookup)))
        .connector_layer(watch::Watch);
    if route.loopback { builder.no_proxy() } else { builder }
}

/// How many authorities a file of certificates names; an error where it is of no use.
pub fn authorities(path: &std::path::Path) -> Result<usize> {
    certificates(path).map(|certificates| certificates.len())
}

fn certificates(path: &std::path::Path) -> Result<Vec<Certificate>> {
    let file = paths::read_text(path).map_err(|error| {
        let named = Error::config(format!("ca_file: {}", error.message()));
        error.next_step().map_or(named.clone(), |hint| named.hint(hint))
    })?;
    let certificates = Certificate::from_pem_bundle(file.text.as_bytes()).unwrap_or_default();
    if certificates.is_empty() {
        let message = format!("ca_file {} holds no certificate", path.display());
        return Err(Error::config(message).hint("name a file in PEM form"));
    }
    Ok(certificates)
}

fn public() -> Vec<Certificate> {
    let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS;
    roots.iter().filter_map(|root| Certificate::from_der(root).ok()).collect()
}
