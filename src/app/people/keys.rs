//! The page of the people: the text a list is pasted into, the table it becomes, and the paths of files.

use crate::app::action::Action;
use crate::app::dialog::{Dialog, Then};
use crate::app::effect::{Copy, Effect};
use crate::app::form::FormAction;
use crate::app::keys::Context;
use crate::app::layer::Layer;
use crate::app::model::Model;
use crate::app::said::Said;
use crate::app::text_input::{Edit, TextInput};
use crate::app::text_keys;
use crate::app::want::Want;
use crate::domain::clipboard::Care;
use crate::domain::key::{Key, KeyCode};
use crate::domain::roster::Role;
use crate::error::Error;

use super::out::{self, Format};
use super::{Asking, People, go_on, read, run};

/// Lines a page key moves over, and the most bytes a list has.
const PAGE: usize = 10;
const BYTES: usize = 1 << 20;

pub fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    model.said = None;
    let context = model.context();
    let action = model.keys.lookup(context, key).map(|(action, _)| action);
    let Some(people) = model.people.as_mut() else { return Vec::new() };
    match (&mut people.asking, people.table) {
        (Some(asking), _) => match action {
            Some(Action::Pick) => return asked(model),
            Some(Action::ClosePicker) => people.asking = None,
            _ => {
                if text_keys::typed(&mut asking.typed, &model.keys, key) {
                    asking.wrong = None;
                }
            }
        },
        (None, false) => return in_text(model, key, action),
        (None, true) => return in_table(model, action),
    }
    Vec::new()
}

fn in_text(model: &mut Model, key: Key, action: Option<Action>) -> Vec<Effect> {
    match action {
        Some(Action::ReadPeople) => read(model),
        Some(Action::LoadPeople) => ask(model, true),
        Some(Action::CloseRoster) => model.close(),
        _ => {
            let edit = model
                .keys
                .lookup(Context::Text, key)
                .and_then(|(action, _)| FormAction::from_id(action.id()));
            let Some(people) = model.people.as_mut() else { return Vec::new() };
            match (edit, key.code) {
                (Some(FormAction::Text(edit)), _) => drop(people.text.edit(edit)),
                (_, KeyCode::Char(c)) if !key.ctrl && !key.alt => {
                    people.text.insert(c.encode_utf8(&mut [0; 4]));
                }
                (_, KeyCode::Enter) => people.text.insert("\n"),
                (_, code) => {
                    if let Some(edit) = plain_edit(code) {
                        people.text.edit(edit);
                    }
                }
            }
        }
    }
    Vec::new()
}

fn plain_edit(code: KeyCode) -> Option<Edit> {
    Some(match code {
        KeyCode::Backspace => Edit::Backspace,
        KeyCode::Delete => Edit::Delete,
        KeyCode::Left => Edit::Left,
        KeyCode::Right => Edit::Right,
        KeyCode::Up => Edit::Up,
        KeyCode::Down => Edit::Down,
        _ => return None,
    })
}

fn in_table(model: &mut Model, action: Option<Action>) -> Vec<Effect> {
    let Some(people) = model.people.as_mut() else { return Vec::new() };
    let last = people.lines.len().saturating_sub(1);
    match action {
        Some(Action::NextPerson) => people.at = (people.at + 1).min(last),
        Some(Action::PreviousPerson) => people.at = people.at.saturating_sub(1),
        Some(Action::PageOfPeopleDown) => people.at = (people.at + PAGE).min(last),
        Some(Action::PageOfPeopleUp) => people.at = people.at.saturating_sub(PAGE),
        Some(Action::ClosePeople) => model.close(),
        Some(Action::StartPeople) => return go_on(model),
        Some(Action::ToggleRole) => toggle_role(model),
        Some(Action::RemovePerson) => remove(model),
        Some(Action::EditPeople) => edit(model),
        Some(Action::PausePeople) => return pause(model),
        Some(Action::StopPeople) => return stop(model),
        Some(Action::RetryPeople) => return retry(model, false),
        Some(Action::RetryMaybe) => return retry(model, true),
        Some(Action::CopyPeople) => return copy(model),
        Some(Action::ExportPeople) => ask(model, false),
        _ => {}
    }
    Vec::new()
}

