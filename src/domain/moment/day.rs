//! A day as people call it: "today", "tomorrow", "fri", "2026-12-01". A day by name is not one date but two, today if
//! that is its name and the next of that name, of which the first that still has the time ahead is meant.

use jiff::civil::{Date, Weekday};
use jiff::{ToSpan, Zoned};

use super::TOO_FAR;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    Today,
    Tomorrow,
    Named(Weekday),
    Dated(Date),
    /// A clock time alone: its next occurrence.
    Any,
}

impl Day {
    pub fn parse(word: &str) -> Option<Day> {
        match word {
            "today" => Some(Day::Today),
            "tomorrow" | "tmr" | "tmrw" => Some(Day::Tomorrow),
            // a bare `20261201` or `2026-12-01` with more around it is something else
            _ if word.len() == 10 && word.contains('-') => word.parse().ok().map(Day::Dated),
            _ => weekday(word).map(Day::Named),
        }
    }

    /// The dates it may be, the one meant first.
    pub fn dates(self, now: &Zoned) -> Result<Vec<Date>, &'static str> {
        let today = now.date();
        let ahead = |days: i64| today.checked_add(days.days()).map_err(|_| TOO_FAR);
        Ok(match self {
            Day::Today => vec![today],
            Day::Tomorrow => vec![ahead(1)?],
            Day::Dated(date) => vec![date],
            Day::Any => vec![today, ahead(1)?],
            Day::Named(wanted) => {
                let days = i64::from(today.weekday().until(wanted));
                vec![ahead(days)?, ahead(days + 7)?]
            }
        })
    }
}

fn weekday(word: &str) -> Option<Weekday> {
    const DAYS: [(&str, Weekday); 7] = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let known = |name: &str| word.len() >= 2 && name.starts_with(word);
    DAYS.iter().find(|(name, _)| known(name)).map(|(_, day)| *day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_by_their_names() {
        assert_eq!(Day::parse("fri"), Some(Day::Named(Weekday::Friday)));
        assert_eq!(Day::parse("we"), Some(Day::Named(Weekday::Wednesday)));
        assert_eq!(Day::parse("thursday"), Some(Day::Named(Weekday::Thursday)));
        assert_eq!(Day::parse("2026-12-01"), Some(Day::Dated(jiff::civil::date(2026, 12, 1))));
        for word in ["t", "frigate", "20261201", "2026-02-30", "yesterday", ""] {
            assert_eq!(Day::parse(word), None, "{word}");
        }
    }
}
