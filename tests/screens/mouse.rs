//! The mouse: what a click on each part of the screen does, what the wheel moves, and what no click may do by accident.

use roomkey::app::action::Action;
use roomkey::app::effect::Effect;
use roomkey::app::keys::Context;
use roomkey::app::layer::Layer;
use roomkey::app::message::Message;

use crate::support::console::Console;
use crate::support::entries::{joinme, whereby};

const SIZE: (u16, u16) = (80, 24);

/// Many rows, `Room 29` the newest.
fn full(size: (u16, u16)) -> Console {
    Console::showing(size, (0..30).map(|n| whereby(&format!("Room {n}."), n - 60)).collect())
}

fn selected(console: &Console) -> String {
    console.model.rows.selected().unwrap().name.to_string()
}

fn top(console: &Console) -> Option<&Layer> {
    console.model.layers.last()
}

/// Long enough for the next click not to be the second half of a double click.
fn pause(console: &mut Console) -> &mut Console {
    console.wait(1000)
}

#[test]
fn a_click_selects_a_row_and_another_one_opens_it() {
    for size in [SIZE, (120, 30), (160, 40)] {
        let mut console = full(size);
        console.click_on("whereby  Room 27.");
        assert_eq!(selected(&console), "Room 27.");
        assert!(top(&console).is_none() && console.effects.is_empty(), "{size:?}");
        console.click_on("whereby  Room 27.");
        assert!(matches!(top(&console), Some(Layer::Details { whole: true, .. })), "{size:?}");
        assert!(console.effects.is_empty());
    }
}

#[test]
fn a_row_that_moved_since_it_was_drawn_is_still_the_one_that_was_clicked() {
    let mut console = full(SIZE);
    let (x, y) = console.place("Room 27.");
    console.model.add(joinme("newer", 0));
    console.press_again(x, y);
    assert_eq!(selected(&console), "Room 27.");
}

#[test]
fn a_click_on_nothing_does_nothing() {
    let mut console = full(SIZE);
    let before = console.screen();
    console.click(200, 200).click(0, 0).click(79, 1).click(79, 23);
    console.click_on("WHEN").click_on("of 30").click_on("https://").click_on("Guest");
    assert!(top(&console).is_none() && console.effects.is_empty());
    assert_eq!(console.screen(), before);
}

#[test]
fn tabs_are_chosen_in_a_line_and_in_a_column() {
    for size in [SIZE, (160, 40)] {
        let mut console = Console::demo(size);
        for (index, name) in ["bunch", "joinme", "metered", "bbb", "whereby"].iter().enumerate().rev() {
            console.click_on(&format!("{} {name}", index + 1));
            assert_eq!(console.model.current, index, "{name} at {size:?}");
        }
    }
    let mut console = Console::demo(SIZE);
    console.click_on("2 joinme").keys("n").click_on("New link");
    assert!(matches!(top(&console), Some(Layer::Form(_))));
    console.click(2, 1);
    assert_eq!(console.model.current, 1, "no tab stands under a form");
}

#[test]
fn words_of_the_footer_act_as_their_keys_but_once_in_a_double_click() {
    let mut console = Console::demo(SIZE);
    console.click_on("N quick").click_on("N quick");
    assert_eq!(console.calls().len(), 1, "a double click creates once");
    pause(&mut console).click_on("N quick");
    assert!(matches!(top(&console), Some(Layer::Dialog(_))), "the same once more is asked about");
    pause(&mut console).keys("<Tab>").click_on("▸Create");
    assert_eq!(console.calls().len(), 2);
    pause(&mut console).click_on("? help");
    assert!(matches!(top(&console), Some(Layer::Help { .. })));
    pause(&mut console).click_on("? help");
    assert!(top(&console).is_none());
    pause(&mut console).click_on("q quit");
    assert!(matches!(top(&console), Some(Layer::Dialog(_))));
}

