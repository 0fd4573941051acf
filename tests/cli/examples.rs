//! The examples of the fixtures as commands: every field of every operation, with its times moved into the future by
//! whole days and its keys those of the sandbox.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use roomkey::domain::moment::parse_moment;
use roomkey::domain::page::Example;
use roomkey::provider::load;

use crate::stage::Stage;

#[derive(serde::Deserialize)]
struct Examples {
    example: Vec<Example>,
}

/// These settings belong to the place, not to the example.
pub const PLACE: [&str; 3] = ["base_url", "link_base", "app"];

/// The examples of a provider.
pub fn examples(provider: &str) -> Vec<Example> {
    let path = format!("{}/assets/fixtures/{provider}/examples.toml", env!("CARGO_MANIFEST_DIR"));
    load::table::<Examples>(&std::fs::read_to_string(&path).unwrap(), &path).unwrap().example
}

/// Whole days that bring the time of the examples into the future.
fn days() -> i64 {
    let written: Timestamp = "2026-11-21T14:00:00Z".parse().unwrap();
    ((Timestamp::now().as_second() - written.as_second()).max(0) + 86_399) / 86_400
}

/// Moves every date in a text, `2026-11-21`, and every time in unix seconds.
pub fn moved(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let date = rest.get(..10).and_then(|date| date.parse::<jiff::civil::Date>().ok());
        if let Some(date) = date.filter(|_| digits == 4 && rest.as_bytes()[4] == b'-') {
            out.push_str(&date.checked_add(days().days()).unwrap().to_string());
            rest = &rest[10..];
            continue;
        }
        match rest[..digits].parse::<i64>() {
            Ok(seconds) if (1_700_000_000..2_000_000_000).contains(&seconds) => {
                out.push_str(&(seconds + days() * 86_400).to_string());
            }
            _ => out.push_str(&rest[..digits]),
        }
        rest = &rest[digits..];
    }
    out + rest
}

/// Operation and values as they are typed.
pub fn arguments(example: &Example) -> Vec<String> {
    let mut arguments = vec!["-o".to_owned(), example.operation.clone().unwrap()];
    let now = example.now.as_deref().unwrap().parse().unwrap();
    for (name, value) in &example.values {
        let mut text = value.typed();
        // "in 2h" counts from the present, which is not the example's.
        if text.starts_with("in ") {
            text = parse_moment(&text, now, &TimeZone::UTC).unwrap().rfc3339();
        }
        arguments.push(format!("{name}={}", moved(&text)));
    }
    arguments
}

/// The profile with the example's own settings: how a key is sent, which hash.
pub fn configure(stage: &Stage, provider: &str, example: &Example) {
    let place = stage.sandbox.settings(provider);
    let own = example
        .settings
        .iter()
        .filter(|(name, _)| !PLACE.contains(&name.as_str()) && !place.iter().any(|(known, _)| known == name));
    let own: Vec<_> = own.map(|(name, value)| (name.clone(), format!("'{value}'"))).collect();
    let own: Vec<_> = own.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    stage.configure(&format!(
        "zone = \"UTC\"\nagent = \"Ada, ACME support\"\n{}",
        stage.profile(provider, &own)
    ));
}
