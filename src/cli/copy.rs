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

/// Copies what was just made and tells of it, in one sentence.
pub(super) fn run(entry: &Entry, which: CopyLink, route: &Route, io: &mut Streams) {
    if entry.outcome == Outcome::Created
        && let Err(Not { reason, unreachable }) = put(entry, which, route, io)
    {
        let printed = if unreachable { "; the link is printed above" } else { "" };
        io.say(&format!("nothing copied: {reason}{printed}"));
    }
}

/// Why nothing was copied.
pub(super) struct Not {
    pub reason: String,
    /// There is a link, but no way to the clipboard.
    unreachable: bool,
}

/// Copies one link of an entry and says so.
pub(super) fn put(entry: &Entry, which: CopyLink, route: &Route, io: &mut Streams) -> Result<(), Not> {
    let not = |reason: &str| Err(Not { reason: reason.to_owned(), unreachable: false });
    let link = match which {
        CopyLink::Guest => entry.guest_link(),
        CopyLink::Host => entry.host_link(),
    };
    let Some(link) = link else {
        return not(match (which, entry.host_link()) {
            (CopyLink::Guest, Some(_)) => "this is a host link; --copy host copies it",
            (CopyLink::Guest, None) => "there is no guest link",
            (CopyLink::Host, _) => "there is no host link",
        });
    };
    if let Some(reason) = &link.warning {
        return not(&format!("it is no ordinary link: {reason}"));
    }
    if link.url.is_empty() {
        return not("the link has ended and is not kept any more");
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
            Ok(())
        }
        Err(reason) => Err(Not { reason, unreachable: true }),
    }
}
