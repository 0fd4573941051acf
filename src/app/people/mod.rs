//! Many people at once: a list is pasted, read into a table, checked whole, and then becomes one link per person, or
//! one room per line. The batch lives in the model, not in its page, so it goes on behind the list. `batch` says who
//! is next, `run` sends, `reins` hold it; `first` is the meeting some rows share. `begin` opens the page, `keys` are its keys, `table` and `papers` what they do, `out` what is taken
//! away from it.

pub mod batch;
mod begin;
mod first;
mod keys;
pub mod out;
mod papers;
mod reins;
mod run;
mod table;

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

use crate::config::Context;
use crate::domain::page::{Operation, Page};
use crate::domain::roster::{self, Person};
use crate::provider::compose::{Raw, Start, compose};
use crate::provider::generate::{Pieces, filled};
pub use crate::provider::people::Each;
use crate::provider::people::{
    each, has_address, has_roles, is_field, of_meeting, room, shared_room, values,
};
use crate::provider::settings::Settings;
use crate::provider::validate;

use super::message::JobId;
use super::model::Model;
use super::said::Said;
use super::text_input::TextInput;

use batch::Batch;
use first::First;

pub use begin::{anew, open};
pub use keys::{go, key, paste, step};
pub use papers::{BLOCK, export, exported, loaded};
pub use reins::again;
pub use run::{done, go_on, tick, unfinished, wakes};

/// One row of the table.
#[derive(Clone, PartialEq)]
pub struct Line {
    pub person: Person,
    /// What the operation says against it.
    pub wrong: Option<String>,
    /// What is sent for it; may hold a secret of the form.
    raw: Raw,
    /// The row of the list it became last.
    pub job: Option<JobId>,
    /// The entry of an attempt that was refused for too many calls; the next attempt is at the same one.
    refused: Option<String>,
}

impl Line {
    fn new(person: Person) -> Line {
        Line { person, wrong: None, raw: Raw::new(), job: None, refused: None }
    }

    pub fn problem(&self) -> Option<&str> {
        self.person.problem.as_deref().or(self.wrong.as_deref())
    }
}

/// A path is being typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    /// Of a list to read, else of a file to write.
    pub load: bool,
    pub typed: TextInput,
    pub wrong: Option<String>,
}

#[derive(Clone)]
pub struct People {
    pub profile: String,
    pub page: Arc<Page>,
    /// The operation each row performs.
    pub operation: String,
    settings: Settings,
    link_hosts: Vec<String>,
    prefix: String,
    width: usize,
    /// Defaults of the profile, the preset, what was typed into the form; later ones win.
    layers: [Raw; 3],
    /// The room everybody's link leads into, named once for all: the field and its value.
    room: Raw,
    title: String,
    ticket: String,
    first: Option<First>,
    /// The operation and the layers it was opened with; a new list begins with them.
    origin: (String, [Raw; 3]),
    pub text: TextInput,
    /// The table is shown, else the text.
    pub table: bool,
    pub lines: Vec<Line>,
    /// The line under the cursor.
    pub at: usize,
    pub batch: Option<Batch>,
    pub begun: Option<Timestamp>,
    /// The page was closed when the batch was over.
    left: bool,
    pub asking: Option<Asking>,
}

impl fmt::Debug for People {
    /// What was typed may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "People({}, {} lines)", self.operation, self.lines.len())
    }
}

impl People {
    pub fn spec(&self) -> Option<&Operation> {
        self.page.operation(&self.operation)
    }

    /// What one line becomes.
    pub fn each(&self) -> Each {
        self.spec().map_or(Each::Room, each)
    }

    /// Something of it is being sent, or will be by itself.
    fn is_under_way(&self) -> bool {
        let Some(batch) = &self.batch else { return false };
        match &self.first {
            // A meeting that was refused lets nothing go on by itself.
            Some(first) if !first.made => first.job.is_some(),
            _ => !batch.is_over(),
        }
    }

    /// Rows of the batch that have not become a link.
    fn without_link(&self) -> usize {
        self.batch.as_ref().map_or(0, |batch| self.lines.len().saturating_sub(batch.counts().made))
    }

    /// A line's address means something to the operation.
    pub fn has_address(&self) -> bool {
        self.spec().is_some_and(has_address)
    }

    /// A line's role means something to the operation.
    pub fn has_roles(&self) -> bool {
        self.spec().is_some_and(has_roles)
    }

    /// A meeting is made first.
    pub fn has_meeting(&self) -> bool {
        self.first.is_some()
    }

