//! From text to the tree, or to every syntax error of the text with its position. The parser's own rendering shows
//! the line with the mistake, which may hold a key; only its fixed words and its position are taken.

use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeTable, Error};

use super::item::{self, Lines, Table};
use super::problem::{Problem, Severity, name};

/// More would only repeat what one forgotten quote has done to the rest of the file.
const MOST: usize = 20;

/// The tree of a file, or its syntax errors in the order of the file, one to a line.
pub(crate) fn parse(text: &str, file: &Arc<str>) -> Result<Table, Vec<Problem>> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let lines = Lines::new(text, file);
    let (parsed, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Ok(item::table(parsed.get_ref(), &lines));
    }
    let end = text.len();
    let mut found: Vec<_> = errors.iter().map(|error| (error.span().unwrap_or(end..end), error)).collect();
    found.sort_by_key(|(span, _)| span.start);
    found.dedup_by_key(|(span, _)| lines.place(span.start).line);
    found.truncate(MOST);
    Err(found.into_iter().map(|(span, error)| problem(error, span, text, &lines)).collect())
}

fn problem(error: &Error, span: Range<usize>, text: &str, lines: &Lines<'_>) -> Problem {
    let place = lines.place(span.start);
    let said = match error.message() {
        "duplicate key" => duplicate(text, span, lines),
        "string values must be quoted, expected literal string" | "string values must be quoted" => {
            "a text must stand in quotes".to_owned()
        }
        other => other.to_owned(),
    };
    Problem::new(Severity::Error, &place, format!("not valid TOML: {said}"))
}

/// Names the key and the line it stood in first; the parser tells only of the second.
fn duplicate(text: &str, span: Range<usize>, lines: &Lines<'_>) -> String {
    let key = text.get(span.clone()).unwrap_or_default();
    let start = text.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let before = text.get(..start).unwrap_or_default();
    let offset =
        if line.trim_start().starts_with('[') { first_header(before, line) } else { first_key(before, key) };
    let first = offset.map_or_else(String::new, |at| format!(", first in line {}", lines.place(at).line));
    format!("`{}` stands there twice{first}", name(key.trim_matches(['"', '\''])))
}

/// Where the same header stood before.
fn first_header(before: &str, line: &str) -> Option<usize> {
    let bare = |line: &str| line.split('#').next().unwrap_or_default().split_whitespace().collect::<String>();
    let wanted = bare(line);
    offsets(before).find(|(_, line)| bare(line) == wanted).map(|(at, _)| at)
}

/// Where the same key stood before within the same table.
fn first_key(before: &str, key: &str) -> Option<usize> {
    let mut found = None;
    for (at, line) in offsets(before) {
        if line.trim_start().starts_with('[') {
            found = None;
        }
        let rest = line.trim_start().strip_prefix(key).map(str::trim_start);
        if found.is_none() && rest.is_some_and(|rest| rest.starts_with(['=', '.'])) {
            found = Some(at);
        }
    }
    found
}

fn offsets(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    })
}
