//! What terminals send, and what it must come to.

use proptest::prelude::*;

use crate::domain::key::Key;
use crate::ports::terminal::mouse::Mouse;
use crate::ports::terminal::parse::{Input, Parser};
use crate::ports::terminal::paste::LIMIT;

/// Everything that comes of these bytes, with nothing after them.
fn inputs(bytes: &[u8]) -> Vec<Input> {
    let mut parser = Parser::default();
    let mut out = Vec::new();
    parser.feed(bytes, &mut out);
    parser.settle(&mut out);
    if parser.patience().is_some() {
        parser.give_up(&mut out);
    }
    out
}

fn keys(bytes: &[u8]) -> String {
    inputs(bytes)
        .into_iter()
        .map(|input| match input {
            Input::Key(key) => key.to_string(),
            other => format!("{other:?}"),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn keys_come_as_terminals_send_them() {
    for (bytes, expected) in [
        ("aZ ü日🎉", "a Z <Space> ü 日 🎉"),
        ("\r\t\x7f\x08", "<Enter> <Tab> <Backspace> <Backspace>"),
        ("\x03\x1a\x1f\x00", "<C-c> <C-z> <C-_> <C-Space>"),
        ("\x1b[A\x1b[B\x1bOC\x1bOD", "<Up> <Down> <Right> <Left>"),
        ("\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[5~\x1b[6~", "<Home> <End> <Home> <End> <PageUp> <PageDown>"),
        ("\x1bOP\x1b[12~\x1b[[E\x1b[24~\x1b[34~", "<F1> <F2> <F5> <F12> <F20>"),
        ("\x1b[1;5C\x1b[1;2A\x1b[3;3~\x1b[Z", "<C-Right> <S-Up> <A-Delete> <S-Tab>"),
        ("\x1bb\x1b\r\x1b_\x1b\x7fü", "<A-b> <A-Enter> <A-_> <A-Backspace> ü"),
        ("\x1b\x1b[A", "<Esc> <Up>"),
        ("\x1b\x1b", "<Esc> <Esc>"),
        ("\x1b", "<Esc>"),
        ("\x1b[", "<A-[>"),
        ("\x1bO", "<A-O>"),
        ("\x1b]", "<A-]>"),
        ("\x1b[13;5u\x1b[97;5u\x1b[97:65;2u\x1b[9;2u", "<C-Enter> <C-a> A <S-Tab>"),
        ("\x1b[97;1:1u\x1b[97;1:3u\x1b[1;1:3A", "a"),
        ("\x1b[27;5;13~", "<C-Enter>"),
        ("\x1b[57400u\x1b[57419u", "1 <Up>"),
        ("\x1b[R\x1b[1;5R", "<F3> <C-F3>"),
    ] {
        assert_eq!(keys(bytes.as_bytes()), expected, "{bytes:?}");
    }
}

#[test]
fn what_nobody_asked_for_vanishes() {
    for bytes in [
        &b"\x1b[?1;2c"[..],
        b"\x1b[12;40R",
        b"\x1b[I\x1b[O",
        b"\x1b[M !!",
        b"\x1b[<0;3;4m\x1b[<1;3;4M\x1b[<2;3;4M\x1b[<35;3;4M\x1b[<32;3;4M\x1b[<8;3;4M\x1b[<66;3;4M",
        b"\x1b[<0;0;4M\x1b[<0;3;0M\x1b[<0;3M\x1b[<0;3;4;5M\x1b[<;;M\x1b[<M\x1b[<-1;2;3M\x1b[<0;3;4A",
        b"\x1b[<0;99999999999;4M",
        b"\x1b]52;c;c2VjcmV0\x07",
        b"\x1b]11;rgb:0000/0000/0000\x1b\\",
        b"\x1bP1+r5463\x1b\\",
        b"\x1b[?997;1n",
        b"\xff\xfe\x80",
        b"\xc2\x9b",
        b"\xed\xa0\x80",
        b"\x1b[200000000000000000000~",
        b"\x1b[201~",
    ] {
        assert_eq!(inputs(bytes), [], "{bytes:?}");
        let followed = [bytes, b"q"].concat();
        assert_eq!(keys(&followed), "q", "{bytes:?}");
    }
}

#[test]
fn the_mouse_says_where_the_left_button_was_pressed_and_the_wheel_turned() {
    assert_eq!(
        inputs(b"a\x1b[<0;1;1M\x1b[<0;1;1m\x1b[<0;220;65535Mb\x1b[<64;3;4M\x1b[<65;3;4M\x1b[<81;3;4M"),
        [
            Input::Key(Key::from('a')),
            Input::Mouse(Mouse::Press(0, 0)),
            Input::Mouse(Mouse::Press(219, 65534)),
            Input::Key(Key::from('b')),
            Input::Mouse(Mouse::WheelUp),
            Input::Mouse(Mouse::WheelDown),
            Input::Mouse(Mouse::WheelDown),
        ]
    );
}

#[test]
fn a_paste_is_one_text_whatever_is_in_it() {
    assert_eq!(
        inputs(b"\x1b[200~room\r\ntwo\rq\x03\x1b[A\x1b\x1b[201~x"),
        [Input::Paste("room\ntwo\nq\x03\x1b[A\x1b".into()), Input::Key(Key::from('x'))]
    );
    assert_eq!(inputs(b"\x1b[200~\xc3(\x1b[201~"), [Input::Paste("\u{fffd}(".into())]);
}

#[test]
fn a_paste_beyond_the_limit_is_counted_and_thrown_away() {
    let paste = |length| [b"\x1b[200~", "a".repeat(length).as_bytes(), b"\x1b[201~"].concat();
    assert_eq!(inputs(&paste(LIMIT)), [Input::Paste("a".repeat(LIMIT))]);
    assert_eq!(inputs(&paste(LIMIT + 1)), [Input::PasteTooLong(LIMIT + 1)]);
    assert_eq!(inputs(&paste(5 * LIMIT)), [Input::PasteTooLong(5 * LIMIT)]);
}

#[test]
fn a_paste_without_end_gives_the_keys_back_only_to_a_lone_ctrl_c_or_esc() {
    for (way_out, rest) in [(&b"\x03"[..], "q"), (b"\x1b", "q")] {
        let mut parser = Parser::default();
        let mut out = Vec::new();
        parser.feed(b"\x1b[200~ab", &mut out);
        parser.feed(way_out, &mut out);
        assert_eq!(out, [], "before the pause it belongs to the paste");
        parser.give_up(&mut out);
        assert_eq!(std::mem::take(&mut out), [Input::PasteOpen]);
        assert_eq!(parser.patience(), None, "told once");
        parser.feed(b"q\r\x03", &mut out);
        assert_eq!(out, [], "the rest of a slow paste is no key");
        parser.feed(way_out, &mut out);
        parser.feed(rest.as_bytes(), &mut out);
        assert_eq!(out, [Input::Key(Key::from('q'))]);
    }
}

/// Bytes with many escape sequences in them.
fn noise() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        any::<u8>().prop_map(|byte| vec![byte]),
        "[a-z0-9;:?<~\\[\\]OMPRu\\\\]{0,4}".prop_map(String::into_bytes),
        "\x1b\\[<[0-9;-]{0,12}[Mm]".prop_map(String::into_bytes),
        Just(b"\x1b[".to_vec()),
        Just(b"\x1b[200~".to_vec()),
        Just(b"\x1b[201~".to_vec()),
        Just("é日".as_bytes().to_vec()),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(crate::chance::usual())]

    #[test]
    fn it_does_not_matter_how_the_bytes_are_cut(bytes in noise(), cut in 1usize..7) {
        let (mut whole, mut cut_up) = (Vec::new(), Vec::new());
        Parser::default().feed(&bytes, &mut whole);
        let mut parser = Parser::default();
        for piece in bytes.chunks(cut) {
            parser.feed(piece, &mut cut_up);
        }
        prop_assert_eq!(whole, cut_up);
    }

    #[test]
    fn silence_always_ends_what_is_half_read(bytes in noise()) {
        let mut parser = Parser::default();
        let mut out = Vec::new();
        parser.feed(&bytes, &mut out);
        parser.give_up(&mut out);
        prop_assert_eq!(parser.patience(), None);
    }

    #[test]
    fn keys_hold_no_control_characters(bytes in noise()) {
        for input in inputs(&bytes) {
            if let Input::Key(key) = input {
                prop_assert!(!key.to_string().chars().any(char::is_control));
            }
        }
    }
}
