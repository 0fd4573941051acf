//! `--dry-run`: the very requests a plan would send, with their secrets hidden. No secret is fetched for it and
//! nothing is sent.

use serde_json::{Map, Value, json};

use crate::domain::entry_json::printed;
use crate::domain::link::Audience;
use crate::domain::request::Preview;
use crate::provider::flow::{previews, signed_links};
use crate::provider::plan::Plan;
use crate::provider::settings::Settings;

use super::streams::Streams;

pub(super) fn run(plans: &[Plan], settings: &Settings, as_json: bool, io: &mut Streams) -> u8 {
    let (mut requests, mut links) = (Vec::new(), Vec::new());
    for plan in plans {
        let all = previews(plan, settings);
        match all.and_then(|all| signed_links(plan, settings).map(|links| (all, links))) {
            Ok((all, signed)) => {
                requests.extend(all.into_iter().filter(|one| !one.offline));
                links.extend(signed);
            }
            Err(error) => return io.fail(&error),
        }
    }
    let text = match (as_json, requests.is_empty()) {
        (true, _) => printed(&as_object(&requests, &links)),
        (false, true) => links
            .iter()
            .map(|(audience, url)| format!("{}  {url}", word(*audience)))
            .collect::<Vec<_>>()
            .join("\n"),
        (false, false) => requests.iter().map(as_text).collect::<Vec<_>>().join("\n\n"),
    };
    io.show(&text)
}

/// `{"version":1,"dry_run":true,"requests":[…]}`; where nothing is sent, the links that are only signed stand beside.
fn as_object(requests: &[Preview], links: &[(Audience, String)]) -> Value {
    let request = |one: &Preview| {
        let headers: Map<String, Value> =
            one.headers.iter().map(|(name, value)| (name.clone(), value.as_str().into())).collect();
        json!({ "method": one.method, "url": one.url, "headers": headers, "body": one.body })
    };
    let mut object = json!({
        "version": 1,
        "dry_run": true,
        "requests": requests.iter().map(request).collect::<Vec<_>>(),
    });
    if requests.is_empty() {
        let link = |(audience, url): &(Audience, String)| json!({ "audience": audience.name(), "url": url });
        object["links"] = links.iter().map(link).collect();
    }
    object
}

/// Method and address, headers, an empty line, the body.
fn as_text(one: &Preview) -> String {
    let mut text = format!("{} {}\n", one.method, one.url);
    for (name, value) in &one.headers {
        text.push_str(&format!("{name}: {value}\n"));
    }
    text.push('\n');
    if let Some(body) = &one.body {
        text.push_str(&body.to_string());
    }
    text.trim_end_matches('\n').to_owned()
}

fn word(audience: Audience) -> &'static str {
    match audience {
        Audience::Guest => "Guest",
        Audience::Host => "Host",
        Audience::Personal => "Personal",
    }
}
