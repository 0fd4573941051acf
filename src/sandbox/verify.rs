//! Credential checks, each written from its vendor's page. Whatever signs requests elsewhere in this program is not
//! consulted: a shared mistake would pass unseen.

use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::keys::Keys;
use super::wire::Call;

/// `Authorization: Bearer KEY`, exactly one such header; the scheme's name is case-insensitive.
pub(super) fn bearer(call: &Call, key: &str) -> bool {
    let mut given = call.headers.iter().filter(|(name, _)| name == "authorization");
    let (Some((_, value)), None) = (given.next(), given.next()) else {
        return false;
    };
    match value.split_once(' ') {
        Some((scheme, token)) => scheme.eq_ignore_ascii_case("bearer") && token == key,
        None => false,
    }
}

/// Bunch: the key in one of two headers. Its page asks for one of the two on every request, so both at once is a
/// mistake of the caller and refused, whatever they hold.
pub(super) fn bunch_key(call: &Call, keys: &Keys) -> bool {
    match (call.header("authorization"), call.header("x-api-key")) {
        (Some(_), None) => bearer(call, &keys.bunch),
        (None, Some(key)) => key == keys.bunch,
        _ => false,
    }
}

/// Bunch's session: our cookie among those sent.
pub(super) fn bunch_session(call: &Call, keys: &Keys) -> bool {
    match keys.bunch_cookie.split_once('=') {
        Some((name, value)) => call.cookie(name) == Some(value),
        None => false,
    }
}

/// Metered: the query parameter `secretKey`.
pub(super) fn secret_key(call: &Call, keys: &Keys) -> bool {
    call.param("secretKey").as_deref() == Some(keys.metered.as_str())
}

/// BigBlueButton: the hash over call name, raw query without the checksum, and secret. The length of what was sent
/// chooses the hash; upper and lower case are the same. `elsewhere` is a checksum sent in a form body.
pub(super) fn bbb_checksum(name: &str, query: &str, elsewhere: Option<&str>, secret: &str) -> bool {
    let in_query = query.split('&').find_map(|pair| pair.strip_prefix("checksum="));
    let Some(sent) = in_query.or(elsewhere) else {
        return false;
    };
    let text = format!("{name}{}{secret}", without_checksum(query, sent));
    let wanted = match sent.len() {
        40 => hex(&Sha1::digest(text.as_bytes())),
        64 => hex(&Sha256::digest(text.as_bytes())),
        96 => hex(&Sha384::digest(text.as_bytes())),
        128 => hex(&Sha512::digest(text.as_bytes())),
        _ => return false,
    };
    wanted.eq_ignore_ascii_case(sent)
}

/// The server takes the parameter out as text, wherever it stands.
fn without_checksum(query: &str, sent: &str) -> String {
    let parameter = format!("checksum={sent}");
    let shorter = query.replace(&format!("&{parameter}"), "");
    let shorter = shorter.replace(&format!("{parameter}&"), "");
    shorter.replace(&parameter, "")
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn sha1_hex(text: &str) -> String {
    hex(&Sha1::digest(text.as_bytes()))
}
