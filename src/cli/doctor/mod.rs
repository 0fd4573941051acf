//! `roomkey doctor`: one page of facts about this machine and this configuration, each with a word for how it stands
//! and with what to do, fit to be pasted where everybody reads it. Nothing is sent, nothing is changed, and no program
//! is started but tmux, and with `--run` the commands that print keys. `fact` is what a fact is and what of it may be
//! seen; the others look: `files` at configuration, state and history, `profiles` at profiles and their secrets,
//! `surroundings` at clipboard, terminal and the rest.

mod fact;
mod files;
mod profiles;
mod surroundings;

use serde_json::json;

use crate::config::Config;
use crate::ports::paths;
use crate::worker::setup::Setup;

use super::World;
use fact::{Facts, Word};

pub(super) fn run(json: bool, commands: bool, world: &mut World) -> u8 {
    let env = std::sync::Arc::clone(&world.env);
    let mut facts = Facts::new(&*env);
    let setup = Setup::load(world.config.as_deref(), &*env);
    files::configuration(&setup, &mut facts);
    let places = match &setup {
        Ok(setup) => Some(setup.places.clone()),
        Err(_) => paths::places(world.config.as_deref(), &*env).ok(),
    };
    if let Some(places) = &places {
        files::state(&places.state_dir, &mut facts);
    }
    if let Ok(setup) = &setup {
        profiles::look(setup, &world.env, commands, &mut facts);
    }
    let nothing = Config::empty("");
    let config = setup.as_ref().map_or(&nothing, |setup| &setup.config);
    surroundings::look(config, &*env, &mut facts);
    let shown = if json { as_json(&facts) } else { as_page(&facts) };
    match world.io.show(&shown) {
        0 => facts.exit_code(),
        failed => failed,
    }
}

fn system() -> String {
    format!("{} {}", std::env::consts::OS, std::env::consts::ARCH)
}

fn as_json(facts: &Facts) -> String {
    let rows: Vec<_> = (facts.all().iter())
        .map(|fact| {
            json!({"about": fact.about, "name": fact.name, "word": fact.word.name(),
                   "says": fact.says, "todo": fact.todo})
        })
        .collect();
    let worst = facts.worst().name();
    json!({"version": 1, "roomkey": env!("CARGO_PKG_VERSION"), "system": system(), "worst": worst,
           "facts": rows})
    .to_string()
}

fn as_page(facts: &Facts) -> String {
    let mut lines = vec![format!("roomkey {} on {}", env!("CARGO_PKG_VERSION"), system())];
    let width = facts.all().iter().map(|fact| fact.name.chars().count()).max().unwrap_or(0).min(28);
    let mut about = "";
    for fact in facts.all() {
        if fact.about != about {
            about = fact.about;
            lines.extend([String::new(), about.to_owned()]);
        }
        lines.push(format!("  {:7}  {:width$}  {}", fact.word.name(), fact.name, fact.says));
        lines.extend(fact.todo.iter().map(|todo| format!("  {:7}  {:width$}  → {todo}", "", "")));
    }
    let count = |word: Word| facts.all().iter().filter(|fact| fact.word == word).count();
    let told = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    lines.push(String::new());
    lines.push(match (count(Word::Problem), count(Word::Note)) {
        (0, 0) => "No problem.".to_owned(),
        (0, notes) => format!("No problem, {}.", told(notes, "note")),
        (problems, notes) => format!("{}, {}.", told(problems, "problem"), told(notes, "note")),
    });
    lines.join("\n")
}
