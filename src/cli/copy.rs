//! `--copy` and `copy`: one link or message onto the clipboard. Whatever becomes of it, the creation stands and the
//! link has been printed; a failed copy is one sentence. The guest copy and the message cannot yield a host link.

use std::sync::Arc;

use crate::config::Config;
use crate::domain::clipboard::{Care, Copied, Route};
use crate::domain::entry::{Entry, Outcome};
use crate::domain::entry_json::Reveal;
use crate::domain::link::{Audience, Link, Reuse};
use crate::domain::message::{For, Here, Refusal, Subject, Template};
use crate::domain::page::{Means, Operation};
use crate::domain::secret::Secret;
use crate::error::{Error, Result};
use crate::ports::clipboard::{Clipboard, Way, keeper, terminal, tmux};
use crate::ports::clock::{self, Clock};
use crate::worker::call::Env;
use crate::worker::setup::Setup;

use super::args::CopyLink;
use super::streams::Streams;

/// How long a secret stays on the clipboard, in seconds.
const STAY: u64 = 45;

/// What is to be copied.
pub(super) enum What {
    Guest,
    Host,
    /// The message of a template; without a name the first one for guests.
    Message(Option<String>),
}

impl From<CopyLink> for What {
    fn from(link: CopyLink) -> What {
        match link {
            CopyLink::Guest => What::Guest,
            CopyLink::Host => What::Host,
            CopyLink::Message => What::Message(None),
        }
    }
}

/// What copying needs of the configuration, read before anything is sent.
pub(super) struct Desk {
    what: What,
    way: Way,
    template: Option<Template>,
    agent: String,
    clock: Clock,
    env: Env,
}

impl Desk {
    /// A template that is not there or cannot be used is an error.
    pub fn new(what: What, setup: &Setup, env: &Env, agent: &str, clock: &Clock) -> Result<Desk> {
        let template = match &what {
            What::Message(name) => Some(template(&setup.config, name.as_deref())?),
            What::Guest | What::Host => None,
        };
        let way = Way::find(&setup.config.clipboard(), &**env);
        Ok(Desk { what, way, template, agent: agent.to_owned(), clock: clock.clone(), env: Arc::clone(env) })
    }

    /// Copies what was just made and tells of it, in one sentence.
    pub fn run(&self, entry: &Entry, operation: Option<&Operation>, io: &mut Streams) {
        if entry.outcome == Outcome::Created
            && let Err(Not { reason, unreachable }) = self.put(entry, operation, io)
        {
            let printed = if unreachable { "; the link is printed above" } else { "" };
            io.say(&format!("nothing copied: {reason}{printed}"));
        }
    }

    /// Copies something of an entry and says so.
    pub fn put(&self, entry: &Entry, operation: Option<&Operation>, io: &mut Streams) -> Result<(), Not> {
        let means = operation.map(Operation::means).unwrap_or_default();
        let clip = self.clip(entry, &means)?;
        let copied = self.send(&clip).map_err(|reason| Not { reason, unreachable: true })?;
        io.say(&self.told(&clip, &copied));
        Ok(())
    }

    /// "sent the guest link (67 characters) with OSC 52: cannot be confirmed"; only what was read back is copied.
    fn told(&self, clip: &Clip, copied: &Copied) -> String {
        let (did, doubt) = if copied.confirmed { ("copied", "") } else { ("sent", ": cannot be confirmed") };
        let (what, chars, by) = (&clip.what, copied.chars, copied.route.name());
        let mut said = format!("{did} {what} ({chars} characters) with {by}{doubt}");
        let lost = (copied.route == Route::Osc52).then(|| self.lost_on_the_way()).flatten();
        let stays = clip.care.is_secret() && copied.route != Route::Native && lost.is_none();
        for words in [
            lost,
            stays.then_some("it stays until you copy something else"),
            clip.once.then_some("it works once, and a chat that looks ahead may use it up"),
        ]
        .into_iter()
        .flatten()
        {
            said.push_str("; ");
            said.push_str(words);
        }
        said
    }

