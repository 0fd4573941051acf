//! How an entry stands in the history: a private format, written and read here alone. What is read back is outside
//! text again and goes through `DisplayText`; what has ended loses its credentials, see `blank`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::domain::entry::{Asked, Detail, Entry, Outcome};
use crate::domain::link::{Audience, Ends, Link, Reuse, Source};
use crate::domain::secret::Secret;
use crate::domain::text::DisplayText;
use crate::error::{Error, Kind};

use super::Keep;

/// Links and secrets without a known end are kept this long, in seconds.
const OPEN: i64 = 7 * 86_400;

#[derive(Serialize, Deserialize)]
struct Row {
    profile: String,
    provider: String,
    operation: String,
    name: String,
    values: Vec<(String, String)>,
    title: Option<String>,
    ticket: Option<String>,
    outcome: String,
    error: Option<RowError>,
    links: Vec<RowLink>,
    details: Vec<RowDetail>,
    warnings: Vec<String>,
    status: Option<u16>,
    took: u64,
    /// Microseconds since 1970. Rows written before there was such a thing have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deleted: Option<i64>,
}

#[derive(Serialize, Deserialize)]
struct RowError {
    kind: String,
    /// Of the signal, where one was the cause.
    signal: Option<u8>,
    message: String,
    hint: Option<String>,
    status: Option<u16>,
}

#[derive(Serialize, Deserialize)]
struct RowLink {
    id: String,
    label: String,
    url: String,
    audience: String,
    reuse: String,
    secret: bool,
    end: String,
    /// Microseconds since 1970.
    ends_at: Option<i64>,
    source: String,
    note: Option<String>,
    warning: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct RowDetail {
    key: String,
    label: String,
    value: String,
    secret: bool,
    copy: bool,
    host: bool,
}

/// Whether a link may be kept where no host link is wanted.
fn is_for_guests(link: &Link) -> bool {
    link.audience != Audience::Host
}

/// Whether a detail may be kept there.
fn is_theirs(detail: &Detail) -> bool {
    !detail.secret || (detail.copy && !detail.host)
}

/// Takes out what is not for guests.
pub(super) fn drop_host(entry: &mut Entry) {
    entry.links.retain(is_for_guests);
    entry.details.retain(is_theirs);
}

/// Takes out every link and every secret.
pub(super) fn drop_all(entry: &mut Entry) {
    entry.links.clear();
    entry.details.retain(|detail| !detail.secret);
}

/// The text of an entry as it is stored.
pub(super) fn encode(entry: &Entry, keep: Keep) -> Option<Zeroizing<String>> {
    let host = |link: &&Link| keep == Keep::All || is_for_guests(link);
    let theirs = |detail: &&Detail| keep == Keep::All || is_theirs(detail);
    let row = Row {
        profile: entry.profile.clone(),
        provider: entry.provider.clone(),
        operation: entry.operation.clone(),
        name: entry.name.as_str().to_owned(),
        values: entry.asked.values.clone(),
        title: entry.asked.title.clone(),
        ticket: entry.asked.ticket.clone(),
        outcome: entry.outcome.name().to_owned(),
        error: entry.outcome.error().map(error_row),
        links: entry.links.iter().filter(host).map(link_row).collect(),
        details: entry.details.iter().filter(theirs).map(detail_row).collect(),
        warnings: entry.warnings.iter().map(|text| text.as_str().to_owned()).collect(),
        status: entry.status,
        took: entry.took,
        deleted: entry.deleted.map(Timestamp::as_microsecond),
    };
    serde_json::to_string(&row).ok().map(Zeroizing::new)
}

fn error_row(error: &Error) -> RowError {
    RowError {
        kind: error.kind.name().to_owned(),
        signal: match error.kind {
            Kind::Interrupted(signal) => Some(signal),
            _ => None,
        },
        message: error.message().to_owned(),
        hint: error.next_step().map(str::to_owned),
        status: error.status,
    }
}

fn link_row(link: &Link) -> RowLink {
    RowLink {
        id: link.id.clone(),
        label: link.label.clone(),
        url: link.url.expose().to_owned(),
        audience: link.audience.name().to_owned(),
        reuse: link.reuse.name().to_owned(),
        secret: link.secret,
        end: link.ends.name().to_owned(),
        ends_at: link.ends.time().map(Timestamp::as_microsecond),
        source: link.source.name().to_owned(),
        note: link.note.clone(),
        warning: link.warning.clone(),
    }
}

fn detail_row(detail: &Detail) -> RowDetail {
    RowDetail {
        key: detail.key.clone(),
        label: detail.label.clone(),
        value: detail.value.expose().to_owned(),
        secret: detail.secret,
        copy: detail.copy,
        host: detail.host,
    }
}

/// An entry from what stands in the file; nothing where it cannot be one.
pub(super) fn decode(id: String, created_at: i64, text: &str) -> Option<Entry> {
    if id.is_empty() || id.len() > 64 || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let row: Row = serde_json::from_str(text).ok()?;
    let error = row.error.map(error);
    Some(Entry {
        id,
        created_at: Timestamp::from_microsecond(created_at).ok()?,
        profile: row.profile,
        provider: row.provider,
        operation: row.operation,
        name: DisplayText::line(&row.name),
        asked: Asked { values: row.values, title: row.title, ticket: row.ticket },
        outcome: match (row.outcome.as_str(), error) {
            ("created", None) => Outcome::Created,
            ("not_created", Some(error)) => Outcome::NotCreated(error),
            ("maybe_created", Some(error)) => Outcome::MaybeCreated(error),
            _ => return None,
        },
        links: row.links.into_iter().map(link).collect::<Option<_>>()?,
        details: row.details.into_iter().map(detail).collect(),
        deleted: row.deleted.and_then(|at| Timestamp::from_microsecond(at).ok()),
        // What could be completed was known to the console that made it, and went with it.
        incomplete: false,
        warnings: row.warnings.iter().map(|text| DisplayText::line(text)).collect(),
        status: row.status,
        took: row.took,
    })
}

fn error(row: RowError) -> Error {
    const KINDS: [Kind; 13] = [
        Kind::Usage,
        Kind::Config,
        Kind::Auth,
        Kind::RateLimited,
        Kind::Refused,
        Kind::Redirected,
        Kind::Network,
        Kind::Timeout,
        Kind::Server,
        Kind::Unclear,
        Kind::Storage,
        Kind::Clipboard,
        Kind::Other,
    ];
    let known = KINDS.into_iter().find(|kind| kind.name() == row.kind);
    let kind = row.signal.map(Kind::Interrupted).or(known).unwrap_or(Kind::Other);
    let error = Error::new(kind, &row.message).hint(row.hint.unwrap_or_default());
    match row.status {
        Some(status) => error.status(status),
        None => error,
    }
}

fn link(row: RowLink) -> Option<Link> {
    let time = row.ends_at.and_then(|at| Timestamp::from_microsecond(at).ok());
    let ends = match (row.end.as_str(), time) {
        ("hard", Some(time)) => Ends::At { time, hard: true },
        ("soft", Some(time)) => Ends::At { time, hard: false },
        ("event", None) => Ends::Event,
        _ => Ends::Unknown,
    };
    // Only what could have been written here is ever copied from here.
    let sound = row.url.bytes().all(|byte| byte.is_ascii_graphic());
    Some(Link {
        id: row.id,
        label: DisplayText::line(&row.label).into(),
        url: Secret::new(if sound { row.url } else { String::new() }),
        audience: by_name(
            &[Audience::Guest, Audience::Host, Audience::Personal],
            Audience::name,
            &row.audience,
        )?,
        reuse: by_name(&[Reuse::Many, Reuse::Once], Reuse::name, &row.reuse)?,
        secret: row.secret,
        ends,
        source: by_name(
            &[Source::Server, Source::Token, Source::Computed, Source::Documented, Source::Assumed],
            Source::name,
            &row.source,
        )?,
        note: row.note.map(|note| DisplayText::line(&note).into()),
        warning: row.warning.map(|warning| DisplayText::line(&warning).into()),
    })
}

fn by_name<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str, wanted: &str) -> Option<T> {
    all.iter().copied().find(|one| name(*one) == wanted)
}

