//! Completions and the manual page: real shells read the scripts, a real reader of manuals reads the page, and nothing of
//! the command line is missing in them.

use std::process::{Command, Output};

use roomkey::cli;

use crate::skipped::skipped;
use crate::stage::Stage;

const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

/// Names of all commands, with those above them, and of what each takes.
fn commands() -> Vec<(String, clap::Command)> {
    fn walk(above: &str, command: &clap::Command, all: &mut Vec<(String, clap::Command)>) {
        for below in command.get_subcommands() {
            let name = format!("{above} {}", below.get_name());
            walk(&name, below, all);
            all.push((name, below.clone()));
        }
    }
    let mut all = Vec::new();
    walk("roomkey", &cli::description(), &mut all);
    all
}

fn flags(command: &clap::Command) -> Vec<String> {
    command.get_arguments().filter_map(|arg| Some(format!("--{}", arg.get_long()?))).collect()
}

/// Runs a program on the file, or says that it is not here.
fn read(program: &str, arguments: &[&str]) -> Option<Output> {
    match Command::new(program).args(arguments).env("MANWIDTH", "200").env("TERM", "dumb").output() {
        Ok(output) => Some(output),
        Err(_) => {
            skipped(&format!("there is no {program} here"));
            None
        }
    }
}

/// A script in a file of its own.
fn script(stage: &Stage, shell: &str) -> String {
    let ran = stage.run(&["completions", shell]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{shell}: {ran:?}");
    let path = stage.home().join(format!("roomkey.{shell}"));
    std::fs::write(&path, ran.out).unwrap();
    path.display().to_string()
}

#[track_caller]
fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{} {}", text(&output.stdout), text(&output.stderr));
    assert_eq!(text(&output.stderr), "");
    text(&output.stdout)
}

#[test]
fn every_shell_is_told_every_command_and_flag_and_no_key() {
    let stage = Stage::new();
    for shell in SHELLS {
        let text = std::fs::read_to_string(script(&stage, shell)).unwrap();
        for (name, command) in commands() {
            let word = name.rsplit(' ').next().unwrap();
            assert!(text.contains(word), "{shell}: {name}");
            // Fish and PowerShell write the name without its dashes.
            for flag in flags(&command) {
                assert!(text.contains(flag.trim_start_matches('-')), "{shell}: {name} {flag}");
            }
        }
        assert!(!text.contains("keep-clipboard"), "{shell}: the program's own command");
        for (_, value) in stage.sandbox.settings("whereby") {
            assert!(!text.contains(&value), "{shell}");
        }
    }
    stage.run(&["completions", "csh"]).failed(2, "choose bash, elvish, fish, powershell, zsh");
    assert_eq!(std::fs::read_dir(stage.home()).unwrap().count(), 1 + SHELLS.len(), "nothing else is written");
}

#[test]
fn the_schema_knows_the_pages_of_the_program_and_of_the_user() {
    let stage = Stage::new();
    let schema = stage.run(&["config", "schema"]).json();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let known =
        |schema: &serde_json::Value| schema["$defs"]["profile"]["properties"]["provider"]["enum"].clone();
    for provider in roomkey::sandbox::PROVIDERS {
        assert!(known(&schema).as_array().unwrap().contains(&provider.into()), "{provider}");
    }
    // Neither a broken configuration nor none is a reason not to print it.
    stage.configure("[profiles");
    std::fs::create_dir(stage.home().join("providers")).unwrap();
    let page = include_str!("../providers/parlour.toml");
    std::fs::write(stage.home().join("providers/parlour.toml"), page).unwrap();
    let ran = stage.run(&["config", "schema"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    assert!(known(&ran.json()).as_array().unwrap().contains(&"parlour".into()), "{}", known(&ran.json()));
    let none = crate::stage::finish(stage.command().args(["config", "schema"]));
    assert_eq!(none.json(), schema, "without a configuration the pages of the program alone");
}

#[test]
fn bash_completes() {
    let stage = Stage::new();
    let path = script(&stage, "bash");
    let complete = r#"source "$0" && complete -p roomkey && COMP_WORDS=(roomkey pro) COMP_CWORD=1 &&
        _roomkey roomkey pro roomkey && echo "${COMPREPLY[@]}""#;
    if let Some(output) = read("bash", &["--norc", "-c", complete, &path]) {
        let said = said(&output);
        assert!(said.contains("-F _roomkey"), "{said}");
        assert!(said.ends_with("providers profile\n"), "{said}");
    }
}

#[test]
fn zsh_and_fish_complete() {
    let stage = Stage::new();
    let path = script(&stage, "zsh");
    let load = r#"autoload -U compinit; compinit -u -D; source "$0" && whence -w _roomkey"#;
    if let Some(output) = read("zsh", &["-fc", load, &path]) {
        assert_eq!(said(&output), "_roomkey: function\n");
    }
    let path = script(&stage, "fish");
    let load = r#"source $argv[1]; and complete -C "roomkey config e""#;
    if let Some(output) = read("fish", &["--no-config", "-c", load, &path]) {
        let said = said(&output);
        assert!(said.starts_with("edit\t"), "{said}");
    }
}

#[test]
fn the_manual_names_every_command_and_every_flag() {
    let stage = Stage::new();
    let ran = stage.run(&["man"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    let path = stage.home().join("roomkey.1");
    std::fs::write(&path, &ran.out).unwrap();
    let path = path.display().to_string();
    // As it is read, where something is there that reads it, else as it is written.
    let readers = [
        read("mandoc", &["-T", "utf8", "-O", "width=200", &path]),
        read("man", &["--no-hyphenation", "-P", "cat", "-l", &path]),
    ];
    let plain = |output: &Output| {
        let text = said(output);
        let mut bare = String::new();
        for c in text.chars() {
            // A letter struck twice is a bold one.
            if c == '\u{8}' {
                bare.pop();
            } else {
                bare.push(c);
            }
        }
        bare.replace('‐', "-")
    };
    let mut pages: Vec<String> = readers.iter().flatten().map(plain).collect();
    pages.push(ran.out.replace("\\-", "-").replace("\\fB", "").replace("\\fR", "").replace("\\*(Aq", "'"));
    for page in pages {
        let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
        let at = |text: &str| words.find(text).unwrap_or_else(|| panic!("{text} is not in\n{page}"));
        let flags_of_all = flags(&cli::description());
        flags_of_all.iter().for_each(|flag| assert!(words.contains(flag), "{flag}"));
        for (name, command) in commands() {
            at(&name);
            for flag in flags(&command) {
                assert!(words.contains(&flag), "{name} {flag}");
            }
            let about = command.get_about().unwrap_or_else(|| panic!("{name} says nothing")).to_string();
            at(about.split(['`', '/', '-', ':', ';', '$']).next().unwrap().trim());
        }
        assert!(at("COMMANDS") < at("EXIT STATUS") && at("EXIT STATUS") < at("ENVIRONMENT"));
        assert!(!words.contains("keep-clipboard"));
    }
}
