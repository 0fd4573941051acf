//! What goes in and out of the page as a whole: a list read from a file, the block that is copied, and the batch
//! written into a file.

use crate::app::dialog::{Dialog, Then};
use crate::app::effect::{Copy, Effect};
use crate::app::layer::Layer;
use crate::app::model::Model;
use crate::app::said::Said;
use crate::app::text_input::TextInput;
use crate::app::want::Want;
use crate::domain::clipboard::Care;
use crate::error::Error;

use super::out::{self, Format};
use super::{Asking, Each, People, read};

/// The rows and their entries.
fn outcomes<'a>(model: &'a Model, people: &'a People) -> Vec<out::Outcome<'a>> {
    let entry = |line: &super::Line| line.job.and_then(|job| model.rows.get(job)).and_then(|row| row.entry());
    people.lines.iter().map(|line| (&line.person, entry(line))).collect()
}

pub(super) fn copy(model: &mut Model) -> Vec<Effect> {
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
    let what = match (people.each(), count) {
        (Each::Person, 1) => format!("{BLOCK}1 person{left_out}"),
        (Each::Person, n) => format!("{BLOCK}{n} people{left_out}"),
        (Each::Room, 1) => format!("{BLOCK}1 room{left_out}"),
        (Each::Room, n) => format!("{BLOCK}{n} rooms{left_out}"),
    };
    let copy = Copy { job, want: Want::Guest, what, text, care: Care::Plain, by_terminal: false };
    vec![Effect::Copy(Box::new(copy))]
}

/// What a copied block is called, before how many people or rooms they are of.
pub const BLOCK: &str = "the links of ";

pub(super) fn ask(model: &mut Model, load: bool) {
    let Some(people) = model.people.as_mut() else { return };
    let typed = TextInput::line(if load { "" } else { "people.csv" });
    people.asking = Some(Asking { load, typed, wrong: None });
}

/// A path has been typed.
pub(super) fn asked(model: &mut Model) -> Vec<Effect> {
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
