//! What messages say, and what they never hold.

use jiff::tz::TimeZone;

use super::*;
use crate::domain::entry::{Asked, Detail, Outcome};
use crate::domain::link::{Audience, Ends, Link, Reuse, Source};
use crate::domain::text::DisplayText;

/// A Saturday, 14:02 in Berlin.
const NOW: &str = "2026-11-21T13:02:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn link(audience: Audience, url: &str, ends: Ends) -> Link {
    Link {
        id: audience.name().into(),
        label: format!("{} link", audience.name()),
        url: Secret::new(url),
        audience,
        reuse: Reuse::Many,
        secret: audience != Audience::Guest,
        ends,
        source: Source::Server,
        note: None,
        warning: None,
    }
}

fn until(text: &str) -> Ends {
    Ends::At { time: at(text), hard: true }
}

fn entry(links: Vec<Link>) -> Entry {
    Entry {
        id: "k3".into(),
        created_at: at(NOW),
        profile: "whereby".into(),
        provider: "whereby".into(),
        operation: "create".into(),
        name: DisplayText::line("ACME onboarding"),
        asked: Asked { ticket: Some("T-1".into()), ..Asked::default() },
        outcome: Outcome::Created,
        links,
        details: Vec::new(),
        deleted: None,
        incomplete: false,
        warnings: Vec::new(),
        status: Some(201),
        took: 1,
    }
}

fn template(audience: For, text: &str) -> Template {
    Template {
        name: "t".into(),
        format: Format::Plain,
        lang: "en".into(),
        zone: None,
        sentences: Sentences::default(),
        body: Body::parse(audience, None, text).unwrap(),
    }
}

fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").unwrap()
}

fn write(template: &Template, entry: &Entry) -> Result<String, Refusal> {
    let here = Here { now: at(NOW), zone: &berlin(), agent: "Ada" };
    let message = template.write(&[Subject { entry, means: &[] }], &here, Reveal::Full)?;
    Ok(message.whole().expose().to_owned())
}

fn room() -> Entry {
    entry(vec![
        link(Audience::Guest, "https://x.example/g", until("2026-11-21T15:00:00Z")),
        link(Audience::Host, "https://x.example/HOST", until("2026-11-21T15:00:00Z")),
    ])
}

#[test]
fn a_line_with_an_empty_placeholder_disappears() {
    let text = "Hi {person},\n\nJoin: {guest_link}\nBy phone: {phone}\n\nTicket {ticket}\n";
    let mut entry = room();
    assert_eq!(
        write(&template(For::Guest, text), &entry).unwrap(),
        "Join: https://x.example/g\n\nTicket T-1"
    );
    entry.asked.ticket = None;
    assert_eq!(write(&template(For::Guest, text), &entry).unwrap(), "Join: https://x.example/g");
}

#[test]
fn the_guest_link_is_what_a_plain_copy_yields() {
    let guest = template(For::Guest, "{guest_link}");
    assert_eq!(write(&guest, &room()).as_deref(), Ok("https://x.example/g"));
    let personal = entry(vec![link(Audience::Personal, "https://x.example/p", Ends::Unknown)]);
    assert_eq!(write(&guest, &personal).as_deref(), Ok("https://x.example/p"));
    let both = template(For::Guest, "{guest_link}\nPersonal: {personal_link}");
    assert_eq!(write(&both, &personal).as_deref(), Ok("https://x.example/p"));
    assert_eq!(
        write(&template(For::Guest, "{personal_link}"), &personal).as_deref(),
        Ok("https://x.example/p")
    );
}

#[test]
fn without_a_link_there_is_no_message() {
    let guest = template(For::Guest, "{guest_link}");
    let host = entry(vec![link(Audience::Host, "https://x.example/HOST", Ends::Unknown)]);
    assert_eq!(write(&guest, &host), Err(Refusal::HostOnly));
    assert_eq!(write(&guest, &entry(Vec::new())), Err(Refusal::NoLink));
    let over = entry(vec![link(Audience::Guest, "", until("2026-11-21T12:00:00Z"))]);
    assert_eq!(write(&guest, &over), Err(Refusal::Over));
    assert_eq!(write(&template(For::Guest, "Ticket {ticket}"), &room()), Err(Refusal::LeftOut));
    assert_eq!(write(&template(For::Guest, "{guest_link} {phone}"), &room()), Err(Refusal::LeftOut));
}

#[test]
fn a_guest_link_that_is_the_host_link_as_well_is_given_to_nobody() {
    let same = "https://x.example/same";
    let entry =
        entry(vec![link(Audience::Guest, same, Ends::Unknown), link(Audience::Host, same, Ends::Unknown)]);
    assert!(write(&template(For::Guest, "{guest_link}"), &entry).is_err());
}

#[test]
fn only_a_text_for_hosts_gives_the_host_link() {
    let host = template(For::Host, "{host_link}\n{guest_link}");
    assert_eq!(write(&host, &room()).as_deref(), Ok("https://x.example/HOST\nhttps://x.example/g"));
    assert!(Body::parse(For::Guest, None, "{host_link}").is_err());
    assert!(Body::parse(For::Roster, None, "{host_link}").is_err());
    assert!(Body::parse(For::Guest, Some("{host_link}"), "{guest_link}").is_err());
}