#[test]
fn answers_are_buttons_and_nothing_else_is_heard_under_a_question() {
    let mut console = full(SIZE);
    console.keys("N q");
    let (x, y) = {
        console.keys("<Esc>");
        console.place("Room 29.")
    };
    console.keys("q").click(x, y);
    assert!(matches!(top(&console), Some(Layer::Dialog(_))), "what lies under it is covered");
    console.click_on("Stay");
    assert!(top(&console).is_none());
    console.keys("q");
    pause(&mut console).click_on("Leave");
    assert!(console.effects.contains(&Effect::Quit(0)));
}

#[test]
fn a_click_in_the_form_goes_to_a_field_and_only_then_acts_like_space() {
    let mut console = Console::demo(SIZE);
    console.keys("5 n");
    let before = console.screen();
    console.click_on("Ticket");
    assert!(console.screen().contains("▌ Ticket"));
    console.keys("T-1").click_on("Title").keys("ACME");
    assert!(console.screen().contains("ACME") && console.screen().contains("T-1"));
    console.click_on("Advanced:");
    let unfolded = console.screen();
    assert!(!unfolded.contains("▸ Advanced") && unfolded != before, "{unfolded}");
}

/// The value of a field on the wire name, as it would be kept.
fn typed(console: &Console, name: &str) -> String {
    let Some(Layer::Form(form)) = console.model.layers.last() else { panic!("no form") };
    let found = form.fields().find(|(known, ..)| *known == name).unwrap();
    found.2.raw().first().map(|(_, text)| text.clone()).unwrap_or_default()
}

fn title(console: &Console) -> &str {
    let Some(Layer::Form(form)) = console.model.layers.last() else { panic!("no form") };
    form.title().text()
}

#[test]
fn a_click_in_a_text_puts_the_cursor_there() {
    for size in [SIZE, (120, 30), (160, 45)] {
        let mut console = Console::demo(size);
        console.keys("5 n").click_on("Title").keys("日本語<Space>👩‍👩‍👧<Space>acme");
        console.click_on("Ticket").click_on("acme").keys("X");
        assert_eq!(title(&console), "日本語 👩‍👩‍👧 Xacme", "{size:?}");
        console.click_on("語").keys("Y").click_on("👩‍👩‍👧").keys("Z");
        assert_eq!(title(&console), "日本Y語 Z👩‍👩‍👧 Xacme", "{size:?}");
        let (x, y) = console.place("Xacme");
        console.click(x + 5, y).keys("!");
        assert_eq!(title(&console), "日本Y語 Z👩‍👩‍👧 Xacme!", "behind the text is its end");
        let (x, y) = console.place("語");
        console.click(x + 1, y).keys("<BS>");
        assert_eq!(title(&console), "日本語 Z👩‍👩‍👧 Xacme!", "either half of a wide sign is before it");
    }
}

#[test]
fn a_click_in_a_text_that_scrolled_hits_what_is_seen() {
    let mut console = Console::demo(SIZE);
    let long: String = (0..100).map(|n| format!("{n:03}-")).collect();
    console.keys("5 n").click_on("Title").paste(&long);
    assert!(!console.screen().contains("000-"));
    console.click_on("096-").keys("X");
    assert!(title(&console).contains("095-X096-"), "{}", title(&console));
    console.keys("<Home>").click_on("Ticket").click_on("002-").keys("Y");
    assert!(title(&console).contains("001-Y002-"), "{}", title(&console));
    console.click_on("Ticket").click_on("Y002-").keys("<Del>");
    assert!(title(&console).contains("001-002-"), "{}", title(&console));
}

#[test]
fn a_click_into_what_was_filled_in_keeps_it_and_one_behind_it_does_not() {
    let mut console = Console::demo(SIZE);
    console.keys("5 n").click_on("Title");
    let (x, y) = console.place("in 30m");
    console.click(x + 3, y).keys("1");
    assert_eq!(typed(&console, "endDate"), "in 130m");
    let mut console = Console::demo(SIZE);
    console.keys("5 n").click_on("Title").click(x + 9, y).keys("16:00");
    assert_eq!(typed(&console, "endDate"), "16:00", "as after Tab");
    let mut console = Console::demo(SIZE);
    console.keys("5 n").click_on("Title").click(x + 9, y).click(x + 9, y).keys("1");
    assert_eq!(typed(&console, "endDate"), "in 30m1", "a second click is a move of the cursor");
}

