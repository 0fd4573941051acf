//! `config edit`: a real editor (a shell script is one) in a real terminal, and what becomes of what it leaves.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use crate::pty::Pty;
use crate::stage::Stage;

const SIZE: (u16, u16) = (100, 30);
const OLD: &str = "# mine\nagent = \"Ada\"\n";
const NEW: &str = "# mine\nagent = \"Grace\"\n";
const WRONG: &str = "agnet = \"CANARY\"\n";

/// `config edit` with an editor that runs this script on the file it is given, on a configuration with this text (none
/// where it is empty) and mode. `next` is a file the script may take its text from.
fn edit(script: &str, config: &str, mode: &str, next: &str) -> Pty {
    let setup = r#"mkdir -p "$HOME/roomkey"; printf '%s' "$2" > "$HOME/next"
        if [ -n "$1" ]; then printf '%s' "$1" > "$HOME/roomkey/config.toml"
        chmod "$4" "$HOME/roomkey/config.toml"; fi
        export XDG_CONFIG_HOME="$HOME" VISUAL= EDITOR="f() { $3; }; f"; exec "$0" config edit"#;
    Pty::run(SIZE, &["sh", "-c", setup, env!("CARGO_BIN_EXE_roomkey"), config, next, script, mode])
}

fn file(pty: &Pty) -> PathBuf {
    pty.home().join("roomkey/config.toml")
}

fn text(pty: &Pty) -> String {
    fs::read_to_string(file(pty)).unwrap()
}

