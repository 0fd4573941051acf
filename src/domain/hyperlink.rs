//! Cells of the screen that lead to an address, for terminals that can follow it. Drawing notes them down beside the
//! frame, and `crate::ports::terminal` tells the terminal, if the user wants that at all.

use super::secret::Secret;

/// Longest address that is told, in bytes: terminals refuse longer ones.
const LONGEST: usize = 2083;

/// An address fit for a control sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target(Secret);

impl Target {
    /// Nothing for whatever could end the sequence, or is no address of the web.
    pub fn new(url: &Secret) -> Option<Target> {
        let text = url.expose();
        let web = text.starts_with("https://") || text.starts_with("http://");
        let plain = text.bytes().all(|byte| byte.is_ascii_graphic());
        (web && plain && text.len() <= LONGEST).then(|| Target(url.clone()))
    }

    pub fn url(&self) -> &Secret {
        &self.0
    }
}

/// Cells of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hyperlink {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    /// Rows of the same number are one link that goes on in the next row.
    pub number: usize,
    pub target: Target,
}

impl Hyperlink {
    /// Whether the cell at this column and row belongs to it.
    pub fn holds(&self, x: u16, y: u16) -> bool {
        y == self.y && x >= self.x && x - self.x < self.width
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_could_end_the_sequence_is_an_address() {
        let fits = |url: &str| Target::new(&Secret::new(url)).is_some();
        assert!(fits("https://acme.whereby.com/onb-7f3c?x=1&y=%20#a"));
        for url in [
            "",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https://a\x1b\\b",
            "https://a\x07",
            "https://a b",
            "https://a\n",
            "https://\u{fc}.example",
            "https://a\u{9c}b",
        ] {
            assert!(!fits(url), "{url:?}");
        }
        assert!(!fits(&format!("https://a.example/{}", "x".repeat(LONGEST))));
    }
}
