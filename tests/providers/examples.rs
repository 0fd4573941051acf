//! Every example of every page and fixture runs: the request is compared byte for byte (addresses) and value for
//! value (JSON), the answer is fed back, and the links and details are those the vendor's document promises.

use serde::Deserialize;

use roomkey::domain::entry::Outcome;
use roomkey::domain::page::{Example, ExampleCall};
use roomkey::domain::request::{Request, Response};
use roomkey::provider::flow::{Flow, previews};

use super::stage::{PROVIDERS, fixture, now_of, page, plan, settings, typed, understand};

#[derive(Deserialize)]
struct Examples {
    example: Vec<Example>,
}

fn all(provider: &str) -> Vec<(String, Example)> {
    let page = page(provider);
    let own = page.operations.iter().flat_map(|(id, operation)| {
        operation.examples.iter().map(|example| (id.clone(), example.clone())).collect::<Vec<_>>()
    });
    let full = fixture::<Examples>(provider, "examples.toml")
        .example
        .into_iter()
        .map(|example| (example.operation.clone().expect("a fixture names its operation"), example));
    own.chain(full).collect()
}

#[test]
fn every_example_gives_what_the_vendor_documents() {
    for provider in PROVIDERS {
        for (operation, example) in all(provider) {
            run(provider, &operation, &example);
        }
    }
}

#[test]
fn every_operation_has_an_example_and_every_field_is_sent_in_one() {
    for provider in PROVIDERS {
        let page = page(provider);
        let examples = all(provider);
        for (id, operation) in &page.operations {
            let mine: Vec<_> = examples.iter().filter(|(of, _)| of == id).map(|(_, e)| e).collect();
            assert!(!mine.is_empty(), "{provider} {id} has no example");
            for (name, _) in operation.fields() {
                let stem = name.trim_end_matches('*');
                let sent = mine.iter().any(|example| {
                    example.values.iter().any(|(n, v)| {
                        (n == name || (stem != name && n.starts_with(stem))) && !v.typed().is_empty()
                    })
                });
                assert!(sent, "{provider} {id}: no example sends {name}");
            }
        }
    }
}

fn run(provider: &str, operation: &str, example: &Example) {
    let place = format!("{provider} {operation}: {}", example.title);
    let page = page(provider);
    let now = now_of(example);
    let settings = settings(&page, &example.settings.0);
    let checked = understand(&page, operation, &typed(&example.values), &settings, now);
    assert!(checked.is_ready(), "{place}: {:?}", checked.problems);
    let plan = plan(&page, operation, checked, now);
    let shown = previews(&plan, &settings).unwrap_or_else(|e| panic!("{place}: {e}"));
    let mut shown = shown.into_iter().filter(|preview| !preview.offline);
    let mut flow = Flow::new(plan, settings.clone());
    let mut again = None;
    for (index, call) in example.calls.iter().enumerate() {
        let place = format!("{place}, call {}", index + 1);
        let follows = again.is_some();
        let request =
            again.take().or_else(|| flow.next_request()).unwrap_or_else(|| panic!("{place} was not made"));
        compare(&place, call, &request);
        if !follows {
            let preview = shown.next().unwrap_or_else(|| panic!("{place} has no preview"));
            assert_eq!(preview.method, request.method, "{place}");
            for secret in settings.secrets() {
                assert!(
                    !format!("{preview:?}").contains(secret.expose()),
                    "{place}: the preview shows a secret"
                );
            }
        }
        again = flow.answered(Ok(answer(call)), now);
    }
    assert!(flow.next_request().is_none(), "{place}: one call too many");
    let entry = flow.finish();
    for (id, wanted) in &example.gives {
        let link = entry.links.iter().find(|link| link.id == *id).map(|link| link.url.expose());
        let detail =
            entry.details.iter().find(|detail| detail.key == *id).map(|detail| detail.value.expose());
        let got = link.or(detail).unwrap_or_else(|| panic!("{place}: gives no {id}; {:?}", entry.outcome));
        assert_eq!(got, wanted, "{place}: {id}");
    }
    if !example.gives.is_empty() {
        assert_eq!(entry.outcome, Outcome::Created, "{place}");
    }
}

fn compare(place: &str, call: &ExampleCall, request: &Request) {
    assert_eq!(format!("{} {}", request.method, request.url.expose()), call.request, "{place}");
    for (name, value) in &call.headers {
        let sent: Vec<_> = request.headers.iter().filter(|h| h.name.eq_ignore_ascii_case(name)).collect();
        assert_eq!(sent.len(), 1, "{place}: header {name}");
        assert_eq!(sent[0].value.expose(), value, "{place}: header {name}");
    }
    let json = |text: &str| {
        serde_json::from_str::<serde_json::Value>(text).unwrap_or_else(|e| panic!("{place}: {e}"))
    };
    let sent = request.body.as_ref().map(|body| json(body.expose()));
    assert_eq!(sent, call.body.as_deref().map(json), "{place}: body");
}

fn answer(call: &ExampleCall) -> Response {
    Response {
        status: call.status,
        headers: call.answer_headers.0.clone(),
        body: call.answer.clone().into_bytes(),
    }
}
