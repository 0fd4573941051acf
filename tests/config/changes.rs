//! Presets written into the file: the rest of it stays as it was, byte by byte, and what is written is read again.

use proptest::prelude::*;
use roomkey::config::{Change, Config, Saved};
use roomkey::domain::literal::Literal;

use super::support::page;

const FILE: &str = "\
# The team's file.
default_profile = \"front\"   # what everybody uses

[profiles.front]           # the desk
provider = \"whereby\"
api_key  = 'sk-CANARY'     # never shown
[profiles.front.defaults]
roomMode = \"group\"

# Short calls, after lunch.
# Ask Ada.
[presets.short]
profile = \"front\"
values = { endDate = \"in 30m\", isLocked = true } # short

[templates.chat]
for = \"guest\"
text = \"\"\"
Hello, {guest_link}
\"\"\"
# the end
";

fn text(text: &str) -> Literal {
    Literal::Text(text.into())
}

fn saved(name: &str, values: &[(&str, Literal)]) -> Saved {
    let values = values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    Saved { name: name.into(), profile: "front".into(), operation: "create".into(), values }
}

fn save(name: &str, values: &[(&str, Literal)], over: bool) -> Change {
    Change::Save { preset: saved(name, values), over }
}

#[track_caller]
fn apply(change: &Change, before: &str) -> String {
    change.apply(before, "c.toml").unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn refused(change: &Change, before: &str) -> String {
    let error = change.apply(before, "c.toml").expect_err("refused").to_string();
    assert!(!error.contains("CANARY"), "{error}");
    error
}

fn values(text: &str, preset: &str) -> Vec<(String, String)> {
    let config = Config::parse(text, "c.toml");
    assert!(config.problems().is_empty(), "{:?}", config.problems());
    config.preset(preset, &page("whereby").unwrap()).unwrap().values
}

/// Lines of one text that are not in the other.
fn new_lines<'a>(after: &'a str, before: &str) -> Vec<&'a str> {
    let mut before: Vec<&str> = before.lines().collect();
    let new = |line: &&str| match before.iter().position(|known| known == line) {
        Some(at) => {
            before.remove(at);
            false
        }
        None => true,
    };
    after.lines().filter(new).collect()
}

