//! Links in good answers that are no good links: unusual ones are marked, copied only after a question and only as
//! a browser reads them; what is no link at all leaves a room that is maybe there.

use roomkey::domain::entry::Entry;
use roomkey::domain::entry_json::{Reveal, printed};
use roomkey::domain::request::Response;
use roomkey::domain::secret::Secret;
use roomkey::provider::flow::Flow;
use roomkey::provider::settings::{Setting, Settings};
use roomkey::worker::call::settings_of;

use crate::bench::{Bench, answer, good, outcome_is};
use crate::inert;
use crate::support::console::{Console, NOW};

/// What an answer with this link comes to in a profile that is not on this machine.
fn far(bench: &Bench, provider: &str, link: &str) -> Entry {
    let base = match provider {
        "bunch" => "https://www.bunch.community",
        "joinme" => "https://api.join.me/v1",
        _ => "https://api.whereby.dev/v1",
    };
    let profile = bench.profile(provider, &[("base_url", base)]);
    let plan = bench.plan(&profile, None, &[]);
    let settings =
        Settings::complete(&plan.page, settings_of(&profile, |_| Setting::Secret(Secret::new("key"))));
    let mut flow = Flow::new(plan, settings);
    assert!(flow.next_request().is_some());
    let response = Response { status: 200, headers: Vec::new(), body: body(provider, link).into_bytes() };
    assert!(flow.answered(Ok(response), NOW.parse().unwrap()).is_none());
    assert!(flow.next_request().is_none());
    let entry = flow.finish();
    bench.check(&entry, &format!("{provider}, {link}"));
    entry
}

/// The good answer with this link for the guest.
fn body(provider: &str, link: &str) -> String {
    let field = match provider {
        "bunch" => "joinUrl",
        "joinme" => "viewerLink",
        _ => "roomUrl",
    };
    let mut body: serde_json::Value = serde_json::from_str(good(provider)).unwrap();
    body[field] = link.into();
    body.to_string()
}

const PROVIDERS: [&str; 3] = ["bunch", "joinme", "whereby"];

/// A host each provider's links are expected at.
fn home(provider: &str) -> &'static str {
    match provider {
        "bunch" => "meet.bunch.community",
        "joinme" => "secure.join.me",
        _ => "acme.whereby.com",
    }
}

#[test]
fn what_is_no_link_is_not_offered() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        let long = format!("https://{}/{}", home(provider), "a".repeat(8 * 1024));
        let very_long = format!("https://{}/{}", home(provider), "a".repeat(100 * 1024));
        let slash = format!("https://{}\\@evil.example/", home(provider));
        let torn = format!("ht\ntps://{}/", home(provider));
        let tab = format!("https://{}/a\tb", home(provider));
        let space = format!("https://{}/a b", home(provider));
        let line = format!("https://{}/a\r\nb", home(provider));
        for link in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "ftp://a/b",
            "//host/x",
            "/room",
            "room",
            "https://",
            "https:",
            "mailto:a@b.example",
            "\u{1b}]52;c;Y2FuYXJ5\u{7}",
            &slash,
            &torn,
            &tab,
            &space,
            &line,
            &long,
            &very_long,
        ] {
            let place = format!("{provider}, {}", link.chars().take(60).collect::<String>());
            outcome_is(&far(&bench, provider, link), &place, "maybe_created", "unclear");
            bench.ends(provider, &place, answer(200, body(provider, link)), "maybe_created", "unclear");
        }
    }
}

/// An unusual link has a warning with its true host, and `y` asks before anything is copied.
#[track_caller]
fn asks(entry: &Entry, place: &str, host: &str) {
    outcome_is(entry, place, "created", "-");
    let link = entry.guest_link().unwrap();
    let warning = link.warning.as_deref().unwrap_or_else(|| panic!("{place}: no warning"));
    assert!(warning.contains(host), "{place}: {warning}");
    let mut console = Console::showing((80, 24), vec![entry.clone()]);
    console.press("y");
    assert_eq!(console.clipboard, None, "{place}: copied without a question");
    let screen = console.screen();
    assert!(screen.contains("This is not an ordinary link"), "{place}\n{screen}");
    inert::text(&screen, place);
    assert!(console.press("<Esc>").clipboard.is_none(), "{place}");
    console.press("y<Tab><Enter>");
    if let Some(copied) = &console.clipboard {
        assert!(
            copied.bytes().all(|b| b.is_ascii_graphic()) && copied.len() <= 8 * 1024,
            "{place}: {copied:?}"
        );
    }
    let json = entry.json(NOW.parse().unwrap(), Reveal::Full);
    inert::text(&printed(&json), place);
    assert!(json["links"].to_string().contains("\"warning\""), "{json}");
}

