//! From a step of a page to the request that goes out, and to the same request with its secrets hidden. Both come
//! from one draft, so that what is shown is what is sent.

use serde_json::{Map, Value as Json};

use crate::domain::page::{AnswerKind, Auth, Call, Field, FieldsPlace, FollowUp, Scheme, Step, Test};
use crate::domain::request::{Header, Preview, Request};
use crate::domain::secret::{MASK, Secret};
use crate::domain::values::Value;
use crate::error::{Error, Result};

use super::checksum::{Hash, checksum};
use super::expand::Ground;
use super::settings::Setting;
use super::wire::{self, Secrets};

/// A request under construction; secrets stand in it or are hidden, as the ground says.
struct Draft {
    method: String,
    url: String,
    headers: Vec<(String, String, bool)>,
    body: Option<Json>,
}

/// The request of a step, ready to be sent.
pub fn request(ground: &Ground, operation: &str, step: &Step) -> Result<Request> {
    finish(draft_step(ground, operation, step)?)
}

/// The request of a call about an entry.
pub fn follow_up(ground: &Ground, operation: &str, follow: &FollowUp) -> Result<Request> {
    finish(draft_follow_up(ground, operation, follow)?)
}

/// The same with its secrets hidden.
pub fn follow_up_preview(ground: &Ground, operation: &str, follow: &FollowUp) -> Result<Preview> {
    Ok(shown(draft_follow_up(ground, operation, follow)?, false))
}

fn draft_follow_up(ground: &Ground, operation: &str, follow: &FollowUp) -> Result<Draft> {
    let query = pairs_of(&ground.object(&follow.query));
    draft(ground, operation, &follow.call, query, None, follow.answer)
}

/// The exact address of a step that is only signed.
pub fn signed(ground: &Ground, operation: &str, step: &Step) -> Result<Secret> {
    Ok(Secret::new(draft_step(ground, operation, step)?.url))
}

/// The request that tests a key; it belongs to no operation.
pub fn probe(ground: &Ground, test: &Test, answer: AnswerKind) -> Result<Request> {
    finish(draft_probe(ground, test, answer)?)
}

/// The same with its secrets hidden.
pub fn probe_preview(ground: &Ground, test: &Test, answer: AnswerKind) -> Result<Preview> {
    Ok(shown(draft_probe(ground, test, answer)?, false))
}

fn draft_probe(ground: &Ground, test: &Test, answer: AnswerKind) -> Result<Draft> {
    let query = pairs_of(&ground.object(&test.query));
    draft(ground, "", &test.call, query, None, answer)
}

/// The request of a step with its secrets hidden.
pub fn preview(ground: &Ground, operation: &str, step: &Step) -> Result<Preview> {
    Ok(shown(draft_step(ground, operation, step)?, step.offline))
}

fn shown(draft: Draft, offline: bool) -> Preview {
    let headers = draft.headers.into_iter().map(|(name, value, _)| (name, value)).collect();
    Preview { method: draft.method, url: draft.url, headers, body: draft.body, offline }
}

fn finish(draft: Draft) -> Result<Request> {
    let headers = draft
        .headers
        .into_iter()
        .map(|(name, value, sensitive)| Header { name, value: Secret::new(value), sensitive })
        .collect();
    let body = draft.body.map(|body| Secret::new(body.to_string()));
    Ok(Request { method: draft.method, url: Secret::new(draft.url), headers, body })
}

fn draft_step(ground: &Ground, operation: &str, step: &Step) -> Result<Draft> {
    let mut query = Vec::new();
    let mut body = Map::new();
    if step.fields.is_some() {
        place_fields(ground, step, &mut query, &mut body);
    }
    query.extend(pairs_of(&ground.object(&step.query)));
    if let Some(own) = &step.body {
        body.extend(ground.object(own));
    }
    for also in step.also.iter().filter(|also| ground.facts().all(&also.when)) {
        query.extend(pairs_of(&ground.object(&also.query)));
        body.extend(ground.object(&also.body));
    }
    let has_body = step.body.is_some() || step.fields == Some(FieldsPlace::Body);
    let body = has_body.then_some(Json::Object(body));
    draft(ground, operation, &step.call, query, body, step.answer)
}

fn pairs_of(object: &Map<String, Json>) -> Vec<(String, String)> {
    object.iter().map(|(name, value)| (name.clone(), wire::query_text(value))).collect()
}

/// Puts every value where its field says: the step's place under its own name, or the field's `to`.
fn place_fields(
    ground: &Ground,
    step: &Step,
    query: &mut Vec<(String, String)>,
    body: &mut Map<String, Json>,
) {
    let Some(operation) = ground.operation else { return };
    for (name, field) in operation.fields() {
        let Some(value) = ground.values.get(name) else { continue };
        match (field.to.as_deref(), step.fields) {
            (Some("none" | "path"), _) => {}
            (Some(to), _) if to.starts_with("body:/") => {
                let path: Vec<&str> = to["body:/".len()..].split('/').collect();
                insert(body, &path, wire::json(field, value, ground.secrets));
            }
            (_, Some(FieldsPlace::Query)) => query.extend(query_entries(name, field, value, ground.secrets)),
            (_, _) => place_in_body(name, field, value, ground.secrets, body),
        }
    }
}

fn query_entries(name: &str, field: &Field, value: &Value, secrets: Secrets) -> Vec<(String, String)> {
    match value {
        Value::Pairs(pairs) => pairs.iter().map(|(key, text)| (starred(name, key), text.clone())).collect(),
        value => vec![(name.to_owned(), wire::query_text(&wire::json(field, value, secrets)))],
    }
}

