//! The keyring of the system: the Secret Service on Linux, the keychain on macOS, the credential manager on Windows. An
//! entry is service `roomkey` and an account's name. A keyring may ask the user to unlock it or not answer at all, so
//! it is asked on a thread of its own and waited for a short while; nothing of it is loaded before the first question.

use std::sync::{Arc, mpsc};
use std::time::Duration;

use keyring_core::Error as Fault;
use keyring_core::api::CredentialStoreApi;
use zeroize::Zeroizing;

use crate::domain::secret::Secret;

/// How long the keyring is waited for.
pub const LIMIT: Duration = Duration::from_secs(3);

/// What our entries are filed under.
const SERVICE: &str = "roomkey";

/// Reads an entry, or says in a clause why it cannot be had. Waits up to the limit.
pub fn read(account: &str) -> Result<Zeroizing<Vec<u8>>, String> {
    let name = account.to_owned();
    waited(move || ask(&name, |entry| entry.get_secret().map(Zeroizing::new)))
}

/// Makes an entry, or gives one of that name another secret. Waits up to the limit.
pub fn write(account: &str, secret: &Secret) -> Result<(), String> {
    let (name, secret) = (account.to_owned(), secret.clone());
    waited(move || ask(&name, |entry| entry.set_secret(secret.expose().as_bytes())))
}

/// Takes an entry away. Waits up to the limit.
pub fn remove(account: &str) -> Result<(), String> {
    let name = account.to_owned();
    waited(move || ask(&name, keyring_core::Entry::delete_credential))
}

/// Whether there is an entry of that name; nothing where no keyring answers. Waits up to the limit.
pub fn has(account: &str) -> Option<bool> {
    let name = account.to_owned();
    let looked = waited(move || {
        ask(&name, |entry| match entry.get_secret().map(Zeroizing::new) {
            Ok(_) => Ok(true),
            Err(Fault::NoEntry) => Ok(false),
            Err(fault) => Err(fault),
        })
    });
    looked.ok()
}

fn waited<T: Send + 'static>(job: impl FnOnce() -> Result<T, String> + Send + 'static) -> Result<T, String> {
    let (answer, wait) = mpsc::channel();
    let asking = move || {
        // Nobody listens any more once the limit has passed.
        let _ = answer.send(job());
    };
    let thread = std::thread::Builder::new().name("keyring".into()).spawn(asking);
    thread.map_err(|_| "no thread can be started for the keyring".to_owned())?;
    match wait.recv_timeout(LIMIT) {
        Ok(found) => found,
        Err(mpsc::RecvTimeoutError::Timeout) => Err(format!(
            "the keyring gave no answer within {} s; it may be locked and wait for its password",
            LIMIT.as_secs()
        )),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err("the keyring could not be asked".to_owned()),
    }
}

fn ask<T>(account: &str, act: impl FnOnce(&keyring_core::Entry) -> Result<T, Fault>) -> Result<T, String> {
    let store = store().map_err(|_| "there is no keyring service to ask in this session".to_owned())?;
    let entry = store.build(SERVICE, account, None);
    entry.and_then(|entry| act(&entry)).map_err(|fault| told(account, &fault))
}

/// Faults hold values and paths, so they are told by their kind alone.
fn told(account: &str, fault: &Fault) -> String {
    match fault {
        Fault::NoEntry => format!("the keyring has no entry {account} of service {SERVICE}"),
        Fault::Ambiguous(_) => format!("the keyring has several entries {account} of service {SERVICE}"),
        Fault::NoStorageAccess(_) => "the keyring is locked and was not unlocked".to_owned(),
        _ => "the keyring gave an error".to_owned(),
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn store() -> Result<Arc<impl CredentialStoreApi>, Fault> {
    zbus_secret_service_keyring_store::Store::new()
}

#[cfg(target_os = "macos")]
fn store() -> Result<Arc<impl CredentialStoreApi>, Fault> {
    apple_native_keyring_store::keychain::Store::new()
}

#[cfg(windows)]
fn store() -> Result<Arc<impl CredentialStoreApi>, Fault> {
    windows_native_keyring_store::Store::new()
}
