//! `create --people`: the lines of a table become plans, all of them checked before the first is sent, and the plans
//! are performed as the console performs a batch: a few at once, waiting where the provider says so.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::{JoinSet, LocalSet};

use crate::app::people::batch::{Batch, End, Stand};
use crate::config::Profile;
use crate::domain::entry::{Entry, Outcome};
use crate::domain::entry_json::{Reveal, printed};
use crate::domain::nearest::nearest;
use crate::domain::page::Operation;
use crate::domain::roster::{self, Person};
use crate::error::{Error, Kind, Result};
use crate::ports::clock::Clock;
use crate::ports::paths;
use crate::provider::compose::Raw;
use crate::provider::people::{is_field, of_meeting, values};
use crate::provider::plan::Plan;
use crate::worker::call::{Caller, Halting};

use super::World;
use super::report;

/// Stands among the lines for the meeting, which no line asks for.
pub(super) const MEETING: usize = 0;

/// A line of the table and the values it gives, or what is wrong with it.
pub(super) struct Row {
    pub person: Person,
    pub given: std::result::Result<Raw, String>,
}

/// A meeting that is made first, for operations whose links another one signs.
pub(super) struct Meeting<'a> {
    /// What makes it.
    pub makes: &'a Operation,
    /// Fields of it that its links take over.
    pub shared: Vec<&'a str>,
}

/// The table, row by row, for the operation the rows perform, and what it says of the meeting they share. The error
/// says why there is none.
pub(super) fn rows(path: &Path, operation: &Operation, meeting: Option<&Meeting>) -> Result<(Vec<Row>, Raw)> {
    let field = |word: &str| is_field(word, operation, meeting.map(|meeting| meeting.makes));
    let text = text(path)?;
    let mut people = roster::read(&text, true, &field).map_err(|why| {
        let word = roster::unknown_column(&text, &field);
        let known = operation.fields().chain(meeting.iter().flat_map(|meeting| meeting.makes.fields()));
        let near = word.and_then(|word| nearest(&word, known.map(|(name, _)| name)));
        let error = Error::usage(format!("{}: {why}", name(path)));
        match near {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("the first line names the fields"),
        }
    })?;
    if people.is_empty() {
        return Err(Error::usage(format!("{}: there is nobody in it", name(path))));
    }
    let said = meeting.map(|meeting| of_meeting(operation, &meeting.shared, &mut people)).unwrap_or_default();
    let row = |person: Person| {
        let given = match &person.problem {
            Some(problem) => Err(problem.clone()),
            None => values(operation, &person),
        };
        Row { person, given }
    };
    Ok((people.into_iter().map(row).collect(), said))
}

fn name(path: &Path) -> String {
    if path == Path::new("-") { "standard input".into() } else { path.display().to_string() }
}

fn text(path: &Path) -> Result<String> {
    if path != Path::new("-") {
        return paths::read_text(path).map(|file| file.text).map_err(|error| {
            let usage = Error::usage(error.message());
            error.next_step().map_or(usage.clone(), |hint| usage.hint(hint))
        });
    }
    let mut bytes = Vec::new();
    let most = paths::MOST as u64 + 1;
    let read = std::io::stdin().lock().take(most).read_to_end(&mut bytes);
    read.map_err(|_| Error::usage("could not read standard input"))?;
    if bytes.len() > paths::MOST {
        return Err(Error::usage(format!("standard input is longer than {} KiB", paths::MOST / 1024)));
    }
    String::from_utf8(bytes).map_err(|_| Error::usage("standard input is not UTF-8"))
}

/// What a batch came to.
#[derive(Default)]
pub(super) struct Made {
    /// By the place of the plan, in order; what was never sent is missing.
    pub entries: Vec<(usize, Entry)>,
    /// The number of the signal that ended it.
    pub signal: Option<u8>,
}

/// Performs plans, so many at once as the profile allows; with `meeting` the first of them alone, and the others only
/// once it has made what they need. Needs a current-thread runtime.
pub(super) async fn perform(
    caller: Caller,
    plans: Vec<Plan>,
    meeting: bool,
    profile: Profile,
    clock: Clock,
    halt: Halting,
) -> Made {
    let batch = Batch::new(plans.len(), profile.concurrency);
    let (caller, profile) = (Rc::new(caller), Rc::new(profile));
    let run = Run { caller, profile, plans, meeting, clock, halt, batch, entries: HashMap::new() };
    LocalSet::new().run_until(run.all()).await
}

struct Run {
    caller: Rc<Caller>,
    profile: Rc<Profile>,
    plans: Vec<Plan>,
    meeting: bool,
    clock: Clock,
    halt: Halting,
    batch: Batch,
    entries: HashMap<usize, Entry>,
}

