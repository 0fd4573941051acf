//! The files of the user: configuration, state, history. They are looked at as they lie; nothing is made or mended.

use std::path::Path;

use crate::config::{Config, Severity};
use crate::error::Result;
use crate::ports::history::{self, Looked};
use crate::ports::paths;
use crate::worker::setup::Setup;

use super::fact::Facts;

pub(super) fn configuration(setup: &Result<Setup>, facts: &mut Facts) {
    facts.about("configuration");
    let setup = match setup {
        Ok(setup) => setup,
        Err(error) => {
            let todo = error.next_step().unwrap_or("name another with --config");
            return facts.misconfigured("file", error.message(), todo);
        }
    };
    let path = facts.path(&setup.places.config);
    if !setup.exists {
        return facts.note("file", format!("none: {path}"), "`roomkey` alone shows everything on a sandbox");
    }
    facts.ok("file", format!("{path}{}", mode(&setup.places.config)));
    let included = setup.read.len().saturating_sub(1);
    if included > 0 {
        facts.ok("included", format!("{included} more"));
    }
    access(setup, facts);
    problems(setup, facts);
}

fn mode(path: &Path) -> String {
    let mode = paths::lies(path).and_then(|lies| lies.mode);
    mode.map(|mode| format!(" (mode {mode:03o})")).unwrap_or_default()
}

fn access(setup: &Setup, facts: &mut Facts) {
    for (file, access) in &setup.access {
        if access.others_can_write {
            let todo = format!("chmod go-w {file}");
            facts.misconfigured("modes", "others can write it: its keys and commands are refused", &todo);
        } else if access.others_can_read {
            facts.note("modes", "others can read it", &format!("chmod 600 {file}"));
        }
    }
}

fn problems(setup: &Setup, facts: &mut Facts) {
    let Setup { config, catalog, .. } = setup;
    let ids: Vec<&str> = catalog.ids().collect();
    let found = match config.is_broken() {
        true => config.problems().to_vec(),
        false => config.check(&ids, &|provider| catalog.usable(provider)),
    };
    let count = |severity| found.iter().filter(|problem| problem.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let todo = "roomkey config check names each with its line";
    match (errors, warnings) {
        (0, 0) => facts.ok("problems", "none"),
        (0, warnings) => facts.note("problems", format!("warnings: {warnings}"), todo),
        (errors, warnings) => {
            facts.misconfigured("problems", format!("errors: {errors}, warnings: {warnings}"), todo);
        }
    }
    let faults = ids.iter().filter(|id| catalog.page(id).is_some_and(|page| page.is_err())).count();
    if faults > 0 {
        let says = format!("pages that cannot be used: {faults}");
        facts.misconfigured("providers", says, "roomkey providers check FILE");
    }
    history_kept(config, facts);
}

fn history_kept(config: &Config, facts: &mut Facts) {
    use crate::config::Store;
    let days = config.keep_days();
    match config.store() {
        Store::All => facts.ok("kept", format!("all links, entries for {days} days")),
        Store::Guest => facts.ok("kept", format!("guest links only, entries for {days} days")),
        Store::Off => facts.note("kept", "nothing: entries end with the console", "set [history] store"),
    }
}

/// With fewer bytes than this nothing can be relied on to be saved.
const ROOM: u64 = 256 * 1024;

pub(super) fn state(dir: &Path, facts: &mut Facts) {
    facts.about("state");
    let path = facts.path(dir);
    let Some(lies) = paths::lies(dir) else {
        facts.ok("directory", format!("{path}: made with the first entry"));
        return;
    };
    let open = lies.mode.is_some_and(|mode| mode & 0o077 != 0);
    match lies.writable {
        false => {
            facts.problem(
                "directory",
                format!("{path} cannot be written to"),
                "make it yours, or set XDG_STATE_HOME",
            );
        }
        true if open => {
            let todo = format!("chmod 700 {path}");
            facts.note("directory", format!("{path}{}: others can look into it", mode(dir)), &todo);
        }
        true => facts.ok("directory", format!("{path}{}", mode(dir))),
    }
    match history::shared_by_machines(dir) {
        None => facts.ok("file system", "of this machine"),
        Some(kind) => facts.note(
            "file system",
            format!("{kind}: locks between machines may not hold"),
            "set XDG_STATE_HOME to a directory of this machine",
        ),
    }
    if history::room(dir).is_some_and(|bytes| bytes < ROOM) {
        facts.problem("room", "the disk is full", "make room: what is created now is not saved");
    }
    match history::look(dir) {
        Ok(None) => facts.ok("history", "none yet"),
        Ok(Some(looked)) => tell_history(&looked, facts),
        Err(why) if why == history::NO_FILE => facts.problem("history", why, "move it away"),
        Err(why) => facts.problem("history", why, "start roomkey once: it sets a damaged history aside"),
    }
}

fn tell_history(looked: &Looked, facts: &mut Facts) {
    let Looked { schema, understood, entries, unreadable, sound, others } = looked;
    match (schema, understood) {
        (None, _) => facts.problem("history", "history.db belongs to another program", "move it away"),
        (Some(schema), false) => {
            let says = format!("version {schema}: written by another roomkey");
            facts.problem("history", says, "use the newer roomkey");
        }
        (Some(_), true) if *unreadable > 0 => {
            let says = history::unreadable(*unreadable);
            facts.problem("history", says, "the others are listed all the same");
        }
        (Some(schema), true) => facts.ok("history", format!("version {schema}, entries: {entries}")),
    }
    match sound {
        true => facts.ok("integrity", "ok"),
        false => facts.problem("integrity", "the history is damaged", "start roomkey once: it sets it aside"),
    }
    facts.ok("other consoles", if *others == 0 { "none".into() } else { others.to_string() });
}
