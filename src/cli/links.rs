//! `roomkey links`, `copy` and `forget`: what the history knows, on the command line. Nothing is asked of a provider.

use std::io::{IsTerminal, stdin};

use jiff::Timestamp;
use serde_json::Value;

use crate::config::Store;
use crate::domain::entry::{Entry, State};
use crate::domain::entry_json::{Reveal, printed};
use crate::domain::link::Link;
use crate::domain::text::DisplayText;
use crate::error::{Error, Kind, Result};
use crate::ports::clock::Clock;
use crate::ports::history::{self, Shelf};
use crate::worker::setup::Setup;

use super::args::Links;
use super::{World, choose, copy, not_in_force};

/// What the commands work on.
pub(super) struct Ground {
    pub setup: Setup,
    pub shelf: Shelf,
    pub clock: Clock,
}

pub(super) fn list(asked: &Links, world: &mut World) -> u8 {
    let ground = match open(world) {
        Ok(ground) => ground,
        Err(error) => return world.io.fail(&error),
    };
    if ground.shelf.unreadable > 0 {
        world.io.warn(&history::unreadable(ground.shelf.unreadable));
    }
    let now = ground.clock.now();
    let wanted = |entry: &&Entry| {
        asked.all || matches!(entry.state(now), State::Live | State::Ending | State::Maybe | State::Creating)
    };
    let entries = ground.shelf.entries.iter().rev().filter(wanted);
    let reveal = if asked.reveal { Reveal::Full } else { Reveal::Masked };
    if asked.json {
        return world
            .io
            .show(&printed(&Value::Array(entries.map(|entry| entry.json(now, reveal)).collect())));
    }
    let lines: Vec<String> = entries.map(|entry| text(entry, now, reveal, &ground.clock)).collect();
    if lines.is_empty() {
        let off = ground.setup.config.store() == Store::Off;
        world.io.say(if off { "history.store is off: nothing is kept" } else { "no links" });
        return 0;
    }
    world.io.show(&lines.join("\n"))
}

pub(super) fn copy(id: &str, what: copy::What, world: &mut World) -> u8 {
    let found = open(world).and_then(|ground| {
        let entry = find(id, &ground.shelf.entries)?;
        let agent = choose::agent(&ground.setup.config, world);
        let desk = copy::Desk::new(what, &ground.setup, &world.env, &agent, &ground.clock)?;
        let page = ground.setup.catalog.usable(&entry.provider);
        Ok((entry, desk, page))
    });
    let (entry, desk, page) = match found {
        Ok(found) => found,
        Err(error) => return world.io.fail(&error),
    };
    let operation = page.as_ref().and_then(|page| page.operation(&entry.operation));
    match desk.put(&entry, operation, &mut world.io) {
        Ok(()) => 0,
        Err(not) => {
            let reason = not.reason.replace("--copy host", "--host");
            world.io.fail(&Error::new(Kind::Clipboard, format!("nothing copied: {reason}")))
        }
    }
}

pub(super) fn forget(id: &str, yes: bool, world: &mut World) -> u8 {
    let forgotten = open(world).and_then(|mut ground| {
        let entry = find(id, &ground.shelf.entries)?;
        let asked = format!("forget {} ({}, {})?", entry.name, entry.profile, entry.id);
        if !yes && !agreed(&asked, "this removes an entry for good", world)? {
            return Ok("nothing was forgotten");
        }
        ground.shelf.forget(&entry.id).map(|()| "forgotten here; at the provider nothing was done")
    });
    match forgotten {
        Ok(said) => {
            world.io.say(said);
            0
        }
        Err(error) => world.io.fail(&error),
    }
}

/// Asks on a terminal; without one there is nobody to ask, and the error says what it would do.
pub(super) fn agreed(question: &str, does: &str, world: &mut World) -> Result<bool> {
    if !stdin().is_terminal() {
        return Err(Error::usage(does).hint("write --yes to do it"));
    }
    world.io.say(&format!("{question} y or n"));
    let mut answer = String::new();
    let read = stdin().read_line(&mut answer);
    read.map_err(|_| Error::other("could not read the answer"))?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

/// The ground; what of the configuration is not in force is told.
pub(super) fn open(world: &mut World) -> Result<Ground> {
    let setup = Setup::load(world.config.as_deref(), &*world.env)?;
    if let Some(none) = choose::none(&setup) {
        return Err(none);
    }
    let clock = Clock::system(choose::zone(&setup.config)?);
    let mut shelf = match setup.config.store() {
        Store::Off => {
            setup.give_up_history();
            Shelf::empty()
        }
        Store::All | Store::Guest => Shelf::open(&setup.places.state_dir)?,
    };
    shelf.tidy(clock.now(), setup.config.keep_days());
    if let Some(warning) = not_in_force::warning(&setup.config, &[]) {
        world.io.warn(&warning);
    }
    Ok(Ground { setup, shelf, clock })
}

/// The entry of that id, or the only one whose id begins so.
pub(super) fn find(id: &str, entries: &[Entry]) -> Result<Entry> {
    if let Some(exact) = entries.iter().find(|entry| entry.id == id) {
        return Ok(exact.clone());
    }
    let mut begins = entries.iter().filter(|entry| !id.is_empty() && entry.id.starts_with(id));
    match (begins.next(), begins.next()) {
        (Some(only), None) => Ok(only.clone()),
        (Some(_), Some(_)) => Err(Error::usage("several entries begin so").hint("write more of the id")),
        (None, _) => Err(Error::usage("there is no such entry").hint("`roomkey links --all` lists them")),
    }
}

/// One line for the entry, one for each link, and what is to be checked where it only may exist.
fn text(entry: &Entry, now: Timestamp, reveal: Reveal, clock: &Clock) -> String {
    let state = entry.state(now);
    let when = entry.created_at.to_zoned(clock.zone().clone()).strftime("%Y-%m-%d %H:%M").to_string();
    let mut lines = vec![format!(
        "{}  {when}  {}  {}  {} {}",
        entry.id,
        DisplayText::line(&entry.profile),
        entry.name,
        state.glyph(),
        state.name()
    )];
    let url = |link: &Link| match reveal {
        _ if link.url.is_empty() => "ended".to_owned(),
        Reveal::Full => link.url.expose().to_owned(),
        Reveal::Masked => link.shown(),
    };
    lines.extend(entry.links.iter().map(|link| format!("  {}  {}", link.label, url(link))));
    lines.extend(entry.outcome.error().map(|error| format!("  {error}")));
    lines.join("\n")
}
