//! A small seeded random sequence (splitmix64). It only has to be repeatable and well spread: nothing here guards
//! anything but rooms that do not exist.

const LOWER: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
const MIXED: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const CLEAR: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
const HEX: &[u8] = b"0123456789abcdef";
const DIGIT: &[u8] = b"0123456789";

pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn letters(&mut self, alphabet: &[u8], length: usize) -> String {
        let size = alphabet.len() as u64;
        (0..length).map(|_| char::from(alphabet[(self.next() % size) as usize])).collect()
    }

    /// Lower-case letters and digits.
    pub(super) fn lower(&mut self, length: usize) -> String {
        self.letters(LOWER, length)
    }

    /// Letters of both cases and digits.
    pub(super) fn mixed(&mut self, length: usize) -> String {
        self.letters(MIXED, length)
    }

    /// Characters that cannot be taken for one another.
    pub(super) fn clear(&mut self, length: usize) -> String {
        self.letters(CLEAR, length)
    }

    pub(super) fn hex(&mut self, length: usize) -> String {
        self.letters(HEX, length)
    }

    /// Digits; the first may be a zero, as in a PIN.
    pub(super) fn digits(&mut self, length: usize) -> String {
        self.letters(DIGIT, length)
    }

    /// A whole number in `low..high`; `low` when the range is empty.
    pub(super) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % high.saturating_sub(low).max(1)
    }

    /// A random UUID of version 4 in its usual 8-4-4-4-12 form.
    pub(super) fn uuid(&mut self) -> String {
        let hex = self.hex(30);
        let variant = ["8", "9", "a", "b"][(self.next() % 4) as usize];
        format!("{}-{}-4{}-{variant}{}-{}", &hex[..8], &hex[8..12], &hex[12..15], &hex[15..18], &hex[18..])
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn a_uuid_has_its_usual_form() {
        let uuid = Dice::new(1).uuid();
        let lengths: Vec<usize> = uuid.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "{uuid}");
    }

    #[test]
    fn equal_seeds_give_equal_words_and_others_do_not() {
        assert_eq!(Dice::new(7).mixed(20), Dice::new(7).mixed(20));
        assert_ne!(Dice::new(7).mixed(20), Dice::new(8).mixed(20));
    }
}
