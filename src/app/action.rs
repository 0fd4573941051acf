//! What a key can ask for. Each action stands under its id in `assets/keymap.toml`, which says its keys, its word in
//! the footer and its line of help; the pages of this room say what it does.

/// Writes the enum and its ids in one place.
macro_rules! actions {
    ($($name:ident = $id:literal,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action { $($name,)* }

        impl Action {
            pub const ALL: &[Action] = &[$(Action::$name,)*];

            /// The id in the keymap.
            pub fn id(self) -> &'static str {
                match self { $(Action::$name => $id,)* }
            }
        }
    };
}

actions! {
    // the list
    New = "new",
    Quick = "quick",
    CopyGuest = "copy-guest",
    CopyHost = "copy-host",
    CopyMessage = "copy-message",
    ChooseMessage = "choose-message",
    Again = "again",
    AgainNow = "again-now",
    Elsewhere = "elsewhere",
    CheckEntry = "check-entry",
    DeleteEntry = "delete-entry",
    Stop = "stop",
    CopyMenu = "copy-menu",
    Open = "open",
    OpenHost = "open-host",
    BareLink = "bare-link",
    Filter = "filter",
    Sort = "sort",
    States = "states",
    Details = "details",
    Pane = "pane",
    People = "people",
    Reveal = "reveal",
    Requests = "requests",
    ChooseProfile = "choose-profile",
    Profiles = "profiles",
    MarkEntry = "mark-entry",
    Ticket = "ticket",
    NextEntry = "next-entry",
    PreviousEntry = "previous-entry",
    FirstEntry = "first-entry",
    LastEntry = "last-entry",
    PageOfEntriesDown = "page-of-entries-down",
    PageOfEntriesUp = "page-of-entries-up",
    // the details
    CloseDetails = "close-details",
    DetailsDown = "details-down",
    DetailsUp = "details-up",
    PageOfDetailsDown = "page-of-details-down",
    PageOfDetailsUp = "page-of-details-up",
    // the request log
    OpenRequest = "open-request",
    CloseRequests = "close-requests",
    NextRequest = "next-request",
    PreviousRequest = "previous-request",
    PageOfRequestsDown = "page-of-requests-down",
    PageOfRequestsUp = "page-of-requests-up",
    // one request
    CloseRequest = "close-request",
    RequestDown = "request-down",
    RequestUp = "request-up",
    PageOfRequestDown = "page-of-request-down",
    PageOfRequestUp = "page-of-request-up",
    // the form
    Create = "create",
    CreateAndCopy = "create-and-copy",
    NextField = "next-field",
    PreviousField = "previous-field",
    Submit = "submit",
    Toggle = "toggle",
    Advanced = "advanced",
    OnlySet = "only-set",
    FindField = "find-field",
    Reroll = "reroll",
    Fix = "fix",
    Request = "request",
    EditField = "edit-field",
    Presets = "presets",
    PeopleOfForm = "people-of-form",
    FieldHelp = "field-help",
    TestKey = "test-key",
    LeaveForm = "leave-form",
    PageOfFieldsDown = "page-of-fields-down",
    PageOfFieldsUp = "page-of-fields-up",
    // wherever text is typed
    LineStart = "line-start",
    LineEnd = "line-end",
    EraseBefore = "erase-before",
    EraseWord = "erase-word",
    EraseAfter = "erase-after",
    EraseWordAfter = "erase-word-after",
    PutBack = "put-back",
    WordLeft = "word-left",
    WordRight = "word-right",
    Undo = "undo",
    Redo = "redo",
    // the filter
    KeepFilter = "keep-filter",
    ClearFilter = "clear-filter",
    NextMatch = "next-match",
    PreviousMatch = "previous-match",
    // the ticket
    KeepTicket = "keep-ticket",
    LeaveTicket = "leave-ticket",
    // lists of choices
    Pick = "pick",
    Mark = "mark",
    EditTemplate = "edit-template",
    ClosePicker = "close-picker",
    NextChoice = "next-choice",
    PreviousChoice = "previous-choice",
    PageOfChoicesDown = "page-of-choices-down",
    PageOfChoicesUp = "page-of-choices-up",
    // presets
    LoadPreset = "load-preset",
    SavePreset = "save-preset",
    DefaultPreset = "default-preset",
    RenamePreset = "rename-preset",
    DeletePreset = "delete-preset",
    ClosePresets = "close-presets",
    NextPreset = "next-preset",
    PreviousPreset = "previous-preset",
    // people
    ReadPeople = "read-people",
    LoadPeople = "load-people",
    CloseRoster = "close-roster",
    StartPeople = "start-people",
    ToggleRole = "toggle-role",
    RemovePerson = "remove-person",
    EditPeople = "edit-people",
    PausePeople = "pause-people",
    StopPeople = "stop-people",
    RetryPeople = "retry-people",
    RetryMaybe = "retry-maybe",
    CopyPeople = "copy-people",
    ExportPeople = "export-people",
    ClosePeople = "close-people",
    NextPerson = "next-person",
    PreviousPerson = "previous-person",
    PageOfPeopleDown = "page-of-people-down",
    PageOfPeopleUp = "page-of-people-up",
    // questions
    Confirm = "confirm",
    Cancel = "cancel",
    NextAnswer = "next-answer",
    PreviousAnswer = "previous-answer",
    // the help
    CloseHelp = "close-help",
    HelpDown = "help-down",
    HelpUp = "help-up",
    PageOfHelpDown = "page-of-help-down",
    PageOfHelpUp = "page-of-help-up",
    // the copy menu
    MenuGuest = "menu-guest",
    MenuHost = "menu-host",
    MenuMessage = "menu-message",
    MenuTemplates = "menu-templates",
    MenuPiece = "menu-piece",
    MenuCalendar = "menu-calendar",
    MenuCalendarFile = "menu-calendar-file",
    MenuQr = "menu-qr",
    MenuMarkdown = "menu-markdown",
    MenuHtml = "menu-html",
    MenuJson = "menu-json",
    MenuCurl = "menu-curl",
    MenuHandOver = "menu-hand-over",
    CloseMenu = "close-menu",
    // one thing over the whole screen
    ClosePoster = "close-poster",
    // everywhere
    Help = "help",
    Palette = "palette",
    Quit = "quit",
    Close = "close",
    Redraw = "redraw",
    Suspend = "suspend",
    Reload = "reload",
}

impl Action {
    pub fn from_id(id: &str) -> Option<Action> {
        Action::ALL.iter().copied().find(|action| action.id() == id)
    }

    /// Acts on the selected entry, so that its key also works while the details of that entry are looked at.
    pub fn is_of_entry(self) -> bool {
        use Action::*;
        matches!(
            self,
            CopyGuest
                | CopyHost
                | CopyMessage
                | ChooseMessage
                | CopyMenu
                | Open
                | OpenHost
                | BareLink
                | Again
                | AgainNow
                | Elsewhere
                | CheckEntry
                | DeleteEntry
                | Stop
                | Reveal
                | Ticket
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Keymap;

    use super::*;

    #[test]
    fn the_keymap_and_the_actions_are_the_same_set() {
        let keymap = Keymap::shipped().unwrap();
        for binding in &keymap.bindings {
            assert!(Action::from_id(&binding.action).is_some(), "{} is not known here", binding.action);
        }
        for action in Action::ALL {
            assert!(keymap.binding(action.id()).is_some(), "{} has no key", action.id());
        }
    }
}
