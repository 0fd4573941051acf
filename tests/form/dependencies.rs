//! Values that depend on each other, typed into the shipped forms: the message stands on the screen, and the remedy,
//! where there is one, is a key away. Every rule of every page, from its samples, and the dependencies the providers
//! document, one by one.

use roomkey::app::form::{Check, Control, Stop};
use roomkey::domain::key::{Key, KeyCode};
use roomkey::domain::keyed::Keyed;
use roomkey::domain::literal::Literal;
use serde::Deserialize;

use super::console::*;

fn type_text(console: &mut Console, text: &str) {
    for c in text.chars() {
        let code = if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) };
        console.press(Key { code, ctrl: false, alt: false, shift: false });
    }
}

/// Fills a field with a raw value, by keys alone.
fn fill(console: &mut Console, name: &str, value: &str) {
    let stem = name.split_once(['_', '-']).map(|(stem, _)| stem.to_owned());
    let star = |known: &str| known.ends_with('*') && stem.as_deref() == Some(&known[..known.len() - 2]);
    let known: Vec<String> = console.form.fields().map(|(known, ..)| known.to_owned()).collect();
    if !known.iter().any(|known| known == name) {
        let field = known.iter().find(|known| star(known)).unwrap_or_else(|| panic!("no field {name}"));
        console.at(field).keys("<Space>");
        type_text(console, &format!("{} = {value}", &name[field.len() - 1..]));
        console.keys("<Enter>");
        return;
    }
    console.at(name);
    let Stop::Field(index) = console.form.focus() else { panic!("{name} is no field") };
    let (many, control) =
        (console.form.has_many(console.form.focus()), console.form.field(index).unwrap().2.control.clone());
    match control {
        _ if value.is_empty() => drop(console.keys("<C-u><BS>")),
        Control::Text(_) => {
            console.keys("<C-u>");
            type_text(console, value);
        }
        Control::One(_) if many => {
            console.keys("<Space>");
            type_text(console, value);
            console.keys("<Enter>");
        }
        Control::One(_) => {
            let steps = (0..6).take_while(|_| {
                let there = console.raw(name).as_deref() == Some(value);
                if !there {
                    console.keys("<Space>");
                }
                !there
            });
            assert!(steps.count() < 6, "{name} never is {value}");
        }
        Control::Many { .. } if many => {
            for item in value.split(',') {
                console.keys("<Space>");
                type_text(console, item);
                console.keys("<Space><Enter>");
            }
        }
        Control::Many { chosen, .. } => {
            let wanted: Vec<&str> = value.split(',').collect();
            for choice in console.form.choices(console.form.focus()).into_iter().filter_map(|c| c.value) {
                if chosen.contains(&choice) != wanted.contains(&choice.as_str()) {
                    type_text(console, &choice[..1]);
                    console.keys("<Space>");
                }
            }
        }
        Control::Items(_) | Control::Rows(_) => {
            console.keys("<Space>");
            type_text(console, &value.replace(',', ", "));
            console.keys("<Enter>");
        }
    }
}

/// The message stands on a large screen, and on the usual one under the field or among the checks.
#[track_caller]
fn read(console: Console, message: &str) -> Console {
    let mut console = console.sized(140, 43);
    assert!(console.screen().contains(message), "{message}\n{}", console.screen());
    console = console.sized(80, 22);
    let checks = console.form.checks();
    let told =
        |check: &Check| matches!(check, Check::Bad(text) | Check::Warn(text) if text.contains(message));
    assert!(checks.iter().any(told), "{message}: {checks:?}");
    let start: String = message.chars().take(40).collect();
    let more = checks.len() > 3 && console.screen().contains("more");
    assert!(console.screen().contains(&start) || more, "{message}\n{}", console.screen());
    console
}

/// Takes the remedy under the message with one key, after which the message is gone.
#[track_caller]
fn mend(console: &mut Console, message: &str) {
    let checks = console.form.checks();
    let told =
        |check: &Check| matches!(check, Check::Bad(text) | Check::Warn(text) if text.contains(message));
    let at = checks.iter().position(told).unwrap();
    let Some(Check::Fix(place, _)) = checks.get(at + 1) else { panic!("{message}: no remedy in {checks:?}") };
    console.form.go(Stop::Fix(*place));
    console.keys("<Space>");
    assert!(!console.form.checks().iter().any(told), "{message} stays");
}