fn detail(row: RowDetail) -> Detail {
    Detail {
        key: DisplayText::line(&row.key).into(),
        label: DisplayText::line(&row.label).into(),
        value: Secret::new(row.value),
        secret: row.secret,
        copy: row.copy,
        host: row.host,
    }
}

/// When the next credential of an entry has to go, in seconds since 1970; nothing where none is left.
pub(super) fn blank_at(entry: &Entry) -> Option<i64> {
    let links = entry.links.iter().filter(|link| !link.url.is_empty()).map(|link| end(entry, link));
    let secrets = entry.details.iter().any(|detail| detail.secret && !detail.value.is_empty());
    links.chain(secrets.then(|| last_end(entry))).min()
}

/// Takes out every credential whose time has come; what it was for and when it ended stays.
pub(super) fn blank(entry: &mut Entry, now: i64) {
    let last = last_end(entry);
    let due: Vec<bool> = entry.links.iter().map(|link| end(entry, link) <= now).collect();
    for (link, due) in entry.links.iter_mut().zip(due) {
        if due {
            link.url = Secret::new("");
        }
    }
    for detail in entry.details.iter_mut().filter(|detail| detail.secret && last <= now) {
        detail.value = Secret::new("");
    }
}

fn end(entry: &Entry, link: &Link) -> i64 {
    link.ends.time().map_or(entry.created_at.as_second() + OPEN, Timestamp::as_second)
}

/// Tokens and PINs live as long as the last link; those without one as long as what has no known end.
fn last_end(entry: &Entry) -> i64 {
    let open = entry.created_at.as_second() + OPEN;
    entry.links.iter().map(|link| end(entry, link)).max().unwrap_or(open)
}
