//! The cursor in a line and in several, as keys and clicks move it.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::*;

#[track_caller]
fn shows(input: &TextInput, expected: &str) {
    let text = format!("{}|{}", &input.text()[..input.at()], &input.text()[input.at()..]);
    assert_eq!(text, expected);
}

fn edits(input: &mut TextInput, edits: &[Edit]) {
    for edit in edits {
        input.edit(*edit);
    }
}

#[test]
fn one_backspace_takes_one_grapheme() {
    for grapheme in ["👨‍👩‍👧‍👦", "e\u{301}", "🇩🇪", "日", "ß", "👩🏽‍🔬"] {
        let mut input = TextInput::line(&format!("a{grapheme}"));
        input.edit(Edit::Backspace);
        shows(&input, "a|");
        input.insert(grapheme);
        edits(&mut input, &[Edit::Left, Edit::Left, Edit::Right, Edit::Delete]);
        shows(&input, "a|");
    }
}

#[test]
fn flags_stay_whole_between_flags() {
    let mut input = TextInput::line("🇩🇪🇫🇷🇮🇹");
    edits(&mut input, &[Edit::Left, Edit::Backspace]);
    shows(&input, "🇩🇪|🇮🇹");
}

#[test]
fn words_and_line_ends() {
    let mut input = TextInput::line("acme-onboarding for Zoë");
    edits(&mut input, &[Edit::WordLeft, Edit::WordLeft]);
    shows(&input, "acme-onboarding |for Zoë");
    input.edit(Edit::WordRight);
    shows(&input, "acme-onboarding for| Zoë");
    input.edit(Edit::EraseWord);
    shows(&input, "acme-onboarding | Zoë");
    input.edit(Edit::EraseBefore);
    shows(&input, "| Zoë");
    input.edit(Edit::LineEnd);
    shows(&input, " Zoë|");
    input.edit(Edit::WordLeft);
    assert_eq!(input.would_erase(Edit::EraseAfter), Some("Zoë"));
    input.edit(Edit::EraseWordAfter);
    shows(&input, " |");
    assert_eq!(input.would_erase(Edit::EraseAfter), None);
    edits(&mut input, &[Edit::LineStart, Edit::EraseAfter]);
    shows(&input, "|");
}

#[test]
fn undo_takes_back_a_run_of_typing_and_redo_brings_it_again() {
    let mut input = TextInput::line("");
    for c in ["r", "o", "o", "m", " ", "t", "w", "o"] {
        input.insert(c);
    }
    input.edit(Edit::Undo);
    shows(&input, "room |");
    edits(&mut input, &[Edit::Undo, Edit::Undo]);
    shows(&input, "|");
    assert!(!input.edit(Edit::Undo));
    edits(&mut input, &[Edit::Redo, Edit::Redo, Edit::Redo]);
    shows(&input, "room two|");
    input.edit(Edit::EraseBefore);
    input.edit(Edit::Undo);
    shows(&input, "room two|");
}

#[test]
fn lines_are_moved_through_by_column() {
    let mut input = TextInput::lines("日本語\nab\nxyz");
    edits(&mut input, &[Edit::Up]);
    shows(&input, "日本語\nab|\nxyz");
    edits(&mut input, &[Edit::Up]);
    shows(&input, "日|本語\nab\nxyz");
    assert!(!input.edit(Edit::Up));
    edits(&mut input, &[Edit::Down, Edit::LineStart, Edit::Down, Edit::LineEnd]);
    shows(&input, "日本語\nab\nxyz|");
    assert!(!input.edit(Edit::Down));
    assert_eq!((input.row(), input.rows()), (2, 3));
    input.edit(Edit::EraseBefore);
    shows(&input, "日本語\nab\n|");
}

#[test]
fn a_pointer_finds_the_grapheme_it_is_on() {
    let mut input = TextInput::lines("日本語\nae\u{301}👨‍👩‍👧‍👦z");
    for (from, cells, inside, expected) in [
        (0, 0, true, "|日本語\nae\u{301}👨‍👩‍👧‍👦z"),
        (0, 3, true, "日|本語\nae\u{301}👨‍👩‍👧‍👦z"),
        (3, 2, true, "日本|語\nae\u{301}👨‍👩‍👧‍👦z"),
        (0, 6, false, "日本語|\nae\u{301}👨‍👩‍👧‍👦z"),
        (10, 1, true, "日本語\na|e\u{301}👨‍👩‍👧‍👦z"),
        (10, 2, true, "日本語\nae\u{301}|👨‍👩‍👧‍👦z"),
        (10, 3, true, "日本語\nae\u{301}|👨‍👩‍👧‍👦z"),
        (10, 4, true, "日本語\nae\u{301}👨‍👩‍👧‍👦|z"),
        (10, 99, false, "日本語\nae\u{301}👨‍👩‍👧‍👦z|"),
    ] {
        assert_eq!(input.point(from, cells), inside, "{from} {cells}");
        shows(&input, expected);
    }
    // what was drawn may have gone since
    assert!(!input.point(1, 0) && !input.point(999, 0));
    shows(&input, "日本語\nae\u{301}👨‍👩‍👧‍👦z|");
}

#[test]
fn a_secret_is_appended_to_and_never_shown() {
    let mut input = TextInput::secret("sk_");
    edits(&mut input, &[Edit::Left, Edit::LineStart]);
    assert!(!input.point(0, 1));
    input.insert("1");
    shows(&input, "sk_1|");
    assert_eq!(format!("{input:?}"), "TextInput(4 bytes, at 4)");
}

proptest! {
    #![proptest_config(crate::chance::usual())]

    #[test]
    fn the_cursor_never_splits_a_grapheme(
        texts in prop::collection::vec("[a\u{301}🇩🇪👨\u{200d}👩日\n -]{0,4}", 1..6),
        steps in prop::collection::vec(0usize..16, 0..40),
    ) {
        const EDITS: [Edit; 16] = [
            Edit::Left, Edit::Right, Edit::Up, Edit::Down, Edit::WordLeft, Edit::WordRight, Edit::LineStart,
            Edit::LineEnd, Edit::Backspace, Edit::Delete, Edit::EraseBefore, Edit::EraseWord, Edit::Undo,
            Edit::Redo, Edit::EraseAfter, Edit::EraseWordAfter,
        ];
        let mut input = TextInput::lines("");
        for (index, step) in steps.iter().enumerate() {
            if index % 3 == 0 {
                input.insert(&texts[index % texts.len()]);
            }
            input.edit(EDITS[*step]);
            let whole = input.text().grapheme_indices(true).any(|(at, _)| at == input.at());
            prop_assert!(whole || input.at() == input.text().len(), "{:?}", input.text());
        }
    }
}