/// What is typed under way would come too late.
fn begun(model: &mut Model) -> bool {
    let begun = model.people.as_ref().is_some_and(|people| people.batch.is_some());
    if begun {
        model.say(Said::plain("The batch has begun: the list stays as it is"));
    }
    begun
}

fn toggle_role(model: &mut Model) {
    if begun(model) {
        return;
    }
    let Some(mut people) = model.people.take() else { return };
    let at = people.at;
    if let Some(line) = people.lines.get_mut(at) {
        let role = &mut line.person.role;
        *role = match role {
            Some(Role::Host) => Some(Role::Guest),
            Some(Role::Guest) => None,
            None => Some(Role::Host),
        };
    }
    super::check(model, &mut people);
    model.people = Some(people);
}

fn remove(model: &mut Model) {
    if begun(model) {
        return;
    }
    let Some(mut people) = model.people.take() else { return };
    if people.at < people.lines.len() {
        people.lines.remove(people.at);
        people.at = people.at.min(people.lines.len().saturating_sub(1));
        super::check(model, &mut people);
    }
    model.people = Some(people);
}

/// Back to the text; after a batch is over, to a new list.
fn edit(model: &mut Model) {
    let Some(people) = model.people.as_mut() else { return };
    match &people.batch {
        Some(batch) if !batch.is_over() => {
            model.say(Said::plain("The batch is under way: stop it first"));
        }
        Some(_) => {
            people.batch = None;
            people.lines.clear();
            people.text.replace("");
            people.table = false;
        }
        None => people.table = false,
    }
}

fn pause(model: &mut Model) -> Vec<Effect> {
    let Some(batch) = model.people.as_mut().and_then(|people| people.batch.as_mut()) else {
        return Vec::new();
    };
    batch.paused = !batch.paused;
    let paused = batch.paused;
    if !paused {
        model.say(Said::plain("Going on"));
        return run::tick(model);
    }
    model.say(Said::plain("Paused").aside("what is under way comes to its end"));
    taken_back(model)
}

fn stop(model: &mut Model) -> Vec<Effect> {
    let Some(batch) = model.people.as_mut().and_then(|people| people.batch.as_mut()) else {
        return Vec::new();
    };
    batch.halted = true;
    let left = batch.counts();
    let aside = format!("{} under way come to their end, {} are not sent", left.running, left.waiting);
    model.say(Said::plain("Stopped").aside(aside).hint(Action::RetryPeople, "goes on"));
    taken_back(model)
}

fn taken_back(model: &mut Model) -> Vec<Effect> {
    let Some(people) = model.people.take() else { return Vec::new() };
    let effects = run::recall(model, &people);
    model.people = Some(people);
    effects
}

/// Once more what failed; what may exist only after a question.
fn retry(model: &mut Model, maybe: bool) -> Vec<Effect> {
    let Some(batch) = model.people.as_mut().and_then(|people| people.batch.as_mut()) else {
        return Vec::new();
    };
    let unsure = batch.counts().maybe;
    if maybe && unsure > 0 {
        let lines = vec![
            match unsure {
                1 => "1 row may exist already.".to_owned(),
                n => format!("{n} rows may exist already."),
            },
            "Send them again all the same?".into(),
        ];
        let dialog = Dialog::new("Once more", lines, "Cancel", "Send them again", Then::RetryMaybe);
        model.open(Layer::Dialog(Box::new(dialog)));
        return Vec::new();
    }
    again(model, false)
}

/// Lets rows wait again, and sends them.
pub fn again(model: &mut Model, maybe: bool) -> Vec<Effect> {
    let Some(batch) = model.people.as_mut().and_then(|people| people.batch.as_mut()) else {
        return Vec::new();
    };
    let rows = batch.retry(maybe);
    let waiting = batch.counts().waiting;
    let said = match (rows, waiting) {
        (0, 0) => Said::plain("There is nothing to send again"),
        (_, 1) => Said::plain("Sending 1 row"),
        (_, n) => Said::plain(format!("Sending {n} rows")),
    };
    model.say(said);
    go_on(model)
}

