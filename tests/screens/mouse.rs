//! The mouse: what a click on each part of the screen does, what the wheel moves, and what no click may do by accident.

use roomkey::app::effect::Effect;
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
    console.click_on("WHEN").click_on("all 30").click_on("https://").click_on("Guest");
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
    assert!(matches!(console.effects[..], [Effect::Copy(_)]));
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
