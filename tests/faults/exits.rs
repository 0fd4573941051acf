//! The same troubles as a script meets them: exit code, one line on standard error, JSON or nothing on standard
//! output, at every provider.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use roomkey::sandbox::{Act, Fault, PROVIDERS};

use crate::bench::answer;
use crate::inert;
use crate::stage::{Ran, Stage, finish};

fn given(provider: &str) -> &'static [&'static str] {
    match provider {
        "bunch" => &["roomName=r", "userName=u"],
        "joinme" => &["startWithPersonalUrl=false"],
        "metered" => &["privacy=public"],
        "bigbluebutton" => &["name=nn"],
        _ => &["endDate=in 2h"],
    }
}

fn keys(stage: &Stage) -> Vec<String> {
    let plain = ["base_url", "link_base", "app"];
    let all = PROVIDERS.iter().flat_map(|provider| stage.sandbox.settings(provider));
    all.filter(|(name, _)| !plain.contains(&name.as_str())).map(|(_, value)| value).collect()
}

/// One line on standard error, nothing that acts, no key.
#[track_caller]
fn is_told_well(stage: &Stage, ran: &Ran, place: &str) {
    let errors = ran.err.lines().filter(|line| line.starts_with("error: ")).count();
    assert_eq!(errors, 1, "{place}: {ran:?}");
    inert::text(&ran.err, place);
    inert::text(&ran.out, place);
    for key in keys(stage) {
        assert!(!ran.err.contains(&key) && !ran.out.contains(&key), "{place}: {ran:?}");
    }
}

#[test]
fn every_trouble_has_its_exit_code_at_every_provider() {
    let stage = Stage::new();
    let to = "https://evil.example/x".to_owned();
    let cases = [
        (answer(401, "{}"), 4, "auth"),
        (answer(403, "no"), 5, "refused"),
        (answer(429, "{}"), 5, "rate_limited"),
        (Act::Redirect { status: 308, to: to.clone() }, 5, "redirected"),
        (Act::Redirect { status: 303, to }, 8, "unclear"),
        (answer(408, "{}"), 8, "timeout"),
        (answer(503, "<html>"), 8, "server"),
        (answer(200, "[]"), 8, "unclear"),
        (Act::CutAfter, 8, "unclear"),
        (Act::Raw(b"SSH-2.0-x\r\n".to_vec()), 8, "unclear"),
    ];
    for provider in PROVIDERS {
        for (act, code, kind) in &cases {
            for json in [true, false] {
                let before = stage.sandbox.requests().len();
                stage.sandbox.order(Fault::new(provider, act.clone()));
                let mut arguments = vec!["create", "-p", provider];
                arguments.extend(given(provider));
                arguments.extend(json.then_some("--json"));
                let ran = stage.run(&arguments);
                let place = format!("{provider}, {act:?}, json {json}");
                assert_eq!(ran.code, *code, "{place}: {ran:?}");
                is_told_well(&stage, &ran, &place);
                assert_eq!(stage.sandbox.requests().len() - before, 1, "{place}: requests");
                assert!(!ran.out.contains("http:"), "{place}: {ran:?}");
                if json {
                    let entry = ran.json();
                    let outcome = if *code == 8 { "maybe_created" } else { "not_created" };
                    assert_eq!(entry["error"]["kind"], *kind, "{place}");
                    assert_eq!(
                        (&entry["outcome"], entry["links"].as_array().unwrap().len()),
                        (&outcome.into(), 0)
                    );
                } else {
                    assert_eq!(ran.err.starts_with("error: maybe created: "), *code == 8, "{place}: {ran:?}");
                    assert_eq!(ran.out.is_empty(), *code != 8, "{place}: {ran:?}");
                }
            }
        }
    }
}

/// A proxy that says this to whoever comes; its address.
fn proxy(answer: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(answer);
        }
    });
    address
}

#[test]
fn a_proxy_that_refuses_sent_nothing_and_its_password_stays_unsaid() {
    let stage = Stage::new();
    for provider in PROVIDERS {
        stage.configure(&stage.profile(provider, &[("base_url", "'https://proxied.invalid/v1'")]));
        for answer in [
            &b"HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm=\"CANARY\"\r\ncontent-length: 0\r\n\r\n"[..],
            b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n",
            b"HTTP/1.1 302 Found\r\nlocation: https://evil.example/\r\ncontent-length: 0\r\n\r\n",
            b"HTTP/1.1 200 \x1b]0;PWN\x07\r\n\r\nnot TLS",
            b"SSH-2.0-x\r\n",
            b"",
        ] {
            let address = proxy(answer);
            for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
                let mut command = stage.command();
                command.arg("--config").arg(stage.config()).args(["create", "--json"]).args(given(provider));
                let ran = finish(command.env(variable, format!("http://user:CANARY-word@{address}")));
                let place = format!("{provider}, {variable}, {}", String::from_utf8_lossy(answer));
                assert_eq!((ran.code, &ran.json()["error"]["kind"]), (6, &"network".into()), "{place}: {ran:?}");
                assert!(!ran.err.contains("CANARY") && !ran.out.contains("CANARY"), "{place}: {ran:?}");
                is_told_well(&stage, &ran, &place);
            }
        }
    }
    assert!(stage.sandbox.requests().is_empty());
}

#[test]
fn a_proxy_is_passed_by_where_it_is_told_so() {
    let stage = Stage::new();
    let address = proxy(b"HTTP/1.1 502 no\r\ncontent-length: 0\r\n\r\n");
    stage.configure(&stage.profile("whereby", &[("base_url", "'https://proxied.invalid/v1'")]));
    for (passed_by, sentence) in
        [("proxied.invalid", "could not find the address"), ("other", "the proxy gave no")]
    {
        let mut command = stage.command();
        command.arg("--config").arg(stage.config()).args(["create", "endDate=in 2h"]);
        let ran = finish(command.env("HTTPS_PROXY", format!("http://{address}")).env("NO_PROXY", passed_by));
        ran.failed(6, sentence);
    }
}

#[test]
fn a_proxy_that_stalls_is_not_waited_for() {
    let stage = Stage::new();
    stage.configure(&stage.profile("whereby", &[("base_url", "'https://proxied.invalid/v1'")]));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let mut command = stage.command();
    command.arg("--config").arg(stage.config()).args(["create", "endDate=in 2h"]);
    let begun = Instant::now();
    let ran = finish(command.env("HTTPS_PROXY", format!("http://{address}")));
    ran.failed(6, "could not connect to proxied.invalid within 5 s");
    // The proxy would never say anything; only the thirty seconds of the whole would end it.
    assert!(begun.elapsed() < Duration::from_secs(25), "{:?}", begun.elapsed());
}
