//! A configuration that changed while the console runs: a standing notice until it is read anew, and what of the
//! model follows it then. Calls under way keep what they began with; rows, drafts and forms stay as they are.

use crate::config::Keymap;

use super::book::Book;
use super::effect::Effect;
use super::keys::Keys;
use super::messages::{self, Texts};
use super::model::Model;
use super::row::Arm;
use super::said::Said;

/// What a configuration that was read anew brings.
pub struct Fresh {
    pub book: Book,
    pub keymap: Keymap,
    pub agent: String,
    pub colours: bool,
    pub texts: Texts,
    pub copy_on_create: Option<Arm>,
    pub hyperlinks: bool,
    pub mouse: bool,
    /// A standing notice: trouble with it.
    pub banner: Option<String>,
}

/// `:reload`
pub fn ask(model: &mut Model) -> Vec<Effect> {
    if model.demo {
        model.say(Said::warn("The sandbox has no configuration"));
        return Vec::new();
    }
    vec![Effect::Reload]
}

/// Says what was written into the configuration by the console itself, and reads it anew without a word: our own change
/// is no news. The sandbox has written nothing.
pub(super) fn after_saving(model: &mut Model, said: Said) -> Vec<Effect> {
    if model.demo {
        model.say(said.aside("for this run: the sandbox writes nothing"));
        return Vec::new();
    }
    model.say(said);
    model.quiet_reload = true;
    vec![Effect::Reload]
}

/// The file is another than the one that was read.
pub fn changed(model: &mut Model) {
    model.stale = true;
}

/// Takes over what was read; the profile of the same name stays chosen.
pub fn take(model: &mut Model, fresh: Fresh) {
    let name = model.profile().map(|profile| profile.name.clone());
    model.current = name.and_then(|name| fresh.book.position(&name)).unwrap_or(0);
    model.book = fresh.book;
    model.keys = Keys::new(&fresh.keymap);
    model.agent = fresh.agent;
    model.colours = fresh.colours;
    model.texts = std::mem::take(&mut model.texts).renewed(fresh.texts);
    messages::refresh_choices(model);
    model.copy_on_create = fresh.copy_on_create;
    model.hyperlinks = fresh.hyperlinks;
    model.mouse = fresh.mouse;
    model.banner = fresh.banner;
    model.stale = false;
    if std::mem::take(&mut model.quiet_reload) {
        return;
    }
    model.say(
        Said::good("Configuration reloaded").aside("history and clipboard settings hold from the next start"),
    );
}
