//! What happens next: each message goes to the page it concerns, which changes the model and says what is to be done.

use crate::config::{Change, Context};
use crate::domain::key::{Key, KeyCode};

use super::action::Action;
use super::effect::Effect;
use super::layer::Layer;
use super::message::Message;
use super::model::Model;
use super::said::Said;
use super::{
    copy, dialog, follow_up, form_page, jobs, key_test, list, marks, menu, mouse, open, pages, palette, past,
    people, picker, poster, presets, quit, reload, requests, templates, ticket,
};

/// Milliseconds without an Enter after which it means the list again.
const SETTLE: i64 = 500;

/// Answers one message. The runtime has set `model.now` before.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    model.rows.refresh(model.now);
    if model.reveal.is_some_and(|(_, until)| until <= model.now) {
        model.reveal = None;
    }
    let mut effects = match message {
        Message::Key(key) => press(model, key),
        Message::Click(click) => mouse::click(model, click),
        Message::Paste(text) => pasted(model, &text),
        Message::Tick => {
            form_page::refresh(model);
            people::tick(model)
        }
        Message::JobDone(job, entry) => jobs::done(model, job, *entry),
        Message::KeyTested(profile, proof) => {
            key_test::told(model, &profile, &proof);
            Vec::new()
        }
        Message::Answered { job, asking, answer } => {
            follow_up::answered(model, job, asking, *answer);
            Vec::new()
        }
        Message::Copied(report) => copy::reported(model, report),
        Message::Opened { job, want, result } => open::opened(model, job, &want, result),
        Message::Edited(left) if model.texts.is_edited() => templates::edited(model, left),
        Message::Edited(left) => form_page::edited(model, left),
        Message::Kept(change, result) => match &*change {
            Change::Template { name, text } => templates::kept(model, name, text, result),
            change => presets::kept(model, change, result),
        },
        news => {
            learn(model, news);
            Vec::new()
        }
    };
    copy::note(model, &effects);
    let drafts = model.drafts.changes();
    if !drafts.is_empty() && !model.demo {
        // Before the end, if this is one.
        effects.insert(0, Effect::KeepDrafts(drafts));
    }
    let height = model.layout().list_height();
    model.rows.scroll(height);
    effects
}

/// What changes the model and leads to nothing else.
fn learn(model: &mut Model, news: Message) {
    match news {
        Message::Resize(columns, rows) => model.size = (columns, rows),
        Message::Wheel(down) => mouse::wheel(model, down),
        Message::Sent(job) => jobs::sent(model, job),
        Message::NotCompleted(job, error) => jobs::not_completed(model, job, &error),
        Message::Exchanged(exchange) => model.requests.add(*exchange),
        Message::Saved(result) => menu::saved(model, result),
        Message::Cleared { job, what, passed_on } => copy::cleared(model, job, &what, passed_on),
        Message::Banner(text) => model.note(text),
        Message::Remembered(entries) => past::remembered(model, entries),
        Message::Others(entries) => past::others(model, entries),
        Message::Gone(ids) => model.rows.remove(&ids),
        Message::Storage(trouble) => model.storage = trouble,
        Message::ConfigChanged => reload::changed(model),
        Message::Loaded(result) => people::loaded(model, result),
        Message::Exported(path, result) => people::exported(model, path, result),
        Message::Drafts(drafts) => form_page::remembered(model, drafts),
        Message::Habits(habits) => model.texts.remember(habits),
        Message::Trouble(error) => model.say(Said::error(&error)),
        // Answered by `update`.
        Message::Key(_)
        | Message::Click(_)
        | Message::Paste(_)
        | Message::Tick
        | Message::JobDone(..)
        | Message::Answered { .. }
        | Message::KeyTested(..)
        | Message::Copied(_)
        | Message::Opened { .. }
        | Message::Edited(_)
        | Message::Kept(..) => {}
    }
}

