//! Is this address an ordinary meeting link of this provider? Good ones copy without a question, unusual ones carry
//! the reason and ask first, hostile ones are no links at all. Nothing is ever fetched to find out.

use url::Url;

use crate::domain::host::is_loopback;

/// Longest address that is a usable link, in bytes.
const USABLE: usize = 8 * 1024;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkCheck {
    Good,
    /// Copying asks; the reason is a clause.
    Unusual(String),
    /// Not a usable link.
    Hostile(&'static str),
}

/// Which hosts are expected: suffix patterns of the provider and the profile, and the profile's own server.
pub struct Expected<'a> {
    /// `meet.bunch.community`, `*.whereby.com`.
    pub patterns: &'a [String],
    /// Addresses of the profile itself (`base_url`, `link_base`).
    pub own: &'a [&'a str],
}

pub fn check(address: &str, expected: &Expected) -> LinkCheck {
    if address.is_empty() || address.len() > USABLE {
        return LinkCheck::Hostile("the link is empty or far too long");
    }
    if !address.bytes().all(|b| b.is_ascii_graphic()) || address.contains('\\') {
        let parsed =
            Url::parse(address).ok().filter(|url| is_web(url) && !address.contains(['\\', ' ', '\t', '\n']));
        return match parsed {
            Some(url) => {
                LinkCheck::Unusual(format!("the link is written unusually; its host is {}", host(&url)))
            }
            None => LinkCheck::Hostile("the link holds characters no link may hold"),
        };
    }
    let Ok(url) = Url::parse(address) else { return LinkCheck::Hostile("the link is not an address") };
    if !is_web(&url) {
        return LinkCheck::Hostile("the link is not a web address");
    }
    judge(address, &url, expected)
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.host().is_some()
}

fn judge(address: &str, url: &Url, expected: &Expected) -> LinkCheck {
    let own = expected.own.iter().filter_map(|own| Url::parse(own).ok());
    let at_home = own
        .clone()
        .any(|own| own.host() == url.host() && own.port_or_known_default() == url.port_or_known_default());
    let own_loopback = own.into_iter().any(|own| is_loopback(&own));
    if !url.username().is_empty() || url.password().is_some() {
        return LinkCheck::Unusual(format!("the link names a user before its host {}", host(url)));
    }
    if own_loopback && is_loopback(url) {
        return LinkCheck::Good;
    }
    if !at_home && !expected.patterns.iter().any(|pattern| fits(pattern, &host(url))) {
        return LinkCheck::Unusual(format!("unexpected host {}", host(url)));
    }
    if url.scheme() == "http" {
        return LinkCheck::Unusual("the link is not encrypted (http)".into());
    }
    if is_spelled_out(address, url) {
        LinkCheck::Good
    } else {
        LinkCheck::Unusual("the link is written unusually".into())
    }
}

/// Whether scheme and host stand at the beginning as a reader sees them, in whatever case.
fn is_spelled_out(address: &str, url: &Url) -> bool {
    let beginning = format!("{}://{}", url.scheme(), host(url));
    let begins = address.get(..beginning.len()).is_some_and(|start| start.eq_ignore_ascii_case(&beginning));
    begins && matches!(address.as_bytes().get(beginning.len()), None | Some(b'/' | b'?' | b'#' | b':'))
}

/// The address as a browser reads it: what an unusual one is kept as, since only that can be judged by its looks.
pub fn as_read(address: &str) -> String {
    Url::parse(address).map_or_else(|_| address.to_owned(), String::from)
}

fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

fn fits(pattern: &str, host: &str) -> bool {
    match pattern.strip_prefix("*.") {
        Some(suffix) => host.strip_suffix(suffix).is_some_and(|rest| rest.ends_with('.') && rest.len() > 1),
        None => pattern == host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(address: &str, word: &str) {
        let patterns = ["meet.bunch.community".to_owned(), "*.whereby.com".to_owned()];
        let expected = Expected { patterns: &patterns, own: &["https://www.bunch.community"] };
        let got = match check(address, &expected) {
            LinkCheck::Good => "good".to_owned(),
            LinkCheck::Unusual(reason) => format!("unusual: {reason}"),
            LinkCheck::Hostile(reason) => format!("hostile: {reason}"),
        };
        assert!(got.starts_with(word), "{address}: {got}");
    }

    #[test]
    fn ordinary_links_and_others() {
        case("https://meet.bunch.community/team-standup?jwt=eyJ", "good");
        case("https://acme.whereby.com/onb-7f3c", "good");
        case("https://www.bunch.community/x", "good");
        case("http://meet.bunch.community/r", "unusual: the link is not encrypted");
        case("https://meet.bunch.community@evil.example/", "unusual: the link names a user");
        case("https://meet.bunch.community\\@evil.example/", "hostile");
        case(
            "https://meet.bunch.community.evil.example/",
            "unusual: unexpected host meet.bunch.community.evil",
        );
        case("https://whereby.com/", "unusual: unexpected host");
        case("https://wh\u{435}reby.com/", "unusual");
        case("https://2130706433/", "unusual: unexpected host 127.0.0.1");
        case("https://127.0.0.1/", "unusual: unexpected host");
        case("HTTPS://Meet.Bunch.Community:443/r?x=1", "good");
        for odd in [
            "https:meet.bunch.community/r",
            "https:///meet.bunch.community/r",
            "https://meet%2Ebunch.community/meet.bunch.community",
        ] {
            case(odd, "unusual: the link is written unusually");
        }
        for bad in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:x",
            "ftp://a/b",
            "//host/x",
            "/room",
            "room",
            "",
        ] {
            case(bad, "hostile");
        }
        case("ht\ntps://meet.bunch.community/", "hostile");
    }

    #[test]
    fn a_loopback_profile_has_loopback_links() {
        let expected = Expected { patterns: &[], own: &["http://127.0.0.1:8080/whereby/v1"] };
        assert_eq!(check("http://127.0.0.1:8080/room/x", &expected), LinkCheck::Good);
        assert_ne!(check("http://10.0.0.1/room/x", &expected), LinkCheck::Good);
    }
}
