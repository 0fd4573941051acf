//! The cursor goes everywhere and is held nowhere.

use roomkey::app::form::{FormAction, FormEvent, PanelKind, Stop};

use super::console::*;

#[test]
fn the_first_required_field_without_a_value_is_first() {
    assert_eq!(Console::every().here(), "name");
    assert_eq!(Console::shipped("whereby", "create").here(), "endDate");
}

#[test]
fn tab_and_arrows_go_round() {
    let mut console = Console::every();
    let all = console.form.stops().len();
    let mut seen = Vec::new();
    for _ in 0..all {
        seen.push(console.here());
        console.keys("<Tab>");
    }
    assert_eq!(console.here(), "name");
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), all);
    console.keys("<Up><Up><Up>");
    assert_eq!(console.here(), "Operation");
    console.keys("<S-Tab>");
    assert_eq!(console.here(), "Advanced");
}

#[test]
fn every_field_is_left_in_every_state() {
    for typed in ["", "x", " ", "👨‍👩‍👧‍👦", "a<Enter>b", "-1", "{", "<Space>", "<BS>", "<C-u>"]
    {
        let mut console = Console::every();
        console.keys("<F7>");
        for stop in console.form.stops() {
            for (leave, there) in [("<S-Tab>", "<Tab>"), ("<Tab>", "<S-Tab>")] {
                console.form.go(stop);
                if matches!(stop, Stop::Advanced | Stop::Group(_)) {
                    continue;
                }
                console.keys(typed);
                if console.form.is_picking() {
                    console.keys("<Esc>");
                }
                let here = console.here();
                console.keys(leave);
                assert_ne!(console.here(), here, "{typed:?} holds in {stop:?}");
                console.keys(there);
                assert_eq!(console.here(), here, "{typed:?} in {stop:?}");
            }
        }
    }
}

/// Also from rows that stand open, where it goes up first.
#[test]
fn every_field_of_every_page_is_left_backwards_in_every_state() {
    for (page, operation) in super::every_page::operations() {
        for typed in
            ["", "x", "9", "👨‍👩‍👧‍👦", "<Space>", "<Space><Space>", "<BS>", "<C-r>", "<F1>", "<F2>", "a<Enter>b"]
        {
            let mut console = Console::shipped(&page, &operation);
            console.keys("<F7>");
            let stops = console.form.stops();
            for (at, stop) in stops.iter().enumerate() {
                if !matches!(stop, Stop::Title | Stop::Ticket | Stop::Field(_)) || at == 0 {
                    continue;
                }
                console.form.go(*stop);
                console.keys(typed);
                if matches!(typed, "<F2>" | "a<Enter>b") {
                    console.form.go(*stop);
                }
                if console.form.panel().is_some_and(|panel| !matches!(panel.kind, PanelKind::Rows { .. })) {
                    console.keys("<Esc>");
                }
                let rows = if console.form.is_picking() { 2 } else { 0 };
                for _ in 0..=rows {
                    console.keys("<S-Tab>");
                    if console.form.focus() != *stop {
                        break;
                    }
                }
                assert!(!console.form.is_picking(), "{page} {operation} {stop:?} {typed:?}");
                assert_eq!(console.form.focus(), stops[at - 1], "{page} {operation} {stop:?} {typed:?}");
            }
        }
    }
}

#[test]
fn rows_are_walked_into_and_out_of() {
    let mut console = Console::every();
    console.at("guests").keys("a@b.c<Tab>d@e.f<Tab><Tab>");
    assert!(!console.form.is_picking());
    assert_eq!((console.raw("guests").as_deref(), console.here()), (Some("a@b.c,d@e.f"), "pin".into()));
    console.at("guests").keys("<Space><S-Tab><S-Tab>");
    assert!(console.form.is_picking());
    console.keys("<S-Tab>");
    assert_eq!((console.form.is_picking(), console.here()), (false, "off".into()));
}

#[test]
fn arrows_leave_a_text_of_several_lines_at_its_ends() {
    let mut console = Console::every();
    console.at("welcome").keys("one<Enter>two<Enter>three");
    console.keys("<Up><Up>");
    assert_eq!(console.here(), "welcome");
    console.keys("<Up>");
    assert_ne!(console.here(), "welcome");
    console.keys("<Tab>");
    assert_eq!(console.here(), "welcome");
    console.keys("<Down><Down><Down>");
    assert_eq!(console.here(), "colour");
}