/// The rows and their entries.
fn outcomes<'a>(model: &'a Model, people: &'a People) -> Vec<out::Outcome<'a>> {
    let entry = |line: &super::Line| line.job.and_then(|job| model.rows.get(job)).and_then(|row| row.entry());
    people.lines.iter().map(|line| (&line.person, entry(line))).collect()
}

fn copy(model: &mut Model) -> Vec<Effect> {
    let Some(people) = &model.people else { return Vec::new() };
    let (text, count, hosts) = out::block(&outcomes(model, people));
    let job = people.lines.iter().find_map(|line| line.job).unwrap_or_default();
    let left_out = match hosts {
        0 => String::new(),
        1 => "; one host link is left out".to_owned(),
        n => format!("; {n} host links are left out"),
    };
    if count == 0 {
        model.say(Said::plain(format!("There is no link to copy yet{left_out}")));
        return Vec::new();
    }
    let what = match count {
        1 => format!("{BLOCK}1 person{left_out}"),
        n => format!("{BLOCK}{n} people{left_out}"),
    };
    let copy = Copy { job, want: Want::Guest, what, text, care: Care::Plain, by_terminal: false };
    vec![Effect::Copy(Box::new(copy))]
}

/// What a copied block is called, before the number of people.
pub const BLOCK: &str = "the links of ";

fn ask(model: &mut Model, load: bool) {
    let Some(people) = model.people.as_mut() else { return };
    let typed = TextInput::line(if load { "" } else { "people.csv" });
    people.asking = Some(Asking { load, typed, wrong: None });
}

/// A path has been typed.
fn asked(model: &mut Model) -> Vec<Effect> {
    let Some(people) = model.people.as_mut() else { return Vec::new() };
    let Some(asking) = &mut people.asking else { return Vec::new() };
    let path = asking.typed.text().trim().to_owned();
    if path.is_empty() {
        asking.wrong = Some("a path is needed".into());
        return Vec::new();
    }
    if asking.load {
        people.asking = None;
        return vec![Effect::Load(path)];
    }
    if Format::of(&path).is_none() {
        asking.wrong = Some("the name must end in .csv, .md or .json".into());
        return Vec::new();
    }
    people.asking = None;
    export(model, path, false)
}

/// Writes the batch into a file; `over` one that is there.
pub fn export(model: &mut Model, path: String, over: bool) -> Vec<Effect> {
    let (Some(people), Some(format)) = (&model.people, Format::of(&path)) else { return Vec::new() };
    let text = out::export(&outcomes(model, people), format, model.now);
    vec![Effect::Export { path, text, over }]
}

/// What became of a file that was to be written: the error, or whether something of that name is there.
pub fn exported(model: &mut Model, path: String, result: Result<bool, Error>) {
    match result {
        Ok(false) => {
            model.say(
                Said::good(format!("Written to {path}")).aside("for you alone to read; without host links"),
            );
        }
        Ok(true) => {
            let lines = vec![format!("There is a file {path} already."), "Write over it?".into()];
            let dialog = Dialog::new("Export", lines, "Cancel", "Write over it", Then::Export(path));
            model.open(Layer::Dialog(Box::new(dialog)));
        }
        Err(error) => model.say(Said::error(&error)),
    }
}

/// A list was read from a file.
pub fn loaded(model: &mut Model, result: Result<String, Error>) {
    let Some(people) = model.people.as_mut().filter(|people| !people.table) else { return };
    match result {
        Ok(text) => {
            people
                .text
                .replace(text.strip_prefix('\u{FEFF}').unwrap_or(&text).replace("\r\n", "\n").trim_end());
            read(model);
        }
        Err(error) => model.say(Said::error(&error)),
    }
}

pub fn paste(model: &mut Model, text: &str) {
    let Some(people) = model.people.as_mut() else { return };
    if let Some(asking) = &mut people.asking {
        text_keys::pasted(&mut asking.typed, text);
        asking.wrong = None;
    } else if people.table {
        model.say(
            Said::plain("Nothing was pasted: this is the table").hint(Action::EditPeople, "back to the text"),
        );
    } else if people.text.text().len() + text.len() > BYTES {
        model.say(Said::warn("Not pasted: the list would hold more than 1 MiB"));
    } else {
        people.text.insert(&text.replace("\r\n", "\n").replace('\r', "\n"));
    }
}
