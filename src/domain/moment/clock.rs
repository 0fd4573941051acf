//! A clock time by itself: "16:00", "9:05", "16:00:30", "4pm", "4:30 pm", "noon".

use jiff::civil::Time;

/// The time of day a text says; none where it says something else.
pub fn clock(words: &str) -> Option<Time> {
    match words {
        "noon" => return Time::new(12, 0, 0, 0).ok(),
        "midnight" => return Time::new(0, 0, 0, 0).ok(),
        _ => {}
    }
    let half = words.strip_suffix("pm").map(|digits| (digits, 12));
    let half = half.or(words.strip_suffix("am").map(|digits| (digits, 0)));
    let (digits, half) = half.map_or((words, None), |(digits, half)| (digits.trim_end(), Some(half)));
    let parts: Vec<&str> = digits.split(':').collect();
    let (hour, minute, second) = match (parts.as_slice(), half) {
        ([hour], Some(_)) => (number(hour, 1)?, 0, 0),
        ([hour, minute], _) => (number(hour, 1)?, number(minute, 2)?, 0),
        ([hour, minute, second], _) => (number(hour, 1)?, number(minute, 2)?, number(second, 2)?),
        _ => return None,
    };
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
    };
    Time::new(hour, minute, second, 0).ok()
}

/// The full hour a bare number says: "9", "14".
pub fn hour(word: &str) -> Option<Time> {
    Time::new(number(word, 1)?, 0, 0, 0).ok()
}

/// One or two digits, and no fewer than `least`.
fn number(text: &str, least: usize) -> Option<i8> {
    let fits = (least..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_hours() {
        let said = |text| hour(text).map(|time| time.to_string());
        assert_eq!(said("9").as_deref(), Some("09:00:00"));
        assert_eq!((said("09"), said("0")), (Some("09:00:00".into()), Some("00:00:00".into())));
        assert_eq!(said("23").as_deref(), Some("23:00:00"));
        for text in ["", "24", "009", "-1", "9h", "９"] {
            assert_eq!(hour(text), None, "{text}");
        }
    }

    #[test]
    fn clock_times() {
        for (text, expected) in [
            ("16:00", "16:00:00"),
            ("9:05", "09:05:00"),
            ("16:00:30", "16:00:30"),
            ("4pm", "16:00:00"),
            ("4 pm", "16:00:00"),
            ("12am", "00:00:00"),
            ("12pm", "12:00:00"),
            ("4:30pm", "16:30:00"),
            ("noon", "12:00:00"),
            ("midnight", "00:00:00"),
        ] {
            assert_eq!(clock(text).map(|time| time.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "",
            "16",
            "24:00",
            "16:60",
            "16:5",
            "23:59:60",
            "13pm",
            "0am",
            "１６:00",
            ":30",
            "1:2:3:4",
            "-1:00",
        ] {
            assert_eq!(clock(text), None, "{text}");
        }
    }
}
