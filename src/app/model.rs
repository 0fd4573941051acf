//! Everything the console knows. It is changed by `update` alone and drawn by `crate::ui`; the present, chance and the
//! zone are handed in, so that the same keys always give the same screen.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::config::{Context, Keymap};
use crate::domain::finding::Asking;
use crate::provider::generate::Pieces;

use super::action::Action;
use super::book::{Book, Profile};
use super::drafts::Drafts;
use super::keys::Keys;
use super::layer::Layer;
use super::layout::Layout;
use super::marks::{self, Marks};
use super::message::JobId;
use super::messages::Texts;
use super::people::People;
use super::requests::Requests;
use super::row::{Arm, Row};
use super::rows::Rows;
use super::said::Said;
use super::text_input::TextInput;
use super::view::States;
use super::want::Want;

/// Number of the first job of a run; what was there before it gets lower ones.
const FIRST_JOB: JobId = 1 << 32;

/// Where ids and random names come from.
pub struct Chance {
    /// Ten characters of a–z0–9.
    pub rand: Box<dyn FnMut() -> String>,
    /// The id of a new entry.
    pub id: Box<dyn FnMut() -> String>,
}

/// What a console starts from.
pub struct Start {
    pub book: Book,
    /// Index of the profile to begin with.
    pub current: usize,
    /// It runs on the sandbox: everything says so.
    pub demo: bool,
    /// A standing notice under the tabs: trouble with the configuration.
    pub banner: Option<String>,
    pub now: Timestamp,
    pub zone: TimeZone,
    /// Who signs: `{agent}`.
    pub agent: String,
    pub size: (u16, u16),
    pub keymap: Keymap,
    pub colours: bool,
    pub chance: Chance,
    pub texts: Texts,
    /// What every creation copies by itself.
    pub copy_on_create: Option<Arm>,
    /// Addresses in the details are hyperlinks, for terminals that can follow them.
    pub hyperlinks: bool,
}

pub struct Model {
    pub book: Book,
    pub current: usize,
    pub demo: bool,
    pub banner: Option<String>,
    /// Why nothing is saved at present; it stands above the other notice.
    pub storage: Option<String>,
    /// Whether entries are kept beyond this run; the runtime says so.
    pub remembers: bool,
    /// The configuration on the disk is another by now.
    pub stale: bool,
    /// The proxy that calls go through, by its host; the runtime says so.
    pub proxy: Option<String>,
    /// The way copies take, as the header names it; the runtime says so.
    pub copies_by: String,
    /// Set by the runtime before each update.
    pub now: Timestamp,
    pub zone: TimeZone,
    pub agent: String,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    pub rows: Rows,
    pub filter: TextInput,
    pub requests: Requests,
    pub layers: Vec<Layer>,
    pub said: Option<Said>,
    /// What is being deleted together.
    pub going: Vec<JobId>,
    /// The row that was selected when it was said.
    said_on: Option<JobId>,
    /// The row whose secrets are shown, and until when.
    pub reveal: Option<(JobId, Timestamp)>,
    pub keys: Keys,
    pub colours: bool,
    pub texts: Texts,
    pub copy_on_create: Option<Arm>,
    pub hyperlinks: bool,
    /// Rows the user has marked.
    pub marks: Marks,
    pub(super) chance: Chance,
    pub(super) next_job: JobId,
    /// The lowest number of a row.
    pub(super) first_job: JobId,
    pub(super) last_close: Option<Timestamp>,
    pub(super) drafts: Drafts,
    /// The next reading of the configuration is our own doing.
    pub(super) quiet_reload: bool,
    /// Many people at once, shown or not.
    pub people: Option<Box<People>>,
    /// When Enter last sent a form or took an answer: pressed too often, it must not reach the list.
    pub(super) settling: Option<Timestamp>,
    /// The mouse is ours; `false` leaves it to the terminal.
    pub mouse: bool,
    /// When a click last did something: the second half of a double click must not do more.
    pub(super) clicked: Option<Timestamp>,
    /// The row something was copied from last, and what.
    pub(super) clipboard: Option<(JobId, String)>,
    /// What was sent to the clipboard last, whatever became of it.
    pub(super) latest: Option<(JobId, Want)>,
    /// Rows whose armed copy is on its way.
    pub(super) arriving: Vec<JobId>,
}

impl Model {
    pub fn new(start: Start) -> Model {
        let current = start.current.min(start.book.profiles.len().saturating_sub(1));
        Model {
            book: start.book,
            current,
            demo: start.demo,
            banner: start.banner,
            storage: None,
            remembers: false,
            stale: false,
            proxy: None,
            copies_by: String::new(),
            now: start.now,
            zone: start.zone,
            agent: start.agent,
            size: start.size,
            rows: Rows::default(),
            filter: TextInput::default(),
            requests: Requests::default(),
            layers: Vec::new(),
            said: None,
            said_on: None,
            going: Vec::new(),
            reveal: None,
            keys: Keys::new(&start.keymap),
            colours: start.colours,
            texts: start.texts,
            copy_on_create: start.copy_on_create,
            hyperlinks: start.hyperlinks,
            marks: Marks::default(),
            chance: start.chance,
            next_job: FIRST_JOB,
            first_job: FIRST_JOB,
            last_close: None,
            drafts: Drafts::default(),
            quiet_reload: false,
            people: None,
            settling: None,
            mouse: true,
            clicked: None,
            clipboard: None,
            latest: None,
            arriving: Vec::new(),
        }
    }

