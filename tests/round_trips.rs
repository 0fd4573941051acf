//! Whole ways, from a key press to the clipboard: console, worker, HTTP, the sandbox that checks everything with code
//! of its own, and back.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]

mod support;

use std::time::Duration;

use roomkey::app::message::Message;
use roomkey::domain::entry::Entry;
use roomkey::error::Error;
use roomkey::sandbox::{Act, Fault, Gate};

use support::live::Live;

const PROVIDERS: [&str; 5] = ["bunch", "joinme", "metered", "bigbluebutton", "whereby"];

#[test]
fn two_keys_make_a_link_and_copy_it_at_every_provider() {
    for (index, provider) in PROVIDERS.iter().enumerate() {
        let mut live = Live::demo((80, 24));
        live.keys(&format!("{}", index + 1)).keys("N").settle().keys("y");
        let entry = live.entry();
        assert_eq!(entry.outcome.name(), "created", "{provider}: {:?}", entry.outcome);
        let guest = entry
            .guest_link()
            .unwrap_or_else(|| panic!("{provider} gave no guest link"))
            .url
            .expose()
            .to_owned();
        assert_eq!(live.clipboard.text().as_deref(), Some(guest.as_str()), "{provider}");
        assert_eq!(live.sandbox.created(provider), 1, "{provider}");
        assert!(entry.links.iter().all(|link| link.warning.is_none()), "{provider}: {:?}", entry.links);
        assert!(live.console.screen().contains("+ live"), "{provider}");
    }
}

#[test]
fn y_on_a_row_under_way_arms_it() {
    let mut live = Live::demo((80, 24));
    let gate = Gate::new();
    live.sandbox.order(Fault::new("bunch", Act::Pass).hold(&gate));
    live.keys("N").keys("y");
    assert_eq!(live.clipboard.text(), None);
    gate.release();
    live.settle();
    assert_eq!(live.clipboard.text().as_deref(), live.entry().guest_link().map(|link| link.url.expose()));
}

#[test]
fn two_slow_calls_hold_up_neither_keys_nor_a_third() {
    let mut live = Live::demo((100, 30));
    let gate = Gate::new();
    live.sandbox.order(Fault::new("whereby", Act::Pass).times(2).hold(&gate));
    live.keys("5N").keys("3N");
    live.keys("5n<Esc>");
    live.keys("1N").settle_to(1);
    let screen = live.console.screen();
    assert!(screen.contains("~ creating") && screen.contains("+ live"), "{screen}");
    live.keys("q");
    let asked = live.console.screen();
    assert!(asked.contains("under way") || asked.contains("Quit"), "{asked}");
    live.keys("<Esc>");
    gate.release();
    live.settle();
    assert_eq!(live.sandbox.created("whereby"), 1);
    assert_eq!(live.sandbox.created("bunch"), 1);
    assert_eq!(live.sandbox.created("metered"), 1);
}

#[test]
fn a_stopped_call_that_was_sent_is_maybe() {
    let mut live = Live::demo((80, 24));
    live.sandbox.order(Fault::new("whereby", Act::Silence));
    live.keys("5N");
    live.hear();
    assert!(live.sandbox.wait_for(Duration::from_secs(30), |seen| !seen.is_empty()));
    live.keys("x").settle();
    let entry = live.entry();
    assert_eq!(entry.outcome.name(), "maybe_created", "{:?}", entry.outcome);
    assert_eq!(live.sandbox.created("whereby"), 1);
    assert!(live.console.screen().contains("? maybe"));
}

#[test]
fn a_wrong_key_is_one_sentence_and_sends_nothing_twice() {
    let mut live = Live::demo((80, 24));
    live.sandbox.order(Fault::new(
        "bunch",
        Act::Answer { status: 401, headers: Vec::new(), body: b"{\"error\":\"Invalid API key\"}".to_vec() },
    ));
    live.keys("N").settle();
    let screen = live.console.screen();
    assert!(screen.contains("x failed") && screen.contains("Bunch did not accept the key"), "{screen}");
    assert_eq!(live.sandbox.requests().len(), 1);
    assert_eq!(live.sandbox.created("bunch"), 0);
}

#[test]
fn a_room_made_and_then_cut_off_is_maybe_and_never_failed() {
    for (index, provider) in PROVIDERS.iter().enumerate() {
        let mut live = Live::demo((80, 24));
        live.sandbox.order(Fault::new(provider, Act::CutAfter));
        live.keys(&format!("{}N", index + 1)).settle();
        let entry = live.entry();
        assert_eq!(entry.outcome.name(), "maybe_created", "{provider}: {:?}", entry.outcome);
        assert_eq!(live.sandbox.created(provider), 1, "{provider}");
        assert_eq!(live.sandbox.requests().len(), 1, "{provider}: sent twice");
    }
}

