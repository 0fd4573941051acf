//! Answers that point elsewhere: nobody there hears a single byte, and the outcome follows from the status alone.

use std::net::TcpListener;

use roomkey::sandbox::{Act, PROVIDERS};

use crate::bench::{Bench, headed};

/// Somewhere else on loopback, that may not be spoken to.
struct Elsewhere(TcpListener);

impl Elsewhere {
    fn new() -> Elsewhere {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Elsewhere(listener)
    }

    fn address(&self) -> String {
        self.0.local_addr().unwrap().to_string()
    }

    /// A connection would wait in the backlog.
    #[track_caller]
    fn heard_nothing(&self, place: &str) {
        assert!(self.0.accept().is_err(), "{place}: somebody else was called");
    }
}

#[test]
fn nobody_elsewhere_hears_of_a_creation() {
    let bench = Bench::new();
    let elsewhere = Elsewhere::new();
    let address = elsewhere.address();
    for provider in PROVIDERS {
        let home = bench.sandbox.origin();
        let targets = [
            format!("http://{address}/x"),
            format!("https://{address}/x"),
            format!("//{address}/x"),
            format!("http://user@{address}/x"),
            format!("{home}/{provider}/again"),
            "javascript:alert(1)".into(),
            "/".into(),
            "http://".into(),
            String::new(),
            format!("http://{address}/{}", "a".repeat(100 * 1024)),
        ];
        for status in [301, 302, 303, 307, 308] {
            let (outcome, kind) = match status {
                307 | 308 => ("not_created", "redirected"),
                _ => ("maybe_created", "unclear"),
            };
            for to in targets.iter().skip(usize::from(status % 2)).step_by(2) {
                let name = format!("{status} {}", &to[..to.len().min(60)]);
                let entry =
                    bench.ends(provider, &name, Act::Redirect { status, to: to.clone() }, outcome, kind);
                assert_eq!(entry.status, Some(status), "{provider}, {name}");
            }
            let nowhere = headed(status, "x-none", "1", "");
            bench.ends(provider, "no location", nowhere, outcome, kind);
            let escape = format!("HTTP/1.1 {status} x\r\nlocation: http://{address}/\u{1b}[2J\r\n\r\n");
            bench.ends(provider, "ESC", Act::Raw(escape.into_bytes()), "maybe_created", "unclear");
        }
        elsewhere.heard_nothing(provider);
    }
}

/// The one redirect that may be followed leads to a node of the same service, without a key of ours, and nowhere else.
#[test]
fn a_join_follows_to_join_only() {
    let bench = Bench::new();
    let elsewhere = Elsewhere::new();
    let address = elsewhere.address();
    let profile = bench.profile("bigbluebutton", &[]);
    for to in [
        format!("http://{address}/"),
        format!("https://{address}/bigbluebutton/api/join?x=1"),
        format!("http://user:word@{address}/bigbluebutton/api/join?x=1"),
        format!("http://{address}/bigbluebutton/api/join/x"),
        format!("http://{address}/bigbluebutton/api/create?x=1"),
    ] {
        for status in [301, 302, 303, 307, 308] {
            bench.sandbox.behave();
            let before = bench.sandbox.requests().len();
            let act = Act::Redirect { status, to: to.clone() };
            bench.sandbox.order(roomkey::sandbox::Fault::new("bigbluebutton", act));
            let typed = [("meetingID", "m1"), ("fullName", "F"), ("role", "VIEWER"), ("redirect", "false")];
            let plan = bench.plan(&profile, Some("join-link"), &typed);
            let entry = bench.perform(&profile, plan);
            let place = format!("{status} {to}");
            assert_eq!(bench.sandbox.requests().len() - before, 1, "{place}: {entry:?}");
            bench.check(&entry, &place);
            assert_ne!(entry.outcome.name(), "created", "{place}");
        }
    }
    elsewhere.heard_nothing("join");
}