impl Run {
    async fn all(mut self) -> Made {
        let mut running: JoinSet<(usize, Entry)> = JoinSet::new();
        let mut halt = self.halt.clone();
        let (tell, mut created) = unbounded_channel();
        loop {
            // One moment for both: a wait that is over for the second and was not for the first would end the batch.
            let now = self.clock.now();
            self.start(&mut running, &tell, now);
            let held = self.batch.held(now).filter(|_| !self.batch.halted);
            if running.is_empty() && (self.batch.is_over() || held.is_none()) {
                break;
            }
            tokio::select! {
                biased;
                Some(index) = created.recv() => self.ended(index, &Outcome::Created),
                Some(ended) = running.join_next(), if !running.is_empty() => {
                    if let Ok((index, entry)) = ended {
                        self.ended(index, &entry.outcome);
                        self.entries.insert(index, entry);
                    }
                }
                halted = halt.wait_for(Option::is_some), if !self.batch.halted => {
                    drop(halted);
                    self.batch.halted = true;
                }
                () = until(held, now), if held.is_some() => {}
            }
        }
        let signal = match *self.halt.borrow() {
            Some(crate::worker::call::Halt::Signal(number)) => Some(number),
            _ => None,
        };
        let mut entries: Vec<(usize, Entry)> = self.entries.into_iter().collect();
        entries.sort_by_key(|(index, _)| *index);
        Made { entries, signal }
    }

    /// `tell` hears of each room as soon as it exists: while its entry is kept, the next may have its turn.
    fn start(
        &mut self,
        running: &mut JoinSet<(usize, Entry)>,
        tell: &UnboundedSender<usize>,
        now: Timestamp,
    ) {
        while self.may_start()
            && let Some(index) = self.batch.next(now)
        {
            let mut plan = self.plans[index].clone();
            // What is sent again is another attempt at the same entry: the one before certainly created nothing.
            if self.entries.contains_key(&index) {
                plan.created_at = now;
            }
            let (caller, profile, halt) =
                (Rc::clone(&self.caller), Rc::clone(&self.profile), self.halt.clone());
            let tell = tell.clone();
            running.spawn_local(async move {
                let created = || {
                    let _ = tell.send(index);
                };
                let sent = Arc::new(|| ());
                let (entry, _) = caller.perform_telling(plan, &profile, halt, sent, created).await;
                (index, entry)
            });
        }
    }

    /// While the meeting is made, nobody's link to it is signed.
    fn may_start(&self) -> bool {
        !self.meeting || self.batch.stand(0) != Some(Stand::Running)
    }

    /// Said twice of a room that exists, which counts once.
    fn ended(&mut self, index: usize, outcome: &Outcome) {
        if self.batch.stand(index) == Some(Stand::Running) {
            let end = self.batch.ended(index, outcome, self.clock.now());
            debug_assert!(end != End::Refused || self.batch.halted);
            let none = self.meeting && index == 0 && *outcome != Outcome::Created;
            self.batch.halted |= none && end != End::Again;
        }
    }
}

/// Waits until a time; for ever where there is none.
async fn until(at: Option<Timestamp>, now: Timestamp) {
    match at {
        Some(at) => {
            let wait = u64::try_from(at.as_millisecond() - now.as_millisecond()).unwrap_or(0);
            tokio::time::sleep(Duration::from_millis(wait.max(1))).await;
        }
        None => std::future::pending().await,
    }
}

/// Prints what the batch came to, tells what went wrong with its lines, and gives the exit code.
pub(super) fn finish(
    made: &Made,
    lines: &[usize],
    skipped: usize,
    json: bool,
    clock: &Clock,
    world: &mut World,
) -> u8 {
    let entries = || made.entries.iter().map(|(_, entry)| entry);
    let text = match json {
        true => {
            let all = entries().map(|entry| entry.json(clock.now(), Reveal::Full));
            printed(&Value::Array(all.collect()))
        }
        false => {
            let worth = entries().filter(|entry| report::is_worth_printing(entry));
            let block = |entry: &Entry| format!("{}\n{}", entry.name, report::text(entry, clock));
            worth.map(block).collect::<Vec<_>>().join("\n\n")
        }
    };
    let written = if text.is_empty() { Ok(()) } else { world.io.data(&text) };
    for (index, entry) in &made.entries {
        let line = match lines.get(*index).copied().unwrap_or_default() {
            MEETING => "the meeting".to_owned(),
            line => format!("line {line}"),
        };
        for warning in report::warnings(entry) {
            world.io.warn(&format!("{line}: {warning}"));
        }
        if let Some(error) = entry.outcome.error() {
            let maybe =
                if matches!(entry.outcome, Outcome::MaybeCreated(_)) { "maybe created: " } else { "" };
            world.io.say(&format!("error: {line}: {maybe}{error}"));
        }
    }
    let unsent = lines.len() - made.entries.len();
    if unsent > 0 {
        let all = lines.iter().filter(|line| **line != MEETING).count();
        world.io.say(&format!("error: {unsent} of {all} lines were not sent"));
    }
    if written.is_err() {
        return world
            .io
            .fail(&Error::other("could not write to standard output; the history has the entries"));
    }
    exit_code(made, unsent + skipped)
}

/// 0 for all of them, 7 for a part; where none was made, what the first trouble says.
fn exit_code(made: &Made, missing: usize) -> u8 {
    if let Some(signal) = made.signal {
        return Kind::Interrupted(signal).exit_code();
    }
    let outcomes = || made.entries.iter().map(|(_, entry)| &entry.outcome);
    let created = outcomes().filter(|outcome| **outcome == Outcome::Created).count();
    if created > 0 {
        return if created == made.entries.len() && missing == 0 { 0 } else { 7 };
    }
    if outcomes().any(|outcome| matches!(outcome, Outcome::MaybeCreated(_))) {
        return 8;
    }
    outcomes().find_map(Outcome::error).map_or(7, |error| error.kind.exit_code())
}
