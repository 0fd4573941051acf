//! The only doors to the world: the terminal, the clock, chance, the clipboard. Everything behind them is handed in,
//! so that a test can hand in something else.

pub mod clipboard;
pub mod clock;
pub mod random;
pub mod terminal;
