//! Why no answer came, in one sentence that names the host and nothing else. The client's own errors can hold the
//! address with its secrets; they are read here for their kind and dropped at once.

use std::error::Error as StdError;
use std::io::ErrorKind;
use std::time::Duration;

use rustls::{CertificateError, Error as Tls};

use crate::error::{Error, Kind};

use super::resolve::NoAddress;

const CHECK_FIRST: &str = "check at the provider before you try again";
const CHECK_ADDRESS: &str = "check the network, and base_url of this profile";

/// Why there was no connection. Nothing was sent.
pub(super) fn not_connected(host: &str, error: &reqwest::Error) -> Error {
    let network = |message: String, hint: &str| Error::new(Kind::Network, message).hint(hint);
    let mut worded = None;
    let mut refused = None;
    // The outermost error holds the address; its causes do not.
    let Some(cause) = error.source() else {
        return network(format!("could not connect to {host}"), CHECK_ADDRESS);
    };
    walk(cause, &mut |link| {
        if link.is::<NoAddress>() {
            worded = Some(network(format!("could not find the address of {host}"), CHECK_ADDRESS));
        } else if let Some(tls) = link.downcast_ref::<Tls>() {
            worded = Some(untrusted(host, tls));
        } else if let Some(io) = link.downcast_ref::<std::io::Error>() {
            refused = Some(io.kind());
        } else if link.to_string().starts_with("tunnel error") {
            worded = Some(network(
                format!("the proxy gave no connection to {host}"),
                "check HTTPS_PROXY and NO_PROXY of the environment",
            ));
        }
    });
    if let Some(worded) = worded {
        return worded;
    }
    match refused {
        Some(ErrorKind::ConnectionRefused) => network(
            format!("{host} refused the connection"),
            "check that the server runs, and base_url of this profile",
        ),
        Some(ErrorKind::TimedOut) => network(format!("{host} did not answer in time"), CHECK_ADDRESS),
        Some(ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable) => {
            network(format!("there is no way to {host}"), CHECK_ADDRESS)
        }
        Some(ErrorKind::ConnectionReset | ErrorKind::UnexpectedEof | ErrorKind::ConnectionAborted) => {
            network(format!("{host} closed the connection at once"), CHECK_ADDRESS)
        }
        _ => network(format!("could not connect to {host}"), CHECK_ADDRESS),
    }
}

/// The time for connecting is over. Nothing was sent.
pub(super) fn no_connection(host: &str, limit: Duration) -> Error {
    let message = format!("could not connect to {host} within {}", seconds(limit));
    Error::new(Kind::Network, message).hint(CHECK_ADDRESS)
}

/// The request left and no answer began.
pub(super) fn too_slow(host: &str, limit: Duration) -> Error {
    Error::new(Kind::Timeout, format!("{host} gave no answer within {}", seconds(limit))).hint(CHECK_FIRST)
}

/// An answer began and did not end.
pub(super) fn unfinished(host: &str, limit: Duration) -> Error {
    let message = format!("the answer of {host} did not end within {}", seconds(limit));
    Error::new(Kind::Timeout, message).hint(CHECK_FIRST)
}

/// The request left, and what came back is no answer: cut, or no HTTP.
pub(super) fn broken(host: &str, error: &reqwest::Error) -> Error {
    let mut garbled = false;
    walk(error, &mut |link| {
        garbled |= link.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_parse);
    });
    if !garbled {
        return lost(host);
    }
    Error::new(Kind::Unclear, format!("what {host} sent is not a proper answer")).hint(CHECK_FIRST)
}

/// The connection ended before the answer was whole.
pub(super) fn lost(host: &str) -> Error {
    Error::new(Kind::Unclear, format!("the connection to {host} broke before the answer was whole"))
        .hint(CHECK_FIRST)
}

pub(super) fn too_large(host: &str, limit: usize) -> Error {
    let message = format!("the answer of {host} is larger than {} KiB", limit / 1024);
    Error::new(Kind::Unclear, message).hint(CHECK_FIRST)
}

fn untrusted(host: &str, error: &Tls) -> Error {
    use CertificateError as Bad;
    let own_authority = "name your company's authority as ca_file, if it has one";
    let (message, hint) = match error {
        Tls::InvalidCertificate(Bad::Expired | Bad::ExpiredContext { .. }) => (
            format!("the certificate of {host} has expired"),
            "check this computer's clock, or tell the operator",
        ),
        Tls::InvalidCertificate(Bad::NotValidYet | Bad::NotValidYetContext { .. }) => {
            (format!("the certificate of {host} is not valid yet"), "check this computer's clock")
        }
        Tls::InvalidCertificate(Bad::NotValidForName | Bad::NotValidForNameContext { .. }) => {
            (format!("the certificate of {host} is for another name"), "check base_url of this profile")
        }
        Tls::InvalidCertificate(Bad::Revoked) => {
            (format!("the certificate of {host} was revoked"), "tell the operator of the server")
        }
        Tls::InvalidCertificate(_) => {
            (format!("the certificate of {host} is from no authority known here"), own_authority)
        }
        _ => (
            format!("no encrypted connection to {host} could be agreed on"),
            "check base_url of this profile",
        ),
    };
    Error::new(Kind::Network, message).hint(hint)
}

/// Visits an error and its causes; an I/O error hides its cause from the usual way.
fn walk(error: &(dyn StdError + 'static), visit: &mut dyn FnMut(&(dyn StdError + 'static))) {
    visit(error);
    let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    match inner {
        Some(inner) => walk(inner, visit),
        None => error.source().into_iter().for_each(|cause| walk(cause, visit)),
    }
}

fn seconds(limit: Duration) -> String {
    match limit.subsec_millis() {
        0 => format!("{} s", limit.as_secs()),
        _ => format!("{} ms", limit.as_millis()),
    }
}
