//! What a profile needs to talk to this sandbox: each provider's settings under the names that the configuration
//! uses. `roomkey sandbox` prints it as one line of JSON.

use serde_json::{Map, Value, json};

use super::PROVIDERS;
use super::keys::Keys;

/// The settings of one provider, in reading order; empty for a provider that is not imitated.
pub(super) fn settings(provider: &str, origin: &str, keys: &Keys) -> Vec<(String, String)> {
    let pairs: Vec<(&str, String)> = match provider {
        "bunch" => vec![
            ("base_url", format!("{origin}/bunch")),
            ("api_key", keys.bunch.clone()),
            ("session_cookie", keys.bunch_cookie.clone()),
        ],
        "joinme" => vec![("base_url", format!("{origin}/joinme/v1")), ("access_token", keys.joinme.clone())],
        "metered" => vec![
            ("app", keys.metered_app.clone()),
            ("base_url", format!("{origin}/metered/api/v1")),
            ("link_base", format!("{origin}/metered")),
            ("secret_key", keys.metered.clone()),
        ],
        "bigbluebutton" => {
            vec![("base_url", format!("{origin}/bbb/bigbluebutton/")), ("secret", keys.bbb.clone())]
        }
        "whereby" => vec![("base_url", format!("{origin}/whereby/v1")), ("api_key", keys.whereby.clone())],
        _ => Vec::new(),
    };
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// `{"version":1,"providers":{"bunch":{…},…}}`
pub(super) fn announce(origin: &str, keys: &Keys) -> Value {
    let mut providers = Map::new();
    for provider in PROVIDERS {
        let pairs = settings(provider, origin, keys).into_iter();
        let table: Map<String, Value> = pairs.map(|(name, value)| (name, Value::from(value))).collect();
        providers.insert(provider.to_owned(), Value::Object(table));
    }
    json!({"version": 1, "providers": providers})
}
