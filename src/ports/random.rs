//! Chance: the `{rand}` of generated room names and the ids of entries. A seeded source gives the same values in the
//! same order, for tests.

use std::sync::{Arc, Mutex, PoisonError};

const LETTERS: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";
const DIGITS_TOO: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
/// Characters of a generated text.
const LENGTH: usize = 10;

/// A source of chance. Copies of a seeded one draw from the same row of values.
#[derive(Clone, Debug)]
pub struct Random(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Seeded(Arc<Mutex<u64>>),
}

/// The system has no chance to offer; nothing unguessable can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoChance;

impl std::fmt::Display for NoChance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "could not get random bytes from the system")
    }
}

impl std::error::Error for NoChance {}

impl Random {
    /// The operating system's own.
    pub fn system() -> Random {
        Random(Source::System)
    }

    /// Always the same row of values; for tests only.
    pub fn seeded(seed: u64) -> Random {
        Random(Source::Seeded(Arc::new(Mutex::new(seed))))
    }

    /// Ten characters of a–z and 0–9.
    pub fn text(&self) -> Result<String, NoChance> {
        (0..LENGTH).map(|_| self.letter(DIGITS_TOO)).collect()
    }

    /// Ten characters of a–z and 0–9 that begin with a letter: an id that is never taken for a number.
    pub fn id(&self) -> Result<String, NoChance> {
        (0..LENGTH).map(|at| self.letter(if at == 0 { LETTERS } else { DIGITS_TOO })).collect()
    }

    /// One letter of an alphabet, each as likely as the others: bytes beyond a whole multiple are thrown again.
    fn letter(&self, alphabet: &[u8]) -> Result<char, NoChance> {
        let fair = 256 - 256 % alphabet.len();
        loop {
            let byte = usize::from(self.byte()?);
            if byte < fair {
                return Ok(char::from(alphabet[byte % alphabet.len()]));
            }
        }
    }

    fn byte(&self) -> Result<u8, NoChance> {
        match &self.0 {
            Source::System => {
                let mut byte = [0];
                getrandom::fill(&mut byte).map_err(|_| NoChance)?;
                Ok(byte[0])
            }
            Source::Seeded(state) => {
                let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
                // A linear congruential step: plenty for tests, useless for secrets.
                *state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
                Ok((*state >> 56) as u8)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn texts_are_ten_characters_and_ids_begin_with_a_letter() {
        let random = Random::system();
        let ids: HashSet<String> = (0..200).map(|_| random.id().unwrap()).collect();
        assert_eq!(ids.len(), 200);
        for id in ids.iter().chain([&random.text().unwrap()]) {
            assert!(id.len() == 10 && id.bytes().all(|byte| DIGITS_TOO.contains(&byte)), "{id}");
        }
        assert!(ids.iter().all(|id| id.as_bytes()[0].is_ascii_lowercase()));
    }

    #[test]
    fn a_seed_gives_the_same_row_again() {
        let (one, other) = (Random::seeded(7), Random::seeded(7));
        assert_eq!(one.text(), other.text());
        assert_eq!(one.id(), other.id());
        assert_ne!(one.id(), Random::seeded(8).id());
    }
}