    /// The notice that stands at present.
    pub fn notice(&self) -> Option<&str> {
        let stale = self.stale.then_some("config changed on disk · :reload");
        self.storage.as_deref().or(stale).or(self.banner.as_deref())
    }

    /// One more standing notice, before those that stand already.
    pub fn note(&mut self, text: String) {
        self.banner = Some(match self.banner.take() {
            Some(earlier) if earlier != text => format!("{text} · {earlier}"),
            _ => text,
        });
    }

    pub fn profile(&self) -> Option<&Profile> {
        self.book.profiles.get(self.current)
    }

    pub fn choose_profile(&mut self, index: usize) {
        if self.book.ready(index).is_some() {
            self.current = index;
        }
    }

    pub fn open(&mut self, layer: Layer) {
        self.layers.push(layer);
    }

    pub fn close(&mut self) {
        self.layers.pop();
    }

    /// Why there is no entry under the keys.
    pub fn nothing_here(&self) -> Said {
        match self.rows.total() {
            0 => Said::plain("There is no entry yet").hint(Action::Quick, "creates a link"),
            _ => Said::plain("No entry is shown: Esc shows all"),
        }
    }

    /// Whether the keys that were named with what was said last still lead where they did: those that act on the
    /// selected entry do only while it is the same one.
    pub fn leads_on(&self, action: Action) -> bool {
        let same = self.rows.selected().map(|row| row.job) == self.said_on;
        // Where text is typed a letter is one.
        !action.is_of_entry() || !self.context().takes_text() && (same || marks::count(self) > 0)
    }

    pub fn say(&mut self, said: Said) {
        self.said_on = self.rows.selected().map(|row| row.job);
        self.said = Some(said);
    }

    /// Whose keys hold.
    pub fn context(&self) -> Context {
        match (self.layers.last(), &self.people) {
            (Some(Layer::People), Some(people)) => people.context(),
            (Some(layer), _) => layer.context(),
            (None, _) => Context::List,
        }
    }

    pub fn layout(&self) -> Layout {
        Layout::of(self.size, self.has_form())
    }

    /// Whether clicks are asked for at present: a text shown alone is there to be selected by hand.
    pub fn wants_mouse(&self) -> bool {
        self.mouse && !matches!(self.layers.last(), Some(Layer::Poster(_)))
    }

    /// A form is what is seen, if under a question; other pages over it have a foot of their own.
    pub fn has_form(&self) -> bool {
        let over = |layer: &&Layer| !matches!(layer, Layer::Dialog(_) | Layer::Menu(_));
        self.layers.iter().rev().find(over).is_some_and(|layer| matches!(layer, Layer::Form(_)))
    }

    /// Leaves no row out of the list any more.
    pub fn show_all(&mut self) {
        self.filter = TextInput::default();
        self.rows.set_filter("");
        self.rows.set_states(States::All);
    }

    /// Whether the secrets of this row may be seen now.
    pub fn reveals(&self, job: JobId) -> bool {
        self.reveal.is_some_and(|(shown, until)| shown == job && self.now < until)
    }

    /// Calls under way.
    pub fn running(&self) -> usize {
        self.rows.count(crate::domain::entry::State::Creating)
    }

    /// Rooms whose missing parts are being asked for once more.
    pub fn completing(&self) -> usize {
        self.rows.iter().filter(|row| row.completing).count()
    }

    /// Rows that something is being asked about, deletions among them.
    pub fn asking(&self) -> usize {
        self.rows.iter().filter(|row| row.asking.is_some()).count()
    }

    /// Rows that are being deleted at their provider.
    pub fn deleting(&self) -> usize {
        self.rows.iter().filter(|row| row.asking == Some(Asking::Delete)).count()
    }

    /// Adds an entry that is already known, as the newest row, and selects it.
    pub fn add(&mut self, entry: crate::domain::entry::Entry) -> JobId {
        let job = self.new_job();
        self.rows.push(Row::done(job, entry, self.now), self.now);
        self.rows.select(job);
        job
    }

    pub(super) fn new_job(&mut self) -> JobId {
        self.next_job += 1;
        self.next_job - 1
    }

    /// Fresh material for generated values.
    pub(super) fn pieces(&mut self, prefix: &str) -> Pieces {
        Pieces {
            now: self.now.to_zoned(self.zone.clone()),
            rand: (self.chance.rand)(),
            prefix: prefix.to_owned(),
            ticket: String::new(),
            agent: self.agent.clone(),
        }
    }
}
