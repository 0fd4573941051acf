//! Connections that do not come about, break, fall silent or talk nonsense. Before one stands nothing was created;
//! after it maybe, whatever was heard.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use roomkey::error::Kind;
use roomkey::sandbox::{Act, Fault, Gate, PROVIDERS};

use crate::bench::{Bench, HASTY, PATIENCE, PATIENT, good, outcome_is};
use crate::support::nobody::Nobody;
use roomkey::ports::http::Limits;

fn raw(text: impl AsRef<[u8]>) -> Act {
    Act::Raw(text.as_ref().to_vec())
}

#[test]
fn what_breaks_before_the_answer_is_maybe() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        for (act, made) in [
            (Act::CutBefore, 0),
            (Act::CutAfter, 1),
            (Act::Reset { made: false }, 0),
            (Act::Reset { made: true }, 1),
            (Act::CutBody(0), 1),
            (Act::CutBody(15), 1),
        ] {
            let before = bench.sandbox.created(provider);
            bench.ends(provider, &format!("{act:?}"), act.clone(), "maybe_created", "unclear");
            assert_eq!(bench.sandbox.created(provider) - before, made, "{provider}, {act:?}");
        }
    }
}

#[test]
fn a_cut_body_offers_no_link_even_where_one_was_whole() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        let body = good(provider);
        let cut = &body[..body.len() - 1];
        for head in [
            "HTTP/1.1 200 OK\r\n\r\n".to_owned(),
            "HTTP/1.0 200 OK\r\n\r\n".to_owned(),
            format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len()),
        ] {
            bench.ends(provider, &head, raw(format!("{head}{cut}")), "maybe_created", "unclear");
        }
        let chunk = format!("{:x}\r\n{body}", body.len());
        for tail in [
            chunk.clone(),
            format!("{chunk}\r\n"),
            format!("{chunk}\r\n0\r\n"),
            "5\r\n{\"a\":".into(),
            "zz\r\n{}\r\n0\r\n\r\n".into(),
            "fffffffffffffffffff\r\n{}".into(),
        ] {
            let text = format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{tail}");
            bench.ends(provider, &tail, raw(text), "maybe_created", "unclear");
        }
        // Whole after all: the end of the connection is the end of the body.
        bench.ends(provider, "whole", raw(format!("HTTP/1.1 200 OK\r\n\r\n{body}")), "created", "-");
    }
}

#[test]
fn what_is_no_proper_answer_is_maybe() {
    let bench = Bench::new();
    let heads = |count: usize| (0..count).map(|n| format!("x-{n}: 1\r\n")).collect::<String>();
    let long = |kib: usize| format!("x-long: {}\r\n", "a".repeat(kib * 1024));
    let with = |headers: &str| format!("HTTP/1.1 200 OK\r\n{headers}content-length: 2\r\n\r\n{{}}");
    let cases = [
        ("SSH", "SSH-2.0-OpenSSH_9.2\r\n".to_owned()),
        ("a bare body", "{\"joinUrl\":\"https://meet.bunch.community/r\"}".into()),
        ("no status", "HTTP/1.1 abc\r\n\r\n".into()),
        ("a short status", "HTTP/1.1 2\r\n\r\n".into()),
        ("an unknown version", "HTTP/9.9 200 OK\r\ncontent-length: 2\r\n\r\n{}".into()),
        ("nothing but an end of line", "\r\n\r\n".into()),
        ("200 headers", with(&heads(200))),
        ("512 KiB of headers", with(&long(512))),
        ("1 MiB of headers", with(&long(1024))),
        ("NUL in a header", with("x-a: a\0b\r\n")),
        ("ESC in a header", with("x-a: a\u{1b}[2Jb\r\n")),
        ("ESC in the reason", "HTTP/1.1 200 \u{1b}]0;PWN\u{7}\r\ncontent-length: 2\r\n\r\n{}".into()),
        ("a folded header", with("x-a: a\r\n b\r\n")),
        ("two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}".into()),
        ("a length that is none", "HTTP/1.1 200 OK\r\ncontent-length: -2\r\n\r\n{}".into()),
        ("a length without end", "HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\n{}".into()),
        ("random", "\u{0}\u{1}\u{2}\u{fffd}".repeat(50)),
    ];
    for provider in PROVIDERS {
        for (name, text) in &cases {
            bench.ends(provider, name, raw(text), "maybe_created", "unclear");
        }
    }
}