/// Names beside the configuration: nothing of ours stays.
fn names(pty: &Pty) -> Vec<String> {
    let entries = fs::read_dir(pty.home().join("roomkey")).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

const TAKE: &str = r#"cp "$HOME/next" "$1""#;

#[test]
fn what_is_sound_is_written_and_the_mode_stays() {
    let mut pty = edit(TAKE, OLD, "640", NEW);
    assert_eq!(pty.exit_code(), 0, "{}", pty.screen());
    assert!(pty.shows("written: "), "{}", pty.screen());
    assert_eq!((text(&pty).as_str(), names(&pty)), (NEW, vec!["config.toml".to_owned()]));
    assert_eq!(fs::metadata(file(&pty)).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn a_new_one_begins_as_the_example_and_is_the_users_alone() {
    let mut pty =
        edit(r#"cp "$1" "$HOME/seen"; stat -c %a "$1" > "$HOME/mode"; cp "$HOME/next" "$1""#, "", "", NEW);
    assert_eq!(pty.exit_code(), 0, "{}", pty.screen());
    assert_eq!(
        fs::read_to_string(pty.home().join("seen")).unwrap(),
        include_str!("../../config.example.toml")
    );
    assert_eq!(fs::read_to_string(pty.home().join("mode")).unwrap().trim(), "600");
    assert_eq!(text(&pty), NEW);
    assert_eq!(fs::metadata(file(&pty)).unwrap().permissions().mode() & 0o777, 0o600);
    let mut pty = edit("true", "", "", "");
    assert_eq!(pty.exit_code(), 0);
    assert!(pty.shows("nothing was changed") && names(&pty).is_empty(), "{}", pty.screen());
}

#[test]
fn what_is_wrong_is_shown_and_asked_about() {
    let wrong = "roomkey/config.toml:1:1: agnet: unknown key, did you mean `agent`?";
    let flat = |pty: &Pty| pty.screen().replace('\n', "");
    // Keep it anyway, throw it away, and Ctrl-C.
    for (key, left, code) in [("k\r", WRONG, 0), ("t\r", OLD, 0), ("\x03", OLD, 130), ("\x04", OLD, 0)] {
        let mut pty = edit(TAKE, OLD, "600", WRONG);
        pty.until_shown(&["What now? (e edit again, t throw it away, k keep it anyway)"]);
        assert!(flat(&pty).contains(wrong), "{}", pty.screen());
        pty.keys(key);
        assert_eq!(pty.exit_code(), code, "{key:?}: {}", pty.screen());
        assert_eq!((text(&pty).as_str(), names(&pty)), (left, vec!["config.toml".to_owned()]), "{key:?}");
        assert!(!pty.written().contains("CANARY"));
    }
    // Edit again: the editor gets what it left, and mends it.
    let mend = r#"if grep -q agnet "$1"; then sed -i s/agnet/agent/ "$1"; else cp "$HOME/next" "$1"; fi"#;
    let mut pty = edit(mend, OLD, "600", WRONG);
    pty.until_shown(&["What now?"]);
    pty.keys("x\re\r");
    assert_eq!(pty.exit_code(), 0, "{}", pty.screen());
    assert_eq!(text(&pty), WRONG.replace("agnet", "agent"));
}

/// Ctrl-C in an editor is one of its keys; the end of the session is not.
#[test]
fn signals_while_the_editor_has_the_terminal() {
    // Where there is something to ask, a signal that comes a little late is heard as well.
    for (signal, next, left, code) in [("INT", NEW, NEW, 0), ("TERM", WRONG, OLD, 143)] {
        let mut pty = edit(&format!(r#"{TAKE}; kill -{signal} "$PPID""#), OLD, "600", next);
        assert_eq!(pty.exit_code(), code, "{signal}: {}", pty.screen());
        assert_eq!((text(&pty).as_str(), names(&pty)), (left, vec!["config.toml".to_owned()]), "{signal}");
    }
}

#[test]
fn an_editor_that_fails_changes_nothing() {
    for script in [r#"cp "$HOME/next" "$1"; return 3"#, r#"rm "$1""#, r#"printf '\377' > "$1""#] {
        let mut pty = edit(script, OLD, "600", NEW);
        pty.until_shown(&["What now? (e edit again, t throw it away)"]);
        pty.keys("k\rt\r");
        assert_eq!(pty.exit_code(), 1, "{script}: {}", pty.screen());
        assert_eq!((text(&pty).as_str(), names(&pty)), (OLD, vec!["config.toml".to_owned()]), "{script}");
    }
}

#[test]
fn what_somebody_else_wrote_meanwhile_is_noticed() {
    let theirs = "theme = \"dark\"\n";
    let script =
        format!(r#"cp "$HOME/next" "$1"; printf '{}' > "$HOME/roomkey/config.toml""#, theirs.trim_end());
    for (before, key, left, code) in [
        (OLD, "o\r", NEW, 0),
        (OLD, "t\r", theirs.trim_end(), 0),
        (OLD, "b\r", theirs.trim_end(), 1),
        ("", "t\r", theirs.trim_end(), 0),
        ("", "o\r", NEW, 0),
    ] {
        let mut pty = edit(&script, before, "600", NEW);
        pty.until_shown(&["was changed by somebody else meanwhile"]);
        pty.keys(key);
        assert_eq!(pty.exit_code(), code, "{key:?}: {}", pty.screen());
        assert_eq!(text(&pty), left, "{key:?}");
        let beside: Vec<String> = names(&pty).into_iter().filter(|name| name != "config.toml").collect();
        if key == "b\r" {
            assert_eq!(beside.len(), 1, "{beside:?}");
            assert!(
                pty.screen().replace('\n', "").contains(&beside[0]),
                "it is said where: {}",
                pty.screen()
            );
            assert_eq!(fs::read_to_string(pty.home().join("roomkey").join(&beside[0])).unwrap(), NEW);
        } else {
            assert!(beside.is_empty(), "{key:?}: {beside:?}");
        }
    }
}

#[test]
fn without_a_terminal_nothing_is_opened() {
    let stage = Stage::new();
    let before = fs::read_to_string(stage.config()).unwrap();
    let ran = stage.run(&["config", "edit"]);
    ran.failed(2, "there is none: edit ");
    assert!(ran.err.contains("then run `roomkey config check`"), "{ran:?}");
    assert_eq!(fs::read_to_string(stage.config()).unwrap(), before);
}
