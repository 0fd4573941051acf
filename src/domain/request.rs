//! What goes over the wire and what comes back. A live `Request` carries credentials and shows only method, host
//! and path in `Debug`; a `Preview` is the same request with its secrets hidden, safe for screens and tickets.

use std::fmt;

pub use super::host::host;
use super::secret::Secret;

/// A call ready to be sent, byte for byte.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    /// The address exactly as it must go out (and as it was signed).
    pub url: Secret,
    pub headers: Vec<Header>,
    pub body: Option<Secret>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub name: String,
    pub value: Secret,
    pub sensitive: bool,
}

impl Request {
    /// Host, and port where one is written: `bbb.example.com`, for messages.
    pub fn host(&self) -> String {
        host(self.url.expose())
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|h| &h.name).collect();
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("host", &self.host())
            .field("headers", &names)
            .finish_non_exhaustive()
    }
}

/// A request with its secrets hidden: what the form, `--dry-run` and second-level support look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    pub method: String,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<serde_json::Value>,
    /// A link that is signed here and sent nowhere.
    pub offline: bool,
}

/// An answer, read whole and within the limits.
#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Response {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Response({}, {} bytes)", self.status, self.body.len())
    }
}

/// Why no answer came. The difference between the two is the difference between "not created" and "maybe created".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Not one byte of the request left: no address, no connection, no trusted certificate.
    NotSent(crate::error::Error),
    /// The request left, or may have left.
    Unknown(crate::error::Error),
}