#[test]
fn odd_but_whole_answers_are_read() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        let body = good(provider);
        let ok = |headers: &str| {
            format!("HTTP/1.1 200 OK\r\n{headers}content-length: {}\r\n\r\n{body}", body.len())
        };
        let hints = "HTTP/1.1 103 Early Hints\r\nlink: </x>; rel=preload\r\n\r\n";
        for (name, text) in [
            ("64 KiB of headers", ok(&format!("x-long: {}\r\n", "a".repeat(64 * 1024)))),
            ("1000 times 100", format!("{}{}", "HTTP/1.1 100 Continue\r\n\r\n".repeat(1000), ok(""))),
            ("early hints", format!("{hints}{}", ok(""))),
            ("no reason", ok("").replace("200 OK", "200 ")),
            ("more behind the body", format!("{}HTTP/1.1 500 no\r\n\r\n", ok(""))),
        ] {
            bench.ends(provider, name, raw(text), "created", "-");
        }
        let switch = "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n";
        bench.ends(provider, "switching", raw(switch), "maybe_created", "unclear");
    }
}

#[test]
fn silence_ends_and_the_late_answer_is_not_heard() {
    let bench = Bench::within(HASTY);
    for provider in PROVIDERS {
        let before = (bench.sandbox.created(provider), bench.sandbox.requests().len());
        let gate = Gate::new();
        bench.sandbox.order(Fault::new(provider, Act::Pass).hold(&gate));
        let entry = bench.create(provider);
        outcome_is(&entry, provider, "maybe_created", "timeout");
        bench.check(&entry, provider);
        gate.release();
        assert!(bench.sandbox.wait_for(PATIENCE, |seen| seen.len() > before.1), "{provider}: nothing came");
        assert!(bench.sandbox.created(provider) == before.0 + 1, "{provider}: the room is there");
        assert_eq!(bench.sandbox.requests().len(), before.1 + 1, "{provider}");
        bench.ends(provider, "silence", Act::Silence, "maybe_created", "timeout");
    }
}

#[test]
fn an_answer_that_drips_ends() {
    let whole = Duration::from_secs(1);
    let bench = Bench::within(Limits { whole, ..PATIENT });
    for provider in PROVIDERS {
        let act = Act::Drip(Duration::from_millis(100));
        bench.ends(provider, "drip", act, "maybe_created", "timeout");
    }
}

/// A listener on loopback that does this to each connection; its address.
fn strange(act: impl Fn(std::net::TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || listener.incoming().map_while(Result::ok).for_each(act));
    address
}

/// A creation at this address instead of the sandbox's.
fn at(bench: &Bench, provider: &str, base: &str) -> roomkey::domain::entry::Entry {
    let instead = [("base_url", base)];
    let profile = bench.profile(provider, &instead);
    let plan = bench.plan(&profile, None, &[]);
    let entry = bench.perform(&profile, plan);
    bench.check(&entry, &format!("{provider} at {base}"));
    entry
}

#[test]
fn a_connection_that_is_taken_and_dropped_is_maybe() {
    let bench = Bench::new();
    let dropped = strange(drop);
    let headless = strange(|mut stream| drop(stream.read(&mut [0])));
    for provider in PROVIDERS {
        for address in [&dropped, &headless] {
            let entry = at(&bench, provider, &format!("http://{address}"));
            outcome_is(&entry, provider, "maybe_created", "unclear");
        }
    }
}