#[derive(Deserialize)]
struct Rules {
    rule: Vec<Sample>,
}

#[derive(Deserialize)]
struct Sample {
    operation: String,
    values: Keyed<Literal>,
    #[serde(default)]
    error: Option<String>,
    #[serde(default)]
    warn: Option<String>,
    #[serde(default)]
    requires: Vec<String>,
}

#[test]
fn every_rule_of_every_page_is_read_on_the_screen() {
    let mut rules = 0;
    for provider in ["bunch", "joinme", "metered", "bigbluebutton", "whereby"] {
        let path = format!("{}/assets/fixtures/{provider}/rules.toml", env!("CARGO_MANIFEST_DIR"));
        let samples: Rules = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for sample in samples.rule {
            let mut console = Console::shipped(provider, &sample.operation);
            for (name, value) in sample.values.iter() {
                fill(&mut console, name, &value.typed());
            }
            for message in sample.error.iter().chain(&sample.warn) {
                console = read(console, message);
            }
            if !sample.requires.is_empty() {
                console.keys("<F2>");
                console = read(console, "is required ");
            }
            rules += 1;
        }
    }
    assert!(rules > 50, "{rules}");
}

/// What is typed, the message, and where there is a remedy what it leads to.
type Dependency = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
    Option<(&'static str, Option<&'static str>)>,
);

