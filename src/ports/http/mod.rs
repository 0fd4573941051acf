//! The door to the providers: one request out, one answer in, within strict limits of time and size. Nothing is
//! followed, repeated, decompressed or remembered, and each call opens a connection of its own, but for those of a
//! batch (`keeping`). What goes wrong is told apart by the one question that matters: had the connection been made, so
//! that the provider may have acted?

mod address;
mod body;
mod client;
pub mod proxy;
mod resolve;
mod trouble;
mod watch;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{ACCEPT_ENCODING, HeaderName, HeaderValue};
use tokio::time::{Instant, timeout_at};

use crate::domain::host::is_loopback;
use crate::domain::request::{Failure, Request, Response};
use crate::error::{Error, Result};

use body::Telling;
pub use client::authorities;
pub use resolve::Lookup;
use trouble::{lost, too_large, too_slow};
pub use watch::Connected;

/// What a call may take. The times count from its beginning, but for the first byte: that counts from the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Until the connection stands: address, TCP, TLS, proxy.
    pub connect: Duration,
    pub first_byte: Duration,
    pub whole: Duration,
    /// Largest body, in bytes.
    pub body: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connect: Duration::from_secs(5),
            first_byte: Duration::from_secs(20),
            whole: Duration::from_secs(30),
            body: 256 * 1024,
        }
    }
}

/// The HTTP clients of this run, each made when it is first needed.
pub struct Door {
    clients: Arc<Clients>,
    /// Held by who makes one beforehand; the others wait for it and not make their own.
    warming: tokio::sync::Mutex<()>,
    lookup: Lookup,
    /// A connection may serve the next request too.
    keeps: bool,
}

/// What tells one client from another.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Route {
    /// Certificates trusted besides those of the system.
    ca_file: Option<PathBuf>,
    /// Loopback addresses are never asked for through a proxy.
    loopback: bool,
    /// Its connections serve several requests.
    keeps: bool,
}

impl Default for Door {
    fn default() -> Door {
        Door::looking_up(resolve::system())
    }
}

impl Door {
    pub fn new() -> Door {
        Door::default()
    }

    /// One that finds the addresses of hosts in its own way.
    pub fn looking_up(lookup: Lookup) -> Door {
        Door { clients: Arc::default(), warming: tokio::sync::Mutex::default(), lookup, keeps: false }
    }

    /// One for a batch: a connection serves one request after the other, and goes after four seconds without any.
    /// Requests without a body go out as ever, since nothing tells when they leave.
    pub fn keeping(&self) -> Door {
        Door { keeps: true, ..Door::looking_up(Arc::clone(&self.lookup)) }
    }

    /// Makes what a request will need and costs time, the certificates of the system above all, on a thread that may
    /// wait. What goes wrong with it is told when the request is sent.
    pub async fn warm(&self, request: &Request, ca_file: Option<&Path>) {
        let Ok(url) = address::exact(request.url.expose()) else { return };
        let body = request.body.as_ref().is_some_and(|body| !body.expose().is_empty());
        let route = self.route(&url, ca_file, body);
        if find(&self.clients, &route).is_some() {
            return;
        }
        let _alone = self.warming.lock().await;
        if find(&self.clients, &route).is_some() {
            return;
        }
        let (clients, lookup) = (Arc::clone(&self.clients), Arc::clone(&self.lookup));
        let _ = tokio::task::spawn_blocking(move || made(&clients, route, &lookup).is_ok()).await;
    }

