//! Which addresses may be called: https, or http on this very machine, and only as they are written. An address that
//! parsing would change (a path that climbs, a character that gets encoded) is refused: what was signed and shown
//! must be what goes out.

use url::{Position, Url};

use crate::domain::host::is_loopback;
use crate::error::{Error, Result};

/// Parses an address whose path and query go out byte for byte.
pub(super) fn exact(raw: &str) -> Result<Url> {
    let refuse = |message: String| Err(Error::config(message).hint("check base_url of this profile"));
    let Ok(url) = Url::parse(raw) else { return refuse("the address of the request is not one".into()) };
    let host = crate::domain::request::host(raw);
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => return refuse(format!("{host} would be called without encryption")),
        _ => return refuse(format!("{host} would be called by something other than https")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse(format!("the address of {host} holds a user name"));
    }
    if tail(raw) != &url[Position::BeforePath..] || url.fragment().is_some() {
        return refuse(format!("the address at {host} would be changed on its way"));
    }
    Ok(url)
}

/// Path and query as they are written.
fn tail(raw: &str) -> &str {
    let rest = raw.split_once("://").map_or("", |(_, rest)| rest);
    rest.find(['/', '?', '#']).map_or("", |at| &rest[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_and_safe_addresses_pass() {
        for good in [
            "https://bbb.example/api/create?name=a+b%26c*d-._&checksum=00",
            "http://127.0.0.1:8080/x",
            "http://[::1]:1/x?y='",
            "http://localhost/x",
            "http://LOCALHOST:8080/x",
            "http://127.8.9.1/x",
            "https://BBB.example:443/x",
        ] {
            let refused = exact(good).err();
            assert_eq!(refused.is_some(), good.contains('\''), "{good}: {refused:?}");
        }
        for bad in [
            "http://bbb.example/x",
            "http://127.0.0.1.evil.example/x",
            "http://localhost.evil.example/x",
            "http://[::ffff:127.0.0.1]/x",
            "ftp://127.0.0.1/x",
            "https://user:word@bbb.example/x",
            "https://bbb.example",
            "https://bbb.example/a/../b",
            "https://bbb.example/a/%2e%2e/b",
            "https://bbb.example/a?b=c d",
            "https://bbb.example/a?ü",
            "https://bbb.example/a#b",
            "https://bbb.example\\x",
            "bbb.example/x",
        ] {
            assert!(exact(bad).is_err(), "{bad}");
        }
    }
}
