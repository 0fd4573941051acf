//! Whether a setting keeps the rules of its provider's page. A setting is stricter than a field in one thing: it
//! decides where a key is sent. So an address must be whole and encrypted (or on this machine), and what becomes
//! part of a host name must be one label of it and nothing else.

use url::Url;

use crate::domain::charset::Charset;
use crate::domain::host::is_loopback;
use crate::domain::literal::Literal;
use crate::domain::page::{Case, Kind, Page, Rules, Setting};

use super::sheet::{not_one_of, one_line};

/// The value as it is used (trimmed, in lower case where the page says so), or what is wrong with it.
pub(crate) fn fit(text: &str, setting: &Setting, part_of_host: bool) -> Result<String, String> {
    let rules = &setting.rules;
    let mut text = one_line(text)?;
    if part_of_host || rules.case == Some(Case::Lower) {
        text = text.to_lowercase();
    }
    match setting.kind {
        Kind::Url => address(&text, &rules.schemes)?,
        Kind::Integer | Kind::Duration => number(&text, rules)?,
        Kind::Switch if !matches!(text.as_str(), "true" | "false") => {
            return Err("expected true or false".into());
        }
        Kind::Switch => {}
        _ => characters(&text, rules)?,
    }
    let choices: Vec<&str> = setting.choices.iter().map(String::as_str).collect();
    if !choices.is_empty() && !choices.contains(&text.as_str()) {
        return Err(not_one_of(&text, &choices));
    }
    if part_of_host && !is_host_label(&text) {
        return Err("expected one part of a host name: a-z, 0-9 and inner hyphens, at most 63".into());
    }
    Ok(text)
}

/// Whether the value of a setting goes into the host of an address the page builds: `https://{setting:app}.x/`.
pub(crate) fn is_part_of_host(page: &Page, key: &str) -> bool {
    let placeholder = format!("{{setting:{key}}}");
    page.settings.iter().filter_map(|(_, setting)| setting.default.as_deref()).any(|default| {
        let authority =
            default.split_once("://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or(rest));
        authority.contains(&placeholder)
    })
}

/// One label of a host name, in lower case: no hyphen at either end, 63 characters at most.
pub(crate) fn is_host_label(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&text.len())
        && text.bytes().all(inner)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// An address a key may be sent to.
fn address(text: &str, schemes: &[String]) -> Result<(), String> {
    let url = Url::parse(text).map_err(|_| "not an address, like https://meet.example.com/api".to_owned())?;
    let scheme = url.scheme();
    let allowed = if schemes.is_empty() {
        matches!(scheme, "https" | "http")
    } else {
        schemes.iter().any(|s| s == scheme)
    };
    if !allowed {
        let all = if schemes.is_empty() { "https".to_owned() } else { schemes.join(" or ") };
        return Err(format!("an address beginning with {all} is needed"));
    }
    if scheme == "http" && !is_loopback(&url) {
        return Err(
            "not encrypted: http is only for this machine (127.0.0.1, [::1], localhost), use https".into()
        );
    }
    if url.host().is_none() {
        return Err("the address has no host".into());
    }
    // Parsers disagree about what follows `\` or `@`: such an address could lead a key astray.
    if !url.username().is_empty() || url.password().is_some() || text.contains(['@', '\\']) {
        return Err("the address must hold no user, password, `@` or `\\`".into());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("the address must end with its path, without `?` and `#`".into());
    }
    if text.contains([' ', '{', '}', '<', '>', '"', '|', '^', '`']) {
        return Err("the address holds a character that does not belong into one".into());
    }
    Ok(())
}

fn number(text: &str, rules: &Rules) -> Result<(), String> {
    let number: i64 = text.parse().map_err(|_| "expected a whole number".to_owned())?;
    match (bound(&rules.min), bound(&rules.max)) {
        (Some(least), _) if number < least => Err(format!("must be at least {least}")),
        (_, Some(most)) if number > most => Err(format!("must be at most {most}")),
        _ => Ok(()),
    }
}

fn characters(text: &str, rules: &Rules) -> Result<(), String> {
    let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    if bound(&rules.min).is_some_and(|least| length < least) {
        return Err(format!("shorter than {} characters", bound(&rules.min).unwrap_or_default()));
    }
    if bound(&rules.max).is_some_and(|most| length > most) {
        return Err(format!("longer than {} characters", bound(&rules.max).unwrap_or_default()));
    }
    let foreign = |c: char| {
        rules.chars.as_deref().is_some_and(|set| !Charset::parse(set).holds(c))
            || rules.never.as_deref().is_some_and(|set| Charset::parse(set).holds(c))
    };
    match text.chars().position(foreign) {
        Some(at) => {
            let only = rules.chars.as_deref().map_or_else(String::new, |set| format!(": only {set}"));
            Err(format!("character {} is not allowed{only}", at + 1))
        }
        None => Ok(()),
    }
}

fn bound(literal: &Option<Literal>) -> Option<i64> {
    match literal {
        Some(Literal::Int(number)) => Some(*number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        address(text, &[]).err().unwrap_or_else(|| "fine".into())
    }

    #[test]
    fn keys_go_only_to_encrypted_or_local_addresses() {
        for good in [
            "https://api.whereby.dev/v1",
            "https://bbb.example.com/bigbluebutton/",
            "http://127.0.0.1:8080/whereby/v1",
            "http://127.9.9.9",
            "http://[::1]:81",
            "http://localhost:3000/x",
        ] {
            assert_eq!(said(good), "fine", "{good}");
        }
        for (bad, word) in [
            ("http://api.whereby.dev", "not encrypted"),
            ("http://localhost.evil.example", "not encrypted"),
            ("http://127.0.0.1.evil.example", "not encrypted"),
            ("http://[::2]/", "not encrypted"),
            ("ftp://x.example", "beginning with https"),
            ("https://u:p@evil.example", "no user"),
            ("https://meet.example\\@evil.example", "no user"),
            ("https://x.example/?a=b", "without `?`"),
            ("https://x.example/#a", "without `?`"),
            ("whereby.dev", "not an address"),
            ("https://", "not an address"),
        ] {
            assert!(said(bad).contains(word), "{bad}: {}", said(bad));
        }
    }

    #[test]
    fn a_host_label_is_one_label() {
        for good in ["acme", "a", "a-b", "0", &"a".repeat(63)] {
            assert!(is_host_label(good), "{good}");
        }
        let long = "a".repeat(64);
        for bad in ["", "-a", "a-", "..", "evil.example/", "u:p@evil", "acme?", "acme#", "ACME", "ä", &long]
        {
            assert!(!is_host_label(bad), "{bad}");
        }
    }
}
