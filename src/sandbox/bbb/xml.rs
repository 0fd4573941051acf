//! The XML of the answers. Names are escaped; what XML cannot hold is left out.

use super::super::wire::Answer;

/// `<name>text</name>`
pub(super) fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>", escape(text))
}

fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '\t' | '\n' | '\r' => safe.push(letter),
            _ if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            _ => safe.push(letter),
        }
    }
    safe
}

/// A successful answer around elements that are XML already.
pub(super) fn success(inner: &str) -> Answer {
    Answer::xml(format!("<response><returncode>SUCCESS</returncode>{inner}</response>"))
}

/// What the bare root of the API says; it needs no checksum.
pub(super) fn version() -> Answer {
    success("<version>2.0</version><apiVersion>2.0</apiVersion><bbbVersion>3.0.0</bbbVersion>")
}

/// A refusal: the key for the machine, the message for the reader.
pub(super) struct Refusal {
    pub key: &'static str,
    pub message: String,
}

impl Refusal {
    pub(super) fn new(key: &'static str, message: &str) -> Refusal {
        Refusal { key, message: message.to_owned() }
    }

    pub(super) fn answer(&self) -> Answer {
        let (key, message) = (element("messageKey", self.key), element("message", &self.message));
        Answer::xml(format!("<response><returncode>FAILED</returncode>{key}{message}</response>"))
    }
}
