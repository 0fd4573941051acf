//! Whatever comes: text for the screen, addresses, answers, placeholders and key notation are read without a panic,
//! in time, and with nothing that could act.

use proptest::prelude::*;
use roomkey::config::Config;
use roomkey::domain::key::Key;
use roomkey::domain::link::Audience;
use roomkey::domain::request::Response;
use roomkey::domain::secret::Secret;
use roomkey::domain::text::DisplayText;
use roomkey::provider::answer::Answer;
use roomkey::provider::flow::Flow;
use roomkey::provider::link_check::{Expected, LinkCheck, as_read, check};
use roomkey::provider::placeholder::Template;
use roomkey::provider::settings::{Setting, Settings};
use roomkey::sandbox::PROVIDERS;
use roomkey::worker::call::settings_of;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::bench::{Bench, good};
use crate::inert;
use crate::support::console::NOW;

/// Text with more trouble in it than chance would bring.
fn text() -> impl Strategy<Value = String> {
    let trouble = prop_oneof![
        any::<char>(),
        Just('\u{1b}'),
        Just('\u{200D}'),
        Just('\u{FE0F}'),
        Just('\u{301}'),
        Just('👩'),
        prop::sample::select("{}|:/\\<>@.%&#?= \n\r\t[]\"'é日1a".chars().collect::<Vec<_>>()),
        (0x2000_u32..0x2100).prop_map(|code| char::from_u32(code).unwrap()),
        (0xE0000_u32..0xE0200).prop_map(|code| char::from_u32(code).unwrap()),
        (0_u32..0xA0).prop_map(|code| char::from_u32(code).unwrap()),
    ];
    prop::collection::vec(trouble, 0..60).prop_map(|all| all.into_iter().collect())
}

/// An address that looks like one, with something wrong in it.
fn address() -> impl Strategy<Value = String> {
    let scheme = prop::sample::select(vec![
        "https://",
        "http://",
        "HTTPS://",
        "https:",
        "https:///",
        "//",
        "ftp://",
        "",
    ]);
    let host = prop::sample::select(vec![
        "meet.bunch.community",
        "MEET.bunch.community",
        "evil.example",
        "meet.bunch.community@evil.example",
        "127.0.0.1",
        "[::1]",
        "meet%2Ebunch.community",
        "wh\u{435}reby.com",
        "",
    ]);
    (scheme, host, text()).prop_map(|(scheme, host, rest)| format!("{scheme}{host}{rest}"))
}

/// A good answer with a wound: bytes cut out, doubled or changed.
fn wounded(provider: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let body = good(provider).as_bytes();
    (0..body.len(), 0..20_usize, prop::collection::vec(any::<u8>(), 0..8)).prop_map(move |(at, cut, new)| {
        let end = (at + cut).min(body.len());
        [&body[..at], &new, &body[end..]].concat()
    })
}

const EXAMPLE: &str = include_str!("../../config.example.toml");

/// However much of a good answer is missing, what is left of it gives no link.
#[test]
fn nothing_cut_gives_a_link() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        let profile = bench.profile(provider, &[]);
        let key = |_: &str| Setting::Secret(Secret::new("CANARY-of-the-profile"));
        for end in 0..good(provider).len() {
            let plan = bench.plan(&profile, None, &[]);
            let settings = Settings::complete(&plan.page, settings_of(&profile, key));
            let mut flow = Flow::new(plan, settings);
            flow.next_request().expect("a request");
            let body = good(provider).as_bytes()[..end].to_vec();
            flow.answered(Ok(Response { status: 200, headers: Vec::new(), body }), NOW.parse().unwrap());
            assert!(flow.next_request().is_none(), "{provider}: {end} bytes");
            let entry = flow.finish();
            assert_eq!(
                (entry.outcome.name(), entry.links.len()),
                ("maybe_created", 0),
                "{provider}: {end} bytes"
            );
        }
    }
}