#[test]
fn the_sentence_about_the_end_follows_its_kind() {
    let said = |lang: &str, ends: Ends, note: Option<&str>| {
        let mut guest = link(Audience::Guest, "https://x.example/g", ends);
        guest.note = note.map(str::to_owned);
        let template = Template { lang: lang.into(), ..template(For::Guest, "{guest_link}\n{end_sentence}") };
        let text = write(&template, &entry(vec![guest])).unwrap();
        text.lines().nth(1).unwrap_or_default().to_owned()
    };
    let soft = Ends::At { time: at("2026-11-21T15:00:00Z"), hard: false };
    assert_eq!(said("en", until("2026-11-21T15:00:00Z"), None), "It works until 16:00 (CET).");
    assert_eq!(said("en", soft.clone(), None), "Please use it before 16:00 (CET).");
    assert_eq!(said("de-AT", soft, None), "Bitte nutzen Sie ihn bis 16:00 Uhr (CET).");
    assert_eq!(said("de", until("2026-11-23T08:00:00Z"), None), "Er gilt bis Mo 23.11. 09:00 Uhr (CET).");
    assert_eq!(said("en", Ends::Event, Some("when the meeting ends")), "It works until the meeting ends.");
    assert_eq!(
        said("en", Ends::Event, Some("when the meeting ends, if nobody joins within 5 min")),
        "Please join within 5 minutes; it then works until the meeting ends."
    );
    assert_eq!(said("en", Ends::Unknown, None), "");
    assert_eq!(said("pl", until("2026-11-21T15:00:00Z"), None), "");
}

#[test]
fn a_template_may_bring_sentences_of_its_own() {
    let mut own = template(For::Guest, "{guest_link}\n{end_sentence}");
    own.lang = "pl".into();
    own.sentences.hard = Text::parse("Ważny do {ends}, jeszcze {ends_in}.").ok();
    assert_eq!(write(&own, &room()).unwrap(), "https://x.example/g\nWażny do 16:00, jeszcze 1h58m.");
}

#[test]
fn times_are_those_of_the_reader_with_ours_beside() {
    let mut there = template(For::Guest, "{guest_link} {ends} ({zone})");
    assert_eq!(write(&there, &room()).unwrap(), "https://x.example/g 16:00 (CET)");
    there.zone = TimeZone::get("America/New_York").ok();
    assert_eq!(write(&there, &room()).unwrap(), "https://x.example/g 10:00 (EST; 16:00 CET)");
    there.zone = TimeZone::get("Asia/Tokyo").ok();
    assert_eq!(
        write(&there, &room()).unwrap(),
        "https://x.example/g Sun 22 Nov 00:00 (JST; 21.11. 16:00 CET)"
    );
}

#[test]
fn an_e_mail_has_a_subject_of_one_line() {
    let mail = Template {
        format: Format::Mail,
        body: Body::parse(For::Guest, Some("Link: {name}"), "{guest_link}\nuntil {ends}").unwrap(),
        ..template(For::Guest, "{guest_link}")
    };
    let mut entry = room();
    entry.name = DisplayText::line("ACME\nBcc: all@x.example");
    assert_eq!(
        write(&mail, &entry).unwrap(),
        "Subject: Link: ACME Bcc: all@x.example\n\nhttps://x.example/g\nuntil Sat 21 Nov 16:00"
    );
}

#[test]
fn a_roster_has_a_block_for_each_who_may_have_one() {
    let roster = template(For::Roster, "{person}: {personal_link}");
    let person = |name: &str, audience| {
        let label = format!("Personal link ({name})");
        entry(vec![Link { label, ..link(audience, &format!("https://x.example/{name}"), Ends::Unknown) }])
    };
    let people = [
        person("Ana (IT)", Audience::Personal),
        person("Boss, host", Audience::Host),
        person("Cem", Audience::Personal),
    ];
    let of: Vec<Subject> = people.iter().map(|entry| Subject { entry, means: &[] }).collect();
    let here = Here { now: at(NOW), zone: &berlin(), agent: "Ada" };
    let message = roster.write(&of, &here, Reveal::Full).unwrap();
    assert_eq!(message.text.expose(), "Ana (IT): https://x.example/Ana (IT)\nCem: https://x.example/Cem");
    assert_eq!(message.count, 2);
}

#[test]
fn details_are_given_only_where_the_page_means_them_and_nobody_hides_them() {
    let detail = |key: &str, value: &str, secret: bool, host: bool| Detail {
        key: key.into(),
        label: key.into(),
        value: Secret::new(value),
        secret,
        copy: true,
        host,
    };
    let means = [("id".to_owned(), Means::Code), ("pin".to_owned(), Means::Code)];
    let text = template(For::Guest, "{guest_link}\n{code}");
    for (details, expected) in [
        (vec![detail("id", "404", false, false)], "https://x.example/g\n404"),
        (vec![detail("pin", "7755", true, false)], "https://x.example/g"),
        (vec![detail("pin", "7755", false, true)], "https://x.example/g"),
        (vec![detail("other", "1", false, false)], "https://x.example/g"),
    ] {
        let mut entry = room();
        entry.details = details;
        let here = Here { now: at(NOW), zone: &berlin(), agent: "Ada" };
        let subject = Subject { entry: &entry, means: &means };
        let message = text.write(&[subject], &here, Reveal::Full).unwrap();
        assert_eq!(message.text.expose(), expected);
    }
}

#[test]
fn a_preview_hides_what_is_secret() {
    let here = Here { now: at(NOW), zone: &berlin(), agent: "Ada" };
    let entry = room();
    let subject = [Subject { entry: &entry, means: &[] }];
    let host = template(For::Host, "{host_link}").write(&subject, &here, Reveal::Masked).unwrap();
    assert_eq!(host.text.expose(), "https://x.example/••••••••");
    let guest = template(For::Guest, "{guest_link}").write(&subject, &here, Reveal::Masked).unwrap();
    assert_eq!(guest.text.expose(), "https://x.example/g");
}
