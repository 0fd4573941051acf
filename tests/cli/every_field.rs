//! Every field of every operation reaches the wire: each example of the fixtures is written as a command, and what
//! the sandbox heard is compared with the request the example expects. Times are moved into the future by whole
//! days, keys are those of the sandbox. The dry run of the same command must show the same request.

use std::collections::BTreeSet;

use roomkey::domain::page::{Example, ExampleCall};
use roomkey::domain::secret::MASK;
use roomkey::provider::catalog::Catalog;
use roomkey::sandbox::{PROVIDERS, Seen};
use serde_json::Value;

use crate::examples::{PLACE, arguments, configure, examples, moved};
use crate::stage::Stage;

/// Examples that speak of a meeting or room which has to be there already and is not; they are sent all the same.
const ABSENT: [&str; 6] = [
    "joinme, Every field",
    "joinme, A null that is one",
    "metered, Every field, for a host",
    "bigbluebutton, Every field: a recorded breakout room with a lobby, links pinned",
    "bigbluebutton, The call is made, and the person waits in the lobby",
    "bigbluebutton, A load balancer sends the call on to a node",
];

/// Path and query below the provider's base, without the credential.
fn target(provider: &str, address: &str) -> String {
    let base = if matches!(provider, "bunch" | "bigbluebutton") { "/api/" } else { "/v1/" };
    let below = address.split_once(base).unwrap_or_else(|| panic!("{address}")).1;
    let below = moved(below);
    let Some((path, query)) = below.split_once('?') else { return below };
    let credential = |pair: &&str| !pair.starts_with("secretKey=") && !pair.starts_with("checksum=");
    format!("{path}?{}", query.split('&').filter(credential).collect::<Vec<_>>().join("&"))
}

#[test]
fn every_example_reaches_the_wire_as_documented() {
    let mut fields = BTreeSet::new();
    let mut refused = Vec::new();
    for provider in PROVIDERS {
        for example in examples(provider) {
            let stage = Stage::new();
            let place = format!("{provider}, {}", example.title);
            configure(&stage, provider, &example);
            let before = stage.sandbox.requests().len();
            let given = arguments(&example);
            let mut run = vec!["create", "-p", provider, "--json"];
            run.extend(given.iter().map(String::as_str));
            let ran = stage.run(&run);
            let seen: Vec<Seen> = stage.sandbox.requests().split_off(before);
            if ran.code == 0 {
                assert!(seen.len() >= example.calls.len().min(1), "{place}: {ran:?}");
            } else {
                assert_eq!(ran.code, 5, "{place}: {ran:?}");
                refused.push(place.clone());
            }
            for (call, seen) in example.calls.iter().zip(&seen) {
                compare(&stage, &place, provider, &example, call, seen);
            }
            let operation = example.operation.clone().unwrap();
            fields.extend(example.values.iter().map(|(name, _)| format!("{provider} {operation} {name}")));
            shown_as_sent(&stage, &place, provider, &run, seen.first());
        }
    }
    assert_eq!(refused, ABSENT);
    let catalog = Catalog::embedded();
    for provider in PROVIDERS {
        for (id, operation) in &catalog.usable(provider).unwrap().operations {
            for (name, _) in operation.fields() {
                let place = format!("{provider} {id} {}", name.trim_end_matches('*'));
                assert!(fields.iter().any(|sent| sent.starts_with(&place)), "no example sends {place}");
            }
        }
    }
}