fn place_in_body(name: &str, field: &Field, value: &Value, secrets: Secrets, body: &mut Map<String, Json>) {
    match value {
        Value::Pairs(pairs) => {
            for (key, text) in pairs {
                insert(body, &[&starred(name, key)], Json::String(text.clone()));
            }
        }
        value => {
            let path: Vec<&str> = name.split('.').collect();
            insert(body, &path, wire::json(field, value, secrets));
        }
    }
}

/// `userdata-*` and `color` make `userdata-color`.
fn starred(name: &str, key: &str) -> String {
    format!("{}{key}", name.trim_end_matches('*'))
}

fn insert(object: &mut Map<String, Json>, path: &[&str], value: Json) {
    let [first, rest @ ..] = path else { return };
    if rest.is_empty() {
        object.insert((*first).to_owned(), value);
        return;
    }
    let inner = object.entry((*first).to_owned()).or_insert_with(|| Json::Object(Map::new()));
    if let Json::Object(inner) = inner {
        insert(inner, rest, value);
    }
}

fn draft(
    ground: &Ground,
    operation: &str,
    call: &Call,
    query: Vec<(String, String)>,
    body: Option<Json>,
    answer: AnswerKind,
) -> Result<Draft> {
    let base = ground.settings.plain("base_url").ok_or_else(|| {
        Error::config("base_url is not set").hint(format!("set base_url of profile {}", ground.profile))
    })?;
    let path = ground
        .address(&call.path)
        .ok_or_else(|| Error::usage("a part of the address has no usable value"))?;
    let encoded: Vec<String> = query
        .iter()
        .map(|(name, value)| {
            format!("{}={}", wire::form(name, ground.secrets), wire::form(value, ground.secrets))
        })
        .collect();
    let mut draft = Draft { method: call.method.clone(), url: String::new(), headers: Vec::new(), body };
    if answer == AnswerKind::Json {
        draft.headers.push(("Accept".into(), "application/json".into(), false));
    }
    if draft.body.is_some() {
        draft.headers.push(("Content-Type".into(), "application/json".into(), false));
    }
    let query = sign(ground, operation, &path, encoded.join("&"), &mut draft.headers)?;
    let mark = if query.is_empty() { "" } else { "?" };
    draft.url = format!("{base}{path}{mark}{query}");
    Ok(draft)
}

/// Adds the credential: to the headers, or to the query that is returned.
fn sign(
    ground: &Ground,
    operation: &str,
    path: &str,
    query: String,
    headers: &mut Vec<(String, String, bool)>,
) -> Result<String> {
    let Some((scheme, auth)) = scheme_for(ground, operation) else { return Ok(query) };
    let secret = credential(ground, auth)?;
    let shown = secret.as_ref().map_or(MASK, Secret::expose);
    let join = |query: String, name: &str, value: &str| match query.is_empty() {
        true => format!("{name}={value}"),
        false => format!("{query}&{name}={value}"),
    };
    match scheme {
        Scheme::Bearer => headers.insert(0, ("Authorization".into(), format!("Bearer {shown}"), true)),
        Scheme::Header => {
            let name = auth.name.clone().unwrap_or_default();
            headers.insert(0, (name, shown.to_owned(), true));
        }
        Scheme::Cookie => headers.insert(0, ("Cookie".into(), shown.to_owned(), true)),
        Scheme::Query => {
            let name = auth.name.as_deref().unwrap_or_default();
            return Ok(join(query, name, &wire::form(shown, ground.secrets)));
        }
        Scheme::BbbChecksum => {
            let hash = auth.hash.as_deref().and_then(|key| ground.settings.plain(key)).and_then(Hash::named);
            let call = path.rsplit('/').next().unwrap_or_default();
            let sum = match secret {
                Some(secret) => checksum(hash.unwrap_or(Hash::Sha256), call, &query, &secret),
                None => MASK.to_owned(),
            };
            return Ok(join(query, "checksum", &sum));
        }
    }
    Ok(query)
}

/// The setting whose secret an operation signs in with.
pub fn secret_setting<'a>(ground: &Ground<'a>, operation: &str) -> Option<&'a str> {
    scheme_for(ground, operation).map(|(_, auth)| auth.secret.as_str())
}

/// The scheme an operation signs in with: one that names it alone, else the first whose condition holds.
fn scheme_for<'a>(ground: &Ground<'a>, operation: &str) -> Option<(Scheme, &'a Auth)> {
    let facts = ground.facts();
    let schemes = ground.page.auth.iter();
    let own = schemes.clone().find(|(_, auth)| auth.only.iter().any(|id| id == operation));
    own.or_else(|| schemes.clone().find(|(_, auth)| auth.only.is_empty() && facts.all(&auth.when)))
        .map(|(scheme, auth)| (*scheme, auth))
}

/// The secret a scheme needs; none in a preview.
fn credential(ground: &Ground, auth: &Auth) -> Result<Option<Secret>> {
    match (ground.settings.get(&auth.secret), ground.secrets) {
        (_, Secrets::Hidden) => Ok(None),
        (Some(Setting::Secret(secret)), Secrets::Live) if !secret.is_empty() => Ok(Some(secret.clone())),
        _ => Err(Error::config(format!("{} of profile {} is not set", auth.secret, ground.profile))
            .hint(format!("set {} in the configuration", auth.secret))),
    }
}
