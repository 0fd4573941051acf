//! What `config check` finds beyond the single key, and the example, in which it finds nothing.

use roomkey::config::{Keymap, Severity};

use super::support::{PROVIDERS, lines, only, page, parse, said};

const EXAMPLE: &str = include_str!("../../config.example.toml");

#[test]
fn the_example_is_without_fault_and_complete() {
    assert_eq!(said(EXAMPLE), [""; 0]);
    let config = parse(EXAMPLE);
    for name in config.profile_names() {
        let page = page(config.provider_of(name).unwrap()).unwrap();
        assert!(config.profile(name, &page).is_ok(), "{name}");
    }
    assert_eq!(config.profile_names().count(), 5);
    assert_eq!(config.default_preset_of("whereby"), Some("30min-call"));
    for name in config.preset_names() {
        assert!(config.preset(name, &page("whereby").unwrap()).is_ok(), "{name}");
    }
    assert!(config.template("slack-de", |_| None).is_ok());
    let shown = config.shown(&page);
    for key in [
        "default_profile",
        "history.keep_days",
        "keys.new",
        "profiles.bunch.auth",
        "presets.30min-call.values.endDate",
    ] {
        assert!(shown.iter().any(|(name, ..)| name == key), "{key}");
    }
}

/// Lines that are commented out are examples too.
#[test]
fn the_examples_in_comments_are_without_fault() {
    let mut tried = 0;
    for line in EXAMPLE.lines().filter_map(|line| line.strip_prefix("# ")) {
        let Some((key, rest)) = line.split_once('=') else { continue };
        let key = key.trim();
        if key.contains(' ') || !rest.starts_with(' ') {
            continue;
        }
        let table = match key {
            "include" | "ca_file" => String::new(),
            "clipboard" => String::new(),
            "session_cookie" => "[profiles.x]\nprovider = \"bunch\"\n".into(),
            "base_url" => "[profiles.x]\nprovider = \"whereby\"\napi_key = \"k\"\n".into(),
            _ => "[profiles.x]\nprovider = \"whereby\"\n".into(),
        };
        assert_eq!(said(&format!("{table}{line}")), [""; 0], "{line}");
        tried += 1;
    }
    assert!(tried >= 8, "only {tried}");
}

#[test]
fn names_that_point_at_nothing() {
    let bunch = "[profiles.one]\nprovider = \"bunch\"\n";
    for (text, expected) in [
        (
            format!("default_profile = \"on\"\n{bunch}"),
            "c.toml:1:1: default_profile: there is no such profile, did you mean `one`?",
        ),
        (
            format!("{bunch}default_preset = \"fast\"\n[presets.past]"),
            "c.toml:3:1: profiles.one.default_preset: there is no such preset, did you mean `past`?",
        ),
        (
            format!("{bunch}[presets.p]\nprofile = \"oen\""),
            "c.toml:4:1: presets.p.profile: there is no such profile, did you mean `one`?",
        ),
        (
            format!("{bunch}[presets.p]\nvalues = {{ roomNam = \"x\" }}"),
            "c.toml:4:12: presets.p.values.roomNam: unknown field, did you mean `roomName`?",
        ),
        (
            "[profiles.x]\nprovider = \"bbb\"".to_owned(),
            "c.toml:2:1: profiles.x.provider: there is no such provider, did you mean `bigbluebutton`?",
        ),
    ] {
        assert_eq!(only(&text), expected);
    }
    let foreign = format!(
        "{bunch}default_preset = \"p\"\n[profiles.w]\nprovider = \"whereby\"\napi_key = \"k\"\n[presets.p]\nprofile = \"w\""
    );
    assert_eq!(
        only(&foreign),
        "c.toml:3:1: profiles.one.default_preset: that preset belongs to another provider"
    );
}

#[test]
fn the_same_key_for_two_providers_is_a_warning() {
    let text = "[profiles.w]\nprovider = \"whereby\"\napi_key = \"same\"\n[profiles.b]\nprovider = \"bunch\"\napi_key = \"same\"";
    let problems = parse(text).check(&PROVIDERS, &page);
    assert_eq!(problems[0].severity, Severity::Warning);
    assert_eq!(
        lines(&problems),
        ["c.toml:6:11: profiles.b.api_key: the same key as in profile w, which is another provider's"]
    );
    // Two profiles of one provider may well share a key, and variables are only names.
    assert_eq!(said(&text.replace("bunch", "whereby")), [""; 0]);
    assert_eq!(said(&text.replace("\"same\"", "{ env = \"K\" }")), [""; 0]);
}

#[test]
fn the_users_keys_are_laid_over_the_shipped_ones() {
    let config = parse("[keys]\nnew = \"N\"\nquick = \"n <F10>\"");
    let (keymap, problems) = Keymap::shipped().unwrap().with(config.keys());
    assert_eq!(lines(&problems), [""; 0], "two actions may swap their keys");
    assert_eq!(keymap.binding("quick").unwrap().keys, ["n", "<F10>"]);

    let config = parse("[keys]\nfilter = \"q\"");
    let (keymap, problems) = Keymap::shipped().unwrap().with(config.keys());
    assert_eq!(lines(&problems), ["c.toml:2:1: keys.filter: `q` is taken from quit"]);
    assert_eq!(problems[0].severity, Severity::Warning);
    assert!(keymap.binding("quit").unwrap().keys.is_empty());

    let config = parse("[keys]\nnew = \"z\"\nquick = \"z\"");
    let (keymap, problems) = Keymap::shipped().unwrap().with(config.keys());
    assert_eq!(lines(&problems), ["c.toml:3:1: keys.quick: `z` is given to new too, which keeps it"]);
    assert_eq!(problems[0].severity, Severity::Error);
    assert_eq!(keymap.binding("new").unwrap().keys, ["z"]);
}