proptest! {
    #![proptest_config(crate::support::chance::cases(1000))]

    #[test]
    fn shown_text_is_inert(raw in text()) {
        for shown in [DisplayText::line(&raw), DisplayText::detail(&raw)] {
            prop_assert_eq!(inert::first_hostile(shown.as_str()), None, "{:?}", shown);
            for grapheme in shown.as_str().graphemes(true) {
                prop_assert!(grapheme.width() <= 2 * grapheme.chars().count(), "{grapheme:?}");
            }
        }
        let line = DisplayText::line(&raw);
        prop_assert!(!line.as_str().contains('\n'));
        prop_assert_eq!(&DisplayText::line(line.as_str()), &line);
    }

    #[test]
    fn an_ordinary_link_leads_where_it_seems_to(address in address()) {
        let patterns = ["*.bunch.community".to_owned()];
        let expected = Expected { patterns: &patterns, own: &["https://www.bunch.community"] };
        match check(&address, &expected) {
            LinkCheck::Good => {
                prop_assert!(address.bytes().all(|b| b.is_ascii_graphic()), "{address:?}");
                let rest = address.to_ascii_lowercase();
                let rest = rest.strip_prefix("https://").unwrap_or("");
                let host = rest.split(['/', '?', '#', ':']).next().unwrap();
                prop_assert!(host.ends_with(".bunch.community"), "{address:?}");
            }
            LinkCheck::Unusual(reason) => {
                prop_assert_eq!(inert::first_hostile(&reason), None, "{:?}", reason);
                prop_assert!(as_read(&address).bytes().all(|b| b.is_ascii_graphic()), "{address:?}");
            }
            LinkCheck::Hostile(_) => {}
        }
    }

    #[test]
    fn placeholders_are_read_or_refused(raw in text()) {
        if let Ok(template) = Template::parse(&raw) {
            let holes = template.references().count();
            prop_assert_eq!(holes, raw.matches('{').count());
        }
    }

    #[test]
    fn keys_are_read_or_refused(raw in text()) {
        if let Ok(keys) = Key::sequence(&raw) {
            let written: String = keys.iter().map(Key::to_string).collect();
            prop_assert_eq!(Key::sequence(&written), Ok(keys));
        }
        if let Ok(key) = raw.parse::<Key>() {
            prop_assert_eq!(key.to_string().parse::<Key>(), Ok(key));
        }
    }

    #[test]
    fn bytes_are_an_answer_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200), raw in text()) {
        for body in [&bytes[..], raw.as_bytes()] {
            for answer in [Answer::json(body), Answer::xml(body)].into_iter().flatten() {
                answer.at(&format!("/{raw}"));
                answer.text_at(&raw);
            }
        }
    }
}

proptest! {
    #![proptest_config(crate::support::chance::cases(60))]

    #[test]
    fn any_nesting_is_read_or_refused(depth in 0_usize..200_000, inner in "[a-z{}\\[\\]<>\"]{0,4}") {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("<a>", "</a>"), ("<a b='", "'/>")] {
            for tail in [String::new(), close.repeat(depth)] {
                let body = format!("{}{inner}{tail}", open.repeat(depth));
                let read = Answer::json(body.as_bytes()).or_else(|| Answer::xml(body.as_bytes()));
                prop_assert!(read.is_none() || depth <= 128);
            }
        }
    }

    #[test]
    fn any_configuration_is_read(raw in text(), key in "[a-z_.]{1,20}") {
        for text in [raw.clone(), format!("{key} = {raw}"), format!("[templates.x]\ntext = '{raw}'"), format!("[profiles.{key}]\nprovider = '{raw}'\n{raw} = 1")] {
            for problem in Config::parse(&text, "c.toml").problems() {
                prop_assert_eq!(inert::first_hostile(&problem.to_string()), None, "{:?}", problem);
            }
        }
    }

    /// A configuration with a wound is read, or its trouble is told without any of its values.
    #[test]
    fn wounded_configurations_are_read(at in 0..EXAMPLE.len(), cut in 0_usize..30, new in text()) {
        let mut bytes = EXAMPLE.replace("WHEREBY_API_KEY", "CANARY").into_bytes();
        let at = at.min(bytes.len());
        let end = (at + cut).min(bytes.len());
        bytes.splice(at..end, new.into_bytes());
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let config = Config::parse(&text, "c.toml");
        for problem in config.problems() {
            let said = problem.to_string();
            prop_assert_eq!(inert::first_hostile(&said), None, "{}", said);
            prop_assert!(!said.contains("CANARY") && said.starts_with("c.toml"), "{}", said);
        }
    }

    /// A wounded answer is understood or not; a link it gives is a link.
    #[test]
    fn wounded_answers_are_judged(
        wounds in PROVIDERS.map(wounded),
        status in prop::sample::select(vec![200_u16, 201, 400, 401, 429, 500, 307]),
        header in text(),
    ) {
        thread_local!(static BENCH: Bench = Bench::new());
        BENCH.with(|bench| {
            for (provider, body) in PROVIDERS.iter().zip(wounds) {
                let profile = bench.profile(provider, &[]);
                let plan = bench.plan(&profile, None, &[]);
                let key = |_: &str| Setting::Secret(Secret::new("CANARY-of-the-profile"));
                let settings = Settings::complete(&plan.page, settings_of(&profile, key));
                let mut flow = Flow::new(plan, settings);
                flow.next_request();
                let headers = ["retry-after", "x-error-detail-header", "location"];
                let headers = headers.map(|name| (name.to_owned(), header.clone())).into();
                flow.answered(Ok(Response { status, headers, body }), NOW.parse().unwrap());
                while flow.next_request().is_some() {
                    let empty = Response { status: 200, headers: Vec::new(), body: Vec::new() };
                    flow.answered(Ok(empty), NOW.parse().unwrap());
                }
                let entry = flow.finish();
                if status >= 300 {
                    assert_ne!(entry.outcome.name(), "created");
                }
                for link in &entry.links {
                    assert!(link.url.expose().starts_with("http") && link.url.expose().is_ascii());
                    assert!(link.audience != Audience::Host || link.secret);
                }
                bench.check(&entry, provider);
            }
        });
    }
}
