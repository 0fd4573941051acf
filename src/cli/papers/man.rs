//! The manual: one page with the program and all its commands, each with its synopsis, its sentence and its options.
//! What the parser does not know (exit codes, files, variables) stands here.

use std::io;

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

const FILES: [(&str, &str); 4] = [
    ("~/.config/roomkey/config.toml", "The configuration; see roomkey config."),
    ("~/.config/roomkey/providers/", "Pages of providers of your own, laid over those of the program."),
    ("~/.local/state/roomkey/history.db", "What was created, until it has ended; for you alone."),
    ("~/.local/state/roomkey/roomkey.log", "What happened, where --log-level asks for it; without keys."),
];

const ENVIRONMENT: [(&str, &str); 6] = [
    ("ROOMKEY_CONFIG", "The configuration, where --config names none."),
    ("XDG_CONFIG_HOME", "In place of ~/.config."),
    ("XDG_STATE_HOME", "In place of ~/.local/state."),
    ("VISUAL, EDITOR", "The editor of roomkey config edit, and of long fields and templates in the console."),
    ("BROWSER", "What opens a link, on your key alone."),
    ("NO_COLOR", "Where it is set, the console uses no colour."),
];

/// The page in the notation of man(7).
pub(super) fn page(description: &Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let main = Man::new(description.clone()).manual("roomkey");
    main.render_title(&mut page)?;
    main.render_name_section(&mut page)?;
    main.render_synopsis_section(&mut page)?;
    main.render_options_section(&mut page)?;
    heading("SH", "COMMANDS", &mut page)?;
    for command in description.get_subcommands() {
        section(command, "roomkey", &mut page)?;
    }
    heading("SH", "EXIT STATUS", &mut page)?;
    if let Some(codes) = description.get_after_help() {
        let codes = codes.to_string();
        paragraph(codes.strip_prefix("Exit codes: ").unwrap_or(&codes), &mut page)?;
    }
    list("FILES", &FILES, &mut page)?;
    list("ENVIRONMENT", &ENVIRONMENT, &mut page)?;
    Ok(page)
}

/// A command and those below it.
fn section(command: &Command, above: &str, page: &mut Vec<u8>) -> io::Result<()> {
    let name = format!("{above} {}", command.get_name());
    heading("SS", &name, page)?;
    let alone = command.clone().bin_name(&name).disable_help_flag(true);
    let man = Man::new(alone);
    for part in [Man::render_synopsis_section, Man::render_description_section, Man::render_options_section] {
        let mut text = Vec::new();
        part(&man, &mut text)?;
        page.extend(without_heading(&text));
        page.extend(b".PP\n");
    }
    for below in command.get_subcommands() {
        section(below, &name, page)?;
    }
    Ok(())
}

/// Each part comes with a preamble and a heading of its own, which stand for the whole page already.
fn without_heading(text: &[u8]) -> Vec<u8> {
    let is_of_the_page =
        |line: &&[u8]| [&b".ie "[..], b".el ", b".SH "].iter().any(|start| line.starts_with(start));
    text.split_inclusive(|byte| *byte == b'\n')
        .filter(|line| !is_of_the_page(line))
        .flatten()
        .copied()
        .collect()
}

fn heading(macro_name: &str, text: &str, page: &mut Vec<u8>) -> io::Result<()> {
    let mut roff = Roff::new();
    roff.control(macro_name, [text]);
    write(&roff, page)
}

fn paragraph(text: &str, page: &mut Vec<u8>) -> io::Result<()> {
    let mut roff = Roff::new();
    roff.text([roman(text)]);
    write(&roff, page)
}

fn list(title: &str, rows: &[(&str, &str)], page: &mut Vec<u8>) -> io::Result<()> {
    heading("SH", title, page)?;
    for (name, says) in rows {
        let mut roff = Roff::new();
        roff.control("TP", []).text([bold(*name)]).text([roman(*says)]);
        write(&roff, page)?;
    }
    Ok(())
}

fn write(roff: &Roff, page: &mut Vec<u8>) -> io::Result<()> {
    let mut text = Vec::new();
    roff.to_writer(&mut text)?;
    let preamble = |line: &&[u8]| line.starts_with(b".ie ") || line.starts_with(b".el ");
    page.extend(text.split_inclusive(|byte| *byte == b'\n').filter(|line| !preamble(line)).flatten());
    Ok(())
}
