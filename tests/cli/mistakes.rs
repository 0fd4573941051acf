//! What was written or configured wrongly: one sentence each, the right exit code, no secret in it, nothing on
//! standard output, and nothing sent.

use crate::nobody::Nobody;
use crate::stage::{Stage, finish};

/// Runs each command line and checks exit code and sentence.
#[track_caller]
fn told(stage: &Stage, cases: &[(&[&str], i32, &str)]) {
    for (arguments, code, sentence) in cases {
        let ran = stage.run(arguments);
        ran.failed(*code, sentence);
        assert!(!ran.err.contains("canary"), "{ran:?}");
    }
    assert_eq!(stage.sandbox.requests().len(), 0, "nothing was sent");
}

#[test]
fn values_that_do_not_fit() {
    let create = ["create", "-p", "whereby"];
    let with =
        |values: &[&'static str]| create.iter().copied().chain(values.iter().copied()).collect::<Vec<_>>();
    let cases = [
        (with(&["endDat=in 2h"]), "unknown field `endDat` of whereby create: did you mean `endDate`?"),
        (with(&["endDate=in 2h", "rommMode=group"]), "unknown field `rommMode`"),
        (with(&["endDate=soonish"]), "endDate: "),
        (
            with(&["endDate=in 2h", "roomMode=grop"]),
            "roomMode: not one of the choices; did you mean `group`?",
        ),
        (with(&["endDate=in 2h", "isLocked=maybe"]), "isLocked: write true or false"),
        (with(&[]), "endDate: "),
        (with(&["endDate="]), "is required"),
        (with(&["endDate=@env:SU"]), "`@env:SU` is no time"),
        (with(&["endDate=9999-12-31T23:59:59Z"]), "that is too far away"),
        (with(&["endDate=in 2h", "endDate=in 3h"]), "`endDate` is given twice"),
        (with(&["endDate=in 2h", "canary"]), "value 2 is not written as FIELD=VALUE"),
        (with(&["-o", "crate", "endDate=in 2h"]), "has no operation `crate`: did you mean `create`?"),
    ];
    let cases: Vec<_> = cases.iter().map(|(run, sentence)| (&run[..], 2, *sentence)).collect();
    told(&Stage::new(), &cases);
}

#[test]
fn refusals_name_what_is_true() {
    let stage = Stage::new();
    told(
        &stage,
        &[
            (&["create", "-p", "metered", "-o", "token"], 2, "Room name is required unless All rooms is on"),
            (
                &["create", "-p", "bigbluebutton", "name=x", "bannerText=x", "bannerColor=red"],
                2,
                "bannerColor: at least 7 characters: write it like #RRGGBB",
            ),
            (
                &["create", "-p", "bigbluebutton", "name=x", "voiceBridge=012345"],
                2,
                "voiceBridge: a number has no zeros in front",
            ),
        ],
    );
}

#[test]
fn every_problem_is_told_on_a_line_of_its_own() {
    let stage = Stage::new();
    let ran = stage.run(&["create", "-p", "whereby", "endDat=x", "roomMode=grop", "isLocked=7", "y"]);
    ran.failed(2, "unknown field `endDat`");
    assert_eq!(ran.err.lines().count(), 5, "{}", ran.err);
    assert!(ran.err.lines().all(|line| line.starts_with("error: ")), "{}", ran.err);
}

#[test]
fn command_lines_that_cannot_be_understood() {
    told(
        &Stage::new(),
        &[
            (&["create", "--key", "sk_canary"], 2, "there is no option --key: keys are never arguments"),
            (&["create", "--api-key=sk_canary"], 2, "there is no option --api-key: keys are never arguments"),
            (&["create", "-ksk_canary"], 2, "there is no option -k"),
            (&["sk_canary"], 2, "there is no such command"),
            (&["crate"], 2, "did you mean `create`?"),
            (&["config", "shw"], 2, "there is no such command: did you mean `show`?"),
            (&["config", "canary"], 2, "there is no such command: choose path, show, check, schema, edit"),
            (
                &["create", "--people", "x.csv", "--copy", "guest"],
                2,
                "--people and --copy do not go together",
            ),
            (&["create", "--skip-bad"], 2, "it goes with --people"),
            (&["create", "--json", "--json"], 2, "--json stands twice"),
            (
                &["create", "--copy", "sk_canary"],
                2,
                "--copy does not take this value: choose guest, host, message",
            ),
            (&["create", "--profil", "x"], 2, "did you mean --profile?"),
            (&["create", "-p"], 2, "--profile needs a value"),
            (&["sandbox", "--port", "canary"], 2, "--port does not take this value"),
            (&["config"], 2, ""),
            (&["--demo", "create"], 2, "--demo opens the console"),
            (&["create"], 2, "which profile is it to be?: write -p with one of bunch, joinme"),
            (&["create", "-p", "wereby"], 2, "there is no profile `wereby`: did you mean `whereby`?"),
            (&["providers", "show", "wereby"], 2, "there is no provider `wereby`: did you mean `whereby`?"),
        ],
    );
}

#[test]
fn configurations_that_do_not_serve() {
    let stage = Stage::new();
    let create: &[&str] = &["create", "-p", "whereby", "endDate=in 2h"];
    for (instead, sentence) in [
        (("api_key", "{ env = \"NOT_SET\" }"), "environment variable NOT_SET is not set"),
        (("api_key", "{ command = [\"false\"] }"), "command false ended with exit code 1"),
        (("api_key", "{ file = \"/nowhere/canary\" }"), "no file"),
        (("base_url", "\"http://api.whereby.dev/v1\""), "base_url"),
        (("base_url", "7"), "base_url"),
    ] {
        stage.configure(&stage.profile("whereby", &[instead]));
        stage.run(create).failed(3, sentence);
    }
    stage.configure("[profiles.whereby]\nprovider = \"whereby\"\n");
    stage.run(create).failed(3, "api_key");
    stage.configure("[profiles.whereby]\nprovider = \"wereby\"\n");
    stage.run(create).failed(3, "did you mean `whereby`?");
    stage.configure("[profiles.whereby\napi_key = \"canary\"\n");
    let ran = stage.run(create);
    ran.failed(3, "config.toml:1:");
    assert!(!ran.err.contains("canary"), "{ran:?}");
    stage.configure("");
    stage.run(create).failed(3, "no profile is configured");
    std::fs::remove_file(stage.config()).unwrap();
    stage.run(create).failed(3, "there is no file");
    finish(stage.command().args(create)).failed(3, "there is no configuration");
    assert_eq!(stage.sandbox.requests().len(), 0);
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_write_is_not_trusted_and_one_they_can_read_is_warned_of() {
    use std::os::unix::fs::PermissionsExt;
    let stage = Stage::new();
    let set = |mode| std::fs::set_permissions(stage.config(), std::fs::Permissions::from_mode(mode)).unwrap();
    let create: &[&str] = &["create", "-p", "whereby", "endDate=in 2h"];
    set(0o666);
    stage.run(create).failed(3, "others can write");
    assert_eq!(stage.sandbox.requests().len(), 0);
    set(0o644);
    let ran = stage.run(create);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("warning: others can read api_key of profile whereby: chmod 600 "), "{ran:?}");
}

#[test]
fn nobody_at_the_other_end_is_certainly_not_created() {
    let stage = Stage::new();
    let nobody = Nobody::new();
    let origin = format!("http://{}", nobody.address());
    stage.configure(&stage.profile("whereby", &[("base_url", &format!("\"{origin}/v1\""))]));
    stage.run(&["create", "endDate=in 2h"]).failed(6, "refused the connection");
    let json = stage.run(&["create", "endDate=in 2h", "--json"]);
    assert_eq!((json.code, json.json()["outcome"].as_str()), (6, Some("not_created")));
    assert_eq!(
        (json.json()["error"]["kind"].as_str(), json.json()["state"].as_str()),
        (Some("network"), Some("failed"))
    );
}

#[test]
fn secrets_come_from_variables_and_are_told_apart_when_bare() {
    let stage = Stage::new();
    let name = "streaming.destination.url";
    let run = |value: &str, set: Option<&str>, dry: bool| {
        let mut command = stage.command();
        command.arg("--config").arg(stage.config()).args(["create", "-p", "whereby", "endDate=in 2h"]);
        command
            .args([&format!("{name}={value}"), "streaming.startTrigger=prompt"])
            .args(dry.then_some("--dry-run"));
        finish(command.envs(set.map(|value| ("STREAM", value))))
    };
    let missing = run("@env:STREAM", None, false);
    missing.failed(3, "environment variable STREAM is not set");
    assert_eq!(missing.err.lines().count(), 1, "that it is missing is no second problem: {missing:?}");
    run("@env:STREAM", Some(""), false).failed(3, "environment variable STREAM is set but empty");
    assert_eq!(stage.sandbox.requests().len(), 0);
    let dry = run("@env:STREAM", None, true);
    assert_eq!(dry.code, 0, "a dry run reads no variable: {dry:?}");
    let ran = run("@env:STREAM", Some("rtmps://live.example.com/canary"), false);
    assert!(!format!("{ran:?}").contains("canary"), "{ran:?}");
    let body = String::from_utf8(stage.sandbox.requests()[0].body.clone()).unwrap();
    assert!(body.contains("rtmps://live.example.com/canary"), "{body}");
    let bare = run("rtmps://live.example.com/canary", None, true);
    assert!(bare.err.contains(&format!("`{name}` stands in the history of the shell")), "{bare:?}");
    assert!(!format!("{bare:?}").contains("canary"), "{bare:?}");
}

#[test]
fn times_that_daylight_saving_makes_unclear_name_what_they_may_mean() {
    let stage = Stage::new();
    let zone = |name: &str| stage.configure(&format!("zone = {name:?}\n{}", stage.profile("whereby", &[])));
    for (name, typed, readings) in [
        ("Europe/Berlin", "2027-03-28 02:30", ["01:59 CET", "03:00 CEST", "2027-03-28T03:00:00+02:00"]),
        ("America/New_York", "2027-03-14 02:30", ["01:59 EST", "03:00 EDT", "2027-03-14T01:59:00-05:00"]),
        (
            "Australia/Lord_Howe",
            "2027-10-03 02:15",
            ["01:59 +1030", "02:30 +11", "2027-10-03T02:30:00+11:00"],
        ),
        ("Europe/Berlin", "2027-10-31 02:30", ["02:30 CEST", "02:30 CET", "2027-10-31T02:30:00+01:00"]),
    ] {
        zone(name);
        let ran = stage.run(&["create", "-p", "whereby", &format!("endDate={typed}")]);
        for reading in readings {
            ran.failed(2, reading);
        }
    }
    zone("Europe/Berlin");
    let ran = stage.run(&["create", "-p", "whereby", "endDate=2027-10-31T02:30:00+01:00", "--dry-run"]);
    assert!(ran.out.contains("\"2027-10-31T02:30:00+01:00\""), "{ran:?}");
    assert_eq!(stage.sandbox.requests().len(), 0, "nothing was sent");
}

#[test]
fn the_zone_of_the_configuration_stands_above_that_of_the_system() {
    let stage = Stage::new();
    let arguments = ["create", "-p", "whereby", "endDate=2099-07-01 14:00", "--dry-run"];
    for (zone, sent) in [
        ("zone = \"Europe/Berlin\"\n", "2099-07-01T12:00:00Z"),
        ("zone = \"Asia/Kathmandu\"\n", "2099-07-01T08:15:00Z"),
        ("", "2099-07-01T18:00:00Z"),
    ] {
        stage.configure(&format!("{zone}{}", stage.profile("whereby", &[])));
        let mut command = stage.command();
        command.env("TZ", "America/New_York").arg("--config").arg(stage.config()).args(arguments);
        let ran = finish(&mut command);
        assert!(ran.out.contains(sent), "{zone}: {ran:?}");
    }
}
