//! Every mistake is reported with file, line and column and with the nearest known name.

use super::support::{only, said};

#[test]
fn nothing_is_wrong_with_nothing() {
    for text in [
        "",
        "\n",
        "# only a comment",
        "\u{FEFF}",
        "\u{FEFF}agent = \"Ada\"",
        "agent = \"Ada\"\r\n[history]\r\nkeep_days = 3\r\n",
    ] {
        assert_eq!(said(text), [""; 0], "{text:?}");
    }
}

#[test]
fn unknown_keys_are_reported_with_the_nearest_name() {
    for (text, expected) in [
        ("agnet = \"Ada\"", "c.toml:1:1: agnet: unknown key, did you mean `agent`?"),
        (
            "\n\n  defaultprofile = \"x\"",
            "c.toml:3:3: defaultprofile: unknown key, did you mean `default_profile`?",
        ),
        ("[profile.x]\nprovider = \"bunch\"", "c.toml:1:2: profile: unknown key, did you mean `profiles`?"),
        ("[history]\nkeepdays = 3", "c.toml:2:1: history.keepdays: unknown key, did you mean `keep_days`?"),
        ("completely_different = 1", "c.toml:1:1: completely_different: unknown key"),
        ("[keys]\nquik = \"z\"", "c.toml:2:1: keys.quik: unknown action, did you mean `quick`?"),
        ("[presets.p]\nprofil = \"x\"", "c.toml:2:1: presets.p.profil: unknown key, did you mean `profile`?"),
        (
            "[templates.t]\ntext = \"hi\"\nlanguage = \"de\"",
            "c.toml:3:1: templates.t.language: unknown key, did you mean `lang`?",
        ),
    ] {
        assert_eq!(only(text), expected);
    }
}

#[test]
fn bad_values_say_what_is_expected() {
    for (text, expected) in [
        ("agent = 3", "c.toml:1:9: agent: expected a text, found a number"),
        ("agent = \" \"", "c.toml:1:9: agent: must not be empty"),
        ("motion = \"yes\"", "c.toml:1:10: motion: expected true or false, found a text"),
        ("copy_on_create = \"host\"", "c.toml:1:18: copy_on_create: not one of off, guest, message"),
        ("theme = \"drak\"", "c.toml:1:9: theme: not one of auto, dark, light, mono, did you mean `dark`?"),
        (
            "clipboard = { command = \"xclip\" }",
            "c.toml:1:13: clipboard: expected { command = [\"program\", \"argument\"] }",
        ),
        ("include = \"team.toml\"", "c.toml:1:11: include: expected a list of texts, found a text"),
        (
            "[history]\nkeep_days = 0",
            "c.toml:2:13: history.keep_days: expected a whole number from 1 to 36500",
        ),
        (
            "[history]\nkeep_days = 99999999999999999999",
            "c.toml:2:13: history.keep_days: expected a whole number from 1 to 36500, found a number",
        ),
        ("history = 1", "c.toml:1:11: history: expected a table, found a number"),
        ("profiles = \"x\"", "c.toml:1:12: profiles: expected a table, found a text"),
        ("[profiles]\nx = 1", "c.toml:2:5: profiles.x: expected a table, found a number"),
        (
            "zone = \"Europe/Berln\"",
            "c.toml:1:1: zone: not the name of a time zone, like Europe/Berlin, did you mean `Europe/Berlin`?",
        ),
        (
            "[keys]\nnew = \"<Entr>\"",
            "c.toml:2:7: keys.new: key 1: not a key, like n, N, <Enter>, <C-r> or <F2>, did you mean `Enter`?",
        ),
        (
            "[templates.t]\nfor = \"guest\"",
            "c.toml:1:12: templates.t.text: missing: what shall the message say?",
        ),
        (
            "[templates.t]\ntext = \"{host_link}\"",
            "c.toml:2:1: templates.t.text: {host_link} must not stand in a template for guests (line 1 of the text)",
        ),
        (
            "[templates.t]\ntext = \"x\"\nzone = \"Nowhere\"",
            "c.toml:3:1: templates.t.zone: not the name of a time zone, like Europe/Berlin",
        ),
    ] {
        assert_eq!(only(text), expected);
    }
}

#[test]
fn columns_count_characters() {
    assert_eq!(only("\u{FEFF}presets = { 'äöü' = { x = 1 } }"), "c.toml:1:23: presets.äöü.x: unknown key");
}

#[test]
fn syntax_errors_have_a_place_and_no_line_of_the_file() {
    for (text, expected) in [
        ("agent = Ada", "c.toml:1:9: not valid TOML: a text must stand in quotes"),
        ("a = 1\nb = 2\na = 3", "c.toml:3:1: not valid TOML: `a` stands there twice, first in line 1"),
        (
            "[profiles.a]\nx = 1\n[profiles.b]\nx = 1\n[profiles.a]",
            "c.toml:5:11: not valid TOML: `a` stands there twice, first in line 1",
        ),
        (
            "[profiles.a]\napi_key = '1'\n[profiles.b]\napi_key = '2'\n\"api_key\" = '3'",
            "c.toml:5:1: not valid TOML: `api_key` stands there twice",
        ),
        (
            "[profiles.b]\napi_key = '2'\napi_key = '3'",
            "c.toml:3:1: not valid TOML: `api_key` stands there twice, first in line 2",
        ),
    ] {
        assert_eq!(only(text), expected);
    }
}

#[test]
fn a_syntax_error_makes_all_of_the_file_unavailable() {
    let config = super::support::parse("[profiles.a]\nprovider = \"bunch\"\n\noops");
    assert!(config.is_broken());
    assert!(config.has_no_profiles());
    let bunch = super::support::page("bunch").unwrap();
    let error = config.profile("a", &bunch).unwrap_err();
    assert!(error[0].to_string().starts_with("c.toml:4:"), "{error:?}");
}

#[test]
fn a_file_full_of_mistakes_is_read_in_good_time() {
    let twice = format!("a = 1\n{}", "a = 2\n".repeat(100_000));
    assert_eq!(said(&twice).len(), 20);
    let deep = format!("a = {}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(!said(&deep).is_empty());
    let many = "[profiles.x]\n".to_owned() + &(0..2000).map(|i| format!("k{i} = 1\n")).collect::<String>();
    assert_eq!(super::support::parse(&many).problems().len(), 1);
}

#[test]
fn all_problems_come_at_once_in_the_order_of_the_file() {
    let said = said(
        "agnet = 1\nmotion = 2\n[history]\nstore = 3\n[profiles.x]\nprovider = \"bunhc\"\n[keys]\nnew = 4",
    );
    let places: Vec<_> = said.iter().map(|line| line.split(": ").next().unwrap()).collect();
    assert_eq!(places, ["c.toml:1:1", "c.toml:2:10", "c.toml:4:9", "c.toml:6:1", "c.toml:8:7"]);
}
