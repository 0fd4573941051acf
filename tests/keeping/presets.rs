//! A preset from the console to the file, to quick creation and to the command line.

use crate::pty::Pty;
use crate::stage::Stage;

const F3: &str = "\x1bOR";

pub fn console(stage: &Stage) -> Pty {
    console_on(stage, "whereby")
}

/// The console on a configuration with this profile.
pub fn console_on(stage: &Stage, profile: &str) -> Pty {
    let state = format!("XDG_STATE_HOME={}", stage.home().join("state").display());
    let config = stage.config().display().to_string();
    let mut pty = Pty::run((100, 30), &["env", &state, env!("CARGO_BIN_EXE_roomkey"), "--config", &config]);
    pty.until_shown(&["roomkey", profile]);
    pty
}

fn stage() -> (Stage, String) {
    let stage = Stage::new();
    let profile = stage.profile("whereby", &[]);
    let text = format!("# the team's\nzone = \"UTC\" # everywhere\n\n{profile}\n# the end\n");
    stage.configure(&text);
    (stage, text)
}

#[test]
fn a_preset_saved_in_the_console_works_in_quick_creation_and_on_the_command_line() {
    let (stage, before) = stage();
    let mut pty = console(&stage);
    pty.keys("n");
    pty.until_shown(&["New link", "Ends"]);
    pty.keys("in 50m");
    pty.keys(F3);
    pty.until_shown(&["Presets for whereby"]);
    pty.keys("sfifty\r");
    pty.until_shown(&["Preset fifty is saved with one value"]);
    pty.keys(F3);
    pty.until_shown(&["Presets for whereby", "fifty"]);
    pty.keys("m");
    pty.until_shown(&["uses preset fifty now"]);
    let text = std::fs::read_to_string(stage.config()).unwrap();
    let mut kept = text.lines();
    for line in before.lines() {
        assert!(kept.any(|now| now == line), "{line} is not there, or not in its place:\n{text}");
    }
    let wanted =
        "[presets.fifty]\nprofile = \"whereby\"\noperation = \"create\"\nvalues = { endDate = \"in 50m\" }\n";
    assert!(text.contains(wanted) && text.contains("default_preset = \"fifty\"\n"), "{text}");
    assert_eq!(stage.run(&["config", "check"]).code, 0);
    pty.keys("\x1b\x1b");
    pty.until_shown(&["preset: fifty"]);
    pty.keys("N");
    pty.until_shown(&["is ready"]);
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    let ran = stage.run(&["create", "--preset", "fifty", "--dry-run", "--json", "startDate="]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let made = stage.run(&["create", "--preset", "fifty", "--json"]).json();
    assert_eq!((made["profile"].as_str(), made["outcome"].as_str()), (Some("whereby"), Some("created")));
}

#[test]
fn a_file_broken_meanwhile_is_left_alone() {
    let (stage, _) = stage();
    let mut pty = console(&stage);
    pty.keys("n");
    pty.until_shown(&["New link", "Ends"]);
    stage.configure("broken = [\n");
    pty.keys(&format!("in 50m{F3}"));
    pty.until_shown(&["Presets for whereby"]);
    pty.keys("sfifty\r");
    pty.until_shown(&["not valid TOML"]);
    assert_eq!(std::fs::read_to_string(stage.config()).unwrap(), "broken = [\n");
}

#[test]
fn the_command_line_takes_presets_and_says_what_does_not_fit() {
    let stage = Stage::new();
    let profiles = [stage.profile("whereby", &[]), stage.profile("bunch", &[])].join("\n");
    stage.configure(&format!(
        "{profiles}\n[presets.short]\nprofile = \"whereby\"\noperation = \"create\"\n\
         values = {{ endDate = \"in 30m\", isLocked = true }}\n\
         [presets.bad]\nprofile = \"whereby\"\noperation = \"creat\"\n"
    ));
    let body = |more: &[&str]| {
        let ran = stage.run(&[&["create", "--preset", "short", "--dry-run", "--json"], more].concat());
        assert_eq!(ran.code, 0, "{ran:?}");
        ran.json()["requests"][0]["body"].clone()
    };
    assert_eq!(body(&[])["isLocked"], true);
    assert_eq!(body(&["isLocked=false"])["isLocked"], false, "typed stands above the preset");
    assert!(body(&["isLocked="]).get("isLocked").is_none());
    let failed = |arguments: &[&str], code: i32, sentence: &str| {
        stage.run(&[&["create", "--dry-run"], arguments].concat()).failed(code, sentence);
    };
    failed(&["--preset", "shrt"], 2, "did you mean `short`?");
    failed(&["--preset", "short", "-p", "bunch"], 2, "preset short is for whereby");
    failed(&["--preset", "short", "-o", "delete"], 2, "is for operation `create`");
    failed(&["--preset", "bad"], 3, "no such operation");
}
