//! One request of this run and what came of it, as the request log keeps it. It is made without secrets: nothing that
//! could sign in or let somebody into a room was ever in it, so whoever draws or copies it need not take care.

use std::time::Duration;

use jiff::Timestamp;

use super::request::Preview;
use super::text::DisplayText;

#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// When it was begun.
    pub at: Timestamp,
    pub took: Duration,
    pub profile: DisplayText,
    pub request: Preview,
    pub heard: Heard,
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    Answer(Shown),
    /// Not one byte of it left; why.
    NotSent(DisplayText),
    /// It left and no whole answer came; why.
    Nothing(DisplayText),
}

/// An answer without links, codes and tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub status: u16,
    /// Only those that help to understand.
    pub headers: Vec<(DisplayText, DisplayText)>,
    /// In lines; what could be read.
    pub body: DisplayText,
    /// Length of the body as it came.
    pub bytes: usize,
}

impl Exchange {
    /// Host and path, without scheme and query: `api.whereby.dev/v1/meetings`.
    pub fn place(&self) -> DisplayText {
        let url = self.request.url.as_str();
        let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
        DisplayText::line(bare.split(['?', '#']).next().unwrap_or_default())
    }

    /// The status, or the words for what came instead.
    pub fn status(&self) -> String {
        match &self.heard {
            Heard::Answer(shown) => shown.status.to_string(),
            Heard::NotSent(_) => "not sent".into(),
            Heard::Nothing(_) => "no answer".into(),
        }
    }
}
