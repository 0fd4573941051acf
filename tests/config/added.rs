//! A profile that is added: everything else of the file stays, and what comes out is sound.

use roomkey::config::{Added, SettingSource, new_profile_name, setting_text};
use roomkey::domain::secret::{Secret, SecretSource};

use super::support::{page, parse, said};

fn added(name: &str) -> Added {
    let settings = vec![
        ("base_url".to_owned(), SettingSource::Plain("https://b.example/\"x\"".to_owned())),
        ("api_key".to_owned(), SettingSource::Secret(SecretSource::File("/home/a b/key".into()))),
    ];
    Added { name: name.into(), provider: "bunch".into(), settings }
}

#[test]
fn it_is_the_last_profile_and_the_rest_stays() {
    let before = "# mine\nagent = \"Ada\"  # me\n\n[profiles.one]\nprovider = \"bunch\"\n\n[keys]\nnew = \"n\" # yes\n";
    let mut new = added("two words");
    new.settings.remove(0);
    let after = new.apply(before, "c.toml").unwrap();
    let block = "\n[profiles.\"two words\"]\nprovider = \"bunch\"\napi_key = { file = \"/home/a b/key\" }\n";
    assert_eq!(after.replace(block, ""), before, "{after}");
    assert_eq!(said(&after), [""; 0]);
    assert_eq!(parse(&after).profile_names().collect::<Vec<_>>(), ["one", "two words"]);
    assert_eq!(new.apply("", "c.toml").unwrap(), block.trim_start());
}

#[test]
fn the_notation_of_the_file_is_kept() {
    let inline = added("b").apply("profiles = { a = { provider = \"bunch\" } }\n", "c.toml").unwrap();
    assert_eq!(parse(&inline).profile_names().count(), 2, "{inline}");
    let windows = added("b").apply("agent = \"Ada\"\r\n", "c.toml").unwrap();
    assert_eq!(windows.matches('\n').count(), windows.matches("\r\n").count(), "{windows:?}");
    let marked = added("b").apply("\u{FEFF}agent = \"Ada\"\n", "c.toml").unwrap();
    assert!(marked.starts_with('\u{FEFF}'));
}

#[test]
fn nothing_is_written_over_or_into_what_is_broken_and_never_a_key() {
    let there = "[profiles.b]\nprovider = \"bunch\"\n";
    assert!(added("b").apply(there, "c.toml").unwrap_err().message().contains("a profile b already"));
    assert!(added("b").apply("a = [", "c.toml").is_err());
    assert!(added("b").apply("profiles = 1", "c.toml").is_err());
    let mut new = added("b");
    new.settings[1].1 = SettingSource::Secret(SecretSource::Inline(Secret::new("canary-of-a-key")));
    let error = new.apply("", "c.toml").unwrap_err();
    assert!(!error.to_string().contains("canary"), "{error}");
}

#[test]
fn names_and_settings_keep_the_rules_of_the_loader() {
    let config = parse("[profiles.one]\nprovider = \"bunch\"");
    assert_eq!(new_profile_name(" two ", &config), Ok("two".to_owned()));
    for wrong in ["one", "", "a\nb", &"x".repeat(61)] {
        assert!(new_profile_name(wrong, &config).is_err(), "{wrong}");
    }
    let metered = page("metered").unwrap();
    assert_eq!(setting_text(&metered, "app", " ACME "), Ok("acme".to_owned()));
    for (key, wrong) in [("app", "a.b"), ("base_url", "http://example.com"), ("nothing", "x")] {
        let why = setting_text(&metered, key, wrong).unwrap_err();
        assert!(!why.contains(wrong), "{why}");
    }
}