#[test]
fn folding() {
    let mut console = Console::every();
    assert!(console.screen().contains("▸ Advanced: 0 set, 13 at the provider's default"));
    console.keys("<F7>");
    assert!(console.form.stops().len() > 20);
    console.at("people").keys("3<F7>");
    assert_eq!(console.here(), "Advanced");
    assert!(
        console.screen().contains("▸ Advanced: 1 set, 12 at the provider's default"),
        "{}",
        console.screen()
    );
    console.keys("<Space>");
    assert_eq!(console.form.open_groups(), Some(&[][..]));
    console.keys("<Tab>");
    assert_eq!(console.here(), "Group(0)");
    let mut tall = console.sized(80, 40);
    assert!(tall.screen().contains("▸ Numbers  1 of 3 set"), "{}", tall.screen());
    tall.keys("<Space><Tab>");
    assert_eq!(tall.here(), "people");
    assert_eq!(tall.keys("<S-Tab><Enter>").len(), 1, "Enter never opens: it creates or says why not");
}

#[test]
fn a_field_is_found_by_label_wire_name_synonym_and_group() {
    for (word, name) in [("Longest", "stay"), ("slug", "slug"), ("lobby", "locked"), ("elsew own", "owner")] {
        let mut console = Console::every();
        console.keys("<F8>");
        console.keys(&word.replace(' ', "<Space>"));
        console.keys("<Enter>");
        assert_eq!(console.here(), name, "{word}");
        assert!(console.screen().contains('▌'));
    }
    let mut console = Console::every();
    console.keys("<F8>zzz");
    assert!(console.screen().contains("nothing fits"));
    console.keys("<Enter>");
    assert_eq!(console.here(), "name");
    console.keys("<F8>stay<Esc>");
    assert_eq!((console.here(), console.form.is_picking()), ("name".into(), false));
}

#[test]
fn the_operation_is_changed_and_each_keeps_its_draft() {
    let mut console = Console::every();
    console.keys("Mine<Up>T-1<Up>Router<Up><Space>");
    assert_eq!((console.form.operation(), console.here().as_str()), ("drop", "Operation"));
    console.at("name").keys("Other");
    assert_eq!(console.form.title().text(), "Router");
    console.form.go(Stop::Operation);
    let events = console.keys("<Left>");
    assert_eq!(events, [FormEvent::Operation("make".into())]);
    assert_eq!(console.raw("name").as_deref(), Some("Mine"));
    let drafts = console.form.drafts();
    let names: Vec<_> = drafts.iter().map(|draft| (draft.operation.as_str(), draft.values.clone())).collect();
    assert_eq!(names, [("drop", raw(&[("name", "Other")])), ("make", raw(&[("name", "Mine")]))]);
    assert_eq!(drafts[1].ticket, "T-1");
}

#[test]
fn a_draft_brings_everything_back() {
    let mut console = Console::every();
    console.keys("Mine<Up>T-1<Up>Router");
    console.at("tag-*").keys("team = red<Enter>");
    console.at("links").keys("<Space>");
    console.at("slug").keys("<C-u>");
    console.at("guests").keys("a@b.c<Enter>");
    assert_eq!(console.keys("<Esc>"), [FormEvent::Close]);
    let before = (console.form.raw(), console.form.draft());
    let again = Console::open(profile(every()), "make", before.1.clone());
    assert_eq!((again.form.raw(), again.form.draft()), before);
    assert_eq!((again.here().as_str(), again.raw("links"), again.raw("slug")), ("guests", None, None));
}

#[test]
fn pages_of_fields() {
    let mut console = Console::every();
    console.keys("<F7><PgDn>");
    assert_eq!(console.here(), "Advanced");
    console.keys("<PgDn><PgDn><PgDn><PgDn><PgDn>");
    assert_eq!(console.here(), "stream");
    console.keys("<PgUp><PgUp><PgUp><PgUp><PgUp>");
    assert_eq!(console.here(), "Operation");
}

#[test]
fn actions_that_mean_nothing_here_do_nothing() {
    let mut console = Console::every();
    let before = console.picture();
    for action in [FormAction::Pick, FormAction::Mark, FormAction::ClosePicker, FormAction::NextChoice] {
        assert_eq!(console.act(action), []);
    }
    console.keys("<F24><C-x><Ins>");
    assert_eq!(console.picture(), before);
}
