//! The proxy that calls go through, by the environment: named to the user, since it sees whom they call. Its password
//! is not for eyes.

use crate::domain::text::DisplayText;
use crate::ports::paths::Lookup;

/// Host and port of the proxy for encrypted calls.
pub fn in_use(env: Lookup<'_>) -> Option<String> {
    let names = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
    let value =
        names.iter().filter_map(|name| env(name)?.into_string().ok()).find(|value| !value.is_empty())?;
    let address = value.split_once("://").map_or(value.as_str(), |(_, rest)| rest);
    let host = address.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    (!host.is_empty()).then(|| DisplayText::line(host).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_named_without_its_password() {
        let with = |name: &'static str, value: &'static str| {
            in_use(&move |asked| (asked == name).then(|| value.into()))
        };
        for value in [
            "http://user:CANARY@proxy.example:3128/x",
            "user:CANARY@x@proxy.example:3128",
            "proxy.example:3128",
        ] {
            for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
                assert_eq!(with(name, value).as_deref(), Some("proxy.example:3128"), "{name}={value}");
            }
        }
        assert_eq!(with("HTTPS_PROXY", ""), None);
        assert_eq!(with("HTTP_PROXY", "http://proxy.example"), None);
    }
}
