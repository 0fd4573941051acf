//! What belongs to messages and entries beyond the run: a template edited in the user's editor, the template used last,
//! and a ticket given later.

use crate::presets::console;
use crate::pty::Pty;
use crate::stage::Stage;

const F4: &str = "\x1bOS";

fn stage() -> (Stage, String) {
    let stage = Stage::new();
    let text = format!("# the team's\nzone = \"UTC\" # everywhere\n\n{}", stage.profile("whereby", &[]));
    stage.configure(&text);
    (stage, text)
}

/// The console with an editor that puts this text in the place of what it gets.
fn with_editor(stage: &Stage, text: &str) -> Pty {
    let state = format!("XDG_STATE_HOME={}", stage.home().join("state").display());
    let editor = format!("EDITOR=f() {{ printf '%s\\n' '{text}' > \"$1\"; }}; f");
    let config = stage.config().display().to_string();
    let program = env!("CARGO_BIN_EXE_roomkey");
    let mut pty = Pty::run((100, 30), &["env", &state, &editor, program, "--config", &config]);
    pty.until_shown(&["roomkey", "whereby"]);
    pty
}

fn made(pty: &mut Pty) {
    pty.keys("N");
    pty.until_shown(&["is ready"]);
}

#[test]
fn an_edited_template_is_in_the_configuration_and_holds_at_once() {
    let (stage, before) = stage();
    let mut pty = with_editor(&stage, r#"text = "Neu: {guest_link}""#);
    made(&mut pty);
    pty.keys("M");
    pty.until_shown(&["Choose the message"]);
    pty.keys(F4);
    pty.until_shown(&["Template chat is saved"]);
    let text = std::fs::read_to_string(stage.config()).unwrap();
    assert_eq!(text, format!("{before}\n[templates.chat]\ntext = \"Neu: {{guest_link}}\"\n"));
    pty.keys("\x1b");
    pty.until_shown(&["Neu: http://"]);
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn one_that_will_not_do_leaves_the_configuration_alone() {
    let (stage, before) = stage();
    let mut pty = with_editor(&stage, r#"text = "Host: {host_link}""#);
    made(&mut pty);
    pty.keys("M");
    pty.until_shown(&["Choose the message"]);
    pty.keys(F4);
    pty.until_shown(&["chat is not saved: line 1: text: "]);
    assert_eq!(std::fs::read_to_string(stage.config()).unwrap(), before);
    pty.keys("\x1b");
    pty.until("the list", |pty| !pty.shows("Choose the message"));
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn the_last_template_and_a_ticket_are_there_in_the_next_run() {
    let (stage, _) = stage();
    let mut pty = console(&stage);
    made(&mut pty);
    pty.keys("M");
    pty.until_shown(&["Choose the message"]);
    pty.keys("phone\r");
    pty.until_shown(&["Please open http://"]);
    pty.keys("t");
    pty.until_shown(&["Ticket of"]);
    // Left at once: what nobody waits for is written all the same.
    pty.keys("T-4711\rq");
    assert_eq!(pty.exit_code(), 0);
    let mut pty = console(&stage);
    pty.until_shown(&["T-4711", "Please open http://"]);
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    let habits = std::fs::read_to_string(stage.home().join("state/roomkey/habits.json")).unwrap();
    assert!(habits.contains("phone") && !habits.contains("http"), "{habits}");
}
