//! Successes nothing can be made of: the answer is kept as it came, for the user's eyes only, without the secrets of
//! its request, and no longer than a link would be.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use roomkey::domain::entry::Entry;
use roomkey::domain::entry_json::Reveal;
use roomkey::sandbox::{Fault, PROVIDERS};

use crate::bench::{Bench, answer, good, headed};
use crate::stage::Stage;
use crate::support::console::{Console, NOW};

/// The answer that was kept, if one was.
fn kept(entry: &Entry) -> Option<&str> {
    let detail = entry.details.iter().find(|detail| detail.key == "answer")?;
    assert!(detail.secret && !detail.copy && detail.label == "Answer as it came", "{detail:?}");
    Some(detail.value.expose())
}

#[test]
fn what_cannot_be_read_is_kept_as_it_came() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        let cut = &good(provider)[..good(provider).len() - 1];
        let wide: Vec<u8> = cut.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (name, body) in [("cut", cut.as_bytes().to_vec()), ("wide", wide)] {
            let entry = bench.ends(provider, name, answer(200, body), "maybe_created", "unclear");
            assert_eq!(kept(&entry), Some(cut), "{provider}, {name}");
            let hidden = entry.json(NOW.parse().unwrap(), Reveal::Masked).to_string();
            assert!(!hidden.contains(&cut[..cut.len() / 2]), "{provider}: {hidden}");
        }
        for status in [400, 500, 303] {
            assert_eq!(kept(&bench.befallen(provider, "no success", answer(status, cut))), None);
        }
        assert_eq!(kept(&bench.befallen(provider, "good", answer(200, good(provider)))), None);
        assert_eq!(kept(&bench.befallen(provider, "nothing", answer(200, ""))), None);
        let packed = headed(200, "content-encoding", "gzip", cut);
        assert_eq!(kept(&bench.befallen(provider, "packed", packed)), None);
        let long = bench.befallen(provider, "long", answer(200, "\u{e9}".repeat(100_000)));
        assert_eq!(kept(&long).map(str::len), Some(64 * 1024), "{provider}");
    }
}

#[test]
fn an_answer_without_a_usable_link_is_kept() {
    let bench = Bench::new();
    let body = r#"{"joinUrl":"javascript:alert(1)","jwt":"eyJ"}"#;
    let entry = bench.ends("bunch", "no link", answer(200, body), "maybe_created", "unclear");
    assert_eq!(kept(&entry), Some(body));
}

#[test]
fn no_secret_of_the_request_is_kept_with_it() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        let page = &bench.pages[provider];
        for (name, value) in bench.sandbox.settings(provider) {
            if !page.settings.get(&name).unwrap().secret {
                continue;
            }
            let form: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
            let body = format!(
                "{{{value} {form} {} {}",
                STANDARD.encode(&value),
                STANDARD.encode(format!("x{value} and more"))
            );
            let entry = bench.ends(provider, &name, answer(200, &body), "maybe_created", "unclear");
            let kept = kept(&entry).unwrap();
            // The key of another way of signing in was not in this request.
            if !kept.contains("••••••••") {
                assert_ne!(name, page.settings.iter().find(|(_, s)| s.secret).unwrap().0, "{provider}");
                continue;
            }
            assert!(!kept.contains(&value) && !kept.contains(&form), "{provider} {name}: {kept}");
            let packed = STANDARD.encode(&value);
            assert!(!kept.contains(&packed[..packed.len() - 4]), "{provider} {name}: {kept}");
        }
    }
    let profile = bench.profile("bigbluebutton", &[]);
    let plan = bench.plan(&profile, None, &[("attendeePW", "ab"), ("moderatorPW", "CANARY-word")]);
    let body = "<response><attendeePW>ab</attendeePW><moderatorPW>CANARY-word</moderatorPW><a>abc</a>";
    bench.sandbox.order(Fault::new("bigbluebutton", answer(200, body)));
    let entry = bench.perform(&profile, plan);
    let hidden = "<response><attendeePW>••••••••</attendeePW><moderatorPW>••••••••</moderatorPW><a>abc</a>";
    assert_eq!(kept(&entry), Some(hidden));
}

/// In the details it is dots until it is revealed, and inert then.
#[test]
fn it_is_shown_when_it_is_asked_for() {
    let bench = Bench::new();
    let body = "{\"joinUrl\":\"https://meet.bunch.community/r?jwt=eyJ\u{1b}[2J";
    let entry = bench.ends("bunch", "cut", answer(200, body), "maybe_created", "unclear");
    let mut console = Console::showing((100, 30), vec![entry]);
    console.keys("i");
    let screen = console.screen();
    assert!(screen.contains("Answer as it came") && !screen.contains("joinUrl"), "{screen}");
    console.keys(".");
    let screen = console.screen();
    assert!(screen.contains("joinUrl") && screen.contains("<U+001B>[2J"), "{screen}");
}

/// In the history it stands with the other secrets, and where only links for guests are kept it does not.
#[test]
fn it_is_kept_with_the_secrets_of_an_entry_or_not_at_all() {
    let body = "{\"joinUrl\":\"https://meet.bunch.community/r?jwt=CANARY-token";
    for (store, stays) in [("all", true), ("guest", false), ("off", false)] {
        let stage = Stage::new();
        stage.configure(&format!("{}\n[history]\nstore = \"{store}\"\n", stage.profile("bunch", &[])));
        stage.sandbox.order(Fault::new("bunch", answer(200, body)));
        let made = stage.run(&["create", "roomName=r", "userName=u"]);
        assert_eq!(made.code, 8, "{made:?}");
        assert!(!made.out.contains("CANARY") && made.out.contains("Answer as it came"), "{made:?}");
        let hidden = stage.run(&["links", "--all", "--json"]);
        assert!(!hidden.out.contains("CANARY"), "{store}: {hidden:?}");
        let shown = stage.run(&["links", "--all", "--json", "--reveal"]);
        assert_eq!(shown.out.contains("CANARY-token"), stays, "{store}: {shown:?}");
        let stored = stored(&stage.home().join("state/roomkey"));
        assert_eq!(stored.windows(6).any(|bytes| bytes == b"CANARY"), stays, "{store}");
    }
}

/// Every byte of every file of a directory; nothing where there is none.
fn stored(dir: &Path) -> Vec<u8> {
    let Ok(files) = std::fs::read_dir(dir) else { return Vec::new() };
    files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap_or_default()).collect()
}
