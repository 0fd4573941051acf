//! The guest link in other clothes: a Markdown link, an HTML link, an event for calendars (RFC 5545). All of them are
//! made from `Guest`, so none can hold what is not a guest's.

use jiff::Timestamp;

use super::format;
use super::guest::Guest;

/// Longest line of a calendar, in bytes, without its end.
const FOLD: usize = 75;

/// `[ACME onboarding](https://…)`
pub fn markdown(guest: &Guest) -> String {
    format!("[{}]({})", format::markdown(title(guest)), format::markdown_url(&url(guest)))
}

/// `<a href="https://…">ACME onboarding</a>`
pub fn html(guest: &Guest) -> String {
    format!("<a href=\"{}\">{}</a>", format::html(&url(guest)), format::html(title(guest)))
}

/// An event with the link. It starts when the meeting does, else now, and has an end only where one is known.
pub fn calendar(guest: &Guest, now: Timestamp) -> String {
    let start = guest.starts.unwrap_or(now);
    let url = url(guest);
    let mut about = vec![url.clone()];
    about.extend(
        [("By phone: ", &guest.phone), ("Code: ", &guest.code), ("Ticket: ", &guest.ticket)]
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(label, value)| format!("{label}{value}")),
    );
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".into(),
        "PRODID:-//roomkey//roomkey//EN".into(),
        "METHOD:PUBLISH".into(),
        "BEGIN:VEVENT".into(),
        format!("UID:{}@roomkey", guest.id),
        format!("DTSTAMP:{}", utc(now)),
        format!("DTSTART:{}", utc(start)),
    ];
    if let Some(end) = guest.end().filter(|end| *end > start) {
        lines.push(format!("DTEND:{}", utc(end)));
    }
    lines.push(format!("SUMMARY:{}", escaped(title(guest))));
    lines.push(format!("LOCATION:{}", escaped(&url)));
    lines.push(format!("URL:{url}"));
    lines.push(format!("DESCRIPTION:{}", escaped(&about.join("\n"))));
    lines.extend(["END:VEVENT", "END:VCALENDAR"].map(str::to_owned));
    lines.iter().map(|line| folded(line)).collect()
}

fn title(guest: &Guest) -> &str {
    if guest.name.is_empty() { "Meeting" } else { &guest.name }
}

fn url(guest: &Guest) -> String {
    guest.link().map_or_else(String::new, |link| link.url.expose().to_owned())
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Commas, semicolons and backslashes stand behind a backslash; a line break is `\n`.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            _ => out.push(c),
        }
    }
    out
}

/// The line with its end; a long one goes on in the next, behind a space.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 2);
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > FOLD {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let folded = folded(&format!("DESCRIPTION:{}", "ü".repeat(100)));
        assert!(folded.lines().all(|line| line.len() <= FOLD), "{folded}");
        assert_eq!(folded.replace("\r\n ", ""), format!("DESCRIPTION:{}\r\n", "ü".repeat(100)));
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(escaped("a,b;c\\d\ne"), "a\\,b\\;c\\\\d\\ne");
    }
}
