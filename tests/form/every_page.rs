//! Every operation of every shipped page opens, draws at any size and takes every key.

use roomkey::app::form::{Draft, Form, Stop};
use roomkey::provider::catalog::Catalog;

use super::console::*;

pub fn operations() -> Vec<(String, String)> {
    let catalog = Catalog::embedded();
    let usable = |id: &str| catalog.usable(id).map(|page| (id.to_owned(), page));
    let pages: Vec<_> = catalog.ids().filter_map(usable).collect();
    assert!(pages.len() >= 4);
    let ids = |(id, page): &(String, std::sync::Arc<roomkey::domain::page::Page>)| {
        page.operations.keys().map(|operation| (id.clone(), operation.to_owned())).collect::<Vec<_>>()
    };
    pages.iter().flat_map(ids).collect()
}

fn stops(form: &Form) -> Vec<Stop> {
    form.stops()
}

#[test]
fn any_size_is_drawn() {
    for (page, operation) in operations() {
        let mut console = Console::shipped(&page, &operation);
        console.keys("<F7>");
        for width in 0..=30 {
            for height in 0..=12 {
                console = console.sized(width, height);
                console.buffer();
            }
        }
        for (width, height) in [(80, 24), (1, 60), (300, 1), (500, 200)] {
            console = console.sized(width, height);
            for stop in stops(&console.form) {
                console.form.go(stop);
                console.buffer();
            }
        }
    }
}

#[test]
fn every_field_takes_typing_and_every_panel_draws() {
    for (page, operation) in operations() {
        let mut console = Console::shipped(&page, &operation);
        console.keys("<F7>");
        for stop in stops(&console.form) {
            console.form.go(stop);
            if !matches!(stop, Stop::Operation | Stop::Advanced | Stop::Group(_)) {
                console.keys("x<Space>");
            }
            for (width, height) in [(80, 22), (20, 8), (3, 3)] {
                console = console.sized(width, height);
                console.buffer();
            }
            console.keys("<F1>");
            if console.form.is_picking() {
                console.keys("<Esc>");
            }
        }
    }
}

/// Any keys in any order: nothing panics, the cursor stands somewhere, what was typed comes back from its draft.
#[test]
fn random_keys() {
    const KEYS: [&str; 28] = [
        "<Tab>",
        "<S-Tab>",
        "<Up>",
        "<Down>",
        "<Left>",
        "<Right>",
        "<Space>",
        "<Enter>",
        "<BS>",
        "<Del>",
        "<F7>",
        "<F8>",
        "<Esc>",
        "<C-r>",
        "<C-u>",
        "<C-w>",
        "<C-_>",
        "<A-_>",
        "<C-y>",
        "<PgDn>",
        "<F1>",
        "<F2>",
        "a",
        "1",
        ",",
        "=",
        "日",
        "👩‍🔬",
    ];
    let mut seed: u64 = 7;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    let mut forms = operations();
    forms.extend((0..10).map(|_| ("every".to_owned(), "make".to_owned())));
    for (page, operation) in forms {
        let mut console = match page.as_str() {
            "every" => Console::every(),
            _ => Console::shipped(&page, &operation),
        };
        for step in 0..300 {
            console.keys(KEYS[next(KEYS.len())]);
            assert!(console.form.stops().contains(&console.form.focus()));
            if step % 20 == 0 {
                console.buffer();
            }
        }
        let (raw, draft) = (console.form.raw(), console.form.draft());
        let profile = console.form.profile().clone();
        let again = Console::open(profile, console.form.operation(), draft.clone());
        // a row without name or value is a problem to be mended, not a value to keep
        let whole = |(name, value): &&(String, String)| !(value.is_empty() && name.starts_with("tag-"));
        let kept = |draft: &Draft| draft.values.iter().filter(whole).cloned().collect::<Vec<_>>();
        assert_eq!(kept(&again.form.draft()), kept(&draft));
        let typed = raw.iter().filter(whole).filter(|pair| draft.values.contains(pair));
        assert!(typed.into_iter().all(|pair| again.form.raw().contains(pair)), "{page} {operation}");
    }
}

/// What the form starts with is what quick creation would send, so it is either ready or says what is needed.
#[test]
fn what_is_filled_in_is_in_order() {
    for (page, operation) in operations() {
        let console = Console::shipped(&page, &operation);
        let checks = console.checks();
        assert!(checks.contains("Ready") || checks.contains("Needed"), "{page} {operation}: {checks}");
        assert!(!checks.contains("Bad"), "{page} {operation}: {checks}");
    }
}

#[test]
fn at_the_usual_size_all_essentials_and_the_request_are_seen() {
    for (page, operation) in operations() {
        let console = Console::shipped(&page, &operation);
        let screen = console.screen();
        let seen = |text: &str| assert!(screen.contains(text), "{page} {operation} lacks {text}:\n{screen}");
        let spec = console.form.spec().unwrap();
        for (_, field) in spec.essentials.iter().take(5) {
            seen(&field.label);
        }
        for text in ["── Request", "secrets hidden", "[ Create F2 ]", "F6 create and copy"] {
            seen(text);
        }
    }
}

#[test]
fn a_page_without_such_an_operation_shows_its_first() {
    let console = Console::open(profile(shipped("metered")), "nothing", Draft::default());
    assert_eq!(console.form.operation(), "create-room");
}
