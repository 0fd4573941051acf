//! The create body, from Whereby's own description of its API. Its sentences win over its schema where they differ:
//! the nested parts may be `null` to mean "as the organisation has it", and S3 needs what its prose lists (but no
//! `region` for recordings, which has no such field).

use serde_json::{Map, Value};

use super::super::shape::{Kind, Rule, may, need};

const SIGN_IN: Kind = Kind::One(&["accessKey", "roleBased"]);
const STORE: Kind = Kind::One(&["s3", "whereby"]);
const TEXT: Kind = Kind::Text(1, 10_000);

const LANGUAGES: &[&str] = &[
    "ca", "zh", "zh-TW", "cs", "da", "nl", "en", "en-US", "en-GB", "fi", "fr", "de", "de-CH", "el", "hi",
    "id", "it", "ja", "ko", "lv", "ms", "no", "pl", "pt", "pt-BR", "ro", "ru", "sk", "es", "sv", "th", "uk",
    "vi",
];

pub(super) static CREATE: [Rule; 11] = [
    need("endDate", Kind::Time),
    may("startDate", Kind::Time).or_null(),
    may("isLocked", Kind::Switch).or_null(),
    may("roomMode", Kind::One(&["normal", "group"])).or_null(),
    may("roomNamePrefix", Kind::Text(0, 39)).or_null(),
    may("roomNamePattern", Kind::One(&["uuid", "human-short"])).or_null(),
    may("templateType", Kind::One(&["viewerMode"])).or_null(),
    may("fields", Kind::Many(&Kind::One(&["hostRoomUrl", "viewerRoomUrl"]))).or_null(),
    may("recording", Kind::Part(&RECORDING)).or_null(),
    may("liveTranscription", Kind::Part(&TRANSCRIPTION)).or_null(),
    may("streaming", Kind::Part(&STREAMING)).or_null(),
];

static RECORDING: [Rule; 3] = [
    need("type", Kind::One(&["none", "local", "cloud"])),
    need("destination", Kind::Part(&RECORDING_STORE)).or_null(),
    need("startTrigger", Kind::One(&["none", "prompt", "automatic", "automatic-2nd-participant"])).or_null(),
];

static RECORDING_STORE: [Rule; 7] = [
    need("provider", STORE),
    may("authenticationType", SIGN_IN).or_null(),
    may("bucket", TEXT).or_null(),
    may("accessKeyId", TEXT).or_null(),
    may("accessKeySecret", TEXT).or_null(),
    may("fileFormat", Kind::One(&["mkv", "mp4"])).or_null(),
    may("oidcRoleArn", TEXT).or_null(),
];

static TRANSCRIPTION: [Rule; 4] = [
    need("destination", Kind::Part(&TRANSCRIPTION_STORE)).or_null(),
    need("startTrigger", Kind::One(&["none", "manual", "automatic", "automatic-2nd-participant"])).or_null(),
    may("language", Kind::One(LANGUAGES)).or_null(),
    may("liveCaptions", Kind::Switch).or_null(),
];

static TRANSCRIPTION_STORE: [Rule; 7] = [
    need("provider", STORE),
    may("authenticationType", SIGN_IN).or_null(),
    may("bucket", TEXT).or_null(),
    may("accessKeyId", TEXT).or_null(),
    may("accessKeySecret", TEXT).or_null(),
    may("region", TEXT).or_null(),
    may("oidcRoleArn", TEXT).or_null(),
];

static STREAMING: [Rule; 2] = [
    need("destination", Kind::Part(&STREAM_TO)),
    need("startTrigger", Kind::One(&["none", "prompt", "automatic"])).or_null(),
];

static STREAM_TO: [Rule; 1] = [need("url", Kind::Link(&["rtmp", "rtmps"]))];

/// What an S3 store needs beyond its types; the error is the sentence to answer.
pub(super) fn agree(body: &Map<String, Value>) -> Result<(), String> {
    for (part, with_region) in [("recording", false), ("liveTranscription", true)] {
        let store = body.get(part).and_then(|part| part.get("destination"));
        let text = |name: &str| store.and_then(|store| store.get(name)).and_then(Value::as_str);
        if text("provider") != Some("s3") {
            continue;
        }
        let needed: &[&str] = match text("authenticationType") {
            Some("roleBased") => &["bucket", "oidcRoleArn"],
            Some(_) if with_region => &["bucket", "region", "accessKeyId", "accessKeySecret"],
            Some(_) => &["bucket", "accessKeyId", "accessKeySecret"],
            None => &["bucket"],
        };
        if let Some(name) = needed.iter().find(|name| text(name).is_none()) {
            return Err(format!("{part}.destination.{name} is required for s3"));
        }
    }
    Ok(())
}

/// The prefix as the service keeps it: lower case, without spaces. `None` when other characters are in it.
pub(super) fn prefix(text: &str) -> Option<String> {
    let kept: String = text.chars().filter(|letter| *letter != ' ').collect();
    let fits = kept.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    fits.then(|| kept.to_ascii_lowercase())
}
