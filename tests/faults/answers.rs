//! Answers that came whole: what they mean, whatever they say and however they say it.

use roomkey::sandbox::{Act, PROVIDERS};

use crate::bench::{Bench, answer, good, headed};

/// Providers that answer in JSON.
pub const JSON: [&str; 4] = ["bunch", "joinme", "metered", "whereby"];

/// The name of the field without which there is no link.
pub fn essential(provider: &str) -> &'static str {
    match provider {
        "bunch" => "joinUrl",
        "joinme" => "viewerLink",
        "metered" => "roomName",
        _ => "roomUrl",
    }
}

/// The good answer with another value for the essential field.
pub fn with(provider: &str, value: &str) -> String {
    let mut body: serde_json::Value = serde_json::from_str(good(provider)).unwrap();
    body[essential(provider)] = serde_json::from_str(value).unwrap();
    body.to_string()
}

#[test]
fn a_good_answer_is_good_under_any_success() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        for status in [200, 201, 202] {
            let entry = bench.ends(provider, "good", answer(status, good(provider)), "created", "-");
            assert!(entry.links.iter().all(|link| link.warning.is_none()), "{:?}", entry.links);
            assert_eq!(entry.status, Some(status));
        }
        let bom = format!("\u{feff}{}", good(provider));
        bench.ends(provider, "byte order mark", answer(200, bom), "created", "-");
        for kind in ["text/html", "application/octet-stream", "%%%"] {
            let act = headed(200, "content-type", kind, good(provider));
            bench.ends(provider, kind, act, "created", "-");
        }
        let cookie = headed(200, "set-cookie", "session=CANARY; Path=/", good(provider));
        bench.ends(provider, "cookie", cookie, "created", "-");
        bench.create(provider);
        assert!(bench.sandbox.requests().last().unwrap().header("cookie").is_none(), "{provider}");
        for date in ["Sat, 21 Nov 2026 12:40:00 GMT", "yesterday", "Wed, 21 Oct 9999 07:28:00 GMT"] {
            bench.ends(provider, date, headed(200, "date", date, good(provider)), "created", "-");
        }
    }
}

#[test]
fn a_success_without_a_link_is_maybe() {
    let bench = Bench::new();
    for provider in JSON {
        let renamed = good(provider).replace(essential(provider), "room_link");
        for body in ["null", "\"\"", "{}", "[]", "[1]"].map(|value| with(provider, value)) {
            bench.ends(provider, &body, answer(200, &body), "maybe_created", "unclear");
        }
        for body in ["{}", "[]", "null", "42", "\"text\"", "", " ", &renamed] {
            bench.ends(provider, body, answer(200, body), "maybe_created", "unclear");
        }
    }
    // A number is no address; as the name of a room it can be read.
    for provider in ["bunch", "joinme", "whereby"] {
        for value in ["42", "true", "1e300"] {
            bench.ends(provider, value, answer(200, with(provider, value)), "maybe_created", "unclear");
        }
    }
}

#[test]
fn a_key_that_occurs_twice_gives_no_link() {
    let bench = Bench::new();
    for provider in JSON {
        let twice = good(provider).replacen('{', &format!("{{\"{}\":\"x\",", essential(provider)), 1);
        bench.ends(provider, "twice", answer(200, twice), "maybe_created", "unclear");
    }
}

#[test]
fn large_and_deep_answers_are_read_up_to_a_limit() {
    let bench = Bench::new();
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    for provider in JSON {
        let more = |extra: &str| answer(200, good(provider).replacen('{', &format!("{{{extra},"), 1));
        let keys: Vec<String> = (0..5000).map(|n| format!("\"k{n}\":{n}")).collect();
        bench.ends(provider, "5000 keys", more(&keys.join(",")), "created", "-");
        bench.ends(provider, "deep", more(&format!("\"x\":{}", nested(126))), "created", "-");
        for depth in [128, 1000, 100_000] {
            let act = more(&format!("\"x\":{}", nested(depth)));
            bench.ends(provider, "too deep", act, "maybe_created", "unclear");
        }
        bench.ends(provider, "open", answer(200, "[".repeat(100_000)), "maybe_created", "unclear");
    }
}

#[test]
fn what_is_no_text_is_maybe() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        let wide: Vec<u8> = good(provider).encode_utf16().flat_map(u16::to_le_bytes).collect();
        let latin = [good(provider).as_bytes(), b"\xE4"].concat();
        let mut cases = vec![("UTF-16", wide), ("Latin-1", latin), ("NUL", vec![0; 100])];
        cases.push(("random", (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect()));
        for (name, body) in cases {
            bench.ends(provider, name, answer(200, body), "maybe_created", "unclear");
        }
    }
    for provider in JSON {
        let act = answer(200, with(provider, "\"x\"").replace("\"x\"", "\"\\ud800\""));
        bench.ends(provider, "lone surrogate", act, "maybe_created", "unclear");
    }
}

#[test]
fn a_portal_is_named_and_never_shown() {
    let bench = Bench::new();
    let page = format!(
        "<!DOCTYPE html><html><head><title>Login</title></head>{}</html>",
        "<p>Sign in</p>".repeat(2500)
    );
    for provider in PROVIDERS {
        let act = headed(200, "content-type", "text/html", &page);
        let entry = bench.ends(provider, "portal", act, "maybe_created", "unclear");
        let message = entry.outcome.error().unwrap().message();
        assert!(message.contains("web page (a proxy or portal?)"), "{message}");
        assert!(!message.contains("Login") && !message.contains('<'), "{message}");
    }
}

#[test]
fn packed_answers_stay_packed() {
    let bench = Bench::new();
    let gzip: Vec<u8> = [b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03".as_slice(), &[0x55; 10_000]].concat();
    for provider in PROVIDERS {
        for coding in ["gzip", "br", "zstd", "deflate", "gzip, gzip", "x-unknown"] {
            let act = headed(200, "content-encoding", coding, &gzip);
            bench.ends(provider, coding, act, "maybe_created", "unclear");
            let act = headed(200, "content-encoding", coding, good(provider));
            bench.ends(provider, coding, act, "maybe_created", "unclear");
        }
        let act = headed(200, "content-encoding", "identity", good(provider));
        bench.ends(provider, "identity", act, "created", "-");
        bench.ends(provider, "too large", Act::Huge(300 * 1024), "maybe_created", "unclear");
    }
}
