//! Entries as the providers make them.

use jiff::{SignedDuration, Timestamp};

use roomkey::domain::entry::{Asked, Detail, Entry, Outcome};
use roomkey::domain::link::{Audience, Ends, Link, Reuse, Source};
use roomkey::domain::secret::Secret;
use roomkey::domain::text::DisplayText;
use roomkey::error::{Error, Kind};
use roomkey::provider::plan::Plan;

use super::console::NOW;

/// The time so many seconds after the start of the test.
pub fn at(seconds: i64) -> Timestamp {
    let now: Timestamp = NOW.parse().unwrap();
    now.checked_add(SignedDuration::from_secs(seconds)).unwrap()
}

pub fn link(audience: Audience, url: &str, ends: Ends) -> Link {
    let (id, label) = match audience {
        Audience::Guest => ("guest", "Guest link"),
        Audience::Host => ("host", "Host link"),
        Audience::Personal => ("personal", "Personal link"),
    };
    Link {
        id: id.into(),
        label: label.into(),
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

pub fn soft(seconds: i64) -> Ends {
    Ends::At { time: at(seconds), hard: false }
}

pub fn hard(seconds: i64) -> Ends {
    Ends::At { time: at(seconds), hard: true }
}

/// A created entry without links.
pub fn entry(profile: &str, provider: &str, name: &str, made: i64) -> Entry {
    Entry {
        id: format!("{provider}-{}", 84_120 + made),
        created_at: at(made),
        profile: profile.into(),
        provider: provider.into(),
        operation: "create".into(),
        name: DisplayText::line(name),
        asked: Asked::default(),
        outcome: Outcome::Created,
        links: Vec::new(),
        details: Vec::new(),
        deleted: None,
        incomplete: false,
        warnings: Vec::new(),
        status: Some(201),
        took: 800,
    }
}

/// A Whereby room with both links.
pub fn whereby(name: &str, made: i64) -> Entry {
    let mut guest = link(Audience::Guest, "https://acme.whereby.com/onb-7f3c", soft(7080));
    guest.note = Some("host rights +1 h, deleted within 24 h".into());
    let host = link(Audience::Host, "https://acme.whereby.com/onb-7f3c?roomKey=eyJSECRET", soft(7080));
    Entry { links: vec![guest, host], ..entry("whereby", "whereby", name, made) }
}

/// A Bunch link for one person.
pub fn bunch(person: &str, made: i64) -> Entry {
    let personal = link(Audience::Personal, "https://www.bunch.community/j/eyJTOKEN", hard(7140));
    Entry {
        links: vec![Link { label: format!("Personal link ({person})"), ..personal }],
        operation: "join-link".into(),
        ..entry("bunch", "bunch", person, made)
    }
}

/// A Bunch link for a moderator: a host link is all there is.
pub fn moderator(person: &str, made: i64) -> Entry {
    let mut entry = bunch(person, made);
    entry.links[0].audience = Audience::Host;
    entry
}

/// A join.me meeting with its presenter link, good for one use within ten minutes.
pub fn joinme(name: &str, made: i64) -> Entry {
    let mut host = link(Audience::Host, "https://secure.join.me/p/PRESENTER", hard(made + 600));
    host.reuse = Reuse::Once;
    let guest = link(Audience::Guest, "https://join.me/404-101-002", Ends::Unknown);
    let pin = Detail {
        key: "organizerCode".into(),
        label: "Presenter PIN".into(),
        value: Secret::new("7755"),
        secret: true,
        copy: true,
        host: true,
    };
    Entry {
        links: vec![guest, host],
        details: vec![pin],
        operation: "start".into(),
        ..entry("joinme", "joinme", name, made)
    }
}

/// A Metered access token: no link, but something to copy.
pub fn token(made: i64) -> Entry {
    let token = Detail {
        key: "token".into(),
        label: "Access token".into(),
        value: Secret::new("eyJACCESS"),
        secret: true,
        copy: true,
        host: false,
    };
    Entry {
        details: vec![token],
        operation: "token".into(),
        ..entry("metered", "metered", "billing-0412", made)
    }
}

pub fn failed(made: i64) -> Entry {
    let error = Error::new(Kind::Auth, "Metered refused the key")
        .hint("check secret_key of profile metered")
        .status(401);
    Entry {
        outcome: Outcome::NotCreated(error),
        status: Some(401),
        operation: "create-room".into(),
        ..entry("metered", "metered", "billing-0412", made)
    }
}

pub fn maybe(made: i64) -> Entry {
    let error = Error::new(Kind::Timeout, "Whereby did not answer within 30 s")
        .hint("look for the meeting in the dashboard before creating it again");
    Entry {
        outcome: Outcome::MaybeCreated(error),
        status: None,
        ..entry("whereby", "whereby", "Morning desk", made)
    }
}

/// The list of the drawing, oldest first.
pub fn morning() -> Vec<Entry> {
    let ticket = |mut entry: Entry, ticket: &str| {
        entry.asked.ticket = Some(ticket.into());
        entry
    };
    vec![
        maybe(-4020),
        ticket(failed(-3120), "T-4790"),
        ticket(joinme("Screen share Lindqvist", -480), "T-4810"),
        ticket(bunch("Mr Brandt", -60), "T-4821"),
        ticket(bunch("Ms Oshafi", -60), "T-4821"),
        ticket(whereby("ACME onboarding", 0), "T-4822"),
    ]
}

/// What the provider of a plan would answer: a guest and a host link named after the plan.
pub fn answer(plan: &Plan) -> Entry {
    let mut entry = plan.entry(Outcome::Created);
    let base = format!("https://{}.example/{}", plan.page.id, plan.id);
    entry.links = match plan.page.id.as_str() {
        "bunch" => vec![link(Audience::Personal, &base, hard(7200))],
        _ => vec![
            link(Audience::Guest, &base, hard(7200)),
            link(Audience::Host, &format!("{base}?roomKey=HOST"), hard(7200)),
        ],
    };
    entry.status = Some(201);
    entry.took = 312;
    entry
}

/// What is known of a plan whose request left and brought no answer.
pub fn unanswered(plan: &Plan, error: Error) -> Entry {
    plan.entry(Outcome::MaybeCreated(error))
}
