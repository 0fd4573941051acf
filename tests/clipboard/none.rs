//! Where no clipboard answers: the console does not wait for it, the link is on the screen, and the console lives.

use super::pty::Pty;
use super::{CONFIGURED, ROOMKEY, SIZE, Sandbox, console, sequences};

/// Copies in a console that shows a room, and waits for the bare link. A terminal is watched for twenty seconds; what
/// is copied with here would take a minute or more.
fn copy_in_vain(pty: &mut Pty, why: &str) {
    pty.keys("y");
    pty.until_shown(&["Not on the clipboard: the guest link", why, "Select it by hand."]);
    let screen = pty.screen();
    assert!(screen.lines().any(|line| line.starts_with("http://127.0.0.1")), "{screen}");
    pty.keys("\x1b");
    pty.until_shown(&["+ live"]);
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn a_display_that_swallows_everything() {
    let mut pty = console(&[("DISPLAY", "10.255.255.1:0")], &[ROOMKEY]);
    pty.keys("3N");
    pty.until_shown(&["+ live"]);
    copy_in_vain(&mut pty, "could not copy:");
}

#[test]
fn a_display_that_is_not_there() {
    let mut pty = console(&[("DISPLAY", ":9999")], &[ROOMKEY]);
    pty.keys("3N");
    pty.until_shown(&["+ live"]);
    copy_in_vain(&mut pty, "no desktop's clipboard can be reached");
}

/// A sandbox of its own, and a console that speaks to it with this for a clipboard.
fn with_clipboard(clipboard: &str) -> (Sandbox, Pty) {
    let sandbox = Sandbox::start();
    let config = format!("clipboard = {clipboard}\n{}", sandbox.profile);
    let mut pty = Pty::run(SIZE, &["sh", "-c", CONFIGURED, ROOMKEY, &config]);
    pty.until_shown(&["metered"]);
    pty.keys("N");
    pty.until_shown(&["+ live"]);
    (sandbox, pty)
}

#[test]
fn a_command_that_is_missing_or_hangs() {
    for (clipboard, by, why) in [
        (
            "{ command = [\"/no/such/copier\"] }",
            "/no/such/copier",
            "could not start /no/such/copier: not found",
        ),
        ("{ command = [\"sleep\", \"60\"] }", "sleep", "sleep did not end within 2s"),
        ("\"none\"", "no clipboard", "there is no clipboard"),
    ] {
        let (_sandbox, mut pty) = with_clipboard(clipboard);
        assert!(pty.shows(&format!("copies by {by} ")), "{}", pty.screen());
        copy_in_vain(&mut pty, why);
    }
}

#[test]
fn a_command_tries_the_terminal_where_the_desktop_does_not_answer() {
    let sandbox = Sandbox::start();
    let script = format!("export DISPLAY=:9999; {CONFIGURED} create --copy \"$2\"");
    for (what, copied) in [("guest", "sent the guest link"), ("message", "sent the message chat")] {
        let mut pty = Pty::run(SIZE, &["sh", "-c", &script, ROOMKEY, &sandbox.profile, what]);
        pty.until_shown(&[copied, "with OSC 52: cannot be confirmed"]);
        let text = sequences::copied(&pty.written()).unwrap();
        let link = text.split_whitespace().find(|word| word.starts_with("http://127.0.0.1")).unwrap();
        assert!(pty.shows(link), "{text}\n{}", pty.screen());
        assert_eq!((what == "guest", pty.exit_code()), (text == link, 0));
    }
}

#[test]
fn the_bare_link_is_one_line_for_the_terminal_however_long_it_is() {
    let mut pty = Pty::run((60, 15), &[ROOMKEY]);
    pty.until_shown(&["bunch"]);
    pty.keys("4N");
    pty.until_shown(&["+ live"]);
    pty.keys("K");
    pty.until_shown(&["The guest link of", "checksum="]);
    // The model joins rows that the terminal has broken by itself.
    let screen = pty.screen();
    let link = screen.lines().find(|line| line.starts_with("http://127.0.0.1")).unwrap();
    assert!(link.len() > 120 && link.contains("checksum="), "{screen}");
    pty.keys("K");
    pty.until_shown(&["+ live"]);
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
}
