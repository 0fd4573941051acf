//! Drawn text that can do nothing: the rule of these tests, written down a second time and not taken from the
//! program.

use std::sync::{Arc, LazyLock};

use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use roomkey::app::book::Book;
use roomkey::app::effect::Effect;
use roomkey::app::message::Message;
use roomkey::app::messages::Texts;
use roomkey::app::model::{Chance, Model, Start};
use roomkey::app::update::update;
use roomkey::config::{Config, Keymap};
use roomkey::domain::entry::Entry;
use roomkey::domain::key::Key;
use roomkey::provider::catalog::Catalog;

use crate::support::{console, shot};

/// Whether a character may stand on no screen: controls, and whatever hides, joins or reorders its neighbours.
pub fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c as u32,
            0xAD | 0x34F | 0x61C | 0x180B..=0x180F | 0x200B..=0x200C | 0x200E..=0x200F | 0x2028..=0x202E
            | 0x2060..=0x206F | 0xE000..=0xF8FF | 0xFE00..=0xFE0E | 0xFEFF | 0xFFF9..=0xFFFB
            | 0x1D173..=0x1D17A | 0xE0000..=0x10FFFF)
}

/// The first character of a text that should not be there. Line breaks are part of a text; joiners belong behind a
/// pictograph.
pub fn first_hostile(text: &str) -> Option<char> {
    let mut before = ' ';
    for c in text.chars() {
        let joins = matches!(c, '\u{200D}' | '\u{FE0F}');
        let keycap = c == '\u{FE0F}' && matches!(before, '0'..='9' | '#' | '*');
        if (c != '\n' && is_hostile(c)) || (joins && (before as u32) < 0xA9 && !keycap) {
            return Some(c);
        }
        before = c;
    }
    None
}

#[track_caller]
pub fn text(text: &str, place: &str) {
    if let Some(c) = first_hostile(text) {
        panic!("{place}: U+{:04X} in\n{text}", c as u32);
    }
}

/// No cell holds more than a grapheme, and none a hostile one.
#[track_caller]
fn cells(buffer: &Buffer, place: &str) {
    for cell in &buffer.content {
        let symbol = cell.symbol();
        assert!(symbol.len() <= 32, "{place}: a cell of {} bytes", symbol.len());
        assert_eq!(first_hostile(symbol), None, "{place}: {symbol:?}");
    }
}

/// Draws a creation as the console does when it ends like this: the row with what is said of it, the details, the
/// links in full, what can be copied of it and the form again, at usual and at tiny sizes. The text of all of it.
#[track_caller]
pub fn screens(entry: &Entry, place: &str) -> String {
    let mut model = model(entry);
    let created = keys(&mut model, "N").pop();
    let Some(Effect::Create(job, _)) = created else { panic!("{place}: {created:?}") };
    update(&mut model, Message::JobDone(job, Box::new(entry.clone())));
    let mut all = String::new();
    for ((columns, rows), typed) in [
        ((80, 24), ""),
        ((20, 5), ""),
        ((80, 24), "C"),
        ((80, 24), "<Esc>M"),
        ((80, 24), "<Esc>K"),
        ((140, 40), "<Esc>."),
        ((140, 40), "r"),
    ] {
        update(&mut model, Message::Resize(columns, rows));
        keys(&mut model, typed);
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        roomkey::ui::draw(&model, &mut buffer, &mut Default::default());
        cells(&buffer, &format!("{place}, {columns}x{rows} {typed:?}"));
        all.push_str(&shot::plain(&buffer));
    }
    all
}

fn keys(model: &mut Model, typed: &str) -> Vec<Effect> {
    let keys = Key::sequence(typed).unwrap();
    keys.into_iter().flat_map(|key| update(model, Message::Key(key))).collect()
}

/// Reading pages and keys takes longer than drawing them; every console of these tests shares one reading.
fn model(entry: &Entry) -> Model {
    static CATALOG: LazyLock<Arc<Catalog>> = LazyLock::new(|| Arc::new(Catalog::embedded()));
    static KEYMAP: LazyLock<Keymap> = LazyLock::new(|| Keymap::shipped().unwrap());
    let profiles = console::profiles();
    let current = profiles.iter().position(|profile| profile.provider == entry.provider).unwrap();
    let mut number = 0;
    let name = move || {
        number += 1;
        format!("name{number:06}")
    };
    let start = Start {
        book: Book::new(Arc::clone(&CATALOG), profiles),
        current,
        demo: false,
        banner: None,
        now: console::NOW.parse().unwrap(),
        zone: TimeZone::UTC,
        agent: "Ada".into(),
        size: (80, 24),
        keymap: KEYMAP.clone(),
        colours: true,
        chance: Chance { rand: Box::new(name), id: Box::new(name) },
        texts: Texts::new(Config::empty("").templates(|_| None)),
        copy_on_create: None,
        hyperlinks: false,
    };
    Model::new(start)
}