    pub fn context(&self) -> Context {
        match (&self.asking, self.table) {
            (Some(_), _) => Context::Picker,
            (None, false) => Context::Roster,
            (None, true) => Context::People,
        }
    }

    /// The rooms that the rows lead into, where each is a person's link; none where no row names one.
    pub fn rooms(&self) -> Vec<&str> {
        let Some(field) = self.spec().and_then(shared_room).filter(|_| !self.has_meeting()) else {
            return Vec::new();
        };
        let named = self.lines.iter().flat_map(|line| line.raw.iter().filter(|(name, _)| name == field));
        let mut rooms: Vec<&str> = Vec::new();
        for (_, room) in named {
            if !rooms.contains(&room.as_str()) {
                rooms.push(room);
            }
        }
        rooms
    }

    /// Lines that cannot be sent as they are.
    pub fn bad(&self) -> usize {
        self.lines.iter().filter(|line| line.problem().is_some()).count()
    }

    fn first_bad(&self) -> Option<usize> {
        self.lines.iter().position(|line| line.problem().is_some())
    }

    fn line_of(&self, job: JobId) -> Option<usize> {
        self.lines.iter().rposition(|line| line.job == Some(job))
    }
}

/// Everything that holds for a row: the layers of the form and, above them, what the row says.
fn raw_of(model: &mut Model, people: &People, spec: &Operation, row: &Raw) -> Raw {
    let (prefix, ticket) = (people.prefix.clone(), people.ticket.clone());
    let mut pieces = || Pieces { ticket: ticket.clone(), ..model.pieces(&prefix) };
    let [defaults, preset, typed] = &people.layers;
    let (defaults, preset) = (filled(spec, defaults, &mut pieces), filled(spec, preset, &mut pieces));
    compose(spec, Start::Quick, &[&defaults, &preset, typed, row], &mut pieces)
}

/// Reads the text into the table; says what is wrong with it as a whole.
fn read(model: &mut Model) {
    let Some(mut people) = model.people.take() else { return };
    let page = people.page.clone();
    let Some(rows) = page.operation(&people.operation) else { return };
    let meeting = people.first.as_ref().and_then(|first| page.operation(&first.operation));
    match roster::read(people.text.text(), false, &|word| is_field(word, rows, meeting)) {
        Err(why) => model.say(Said::warn(why)),
        Ok(found) if found.is_empty() => model.say(Said::plain("There is nobody in the list yet")),
        Ok(mut found) => {
            if let Some(first) = &mut people.first {
                let shared: Vec<&str> = first.shared.iter().map(String::as_str).collect();
                first.said = of_meeting(rows, &shared, &mut found);
            }
            people.lines = found.into_iter().map(Line::new).collect();
            people.table = true;
            check(model, &mut people);
            people.at = people.first_bad().unwrap_or(0);
        }
    }
    model.people = Some(people);
}

/// Checks every row, before the first one is sent.
fn check(model: &mut Model, people: &mut People) {
    let mut rooms: HashMap<String, usize> = HashMap::new();
    for index in 0..people.lines.len() {
        let Some(room) = check_line(model, people, index) else { continue };
        let line = &mut people.lines[index];
        match rooms.get(&room) {
            Some(first) => line.wrong = Some(format!("the same room as line {first}")),
            None => drop(rooms.insert(room, line.person.line)),
        }
    }
}

/// Checks one row by itself; the name of the room it would make, which no other may have.
fn check_line(model: &mut Model, people: &mut People, index: usize) -> Option<String> {
    let page = people.page.clone();
    let spec = page.operation(&people.operation)?;
    let (raw, wrong, room) = match values(spec, &people.lines.get(index)?.person) {
        Err(why) => (Raw::new(), Some(why), None),
        Ok(row) => {
            let shared = people.first.iter().flat_map(First::for_links).collect::<Raw>();
            let said = |name: &str| row.iter().any(|(known, _)| known == name);
            let into = people.room.iter().filter(|(name, _)| !said(name)).cloned().collect::<Raw>();
            let raw = raw_of(model, people, spec, &[shared, into, row.clone()].concat());
            let context = validate::Context { now: model.now, zone: &model.zone, settings: &people.settings };
            let checked = validate::validate(spec, &raw, &context);
            let wrong = checked.first_error().map(|problem| problem.text.clone());
            (raw, wrong, room(&page, spec, &row).map(str::to_owned))
        }
    };
    let line = people.lines.get_mut(index)?;
    (line.raw, line.wrong) = (raw, wrong);
    room
}