#[test]
fn texts_of_several_lines_and_rows_take_a_click() {
    let mut console = Console::demo(SIZE);
    console.keys("4 n <F8>").paste("moderatorOnlyMessage").keys("<CR>").paste("one\ntwo\nthree\nfour\nfive");
    console.click_on("three").keys("X");
    assert_eq!(typed(&console, "moderatorOnlyMessage"), "one\ntwo\nXthree\nfour\nfive");
    console.click_on("two").keys("<End>!");
    assert_eq!(typed(&console, "moderatorOnlyMessage"), "one\ntwo!\nXthree\nfour\nfive");
    console.keys("<F8>").paste("meta_").keys("<CR><Space>").paste("a = first").keys("b").paste(" = second");
    console.click_on("= first").keys("1");
    assert_eq!(typed(&console, "meta_*"), "first", "{}", console.screen());
    pause(&mut console).keys("<Esc><F8>").paste("locked").click_on("cked").keys("g");
    assert!(console.screen().contains("logcked"), "{}", console.screen());
}

#[test]
fn words_that_name_a_key_are_buttons_wherever_they_stand() {
    for size in [SIZE, (120, 30), (160, 45)] {
        let mut console = full(size);
        console.click_on("y copy").perform();
        assert!(console.clipboard.is_some(), "{size:?}");
        pause(&mut console).click_on("C copy…");
        assert!(matches!(top(&console), Some(Layer::Menu(_))), "{size:?}");
        console.keys("<Esc>");
        pause(&mut console).keys("5 n").click_on("F8 find");
        assert!(console.screen().contains("Find a field"), "{size:?}");
        pause(&mut console).keys("<Esc>").click_on("F7 unfold");
        assert!(console.screen().contains("F7 fold"), "{size:?}");
    }
    let mut console = Console::demo(SIZE);
    console.click_on("fills a form first");
    assert!(matches!(top(&console), Some(Layer::Form(_))));
}

#[test]
fn the_key_beside_a_remedy_takes_it() {
    let mut console = Console::demo(SIZE);
    console.keys("5 n").click_on("■ hostRoomUrl");
    let key = roomkey::app::keys::readable(&console.model.keys.key_of(Context::Form, Action::Fix).unwrap());
    let words = "→ Also ask for: hostRoomUrl   ";
    let (x, y) = console.place(&format!("{words}{key}"));
    console.click(x, y);
    assert!(console.screen().contains("▌   → Also ask for"), "the words only lead there");
    console.keys("<S-Tab>").click(x + 30, y);
    assert!(console.screen().contains("■ hostRoomUrl"), "{}", console.screen());
    assert!(!console.screen().contains("→ Also ask for"));
}

#[test]
fn a_choice_is_taken_where_it_stands_and_the_rest_of_its_row_acts_like_space() {
    let mut console = Console::demo(SIZE);
    console.keys("5 n");
    let (_, y) = console.place("Locked");
    let row = |console: &mut Console| console.screen().lines().nth(usize::from(y)).unwrap().to_owned();
    let was = row(&mut console);
    console.click_on("○ off");
    assert!(row(&mut console).contains("▌ Locked") && row(&mut console).contains("● off"));
    console.click_on("○ on").click(4, y);
    assert!(row(&mut console).contains("● off"), "Space steps on: {}", row(&mut console));
    console.click_on("□ viewerRoomUrl").click_on("■ hostRoomUrl");
    assert!(console.screen().contains("□ hostRoomUrl   ■ viewerRoomUrl"));
    console.click(4, y);
    assert_ne!(row(&mut console), was, "the first click only goes there");
    console.click_on("○ group");
    assert!(console.screen().contains("● group"));
    assert!(console.effects.iter().all(|effect| !matches!(effect, Effect::Create(..))));
}

