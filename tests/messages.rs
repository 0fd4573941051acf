//! Whatever is copied for a guest holds nothing that opens another door: over generated entries of every operation of
//! every provider, with every template there is.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::sync::Arc;

use proptest::prelude::*;

use roomkey::app::book::Book;
use roomkey::app::many::{Kind, Many};
use roomkey::app::message::JobId;
use roomkey::app::messages::Texts;
use roomkey::app::want::Want;
use roomkey::config::Config;
use roomkey::domain::clipboard::Care;
use roomkey::domain::entry::{Detail, Entry};
use roomkey::domain::link::{Audience, Ends, Link, Reuse, Source};
use roomkey::domain::message::{For, Format, PLACEHOLDERS};
use roomkey::domain::page::{DetailAudience, Operation};
use roomkey::domain::secret::Secret;
use roomkey::domain::text::DisplayText;
use roomkey::provider::catalog::Catalog;

use support::console::Console;
use support::entries;

/// Marks what must not be seen; in words that no escaping changes.
const CANARY: &str = "CANARY";

/// A template of every format and for every audience that names all it may, and those of the program.
fn templates() -> Texts {
    let mut config = String::new();
    for format in Format::ALL {
        for audience in [For::Guest, For::Roster, For::Host] {
            let all = PLACEHOLDERS.iter().filter(|name| **name != "host_link" || audience == For::Host);
            let text: Vec<String> = all.map(|name| format!("{name}: {{{name}}}")).collect();
            let subject = if format == Format::Mail { "subject = \"{name} {person} {code}\"\n" } else { "" };
            config += &format!(
                "[templates.{}-{}]\nfor = \"{}\"\nformat = \"{}\"\n{subject}text = \"\"\"\n{}\n\"\"\"\n",
                audience.name(),
                format.name(),
                audience.name(),
                format.name(),
                text.join("\n")
            );
        }
    }
    let config = Config::parse(&config, "c.toml");
    assert_eq!(config.problems(), []);
    Texts::new(config.templates(|_| None))
}

/// What is left to chance in an entry.
#[derive(Clone, Debug)]
struct Fortune {
    /// Whether each conditional thing is there, and whether each conditional holder is host.
    present: Vec<bool>,
    hosts: Vec<bool>,
    ends: Vec<u8>,
    words: String,
}

fn fortune() -> impl Strategy<Value = Fortune> {
    (
        prop::collection::vec(any::<bool>(), 24),
        prop::collection::vec(any::<bool>(), 24),
        prop::collection::vec(any::<u8>(), 24),
        "[ -~äß€\u{202e}\u{1b}]{0,24}",
    )
        .prop_map(|(present, hosts, ends, words)| Fortune { present, hosts, ends, words })
}

/// An entry as this operation could make it. Every text nobody but a host may have holds the canary.
fn entry(provider: &str, id: &str, operation: &Operation, fortune: &Fortune) -> Entry {
    let mut made = entries::entry("p", provider, "name", 0);
    made.operation = id.to_owned();
    made.name = DisplayText::line(&fortune.words);
    made.asked.ticket = Some(fortune.words.clone());
    for (at, (key, spec)) in operation.links.iter().enumerate() {
        if (spec.optional || !spec.when.is_empty()) && !fortune.present[at] {
            continue;
        }
        let holder = spec.role.as_deref() == Some("host") || (!spec.host_if.is_empty() && fortune.hosts[at]);
        let audience = if holder { Audience::Host } else { spec.audience };
        let mark = if audience == Audience::Host { CANARY } else { "open" };
        let person = if spec.person.is_some() { format!(" ({})", fortune.words) } else { String::new() };
        made.links.push(Link {
            id: key.clone(),
            label: DisplayText::line(&format!("{}{person}", spec.label)).into(),
            url: Secret::new(format!("https://{provider}.example/{key}?a=1&k={mark}{at}")),
            audience,
            reuse: spec.reuse,
            secret: spec.secret || audience != Audience::Guest,
            ends: match fortune.ends[at] % 4 {
                0 => entries::hard(i64::from(fortune.ends[at]) * 100),
                1 => entries::soft(i64::from(fortune.ends[at]) * 100),
                2 => Ends::Event,
                _ => Ends::Unknown,
            },
            source: Source::Server,
            note: spec.note.clone(),
            warning: None,
        });
    }
    for (at, (key, spec)) in operation.details.iter().enumerate() {
        let host = spec.audience == Some(DetailAudience::Host)
            || (!spec.host_if.is_empty() && fortune.hosts[12 + at % 12]);
        let hidden = spec.secret || host;
        let value = if hidden { format!("{CANARY}{at}") } else { format!("value{at}") };
        made.details.push(Detail {
            key: key.clone(),
            label: spec.label.clone(),
            value: Secret::new(value),
            secret: spec.secret,
            copy: spec.copy,
            host,
        });
    }
    made
}

