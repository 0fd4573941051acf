//! Many people at once: lines and tables as they are pasted, read into persons. Whatever is odd about a row stands at
//! that row; nothing is dropped in silence and nothing is guessed that could send a link to the wrong one.

use std::collections::HashMap;

/// Most rows one list has.
pub const MOST: usize = 10_000;

/// What a person may do in the meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Host,
    Guest,
}

impl Role {
    pub fn name(self) -> &'static str {
        match self {
            Role::Host => "host",
            Role::Guest => "guest",
        }
    }

    fn read(word: &str) -> Option<Role> {
        const HOST: [&str; 9] =
            ["host", "moderator", "admin", "presenter", "organizer", "teacher", "yes", "true", "on"];
        const GUEST: [&str; 9] =
            ["guest", "viewer", "participant", "attendee", "member", "student", "no", "false", "off"];
        let word = word.to_lowercase();
        let is = |words: &[&str]| words.contains(&word.as_str());
        if is(&HOST) { Some(Role::Host) } else { is(&GUEST).then_some(Role::Guest) }
    }
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Line of the text, from 1.
    pub line: usize,
    pub name: String,
    pub email: String,
    /// Nothing where the list does not say.
    pub role: Option<Role>,
    /// Further fields by their wire names, from the heading of the table.
    pub values: Vec<(String, String)>,
    /// What is wrong with the row.
    pub problem: Option<String>,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Column {
    Name,
    Email,
    Role,
    /// A field of the operation.
    Field(String),
    /// Nobody knows it.
    Unknown(String),
}

/// Reads a list. A first line that names columns is a heading: `field` says which words are fields of the operation.
/// With `heading` there must be one; the error says what is wrong with the list as a whole.
pub fn read(text: &str, heading: bool, field: &dyn Fn(&str) -> bool) -> Result<Vec<Person>, String> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let records = records(text)?;
    let mut rows = records.into_iter();
    let columns = match rows.as_slice().first().map(|(_, cells)| columns(cells, field)) {
        Some(columns) if heading || is_heading(&columns) => {
            rows.next();
            if let Some(Column::Unknown(word)) = columns.iter().find(|c| matches!(c, Column::Unknown(_))) {
                return Err(format!("column `{word}` is no field of this operation"));
            }
            if let Some(twice) = twice(&columns) {
                return Err(format!("column `{twice}` stands there twice"));
            }
            Some(columns)
        }
        _ => None,
    };
    let mut people: Vec<Person> = Vec::new();
    for (line, cells) in rows {
        let mut person = match &columns {
            Some(columns) => by_columns(columns, cells),
            None => by_habit(cells),
        };
        person.line = line;
        person.problem = person.problem.take().or_else(|| check(&person));
        people.push(person);
    }
    if people.len() > MOST {
        return Err(format!("more than {MOST} rows"));
    }
    mark_doubles(&mut people);
    Ok(people)
}

