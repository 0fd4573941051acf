//! Keys and secret fields are canaries: whatever happens to a creation, they are heard by the provider they are for
//! and are found nowhere else, in whatever spelling. One file for each kind of place where they could turn up.

mod children;
mod commands;
mod console;
mod files;

use std::fmt::Write as _;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use roomkey::sandbox::{Act, PROVIDERS, Seen};

use crate::bench::answer;
use crate::stage::Stage;

/// Secret fields of first operations, with what else they need.
fn fields(provider: &str) -> &'static [(&'static str, &'static str)] {
    match provider {
        "metered" => &[
            ("enableComposition", "true"),
            ("enableRTMPOut", "true"),
            ("rtmpOutURL", "rtmp://live.example/CANARY-stream-key-9f"),
        ],
        "bigbluebutton" => &[("attendeePW", "CANARY+viewer/pw"), ("moderatorPW", "CANARY moderator pw")],
        "whereby" => &[
            ("recording.type", "cloud"),
            ("recording.startTrigger", "none"),
            ("recording.destination.provider", "s3"),
            ("recording.destination.authenticationType", "accessKey"),
            ("recording.destination.bucket", "b"),
            ("recording.destination.accessKeyId", "AKIA"),
            ("recording.destination.accessKeySecret", "CANARY/s3+secret=key"),
        ],
        _ => &[],
    }
}

fn required(provider: &str) -> &'static [(&'static str, &'static str)] {
    match provider {
        "bunch" => &[("roomName", "room"), ("userName", "User")],
        "joinme" => &[("startWithPersonalUrl", "false")],
        "bigbluebutton" => &[("name", "Meeting")],
        "whereby" => &[("endDate", "in 2h")],
        _ => &[],
    }
}

/// How a secret may be written down.
fn spellings(secret: &str) -> Vec<String> {
    let percent = |space: &str| {
        secret.bytes().fold(String::new(), |mut out, byte| {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => out.push(byte.into()),
                b' ' => out.push_str(space),
                _ => write!(out, "%{byte:02X}").unwrap(),
            }
            out
        })
    };
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut all = vec![secret.to_owned(), percent("+"), percent("%20"), hex.to_uppercase(), hex];
    all.push(secret.bytes().flat_map(|byte| [byte, 0]).map(char::from).collect());
    for offset in 0..3 {
        let shifted = STANDARD.encode([&vec![b'x'; offset], secret.as_bytes()].concat());
        // The first and last letters depend on the neighbours.
        all.push(shifted[4..shifted.len() - 4].to_owned());
    }
    all
}

#[track_caller]
fn free_of(secrets: &[String], text: &str, place: &str) {
    for secret in secrets {
        for spelling in spellings(secret) {
            assert!(!text.contains(&spelling), "{place}: {secret} as {spelling} in\n{text}");
        }
    }
}

/// The keys of every profile.
fn keys(settings: impl Fn(&str) -> Vec<(String, String)>) -> Vec<String> {
    const PLAIN: [&str; 3] = ["base_url", "link_base", "app"];
    let all = PROVIDERS.iter().flat_map(|provider| settings(provider));
    all.filter(|(name, _)| !PLAIN.contains(&name.as_str())).map(|(_, value)| value).collect()
}

/// Canaries among the fields.
fn canaries(provider: &str) -> Vec<String> {
    let secret = fields(provider).iter().filter(|(_, value)| value.contains("CANARY"));
    secret.map(|(_, value)| (*value).to_owned()).collect()
}

/// An answer that repeats everything it was told.
fn echo(provider: &str, status: u16, secrets: &[String]) -> Act {
    let all: Vec<String> = secrets.iter().flat_map(|one| spellings(one).into_iter().take(3)).collect();
    let text: String = all.join(" ").chars().take(4000).collect();
    if provider == "bigbluebutton" {
        return answer(
            200,
            format!(
                "<response><returncode>FAILED</returncode><messageKey>x</messageKey><message>{text}</message></response>"
            ),
        );
    }
    answer(status, serde_json::json!({"error": text, "message": text, "success": false}).to_string())
}

fn acts(provider: &str, secrets: &[String]) -> Vec<Act> {
    let mut acts = vec![
        Act::Pass,
        answer(401, "{}"),
        answer(500, "<html>"),
        answer(200, "{}"),
        Act::CutAfter,
        Act::CutBody(9),
        Act::Redirect { status: 307, to: "https://evil.example/".into() },
        Act::Raw(b"SSH-2.0\r\n".to_vec()),
    ];
    acts.extend([400, 401, 403, 500].map(|status| echo(provider, status, secrets)));
    acts
}

/// The secrets a provider may hear: its own.
#[track_caller]
fn heard_by_their_own(seen: &[Seen], strangers: &[String]) {
    for request in seen {
        let body = String::from_utf8_lossy(&request.body);
        let text = format!("{} {:?} {body}", request.target, request.headers);
        free_of(strangers, &text, request.provider);
    }
}

fn keys_of(stage: &Stage, provider: &str) -> Vec<String> {
    keys(|id| if id == provider { stage.sandbox.settings(id) } else { Vec::new() })
}

/// Keys stand in the header or the query of their provider, fields where their request has them: each was heard.
#[track_caller]
fn heard_where_they_belong(seen: &[Seen], own: &[String], typed: &[String]) {
    let all: String = seen
        .iter()
        .map(|one| format!("{} {:?} {}", one.target, one.headers, String::from_utf8_lossy(&one.body)))
        .collect();
    for canary in typed {
        assert!(spellings(canary).iter().any(|spelling| all.contains(spelling)), "{canary} was never sent");
    }
    for request in seen {
        for (name, value) in &request.headers {
            let allowed = matches!(name.as_str(), "authorization" | "x-api-key");
            assert!(allowed || !own.iter().any(|key| value.contains(key)), "{name}: {value}");
        }
        let body = String::from_utf8_lossy(&request.body);
        free_of(own, &body, "a body");
    }
}