    /// Sends a request and reads the whole answer, whatever its status. `connected` is called once, when there is a
    /// connection and before the first byte of the request leaves; where this future is dropped before that, nothing
    /// was sent. Needs a tokio runtime with time and I/O.
    pub async fn send(
        &self,
        request: &Request,
        ca_file: Option<&Path>,
        limits: &Limits,
        connected: Connected,
    ) -> Result<Response, Failure> {
        let begun = Instant::now();
        let host = request.host();
        let stands = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&stands);
        let (tell, mut hear) = tokio::sync::watch::channel(());
        let connected: Connected = Arc::new(move || {
            if !told.swap(true, Ordering::SeqCst) {
                connected();
                tell.send_replace(());
            }
        });
        let (client, ready) = self.prepare(request, ca_file, &connected).map_err(Failure::NotSent)?;
        let answer = watch::watched(connected, client.execute(ready));
        tokio::pin!(answer);
        let until = begun + limits.connect;
        let head = tokio::select! {
            biased;
            head = &mut answer => Some(head),
            Ok(()) = hear.changed() => None,
            () = tokio::time::sleep_until(until) => {
                return Err(Failure::NotSent(trouble::no_connection(&host, limits.connect)));
            }
        };
        let end = begun + limits.whole;
        let head = match head {
            Some(head) => head,
            None => {
                let first = Instant::now() + limits.first_byte;
                let late = || match first <= end {
                    true => too_slow(&host, limits.first_byte),
                    false => trouble::unfinished(&host, limits.whole),
                };
                timeout_at(first.min(end), answer).await.map_err(|_| Failure::Unknown(late()))?
            }
        };
        let answer = head.map_err(|error| match stands.load(Ordering::SeqCst) && !error.is_connect() {
            true => Failure::Unknown(trouble::broken(&host, &error)),
            // The client's own time for connecting is over with ours; whichever is seen first says the same.
            false if error.is_timeout() && Instant::now() >= until => {
                Failure::NotSent(trouble::no_connection(&host, limits.connect))
            }
            false => Failure::NotSent(trouble::not_connected(&host, &error)),
        })?;
        timeout_at(end, read(answer, &host, limits))
            .await
            .unwrap_or_else(|_| Err(trouble::unfinished(&host, limits.whole)))
            .map_err(Failure::Unknown)
    }

    /// The client for a request, and the request in the client's terms.
    fn prepare(
        &self,
        request: &Request,
        ca_file: Option<&Path>,
        leaves: &Connected,
    ) -> Result<(reqwest::Client, reqwest::Request)> {
        let url = address::exact(request.url.expose())?;
        let body = request.body.as_ref().map(|body| body.expose().as_bytes().to_owned());
        let telling =
            body.clone().filter(|_| self.keeps).and_then(|body| Telling::new(body, Arc::clone(leaves)));
        let client = made(&self.clients, self.route(&url, ca_file, telling.is_some()), &self.lookup)?;
        let broken = || Error::usage(format!("the request to {} cannot be written", request.host()));
        let method = request.method.parse().map_err(|_| broken())?;
        let mut ready = reqwest::Request::new(method, url);
        let headers = ready.headers_mut();
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        for header in &request.headers {
            let name: HeaderName = header.name.parse().map_err(|_| broken())?;
            let mut value = HeaderValue::from_str(header.value.expose()).map_err(|_| {
                Error::usage(format!("the header {} cannot hold these characters", header.name))
            })?;
            value.set_sensitive(header.sensitive);
            headers.insert(name, value);
        }
        *ready.body_mut() = telling.map(reqwest::Body::wrap).or(body.map(Into::into));
        Ok((client, ready))
    }

    fn route(&self, url: &url::Url, ca_file: Option<&Path>, body: bool) -> Route {
        let loopback = is_loopback(url);
        Route { ca_file: ca_file.map(Path::to_owned), loopback, keeps: self.keeps && body }
    }
}

type Clients = Mutex<Vec<(Route, reqwest::Client)>>;

fn find(clients: &Clients, route: &Route) -> Option<reqwest::Client> {
    let clients = clients.lock().unwrap_or_else(PoisonError::into_inner);
    clients.iter().find(|(known, _)| known == route).map(|(_, client)| client.clone())
}

/// The client of a route, made where there is none yet. Making it takes time, so the list stays open meanwhile.
fn made(clients: &Clients, route: Route, lookup: &Lookup) -> Result<reqwest::Client> {
    if let Some(client) = find(clients, &route) {
        return Ok(client);
    }
    let client = client::build(&route, lookup)?;
    clients.lock().unwrap_or_else(PoisonError::into_inner).push((route, client.clone()));
    Ok(client)
}

/// Reads the body piece by piece, so that an endless one is noticed at the limit and not at the end.
async fn read(mut answer: reqwest::Response, host: &str, limits: &Limits) -> Result<Response> {
    let status = answer.status().as_u16();
    let headers = (answer.headers().iter())
        .map(|(name, value)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        })
        .collect();
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|_| lost(host))? {
        if body.len() + piece.len() > limits.body {
            return Err(too_large(host, limits.body));
        }
        body.extend_from_slice(&piece);
    }
    Ok(Response { status, headers, body })
}
