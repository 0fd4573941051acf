//! `--copy`: one link onto the clipboard. Whatever becomes of it, the creation stands and the link has been printed;
//! a failed copy is one sentence. The guest copy cannot yield a host link.

use crate::config::Config;
use crate::domain::clipboard::Route;
use crate::domain::entry::{Entry, Outcome};
use crate::domain::link::Audience;
use crate::ports::clipboard::{Clipboard, Surroundings, choose, terminal};
use crate::worker::call::Env;

use super::args::CopyLink;
use super::streams::Streams;

/// The way to the clipboard, from the configuration and the surroundings.
pub(super) fn route(config: &Config, env: &Env) -> Route {
    let here = Surroundings::read(|name| env(name).and_then(|value| value.into_string().ok()));
    choose(&config.clipboard(), here)
}

/// Copies and tells of it, in one sentence.
pub(super) fn run(entry: &Entry, which: CopyLink, route: &Route, io: &mut Streams) {
    if entry.outcome != Outcome::Created {
        return;
    }
    let link = match which {
        CopyLink::Guest => entry.guest_link(),
        CopyLink::Host => entry.host_link(),
    };
    let Some(link) = link else {
        return io.say(match (which, entry.host_link()) {
            (CopyLink::Guest, Some(_)) => "nothing copied: this is a host link; --copy host copies it",
            (CopyLink::Guest, None) => "nothing copied: there is no guest link",
            (CopyLink::Host, _) => "nothing copied: there is no host link",
        });
    };
    if let Some(reason) = &link.warning {
        return io.say(&format!("nothing copied, for it is no ordinary link: {reason}"));
    }
    let text = link.url.expose();
    let copied = Clipboard::system().copy(text, route, link.secret);
    let done = copied.map_err(|not| not.reason).and_then(|copied| match route {
        Route::Osc52 => terminal::osc52(text).map(|()| copied),
        _ => Ok(copied),
    });
    match done {
        Ok(copied) => {
            let what = match link.audience {
                Audience::Guest => "guest",
                Audience::Host => "host",
                Audience::Personal => "personal",
            };
            let doubt = if copied.confirmed { "" } else { "; that cannot be confirmed" };
            let (chars, way) = (copied.chars, route.name());
            io.say(&format!("copied the {what} link ({chars} characters) with {way}{doubt}"));
        }
        Err(reason) => io.say(&format!("nothing copied: {reason}; the link is printed above")),
    }
}
