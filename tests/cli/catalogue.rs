//! The commands that look things up: providers, configuration, help; and the sandbox on its own.

use std::io::{BufRead, BufReader};

use serde_json::Value;

use crate::stage::{Stage, finish};

#[test]
fn providers_are_listed_and_shown_without_a_configuration() {
    let stage = Stage::new();
    let run = |arguments: &[&str]| finish(stage.command().args(arguments));
    let list = run(&["providers", "--json"]).json();
    let ids: Vec<&str> =
        list["providers"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["bunch", "joinme", "metered", "bigbluebutton", "whereby"]);
    assert!(run(&["providers"]).out.contains("join-link, session-join"));
    let catalog = roomkey::provider::catalog::Catalog::embedded();
    for id in ids {
        let shown = run(&["providers", "show", id]);
        assert_eq!(shown.code, 0, "{shown:?}");
        for (operation, spec) in &catalog.usable(id).unwrap().operations {
            assert!(shown.out.contains(&format!("Operation {operation}: ")), "{id} {operation}");
            for (name, _) in spec.fields() {
                assert!(shown.out.lines().any(|line| line.trim_start().starts_with(name)), "{id} {name}");
            }
        }
    }
}

#[test]
fn pages_are_checked() {
    let stage = Stage::new();
    let check = |text: &str| {
        std::fs::write(stage.home().join("page.toml"), text).unwrap();
        finish(stage.command().args(["providers", "check", "page.toml"]))
    };
    let good = include_str!("../../assets/providers/bunch.toml");
    let ran = check(good);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    assert!(ran.out.contains("Bunch (bunch) can be used: join-link, session-join"), "{ran:?}");
    check(&good.replacen("label", "lable", 1)).failed(3, "page.toml:");
    check(&good.replacen("api_key\"", "api_kee\"", 1)).failed(3, "page.toml:");
    check("format = 9").failed(3, "format 9 is unknown");
    finish(stage.command().args(["providers", "check", "none.toml"])).failed(3, "there is no file none.toml");
}

#[test]
fn the_configuration_is_found_shown_and_checked() {
    let stage = Stage::new();
    let path = stage.run(&["config", "path"]);
    assert_eq!(path.out.trim_end(), stage.config().display().to_string());
    let check = stage.run(&["config", "check"]);
    assert_eq!((check.code, check.err.as_str()), (0, ""), "{check:?}");
    let show = stage.run(&["config", "show"]);
    assert!(
        show.out.contains("agent = Ada  (")
            && show.out.contains("profiles.whereby.api_key = from the config"),
        "{}",
        show.out
    );
    for provider in roomkey::sandbox::PROVIDERS {
        for (name, value) in stage.sandbox.settings(provider) {
            let harmless = ["base_url", "link_base", "app"].contains(&name.as_str());
            assert!(harmless || !show.out.contains(&value), "{provider} {name}");
        }
    }
    stage.configure("agnet = \"canary\"\n[profiles.x]\nprovider = \"bunhc\"\n");
    let check = stage.run(&["config", "check"]);
    check.failed(3, "did you mean `agent`?");
    assert!(check.err.contains("config.toml:3:") && !check.err.contains("canary"), "{check:?}");
    finish(stage.command().args(["config", "check"])).failed(3, "there is no configuration");
    let path = finish(stage.command().env("ROOMKEY_CONFIG", "/nowhere/c.toml").args(["config", "path"]));
    assert_eq!((path.code, path.out.as_str()), (0, "/nowhere/c.toml\n"));
}

#[test]
fn a_page_of_the_users_own_makes_a_provider() {
    let stage = Stage::new();
    let pages = stage.home().join("providers");
    std::fs::create_dir(&pages).unwrap();
    let own = include_str!("../../assets/providers/bunch.toml").replacen("\"bunch\"", "\"banch\"", 1);
    std::fs::write(pages.join("banch.toml"), own).unwrap();
    let profile = stage.profile("bunch", &[]).replace("bunch\"\n", "banch\"\n");
    stage.configure(&profile);
    let ran = stage.run(&["create", "roomName=r", "userName=u", "--json"]);
    assert_eq!((ran.code, ran.json()["provider"].as_str()), (0, Some("banch")), "{ran:?}");
    std::fs::write(pages.join("banch.toml"), "format = 1\nid = 7\n").unwrap();
    stage.run(&["create", "roomName=r", "userName=u"]).failed(3, "banch.toml:");
    assert_eq!(stage.run(&["providers"]).code, 0);
}

#[test]
fn help_and_version_are_data() {
    let stage = Stage::new();
    let version = finish(stage.command().arg("--version"));
    assert_eq!(version.out, concat!("roomkey ", env!("CARGO_PKG_VERSION"), "\n"));
    for help in [&["--help"][..], &["create", "--help"], &["sandbox", "--help"]] {
        let ran = finish(stage.command().args(help));
        assert!(ran.code == 0 && ran.err.is_empty() && ran.out.contains("--config <FILE>"), "{ran:?}");
    }
}

#[cfg(unix)]
#[test]
fn the_sandbox_serves_on_its_own_until_it_is_told_to_end() {
    let stage = Stage::new();
    let mut child = stage.command().args(["sandbox", "--port", "0"]).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let announce: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    let whereby = &announce["providers"]["whereby"];
    let text = |name: &str| whereby[name].as_str().unwrap().to_owned();
    stage.configure(&format!(
        "[profiles.w]\nprovider = \"whereby\"\nbase_url = \"{}\"\napi_key = \"{}\"\n",
        text("base_url"),
        text("api_key")
    ));
    assert_eq!(stage.run(&["create", "endDate=in 2h"]).code, 0);
    let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
    assert_eq!(log.next().unwrap().unwrap(), "POST /whereby/v1/meetings 201");
    crate::signals::send(&child, rustix::process::Signal::TERM);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
