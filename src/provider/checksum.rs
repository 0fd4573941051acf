//! BigBlueButton's checksum: the lower-case hex of a hash over call name, query string and shared secret, glued
//! together without anything between. The query is hashed exactly as it is sent.

use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::domain::secret::Secret;

/// The hashes a server may accept; it tells them apart by the length of the checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    pub fn named(name: &str) -> Option<Hash> {
        match name {
            "sha1" => Some(Hash::Sha1),
            "sha256" => Some(Hash::Sha256),
            "sha384" => Some(Hash::Sha384),
            "sha512" => Some(Hash::Sha512),
            _ => None,
        }
    }
}

/// The checksum of a call: `call` is the last path segment, `query` the encoded query without the checksum.
pub fn checksum(hash: Hash, call: &str, query: &str, secret: &Secret) -> String {
    match hash {
        Hash::Sha1 => hex::<Sha1>(call, query, secret),
        Hash::Sha256 => hex::<Sha256>(call, query, secret),
        Hash::Sha384 => hex::<Sha384>(call, query, secret),
        Hash::Sha512 => hex::<Sha512>(call, query, secret),
    }
}

fn hex<D: Digest>(call: &str, query: &str, secret: &Secret) -> String {
    let mut digest = D::new();
    digest.update(call);
    digest.update(query);
    digest.update(secret.expose());
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