#[test]
fn a_list_over_the_fields_is_answered_with_the_mouse_alone() {
    let mut console = Console::demo(SIZE);
    console.keys("5 n <F8>").click_on("stay here");
    assert!(console.screen().contains("▌ Ends"), "{}", console.screen());
    pause(&mut console).keys("<F8>").click_on("Locked");
    assert!(console.screen().contains("▌ Locked"), "{}", console.screen());
    assert!(console.effects.is_empty());
}

#[test]
fn the_button_creates_once_and_what_comes_under_it_is_not_hit() {
    let mut console = Console::demo(SIZE);
    console.keys("5 n");
    let (x, y) = console.place("[ Create F2 ]");
    console.click(x, y).press_again(x, y).click(x, y);
    assert_eq!(console.calls().len(), 1);
    assert!(top(&console).is_none());
    pause(&mut console).click_on("4 bbb").keys("n").click_on("create and copy");
    assert_eq!(console.calls().len(), 2);
}

#[test]
fn lists_of_choices_are_marked_by_a_click_and_taken_by_the_next() {
    let mut console = full(SIZE);
    console.keys("p").click_on("joinme                    joinme");
    assert!(top(&console).is_none());
    assert_eq!(console.model.profile().unwrap().name, "joinme");
    pause(&mut console).keys("M").click_on("phone");
    assert!(matches!(top(&console), Some(Layer::Picker(_))) && console.effects.is_empty());
    pause(&mut console).click_on("phone");
    assert!(matches!(console.effects[..], [Effect::KeepHabit(_), Effect::Copy(_)]));
}

#[test]
fn the_copy_menu_copies_what_is_clicked() {
    let mut console = full(SIZE);
    console.keys("C").click_on("guest link").perform();
    assert!(top(&console).is_none());
    assert!(console.clipboard.is_some());
}

#[test]
fn the_wheel_moves_what_lies_on_top() {
    let mut console = full(SIZE);
    console.wheel(2);
    assert_eq!(selected(&console), "Room 23.");
    console.wheel(-1);
    assert_eq!(selected(&console), "Room 26.");
    console.wheel(-9);
    assert_eq!(selected(&console), "Room 29.", "and stays at the end");
    console.keys("?").wheel(2);
    assert!(matches!(top(&console), Some(Layer::Help { scroll: 6 })));
    console.wheel(-5);
    assert!(matches!(top(&console), Some(Layer::Help { scroll: 0 })));
    console.keys("<Esc> p").wheel(1);
    assert!(matches!(top(&console), Some(Layer::Picker(open)) if open.marked == 3));
    console.keys("<Esc> 5 n").wheel(90).wheel(-90);
    assert!(console.effects.is_empty());
}

#[test]
fn a_text_shown_alone_is_left_to_the_terminal() {
    let mut console = full(SIZE);
    assert!(console.model.wants_mouse());
    console.keys("K");
    assert!(!console.model.wants_mouse());
    console.keys("<Esc>");
    assert!(console.model.wants_mouse());
    console.model.mouse = false;
    assert!(!console.model.wants_mouse());
}

/// Every cell of every page, clicked twice, and the wheel: nothing panics.
#[test]
fn no_cell_of_any_page_breaks_it() {
    for size in [(60, 15), (160, 40)] {
        for keys in ["", "n", "n <F8>", "n <F3>", "5 n <F7>", "p", ":", "?", "L", "C", "P", "v", "N q", "K"] {
            let mut console = full(size);
            console.keys(keys);
            console.buffer();
            for at in (0..size.0 * size.1).step_by(61) {
                let (x, y) = (at % size.0, at / size.0);
                console.press_again(x, y).press_again(x, y);
                console.send(Message::Wheel(x % 2 == 0)).wait(500);
                console.buffer();
            }
        }
    }
}
