//! The pages inside the program are free of findings, and lint finds what it is there for.

use std::path::PathBuf;

use roomkey::provider::lint::lint;
use roomkey::provider::load;

use super::skipped::skipped;
use super::stage::PROVIDERS;

fn text_of(id: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/providers").join(format!("{id}.toml"));
    std::fs::read_to_string(path).expect("an embedded page")
}

fn findings(text: &str) -> Vec<String> {
    let page = load::page(text, "page.toml").unwrap_or_else(|fault| panic!("{fault}"));
    lint(&page, text, "page.toml").into_iter().map(|finding| finding.fault.to_string()).collect()
}

#[test]
fn embedded_pages_are_free_of_findings() {
    for id in PROVIDERS {
        let found = findings(&text_of(id));
        assert!(found.is_empty(), "{id}:\n{}", found.join("\n"));
    }
}

#[test]
fn mistakes_are_found_with_their_lines() {
    let good = include_str!("parlour.toml");
    let mistakes = [
        ("\"{open:/link}\"", "\"{shut:/link}\"", "shut is no step"),
        ("\"{open:/link}\"", "\"{setting:key}\"", "no setting that may be shown"),
        ("fields = \"body\"", "body = { a = \"{nope}\" }", "nope is no field"),
        ("rules = { required = true }", "choices_of = \"nope\"", "choices_of names no field"),
        ("creates = \"again\"", "", "creates"),
        ("id     = \"parlour\"", "id     = \"Par lour\"", "an id is made of"),
        ("rules = { required = true }", "when = { field = \"topic\" }", "needs a test"),
    ];
    for (from, to, expected) in mistakes {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "{from}");
        let found = findings(&bad).join("\n");
        assert!(found.contains(expected), "{expected}: {found}");
    }
    let bad = good.replacen("\"{open:/link}\"", "\"{shut:/link}\"", 1);
    assert!(findings(&bad)[0].starts_with("page.toml:"), "{:?}", findings(&bad));
}

/// Pages are TOML 1.0, so that editors and other tools can read them; our own parser would also read 1.1.
#[test]
fn pages_are_readable_by_other_tools() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets");
    let script = "import sys,pathlib,tomllib\nfor p in pathlib.Path(sys.argv[1]).rglob('*.toml'): tomllib.loads(p.read_text())";
    let python = std::process::Command::new("python3").arg("-c").arg(script).arg(&root).output();
    match python {
        Ok(out) if out.status.success() => {}
        Ok(out) if String::from_utf8_lossy(&out.stderr).contains("No module named") => {
            skipped("this python3 has no tomllib");
        }
        Ok(out) => panic!("{}", String::from_utf8_lossy(&out.stderr)),
        Err(_) => skipped("no python3 here"),
    }
}
