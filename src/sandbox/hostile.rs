//! Puts a text into every string of an answer, so that a test can see what becomes of it on the screen.

use serde_json::Value;

use super::page;
use super::wire::Answer;

/// The answer with `text` in every string (JSON) or element (XML); links only if asked for. An answer of another
/// kind stays as it is. Of an XML answer the `returncode` stays too: it decides how the rest is read.
pub(super) fn spoil(mut answer: Answer, text: &str, links: bool) -> Answer {
    if let Ok(mut body) = serde_json::from_slice::<Value>(&answer.body) {
        spoil_value(&mut body, text, links);
        answer.body = body.to_string().into_bytes();
    } else if answer.body.starts_with(b"<response>") {
        answer.body =
            spoil_xml(&String::from_utf8_lossy(&answer.body), &page::escape(text), links).into_bytes();
    }
    answer
}

fn is_link(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

fn spoil_value(value: &mut Value, text: &str, links: bool) {
    match value {
        Value::String(old) if links || !is_link(old) => *old = text.to_owned(),
        Value::Array(items) => items.iter_mut().for_each(|item| spoil_value(item, text, links)),
        Value::Object(fields) => fields.values_mut().for_each(|field| spoil_value(field, text, links)),
        _ => {}
    }
}

/// Works on the plain markup that this sandbox writes: text stands only between `>` and `</`.
fn spoil_xml(xml: &str, text: &str, links: bool) -> String {
    let mut out = String::new();
    let mut rest = xml;
    while let Some((before, after)) = rest.split_once('>') {
        out.push_str(before);
        out.push('>');
        let inner_end = after.find('<').unwrap_or(after.len());
        let (inner, tail) = after.split_at(inner_end);
        let is_leaf = tail.starts_with("</") && !inner.is_empty();
        let is_kept = before.ends_with("<returncode") || (is_link(inner) && !links);
        out.push_str(if is_leaf && !is_kept { text } else { inner });
        rest = tail;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::spoil_xml;

    #[test]
    fn elements_are_spoilt_and_the_verdict_is_not() {
        let xml = "<response><returncode>SUCCESS</returncode><a>x</a><b/><url>http://h/</url></response>";
        assert_eq!(
            spoil_xml(xml, "E", false),
            "<response><returncode>SUCCESS</returncode><a>E</a><b/><url>http://h/</url></response>"
        );
        assert!(spoil_xml(xml, "E", true).contains("<url>E</url>"));
    }
}
