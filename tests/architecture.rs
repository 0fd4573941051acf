//! The directions of the house: which room may import which, what the pure rooms never see, and where secrets open.
//! A new import that is not in the table fails here; then either the code belongs elsewhere or the house needs a
//! thought.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Every room may import these; the second is there for tests alone.
const BY_ALL: [&str; 2] = ["error", "chance"];

/// Room → the rooms it may import.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("main", &["cli", "runtime"]),
    ("runtime", &["worker", "sandbox", "app", "ui", "config", "provider", "ports", "domain"]),
    ("cli", &["runtime", "worker", "sandbox", "app", "config", "provider", "ports", "domain"]),
    ("ui", &["app", "domain"]),
    ("worker", &["app", "config", "provider", "ports", "domain"]),
    ("app", &["provider", "config", "domain"]),
    ("sandbox", &["provider", "domain"]),
    ("provider", &["domain"]),
    ("config", &["domain"]),
    ("ports", &["domain"]),
    ("domain", &[]),
    ("error", &["domain"]),
    ("lib", &[]),
];

/// What the pure rooms may not even name.
const PURE: &[&str] = &["domain", "provider", "app", "ui", "config"];
const NOT_PURE: &[&str] = &[
    "tokio::",
    "reqwest",
    "rusqlite",
    "arboard",
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "SystemTime",
    "Timestamp::now",
    "Zoned::now",
    "Instant::now",
    "TimeZone::system",
    "getrandom",
];

/// Files that open secrets, and how often. Opening one more is a decision, made here.
const EXPOSES: &[(&str, usize)] = include!("architecture/exposes.in");

fn sources() -> Vec<(String, PathBuf, String)> {
    fn walk(dir: &Path, out: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() {
                walk(&entry, out);
            } else if entry.extension().is_some_and(|e| e == "rs") {
                out.push(entry);
            }
        }
    }
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let inside = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            (inside, path, text)
        })
        .collect()
}

fn room(inside: &str) -> String {
    inside.split('/').next().unwrap().trim_end_matches(".rs").to_owned()
}

/// The part of a file that ships: everything before its tests.
fn product(text: &str) -> &str {
    text.split("\n#[cfg(test)]").next().unwrap_or(text)
}

/// The part that ships, without comments.
fn code(text: &str) -> String {
    let lines = product(text).lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Rooms named by `crate::room` (or `roomkey::room` in the program's entry).
fn imports(text: &str) -> Vec<String> {
    let text = &code(text);
    let mut rooms = Vec::new();
    for start in ["crate::", "roomkey::"] {
        for (at, _) in text.match_indices(start) {
            let rest = &text[at + start.len()..];
            let group = rest.strip_prefix('{').and_then(|inner| inner.split('}').next());
            for part in group.unwrap_or(rest).split(',').take(if group.is_some() { usize::MAX } else { 1 }) {
                let name: String =
                    part.trim().chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                rooms.push(name);
            }
        }
    }
    rooms.retain(|room| !room.is_empty());
    rooms
}

#[test]
fn imports_follow_the_directions() {
    let mut wrong = Vec::new();
    for (inside, _, text) in sources() {
        let here = room(&inside);
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(room, _)| *room == here) else {
            panic!("{inside}: the room {here} is not in the table");
        };
        for there in imports(&text) {
            if there != here && !BY_ALL.contains(&there.as_str()) && !allowed.contains(&there.as_str()) {
                wrong.push(format!("{inside} imports {there}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pure_rooms_never_see_the_world() {
    let mut wrong = Vec::new();
    for (inside, _, text) in sources() {
        if PURE.contains(&room(&inside).as_str()) {
            let code = code(&text);
            wrong.extend(
                NOT_PURE.iter().filter(|word| code.contains(**word)).map(|word| format!("{inside}: {word}")),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn secrets_open_only_where_it_was_decided() {
    let mut counted = BTreeMap::new();
    for (inside, _, text) in sources() {
        let text = code(&text);
        let count = text.matches(".expose()").count() + text.matches("Secret::expose").count();
        if count > 0 {
            counted.insert(inside, count);
        }
    }
    let decided: BTreeMap<String, usize> =
        EXPOSES.iter().map(|(file, count)| ((*file).to_owned(), *count)).collect();
    assert_eq!(counted, decided, "tests/architecture/exposes.in says where secrets may open");
}

/// A child started by another way would be told every key of the environment.
#[test]
fn children_are_started_in_one_place() {
    let starts = |text: &str| code(text).contains("Command::new(");
    let places: Vec<_> =
        sources().into_iter().filter(|(_, _, text)| starts(text)).map(|(inside, ..)| inside).collect();
    assert_eq!(places, ["ports/children.rs"]);
}

#[test]
fn modules_say_what_they_are_for() {
    let silent: Vec<_> =
        sources().into_iter().filter(|(_, _, text)| !text.starts_with("//!")).map(|(i, ..)| i).collect();
    assert!(silent.is_empty(), "no opening sentences: {silent:?}");
}
