//! A pasted text as lines and cells, whatever parts them.

use super::MOST;

/// Lines and cells; empty lines are none.
pub(super) fn records(text: &str) -> Result<Vec<(usize, Vec<String>)>, String> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |c: char| first.matches(c).count();
    let delimiter = match (count('\t'), count(';'), count(',')) {
        (1.., ..) => b'\t',
        (_, semicolons, commas) if semicolons > commas => b';',
        _ => b',',
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let (mut records, mut at, mut line) = (Vec::new(), 0, 1);
    for record in reader.records() {
        let record = record.map_err(|_| "the table cannot be read".to_owned())?;
        // The reader counts from before the empty lines it skips.
        let from = record.position().map_or(at, |place| usize::try_from(place.byte()).unwrap_or(at));
        let rest = text.get(from..).unwrap_or_default();
        let start = from + rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        line += text.get(at..start).unwrap_or_default().matches('\n').count();
        at = start;
        if record.iter().any(|cell| !cell.is_empty()) {
            records.push((line, record.iter().map(str::to_owned).collect()));
        }
        if records.len() > MOST + 1 {
            break;
        }
    }
    Ok(records)
}
