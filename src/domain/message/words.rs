//! Languages and times of messages: the sentences about the end by its kind, days of the week, and times in the zone
//! of who reads with that of who writes beside it.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::domain::link::Ends;
use crate::domain::moment::short_span;

struct Language {
    code: &'static str,
    /// Monday first.
    days: [&'static str; 7],
    /// Pattern of a date.
    date: &'static str,
    hard: &'static str,
    soft: &'static str,
    event: &'static str,
    /// An event, and a room that goes away where nobody comes within `{n}` minutes.
    alone: &'static str,
}

const LANGUAGES: [Language; 6] = [
    Language {
        code: "en",
        days: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        date: "%-d %b",
        hard: "It works until {ends} ({zone}).",
        soft: "Please use it before {ends} ({zone}).",
        event: "It works until the meeting ends.",
        alone: "Please join within {n} minutes; it then works until the meeting ends.",
    },
    Language {
        code: "de",
        days: ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
        date: "%-d.%-m.",
        hard: "Er gilt bis {ends} Uhr ({zone}).",
        soft: "Bitte nutzen Sie ihn bis {ends} Uhr ({zone}).",
        event: "Er gilt, bis das Treffen endet.",
        alone: "Bitte kommen Sie innerhalb von {n} Minuten dazu; danach gilt er, bis das Treffen endet.",
    },
    Language {
        code: "fr",
        days: ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."],
        date: "%d/%m",
        hard: "Il est valable jusqu'à {ends} ({zone}).",
        soft: "Merci de l'utiliser avant {ends} ({zone}).",
        event: "Il est valable jusqu'à la fin de la réunion.",
        alone: "Merci de rejoindre la réunion dans les {n} minutes ; il est ensuite valable jusqu'à sa fin.",
    },
    Language {
        code: "es",
        days: ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
        date: "%d/%m",
        hard: "Es válido hasta las {ends} ({zone}).",
        soft: "Úselo antes de las {ends} ({zone}), por favor.",
        event: "Es válido hasta que termine la reunión.",
        alone: "Únase en los próximos {n} minutos; después es válido hasta que termine la reunión.",
    },
    Language {
        code: "it",
        days: ["lun", "mar", "mer", "gio", "ven", "sab", "dom"],
        date: "%d/%m",
        hard: "È valido fino alle {ends} ({zone}).",
        soft: "La preghiamo di usarlo prima delle {ends} ({zone}).",
        event: "È valido fino alla fine della riunione.",
        alone: "La preghiamo di entrare entro {n} minuti; poi è valido fino alla fine della riunione.",
    },
    Language {
        code: "nl",
        days: ["ma", "di", "wo", "do", "vr", "za", "zo"],
        date: "%-d-%-m",
        hard: "Hij werkt tot {ends} ({zone}).",
        soft: "Gebruik hem vóór {ends} ({zone}).",
        event: "Hij werkt tot de vergadering is afgelopen.",
        alone: "Kom binnen {n} minuten; daarna werkt hij tot de vergadering is afgelopen.",
    },
];

fn language(lang: &str) -> Option<&'static Language> {
    let base = lang.split(['-', '_']).next().unwrap_or(lang);
    LANGUAGES.iter().find(|known| known.code.eq_ignore_ascii_case(base))
}

/// Whether sentences about the end are known in this language.
pub fn knows(lang: &str) -> bool {
    language(lang).is_some()
}

/// The sentence about an end, with placeholders; nothing is said where nothing is known.
pub fn sentence(lang: &str, ends: &Ends, minutes: Option<&str>) -> Option<String> {
    let words = language(lang)?;
    Some(match (ends, minutes) {
        (Ends::At { hard: true, .. }, _) => words.hard.to_owned(),
        (Ends::At { hard: false, .. }, _) => words.soft.to_owned(),
        (Ends::Event, Some(minutes)) => words.alone.replace("{n}", minutes),
        (Ends::Event, None) => words.event.to_owned(),
        (Ends::Unknown, _) => return None,
    })
}

/// How times are written in a message.
pub struct Clock<'a> {
    pub lang: &'a str,
    /// Of who reads.
    pub zone: &'a TimeZone,
    /// Of who writes.
    pub ours: &'a TimeZone,
    pub now: Timestamp,
    /// Times of today have their date as well.
    pub dated: bool,
}

impl Clock<'_> {
    /// "16:00", and on other days "Mon 23 Nov 16:00".
    pub fn time(&self, at: Timestamp) -> String {
        let (local, today) = (at.to_zoned(self.zone.clone()), self.now.to_zoned(self.zone.clone()));
        let clock = local.strftime("%H:%M");
        if local.date() == today.date() && !self.dated {
            return clock.to_string();
        }
        match language(self.lang) {
            Some(words) => {
                let day = words.days[usize::from(local.weekday().to_monday_zero_offset().unsigned_abs())];
                format!("{day} {} {clock}", local.strftime(words.date))
            }
            None => format!("{} {clock}", local.strftime("%Y-%m-%d")),
        }
    }

    /// "1h57m"; nothing once it has passed.
    pub fn left(&self, at: Timestamp) -> String {
        if at <= self.now { String::new() } else { short_span(at.as_second() - self.now.as_second()) }
    }

    /// The zone of the times beside it: "CET", and where we are elsewhere "CET; 10:00 EST" or "CET; 9:00–10:00 EST".
    pub fn zone(&self, starts: Option<Timestamp>, ends: Option<Timestamp>) -> String {
        let at = ends.or(starts).unwrap_or(self.now);
        let theirs = at.to_zoned(self.zone.clone());
        let ours = at.to_zoned(self.ours.clone());
        let name = zone_name(&theirs);
        if theirs.offset() == ours.offset() || starts.or(ends).is_none() {
            return name;
        }
        let times = [starts, ends].into_iter().flatten();
        let clock = |at: Timestamp| {
            let local = at.to_zoned(self.ours.clone());
            let other = local.date() != at.to_zoned(self.zone.clone()).date();
            local.strftime(if other { "%d.%m. %H:%M" } else { "%H:%M" }).to_string()
        };
        let times: Vec<String> = times.map(clock).collect();
        format!("{name}; {} {}", times.join("–"), zone_name(&ours))
    }
}

/// "CET"; a zone without letters is named by its distance.
fn zone_name(at: &Zoned) -> String {
    let name = at.strftime("%Z").to_string();
    if name.starts_with(['+', '-']) { format!("UTC{name}") } else { name }
}
