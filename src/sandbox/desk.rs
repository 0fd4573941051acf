//! What every service has at hand while it answers one request: the moment, the keys, the dice and the book of
//! rooms. The book is the truth a test asks when the client itself is not sure.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::Value;

use super::dice::Dice;
use super::keys::Keys;

/// A room that was made at one of the services.
#[derive(Clone, Debug, PartialEq)]
pub struct Room {
    /// `bunch`, `joinme`, `metered`, `bigbluebutton` or `whereby`.
    pub provider: &'static str,
    /// The provider's own id: the meeting id where there is one, else the room's name.
    pub id: String,
    pub name: String,
    /// How often it was really made. A repeated BigBlueButton `create` that only finds its meeting does not count;
    /// every link minted by Bunch and every start at join.me does.
    pub created: usize,
    /// False once it was deleted or ended at the provider.
    pub alive: bool,
    /// What the provider keeps of it, as last sent or answered.
    pub details: Value,
}

#[derive(Default)]
pub(super) struct Book(Vec<Room>);

impl Book {
    pub(super) fn made(&mut self, provider: &'static str, id: &str, name: &str, details: Value) {
        if let Some(room) = self.find(provider, id) {
            room.created += 1;
            room.alive = true;
            room.name = name.to_owned();
            room.details = details;
            return;
        }
        let (id, name) = (id.to_owned(), name.to_owned());
        self.0.push(Room { provider, id, name, created: 1, alive: true, details });
    }

    pub(super) fn changed(&mut self, provider: &str, id: &str, details: Value) {
        if let Some(room) = self.find(provider, id) {
            room.details = details;
        }
    }

    pub(super) fn gone(&mut self, provider: &str, id: &str) {
        if let Some(room) = self.find(provider, id) {
            room.alive = false;
        }
    }

    pub(super) fn all(&self) -> Vec<Room> {
        self.0.clone()
    }

    fn find(&mut self, provider: &str, id: &str) -> Option<&mut Room> {
        self.0.iter_mut().find(|room| room.provider == provider && room.id == id)
    }
}

pub(super) struct Desk {
    pub now: Timestamp,
    /// `http://127.0.0.1:PORT`
    pub origin: String,
    pub keys: Keys,
    pub dice: Dice,
    pub book: Book,
    /// Providers whose account is out of order at present.
    pub suspended: BTreeSet<String>,
}

impl Desk {
    pub(super) fn is_suspended(&self, provider: &str) -> bool {
        self.suspended.contains(provider)
    }
}
