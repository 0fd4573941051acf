//! The README is a promise: its tables are made from the running code and compared with what it says. After a change,
//! `UPDATE_README=1 cargo test --test docs` writes them anew.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]

use std::path::PathBuf;

use roomkey::config::Keymap;
use roomkey::domain::key::Key;
use roomkey::domain::page::Page;
use roomkey::error::Kind;
use roomkey::provider::catalog::Catalog;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Replaces what stands between the markers of a section.
fn with_section(text: &str, name: &str, content: &str) -> String {
    let (open, close) = (format!("<!-- {name} -->"), format!("<!-- /{name} -->"));
    let start = text.find(&open).unwrap_or_else(|| panic!("README has no {open}")) + open.len();
    let end = text.find(&close).unwrap_or_else(|| panic!("README has no {close}"));
    format!("{}\n{}\n{}", &text[..start], content.trim_end(), &text[end..])
}

#[test]
fn the_readme_says_what_the_code_does() {
    let path = root().join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let mut wanted = readme.clone();
    for (name, content) in [
        ("providers", providers()),
        ("keys", keys()),
        ("commands", commands()),
        ("exits", exits()),
        ("rooms", rooms()),
        ("screen", screen()),
    ] {
        wanted = with_section(&wanted, name, &content);
    }
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    } else {
        let stale = readme.lines().zip(wanted.lines()).find(|(is, should)| is != should);
        assert!(readme == wanted, "first stale line: {stale:?}; run UPDATE_README=1 cargo test --test docs");
    }
}

fn providers() -> String {
    let catalog = Catalog::embedded();
    let mut out = String::from(
        "| provider | operation | fields | essentials | settings of a profile |\n| --- | --- | --- | --- | --- |\n",
    );
    for id in catalog.ids() {
        let page = catalog.usable(id).unwrap();
        for (index, (name, operation)) in page.operations.iter().enumerate() {
            let essentials: Vec<&str> = operation.essentials.keys().collect();
            let (provider, settings) =
                if index == 0 { (format!("`{id}`"), settings(&page)) } else { Default::default() };
            out.push_str(&format!(
                "| {provider} | `{name}`: {} | {} | {} | {settings} |\n",
                operation.label,
                operation.fields().count(),
                essentials.join(", "),
            ));
        }
    }
    out
}

fn settings(page: &Page) -> String {
    let name = |(key, setting): &(String, roomkey::domain::page::Setting)| match setting.secret {
        true => format!("`{key}` (secret)"),
        false => format!("`{key}`"),
    };
    page.settings.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// A key as people read it.
fn spelled(notation: &str) -> String {
    let key = Key::parse(notation).unwrap_or_else(|| panic!("{notation} is no key"));
    format!(
        "`{}`",
        key.to_string()
            .trim_start_matches('<')
            .trim_end_matches('>')
            .replace("C-", "Ctrl-")
            .replace("A-", "Alt-")
            .replace("S-", "Shift-")
    )
}

fn keys() -> String {
    let keymap = Keymap::shipped().unwrap();
    let mut out = String::from("| where | keys | what |\n| --- | --- | --- |\n");
    for binding in &keymap.bindings {
        let mut keys: Vec<String> = binding.keys.iter().map(|key| spelled(key)).collect();
        if keys.is_empty() {
            keys.push(format!("`:{}`", binding.label));
        }
        out.push_str(&format!("| {} | {} | {} |\n", binding.context.name(), keys.join(" "), binding.help));
    }
    out
}

fn commands() -> String {
    fn walk(above: &str, command: &clap::Command, out: &mut String) {
        for below in command.get_subcommands() {
            let name = format!("{above}{}", below.get_name());
            let (mut takes, mut flags) = (String::new(), Vec::new());
            for arg in below.get_arguments().filter(|arg| !arg.is_global_set()) {
                match arg.get_long() {
                    Some(long) => flags.push(format!("`--{long}`")),
                    None => takes.push_str(&format!(" {}", arg.to_string().replace(['<', '>'], ""))),
                }
            }
            let about = below.get_about().map(ToString::to_string).unwrap_or_default();
            if !below.is_subcommand_required_set() {
                out.push_str(&format!("| `{name}{takes}` | {about} | {} |\n", flags.join(" ")));
            }
            walk(&format!("{name} "), below, out);
        }
    }
    let mut out = String::from("| command | what it does | options |\n| --- | --- | --- |\n");
    walk("", &roomkey::cli::description(), &mut out);
    out
}

fn exits() -> String {
    let kinds = [
        Kind::Other,
        Kind::Storage,
        Kind::Clipboard,
        Kind::Usage,
        Kind::Config,
        Kind::Auth,
        Kind::RateLimited,
        Kind::Refused,
        Kind::Redirected,
        Kind::Network,
        Kind::Timeout,
        Kind::Server,
        Kind::Unclear,
    ];
    let says = |code: u8| match code {
        0 => "done, the room exists",
        1 => "another failure",
        2 => "used wrongly; nothing was sent",
        3 => "the configuration does not do; nothing was sent",
        4 => "the provider refused the key; not created",
        5 => "the provider said no; not created",
        6 => "nothing was sent; not created",
        7 => "part of a batch was created",
        8 => "**maybe created**: check before you try again",
        _ => unreachable!("a code without a sentence"),
    };
    let mut out = String::from("| exit code | what it means | `error.kind` |\n| --- | --- | --- |\n");
    for code in [0, 1, 2, 3, 4, 5, 6, 7, 8] {
        let names: Vec<String> = kinds
            .iter()
            .filter(|kind| kind.exit_code() == code)
            .map(|kind| format!("`{}`", kind.name()))
            .collect();
        out.push_str(&format!("| {code} | {} | {} |\n", says(code), names.join(", ")));
    }
    out.push_str("| 101 | a fault in roomkey itself | |\n| 128 + n | ended by signal n | `interrupted` |\n");
    out
}

/// Each room with the first sentence of its own documentation.
fn rooms() -> String {
    let lib = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let mut out = String::from("| room | what it is |\n| --- | --- |\n");
    for name in lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')) {
        let nested = root().join("src").join(name).join("mod.rs");
        let path = if nested.exists() { nested } else { root().join("src").join(format!("{name}.rs")) };
        let text = std::fs::read_to_string(&path).unwrap();
        let prose: Vec<&str> =
            text.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim).collect();
        let prose = prose.join(" ");
        let sentence = prose.split_inclusive(". ").next().unwrap_or_default().trim();
        out.push_str(&format!("| `src/{name}` | {sentence} |\n"));
    }
    out
}

/// The screen of the snapshot that shows the list at its usual size.
fn screen() -> String {
    let path = root().join("tests/screens/snapshots/screens__screens__looks__list-80x24.snap");
    let snapshot = std::fs::read_to_string(path).unwrap();
    let lines =
        snapshot.lines().skip_while(|line| *line != "---").skip(1).skip_while(|line| *line != "---").skip(1);
    let screen: Vec<&str> = lines.take_while(|line| !line.starts_with("styles ")).collect();
    format!("```text\n{}\n```", screen.join("\n"))
}
