//! `--copy`: one link onto the clipboard. Whatever becomes of it, the creation stands and the link has been printed;
//! a failed copy is one sentence. The guest copy cannot yield a host link.

use crate::domain::entry::{Entry, Outcome};

use super::World;
use super::args::CopyLink;

pub(super) fn run(entry: &Entry, which: CopyLink, world: &mut World) {
    if entry.outcome != Outcome::Created {
        return;
    }
    let link = match which {
        CopyLink::Guest => entry.guest_link(),
        CopyLink::Host => entry.host_link(),
    };
    let Some(_link) = link else {
        let sentence = match (which, entry.host_link()) {
            (CopyLink::Guest, Some(_)) => "nothing copied: this is a host link; --copy host copies it",
            (CopyLink::Guest, None) => "nothing copied: there is no guest link",
            (CopyLink::Host, _) => "nothing copied: there is no host link",
        };
        return world.io.say(sentence);
    };
    world.io.say("nothing copied: no clipboard can be reached; the link is printed above");
}
