//! One request and one answer as the services see them: raw bytes with a few readings. Nothing is normalised here,
//! since a checksum over the raw query is exactly what has to be checked.

use percent_encoding::percent_decode_str;
use serde_json::Value;
use url::form_urlencoded;

/// A request, read to its end.
#[derive(Default)]
pub(super) struct Call {
    pub method: String,
    /// The path as sent, still percent-encoded.
    pub path: String,
    /// The query as sent, without the question mark; empty when there is none.
    pub query: String,
    /// Names in lower case, in the order of arrival.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Call {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The segments of the path, decoded. `/a/b%2Fc` is `["a", "b/c"]`; a trailing slash adds an empty segment.
    pub(super) fn segments(&self) -> Vec<String> {
        let path = self.path.strip_prefix('/').unwrap_or(&self.path);
        path.split('/').map(|part| percent_decode_str(part).decode_utf8_lossy().into_owned()).collect()
    }

    /// The query as decoded pairs, in order.
    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(self.query.as_bytes()).into_owned().collect()
    }

    pub(super) fn param(&self, name: &str) -> Option<String> {
        self.pairs().into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The media type without parameters, in lower case; empty when the header is missing.
    pub(super) fn media_type(&self) -> String {
        let whole = self.header("content-type").unwrap_or_default();
        whole.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// The value of one cookie.
    pub(super) fn cookie(&self, name: &str) -> Option<&str> {
        let all =
            self.headers.iter().filter(|(key, _)| key == "cookie").flat_map(|(_, value)| value.split(';'));
        all.filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }
}

/// An answer before it goes on the wire.
#[derive(Clone, Debug, Default)]
pub(super) struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub(super) fn empty(status: u16) -> Answer {
        Answer { status, ..Answer::default() }
    }

    pub(super) fn json(status: u16, body: &Value) -> Answer {
        let body = body.to_string().into_bytes();
        Answer { status, body, ..Answer::default() }.with("content-type", "application/json; charset=utf-8")
    }

    pub(super) fn xml(body: String) -> Answer {
        Answer { status: 200, body: body.into_bytes(), ..Answer::default() }
            .with("content-type", "text/xml;charset=utf-8")
    }

    pub(super) fn redirect(status: u16, to: &str) -> Answer {
        Answer::empty(status).with("location", to)
    }

    /// Adds a header, or replaces the one of that name.
    pub(super) fn with(mut self, name: &str, value: &str) -> Answer {
        self.headers.retain(|(key, _)| key != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The answer as HTTP/1.1 bytes, for endings that hyper would not write.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} Sandbox\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("content-length: {}\r\nconnection: close\r\n\r\n", self.body.len()));
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(&self.body);
        bytes
    }
}
