//! Keys and secret fields are canaries: whatever happens to a creation, they are heard by the provider they are for
//! and are found nowhere else, in whatever spelling.

use std::fmt::Write as _;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use roomkey::sandbox::{Act, Fault, PROVIDERS, Seen};

use crate::bench::answer;
use crate::stage::{Stage, finish};
use crate::support::live::Live;

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

#[test]
fn the_command_line_gives_nothing_away() {
    let stage = Stage::new();
    let keys = keys(|provider| stage.sandbox.settings(provider));
    for provider in PROVIDERS {
        let typed = canaries(provider);
        let own = keys_of(&stage, provider);
        // The first key is the one the first operation signs in with: nobody can repeat what was not sent.
        let sent: Vec<String> = own.iter().take(1).chain(&typed).cloned().collect();
        for act in acts(provider, &sent) {
            for json in [false, true] {
                stage.sandbox.behave();
                stage.sandbox.order(Fault::new(provider, act.clone()));
                let mut command = stage.command();
                command.arg("--config").arg(stage.config()).args(["create", "-p", provider]);
                for (index, (name, value)) in required(provider).iter().chain(fields(provider)).enumerate() {
                    if value.contains("CANARY") {
                        command
                            .arg(format!("{name}=@env:SECRET_{index}"))
                            .env(format!("SECRET_{index}"), value);
                    } else {
                        command.arg(format!("{name}={value}"));
                    }
                }
                command.args(json.then_some("--json"));
                let ran = finish(&mut command);
                let place = format!("{provider}, json {json}, {act:?}");
                assert_ne!(ran.code, 2, "{place}: {ran:?}");
                free_of(&keys, &format!("{}\n{}", ran.out, ran.err), &place);
                free_of(&typed, &ran.err, &place);
                // The passwords of a room that was made are among the details its JSON is asked for.
                if !(json && ran.code == 0) {
                    free_of(&typed, &ran.out, &place);
                }
            }
        }
        let strangers: Vec<String> = keys.iter().filter(|key| !own.contains(key)).cloned().collect();
        let seen = stage.sandbox.requests();
        let seen: Vec<Seen> = seen.into_iter().filter(|seen| seen.provider == provider).collect();
        assert!(!seen.is_empty(), "{provider}");
        heard_by_their_own(&seen, &strangers);
        heard_where_they_belong(&seen, &own, &typed);
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

/// Everything the console holds that can be written down.
fn debug(live: &Live) -> String {
    let model = &live.console.model;
    let rows: Vec<_> = model.rows.iter().collect();
    format!(
        "{rows:?} {:?} {:?} {:?} {:?}",
        model.layers, model.said, model.book.profiles, live.console.effects
    )
}

#[test]
fn the_console_gives_nothing_away() {
    for (index, provider) in PROVIDERS.iter().enumerate() {
        let typed = canaries(provider);
        let all = keys(|id| Live::demo((1, 1)).sandbox.settings(id));
        let secrets: Vec<String> = all.iter().chain(&typed).cloned().collect();
        let own =
            keys(|id| if id == *provider { Live::demo((1, 1)).sandbox.settings(id) } else { Vec::new() });
        let sent: Vec<String> = own.into_iter().take(1).chain(typed.clone()).collect();
        // Each way of failing at one provider at least, and the good end at all.
        let mut acts = acts(provider, &sent).into_iter();
        let good = acts.next();
        for act in good.into_iter().chain(acts.skip(index).step_by(3)) {
            let mut live = Live::demo((100, 40));
            live.sandbox.order(Fault::new(provider, act.clone()));
            let place = format!("{provider}, {act:?}");
            let scan = |live: &mut Live, keys: &str| {
                live.keys(keys);
                for size in [(80, 24), (140, 50)] {
                    live.console.resize(size.0, size.1);
                    let screen = live.console.screen();
                    // A long secret may be broken into lines.
                    let joined: String = screen.split_whitespace().collect();
                    free_of(&secrets, &format!("{screen}\n{joined}"), &format!("{place}, {keys}"));
                }
                free_of(&secrets, &debug(live), &format!("{place}, {keys}, in memory shown"));
            };
            scan(&mut live, &format!("{}n", index + 1));
            for (name, value) in required(provider).iter().chain(fields(provider)) {
                live.keys("<F8>");
                live.console.paste(name);
                live.keys("<Enter>");
                fill(&mut live, value);
                scan(&mut live, "");
            }
            scan(&mut live, "<F2>");
            scan(&mut live, "<F2>");
            live.settle();
            for keys in ["", "i", "r", "<Esc>", ":", "<Esc>", "?", "<Esc>"] {
                scan(&mut live, keys);
            }
            let heard = live.sandbox.requests();
            assert!(!heard.is_empty(), "{place}: nothing was sent\n{}", live.console.screen());
            heard_where_they_belong(&heard, &[], &typed);
        }
    }
}

/// Writes a value into the field that has the cursor: a choice and a switch are stepped through.
fn fill(live: &mut Live, value: &str) {
    match value {
        "true" => live.keys("<Space>"),
        "false" => live.keys("<Space><Space>"),
        _ => {
            live.console.paste(value);
            live.perform()
        }
    };
}

/// Where the program starts others, neither arguments nor environment carry a key or a link.
#[cfg(target_os = "linux")]
#[test]
fn children_are_told_nothing() {
    let stage = Stage::new();
    let key = keys_of(&stage, "bunch").remove(0);
    std::fs::write(stage.home().join("key"), &key).unwrap();
    let spy = |name: &str, then: &str| {
        format!(
            "[\"sh\", \"-c\", \"cat /proc/$$/cmdline /proc/$PPID/cmdline /proc/$$/environ > {name}; {then}\"]"
        )
    };
    let profile = stage.profile(
        "bunch",
        &[
            ("api_key", &format!("{{ command = {} }}", spy("one", "cat key"))),
            ("session_cookie", "{ env = \"BUNCH_SESSION\" }"),
        ],
    );
    let clipboard = format!("clipboard = {{ command = {} }}\n", spy("two", "cat > copied"));
    stage.configure(&format!("{clipboard}{profile}"));
    let mut command = stage.command();
    command.env("PATH", "/usr/bin:/bin").env("BUNCH_SESSION", "session=CANARY-cookie");
    command.arg("--config").arg(stage.config());
    command.args(["create", "roomName=r", "userName=u", "--copy", "guest"]);
    let ran = finish(&mut command);
    assert_eq!(ran.code, 0, "{ran:?}");
    let copied = std::fs::read_to_string(stage.home().join("copied")).unwrap();
    assert!(copied.starts_with("http://127.0.0.1") && !copied.ends_with('\n'), "{copied:?}");
    let all = [key.clone(), copied.clone(), "session=CANARY-cookie".into()];
    for name in ["one", "two"] {
        let told = String::from_utf8_lossy(&std::fs::read(stage.home().join(name)).unwrap()).into_owned();
        assert!(told.contains("create"), "{told}");
        free_of(&all, &told, name);
    }
    free_of(&[key], &format!("{}{}", ran.out, ran.err), "the end");
}