const DEPENDENCIES: &[Dependency] = &[
    ("bunch", "create", &[("roomName", "Team Standup")], "may cause trouble in a room name or link", None),
    (
        "joinme",
        "start",
        &[("viewerMode", "headless")],
        "viewers who have the app will not see the headless viewer",
        Some(("viewerAppDetection", Some("false"))),
    ),
    (
        "joinme",
        "start-scheduled",
        &[("viewerMode", "headless"), ("viewerAppDetection", "true")],
        "viewers who have the app will not see the headless viewer",
        Some(("viewerAppDetection", Some("false"))),
    ),
    ("joinme", "start", &[("webhooks.meeting.end.customCallbackData", "{}")], "is required with ", None),
    (
        "joinme",
        "schedule",
        &[("meetingStart", "tomorrow 10:00"), ("meetingEnd", "tomorrow 9:00")],
        "the meeting has to end after it starts",
        None,
    ),
    (
        "metered",
        "create-room",
        &[("notBeforeUnixSec", "in 3h"), ("expireUnixSec", "in 2h")],
        "the room would close before it opens",
        None,
    ),
    ("metered", "create-room", &[("ejectAtRoomExp", "true")], "Closes is required with ", None),
    (
        "metered",
        "create-room",
        &[("enableRTMPOut", "true"), ("enableComposition", "true")],
        "is required with ",
        None,
    ),
    (
        "metered",
        "create-room",
        &[("rtmpOutURL", "rtmp://live.example.com/k")],
        "nothing is sent to the RTMP address while streaming elsewhere is off",
        Some(("enableRTMPOut", Some("true"))),
    ),
    (
        "metered",
        "create-room",
        &[("enableRTMPOut", "true")],
        "recording the composition and streaming need the composed picture",
        Some(("enableComposition", Some("true"))),
    ),
    (
        "metered",
        "create-room",
        &[("enableLiveStreaming", "true")],
        "recording the composition and streaming need the composed picture",
        Some(("enableComposition", Some("true"))),
    ),
    (
        "metered",
        "create-room",
        &[("recordComposition", "true")],
        "recording the composition and streaming need the composed picture",
        Some(("enableComposition", Some("true"))),
    ),
    (
        "metered",
        "create-room",
        &[("compositionLayout", "grid")],
        "the layout has no effect without the composed picture",
        Some(("enableComposition", Some("true"))),
    ),
    (
        "metered",
        "create-room",
        &[("enableRequestToJoin", "true")],
        "knocking exists only in private rooms",
        Some(("privacy", Some("private"))),
    ),
    (
        "metered",
        "create-room",
        &[("ownerOnlyBroadcast", "true")],
        "nobody can send without an admin token",
        Some(("privacy", Some("private"))),
    ),
    (
        "metered",
        "create-room",
        &[("audioOnlyRoom", "true"), ("joinVideoOn", "true")],
        "a room for sound only has neither camera nor screen sharing",
        Some(("joinVideoOn", Some("false"))),
    ),
    (
        "bigbluebutton",
        "meeting",
        &[("endWhenNoModeratorDelayInMinutes", "5m")],
        "has no effect unless End without a moderator is on",
        Some(("endWhenNoModerator", Some("true"))),
    ),
    (
        "metered",
        "token",
        &[("globalToken", "true"), ("roomName", "lobby")],
        "a token is for one room or for all of them",
        Some(("globalToken", Some("false"))),
    ),
    (
        "metered",
        "token",
        &[("roomName", "lobby"), ("expireUnixSec", "")],
        "without an end the token may never stop working",
        Some(("expireUnixSec", Some("in 2h"))),
    ),
    (
        "bigbluebutton",
        "meeting",
        &[("autoStartRecording", "false"), ("allowStartStopRecording", "false")],
        "the recording can never start",
        Some(("autoStartRecording", Some("true"))),
    ),
    (
        "bigbluebutton",
        "meeting",
        &[("presentationUploadExternalUrl", "https://example.com/up")],
        "is required with ",
        None,
    ),
    (
        "bigbluebutton",
        "meeting",
        &[("name", "Schulung, früh")],
        "may cause trouble in a room name or link",
        None,
    ),
    ("bigbluebutton", "meeting", &[("isBreakout", "true")], "is required with ", None),
    (
        "bigbluebutton",
        "join-link",
        &[("sessionName", "second screen")],
        "has no effect without Internal user ID",
        None,
    ),
    (
        "bigbluebutton",
        "join-link",
        &[("replaceSessionToken", "t0ken")],
        "has no effect without Internal user ID",
        None,
    ),
    (
        "bigbluebutton",
        "join-link",
        &[("guest", "false")],
        "even as off it makes the person count as not signed in",
        Some(("guest", None)),
    ),
    (
        "bigbluebutton",
        "join-link",
        &[("role", "MODERATOR"), ("guest", "true")],
        "a moderator is never kept in the lobby",
        Some(("guest", None)),
    ),
    (
        "bigbluebutton",
        "join-link",
        &[("redirect", "false")],
        "this joins the person at once",
        Some(("redirect", None)),
    ),
    ("bigbluebutton", "join-link", &[("userdata-bbb-x", "1")], "is not allowed in a name", None),
    ("bigbluebutton", "meeting", &[("meta_1x", "1")], "a name cannot begin with ", None),
    (
        "whereby",
        "create",
        &[("fields", ""), ("isLocked", "true")],
        "nobody could let guests in: ask for the host link too",
        Some(("fields", Some("hostRoomUrl"))),
    ),
    (
        "whereby",
        "create",
        &[("roomNamePattern", "human-short")],
        "a name of six characters can be guessed: lock the room",
        Some(("isLocked", Some("true"))),
    ),
    (
        "whereby",
        "create",
        &[("roomMode", "normal"), ("fields", "viewerRoomUrl")],
        "viewer links work reliably only in group rooms",
        Some(("roomMode", Some("group"))),
    ),
    (
        "whereby",
        "create",
        &[("startDate", "in 1h")],
        "Whereby ignores the start: the room is open at once",
        Some(("startDate", None)),
    ),
    ("whereby", "create", &[("recording.type", "cloud")], "is required with ", None),
];

#[test]
fn documented_dependencies_are_told_and_mended() {
    for (provider, operation, typed, message, remedy) in DEPENDENCIES {
        let mut console = Console::shipped(provider, operation);
        for (name, value) in *typed {
            fill(&mut console, name, value);
        }
        if message.contains("is required") {
            console.keys("<F2>");
        }
        let mut console = read(console, message);
        if let Some((field, value)) = remedy {
            mend(&mut console, message);
            assert_eq!(console.raw(field).as_deref(), *value, "{provider} {operation} {typed:?}");
        }
    }
}
