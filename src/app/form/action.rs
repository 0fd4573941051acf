//! What a key can ask of the form, by the ids of `assets/keymap.toml`, and what the form asks of its owner. Which key
//! means which action is the business of the keymap; plain typing comes through `Form::key`.

use crate::app::text_input::Edit;
use crate::provider::plan::Plan;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormAction {
    Create,
    CreateAndCopy,
    /// Create when complete, else to the first problem; a new line in a field of several.
    Submit,
    Next,
    Previous,
    PageDown,
    PageUp,
    /// Toggle, next choice, open what has many; a space where text is typed.
    Toggle,
    /// Fold or unfold all advanced fields.
    Fold,
    /// Show only what is filled in or needed, or everything again.
    OnlySet,
    Find,
    /// Make a generated value anew, put any other back to what it was filled with.
    Reroll,
    /// Take the remedy the checks offer.
    Fix,
    Presets,
    People,
    FieldHelp,
    /// Ask the provider whether the profile's key works.
    TestKey,
    /// The requests over the fields, to read whole and to copy.
    Request,
    /// The field in the user's own editor.
    Edit,
    Back,
    /// In an open list of choices, from here on.
    Pick,
    Mark,
    ClosePicker,
    NextChoice,
    PreviousChoice,
    ChoicesDown,
    ChoicesUp,
    /// Wherever text is typed.
    Text(Edit),
    /// Puts in again what was erased last by the line or the word, wherever that was.
    PutBack,
}

const IDS: [(&str, FormAction); 38] = [
    ("create", FormAction::Create),
    ("create-and-copy", FormAction::CreateAndCopy),
    ("submit", FormAction::Submit),
    ("next-field", FormAction::Next),
    ("previous-field", FormAction::Previous),
    ("page-of-fields-down", FormAction::PageDown),
    ("page-of-fields-up", FormAction::PageUp),
    ("toggle", FormAction::Toggle),
    ("advanced", FormAction::Fold),
    ("only-set", FormAction::OnlySet),
    ("find-field", FormAction::Find),
    ("reroll", FormAction::Reroll),
    ("fix", FormAction::Fix),
    ("presets", FormAction::Presets),
    ("people-of-form", FormAction::People),
    ("field-help", FormAction::FieldHelp),
    ("test-key", FormAction::TestKey),
    ("request", FormAction::Request),
    ("edit-field", FormAction::Edit),
    ("leave-form", FormAction::Back),
    ("pick", FormAction::Pick),
    ("mark", FormAction::Mark),
    ("close-picker", FormAction::ClosePicker),
    ("next-choice", FormAction::NextChoice),
    ("previous-choice", FormAction::PreviousChoice),
    ("page-of-choices-down", FormAction::ChoicesDown),
    ("page-of-choices-up", FormAction::ChoicesUp),
    ("line-start", FormAction::Text(Edit::LineStart)),
    ("line-end", FormAction::Text(Edit::LineEnd)),
    ("erase-before", FormAction::Text(Edit::EraseBefore)),
    ("erase-word", FormAction::Text(Edit::EraseWord)),
    ("erase-after", FormAction::Text(Edit::EraseAfter)),
    ("erase-word-after", FormAction::Text(Edit::EraseWordAfter)),
    ("put-back", FormAction::PutBack),
    ("word-left", FormAction::Text(Edit::WordLeft)),
    ("word-right", FormAction::Text(Edit::WordRight)),
    ("undo", FormAction::Text(Edit::Undo)),
    ("redo", FormAction::Text(Edit::Redo)),
];

impl FormAction {
    /// The id in the keymap; empty for moves that are no action there.
    pub fn id(self) -> &'static str {
        IDS.iter().find(|(_, action)| *action == self).map_or("", |(id, _)| id)
    }

    pub fn from_id(id: &str) -> Option<FormAction> {
        IDS.iter().find(|(known, _)| *known == id).map(|(_, action)| *action)
    }
}

/// What the form asks of its owner.
#[derive(Clone, Debug, PartialEq)]
pub enum FormEvent {
    /// Back to the list; the drafts are worth keeping.
    Close,
    Submit {
        plan: Box<Plan>,
        copy: bool,
    },
    /// A field is to be edited elsewhere; `Form::edited` takes what became of it.
    Edit {
        text: String,
        /// Of the file's name: `json`.
        ending: &'static str,
    },
    /// Text for the clipboard; nothing in it is secret.
    Copy {
        what: String,
        text: String,
    },
    /// Many people are to get what is filled in here.
    People,
    /// The presets are to be shown.
    Presets,
    /// The key of the form's profile is to be tested; `Form::tell` takes what came of it.
    TestKey,
    /// Another operation is shown.
    Operation(String),
    /// Worth a line; the form shows it as well.
    Say(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_go_both_ways() {
        for (id, action) in IDS {
            assert_eq!((action.id(), FormAction::from_id(id)), (id, Some(action)));
        }
        assert_eq!(FormAction::from_id("quit"), None);
    }
}
