//! Lists of people as nobody should send them: every good row comes through, every bad one is named with its line, and
//! nothing breaks.

#[path = "support/chance.rs"]
mod chance;

use proptest::prelude::*;

use roomkey::domain::roster::{MOST, Person, read};

/// One row of a list, and whether it can be sent.
#[derive(Clone, Debug)]
enum Row {
    Good,
    /// With this for its text; `|` stands for what parts the cells.
    Bad(&'static str),
    Empty,
}

const BAD: [&str; 7] = [
    "\"Ada|ada@example.com",
    "Ada|no address@",
    "Ada\u{0}|ada@example.com",
    "Ada\u{1b}]0;x\u{7}",
    "Ada|ada@example.com|host|and more",
    "|ada@",
    "Ada|\"ada@example.com",
];

fn row() -> impl Strategy<Value = Row> {
    let bad = (0..BAD.len()).prop_map(|at| Row::Bad(BAD[at]));
    prop_oneof![4 => Just(Row::Good), 2 => bad, 1 => Just(Row::Empty)]
}

fn people(text: &str) -> Vec<Person> {
    read(text, false, &|_| false).unwrap()
}

proptest! {
    #![proptest_config(chance::usual())]

    #[test]
    fn good_rows_come_through_and_bad_ones_are_named(
        rows in prop::collection::vec(row(), 1..60),
        parts in prop_oneof![Just(","), Just(";"), Just("\t")],
        end in prop_oneof![Just("\n"), Just("\r\n"), Just("\r")],
        bom: bool,
    ) {
        let mut text = String::from(if bom { "\u{FEFF}" } else { "" });
        text.push_str(&format!("first{parts}first@example.com{end}"));
        let mut wanted = vec![(1, true)];
        for (at, row) in rows.iter().enumerate() {
            let line = at + 2;
            match row {
                Row::Good => text.push_str(&format!("p{line}{parts}p{line}@example.com")),
                Row::Bad(bad) => text.push_str(&bad.replace('|', parts)),
                Row::Empty => {}
            }
            text.push_str(end);
            if !matches!(row, Row::Empty) {
                wanted.push((line, matches!(row, Row::Good)));
            }
        }
        let found = people(&text);
        let told: Vec<_> = found.iter().map(|person| (person.line, person.problem.is_none())).collect();
        prop_assert_eq!(told, wanted, "{:?}", text);
        for person in found.iter().skip(1).filter(|person| person.problem.is_none()) {
            prop_assert_eq!(&person.name, &format!("p{}", person.line));
            prop_assert_eq!(&person.email, &format!("p{}@example.com", person.line));
        }
    }

    #[test]
    fn no_line_with_anything_in_it_is_dropped(noise in "[a-zA-Z@<>\",;\t\n\r\u{0} =#\u{202e}\u{1F468}]{0,300}") {
        let text = format!("Zed One\n{noise}");
        let lines: Vec<usize> = people(&text).iter().map(|person| person.line).collect();
        let split = text.replace("\r\n", "\n").replace('\r', "\n");
        for (at, line) in split.split('\n').enumerate() {
            if line.contains(char::is_alphanumeric) {
                prop_assert!(lines.contains(&(at + 1)), "line {} of {:?}", at + 1, text);
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text: String, heading: bool) {
        let _ = read(&text, heading, &|word| word.len() % 2 == 0);
    }
}

#[test]
fn long_lines_and_long_lists_end_somewhere() {
    let text = format!("Ada, a@x\n{}\nBob, b@x\n\"{}\nEve, e@x\n", "x".repeat(1 << 20), "y,".repeat(1 << 19));
    let told: Vec<_> = people(&text).into_iter().map(|p| (p.line, p.problem.is_some())).collect();
    assert_eq!(told, [(1, false), (2, true), (3, false), (4, true), (5, false)]);
    let open: String = (0..MOST).map(|n| format!("\"p{n}\n")).collect();
    assert!(people(&open).iter().all(|person| person.problem.is_some()));
    let tall = format!("name,note\n{}", (0..MOST).map(|n| format!("p{n},\"x\n")).collect::<String>());
    let rows = read(&tall, true, &|word| word == "note").unwrap();
    assert!(rows.len() == MOST && rows.iter().all(|person| person.problem.is_some()));
    let many: String = (0..MOST).map(|n| format!("p{n}, p{n}@x\n")).collect();
    let rows = people(&many);
    assert!(rows.len() == MOST && rows.iter().all(|person| person.problem.is_none()));
}
