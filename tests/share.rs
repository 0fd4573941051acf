//! What leaves the console for other programs, read by other programs: QR codes by zbarimg, calendar events by the
//! Python library icalendar. What is not installed is skipped, and said so.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

use ratatui::buffer::Buffer;
use ratatui::style::Color;

use roomkey::app::want::Want;
use roomkey::domain::entry::{Detail, Entry};
use roomkey::domain::secret::Secret;

use support::console::Console;
use support::entries::{joinme, whereby};
use support::skipped::skipped;

/// Pixels of half a cell's side.
const SCALE: usize = 4;

/// The screen as a grey image: each cell is two squares one over the other. `paper` is what the terminal shows where no
/// colour is asked for.
fn image(buffer: &Buffer, paper: u8) -> Vec<u8> {
    let (width, height) = (usize::from(buffer.area.width), usize::from(buffer.area.height));
    let grey = |colour: Color, usual: u8| match colour {
        Color::Indexed(231) => 255,
        Color::Indexed(16) => 0,
        _ => usual,
    };
    let mut rows = Vec::new();
    for y in 0..height {
        for half in 0..2 {
            let row = (0..width).flat_map(|x| {
                let cell = &buffer[(u16::try_from(x).unwrap(), u16::try_from(y).unwrap())];
                let style = cell.style();
                let (ink, paper) = (
                    grey(style.fg.unwrap_or_default(), 255 - paper),
                    grey(style.bg.unwrap_or_default(), paper),
                );
                let inked = matches!((cell.symbol(), half), ("█", _) | ("▀", 0) | ("▄", 1));
                [if inked { ink } else { paper }; SCALE]
            });
            let row: Vec<u8> = row.collect();
            rows.extend((0..SCALE).flat_map(|_| row.clone()));
        }
    }
    let head = format!("P5\n{} {}\n255\n", width * SCALE, height * 2 * SCALE);
    [head.into_bytes(), rows].concat()
}

#[test]
fn a_qr_code_is_read_from_a_dark_and_from_a_light_terminal() {
    if Command::new("zbarimg").arg("--version").output().is_err() {
        return skipped("there is no zbarimg here, so no QR code was read");
    }
    let folder = tempfile::tempdir().unwrap();
    let long =
        format!("https://bbb.example/bigbluebutton/api/join?fullName=Ada&checksum={}", "3f".repeat(32));
    for (url, size) in [("https://acme.whereby.com/onb-7f3c", (80, 24)), (long.as_str(), (100, 45))] {
        for (terminal, paper) in [("dark", 0), ("light", 255)] {
            let mut entry = whereby("ACME", 0);
            entry.links[0].url = Secret::new(url);
            let mut console = Console::showing(size, vec![entry]);
            console.model.colours = terminal == "dark";
            console.keys("C s");
            let file = folder.path().join(format!("{terminal}.pgm"));
            std::fs::write(&file, image(console.buffer(), paper)).unwrap();
            let read = Command::new("zbarimg").args(["--quiet", "--raw"]).arg(&file).output().unwrap();
            assert_eq!(String::from_utf8(read.stdout).unwrap().trim_end(), url, "{terminal}");
        }
    }
}

/// Reads an event and prints what it holds, its times in three zones.
const READER: &str = r#"
import sys, json, zoneinfo, icalendar
calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
[event] = calendar.walk("VEVENT")
zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata"]
times = lambda name: [event[name].dt.astimezone(zoneinfo.ZoneInfo(zone)).isoformat() for zone in zones] if name in event else None
print(json.dumps({"summary": str(event["SUMMARY"]), "url": str(event["URL"]), "about": str(event["DESCRIPTION"]),
    "start": times("DTSTART"), "end": times("DTEND")}))
"#;

fn event(entry: &Entry, python: &PathBuf) -> serde_json::Value {
    let console = Console::showing((80, 24), vec![entry.clone()]);
    let clip = Want::Calendar.clip(&console.model, entry).unwrap();
    let mut child = Command::new(python)
        .args(["-c", READER])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(clip.text.expose().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn an_event_is_read_with_the_right_instants_in_three_zones() {
    let Some(folder) = std::env::var_os("ROOMKEY_FOREIGN_VENV") else {
        return skipped("ROOMKEY_FOREIGN_VENV names no Python environment, so no event was read");
    };
    let python = PathBuf::from(folder).join("bin").join("python");
    if !Command::new(&python).args(["-c", "import icalendar"]).status().is_ok_and(|status| status.success()) {
        return skipped("there is no icalendar in the Python environment, so no event was read");
    }
    let name = "Größe, Maß; \\ \"und\" mehr — ein sehr langer Name, der gefaltet werden muß: 日本 🎉";
    let mut entry = whereby(name, 0);
    entry.asked.ticket = Some("T-1, T-2".into());
    let read = event(&entry, &python);
    assert_eq!(read["summary"], name);
    assert_eq!(read["url"], "https://acme.whereby.com/onb-7f3c");
    assert_eq!(read["about"], "https://acme.whereby.com/onb-7f3c\nTicket: T-1, T-2");
    let zones = |times: [&str; 3]| serde_json::json!(times);
    assert_eq!(
        read["start"],
        zones(["2026-11-21T14:02:00+01:00", "2026-11-21T08:02:00-05:00", "2026-11-21T18:32:00+05:30"])
    );
    assert_eq!(
        read["end"],
        zones(["2026-11-21T16:00:00+01:00", "2026-11-21T10:00:00-05:00", "2026-11-21T20:30:00+05:30"])
    );
    let mut planned = joinme("Screen share", 0);
    planned.operation = "scheduled".into();
    planned.details.push(Detail {
        key: "meetingStart".into(),
        label: "Starts".into(),
        value: Secret::new("2026-12-01T09:00:00Z"),
        secret: false,
        copy: false,
        host: false,
    });
    let catalog = roomkey::provider::catalog::Catalog::embedded();
    let page = catalog.usable("joinme").unwrap();
    let found = page.operations.iter().find_map(|(id, operation)| {
        let starts = |(key, means): &(String, _)| {
            (*means == roomkey::domain::page::Means::Starts).then(|| key.clone())
        };
        Some((id.clone(), operation.means().iter().find_map(starts)?))
    });
    let (operation, key) = found.expect("an operation that says when it starts");
    planned.operation = operation;
    planned.details.last_mut().unwrap().key = key;
    let read = event(&planned, &python);
    assert_eq!(read["start"][0], "2026-12-01T10:00:00+01:00");
    assert_eq!(read["end"], serde_json::Value::Null, "an end nobody knows is not made up");
}