/// Lines and cells; empty lines are none.
fn records(text: &str) -> Result<Vec<(usize, Vec<String>)>, String> {
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

fn columns(cells: &[String], field: &dyn Fn(&str) -> bool) -> Vec<Column> {
    let column = |cell: &String| match cell.to_lowercase().as_str() {
        _ if field(cell) => Column::Field(cell.clone()),
        "name" | "person" | "who" | "full name" | "room" => Column::Name,
        "email" | "e-mail" | "mail" | "e-mail address" | "email address" => Column::Email,
        "role" => Column::Role,
        _ => Column::Unknown(cell.clone()),
    };
    cells.iter().map(column).collect()
}

/// A line of names of columns: all are known, or the first two say clearly what they are.
fn is_heading(columns: &[Column]) -> bool {
    let known = columns.iter().filter(|column| !matches!(column, Column::Unknown(_))).count();
    known == columns.len()
        || (known >= 2 && matches!(columns[0], Column::Name | Column::Email | Column::Field(_)))
}

fn twice(columns: &[Column]) -> Option<&str> {
    let again = columns.iter().enumerate().find(|(at, column)| columns[..*at].contains(column));
    again.map(|(_, column)| match column {
        Column::Name => "name",
        Column::Email => "email",
        Column::Role => "role",
        Column::Field(name) | Column::Unknown(name) => name,
    })
}

fn by_columns(columns: &[Column], cells: Vec<String>) -> Person {
    let mut person = Person::default();
    if cells.len() > columns.len() {
        person.problem = Some(format!("{} cells under {} columns", cells.len(), columns.len()));
    }
    for (column, cell) in columns.iter().zip(cells) {
        match column {
            Column::Name => person.name = cell,
            Column::Email => person.email = cell,
            Column::Role => role(&mut person, &cell),
            Column::Field(name) if !cell.is_empty() => person.values.push((name.clone(), cell)),
            Column::Field(_) | Column::Unknown(_) => {}
        }
    }
    person
}

/// `Ada Lovelace, ada@example.com`, `Ada Lovelace <ada@example.com>`, `Lovelace, Ada <ada@example.com>`, each with a
/// role behind it where there is one.
fn by_habit(mut cells: Vec<String>) -> Person {
    let mut person = Person::default();
    while cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    if cells.len() > 1
        && let Some(last) = cells.last()
        && Role::read(last).is_some()
    {
        person.role = Role::read(last);
        cells.pop();
    }
    let bracketed = cells.iter().position(|cell| cell.ends_with('>') && cell.contains('<'));
    let mailed = cells.iter().position(|cell| cell.contains('@'));
    let rest = match (bracketed, mailed) {
        (Some(at), _) => {
            let cell = cells[at].trim_end_matches('>').to_owned();
            let (name, mail) = cell.split_once('<').unwrap_or((&cell, ""));
            person.email = mail.trim().to_owned();
            let before = cells[..at].iter().map(String::as_str).chain([name.trim()]);
            let parts: Vec<&str> = before.filter(|part| !part.is_empty()).collect();
            person.name = parts.join(", ").trim_matches('"').to_owned();
            at + 1
        }
        (None, Some(at)) if at > 0 => {
            person.name = cells[..at].join(", ");
            person.email.clone_from(&cells[at]);
            at + 1
        }
        (None, Some(_)) => {
            // Nothing but an address: what stands before the sign names the person.
            person.email.clone_from(&cells[0]);
            person.name = cells[0].split('@').next().unwrap_or_default().to_owned();
            1
        }
        (None, None) => {
            person.name = cells.first().cloned().unwrap_or_default();
            1
        }
    };
    if let Some(extra) = cells.get(rest).filter(|cell| !cell.is_empty()) {
        let what = if extra.len() <= 40 { format!(": `{extra}`") } else { String::new() };
        person.problem = Some(format!("more than a name, an address and a role{what}"));
    }
    person
}

fn role(person: &mut Person, word: &str) {
    person.role = Role::read(word);
    if person.role.is_none() && !word.is_empty() {
        person.problem = Some(format!("`{word}` is no role: host or guest"));
    }
}

fn check(person: &Person) -> Option<String> {
    if person.name.is_empty() && person.values.is_empty() {
        return Some("the name is missing".into());
    }
    let mail = &person.email;
    let (user, host) = mail.rsplit_once('@').unwrap_or_default();
    let odd = user.is_empty() || host.is_empty() || mail.contains(char::is_whitespace);
    (!mail.is_empty() && odd).then(|| "this is no e-mail address".to_owned())
}

/// Marks rows that say the same as one before.
fn mark_doubles(people: &mut [Person]) {
    let mut seen = HashMap::new();
    for person in people.iter_mut() {
        let key = (person.name.to_lowercase(), person.email.to_lowercase(), person.values.clone());
        match seen.get(&key) {
            Some(line) if person.problem.is_none() => {
                person.problem = Some(format!("the same as line {line}"));
            }
            Some(_) => {}
            None => drop(seen.insert(key, person.line)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(text: &str) -> Vec<Person> {
        read(text, false, &|word| word == "userName" || word == "moderator").unwrap()
    }

    /// Name, address, role and problem of each row.
    fn shown(text: &str) -> Vec<String> {
        let one = |person: Person| {
            let role = person.role.map_or("", Role::name);
            format!("{}|{}|{role}|{}", person.name, person.email, person.problem.unwrap_or_default())
        };
        people(text).into_iter().map(one).collect()
    }

    #[test]
    fn lines_as_people_paste_them() {
        for (line, wanted) in [
            ("Ada Lovelace", "Ada Lovelace|||"),
            ("Ada Lovelace, ada@example.com", "Ada Lovelace|ada@example.com||"),
            ("Ada Lovelace; ada@example.com", "Ada Lovelace|ada@example.com||"),
            ("Ada Lovelace\tada@example.com\thost", "Ada Lovelace|ada@example.com|host|"),
            ("Ada Lovelace <ada@example.com>", "Ada Lovelace|ada@example.com||"),
            ("\"Lovelace, Ada\" <ada@example.com>", "Lovelace, Ada|ada@example.com||"),
            ("Lovelace, Ada <ada@example.com>, moderator", "Lovelace, Ada|ada@example.com|host|"),
            ("\"Lovelace, Ada\",ada@example.com", "Lovelace, Ada|ada@example.com||"),
            ("Ada,,viewer", "Ada||guest|"),
            ("ada@example.com", "ada|ada@example.com||"),
            ("<ada@example.com>", "|ada@example.com||the name is missing"),
            ("Ada <ada@>", "Ada|ada@||this is no e-mail address"),
            ("Ada, a b@c", "Ada|a b@c||this is no e-mail address"),
            (
                "Ada, ada@example.com, 12",
                "Ada|ada@example.com||more than a name, an address and a role: `12`",
            ),
            ("שלום 👩‍🔬, x@y", "שלום 👩‍🔬|x@y||"),
        ] {
            assert_eq!(shown(line), [wanted], "{line}");
        }
    }

    #[test]
    fn tables_with_a_heading() {
        let text = "\u{FEFF}Name;E-Mail;Role\r\nAda;ada@example.com;host\r\n\r\nBob;;\r\nEve;eve@x;boss\r\n";
        assert_eq!(
            shown(text),
            ["Ada|ada@example.com|host|", "Bob|||", "Eve|eve@x||`boss` is no role: host or guest"]
        );
        assert_eq!(people(text).iter().map(|person| person.line).collect::<Vec<_>>(), [2, 4, 5]);
        let wire = people("userName,moderator\n\"Ada, Countess\",true\n");
        assert_eq!(wire[0].values[0], ("userName".to_owned(), "Ada, Countess".to_owned()));
        assert_eq!(wire[0].problem, None);
        assert_eq!(shown("name,mail\nAda,x@y,z\n"), ["Ada|x@y||3 cells under 2 columns"]);
    }

    #[test]
    fn a_heading_is_demanded_or_recognised() {
        let field = |_: &str| false;
        assert_eq!(read("Ada,x\n", true, &field), Err("column `Ada` is no field of this operation".into()));
        assert_eq!(read("name,name\n", true, &field), Err("column `name` stands there twice".into()));
        assert_eq!(read("", true, &field), Ok(Vec::new()));
        assert_eq!(people("name\nAda\n").len(), 1);
        assert_eq!(people("Ada\nname\n").len(), 2);
    }

    #[test]
    fn doubles_are_marked_and_lists_end_somewhere() {
        assert_eq!(shown("Ada\nBob\nADA\n"), ["Ada|||", "Bob|||", "ADA|||the same as line 1"]);
        let many: String = (0..=MOST).map(|n| format!("p{n}\n")).collect();
        assert_eq!(read(&many, false, &|_| false), Err("more than 10000 rows".into()));
    }
}
