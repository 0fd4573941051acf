//! Chance in tests: the same in every run, so that a change that breaks nothing fails nothing. `ROOMKEY_CHANCE=fresh`
//! makes it new in every run, and so does the full run of the tests of survival.

#![allow(dead_code, reason = "each test file uses what it needs")]
#![allow(clippy::disallowed_methods, reason = "tests are the world")]

use proptest::test_runner::{Config, RngSeed};

/// Where chance begins when it is not to be fresh.
pub const SEED: u64 = 0x726f_6f6d_6b65_7921;

pub fn is_fresh() -> bool {
    let is = |name: &str, wanted: &str| std::env::var(name).is_ok_and(|value| value == wanted);
    is("ROOMKEY_CHANCE", "fresh") || is("ROOMKEY_SURVIVAL", "full")
}

/// As many cases of a property as usual; `PROPTEST_RNG_SEED` chooses others, `PROPTEST_CASES` more.
pub fn usual() -> Config {
    let given = Config::default();
    let rng_seed = match given.rng_seed {
        RngSeed::Random if !is_fresh() => RngSeed::Fixed(SEED),
        given => given,
    };
    Config { rng_seed, ..given }
}

/// So many cases of a property.
pub fn cases(count: u32) -> Config {
    Config { cases: count, ..usual() }
}
