//! Every documented error becomes one clear sentence with the right kind, and the central table says what it means
//! for the room.

use serde::Deserialize;

use roomkey::domain::entry::Outcome;
use roomkey::domain::keyed::Keyed;
use roomkey::domain::request::Response;
use roomkey::provider::flow::Flow;

use super::stage::{PROVIDERS, fixture, page, plan, settings, typed, understand};

#[derive(Deserialize)]
struct Errors {
    error: Vec<Sample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    operation: String,
    status: u16,
    #[serde(default)]
    headers: Keyed<String>,
    #[serde(default)]
    values: Option<Keyed<roomkey::domain::literal::Literal>>,
    answer: String,
    kind: String,
    outcome: String,
    says: String,
    #[serde(default)]
    hint: Option<String>,
}

#[test]
fn every_error_says_what_it_is() {
    for provider in PROVIDERS {
        let page = page(provider);
        for sample in fixture::<Errors>(provider, "errors.toml").error {
            let place = format!("{provider} {} {} {}", sample.operation, sample.status, sample.says);
            let example = &page.operation(&sample.operation).unwrap_or_else(|| panic!("{place}")).examples;
            let example = example
                .iter()
                .find(|e| !e.calls.is_empty() || sample.values.is_some())
                .unwrap_or_else(|| panic!("{place}: no example"));
            let now = super::stage::now_of(example);
            let settings = settings(&page, &example.settings.0);
            let raw = typed(sample.values.as_ref().unwrap_or(&example.values));
            let checked = understand(&page, &sample.operation, &raw, &settings, now);
            assert!(checked.is_ready(), "{place}: {:?}", checked.problems);
            let mut flow = Flow::new(plan(&page, &sample.operation, checked, now), settings);
            assert!(flow.next_request().is_some(), "{place}: nothing is sent");
            let headers = sample.headers.0.clone();
            let answer =
                Response { status: sample.status, headers, body: sample.answer.clone().into_bytes() };
            assert!(flow.answered(Ok(answer), now).is_none(), "{place}");
            assert!(flow.next_request().is_none(), "{place}: goes on after a refusal");
            let entry = flow.finish();
            let error = entry.outcome.error().unwrap_or_else(|| panic!("{place}: {:?}", entry.outcome));
            assert_eq!(entry.outcome.name(), sample.outcome, "{place}");
            assert_eq!(error.kind.name(), sample.kind, "{place}: {error}");
            assert!(error.message().starts_with(&sample.says), "{place}: {}", error.message());
            if let Some(hint) = &sample.hint {
                assert_eq!(error.next_step(), Some(hint.as_str()), "{place}");
            }
            assert!(error.next_step().is_some(), "{place}: no next step");
            let maybe = matches!(entry.outcome, Outcome::MaybeCreated(_));
            assert_eq!(maybe, error.kind.exit_code() == 8, "{place}");
        }
    }
}

#[test]
fn every_row_of_every_page_has_a_sample() {
    for provider in PROVIDERS {
        let page = page(provider);
        let samples = fixture::<Errors>(provider, "errors.toml").error;
        for row in &page.errors.case {
            let fixed = row.say.split('{').next().unwrap_or_default();
            let heard = samples.iter().any(|sample| sample.says.starts_with(fixed.trim_end()));
            assert!(heard, "{provider}: no sample hears \"{}\"", row.say);
        }
    }
}
