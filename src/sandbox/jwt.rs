//! JSON web tokens signed with HMAC-SHA-256, as Bunch and Metered hand them out, and the reading of our own ones on
//! the pages behind the links.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A token over `claims`.
pub(super) fn sign(claims: &Value, secret: &str) -> String {
    let head = base64url(json!({"alg": "HS256", "typ": "JWT"}).to_string().as_bytes());
    let body = base64url(claims.to_string().as_bytes());
    let signed = format!("{head}.{body}");
    let mark = base64url(&hmac(secret.as_bytes(), signed.as_bytes()));
    format!("{signed}.{mark}")
}

/// The claims of a token that we signed; nothing for any other text.
pub(super) fn open(token: &str, secret: &str) -> Option<Value> {
    let (signed, mark) = token.rsplit_once('.')?;
    if mark != base64url(&hmac(secret.as_bytes(), signed.as_bytes())) {
        return None;
    }
    serde_json::from_slice(&from_base64url(signed.split_once('.')?.1)?).ok()
}

fn hmac(secret: &[u8], text: &[u8]) -> Vec<u8> {
    let mut key = [0u8; 64];
    if secret.len() > key.len() {
        key[..32].copy_from_slice(&Sha256::digest(secret));
    } else {
        key[..secret.len()].copy_from_slice(secret);
    }
    let pad = |with: u8| key.map(|byte| byte ^ with);
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(text).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().to_vec()
}

fn base64url(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let mut word = [0u8; 3];
        word[..chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes([0, word[0], word[1], word[2]]);
        for place in 0..=chunk.len() {
            text.push(char::from(ALPHABET[(bits >> (18 - 6 * place)) as usize & 63]));
        }
    }
    text
}

fn from_base64url(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut held) = (0u32, 0u32);
    for letter in text.bytes() {
        let value = ALPHABET.iter().position(|known| *known == letter)? as u32;
        bits = (bits << 6 | value) & 0x3fff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{base64url, from_base64url, hmac, open, sign};

    /// RFC 4231, test cases 2 and 6 (a short key, and one longer than a block).
    #[test]
    fn the_mac_is_the_published_one() {
        let hex = |bytes: Vec<u8>| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(
            hex(hmac(b"Jefe", b"what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            hex(hmac(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }

    #[test]
    fn a_token_opens_with_its_secret_and_with_no_other() {
        let claims = json!({"room": "käse", "exp": 12});
        let token = sign(&claims, "one");
        assert_eq!(open(&token, "one"), Some(claims));
        assert_eq!(open(&token, "two"), None);
        assert_eq!(open("eyJ.eyJ.", "one"), None);
    }

    #[test]
    fn base64url_comes_back() {
        for text in ["", "a", "ab", "abc", "abcd", "\u{fffd}\u{10ffff}"] {
            assert_eq!(from_base64url(&base64url(text.as_bytes())).as_deref(), Some(text.as_bytes()));
        }
        assert_eq!(base64url(b"any carnal pleas"), "YW55IGNhcm5hbCBwbGVhcw");
    }
}
