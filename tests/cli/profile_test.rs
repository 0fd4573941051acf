//! `profile test`: what is said of a key that works, of one that is refused, and of one nothing is known about.

use roomkey::sandbox::{Act, Fault, PROVIDERS};

use crate::nobody::Nobody;
use crate::stage::Stage;

/// The sandbox's keys of a provider.
fn keys(stage: &Stage, provider: &str) -> Vec<String> {
    let settings = stage.sandbox.settings(provider).into_iter();
    let is_key = |name: &str| ["key", "token", "secret"].iter().any(|word| name.ends_with(word));
    settings.filter(|(name, _)| is_key(name)).map(|(_, value)| value).collect()
}

#[test]
fn a_key_that_works_is_said_to_work_and_nothing_is_created() {
    let stage = Stage::new();
    for provider in PROVIDERS.iter().filter(|provider| **provider != "bunch") {
        let ran = stage.run(&["profile", "test", provider]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
        assert!(ran.out.starts_with(&format!("{provider}: the key works (answered 200 in ")), "{ran:?}");
        let json = stage.run(&["profile", "test", provider, "--json"]).json();
        assert_eq!((&json["version"], &json["works"]), (&1.into(), &true.into()), "{json}");
        assert_eq!((&json["profile"], &json["provider"]), (&(*provider).into(), &(*provider).into()));
        assert_eq!((&json["status"], json["error"].is_null()), (&200.into(), true), "{json}");
        assert!(json["took_ms"].is_u64(), "{json}");
        assert_eq!(stage.sandbox.created(provider), 0, "{provider}");
    }
    assert!(stage.sandbox.requests().iter().all(|seen| seen.method == "GET"));
}

#[test]
fn a_key_that_is_refused_ends_with_4_and_is_not_repeated() {
    for (provider, key) in [
        ("whereby", "api_key"),
        ("joinme", "access_token"),
        ("metered", "secret_key"),
        ("bigbluebutton", "secret"),
    ] {
        let stage = Stage::new();
        stage.configure(&stage.profile(provider, &[(key, "'canary-of-a-wrong-key'")]));
        let ran = stage.run(&["profile", "test", provider]);
        ran.failed(4, "refused");
        assert!(!ran.err.contains("canary"), "{ran:?}");
        let ran = stage.run(&["profile", "test", provider, "--json"]);
        let json = ran.json();
        assert_eq!((ran.code, &json["works"], &json["error"]["kind"]), (4, &false.into(), &"auth".into()));
        assert!(!ran.out.contains("canary") && !ran.err.contains("canary"), "{ran:?}");
    }
}

/// Exit 0 would say that the key works, and that is not known.
#[test]
fn a_provider_without_such_a_call_is_said_to_have_none() {
    let stage = Stage::new();
    let ran = stage.run(&["profile", "test", "bunch"]);
    ran.failed(1, "Bunch has no call that only tests a key");
    assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
    let json = stage.run(&["profile", "test", "bunch", "--json"]).json();
    assert!(json["works"].is_null() && json["status"].is_null(), "{json}");
    assert_eq!(stage.sandbox.requests().len(), 0, "nothing was sent");
    stage.configure(&stage.profile("bunch", &[("api_key", "{ env = \"NOT_SET\" }")]));
    stage.run(&["profile", "test", "bunch"]).failed(3, "environment variable NOT_SET is not set");
}

#[test]
fn what_says_nothing_about_the_key_is_no_refusal_of_it() {
    let page = |status, body: &str| Act::Answer { status, headers: Vec::new(), body: body.into() };
    for (act, code, kind, sentence) in [
        (page(404, "{}"), 5, "refused", "there is no such call at this address: check base_url"),
        (page(403, "{}"), 5, "refused", "does not allow"),
        (page(429, "{}"), 5, "rate_limited", ""),
        (page(500, "{}"), 1, "server", "try again later"),
        (page(200, "<!doctype html>"), 1, "unclear", "web page (a proxy or portal?): check base_url"),
        (Act::Redirect { status: 302, to: "https://elsewhere.example/".into() }, 5, "redirected", "base_url"),
        (Act::CutBefore, 1, "unclear", "check base_url"),
    ] {
        let stage = Stage::new();
        stage.sandbox.order(Fault::new("whereby", act.clone()));
        let ran = stage.run(&["profile", "test", "whereby", "--json"]);
        let json = ran.json();
        assert_eq!((ran.code, &json["error"]["kind"]), (code, &kind.into()), "{act:?}: {ran:?}");
        assert!(json["works"].is_null(), "{act:?}: {ran:?}");
        assert!(ran.err.contains(sentence), "{act:?}: {ran:?}");
        assert!(!ran.err.contains("before you try again"), "nothing was to be created: {ran:?}");
    }
}

#[test]
fn an_address_where_nobody_listens_ends_with_6() {
    let stage = Stage::new();
    let nobody = Nobody::new();
    let address = format!("'http://{}/v1'", nobody.address());
    stage.configure(&stage.profile("whereby", &[("base_url", &address)]));
    stage.run(&["profile", "test", "whereby"]).failed(6, "refused the connection");
}

#[test]
fn what_is_configured_or_written_wrongly_is_said_and_not_sent() {
    let stage = Stage::new();
    for (arguments, code, sentence) in [
        (&["profile", "test", "wereby"][..], 2, "there is no profile `wereby`: did you mean `whereby`?"),
        (&["profile", "test"], 2, "missing: <NAME>"),
        (&["profile"], 2, ""),
        (&["profil", "test", "x"], 2, "did you mean `profile`?"),
    ] {
        stage.run(arguments).failed(code, sentence);
    }
    for (instead, sentence) in [
        (("api_key", "{ env = \"NOT_SET\" }"), "environment variable NOT_SET is not set"),
        (("base_url", "7"), "base_url"),
    ] {
        stage.configure(&stage.profile("whereby", &[instead]));
        stage.run(&["profile", "test", "whereby", "--json"]).failed(3, sentence);
    }
    stage.configure("[profiles.whereby]\nprovider = \"whereby\"\n");
    stage.run(&["profile", "test", "whereby"]).failed(3, "api_key");
    assert_eq!(stage.sandbox.requests().len(), 0);
}

#[test]
fn neither_the_log_nor_the_answer_holds_a_key() {
    let stage = Stage::new();
    for provider in PROVIDERS {
        let ran = stage.run(&["--log-level", "trace", "profile", "test", provider]);
        let log = std::fs::read_to_string(stage.home().join("state/roomkey/roomkey.log")).unwrap();
        let keys = keys(&stage, provider);
        assert!(!keys.is_empty(), "{provider}");
        for key in keys {
            let seen = format!("{ran:?}{log}");
            assert!(!seen.contains(&key), "{provider}: {seen}");
        }
    }
}