#[test]
fn unusual_links_ask_and_name_their_true_host() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        let good = home(provider);
        for (link, host) in [
            (format!("http://{good}/r"), "not encrypted".to_owned()),
            (format!("https://{good}@evil.example/"), "evil.example".into()),
            (format!("https://user:word@{good}/r"), good.into()),
            ("https://evil.example/r".into(), "evil.example".into()),
            (format!("https://{good}.evil.example/r"), format!("{good}.evil.example")),
            (format!("https://evil.example/{good}"), "evil.example".into()),
            (format!("https://evil{good}.example/?{good}"), format!("evil{good}.example")),
            ("https://example.whereby.com\u{2215}.evil.example/".into(), "evil.example".into()),
            ("https://meet.bunch.community\u{ff0e}evil.example/".into(), "evil.example".into()),
            ("https://wh\u{435}reby.com/r".into(), "xn--whreby-4of.com".into()),
            ("https://\u{430}\u{440}\u{440}\u{4cf}\u{435}.com/r".into(), "xn--80ak6aa92e.com".into()),
            ("https://127.0.0.1/".into(), "127.0.0.1".into()),
            ("https://2130706433/".into(), "127.0.0.1".into()),
            ("http://0x7f.1/".into(), "127.0.0.1".into()),
            ("https://[::1]/".into(), "::1".into()),
            ("https://169.254.169.254/".into(), "169.254.169.254".into()),
            ("http://localhost/".into(), "localhost".into()),
            (format!("https://{good}/team\u{202e}moc.live"), good.into()),
            (format!("https://{good}/\u{200b}r"), good.into()),
            (format!("https:///{good}/r"), "unusually".into()),
            (format!("https:{good}/r"), "unusually".into()),
            (format!("https:/{good}/r"), "unusually".into()),
            (format!("https://{}/{good}", good.replacen('.', "%2E", 1)), "unusually".into()),
            ("https://evil.example:443/r".into(), "evil.example".into()),
        ] {
            let entry = far(&bench, provider, &link);
            asks(&entry, &format!("{provider}, {link}"), &host);
        }
    }
}

#[test]
fn what_is_copied_is_what_a_browser_reads() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        let link = format!("https://{}/team\u{202e}moc.live", home(provider));
        let entry = far(&bench, provider, &link);
        let url = entry.guest_link().unwrap().url.expose().to_owned();
        assert_eq!(url, format!("https://{}/team%E2%80%AEmoc.live", home(provider)));
        let link = format!("https://wh\u{435}reby.com/{provider}");
        let url = far(&bench, provider, &link).guest_link().unwrap().url.expose().to_owned();
        assert_eq!(url, format!("https://xn--whreby-4of.com/{provider}"));
    }
}

#[test]
fn ordinary_links_are_kept_byte_for_byte() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        let good = home(provider);
        for tail in ["/r?jwt=eyJ.a-b_c", "/r%2Fs?x=1&y=%20#top", "/r", "", "/a'b"] {
            let link = format!("https://{good}{tail}");
            let entry = far(&bench, provider, &link);
            let kept = entry.guest_link().unwrap();
            assert_eq!((kept.url.expose(), &kept.warning), (link.as_str(), &None), "{provider}");
        }
    }
}

#[test]
fn this_machine_is_at_home_only_in_its_own_profile() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        let links = ["http://127.0.0.1:1/r", "https://127.0.0.1/r", "http://localhost/r"];
        for link in links {
            let near = bench.ends(provider, link, answer(200, body(provider, link)), "created", "-");
            assert_eq!(near.guest_link().unwrap().warning, None, "{provider}, {link}");
            asks(&far(&bench, provider, link), &format!("{provider}, {link}"), "");
        }
        let private = "http://10.0.0.1/r";
        let near = bench.ends(provider, private, answer(200, body(provider, private)), "created", "-");
        asks(&near, private, "10.0.0.1");
    }
}

/// A room's name becomes one segment of the link and nothing else.
#[test]
fn the_name_of_a_room_cannot_leave_its_place() {
    let bench = Bench::new();
    let base = bench.sandbox.settings("metered").into_iter().find(|(name, _)| name == "link_base").unwrap().1;
    for name in
        ["../x", "..", "a/b", "a?b#c", "@evil.example", "a b", "\u{202e}", "\r\n", "%2e%2e", "\u{1b}[2J"]
    {
        let body = serde_json::json!({"roomName": name}).to_string();
        let entry = bench.befallen("metered", name, answer(200, body));
        let Some(link) = entry.guest_link() else { continue };
        let rest = link.url.expose().strip_prefix(&format!("{base}/")).unwrap();
        assert!(!rest.contains(['/', '?', '#', '\\']) && rest != "..", "{name:?}: {rest}");
        assert!(rest.bytes().all(|b| b.is_ascii_graphic()), "{name:?}: {rest:?}");
    }
}