fn complete(live: &mut Live) {
    while live.console.model.completing() > 0 {
        live.hear();
    }
}

/// A private room at Metered on the selected row, without its host token.
fn lacking() -> Live {
    let mut live = Live::demo((80, 24));
    let refusal = Act::Answer { status: 500, headers: Vec::new(), body: b"{}".to_vec() };
    live.sandbox.order(Fault::new("metered", refusal).path("/token"));
    live.keys("3n<Tab><Space><F2>").settle();
    let entry = live.entry();
    assert!(entry.incomplete && entry.warnings.len() == 1, "{entry:?}");
    live
}

#[test]
fn a_room_that_is_completed_keeps_what_was_noted_of_it_meanwhile() {
    let mut live = lacking();
    live.keys("tT-1<Enter>");
    let gate = Gate::new();
    live.sandbox.order(Fault::new("metered", Act::Pass).path("/token").hold(&gate));
    live.keys("r");
    // Another console has found it gone.
    let other = Entry { deleted: Some(live.console.now()), incomplete: false, ..live.entry() };
    live.console.send(Message::Others(vec![other.clone()]));
    assert_eq!(live.console.model.completing(), 1);
    gate.release();
    complete(&mut live);
    let entry = live.entry();
    assert!(!entry.incomplete && entry.warnings.is_empty(), "{entry:?}");
    assert_eq!((entry.asked.ticket.as_deref(), entry.deleted), (Some("T-1"), other.deleted));
}

#[test]
fn completing_can_be_stopped_and_done_once_more() {
    let mut live = lacking();
    let gate = Gate::new();
    live.sandbox.order(Fault::new("metered", Act::Pass).path("/token").hold(&gate));
    live.keys("r").hear();
    live.keys("x");
    assert!(live.console.said().starts_with("Stopping"), "{}", live.console.said());
    complete(&mut live);
    gate.release();
    assert!(live.entry().incomplete && live.entry().warnings.len() == 1, "{:?}", live.entry());
    live.keys("r");
    complete(&mut live);
    assert!(!live.entry().incomplete, "{:?}", live.entry());
    assert_eq!(live.sandbox.created("metered"), 1);
}

#[test]
fn what_cannot_be_completed_is_said_and_waited_for_no_longer() {
    let mut live = lacking();
    live.keys("r");
    complete(&mut live);
    let job = live.console.model.rows.selected().unwrap().job;
    live.console.model.rows.get_mut(job).unwrap().completing = true;
    live.console.send(Message::NotCompleted(job, Error::config("there is no profile `metered`")));
    let row = live.console.model.rows.selected().unwrap();
    assert!(!row.completing && live.console.said().contains("no profile"), "{}", live.console.said());
}

/// What a user types into the form of each profile, and the operation it makes.
const FORMS: [(&str, &str, &str); 5] = [
    ("bunch", "1n", "router-help<Tab>Ms<Space>Oshafi<F2>"),
    ("joinme", "2n", "<Space><F2>"),
    ("metered", "3n", "billing-0412<F2>"),
    ("bigbluebutton", "4n", "Router<Space>help<F2>"),
    ("whereby", "5n", "in<Space>3h<F2>"),
];

#[test]
fn a_form_is_filled_and_a_link_made_by_keys_alone_at_every_provider() {
    for (provider, open, keys) in FORMS {
        let mut live = Live::demo((80, 24));
        live.keys(open);
        let form = live.console.screen();
        assert!(form.contains("New link"), "{provider}: {form}");
        live.keys(keys).settle();
        let entry = live.entry();
        assert_eq!(entry.outcome.name(), "created", "{provider}: {:?}", entry.outcome);
        live.keys("y");
        let guest = entry.guest_link().map(|link| link.url.expose().to_owned());
        assert!(guest.is_some() && live.clipboard.text() == guest, "{provider}");
        assert_eq!(live.sandbox.created(provider), 1, "{provider}");
    }
}

/// Names that break signatures when anything between typing and pasting encodes twice, or not at all.
const NAMES: [&str; 4] = ["A & B + C % D = E / F", "it's (not) ~ that! *", "Zoë Müller-Łuk", "日本 🎉"];

