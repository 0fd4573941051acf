//! Checks of single values: characters, lengths, bounds, addresses. Each refusal is a clause fit to stand under the
//! field, and none repeats the value.

use crate::domain::charset::{Charset, name};
use crate::domain::literal::Literal;
use crate::domain::page::Rules;

/// A text within its rules; the length counts characters.
pub fn text(value: &str, rules: &Rules, lines: bool) -> Result<(), String> {
    bounds(value, rules, lines).map_err(|why| match &rules.like {
        Some(like) => format!("{why}: write it like {like}"),
        None => why,
    })
}

fn bounds(value: &str, rules: &Rules, lines: bool) -> Result<(), String> {
    if let Some(bad) = value.chars().find(|c| c.is_control() && !(lines && *c == '\n')) {
        return Err(format!("{} is not allowed here", name(bad)));
    }
    length(value.chars().count(), rules, "character")?;
    if let Some(bad) = rules.chars.as_deref().and_then(|set| Charset::parse(set).first_outside(value)) {
        return Err(format!("{} is not allowed here", name(bad)));
    }
    if let Some(bad) = rules.never.as_deref().and_then(|set| Charset::parse(set).first_inside(value)) {
        return Err(format!("{} is not allowed here", name(bad)));
    }
    Ok(())
}

/// What is allowed and yet may cause trouble.
pub fn doubts(value: &str, rules: &Rules) -> Option<String> {
    let outside = rules.safe.as_deref().and_then(|set| Charset::parse(set).first_outside(value));
    let inside = rules.avoid.as_deref().and_then(|set| Charset::parse(set).first_inside(value));
    outside.or(inside).map(|c| format!("{} may cause trouble in a room name or link", name(c)))
}

/// Number of characters or items within `min` and `max`.
pub fn length(count: usize, rules: &Rules, noun: &str) -> Result<(), String> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let plural = |n: i64| if n == 1 { noun.to_owned() } else { format!("{noun}s") };
    match (bound(&rules.min), bound(&rules.max)) {
        (Some(min), _) if count < min => Err(format!("at least {min} {}", plural(min))),
        (_, Some(max)) if count > max => Err(format!("at most {max} {}; these are {count}", plural(max))),
        _ => Ok(()),
    }
}

/// A number within `min` and `max`.
pub fn number(value: i64, rules: &Rules) -> Result<(), String> {
    match (bound(&rules.min), bound(&rules.max)) {
        (Some(min), _) if value < min => Err(format!("{min} or more")),
        (_, Some(max)) if value > max => Err(format!("{max} or less")),
        _ => Ok(()),
    }
}

fn bound(literal: &Option<Literal>) -> Option<i64> {
    match literal {
        Some(Literal::Int(number)) => Some(*number),
        _ => None,
    }
}

/// An absolute address with one of the allowed schemes.
pub fn url(value: &str, rules: &Rules) -> Result<(), String> {
    if let Some(bad) = value.chars().find(|c| c.is_control() || c.is_whitespace()) {
        return Err(format!("{} is not allowed in an address", name(bad)));
    }
    let parsed =
        url::Url::parse(value).map_err(|_| "write a whole address, like https://example.com/page")?;
    let web = ["http".to_owned(), "https".to_owned()];
    let schemes = if rules.schemes.is_empty() { &web[..] } else { &rules.schemes[..] };
    if !schemes.iter().any(|scheme| scheme == parsed.scheme()) {
        return Err(format!("the address must begin with {}://", schemes.join(":// or ")));
    }
    if parsed.host_str().is_none_or(str::is_empty) {
        return Err("the address has no host".into());
    }
    length(value.chars().count(), rules, "character")
}

/// A soft check: one `@` with something on both sides, no white space.
pub fn email(value: &str) -> Result<(), String> {
    let plausible = value.len() <= 254
        && !value.chars().any(|c| c.is_control() || c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';'))
        && value.split_once('@').is_some_and(|(user, host)| {
            !user.is_empty() && !host.is_empty() && !host.contains('@') && !host.starts_with('.')
        });
    if plausible { Ok(()) } else { Err("write an e-mail address, like ada@example.com".into()) }
}

/// The name part of a pair.
pub fn pair_name(value: &str, rules: &Rules) -> Result<(), String> {
    if value.is_empty() {
        return Err("a name is missing before `=`".into());
    }
    if let Some(bad) = rules.names.as_deref().and_then(|set| Charset::parse(set).first_outside(value)) {
        return Err(format!("{} is not allowed in a name", name(bad)));
    }
    let first = value.chars().next().unwrap_or(' ');
    match &rules.names_start {
        Some(set) if !Charset::parse(set).holds(first) => {
            Err(format!("a name cannot begin with {}", name(first)))
        }
        _ => Ok(()),
    }
}
