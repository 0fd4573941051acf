//! A pasted text as lines and cells, whatever parts them. A quote that is opened and not closed spoils its own line and
//! no other: only under the heading of a field may a cell go on in the next line.

/// Longest line, in bytes.
const LINE: usize = 64 * 1024;
/// Most lines one cell has.
const TALL: usize = 100;

/// One line, or several that a cell goes over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// From 1.
    pub line: usize,
    pub cells: Vec<String>,
    /// Why the cells are none.
    pub problem: Option<&'static str>,
}

/// The text, one record after the other.
pub(super) struct Records<'a> {
    lines: Vec<&'a str>,
    at: usize,
    delimiter: char,
}

impl<'a> Records<'a> {
    pub fn of(text: &'a str) -> Records<'a> {
        let ended = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
        let lines: Vec<&str> = ended.flat_map(|line| line.split('\r')).collect();
        let first = lines.iter().find(|line| line.contains(['\t', ';', ','])).copied().unwrap_or_default();
        let count = |c: char| first.matches(c).count();
        let delimiter = match (count('\t'), count(';'), count(',')) {
            (1.., ..) => '\t',
            (_, semicolons, commas) if semicolons > commas => ';',
            _ => ',',
        };
        Records { lines, at: 0, delimiter }
    }

    /// The next record that is not empty. `tall` says in which cell a line break may stand.
    pub fn next(&mut self, tall: impl Fn(usize) -> bool) -> Option<Record> {
        while let Some(line) = self.lines.get(self.at) {
            let number = self.at + 1;
            self.at += 1;
            let record = self.read(number, line, &tall);
            if record.problem.is_some() || record.cells.iter().any(|cell| !cell.is_empty()) {
                return Some(record);
            }
        }
        None
    }

    fn read(&mut self, number: usize, line: &str, tall: &impl Fn(usize) -> bool) -> Record {
        let spoilt = |problem| Record { line: number, cells: Vec::new(), problem: Some(problem) };
        if line.len() > LINE {
            return spoilt("the line is longer than 64 KiB");
        }
        let open = match part(line, self.delimiter) {
            Ok(cells) => return Record { line: number, cells, problem: None },
            Err(Open { cell }) => cell,
        };
        if tall(open) {
            let mut whole = line.to_owned();
            for (more, next) in self.lines[self.at..].iter().take(TALL).enumerate() {
                whole.push('\n');
                whole.push_str(next);
                if whole.len() > LINE {
                    break;
                }
                if let Some(cells) = closed(&whole, self.delimiter) {
                    self.at += more + 1;
                    return Record { line: number, cells, problem: None };
                }
            }
        }
        spoilt("a quote is opened and not closed")
    }
}

/// A quote that is not closed, in the cell of this number.
struct Open {
    cell: usize,
}

/// The cells of a line. A quote counts at the beginning of a cell; what stands behind the closing one belongs to it.
fn part(line: &str, delimiter: char) -> Result<Vec<String>, Open> {
    let mut cells = Vec::new();
    let mut rest = line;
    loop {
        let (cell, after) = match rest.strip_prefix('"') {
            Some(quoted) => {
                let (mut cell, behind) = unquoted(quoted).ok_or(Open { cell: cells.len() })?;
                let end = behind.find(delimiter).unwrap_or(behind.len());
                cell.push_str(&behind[..end]);
                (cell, &behind[end..])
            }
            None => {
                let end = rest.find(delimiter).unwrap_or(rest.len());
                (rest[..end].to_owned(), &rest[end..])
            }
        };
        cells.push(cell.trim().to_owned());
        match after.strip_prefix(delimiter) {
            Some(next) => rest = next,
            None => return Ok(cells),
        }
    }
}

/// The text up to the closing quote, with doubled quotes made one, and what stands behind it.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut cell = String::new();
    let mut rest = text;
    loop {
        let (before, behind) = rest.split_once('"')?;
        cell.push_str(before);
        match behind.strip_prefix('"') {
            Some(more) => {
                cell.push('"');
                rest = more;
            }
            None => return Some((cell, behind)),
        }
    }
}

/// The cells of several lines, where each quote is closed at the end of its cell: else it was one that was forgotten.
fn closed(lines: &str, delimiter: char) -> Option<Vec<String>> {
    let mut rest = lines;
    loop {
        let after = match rest.strip_prefix('"') {
            Some(quoted) => unquoted(quoted)?.1,
            None => &rest[rest.find(delimiter).unwrap_or(rest.len())..],
        };
        match after.strip_prefix(delimiter) {
            Some(next) => rest = next,
            None if after.is_empty() => return part(lines, delimiter).ok(),
            None => return None,
        }
    }
}
