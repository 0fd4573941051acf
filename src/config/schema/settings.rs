//! The settings of a provider's profiles, by the rules of its page. A setting may be written as a text or as a number;
//! the loader reads both as what one would type.

use serde_json::{Map, Value, json};

use crate::config::rules::is_part_of_host;
use crate::domain::charset::Charset;
use crate::domain::literal::Literal;
use crate::domain::page::{Case, Kind, Page, Rules, Setting};

use super::{closed, fields, reference, shapes};

const LABEL: &str = r"^\s*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\s*$";
/// No user, no query, and nothing that parsers of addresses disagree about.
const PLACE: &str = r#"[^\s@\\?#{}<>"|^`]"#;

/// A profile of this provider; `common` are the keys of all profiles.
pub(super) fn profile(page: &Page, common: Map<String, Value>) -> Value {
    let mut properties = common;
    let mut required = vec!["provider".to_owned()];
    for (name, setting) in &page.settings {
        let mut schema = shapes::object(one(setting, is_part_of_host(page, name)));
        let says = [setting.label.as_str(), setting.help.as_str()];
        let says: Vec<&str> = says.into_iter().filter(|text| !text.is_empty()).collect();
        schema.insert("description".into(), says.join(": ").into());
        if let Some(default) = setting.default.as_deref().filter(|default| !default.contains('{')) {
            schema.insert("default".into(), default.into());
        }
        properties.insert(name.clone(), schema.into());
        if setting.rules.required && setting.default.is_none() && setting.needed_by.is_empty() {
            required.push(name.clone());
        }
    }
    let operations: Vec<_> = page.operations.iter().map(|(_, operation)| operation).collect();
    properties.insert("provider".into(), json!({ "const": page.id }));
    properties.insert("defaults".into(), fields::table(&operations));
    let mut schema = closed(properties);
    schema["required"] = required.into();
    schema
}

fn one(setting: &Setting, part_of_host: bool) -> Value {
    let rules = &setting.rules;
    match setting.kind {
        _ if setting.secret => reference("secret"),
        _ if !setting.choices.is_empty() && rules.case != Some(Case::Lower) => {
            json!({ "enum": setting.choices })
        }
        Kind::Url => json!({ "type": "string", "pattern": address(&rules.schemes) }),
        Kind::Integer | Kind::Duration => number(rules),
        Kind::Switch => json!({ "enum": [true, false, "true", "false"] }),
        _ if part_of_host => json!({ "type": ["string", "integer"], "pattern": LABEL }),
        _ => text(rules),
    }
}

/// Encrypted, or on this machine, as far as the page allows the scheme.
fn address(schemes: &[String]) -> String {
    let allowed = |scheme: &str| schemes.is_empty() || schemes.iter().any(|known| known == scheme);
    let ways = [
        ("https", format!("[Hh][Tt][Tt][Pp][Ss]://{PLACE}+")),
        (
            "http",
            format!(
                r"[Hh][Tt][Tt][Pp]://([Ll][Oo][Cc][Aa][Ll][Hh][Oo][Ss][Tt]\.?|127(\.[0-9]+){{1,3}}|\[::1\])(:[0-9]*)?(/{PLACE}*)?"
            ),
        ),
    ];
    let ways = ways.into_iter().filter(|(scheme, _)| allowed(scheme)).map(|(_, way)| way);
    format!(r"^\s*({})\s*$", ways.collect::<Vec<_>>().join("|"))
}

fn number(rules: &Rules) -> Value {
    let mut schema =
        shapes::object(json!({ "type": ["integer", "string"], "pattern": r"^\s*[+-]?[0-9]+\s*$" }));
    if let Some(least) = bound(&rules.min) {
        schema.insert("minimum".into(), least.into());
    }
    if let Some(most) = bound(&rules.max) {
        schema.insert("maximum".into(), most.into());
    }
    schema.into()
}

fn text(rules: &Rules) -> Value {
    let within = rules.chars.as_deref().map(|set| format!("[{}]", class(set)));
    let each = within.unwrap_or_else(|| match &rules.never {
        Some(set) => format!("[^{}]", class(set)),
        None => ".".to_owned(),
    });
    let least = bound(&rules.min).unwrap_or(0).max(1);
    let most = bound(&rules.max).map(|most| most.to_string()).unwrap_or_default();
    // The length counts without what stands around the text, so blanks may be among it.
    let pattern = format!(r"^\s*{each}{{{least},{most}}}\s*$");
    json!({ "type": ["string", "number", "boolean"], "allOf": [{ "pattern": shapes::LINE }, { "pattern": pattern }] })
}

/// A set of characters in the notation of regular expressions.
fn class(set: &str) -> String {
    let escaped = |c: char| {
        if c.is_ascii_alphanumeric() || c > '~' { c.to_string() } else { format!("\\x{:02x}", c as u32) }
    };
    let range = |(from, to): &(char, char)| match from == to {
        true => escaped(*from),
        false => format!("{}-{}", escaped(*from), escaped(*to)),
    };
    Charset::parse(set).ranges().iter().map(range).collect()
}

fn bound(literal: &Option<Literal>) -> Option<i64> {
    match literal {
        Some(Literal::Int(number)) => Some(*number),
        _ => None,
    }
}
