//! The table of inputs, `inputs.txt`, taken apart into its cells.

use jiff::Timestamp;

pub const ZONES: [&str; 4] = ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"];
pub const MOMENTS: [&str; 2] = ["2026-11-21T13:02:00Z", "2026-10-24T22:30:00Z"];

/// One cell of the table.
pub struct Case {
    pub typed: String,
    pub zone: &'static str,
    pub now: Timestamp,
    pub expected: String,
}

/// Every cell, in the order of the file.
pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut typed = "";
    let text = include_str!("inputs.txt");
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        if let Some(text) = line.strip_prefix('|').and_then(|rest| rest.strip_suffix('|')) {
            typed = text;
            continue;
        }
        let (place, answers) = line.trim().split_once(' ').unwrap();
        let answers: Vec<&str> = answers.split('|').map(str::trim).collect();
        assert_eq!(answers.len(), MOMENTS.len(), "{line}");
        for zone in ZONES.into_iter().filter(|zone| place == "everywhere" || place == *zone) {
            for (now, expected) in MOMENTS.iter().zip(&answers) {
                let (now, expected) = (now.parse().unwrap(), (*expected).to_owned());
                cases.push(Case { typed: typed.to_owned(), zone, now, expected });
            }
        }
    }
    cases
}
