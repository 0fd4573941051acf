//! Drafts survive the run, without secrets, in a file of the user's own; what somebody laid there instead is left out.

use std::os::unix::fs::{MetadataExt, symlink};
use std::path::PathBuf;

use rustix::process::Signal;

use crate::presets::console;
use crate::pty::Pty;
use crate::stage::Stage;

fn file(stage: &Stage) -> PathBuf {
    stage.home().join("state/roomkey/drafts.json")
}

fn stage() -> Stage {
    let stage = Stage::new();
    stage.configure(&format!("zone = \"UTC\"\n{}", stage.profile("whereby", &[])));
    stage
}

fn on_the_list(pty: &mut Pty) {
    pty.until("the list", |pty| !pty.shows("New link") && pty.shows("n new"));
}

#[test]
fn a_draft_is_there_after_leaving_and_after_a_signal() {
    let stage = stage();
    let mut pty = console(&stage);
    assert!(!file(&stage).exists());
    pty.keys("nin 77m");
    pty.until_shown(&["in 77m", "Create F2"]);
    pty.keys("\x1b");
    on_the_list(&mut pty);
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    assert_eq!(std::fs::metadata(file(&stage)).unwrap().mode() & 0o777, 0o600);
    let mut pty = console(&stage);
    pty.keys("n");
    pty.until_shown(&["in 77m"]);
    pty.keys("\x15in 88m");
    pty.until_shown(&["in 88m"]);
    pty.signal(Signal::TERM);
    assert_eq!(pty.exit_code(), 143);
    let mut pty = console(&stage);
    pty.keys("n");
    pty.until_shown(&["in 88m"]);
    pty.keys("\x1bOQ");
    pty.until_shown(&["is ready"]);
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    assert!(!std::fs::read_to_string(file(&stage)).unwrap().contains("88m"), "what was sent is no draft");
}

#[test]
fn secrets_are_in_no_draft() {
    let stage = Stage::new();
    stage.configure(&format!("zone = \"UTC\"\n{}", stage.profile("bigbluebutton", &[])));
    let mut pty = crate::presets::console_on(&stage, "bigbluebutton");
    pty.keys("n\x1b[19~attendeePW\r");
    pty.until_shown(&["New link"]);
    pty.keys("sEcReT-CANARY");
    pty.until_shown(&["••••"]);
    pty.keys("\x1b");
    on_the_list(&mut pty);
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    let text = std::fs::read_to_string(file(&stage)).unwrap();
    assert!(text.contains("bigbluebutton") && !text.contains("CANARY"), "{text}");
}

#[test]
fn a_foreign_file_is_left_out_with_a_sentence() {
    for hostile in ["nonsense", "{\"version\":9,\"drafts\":[]}", "link"] {
        let stage = stage();
        std::fs::create_dir_all(file(&stage).parent().unwrap()).unwrap();
        let victim = stage.home().join("victim");
        std::fs::write(&victim, "mine").unwrap();
        match hostile {
            "link" => symlink(&victim, file(&stage)).unwrap(),
            text => std::fs::write(file(&stage), text).unwrap(),
        }
        let mut pty = console(&stage);
        pty.until_shown(&["drafts"]);
        pty.keys("nin 77m");
        pty.until_shown(&["in 77m", "New link", "Create F2"]);
        pty.keys("\x1b");
        on_the_list(&mut pty);
        pty.keys("q");
        assert_eq!(pty.exit_code(), 0);
        assert_eq!(std::fs::read_to_string(&victim).unwrap(), "mine", "{hostile}");
    }
}
