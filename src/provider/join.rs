//! Reading BigBlueButton's join with `redirect=false`: XML at best; behind a load balancer a redirect to the node,
//! which this one unauthenticated GET may follow up to three times within its scheme; or, from older servers, a
//! redirect to the logout page whose `errors` parameter says what went wrong.

use serde_json::Value as Json;
use url::Url;

use crate::domain::request::{Request, Response};
use crate::domain::secret::Secret;

use super::expand::Ground;

const MAX_HOPS: u8 = 3;

pub enum Landing {
    /// Send this request as well.
    Follow(Request),
    /// Read this instead.
    Answer(Response),
    /// Judge the answer as it is.
    Asis,
}

/// Where an answer to the join leads.
pub fn land(response: &Response, ground: &Ground, hops: u8) -> Landing {
    if !(300..400).contains(&response.status) {
        return Landing::Asis;
    }
    let base = ground.settings.plain("base_url").and_then(|base| Url::parse(base).ok());
    let target = response.header("location").and_then(|to| match &base {
        Some(base) => base.join(to).ok(),
        None => Url::parse(to).ok(),
    });
    let (Some(base), Some(target)) = (base, target) else { return Landing::Asis };
    if let Some(errors) = target.query_pairs().find(|(name, _)| name == "errors") {
        return failure(&errors.1).map_or(Landing::Asis, Landing::Answer);
    }
    let followable = matches!(response.status, 302 | 307)
        && hops < MAX_HOPS
        && target.scheme() == base.scheme()
        && target.username().is_empty()
        && target.path().ends_with("/api/join");
    if !followable {
        return Landing::Asis;
    }
    Landing::Follow(Request {
        method: "GET".into(),
        url: Secret::new(target.as_str()),
        headers: Vec::new(),
        body: None,
    })
}

/// `[{"key":"…","message":"…"}]` as the XML failure it stands for.
fn failure(errors: &str) -> Option<Response> {
    let list: Json = serde_json::from_str(errors).ok()?;
    let first = list.get(0)?;
    let text = |name: &str| escape(first.get(name).and_then(Json::as_str).unwrap_or_default());
    let xml = format!(
        "<response><returncode>FAILED</returncode><messageKey>{}</messageKey><message>{}</message></response>",
        text("key"),
        text("message")
    );
    Some(Response { status: 200, headers: Vec::new(), body: xml.into_bytes() })
}

fn escape(text: &str) -> String {
    let text = crate::domain::text::DisplayText::line(text);
    text.as_str().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
