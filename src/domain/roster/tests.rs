//! Lists as people paste them.

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
        ("Ada\u{0}, ada@example.com", "Ada\u{0}|ada@example.com||there are control characters in it"),
        ("<ada@example.com>", "|ada@example.com||the name is missing"),
        ("Ada <ada@>", "Ada|ada@||this is no e-mail address"),
        ("Ada, a b@c", "Ada|a b@c||this is no e-mail address"),
        ("Ada, ada@example.com, 12", "Ada|ada@example.com||`12` is no role: host or guest"),
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
fn a_quote_that_is_not_closed_spoils_its_own_line() {
    assert_eq!(
        shown("\"Ada, a@x\nBob, b@x\n\"Eve, e@x\nJoe, j@x\n"),
        [
            "|||a quote is opened and not closed",
            "Bob|b@x||",
            "|||a quote is opened and not closed",
            "Joe|j@x||"
        ]
    );
    let tall = people("userName,moderator\n\"Ada\n\"\"the\"\" Countess\",true\nBob,\n\"Eve,\nJoe,true\n");
    assert_eq!(tall[0].values[0].1, "Ada\n\"the\" Countess");
    assert_eq!(tall.iter().map(|person| person.line).collect::<Vec<_>>(), [2, 4, 5, 6]);
    assert_eq!(tall[2].problem.as_deref(), Some("a quote is opened and not closed"));
    assert_eq!(tall[3].problem, None);
    assert!(read("\"name\nAda\n", true, &|_| false).is_err_and(|why| why.contains("first line")));
}

#[test]
fn doubles_are_marked_and_lists_end_somewhere() {
    assert_eq!(shown("Ada\nBob\nADA\n"), ["Ada|||", "Bob|||", "ADA|||the same as line 1"]);
    let many: String = (0..=MOST).map(|n| format!("p{n}\n")).collect();
    assert_eq!(read(&many, false, &|_| false), Err("more than 10000 rows".into()));
}
