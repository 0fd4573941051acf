//! What typing and each key does in a field.

use super::console::*;

#[track_caller]
fn typed(name: &str, keys: &str, expected: Option<&str>) {
    let mut console = Console::every();
    console.at(name).keys(keys);
    assert_eq!(console.raw(name).as_deref(), expected, "{keys}");
}

#[test]
fn line_editing() {
    typed("name", "one two<C-w>", Some("one "));
    typed("name", "one two<Home>x<End>y", Some("xone twoy"));
    typed("name", "one two<C-a>x<C-e>y", Some("xone twoy"));
    typed("name", "one two<C-u>", None);
    typed("name", "one two<A-b><A-b>x<A-f>y", Some("xoney two"));
    typed("name", "one two<C-w><C-_>", Some("one two"));
    typed("name", "one two<C-_><C-_><C-_><A-_>", Some("one"));
    typed("name", "one two<C-a><C-k>", None);
    typed("name", "one two<C-a><A-d>", Some(" two"));
    typed("name", "one two<C-w><A-y><A-y>", Some("one twotwo"));
    typed("name", "one two<C-a><C-k>x<A-y>", Some("xone two"));
    typed("name", "one<BS><A-y>", Some("on"));
    typed("name", "one<C-h>", Some("on"));
    typed("name", "one<Left><Del><BS>", Some("o"));
    typed("name", "q?N1:/.", Some("q?N1:/."));
}

#[test]
fn what_was_erased_goes_into_another_field_and_no_secret_does() {
    let mut console = Console::every();
    console.at("welcome").keys("Router<Enter>help<C-u>");
    console.at("name").keys("<A-y>");
    assert_eq!(console.raw("name").as_deref(), Some("help"));
    console.at("pin").keys("canary<C-w>");
    console.at("name").keys("<A-y>");
    assert_eq!(console.raw("name").as_deref(), Some("helphelp"));
    console.at("pin").keys("<A-y>");
    assert_eq!(console.raw("pin"), None, "nor does anything go into one");
    console.at("guests").keys("a@b.c<C-u><A-y><Enter>");
    assert_eq!(console.raw("guests").as_deref(), Some("a@b.c"));
}

#[test]
fn one_backspace_one_grapheme() {
    typed("name", "a👨‍👩‍👧‍👦<BS>", Some("a"));
    typed("name", "a🇩🇪<BS>", Some("a"));
    typed("name", "ae\u{301}<BS>", Some("a"));
    typed("name", "日本<Left><BS>", Some("本"));
}

#[test]
fn the_cursor_stands_where_the_next_grapheme_goes() {
    for (text, cells) in [("ab", 2), ("日本", 4), ("👨‍👩‍👧‍👦", 2), ("🇩🇪", 2), ("e\u{301}", 1)]
    {
        let mut console = Console::every();
        console.at("name");
        let start = console.buffer().1.unwrap().x;
        console.keys(text);
        assert_eq!(console.buffer().1.unwrap().x - start, cells, "{text}");
    }
}

#[test]
fn a_value_filled_in_beforehand_is_replaced_by_typing_and_kept_by_moving() {
    typed("ends", "30m", Some("30m"));
    typed("ends", "<End>0m", Some("in 2h0m"));
    typed("ends", "<Left>4", Some("in 24h"));
    typed("ends", "<BS>", None);
    typed("ends", "30m<C-_>", Some("in 2h"));
}

#[test]
fn switches_have_three_states() {
    typed("locked", "<Space>", Some("true"));
    typed("locked", "<Space><Space>", Some("false"));
    typed("locked", "<Space><Space><Space>", None);
    typed("locked", "<Left>", Some("false"));
    typed("locked", "<Right>", Some("true"));
    typed("locked", "no", None);
    typed("locked", "<Space><BS>", None);
}

#[test]
fn choices() {
    typed("mode", "<Space>", Some("small"));
    typed("mode", "l", Some("large"));
    typed("mode", "<Left>", Some("large"));
    typed("colour", "<Space>blu<Enter>", Some("blue"));
    typed("colour", "gre<Down><Enter>", Some("grey"));
    typed("colour", "<Space>null<Enter>", Some("null"));
    typed("colour", "<Space>blu<Esc>", None);
    typed("colour", "b<Enter><Space>provider<Enter>", None);
    typed("links", "<Space>", None);
    typed("links", "<Right><Space>", Some("host,viewer"));
    typed("links", "v<Space><Left><Space>", Some("viewer"));
    typed("off", "<Space><Space><Down><Space><Enter>", Some("chat,polls"));
    typed("off", "<Space><Down><Space><Up><Space><Enter>", Some("chat,polls"));
    typed("off", "<Space><Space><Esc>", None);
    typed("off", "sli<Space><Enter>", Some("slides"));
}

#[test]
fn rows() {
    typed("guests", "<Space>a@b.c<Enter>", Some("a@b.c"));
    typed("guests", "a@b.c<Down>d@e.f<Esc>", Some("a@b.c,d@e.f"));
    typed("guests", "a@b.c<Down>d@e.f<Up><C-u><Enter>", Some("d@e.f"));
}

#[test]
fn names_and_values() {
    let mut console = Console::every();
    console.at("tag-*").keys("team = red wine<Tab>x=a=b<Enter>");
    assert_eq!(console.form.raw()[3..], raw(&[("tag-team", "red wine"), ("tag-x", "a=b")]));
    console.keys("<Space><Up><C-u><Enter>");
    assert_eq!(console.form.raw()[3..], raw(&[("tag-team", "red wine")]));
    console.keys("<Space>half<Enter>");
    assert!(console.checks().contains("Tags: half has no value"), "{}", console.checks());
    console.keys("<Space><Up><C-u> = lost<Enter>");
    assert!(console.checks().contains("a name is missing"), "{}", console.checks());
    console.keys("<BS>");
    assert_eq!(console.form.raw().len(), 3);
}

#[test]
fn lines_take_enter_and_json_too() {
    typed("welcome", "a<Enter>b", Some("a\nb"));
    typed("extra", "[1,<Enter>2]", Some("[1,\n2]"));
}

#[test]
fn clearing_says_who_decides_then() {
    let mut console = Console::every();
    console.at("links").keys("<BS>");
    assert_eq!(console.said(), "Links is left to the provider");
    console.at("locked").keys("<Space><BS>");
    assert_eq!(console.said(), "Locked is left to the provider: off");
    console.at("slug").keys("<C-u>");
    assert_eq!(console.said(), "Short name is left to the provider");
    console.keys("x");
    assert_eq!(console.said(), "");
}
