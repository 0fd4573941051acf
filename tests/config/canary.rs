//! No configured value is ever repeated, wherever it stands and whatever is wrong with it; and nothing panics.

use proptest::prelude::*;
use roomkey::config::{Config, Problem};

use super::support::{PROVIDERS, lines, page, parse};

const EXAMPLE: &str = include_str!("../../config.example.toml");
const CANARY: &str = "sk_live_CANARY";

/// Everything that is ever said about a configuration.
fn all_said(config: &Config) -> String {
    let problems = config.check(&PROVIDERS, &page);
    let mut said = lines(&problems);
    said.push(format!("{problems:?} {config:?} {}", Problem::error(&problems)));
    for name in config.profile_names() {
        // Its own page, and one that does not fit.
        for id in [config.provider_of(name).filter(|id| page(id).is_some()).unwrap_or("metered"), "bunch"] {
            said.push(format!("{:?}", config.read_profile(name, &page(id).unwrap())));
        }
    }
    for name in config.preset_names() {
        said.push(format!("{:?}", config.preset(name, &page("whereby").unwrap())));
    }
    said.join("\n")
}

/// The keys of the example with the lines they stand in.
fn assignments() -> impl Iterator<Item = (usize, &'static str)> {
    EXAMPLE.lines().enumerate().filter_map(|(at, line)| {
        let (key, _) = line.split_once('=')?;
        (!line.starts_with(['#', '['])).then_some((at, key.trim()))
    })
}

fn example_with(at: usize, line: &str) -> String {
    let lines = EXAMPLE.lines().enumerate().map(|(index, old)| if index == at { line } else { old });
    lines.collect::<Vec<_>>().join("\n")
}

/// The line of what was said that gives the canary away.
fn around(said: &str) -> &str {
    said.lines().find(|line| line.contains("CANARY")).unwrap_or(said)
}

#[test]
fn wrong_values_in_every_place_stay_unsaid() {
    let wrong = [
        "'KEY'",
        "['KEY']",
        "[1, 'KEY']",
        "{ x = 'KEY' }",
        "{ env = 'KEY', file = 'KEY' }",
        "{ enw = 'KEY' }",
        "{ env = ['KEY'] }",
        "{ env = 'KEY KEY' }",
        "{ command = 'KEY' }",
        "{ command = [1, 'KEY'] }",
        "{ file = { a = 'KEY' } }",
        "[{ a = 'KEY' }]",
        "{ a.b.c = ['KEY,KEY'] }",
        "'https://u:KEY@x.example'",
        "'http://KEY.example'",
        "\"{KEY}\"",
        "\"{KEY\"",
        // Syntax errors.
        "KEY",
        "'KEY",
        "\"KEY",
        "\"KEY\\q\"",
        "['KEY'",
        "{ env = 'KEY'",
        "'KEY' 'KEY'",
        "'''KEY",
        "KEY.KEY = 1",
        "'KEY\u{0}'",
    ];
    let mut tried = 0;
    for (at, key) in assignments() {
        for value in wrong {
            let value = value.replace("KEY", CANARY);
            let text = example_with(at, &format!("{key} = {value}"));
            let said = all_said(&parse(&text));
            assert!(!said.contains("CANARY"), "{key} = {value}\n{}", around(&said));
            tried += 1;
        }
        // Twice the same key: the second value is the canary.
        let text = example_with(at, &format!("{key} = '{CANARY}'\n{key} = '{CANARY}'"));
        let said = all_said(&parse(&text));
        assert!(said.contains("stands there twice") && !said.contains("CANARY"), "{key}\n{}", around(&said));
    }
    assert!(tried > 500, "only {tried} places were tried");
}

#[test]
fn secrets_are_described_and_never_shown() {
    let text = format!(
        "[profiles.w]\nprovider = \"whereby\"\napi_key = \"{CANARY}\"\n\
         [profiles.w.defaults]\nrecording.destination.accessKeySecret = \"{CANARY}\"\nunknown = \"{CANARY}\"\n\
         [profiles.odd]\nprovider = \"nobody\"\nanything = \"{CANARY}\"\n[profiles.odd.defaults]\nx = \"{CANARY}\"\n\
         [profiles.b]\nprovider = \"bigbluebutton\"\nbase_url = \"https://u:{CANARY}@x.example\"\n\
         [presets.p]\nvalues = {{ endDate = \"{CANARY}\" }}"
    );
    let shown = parse(&text).shown(&page);
    let find = |key: &str| {
        shown.iter().find(|(name, ..)| name == key).unwrap_or_else(|| panic!("{key}: {shown:#?}"))
    };
    assert!(!format!("{shown:?}").contains("CANARY"), "{shown:#?}");
    assert_eq!(find("profiles.w.api_key").1, "from the configuration file");
    assert_eq!(find("profiles.w.api_key").2, "c.toml:3");
    assert_eq!(find("profiles.w.base_url").2, "default");
    for hidden in [
        "profiles.w.defaults.recording.destination.accessKeySecret",
        "profiles.odd.anything",
        "profiles.b.base_url",
    ] {
        assert_eq!(find(hidden).1, "••••••••");
    }
}

#[test]
fn escapes_in_keys_do_not_reach_the_terminal() {
    let said = super::support::only("\"\\u001b]0;x\\u0007\" = 1");
    assert!(!said.chars().any(char::is_control), "{said:?}");
}

proptest! {
    #![proptest_config(crate::chance::cases(96))]

    #[test]
    fn any_text_is_survived(text in "(\\PC|\n|[\\[\\]{}=.\"'#,]){0,200}") {
        all_said(&parse(&text));
    }

    #[test]
    fn a_torn_example_keeps_its_secrets(at in 0..EXAMPLE.len(), cut in 0usize..40) {
        let mut text: String = EXAMPLE.replace("[profiles.joinme]", &format!("[profiles.k]\nprovider = \"bunch\"\napi_key = \"{CANARY}\"\n[profiles.joinme]"));
        let start = (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
        let end = (start + cut..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(start);
        text.replace_range(start..end, "");
        let said = all_said(&parse(&text));
        prop_assert!(!said.contains("CANARY"), "{}", said);
    }
}
