//! Every page at every size: nothing panics, and a screen after resizing equals one that started at that size.

use roomkey::app::message::Message;

use super::requests::exchanges;
use crate::support::console::Console;
use crate::support::entries::{joinme, morning, token};

/// Keys that open each page.
const PAGES: [&str; 21] = [
    "",
    "N",
    "j j j i .",
    "<Tab>",
    "p",
    "?",
    "/jo",
    "N q",
    "G",
    "y",
    "n",
    "5 n <F7> <PgDn>",
    "3 n <F8> ro",
    "L",
    "L j j j j <Enter>",
    "1 P",
    "1 n <F3>",
    "C",
    "K",
    ":",
    "N C q",
];

fn console(size: (u16, u16)) -> Console {
    let mut entries = morning();
    entries.push(joinme("a name that is much longer than any column could ever be, and then some", 0));
    entries.push(token(0));
    let mut console = Console::showing(size, entries);
    for exchange in exchanges() {
        console.send(Message::Exchanged(Box::new(exchange)));
    }
    console
}

#[test]
fn odd_sizes_do_no_harm() {
    let tiny = (0..=30).flat_map(|width| (0..=12).map(move |height| (width, height)));
    let odd = [
        (1, 60),
        (300, 1),
        (500, 200),
        (60, 15),
        (59, 15),
        (60, 14),
        (99, 24),
        (100, 15),
        (139, 40),
        (140, 15),
    ];
    let sizes: Vec<(u16, u16)> = tiny.chain(odd).collect();
    for keys in PAGES {
        let mut console = console((80, 24));
        console.keys(keys);
        for (width, height) in &sizes {
            console.resize(*width, *height).screen();
        }
    }
    let mut empty = Console::demo((80, 24));
    for (width, height) in sizes {
        empty.resize(width, height).screen();
    }
}

/// A terminal may claim any size; `ports::terminal` cuts it down to a million cells.
#[test]
fn sizes_no_terminal_has_do_no_harm() {
    for keys in PAGES {
        let mut console = console((80, 24));
        console.keys(keys);
        for (width, height) in [(u16::MAX, 15), (60, 9_000)] {
            console.resize(width, height).buffer();
            console.keys("j k <PgDn>");
        }
    }
}

#[test]
fn a_resized_screen_equals_a_fresh_one() {
    for keys in PAGES {
        for size in [(60, 15), (80, 24), (124, 30), (160, 45)] {
            let mut fresh = console(size);
            let mut resized = console((500, 200));
            fresh.keys(keys);
            resized.keys(keys).resize(1, 1).resize(size.0, size.1);
            assert_eq!(resized.shot(), fresh.shot(), "{keys} at {size:?}");
        }
    }
}

#[test]
fn below_the_smallest_size_keys_still_work() {
    let mut console = console((40, 10));
    assert!(console.screen().contains("needs 60x15"));
    console.press("q");
    assert_eq!(console.effects, [roomkey::app::effect::Effect::Quit(0)]);
}

#[test]
fn without_colour_bold_and_words_carry_it() {
    let mut console = console((80, 24));
    console.model.colours = false;
    let buffer = console.buffer();
    let coloured = buffer.content.iter().filter(|cell| cell.fg != ratatui::style::Color::Reset);
    assert_eq!(coloured.count(), 0);
    assert!(console.screen().contains("! ending"));
}
