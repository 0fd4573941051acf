//! Answers that say no: which outcome each status has, whose words are quoted, and how long to wait.

use roomkey::domain::moment::short_span;
use roomkey::sandbox::PROVIDERS;

use crate::answers::JSON;
use crate::bench::{Bench, answer, headed};

#[test]
fn every_status_has_its_outcome() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        for status in (300..=308).chain(400..=431).chain(500..=511) {
            let (outcome, kind) = match status {
                307 | 308 => ("not_created", "redirected"),
                300..=399 => ("maybe_created", "unclear"),
                401 => ("not_created", "auth"),
                408 => ("maybe_created", "timeout"),
                429 => ("not_created", "rate_limited"),
                400..=499 => ("not_created", "refused"),
                _ => ("maybe_created", "server"),
            };
            let body = ["", "{}", "<html><b>no</b></html>"][usize::from(status % 3)];
            bench.ends(provider, &format!("{status} {body}"), answer(status, body), outcome, kind);
        }
        for status in [600, 999] {
            bench.ends(provider, "beyond", answer(status, "{}"), "maybe_created", "server");
        }
        // A success that carries nothing to read.
        for status in [204, 205] {
            bench.ends(provider, "empty", answer(status, ""), "maybe_created", "unclear");
        }
    }
}

#[test]
fn too_many_calls_say_how_long_to_wait() {
    let bench = Bench::new();
    let cases = [
        ("5", Some(5)),
        ("0", Some(0)),
        ("999999999", Some(3600)),
        ("-1", None),
        ("soon", None),
        ("99999999999999999999999999", Some(3600)),
        ("Wed, 21 Oct 2099 07:28:00 GMT", Some(3600)),
        ("Sat, 21 Nov 2026 13:00:00 GMT", None),
        ("\u{e9}", None),
        ("1e3", None),
        ("", None),
    ];
    for provider in PROVIDERS {
        for (value, wait) in cases {
            let act = headed(429, "retry-after", value, "{}");
            let entry = bench.ends(provider, value, act, "not_created", "rate_limited");
            let error = entry.outcome.error().unwrap();
            assert!(error.wait.is_none_or(|seconds| seconds <= 3600), "{provider} {value}: {error:?}");
            assert_eq!(error.wait, wait, "{provider} {value}: {error:?}");
            if let Some(seconds) = wait.filter(|seconds| *seconds > 0) {
                let said = format!("wait {}, then try again", short_span(seconds as i64));
                assert_eq!(error.next_step(), Some(said.as_str()), "{provider} {value}");
            }
        }
    }
}

#[test]
fn a_refused_key_is_not_tried_again() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        bench.create(provider);
        bench.ends(provider, "401 later", answer(401, "{}"), "not_created", "auth");
    }
}

#[test]
fn limits_of_the_plan_are_quoted() {
    let bench = Bench::new();
    for (provider, key) in [("bunch", "error"), ("metered", "message"), ("whereby", "error")] {
        for status in [402, 403] {
            let act = answer(status, format!("{{\"{key}\":\"The free plan ends at 3 rooms\"}}"));
            let entry = bench.ends(provider, "plan", act, "not_created", "refused");
            let message = entry.outcome.error().unwrap().message();
            assert!(message.contains("The free plan ends at 3 rooms"), "{message}");
        }
    }
}

#[test]
fn a_provider_that_repeats_the_key_is_not_quoted_with_it() {
    let bench = Bench::new();
    for provider in JSON {
        let (_, key) =
            bench.sandbox.settings(provider).into_iter().rfind(|(name, _)| name != "base_url").unwrap();
        let key = if provider == "bunch" { bench.sandbox.settings(provider)[1].1.clone() } else { key };
        for status in [400, 401, 403, 500] {
            let text = format!("key {key} is wrong");
            let body =
                serde_json::json!({"error": text, "message": text, "Message": text, "ErrorCode": text});
            bench.befallen(provider, "echo", answer(status, body.to_string()));
        }
    }
}