/// Everything that is copied for guests.
fn for_guests(console: &Console) -> Vec<Want> {
    let templates = console.model.texts.all().iter();
    let guest = templates.filter(|template| template.audience() != For::Host);
    let messages = guest.map(|template| Want::Message(template.name.clone()));
    [Want::Guest, Want::Markdown, Want::Html, Want::Calendar].into_iter().chain(messages).collect()
}

/// What is copied of many at once, and the data that shows no secrets.
fn of_many(console: &Console, jobs: &[JobId]) -> Vec<Want> {
    let jobs = &jobs[jobs.len().saturating_sub(4)..];
    let templates = console.model.texts.all().iter();
    let messages = templates.map(|template| Kind::Message(template.name.clone()));
    let kinds = [Kind::Links].into_iter().chain(messages);
    let many = kinds.map(|kind| Want::Many(Many { jobs: jobs.to_vec(), kind }));
    many.chain([Want::Json]).collect()
}

proptest! {
    #![proptest_config(support::chance::cases(64))]

    #[test]
    fn no_copy_for_guests_holds_what_is_not_theirs(fortune in fortune()) {
        let catalog = Arc::new(Catalog::embedded());
        let mut console = Console::showing((80, 24), Vec::new());
        console.model.book = Book::new(Arc::clone(&catalog), Vec::new());
        console.model.texts = templates();
        let (mut written, mut jobs) = (0, Vec::new());
        for provider in catalog.ids().map(str::to_owned).collect::<Vec<_>>() {
            let page = catalog.usable(&provider).unwrap();
            for (id, operation) in page.operations.iter() {
                let entry = entry(&provider, id, operation, &fortune);
                let job = console.model.add(entry.clone());
                jobs.push(job);
                for want in for_guests(&console).into_iter().chain(of_many(&console, &jobs)) {
                    let Ok(clip) = want.clip(&console.model, &entry) else { continue };
                    written += 1;
                    let text = clip.text.expose().replace("\r\n ", "");
                    prop_assert!(!text.contains(CANARY), "{provider} {id} {want:?}: {text}");
                    prop_assert!(clip.care != Care::Host);
                    let controls = |c: char| c.is_control() && c != '\n' && c != '\r';
                    prop_assert!(!text.contains(controls) && !text.contains('\u{202e}'), "{want:?}: {text:?}");
                    if want == Want::Guest {
                        let link = entry.guest_link().unwrap();
                        prop_assert_eq!(&text, link.url.expose());
                        prop_assert!(!text.contains(char::is_whitespace));
                    }
                }
            }
        }
        prop_assert!(written > 50, "only {} texts were made", written);
    }

    /// The same entries do hold what is searched for, and what is for hosts gives it.
    #[test]
    fn what_is_for_hosts_is_told_from_what_is_for_guests(fortune in fortune()) {
        let catalog = Catalog::embedded();
        let page = catalog.usable("joinme").unwrap();
        let (id, operation) = page.first_operation().unwrap();
        let entry = entry("joinme", id, operation, &fortune);
        let mut console = Console::showing((80, 24), Vec::new());
        console.model.texts = templates();
        for want in [Want::Host, Want::Message("host-plain".into()), Want::Message("hand-over".into())] {
            let clip = want.clip(&console.model, &entry).unwrap();
            prop_assert!(clip.text.expose().contains(CANARY), "{want:?}");
            prop_assert_eq!(clip.care, Care::Host);
        }
    }
}

#[test]
fn one_time_and_ended_links_are_doubted_whatever_they_are_copied_as() {
    let mut console = Console::showing((80, 24), Vec::new());
    console.model.texts = templates();
    let mut once = entries::whereby("ACME", 0);
    once.links[0].reuse = Reuse::Once;
    let mut ended = entries::whereby("ACME", 0);
    ended.links[0].ends = entries::hard(-60);
    for want in for_guests(&console) {
        assert!(want.doubt(&console.model, &once).unwrap().contains("works once"), "{want:?}");
        assert!(want.doubt(&console.model, &ended).unwrap().contains("ended"), "{want:?}");
    }
}
