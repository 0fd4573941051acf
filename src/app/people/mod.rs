//! Many people at once: a list is pasted, read into a table, checked whole, and then becomes one link per person, or
//! one room per line. The batch lives in the model, not in its page, so it goes on behind the list. `batch` says who
//! is next, `run` sends, `reins` hold it. `keys` is the page, `table` and `papers` what its keys do, `out` what is taken
//! away from it.

pub mod batch;
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
use crate::provider::people::{each, is_field, of_meeting, signed_by, values};
use crate::provider::settings::Settings;
use crate::provider::validate;

use super::create;
use super::form_page;
use super::layer::Layer;
use super::message::JobId;
use super::model::Model;
use super::said::Said;
use super::text_input::TextInput;

use batch::Batch;

pub use keys::{go, key, paste, step};
pub use papers::{BLOCK, export, exported, loaded};
pub use reins::again;
pub use run::{done, go_on, is_recalled, tick, unfinished, wakes};

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

/// A meeting that must be there before links to it can be signed.
#[derive(Clone)]
struct First {
    operation: String,
    raw: Raw,
    /// Fields of it that its links take over.
    shared: Vec<String>,
    /// What the list says of it.
    said: Raw,
    job: Option<JobId>,
    made: bool,
}

impl First {
    /// What the list says of it, as its links take it over.
    fn for_links(&self) -> impl Iterator<Item = (String, String)> {
        self.said.iter().filter(|(name, _)| self.shared.contains(name)).cloned()
    }

    /// Everything that holds for it.
    fn all(&self) -> Raw {
        let kept = self.raw.iter().filter(|(name, _)| !self.said.iter().any(|(said, _)| said == name));
        kept.chain(&self.said).cloned().collect()
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
    title: String,
    ticket: String,
    first: Option<First>,
    pub text: TextInput,
    /// The table is shown, else the text.
    pub table: bool,
    pub lines: Vec<Line>,
    /// The line under the cursor.
    pub at: usize,
    pub batch: Option<Batch>,
    pub begun: Option<Timestamp>,
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

    /// Lines that cannot be sent as they are.
    pub fn bad(&self) -> usize {
        self.lines.iter().filter(|line| line.problem().is_some()).count()
    }

    fn line_of(&self, job: JobId) -> Option<usize> {
        self.lines.iter().rposition(|line| line.job == Some(job))
    }
}

/// Opens the page: on the batch there is, else on an empty list for the form or the profile.
pub fn open(model: &mut Model) {
    let over = model.people.as_ref().is_none_or(|people| people.batch.is_none());
    let asked = model.has_form();
    if over && !(asked && fresh(model)) && model.people.is_none() {
        fresh_without_form(model);
    }
    if model.people.is_some() {
        model.open(Layer::People);
    }
}

/// A list for the operation of the open form, with what is filled in there. A text typed before stays.
fn fresh(model: &mut Model) -> bool {
    let (Some(form), _) = form_page::world(model) else { return false };
    let (profile, operation) = (form.profile().clone(), form.operation().to_owned());
    let preset = form.loaded_values().to_vec();
    let (typed, title, ticket) =
        (form.typed_values(), form.title().text().to_owned(), form.ticket().text().to_owned());
    let layers = [profile.defaults.clone(), preset, typed];
    let width = model.book.position(&profile.name).map(|index| model.book.profiles[index].concurrency());
    let text = model.people.take().map(|people| people.text).unwrap_or(TextInput::lines(""));
    let people = People {
        profile: profile.name.clone(),
        page: profile.page.clone(),
        operation,
        settings: profile.settings.clone(),
        link_hosts: profile.link_hosts.clone(),
        prefix: profile.prefix.clone(),
        width: width.unwrap_or(1),
        layers,
        title,
        ticket,
        first: None,
        text,
        table: false,
        lines: Vec::new(),
        at: 0,
        batch: None,
        begun: None,
        asking: None,
    };
    install(model, people);
    true
}

/// The same without a form: what quick creation would use.
fn fresh_without_form(model: &mut Model) {
    let Some(ground) = create::here(model) else { return };
    let preset = ground.profile.preset.as_ref().map(|preset| preset.values.clone()).unwrap_or_default();
    let people = People {
        profile: ground.profile.name.clone(),
        page: ground.page.clone(),
        operation: ground.operation.clone(),
        settings: ground.profile.settings(&ground.page),
        link_hosts: ground.profile.link_hosts.clone(),
        prefix: ground.profile.prefix.clone(),
        width: ground.profile.concurrency(),
        layers: [ground.profile.defaults.clone(), preset, Raw::new()],
        title: String::new(),
        ticket: String::new(),
        first: None,
        text: TextInput::lines(""),
        table: false,
        lines: Vec::new(),
        at: 0,
        batch: None,
        begun: None,
        asking: None,
    };
    install(model, people);
}

/// Where the operation makes a meeting that another signs links to, the rows perform that other one.
fn install(model: &mut Model, mut people: People) {
    let page = people.page.clone();
    let signed = page.operation(&people.operation).and_then(|spec| Some((spec, signed_by(&page, spec)?)));
    if let Some((spec, (signs, shared))) = signed {
        let raw = raw_of(model, &people, spec, &Raw::new());
        let kept = raw.iter().filter(|(name, _)| shared.contains(&name.as_str())).cloned().collect();
        let operation = std::mem::replace(&mut people.operation, signs.to_owned());
        let shared = shared.into_iter().map(str::to_owned).collect();
        people.first = Some(First { operation, raw, shared, said: Raw::new(), job: None, made: false });
        people.layers = [people.layers[0].clone(), Raw::new(), kept];
    }
    model.people = Some(Box::new(people));
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
            people.at = 0;
            people.table = true;
            check(model, &mut people);
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
            let raw = raw_of(model, people, spec, &[shared, row.clone()].concat());
            let context = validate::Context { now: model.now, zone: &model.zone, settings: &people.settings };
            let checked = validate::validate(spec, &raw, &context);
            let wrong = checked.first_error().map(|problem| problem.text.clone());
            let room = row.into_iter().next().filter(|_| people.each() == Each::Room);
            (raw, wrong, room.map(|(_, name)| name))
        }
    };
    let line = people.lines.get_mut(index)?;
    (line.raw, line.wrong) = (raw, wrong);
    room
}