fn compare(stage: &Stage, place: &str, provider: &str, example: &Example, call: &ExampleCall, seen: &Seen) {
    let (method, address) = call.request.split_once(' ').unwrap();
    assert_eq!(seen.method, method, "{place}");
    let sent = target_as_sent(provider, &seen.target);
    assert_eq!(sent, target(provider, address), "{place}");
    for (name, value) in &call.headers {
        let mut value = value.clone();
        for (setting, key) in stage.sandbox.settings(provider) {
            if let Some(theirs) = example.settings.get(&setting).filter(|theirs| !theirs.is_empty()) {
                value = value.replace(theirs.as_str(), &key);
            }
        }
        assert_eq!(seen.header(&name.to_lowercase()), Some(value.as_str()), "{place}: {name}");
    }
    let body = (!seen.body.is_empty()).then(|| serde_json::from_slice::<Value>(&seen.body).unwrap());
    let expected = call.body.as_deref().map(|body| serde_json::from_str::<Value>(&moved(body)).unwrap());
    assert_eq!(body, expected, "{place}");
}

/// As `target`, for what was really sent: its times are moved already.
fn target_as_sent(provider: &str, sent: &str) -> String {
    let base = if matches!(provider, "bunch" | "bigbluebutton") { "/api/" } else { "/v1/" };
    let below = sent.split_once(base).unwrap_or_else(|| panic!("{sent}")).1;
    let Some((path, query)) = below.split_once('?') else { return below.to_owned() };
    let credential = |pair: &&str| !pair.starts_with("secretKey=") && !pair.starts_with("checksum=");
    format!("{path}?{}", query.split('&').filter(credential).collect::<Vec<_>>().join("&"))
}

/// The dry run shows the first request as it was sent, secrets hidden, and sends nothing.
fn shown_as_sent(stage: &Stage, place: &str, provider: &str, run: &[&str], seen: Option<&Seen>) {
    let before = stage.sandbox.requests().len();
    let mut dry = run.to_vec();
    dry.push("--dry-run");
    let ran = stage.run(&dry);
    assert_eq!((ran.code, stage.sandbox.requests().len()), (0, before), "{place}: {ran:?}");
    for (name, secret) in stage.sandbox.settings(provider) {
        let harmless = PLACE.contains(&name.as_str());
        assert!(harmless || !format!("{}{}", ran.out, ran.err).contains(&secret), "{place}: {name} is shown");
    }
    let json = ran.json();
    assert_eq!((&json["version"], &json["dry_run"]), (&Value::from(1), &Value::from(true)));
    let Some(seen) = seen else {
        assert_eq!(json["requests"], Value::Array(Vec::new()), "{place}");
        assert!(json["links"][0]["url"].as_str().unwrap().ends_with(&format!("checksum={MASK}")), "{place}");
        return;
    };
    let request = &json["requests"][0];
    assert_eq!(request["method"], seen.method.as_str(), "{place}");
    let url = request["url"].as_str().unwrap();
    let (shown, sent) = (target_as_sent(provider, url), target_as_sent(provider, &seen.target));
    assert_eq!(shown.split('&').count(), sent.split('&').count(), "{place}");
    for (shown, sent) in shown.split('&').zip(sent.split('&')) {
        let hidden = shown.strip_suffix(MASK).is_some_and(|name| sent.starts_with(name));
        assert!(hidden || shown == sent, "{place}: {shown} instead of {sent}");
    }
    for (name, value) in request["headers"].as_object().unwrap() {
        let sent = seen.header(&name.to_lowercase()).unwrap_or_else(|| panic!("{place}: {name}"));
        let shown = value.as_str().unwrap();
        assert!(shown.contains(MASK) || shown == sent, "{place}: {name}");
    }
    let sent = (!seen.body.is_empty()).then(|| serde_json::from_slice::<Value>(&seen.body).unwrap());
    same_but_hidden(place, &request["body"], &sent.unwrap_or_default());
}

/// Equal, where nothing is hidden.
fn same_but_hidden(place: &str, shown: &Value, sent: &Value) {
    match (shown, sent) {
        (Value::String(text), Value::String(_)) if text == MASK => {}
        (Value::Object(shown), Value::Object(sent)) => {
            assert!(shown.keys().eq(sent.keys()), "{place}");
            shown.iter().for_each(|(key, value)| same_but_hidden(place, value, &sent[key]));
        }
        _ => assert_eq!(shown, sent, "{place}"),
    }
}
