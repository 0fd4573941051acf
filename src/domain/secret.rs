//! A value that may not be seen. It has no `Display`, `Deref`, `AsRef` or `Serialize`; only `expose` opens it, and
//! the architecture test counts where that happens.

use std::fmt;

use zeroize::Zeroizing;

/// What stands on screens, in previews and in `Debug` in place of a secret: always eight dots, whatever its length.
pub const MASK: &str = "••••••••";

/// A key, token or password. Its memory is zeroed when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(Zeroizing::new(text.into()))
    }

    /// The value itself, for the authenticated request and for the explicit copy or reveal of the user.
    pub fn expose(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Number of characters; lengths are told to the user ("34 characters"), contents are not.
    pub fn chars(&self) -> usize {
        self.0.chars().count()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(••••)")
    }
}

/// Where a profile's secret comes from. Commands are argument vectors, never shell text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretSource {
    Env(String),
    Command(Vec<String>),
    File(String),
    Keyring(String),
    Inline(Secret),
}

impl SecretSource {
    /// Whether it is there without anything to wait for.
    pub fn is_at_hand(&self) -> bool {
        matches!(self, SecretSource::Env(_) | SecretSource::Inline(_))
    }

    /// How the source is named to the user, without any value.
    pub fn describe(&self) -> String {
        match self {
            SecretSource::Env(name) => format!("environment variable {name}"),
            SecretSource::Command(argv) => {
                format!("command {}", argv.first().map_or("", String::as_str))
            }
            SecretSource::File(path) => format!("file {path}"),
            SecretSource::Keyring(account) => format!("keyring entry {account}"),
            SecretSource::Inline(_) => "the configuration file".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_dots_of_fixed_length() {
        let secret = Secret::new("sk_live_canary");
        assert_eq!(format!("{secret:?}"), "Secret(••••)");
        assert_eq!(format!("{:#?}", SecretSource::Inline(secret)).matches("canary").count(), 0);
    }
}