#[test]
fn without_a_connection_nothing_was_created() {
    let bench = Bench::within(Limits { connect: Duration::from_millis(150), ..PATIENT });
    let nobody = Nobody::new();
    let gone = nobody.address();
    let silent = strange(std::mem::forget);
    let plain = strange(|mut stream| {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
    });
    for provider in PROVIDERS {
        for base in [
            format!("http://{gone}"),
            format!("https://{gone}"),
            format!("https://{silent}"),
            format!("https://{plain}"),
            "https://nowhere.invalid".into(),
        ] {
            let begun = Instant::now();
            let entry = at(&bench, provider, &base);
            outcome_is(&entry, &format!("{provider} at {base}"), "not_created", "network");
            let host = base.split("//").nth(1).unwrap();
            let message = entry.outcome.error().unwrap().message();
            assert!(message.contains(host), "{provider} at {base}: {message}");
            // It is the time for connecting that ended it; without that it would be the whole, or never.
            assert!(begun.elapsed() < PATIENT.whole * 2 / 3, "{provider} at {base}");
        }
    }
}

#[test]
fn one_address_that_does_not_answer_is_passed_over() {
    // `localhost` may be both ::1, where nobody listens on this port, and 127.0.0.1.
    let bench = Bench::new();
    for provider in PROVIDERS {
        let settings = bench.sandbox.settings(provider);
        let base = &settings.iter().find(|(name, _)| name == "base_url").unwrap().1;
        let entry = at(&bench, provider, &base.replace("127.0.0.1", "localhost"));
        outcome_is(&entry, provider, "created", "-");
    }
}

#[test]
fn what_is_not_this_machine_is_not_called_in_clear() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        for base in
            ["http://api.example.com", "http://localhost.evil.example", "http://127.0.0.1.evil.example"]
        {
            let entry = at(&bench, provider, base);
            outcome_is(&entry, &format!("{provider} at {base}"), "not_created", "config");
        }
    }
}

/// Far longer than a call may go on after a sleep.
const LENIENT: Limits =
    Limits { first_byte: Duration::from_secs(90), whole: Duration::from_secs(100), ..PATIENT };

/// What tells the end of a sleep from the end of these times.
const SOON: Duration = Duration::from_secs(20);

/// Performs a call over which the computer sleeps for a quarter of an hour; how long after its waking the call ended.
fn slept_through<T>(bench: &Bench, provider: &str, call: impl FnOnce() -> T) -> (T, Duration) {
    let gate = Gate::new();
    bench.sandbox.order(Fault::new(provider, Act::Pass).hold(&gate));
    let (sandbox, clock) = (bench.sandbox.clone(), bench.caller.clock.clone());
    let before = sandbox.requests().len();
    let sleeper = thread::spawn(move || {
        assert!(sandbox.wait_for(PATIENCE, |seen| seen.len() > before));
        clock.advance(Duration::from_secs(900));
        Instant::now()
    });
    let done = call();
    let woken = sleeper.join().unwrap();
    gate.release();
    (done, woken.elapsed())
}

/// The timers of a call stand still while the computer sleeps; the clock does not.
#[test]
fn a_call_the_computer_slept_through_ends_soon_after() {
    let bench = Bench::within(LENIENT);
    for provider in PROVIDERS {
        let (entry, after) = slept_through(&bench, provider, || bench.create(provider));
        outcome_is(&entry, provider, "maybe_created", "timeout");
        bench.check(&entry, provider);
        let message = entry.outcome.error().unwrap().message();
        assert!(message.starts_with("this computer slept"), "{message}");
        assert!(after < SOON, "{provider}: {after:?}");
    }
}

#[test]
fn a_key_test_the_computer_slept_through_ends_soon_after() {
    let bench = Bench::within(LENIENT);
    for provider in PROVIDERS.iter().filter(|provider| **provider != "bunch") {
        let profile = bench.profile(provider, &[]);
        let (proof, after) = slept_through(&bench, provider, || bench.test_key(&profile));
        let error = proof.unwrap_err();
        assert_eq!(error.kind, Kind::Timeout, "{provider}: {error}");
        assert!(error.message().starts_with("this computer slept"), "{error}");
        assert!(after < SOON, "{provider}: {after:?}");
    }
}
