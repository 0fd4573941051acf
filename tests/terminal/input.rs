//! What comes from a terminal besides keys: noise, replies nobody asked for, sequences torn apart, and sizes no
//! terminal has. None of it makes, quits or breaks anything.

use super::pty::Pty;
use super::{NORMAL, roomkey};

/// The list, empty, and nothing over it.
fn at_rest(pty: &Pty) -> bool {
    pty.shows("none yet") && pty.shows("? help  q quit") && !pty.shows("Fill a form and create a link")
}

#[test]
fn noise_is_no_key() {
    let mut pty = roomkey();
    let mut noise = Vec::new();
    let mut state = 7_u32;
    while noise.len() < 1 << 20 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        noise.push(0x80 | (state >> 24) as u8);
    }
    noise.extend(b"\x1b[".repeat(10_000));
    for reply in ["\x1b[?1;2c", "\x1b[24;80R", "\x1b[0n", "\x1b]52;c;cXVpdA==\x07", "\x1b]11;rgb:0/0/0\x1b\\"]
    {
        noise.extend(reply.as_bytes());
    }
    for report in ["\x1b[<0;1;1M", "\x1b[<0;1;1m", "\x1b[M !!", "\x1b[I", "\x1b[O", "\x1b[113;1:3u"] {
        noise.extend(report.as_bytes());
    }
    pty.bytes(&noise);
    pty.keys("?");
    pty.until_shown(&["Fill a form and create a link"]);
    pty.keys("\x1b");
    pty.until("the list", at_rest);
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_given_back();
}

#[test]
fn a_sequence_torn_apart_is_its_pieces() {
    let mut pty = roomkey();
    pty.keys("?");
    pty.until_shown(&["Fill a form and create a link"]);
    // The help closes, so the escape was taken for itself; what follows stands for nothing.
    pty.keys("\x1b");
    pty.until("the list", at_rest);
    pty.keys("[A");
    pty.keys("?");
    pty.until_shown(&["Fill a form and create a link"]);
    pty.keys("\x1b");
    pty.until("the list", at_rest);
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn sizes_no_terminal_has_do_no_harm() {
    let mut pty = roomkey();
    for size in [(0, 0), (0, 24), (80, 0), (u16::MAX, 1), (1, u16::MAX), (u16::MAX, u16::MAX), (2, 2)] {
        pty.resize_oddly(size);
        pty.keys("j");
    }
    pty.resize((90, 24));
    pty.resize(NORMAL);
    pty.until("the list", at_rest);
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_given_back();
}
