//! The keys at the top of the file and in `[history]`: who signs, which zone, how the console looks and behaves.

use jiff::tz::TimeZone;

use super::problem::{Pen, Problem};
use super::sheet::{Key, Known, Shape, Sheet, key};
use crate::domain::clipboard::Choice;
use crate::domain::nearest::did_you_mean;

use super::Config;

const CLIPBOARD: &[&str] = &["auto", "osc52", "tmux", "native", "none"];

pub(crate) const KEYS: &[Key] = &[
    key("default_profile", Shape::Text, ""),
    key("agent", Shape::Text, "the login name"),
    key("zone", Shape::Text, "the system's"),
    key("clipboard", Shape::ChoiceOrCommand(CLIPBOARD), "auto"),
    key("copy_on_create", Shape::Choice(&["off", "guest", "message"]), "off"),
    key("theme", Shape::Choice(&["auto", "dark", "light", "mono"]), "auto"),
    key("motion", Shape::Switch, "true"),
    key("ascii", Shape::Switch, "false"),
    key("mouse", Shape::Switch, "true"),
    key("hyperlinks", Shape::Switch, "false"),
    key("ticket_pattern", Shape::Pattern, ""),
    key("include", Shape::Texts, ""),
    key("ca_file", Shape::Text, ""),
];

pub(crate) const HISTORY: &[Key] = &[
    key("store", Shape::Choice(&["all", "guest", "off"]), "all"),
    key("keep_days", Shape::Whole(1, 36_500), "90"),
];

pub(crate) const TABLES: [&str; 5] = ["history", "keys", "profiles", "presets", "templates"];

/// What is copied by itself when a creation is done. Never a host link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyOnCreate {
    Off,
    Guest,
    Message,
}

/// What the history keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    All,
    /// Guest links only.
    Guest,
    Off,
}

impl Config {
    pub fn default_profile(&self) -> Option<&str> {
        self.basics.text("default_profile")
    }

    /// Who signs messages and hosts meetings; the login name where nothing is written.
    pub fn agent(&self) -> Option<&str> {
        self.basics.text("agent")
    }

    /// The zone times are read and shown in; nothing where the system's holds.
    pub fn zone(&self) -> Result<Option<TimeZone>, Problem> {
        self.zone_by(|_| None)
    }

    /// The same for who is in a hurry: `at_hand` may know a zone without a search through all of them.
    pub fn zone_by(&self, at_hand: impl Fn(&str) -> Option<TimeZone>) -> Result<Option<TimeZone>, Problem> {
        let (Some(name), Some(place)) = (self.basics.text("zone"), self.basics.place("zone")) else {
            return Ok(None);
        };
        at_hand(name).map_or_else(|| time_zone(name), Ok).map(Some).map_err(|reason| {
            let mut problems = Vec::new();
            Pen { problems: &mut problems, about: None, path: String::new() }.slip(place, "zone", &reason);
            problems.pop().unwrap_or_else(|| Problem::new(super::Severity::Error, place, &reason))
        })
    }

    pub fn clipboard(&self) -> Choice {
        match self.basics.known("clipboard") {
            Some(Known::Texts(argv)) => Choice::Command(argv.clone()),
            Some(Known::Text(text)) => match text.as_str() {
                "osc52" => Choice::Osc52,
                "tmux" => Choice::Tmux,
                "native" => Choice::Native,
                "none" => Choice::None,
                _ => Choice::Auto,
            },
            _ => Choice::Auto,
        }
    }

    pub fn copy_on_create(&self) -> CopyOnCreate {
        match self.basics.text("copy_on_create") {
            Some("guest") => CopyOnCreate::Guest,
            Some("message") => CopyOnCreate::Message,
            _ => CopyOnCreate::Off,
        }
    }

    /// `auto`, `dark`, `light` or `mono`.
    pub fn theme(&self) -> &str {
        self.basics.text("theme").unwrap_or("auto")
    }

    /// Whether things may move on the screen.
    pub fn motion(&self) -> bool {
        self.basics.switch("motion").unwrap_or(true)
    }

    /// Whether nothing but ASCII is drawn.
    pub fn ascii(&self) -> bool {
        self.basics.switch("ascii").unwrap_or(false)
    }

    /// Whether clicks and the wheel come to the console; otherwise the terminal keeps them.
    pub fn mouse(&self) -> bool {
        self.basics.switch("mouse").unwrap_or(true)
    }

    pub fn hyperlinks(&self) -> bool {
        self.basics.switch("hyperlinks").unwrap_or(false)
    }

    pub fn ticket_pattern(&self) -> Option<&str> {
        self.basics.text("ticket_pattern")
    }

    /// Paths of further files, as written.
    pub fn include(&self) -> &[String] {
        self.basics.texts("include").unwrap_or_default()
    }

    /// A file of further certificates to trust; a profile's own stands above it.
    pub fn ca_file(&self) -> Option<&str> {
        self.basics.text("ca_file")
    }

    /// Every `ca_file` that cannot be used: `fault` gets the file each stands in and how it is written, and says why.
    pub fn ca_file_problems(&self, fault: &dyn Fn(&str, &str) -> Option<String>) -> Vec<Problem> {
        let look = |sheet: &Sheet, mut pen: Pen<'_>| {
            let (Some(written), Some(place)) = (sheet.text("ca_file"), sheet.place("ca_file")) else {
                return;
            };
            if let Some(why) = fault(&place.file, written) {
                pen.bad(place, "ca_file", why);
            }
        };
        let (mut top, mut theirs) = (Vec::new(), Vec::new());
        look(&self.basics, Pen { problems: &mut top, about: None, path: String::new() });
        for notes in &self.profiles {
            look(&notes.sheet, notes.pen(&mut theirs));
        }
        top.append(&mut theirs);
        top
    }

    pub fn store(&self) -> Store {
        match self.history.text("store") {
            Some("guest") => Store::Guest,
            Some("off") => Store::Off,
            _ => Store::All,
        }
    }

    /// Days an entry is kept.
    pub fn keep_days(&self) -> i64 {
        self.history.whole("keep_days").unwrap_or(90)
    }
}

/// A zone by its name, or why not.
pub(crate) fn time_zone(name: &str) -> Result<TimeZone, String> {
    TimeZone::get(name).map_err(|_| {
        let all: Vec<String> = jiff::tz::db().available().map(|zone| zone.to_string()).collect();
        let near = did_you_mean(name, all.iter().map(String::as_str));
        format!("not the name of a time zone, like Europe/Berlin{near}")
    })
}
