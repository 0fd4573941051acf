//! Answers that count although something about them is odd, and what is said of it.

use roomkey::domain::entry::{Entry, State};
use roomkey::domain::entry_json::Reveal;
use roomkey::domain::link::{Audience, Ends};
use roomkey::provider::wire::{self, Secrets};
use roomkey::sandbox::{Act, Fault, PROVIDERS};

use crate::bench::{Bench, answer, good, headed};
use crate::support::console::NOW;

#[test]
fn tokens_are_read_for_their_end_and_never_believed() {
    use base64::Engine;
    let bench = Bench::new();
    let part = |text: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text);
    let jwt = |claims: &str| format!("{}.{}.x", part(r#"{"alg":"none"}"#), part(claims));
    let tokens = [
        jwt(r#"{"exp":1}"#),
        jwt(r#"{"exp":253402300799}"#),
        jwt(r#"{"exp":99999999999999999999}"#),
        jwt(r#"{"exp":-1}"#),
        jwt(r#"{"exp":"soon"}"#),
        jwt(r#"{"exp":1e300}"#),
        jwt("no json"),
        "...".into(),
        "a.b.c.d".into(),
        "x".repeat(60 * 1024),
        String::new(),
    ];
    for token in tokens {
        for expires in ["7200", "-5", "0", "1e30", "9223372036854775807", "null", "\"x\"", "7200.5"] {
            let body = format!(
                r#"{{"joinUrl":"https://meet.bunch.community/r?jwt=x","roomName":"r","jwt":"{token}","expiresIn":{expires}}}"#
            );
            let name: String = token.chars().take(40).collect();
            let place = format!("{name} {expires}");
            let entry = bench.ends("bunch", &place, answer(200, body), "created", "-");
            if let Ends::At { time, .. } = entry.links[0].ends {
                assert!(time.as_second() < 253_402_300_800, "{place}: {time}");
            }
            let ended = [1, -1].iter().any(|exp| token.contains(&part(&format!(r#"{{"exp":{exp}}}"#))));
            assert_eq!(
                entry.state(NOW.parse().unwrap()) == State::Ended,
                ended,
                "{place}: {:?}",
                entry.links[0].ends
            );
        }
    }
}

#[test]
fn join_me_links_that_are_swapped_or_equal_stay_with_their_audience() {
    let bench = Bench::new();
    let code = |code: &str| {
        format!(
            r#"{{"presenterLink":"https://join.me/h","viewerLink":"https://join.me/h","audioConference":{{"conferenceId":"12","organizerCode":{code}}}}}"#
        )
    };
    let swapped =
        r#"{"viewerLink":"https://secure.join.me/start?token=T","presenterLink":"https://join.me/123-456"}"#;
    let entry = bench.ends("joinme", "swapped", answer(200, swapped), "created", "-");
    assert_eq!(entry.guest_link().unwrap().url.expose(), "https://secure.join.me/start?token=T");
    for (written, value) in [("\"0042\"", "0042"), ("\"abcd\"", "abcd"), ("12345", "12345")] {
        let entry = bench.ends("joinme", written, answer(200, code(written)), "created", "-");
        let detail = entry.details.iter().find(|detail| detail.key == "organizerCode");
        let Some(detail) = detail else { continue };
        assert!(detail.secret && detail.value.expose() == value, "{detail:?}");
        let guest = entry.guest_link().unwrap();
        assert_eq!(guest.audience, Audience::Guest);
        // One address for both: copying it as the guest's asks, and it is not shown.
        assert!(
            guest.secret && guest.warning.as_deref() == Some("the same address as the host's link"),
            "{guest:?}"
        );
        assert_eq!(detail.shown().as_str(), "••••••••");
    }
}

#[test]
fn a_host_link_asked_for_in_vain_is_said() {
    let bench = Bench::new();
    let body = good("whereby").replace(r#""hostRoomUrl":"https://acme.whereby.com/r?roomKey=K","#, "");
    let entry = bench.ends("whereby", "no host link", answer(201, body), "created", "-");
    assert!(entry.host_link().is_none());
    let said: Vec<String> = entry.warnings.iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|line| line.contains("no host link")), "{said:?}");
}

#[test]
fn steps_that_fail_later_leave_the_room_and_say_what_is_missing() {
    let bench = Bench::new();
    let profile = bench.profile("metered", &[]);
    let acts = [answer(500, "{}"), answer(200, "{}"), Act::CutAfter, answer(307, ""), answer(401, "{}")];
    for act in acts {
        bench.sandbox.order(Fault::new("metered", act.clone()).path("/token"));
        let plan = bench.plan(&profile, None, &[("privacy", "private")]);
        let entry = bench.perform(&profile, plan);
        bench.check(&entry, &format!("{act:?}"));
        assert_eq!(entry.outcome.name(), "created", "{act:?}");
        assert!(!entry.warnings.is_empty() || act_is_silent(&act), "{act:?}: {entry:?}");
    }
}

/// An answer without a token has nothing to warn of: the detail is simply not there.
fn act_is_silent(act: &Act) -> bool {
    matches!(act, Act::Answer { status: 200, .. })
}

/// What the details and the warnings of an entry say.
fn said(entry: &Entry) -> Vec<String> {
    entry.warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn a_room_of_another_name_is_said() {
    let bench = Bench::new();
    for (provider, text) in [("bunch", r#"asked for Room "mine", got "r""#), ("metered", r#"got "r""#)] {
        bench.sandbox.order(Fault::new(provider, answer(200, good(provider))));
        let profile = bench.profile(provider, &[]);
        let entry = bench.perform(&profile, bench.plan(&profile, None, &[("roomName", "mine")]));
        assert_eq!(entry.outcome.name(), "created");
        assert!(said(&entry).iter().any(|line| line.contains(text)), "{provider}: {:?}", said(&entry));
        let json = entry.json(NOW.parse().unwrap(), Reveal::Masked);
        assert!(json["warnings"].to_string().contains("mine"), "{json}");
        let same = bench.create(provider);
        assert_eq!(said(&same), Vec::<String>::new(), "{provider}");
    }
    let hostile = good("bunch").replace(r#""roomName":"r""#, r#""roomName":"\u001b]0;PWN\u0007""#);
    let entry = bench.ends("bunch", "hostile", answer(200, hostile), "created", "-");
    assert!(said(&entry).iter().any(|line| line.contains("got")), "{:?}", said(&entry));
}

#[test]
fn a_clock_that_differs_is_said_whatever_the_outcome() {
    let bench = Bench::new();
    let (right, wrong) = ("Sat, 21 Nov 2026 13:02:30 GMT", "Sat, 21 Nov 2026 12:50:00 GMT");
    for provider in PROVIDERS {
        for status in [200, 403, 500] {
            for (date, differs) in [(right, false), (wrong, true), ("yesterday", false), ("", false)] {
                let act = headed(status, "date", date, good(provider));
                let entry = bench.befallen(provider, date, act);
                let told = said(&entry).iter().any(|line| line.contains("this computer's clock differs by"));
                assert_eq!(told, differs, "{provider}, {status}, {date}: {:?}", said(&entry));
            }
        }
    }
}

/// `1/../2` stays one segment of the address that a deletion would go to.
#[test]
fn an_id_cannot_lead_a_later_call_elsewhere() {
    let bench = Bench::new();
    let body = good("whereby").replace(r#""meetingId":"1""#, r#""meetingId":"1/../2""#);
    let entry = bench.ends("whereby", "climbing", answer(201, body), "created", "-");
    let id = entry.details.iter().find(|detail| detail.key == "meetingId").unwrap().value.expose();
    assert_eq!(wire::segment(id, Secrets::Live).as_deref(), Some("1%2F..%2F2"));
}
