//! The small page behind each link. It says in which room one would now be and as whom, and nothing else: no
//! scripts, no styles, no request to anywhere, every name escaped.

use super::wire::Answer;

/// A page with a heading and paragraphs; all texts are escaped here.
pub(super) fn page(status: u16, title: &str, lines: &[String]) -> Answer {
    let mut html = String::from("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n");
    html.push_str(&format!("<title>{0}</title>\n<h1>{0}</h1>\n", escape(title)));
    for line in lines {
        html.push_str(&format!("<p>{}</p>\n", escape(line)));
    }
    html.push_str("<p>This is the sandbox of roomkey: there is no call behind this link.</p>\n</html>\n");
    Answer { status, body: html.into_bytes(), ..Answer::default() }
        .with("content-type", "text/html; charset=utf-8")
        .with(
            "content-security-policy",
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        )
        .with("x-content-type-options", "nosniff")
        .with("referrer-policy", "no-referrer")
        .with("cache-control", "no-store")
}

/// The page of a link that works: "You would now be in room X as host."
pub(super) fn seat(service: &str, room: &str, role: &str) -> Answer {
    page(200, service, &[format!("You would now be in room {room} as {role}.")])
}

/// The page of a link that leads nowhere (404) or nowhere any more (410), with the reason.
pub(super) fn closed(status: u16, service: &str, reason: &str) -> Answer {
    page(status, service, &[reason.to_owned()])
}

pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(letter),
        }
    }
    safe
}
