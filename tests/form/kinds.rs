//! Every kind of field as it looks: on the whole of the usual screen and of a large one, and beside the list and the
//! profiles, as the form stands on a screen of 140 by 45.

use super::console::*;

fn pictures(name: &str, make: impl Fn(&mut Console)) {
    for (width, height) in [(80, 22), (140, 43), (56, 40)] {
        let mut console = Console::every().sized(width, height);
        make(&mut console);
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("{name}_{width}x{height}"), console.picture());
        });
    }
}

#[test]
fn text_in_view() {
    pictures("text", |console| drop(console.at("name").keys("Router help für 日本 👨‍👩‍👧‍👦")));
}

#[test]
fn time_in_words() {
    pictures("datetime", |console| drop(console.at("ends").keys("tomorrow 0:30")));
}

#[test]
fn length_of_time_in_words() {
    pictures("duration", |console| drop(console.at("stay").keys("1h30")));
}

#[test]
fn whole_number_refused() {
    pictures("integer", |console| drop(console.at("people").keys("501")));
}

#[test]
fn switch_with_remedy() {
    pictures("switch", |console| {
        console.at("links").keys("<Space>");
        console.at("locked").keys("<Space>");
    });
}

#[test]
fn choice_in_a_row() {
    pictures("choice", |console| drop(console.at("mode").keys("<Space><Space>")));
}

#[test]
fn choice_from_a_list() {
    pictures("choice_list", |console| drop(console.at("colour").keys("<Space>e")));
}

#[test]
fn several_in_a_row() {
    pictures("choices", |console| drop(console.at("links").keys("<Right><Space>")));
}

#[test]
fn several_from_a_list() {
    pictures("choices_list", |console| drop(console.at("off").keys("<Space><Space><Down><Down><Space>")));
}

#[test]
fn items_in_rows() {
    pictures("list", |console| drop(console.at("guests").keys("ada@example.com<Down>no address")));
}

#[test]
fn lines_of_text() {
    pictures("lines", |console| {
        drop(console.at("welcome").keys("Hello<Enter><Enter>you<Enter>all<Enter>there"))
    });
}

#[test]
fn secret_as_dots() {
    pictures("secret", |console| drop(console.at("pin").keys("hidden-canary")));
}

#[test]
fn address_refused() {
    pictures("url", |console| drop(console.at("back").keys("http://example.com")));
}

#[test]
fn mail_address_refused() {
    pictures("email", |console| drop(console.at("owner").keys("ada")));
}

#[test]
fn json_over_lines() {
    pictures("json", |console| drop(console.at("extra").keys("{\"a\": [1, true,<Enter>null]}")));
}

#[test]
fn names_and_values_in_rows() {
    pictures("pairs", |console| drop(console.at("tag-*").keys("team = red<Down>x = 1")));
}

#[test]
fn operation_with_one_field_and_no_groups() {
    pictures("operation", |console| drop(console.keys("<Up><Up><Up><Space>")));
}

#[test]
fn a_field_is_found() {
    pictures("find", |console| drop(console.keys("<F8>knock")));
}

#[test]
fn help_of_a_field() {
    pictures("help", |console| drop(console.at("name").keys("<F1>")));
}

#[test]
fn every_problem_is_listed() {
    pictures("problems", |console| {
        console.at("ends").keys("yesterday");
        console.at("owner").keys("ada");
        console.keys("<F2>");
    });
}

#[test]
fn a_secret_is_nowhere_on_the_screen_and_in_no_draft() {
    let mut console = Console::every();
    console.at("pin").keys("hidden-canary");
    assert!(console.screen().contains("PIN             ••••••••"), "{}", console.screen());
    assert!(!console.screen().contains("canary"));
    assert!(!format!("{:?}{:?}", console.form, console.form.draft()).contains("canary"));
}
