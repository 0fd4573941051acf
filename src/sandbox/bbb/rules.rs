//! What the server validates in parameters it knows; those it does not know are ignored (and hashed all the same).

use serde_json::Value;
use url::Url;

use super::params::Params;
use super::xml::Refusal;

enum Kind {
    Text(usize, usize),
    /// Digits only, zero included.
    Number,
    Switch,
    One(&'static [&'static str]),
    Address,
    Colour,
    Json,
}

const LAYOUTS: &[&str] = &[
    "CUSTOM_LAYOUT",
    "SMART_LAYOUT",
    "PRESENTATION_FOCUS",
    "VIDEO_FOCUS",
    "CAMERAS_ONLY",
    "PARTICIPANTS_AND_CHAT_ONLY",
    "PRESENTATION_ONLY",
    "MEDIA_ONLY",
];

const USER_LAYOUTS: &[&str] = &[
    "UNIFIED_LAYOUT",
    "CUSTOM_LAYOUT",
    "SMART_LAYOUT",
    "PRESENTATION_FOCUS",
    "VIDEO_FOCUS",
    "CAMERAS_ONLY",
    "PARTICIPANTS_AND_CHAT_ONLY",
    "PRESENTATION_ONLY",
    "MEDIA_ONLY",
];

const POLICIES: &[&str] = &["ALWAYS_ACCEPT", "ALWAYS_DENY", "ASK_MODERATOR", "ALWAYS_ACCEPT_AUTH"];

const CREATE: &[(Kind, &[&str])] = &[
    (Kind::Text(2, 256), &["name"]),
    (Kind::Text(2, 64), &["attendeePW", "moderatorPW"]),
    (
        Kind::Number,
        &[
            "voiceBridge",
            "maxParticipants",
            "duration",
            "endWhenNoModeratorDelayInMinutes",
            "learningDashboardCleanupDelayInMinutes",
            "userCameraCap",
            "meetingCameraCap",
            "meetingExpireIfNoUserJoinedInMinutes",
            "meetingExpireWhenLastUserLeftInMinutes",
            "maxNumPages",
            "maxPinnedCameras",
            "logoutTimer",
            "sequence",
        ],
    ),
    (
        Kind::Switch,
        &[
            "record",
            "autoStartRecording",
            "allowStartStopRecording",
            "recordFullDurationMedia",
            "notifyRecordingIsOn",
            "webcamsOnlyForModerator",
            "multiUserWhiteboardEnabled",
            "muteOnStart",
            "allowModsToUnmuteUsers",
            "allowModsToEjectCameras",
            "allowRequestsWithoutSession",
            "allowPromoteGuestToModerator",
            "meetingKeepEvents",
            "endWhenNoModerator",
            "breakoutRoomsPrivateChatEnabled",
            "breakoutRoomsRecord",
            "preUploadedPresentationOverrideDefault",
            "presentationConversionCacheEnabled",
            "allowOverrideClientSettingsOnCreateCall",
            "lockSettingsDisableCam",
            "lockSettingsDisableMic",
            "lockSettingsDisablePrivateChat",
            "lockSettingsDisablePublicChat",
            "lockSettingsDisableNotes",
            "lockSettingsHideUserList",
            "lockSettingsLockOnJoin",
            "lockSettingsLockOnJoinConfigurable",
            "lockSettingsHideViewersCursor",
            "lockSettingsHideViewersAnnotation",
            "isBreakout",
            "freeJoin",
        ],
    ),
    (Kind::One(POLICIES), &["guestPolicy"]),
    (Kind::One(LAYOUTS), &["meetingLayout"]),
    (Kind::One(&["blockNote", "etherpad"]), &["sharedNotesEditor"]),
    (Kind::Colour, &["bannerColor"]),
    (Kind::Json, &["groups", "pluginManifests", "clientSettingsOverride"]),
    (
        Kind::Address,
        &[
            "loginURL",
            "logoutURL",
            "logo",
            "presentationUploadExternalUrl",
            "preUploadedPresentation",
            "sharedNotesInitialContentJsonUrl",
            "clientSettingsOverrideJsonUrl",
            "pluginManifestsFetchUrl",
            "meetingEndedURL",
        ],
    ),
];

const JOIN: &[(Kind, &[&str])] = &[
    (Kind::Text(2, 64), &["password"]),
    (Kind::Switch, &["guest", "auth", "redirect", "bot", "excludeFromDashboard"]),
    (Kind::One(USER_LAYOUTS), &["enforceLayout", "defaultLayout"]),
    (Kind::Address, &["avatarURL", "webcamBackgroundURL", "errorRedirectUrl", "logoutURL"]),
];

/// A create call's parameters, `meetingID` and `name` included.
pub(super) fn create(params: &Params) -> Result<(), Refusal> {
    meeting_id(params)?;
    if params.get("name").is_none() {
        return Err(Refusal::new("missingParamName", "You must provide a meeting name"));
    }
    validate(params, CREATE)
}

/// A join call's parameters, `meetingID` included; roles and names are the join's own business.
pub(super) fn join(params: &Params) -> Result<(), Refusal> {
    validate(params, JOIN)
}

/// The meeting's id: 2 to 256 characters, no comma.
pub(super) fn meeting_id(params: &Params) -> Result<&str, Refusal> {
    let Some(id) = params.get("meetingID") else {
        return Err(Refusal::new("missingParamMeetingID", "You must provide a meeting ID"));
    };
    if !(2..=256).contains(&id.chars().count()) {
        return Err(invalid("Meeting ID must be between 2 and 256 characters"));
    }
    if id.contains(',') {
        return Err(invalid("Meeting ID cannot contain ','"));
    }
    Ok(id)
}

fn invalid(message: &str) -> Refusal {
    Refusal::new("validationError", message)
}

fn validate(params: &Params, rules: &[(Kind, &[&str])]) -> Result<(), Refusal> {
    for (kind, names) in rules {
        for name in *names {
            if let Some(value) = params.get(name) {
                judge(name, value, kind)?;
            }
        }
    }
    Ok(())
}

fn judge(name: &str, value: &str, kind: &Kind) -> Result<(), Refusal> {
    let (fits, wanted) = match kind {
        Kind::Text(min, max) => {
            ((*min..=*max).contains(&value.chars().count()), format!("between {min} and {max} characters"))
        }
        Kind::Number => {
            let fits = value.bytes().all(|byte| byte.is_ascii_digit()) && value.parse::<i64>().is_ok();
            (fits, "a non-negative integer".to_owned())
        }
        Kind::Switch => (matches!(value, "true" | "false"), "true or false".to_owned()),
        Kind::One(known) => (known.contains(&value), format!("one of {}", known.join(", "))),
        // an address may hold %%CONFNAME%% and its like, which no URL reader takes everywhere
        Kind::Address => (Url::parse(value).is_ok() || value.contains("%%"), "an absolute URL".to_owned()),
        Kind::Colour => (is_colour(value), "a colour like #A0B1C2".to_owned()),
        Kind::Json => (serde_json::from_str::<Value>(value).is_ok(), "JSON".to_owned()),
    };
    if fits { Ok(()) } else { Err(invalid(&format!("{name} must be {wanted}"))) }
}

fn is_colour(value: &str) -> bool {
    let Some(hex) = value.strip_prefix('#') else {
        return false;
    };
    hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
}
