//! Completion from what the same field was filled with before. Only what is being typed is completed, at its end; the
//! arrow to the right takes it. Secrets are in no such memory.

use super::ground::Ground;
use super::{Form, Stop};

/// Earlier values by the wire name of their field, the newest first; `title` and `ticket` are the form's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Earlier {
    pub fields: Vec<(String, Vec<String>)>,
    pub titles: Vec<String>,
    pub tickets: Vec<String>,
}

impl Form {
    /// Hands in what the fields were filled with before.
    pub fn recall(&mut self, earlier: Earlier) {
        self.earlier = earlier;
    }

    /// What would complete the text under the cursor.
    pub fn completion(&self) -> Option<&str> {
        let input = self.text_at(self.focus).filter(|_| self.panel.is_none() && !self.is_prefilled())?;
        let text = input.text();
        if input.is_secret() || input.takes_lines() || text.is_empty() || input.at() < text.len() {
            return None;
        }
        let values = match self.focus {
            Stop::Title => &self.earlier.titles,
            Stop::Ticket => &self.earlier.tickets,
            _ => {
                let (name, ..) = self.field(match self.focus {
                    Stop::Field(index) => index,
                    _ => return None,
                })?;
                &self.earlier.fields.iter().find(|(known, _)| known == name)?.1
            }
        };
        values.iter().find_map(|value| value.strip_prefix(text)).filter(|rest| !rest.is_empty())
    }

    /// Takes the completion; false where there is none.
    pub(super) fn complete(&mut self, ground: &mut Ground) -> bool {
        let Some(rest) = self.completion().map(str::to_owned) else { return false };
        self.put_in(&rest, ground);
        true
    }
}