#[test]
fn a_new_preset_stands_behind_the_others_and_nothing_else_changes() {
    let change = save("long", &[("endDate", text("in 3h")), ("isLocked", Literal::Bool(false))], false);
    let after = apply(&change, FILE);
    let wanted = "\
values = { endDate = \"in 30m\", isLocked = true } # short

[presets.long]
profile = \"front\"
operation = \"create\"
values = { endDate = \"in 3h\", isLocked = false }

[templates.chat]
";
    assert!(after.contains(wanted), "{after}");
    assert_eq!(new_lines(FILE, &after), [""; 0], "nothing of the file is lost");
    assert_eq!(values(&after, "long")[1], ("isLocked".to_owned(), "false".to_owned()));
}

#[test]
fn the_first_preset_of_a_file_begins_its_own_part() {
    let before = "[profiles.front]\nprovider = \"whereby\"\napi_key = \"k\"";
    let after = apply(&save("a", &[("endDate", text("in 1h"))], false), before);
    assert!(after.starts_with(before) && after.contains("\n\n[presets.a]\n"), "{after}");
    assert_eq!(values(&after, "a"), [("endDate".to_owned(), "in 1h".to_owned())]);
}

#[test]
fn replacing_keeps_what_is_equal_with_its_comments() {
    let change = save("short", &[("isLocked", Literal::Bool(true)), ("endDate", text("in 45m"))], true);
    let after = apply(&change, FILE);
    assert!(after.contains("values = { endDate = \"in 45m\", isLocked = true } # short"), "{after}");
    assert!(after.contains("# Ask Ada.\n[presets.short]\nprofile = \"front\"\n"), "{after}");
    let same = save("short", &[("endDate", text("in 45m")), ("isLocked", Literal::Bool(true))], true);
    assert_eq!(apply(&same, &after), after);
}

#[test]
fn nested_values_are_replaced_where_they_stand() {
    let before = "[profiles.front]\nprovider = \"whereby\"\napi_key = \"k\"\n[presets.p]\nprofile = \"front\"\n\
                  [presets.p.values]\nisLocked = true\nrecording.type = \"cloud\" # kept\n";
    let change =
        save("p", &[("recording.type", text("cloud")), ("recording.startTrigger", text("prompt"))], true);
    let after = apply(&change, before);
    assert!(after.contains("recording.type = \"cloud\" # kept\n"), "{after}");
    assert!(after.contains("\"recording.startTrigger\" = \"prompt\"\n"), "{after}");
    assert!(!after.contains("isLocked"), "{after}");
}

#[test]
fn a_name_is_taken_only_knowingly() {
    assert!(refused(&save("short", &[], false), FILE).contains("there is a preset short already"));
    assert!(refused(&save("shorter", &[], true), FILE).contains("does not stand in c.toml"));
    for bad in ["", "  ", "a\nb", "a\u{202e}b", &"x".repeat(61)] {
        assert!(refused(&save(bad, &[], false), FILE).contains("the name"), "{bad:?}");
    }
}

#[test]
fn odd_names_are_quoted() {
    let odd = "30 min: \"call\" = [x]. ü";
    let after = apply(&save(odd, &[("endDate", text("it's \"2h\" \\ #"))], false), FILE);
    assert_eq!(values(&after, odd), [("endDate".to_owned(), "it's \"2h\" \\ #".to_owned())]);
}

#[test]
fn renaming_keeps_the_place_and_follows_the_default() {
    let before = apply(&Change::Default { profile: "front".into(), preset: Some("short".into()) }, FILE);
    assert!(before.contains("api_key  = 'sk-CANARY'     # never shown\ndefault_preset = \"short\"\n"));
    let after = apply(&Change::Rename { from: "short".into(), to: "noon".into() }, &before);
    assert!(after.contains("# Ask Ada.\n[presets.noon]\nprofile"), "{after}");
    assert!(after.contains("default_preset = \"noon\""));
    assert_eq!(new_lines(&after, &before), ["default_preset = \"noon\"", "[presets.noon]"]);
    assert!(
        refused(&Change::Rename { from: "none".into(), to: "x".into() }, FILE).contains("does not stand")
    );
}

#[test]
fn deleting_takes_the_preset_its_own_comments_and_its_default() {
    let before = FILE
        .replace("# Short calls", "# Of the whole team.\n\n# Short calls")
        .replace("default_profile", "# x\ndefault_profile");
    let before = apply(&Change::Default { profile: "front".into(), preset: Some("short".into()) }, &before);
    let after = apply(&Change::Delete { name: "short".into() }, &before);
    for gone in ["short", "Ask Ada", "default_preset"] {
        assert!(!after.contains(gone), "{gone}: {after}");
    }
    assert!(after.contains("# Of the whole team.\n\n[templates.chat]"), "{after}");
    assert!(after.contains("# the end") && after.contains("# the desk"));
}

#[test]
fn the_default_is_set_changed_and_taken_away() {
    let to =
        |preset: Option<&str>| Change::Default { profile: "front".into(), preset: preset.map(str::to_owned) };
    let set = apply(&to(Some("short")), FILE);
    assert_eq!(new_lines(&set, FILE), ["default_preset = \"short\""]);
    assert_eq!(apply(&to(None), &set), FILE);
    assert!(refused(&to(Some("none")), FILE).contains("does not stand"));
    let foreign = Change::Default { profile: "other".into(), preset: None };
    assert!(refused(&foreign, FILE).contains("profile other does not stand in c.toml"));
}

#[test]
fn a_broken_file_is_left_alone() {
    for broken in ["key = sk-CANARY\n", "[a\n", "a = 1\na = 2\n", "presets = 3\n", "x = \"CANARY\n"] {
        assert!(refused(&save("p", &[], false), broken).contains("c.toml"), "{broken}");
    }
}

#[test]
fn line_ends_and_the_byte_order_mark_stay() {
    let before = format!("\u{FEFF}{}", FILE.replace('\n', "\r\n"));
    let after = apply(&save("p", &[("endDate", text("in 1h"))], false), &before);
    assert!(after.starts_with('\u{FEFF}'));
    assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
    assert_eq!(new_lines(&before, &after), [""; 0]);
}

#[test]
fn a_file_with_everything_between_braces_stays_so() {
    let before = "profiles = { front = { provider = \"whereby\", api_key = \"k\" } }\n\
                  presets = { a = { profile = \"front\", values = { } } } # all\n";
    let after = apply(&save("b", &[("isLocked", Literal::Bool(true))], false), before);
    assert_eq!(after.lines().count(), 2, "{after}");
    assert!(after.ends_with("# all\n"));
    assert_eq!(values(&after, "b"), [("isLocked".to_owned(), "true".to_owned())]);
}

proptest! {
    #![proptest_config(crate::chance::usual())]

    #[test]
    fn whatever_is_saved_is_read_again(name in "\\PC{1,20}", value in "\\PC{0,40}", on in any::<bool>()) {
        let change = save(&name, &[("endDate", text(&value)), ("isLocked", Literal::Bool(on))], false);
        if let Ok(after) = change.apply(FILE, "c.toml") {
            let read = values(&after, name.trim());
            prop_assert_eq!(&read[0].1, &value);
            prop_assert_eq!(&read[1].1, &on.to_string());
            let gone = Change::Delete { name: name.trim().into() }.apply(&after, "c.toml").unwrap();
            prop_assert_eq!(gone, FILE);
        }
    }
}
