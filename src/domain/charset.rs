//! Sets of characters as pages write them: `A-Za-z0-9_-`. A dash between two characters is a range, elsewhere it
//! stands for itself. Pages need no regular expressions, and messages can name the very character that is wrong.

/// A set of characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charset(Vec<(char, char)>);

impl Charset {
    pub fn parse(text: &str) -> Charset {
        let chars: Vec<char> = text.chars().collect();
        let mut ranges = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            if at + 2 < chars.len() && chars[at + 1] == '-' {
                ranges.push((chars[at], chars[at + 2]));
                at += 3;
            } else {
                ranges.push((chars[at], chars[at]));
                at += 1;
            }
        }
        Charset(ranges)
    }

    /// First and last character of each range.
    pub fn ranges(&self) -> &[(char, char)] {
        &self.0
    }

    pub fn holds(&self, c: char) -> bool {
        self.0.iter().any(|(from, to)| (*from..=*to).contains(&c))
    }

    /// The first character of the text that is not in the set.
    pub fn first_outside(&self, text: &str) -> Option<char> {
        text.chars().find(|c| !self.holds(*c))
    }

    /// The first character of the text that is in the set.
    pub fn first_inside(&self, text: &str) -> Option<char> {
        text.chars().find(|c| self.holds(*c))
    }
}

/// A character as messages name it: quoted, or by its code point where it cannot be seen.
pub fn name(c: char) -> String {
    match c {
        ' ' => "a space".into(),
        c if c.is_control() || c.is_whitespace() => format!("U+{:04X}", c as u32),
        c => format!("`{c}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_lone_dashes() {
        let slug = Charset::parse("A-Za-z0-9_-");
        assert_eq!(slug.first_outside("Room_7-b"), None);
        assert_eq!(slug.first_outside("a b"), Some(' '));
        assert_eq!(slug.first_outside("täglich"), Some('ä'));
        assert_eq!(Charset::parse(",").first_inside("a,b"), Some(','));
        assert!(Charset::parse("-a").holds('-') && !Charset::parse("").holds('-'));
    }
}