/// What a key does where it is pressed.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let context = model.context();
    let everywhere = everywhere(model, context, key).map(|(action, _)| action);
    if model.layout().too_small {
        // Nothing is seen of what a key would do.
        let blind =
            everywhere.filter(|action| !matches!(action, Action::Help | Action::Palette | Action::Reload));
        return blind.map_or(Vec::new(), |action| by_name(model, action));
    }
    if let Some(action) = everywhere {
        return by_name(model, action);
    }
    match model.layers.last() {
        None => on_list(model, key),
        Some(Layer::Form(_)) => form_page::key(model, key),
        Some(Layer::Filter) => list::filter_key(model, key),
        Some(Layer::Ticket(_)) => ticket::key(model, key),
        Some(Layer::Details { .. }) => pages::details_key(model, key),
        Some(Layer::Picker(_)) => picker::key(model, key),
        Some(Layer::Palette(_)) => palette::key(model, key),
        Some(Layer::Requests { .. }) => requests::key(model, key),
        Some(Layer::Request { .. }) => requests::one_key(model, key),
        Some(Layer::Presets(_)) => presets::key(model, key),
        Some(Layer::People) => people::key(model, key),
        Some(Layer::Help { .. }) => pages::help_key(model, key),
        Some(Layer::Dialog(_)) => dialog::key(model, key),
        Some(Layer::Menu(job)) => {
            let job = *job;
            menu::key(model, job, key)
        }
        Some(Layer::Poster(_)) => poster::key(model, key),
    }
}

/// The actions that mean the same wherever they are asked for.
pub(super) fn by_name(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Help => pages::help(model),
        Action::Palette => palette::open(model),
        Action::Quit => return quit::ask(model),
        Action::Close => return quit::close(model),
        Action::Redraw => return vec![Effect::Repaint],
        Action::Suspend => return vec![Effect::Suspend],
        Action::Reload => return reload::ask(model),
        _ => {}
    }
    Vec::new()
}

/// The keys that hold everywhere; plain characters are text where text is typed.
fn everywhere(model: &Model, context: Context, key: Key) -> Option<(Action, usize)> {
    let plain = matches!(key.code, KeyCode::Char(_)) && !key.ctrl && !key.alt;
    if plain && context.takes_text() {
        return None;
    }
    model.keys.lookup(Context::Everywhere, key)
}

fn on_list(model: &mut Model, key: Key) -> Vec<Effect> {
    if key.code == KeyCode::Esc && marks::clear(model) {
        return Vec::new();
    }
    if key.code == KeyCode::Esc && model.rows.view().is_partial() {
        model.show_all();
        model.said = None;
        return Vec::new();
    }
    if key.code == KeyCode::Enter && settling(model) {
        return Vec::new();
    }
    match model.keys.lookup(Context::List, key) {
        Some((action, nth)) => list::act(model, action, nth),
        None => Vec::new(),
    }
}

/// Whether this Enter is the echo of the one that sent a form: pressed twice, or held down.
fn settling(model: &mut Model) -> bool {
    let Some(last) = model.settling else { return false };
    let passed = model.now.as_millisecond() - last.as_millisecond();
    model.settling = (0..SETTLE).contains(&passed).then_some(model.now);
    model.settling.is_some()
}

/// Pasted text is typed where text is typed; on the list it is nothing, so that it can neither create nor quit.
fn pasted(model: &mut Model, text: &str) -> Vec<Effect> {
    match model.layers.last_mut() {
        Some(Layer::Form(_)) => return form_page::paste(model, text),
        Some(Layer::Filter) => list::filter_paste(model, text),
        Some(Layer::Ticket(open)) => ticket::paste(open, text),
        Some(Layer::Picker(open)) => picker::paste(open, text),
        Some(Layer::Presets(open)) => open.paste(text),
        Some(Layer::People) => people::paste(model, text),
        _ => {}
    }
    Vec::new()
}
