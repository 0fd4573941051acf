//! The last thing that happened, in one line above the footer.

use crate::domain::text::DisplayText;
use crate::error::Error;

use super::action::Action;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Good,
    Plain,
    Warn,
    Bad,
    /// A host link is on the clipboard: said as loudly as a terminal can.
    Loud,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub tone: Tone,
    pub text: DisplayText,
    /// What is worth knowing beside it, in grey.
    pub aside: Option<DisplayText>,
    /// Keys that lead on, with their words.
    pub hints: Vec<(Action, &'static str)>,
}

impl Said {
    pub fn new(tone: Tone, text: impl AsRef<str>) -> Said {
        Said { tone, text: DisplayText::line(text.as_ref()), aside: None, hints: Vec::new() }
    }

    pub fn good(text: impl AsRef<str>) -> Said {
        Said::new(Tone::Good, text)
    }

    pub fn plain(text: impl AsRef<str>) -> Said {
        Said::new(Tone::Plain, text)
    }

    pub fn warn(text: impl AsRef<str>) -> Said {
        Said::new(Tone::Warn, text)
    }

    pub fn aside(mut self, text: impl AsRef<str>) -> Said {
        let text = DisplayText::line(text.as_ref());
        self.aside = (!text.is_empty()).then_some(text);
        self
    }

    pub fn hint(mut self, action: Action, word: &'static str) -> Said {
        self.hints.push((action, word));
        self
    }

    /// With the name of the row it is about in front.
    pub fn named(mut self, name: &str) -> Said {
        self.text = DisplayText::line(&format!("{name}: {}", self.text));
        self
    }

    /// An error with its next step.
    pub fn error(error: &Error) -> Said {
        Said::new(Tone::Bad, error.message()).aside(error.next_step().unwrap_or_default())
    }
}