#[test]
fn what_was_signed_is_what_is_shown_copied_and_let_in() {
    for name in NAMES {
        let mut live = Live::demo((160, 45));
        live.keys("4n");
        live.console.paste(name);
        live.keys("<Tab><Tab><Tab>");
        live.console.paste(name);
        live.keys("<F2>").settle().keys("y");
        let entry = live.entry();
        assert_eq!(entry.outcome.name(), "created", "{name}: {:?}", entry.outcome);
        assert_eq!(entry.name.as_str(), name);
        let copied = live.clipboard.text().expect("a copy");
        assert_eq!(Some(copied.as_str()), entry.guest_link().map(|link| link.url.expose()));
        let screen = live.console.screen();
        let details = screen.lines().filter_map(|line| line.rsplit('│').next());
        let shown: String = details.flat_map(str::split_whitespace).collect();
        assert!(shown.contains(&copied), "{name}: {shown}");
        for link in &entry.links {
            let answer = get(link.url.expose());
            assert!(
                answer.starts_with("HTTP/1.1 302"),
                "{name}: the sandbox refuses the signature: {answer}"
            );
            assert!(!answer.contains("errors="), "{name}: {answer}");
        }
        let made = live.sandbox.rooms();
        assert!(made.iter().any(|room| room.name == name), "{name}: {made:?}");
    }
}

/// One GET, byte for byte as the link says, and the head of its answer.
fn get(url: &str) -> String {
    use std::io::{Read, Write};
    let rest = url.strip_prefix("http://").expect("a loopback link");
    let (host, path) = rest.split_once('/').expect("a path");
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn two_keys_to_a_message_for_every_provider() {
    for profile in 1..=5 {
        let mut live = Live::demo((80, 24));
        live.keys(&format!("{profile} N m"));
        assert!(live.console.model.running() > 0, "armed while the call is under way");
        live.settle();
        let text = live.clipboard.text().expect("a message");
        let link = live.entry().guest_link().expect("a link").url.clone();
        let begins = format!("Hello, here is your meeting link: {}", link.expose());
        assert!(text.starts_with(&begins), "{profile}: {text}");
        assert!(!text.ends_with('\n') && !live.clipboard.is_secret());
    }
}

/// What a shell makes of this text with a variable set: the words `curl` would be called with.
fn words_of_a_shell(text: &str, (name, value): (&str, &str)) -> Vec<String> {
    let script = format!("curl() {{ printf '%s\\0' \"$@\"; }}\n{text}");
    let run = std::process::Command::new("sh").args(["-euc", &script]).env(name, value).output().unwrap();
    assert!(run.status.success(), "{text}\n{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap().split_terminator('\0').map(str::to_owned).collect()
}

/// Sends what these words ask for, as curl would, and answers with the status line.
fn send(words: &[String]) -> String {
    use std::io::{BufRead, BufReader, Write};
    let behind = |flag: &str| {
        words
            .iter()
            .zip(&words[1..])
            .filter(|(word, _)| *word == flag)
            .map(|(_, value)| value.as_str())
            .collect::<Vec<_>>()
    };
    let url = words.iter().find(|word| word.starts_with("http://")).unwrap();
    let (host, path) = url["http://".len()..].split_once('/').unwrap();
    let body = behind("--data-raw").concat();
    let headers: String = behind("-H").iter().map(|header| format!("{header}\r\n")).collect();
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    write!(
        stream,
        "{} /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}",
        behind("-X").concat(),
        body.len()
    )
    .unwrap();
    let mut status = String::new();
    BufReader::new(stream).read_line(&mut status).unwrap();
    status.trim().to_owned()
}

#[test]
fn what_is_copied_as_curl_makes_the_room_from_a_shell() {
    let hard = "it's \"5$\" `x` \\ ${HOME} 日本";
    for (key, provider, variable) in [
        ("1", "bunch", "BUNCH_API_KEY"),
        ("2", "joinme", "JOINME_ACCESS_TOKEN"),
        ("3", "metered", "METERED_SECRET_KEY"),
        ("5", "whereby", "WHEREBY_API_KEY"),
    ] {
        let mut live = Live::demo((80, 24));
        live.keys(key).keys("n");
        if provider == "bunch" {
            live.keys("<F8>").console.paste("userName");
            live.keys("<CR><C-u>").console.paste(hard);
        }
        live.keys("<A-r><CR>");
        let text = live.clipboard.text().unwrap();
        let settings = live.sandbox.settings(provider);
        let secret = settings.iter().find(|(name, _)| variable.ends_with(&name.to_uppercase()));
        let secret = &secret.unwrap_or_else(|| panic!("{variable}: {settings:?}")).1;
        assert!(text.contains(&format!("${{{variable}}}")) && !text.contains(secret.as_str()), "{text}");
        let words = words_of_a_shell(&text, (variable, secret));
        assert!(words.iter().any(|word| word.contains(secret.as_str())), "{words:?}");
        if provider == "bunch" {
            let body: serde_json::Value = serde_json::from_str(words.last().unwrap()).unwrap();
            assert_eq!(body["userName"], hard);
        }
        let status = send(&words);
        assert!(status.starts_with("HTTP/1.1 20"), "{provider}: {status}\n{text}");
        assert_eq!(live.sandbox.created(provider), 1, "{provider}");
    }
}
