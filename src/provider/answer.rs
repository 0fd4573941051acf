//! Reading what a provider answered: JSON or XML, strictly and without ever quoting it in an error. JSON with a
//! repeated key and XML with a document type are refused; both would let an answer mean two things.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value as Json};

use crate::domain::request::Response;

/// An understood answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Json(Json),
    Xml(Element),
    /// An answer without a body.
    Empty,
}

/// An XML element with its text and children; the root stands for the whole document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    pub name: String,
    pub text: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
}

/// Deepest nesting read, as for JSON.
const MAX_DEPTH: usize = 128;

impl Answer {
    pub fn json(body: &[u8]) -> Option<Answer> {
        let text = std::str::from_utf8(body).ok()?.trim_start_matches('\u{FEFF}');
        if text.trim().is_empty() {
            return Some(Answer::Empty);
        }
        serde_json::from_str::<Strict>(text).ok().map(|strict| Answer::Json(strict.0))
    }

    pub fn xml(body: &[u8]) -> Option<Answer> {
        let text = std::str::from_utf8(body).ok()?.trim_start_matches('\u{FEFF}');
        let options =
            roxmltree::ParsingOptions { allow_dtd: false, nodes_limit: 20_000, ..Default::default() };
        let document = roxmltree::Document::parse_with_options(text, options).ok()?;
        element(document.root_element(), 0).map(Answer::Xml)
    }

    /// The value a pointer names: `/audioConference/conferenceId`, `/errors/error/@key`. Absent, empty XML text and
    /// a name that occurs twice where one is expected are all none.
    pub fn at(&self, pointer: &str) -> Option<Json> {
        match self {
            Answer::Empty => None,
            Answer::Json(json) => json.pointer(pointer).filter(|value| !value.is_null()).cloned(),
            Answer::Xml(root) => root.at(pointer).map(Json::String),
        }
    }

    /// The same as text: numbers and switches as written, no objects.
    pub fn text_at(&self, pointer: &str) -> Option<String> {
        self.at(pointer).and_then(|value| text(&value))
    }
}

/// Whether the body is compressed in some way. Nothing was asked to be, and nothing is unpacked.
pub fn is_packed(response: &Response) -> bool {
    response.header("content-encoding").is_some_and(|coding| !coding.eq_ignore_ascii_case("identity"))
}

/// A scalar as text.
pub fn text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) if !text.is_empty() => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

impl Element {
    fn at(&self, pointer: &str) -> Option<String> {
        let mut here = self;
        for part in pointer.trim_start_matches('/').split('/') {
            if let Some(name) = part.strip_prefix('@') {
                return here.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone());
            }
            let mut named = here.children.iter().filter(|child| child.name == part);
            let (first, second) = (named.next()?, named.next());
            if second.is_some() {
                return None;
            }
            here = first;
        }
        let text = here.text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

fn element(node: roxmltree::Node, depth: usize) -> Option<Element> {
    if depth > MAX_DEPTH {
        return None;
    }
    let mut children = Vec::new();
    for child in node.children().filter(roxmltree::Node::is_element) {
        children.push(element(child, depth + 1)?);
    }
    Some(Element {
        name: node.tag_name().name().to_owned(),
        text: node.children().filter(roxmltree::Node::is_text).filter_map(|n| n.text()).collect(),
        attributes: node.attributes().map(|a| (a.name().to_owned(), a.value().to_owned())).collect(),
        children,
    })
}

/// JSON in which no object names a key twice.
struct Strict(Json);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Strict)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Number::from_f64(value).map_or(Json::Null, Json::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(Strict(item)) = seq.next_element()? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut map = Map::new();
        while let Some((key, Strict(value))) = entries.next_entry::<String, Strict>()? {
            if map.insert(key, value).is_some() {
                return Err(A::Error::custom("a key occurs twice"));
            }
        }
        Ok(Json::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_read_strictly() {
        let answer = Answer::json(b"\xEF\xBB\xBF{\"a\":{\"b\":7},\"n\":null}").unwrap();
        assert_eq!(answer.text_at("/a/b").as_deref(), Some("7"));
        assert_eq!(answer.at("/n"), None);
        assert_eq!(Answer::json(b"  "), Some(Answer::Empty));
        for bad in
            [&b"{\"a\":1,\"a\":2}"[..], b"<html>", b"{\"n\":\"\xE4\"}", b"{\"a\":\"\\ud800\"}", b"{\"a\":"]
        {
            assert_eq!(Answer::json(bad), None);
        }
        assert_eq!(Answer::json("[".repeat(100_000).as_bytes()), None);
    }

    #[test]
    fn xml_is_read_strictly() {
        let xml = "<response><returncode>FAILED</returncode><errors><error key=\"k\" message=\"m\"/></errors>\
                   <url>a</url><url>b</url><messageKey/></response>";
        let answer = Answer::xml(xml.as_bytes()).unwrap();
        assert_eq!(answer.text_at("/returncode").as_deref(), Some("FAILED"));
        assert_eq!(answer.text_at("/errors/error/@key").as_deref(), Some("k"));
        assert_eq!(answer.at("/url"), None);
        assert_eq!(answer.at("/messageKey"), None);
        assert_eq!(answer.at("/ReturnCode"), None);
        assert_eq!(Answer::xml(b"<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><x/>"), None);
        assert_eq!(Answer::xml(b"<a><b></a>"), None);
        assert_eq!(Answer::xml("<a>".repeat(10_000).as_bytes()), None);
        let deep = "<a>".repeat(500) + &"</a>".repeat(500);
        assert_eq!(Answer::xml(deep.as_bytes()), None);
        let cdata = Answer::xml(b"<r><m><![CDATA[a<b]]></m></r>").unwrap();
        assert_eq!(cdata.text_at("/m").as_deref(), Some("a<b"));
    }
}