    /// What stands between this program and the terminal and may keep OSC 52 to itself.
    fn lost_on_the_way(&self) -> Option<&'static str> {
        let here = &self.way.here;
        if here.tmux && matches!(tmux::set_clipboard().as_deref(), Some("external" | "off")) {
            return Some("tmux drops it: tmux set -s set-clipboard on");
        }
        here.screen.then_some("GNU screen may keep it to itself")
    }

    /// By the usual way, else by the one after it; the error tells of the first.
    fn send(&self, clip: &Clip) -> Result<Copied, String> {
        let first = self.by(&self.way.route, clip);
        match (first, self.way.next()) {
            (Err(reason), Some(next)) => self.by(&next, clip).map_err(|_| reason),
            (first, _) => first,
        }
    }

    fn by(&self, route: &Route, clip: &Clip) -> Result<Copied, String> {
        let copied = Clipboard::system().copy(clip.text.expose(), route, clip.care.is_secret());
        let copied = copied.map_err(|not| not.reason)?;
        match route {
            Route::Osc52 => terminal::osc52(clip.text.expose())?,
            _ => self.keep(route, clip)?,
        }
        Ok(copied)
    }

    /// On some desktops a text dies with the program that copied it; a secret must go after a while on all of them.
    fn keep(&self, route: &Route, clip: &Clip) -> Result<(), String> {
        let secret = clip.care.is_secret();
        if *route != Route::Native || !(keeper::NEEDED || secret) {
            return Ok(());
        }
        let program = std::env::current_exe().map_err(|_| "nobody could keep it".to_owned())?;
        keeper::hand_over(&program, clip.text.expose(), secret.then_some(STAY), |name| (self.env)(name))
    }

    fn clip(&self, entry: &Entry, means: &[(String, Means)]) -> Result<Clip, Not> {
        match (&self.what, &self.template) {
            _ if entry.deleted.is_some() => Err(not("what the links led to is deleted")),
            (What::Guest, _) => self.link(entry, entry.guest_link()),
            (What::Host, _) => self.link(entry, entry.host_link()),
            (What::Message(_), Some(template)) => self.message(entry, means, template),
            (What::Message(_), None) => Err(not("there is no template")),
        }
    }

    fn link(&self, entry: &Entry, link: Option<&Link>) -> Result<Clip, Not> {
        let Some(link) = link else {
            return Err(not(match (&self.what, entry.host_link()) {
                (What::Guest, Some(_)) => "this is a host link; --copy host copies it",
                (What::Host, _) => "there is no host link",
                _ => "there is no guest link",
            }));
        };
        if let Some(reason) = &link.warning {
            return Err(not(&format!("it is no ordinary link: {reason}")));
        }
        if link.url.is_empty() {
            return Err(not("the link has ended and is not kept any more"));
        }
        if link.has_ended(self.clock.now()) {
            return Err(not("the link has ended"));
        }
        let (what, care) = match link.audience {
            Audience::Guest => ("the guest link", Care::Plain),
            Audience::Personal => ("the personal link", Care::Plain),
            Audience::Host => ("the host link", Care::Host),
        };
        Ok(Clip { what: what.into(), text: link.url.clone(), care, once: link.reuse == Reuse::Once })
    }

    fn message(&self, entry: &Entry, means: &[(String, Means)], template: &Template) -> Result<Clip, Not> {
        let is_for_hosts = template.audience() == For::Host;
        let unusual = entry.links.iter().filter(|link| is_for_hosts || link.audience != Audience::Host);
        if let Some(reason) = unusual.filter_map(|link| link.warning.as_ref()).next() {
            return Err(not(&format!("it is no ordinary link: {reason}")));
        }
        let link = entry.host_link().filter(|_| is_for_hosts).or(entry.guest_link());
        if link.is_some_and(|link| link.has_ended(self.clock.now())) {
            return Err(not("the link has ended"));
        }
        let once = link.is_some_and(|link| link.reuse == Reuse::Once);
        let here = Here { now: self.clock.now(), zone: self.clock.zone(), agent: &self.agent };
        let message = template.write(&[Subject { entry, means }], &here, Reveal::Full);
        let message = message.map_err(|refusal| match refusal {
            Refusal::HostOnly => not("this is a host link; --copy host copies it"),
            _ => not(refusal.reason()),
        })?;
        let care = if is_for_hosts { Care::Host } else { Care::Plain };
        Ok(Clip { what: format!("the message {}", template.name), text: message.whole(), care, once })
    }
}

struct Clip {
    what: String,
    text: Secret,
    care: Care,
    /// Who opens it first has it.
    once: bool,
}

/// Why nothing was copied.
pub(super) struct Not {
    pub reason: String,
    /// There is a link, but no way to the clipboard.
    unreachable: bool,
}

fn not(reason: &str) -> Not {
    Not { reason: reason.to_owned(), unreachable: false }
}

fn template(config: &Config, name: Option<&str>) -> Result<Template> {
    let Some(name) = name else {
        let mut templates = config.templates(clock::zone).into_iter();
        let guest = templates.find(|template| template.audience() == For::Guest);
        return guest.ok_or_else(|| Error::config("there is no template for guests"));
    };
    config.template(name, clock::zone).map_err(|problems| {
        let known = config.template_names().any(|known| known == name);
        match problems.first() {
            Some(problem) if !known => {
                let all = config.templates(clock::zone).into_iter();
                let one = all.filter(|template| matches!(template.audience(), For::Guest | For::Host));
                let names: Vec<String> = one.map(|template| template.name.clone()).collect();
                Error::usage(problem.text.clone()).hint(format!("choose {}", names.join(", ")))
            }
            _ => crate::config::Problem::error(&problems),
        }
    })
}
