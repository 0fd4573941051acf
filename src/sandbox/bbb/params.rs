//! The parameters of a call: from the query, and for POST from a form body as well. An empty value is as good as
//! none. A parameter that stands in both places is refused as the server does, as a checksum error.

use url::form_urlencoded;

use super::super::wire::Call;
use super::xml::Refusal;

pub(super) struct Params {
    pairs: Vec<(String, String)>,
    body_checksum: Option<String>,
}

impl Params {
    pub(super) fn read(call: &Call) -> Result<Params, Refusal> {
        let mut pairs = call.pairs();
        let mut body_checksum = None;
        if call.method == "POST" && !call.body.is_empty() {
            let form = match call.media_type().as_str() {
                "application/x-www-form-urlencoded" => {
                    form_urlencoded::parse(&call.body).into_owned().collect()
                }
                // slides and settings in a body are of no concern here
                "application/xml" | "text/xml" | "multipart/form-data" => Vec::new(),
                _ => {
                    return Err(Refusal::new(
                        "unsupportedContentType",
                        "POST needs a supported Content-Type",
                    ));
                }
            };
            for (name, value) in form {
                if pairs.iter().any(|(known, _)| *known == name) {
                    return Err(Refusal::new("checksumError", "Checksums do not match"));
                }
                if name == "checksum" {
                    body_checksum = Some(value);
                } else {
                    pairs.push((name, value));
                }
            }
        }
        Ok(Params { pairs, body_checksum })
    }

    pub(super) fn body_checksum(&self) -> Option<&str> {
        self.body_checksum.as_deref()
    }

    /// The first value of that name, unless it is empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        found.filter(|value| !value.is_empty())
    }

    pub(super) fn is_true(&self, name: &str) -> bool {
        self.get(name) == Some("true")
    }

    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.get(name).and_then(|value| value.parse().ok())
    }

    /// `meta_` parameters with lower-case names; one whose name is not letters, digits and dashes, beginning with a
    /// letter, is dropped.
    pub(super) fn metadata(&self) -> Vec<(String, String)> {
        let named = self.pairs.iter().filter_map(|(key, value)| Some((key.strip_prefix("meta_")?, value)));
        let proper = named.filter(|(name, _)| {
            name.starts_with(|first: char| first.is_ascii_alphabetic())
                && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
        });
        proper.map(|(name, value)| (name.to_ascii_lowercase(), value.clone())).collect()
    }

    /// `userdata-` parameters; the name must split at `-` into exactly two parts, else it is dropped.
    pub(super) fn userdata(&self) -> Vec<(String, String)> {
        let named =
            self.pairs.iter().filter_map(|(key, value)| Some((key.strip_prefix("userdata-")?, value)));
        let proper = named.filter(|(name, _)| !name.is_empty() && !name.contains('-'));
        proper.map(|(name, value)| (name.to_owned(), value.clone())).collect()
    }
}
