//! What of the configuration is not in force, and is told where a command works all the same; and what `config check`
//! finds beyond the single key.

use crate::stage::{Stage, finish};

#[test]
fn what_is_not_in_force_is_one_line_of_warning() {
    let stage = Stage::new();
    let profile = stage.profile("whereby", &[]);
    std::fs::write(stage.home().join("inc.toml"), "x = [\"CANARY\"\n").unwrap();
    stage.configure(&format!("include = [\"inc.toml\"]\n{profile}"));
    let made = stage.run(&["create", "endDate=in 2h", "--json"]);
    assert_eq!((made.code, made.err.lines().count()), (0, 1), "{made:?}");
    assert!(made.err.starts_with("warning: ") && made.err.contains("inc.toml:"), "{made:?}");
    let id = made.json()["id"].as_str().unwrap().to_owned();
    for arguments in
        [&["links"][..], &["check", &id], &["profile", "test", "whereby"], &["forget", &id, "--yes"]]
    {
        let ran = stage.run(arguments);
        assert_eq!((ran.code, ran.err.matches("warning: ").count()), (0, 1), "{arguments:?}: {ran:?}");
        assert!(ran.err.contains("inc.toml:") && !format!("{ran:?}").contains("CANARY"), "{ran:?}");
    }
}

#[test]
fn unknown_keys_count_and_several_problems_are_still_one_line() {
    let stage = Stage::new();
    let profile = stage.profile("whereby", &[("colour", "\"CANARY\"")]);
    stage.configure(&format!("agnet = \"CANARY\"\n{profile}"));
    let made = stage.run(&["create", "endDate=in 2h"]);
    assert_eq!(
        made.err,
        format!(
            "warning: {}:1:1: agnet: unknown key, did you mean `agent`? \
             (and 1 more; `roomkey config check` lists all)\n",
            stage.config().display()
        )
    );
    stage.configure(&profile);
    let made = stage.run(&["create", "endDate=in 2h"]);
    assert!(made.err.contains("profiles.whereby.colour: unknown setting"), "{made:?}");
    assert_eq!((made.code, made.err.lines().count()), (0, 1), "{made:?}");
}

#[test]
fn files_of_authorities_names_and_patterns_are_looked_at() {
    let stage = Stage::new();
    let text = format!(
        "ticket_pattern = \"[\"\nca_file = \"/nonexistent.pem\"\n{}\n[profiles.\"\"]\nprovider = \"whereby\"\napi_key = \"k\"\n",
        stage.profile("whereby", &[("ca_file", "\"also-nonexistent.pem\"")])
    );
    stage.configure(&text);
    let ran = stage.run(&["config", "check"]);
    ran.failed(3, "config.toml:1:18: ticket_pattern: opens a `[` that is not closed");
    ran.failed(3, "config.toml:2:1: ca_file: ");
    ran.failed(3, ": profiles.whereby.ca_file: ");
    ran.failed(3, "a profile needs a name");
    assert_eq!(ran.err.lines().count(), 4, "{ran:?}");
    stage.configure(&stage.profile("whereby", &[("ca_file", "\"/nonexistent.pem\"")]));
    stage.run(&["create", "endDate=in 2h"]).failed(3, "ca_file");
}

#[test]
fn without_a_profile_every_command_says_the_same() {
    let stage = Stage::new();
    let commands: [&[&str]; 4] = [&["create"], &["links"], &["profile", "test", "x"], &["check", "x"]];
    for arguments in commands {
        finish(stage.command().args(arguments)).failed(3, "there is no configuration: ");
    }
    stage.configure("");
    for arguments in commands {
        stage.run(arguments).failed(3, "no profile is configured in");
        stage.run(arguments).failed(3, "write a profile into it");
    }
}
