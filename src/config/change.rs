//! Changes of the presets and templates, made in the text of the file itself: comments, order and everything else of it
//! stay as the user wrote them. It is handed text and gives text; `crate::ports::files` reads and replaces the file.
//! What is no TOML before or after is not touched, and no message repeats a configured value.

use std::sync::Arc;

use toml_edit::{DocumentMut, Item, Table, TableLike};

use crate::domain::literal::Literal;
use crate::error::{Error, Result};

use super::problem::name;
use super::sheet::one_line;
use super::{comments, syntax, template_text, written};

/// Longest name of a preset, in characters.
const LONGEST_NAME: usize = 60;

/// A preset as it goes into the file. Values of secret fields are never among its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    pub name: String,
    pub profile: String,
    pub operation: String,
    /// By wire name; an empty text leaves the field to the provider.
    pub values: Vec<(String, Literal)>,
}

/// One change of the configuration.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// `over`: the user knows that there is a preset of this name.
    Save {
        preset: Saved,
        over: bool,
    },
    Rename {
        from: String,
        to: String,
    },
    Delete {
        name: String,
    },
    /// What `N` creates with a profile; nothing where it is to use no preset.
    Default {
        profile: String,
        preset: Option<String>,
    },
    /// A template as the user left it in the editor.
    Template {
        name: String,
        text: String,
    },
}

/// The name a preset may have: one line that can be drawn, not too long; or what is wrong with it.
pub fn preset_name(text: &str) -> std::result::Result<String, String> {
    let name = one_line(text)?;
    match name.chars().count() {
        0..=LONGEST_NAME => Ok(name),
        _ => Err(format!("longer than {LONGEST_NAME} characters")),
    }
}

impl Change {
    /// The text of a file with this change made.
    pub fn apply(&self, text: &str, file: &str) -> Result<String> {
        rewritten(text, file, |document| match self {
            Change::Save { preset, over } => save(document, preset, *over, file),
            Change::Rename { from, to } => rename(document, from, to, file),
            Change::Delete { name } => delete(document, name, file),
            Change::Default { profile, preset } => default(document, profile, preset.as_deref(), file),
            Change::Template { name, text } => template_text::save(document, name, text, file),
        })
    }
}

/// The text of a file with something changed in it; sound before and after.
pub(super) fn rewritten(
    text: &str,
    file: &str,
    change: impl FnOnce(&mut DocumentMut) -> Result<()>,
) -> Result<String> {
    let (mark, bare) = match text.strip_prefix('\u{FEFF}') {
        Some(bare) => ("\u{FEFF}", bare),
        None => ("", text),
    };
    sound(bare, file, "nothing is written into it")?;
    let mut document: DocumentMut = bare.parse().map_err(|_| unsound(file))?;
    change(&mut document)?;
    let changed = with_ends_of(bare, document.to_string());
    sound(&changed, file, "the change would have broken it")?;
    Ok(format!("{mark}{changed}"))
}

fn unsound(file: &str) -> Error {
    Error::config(format!("{} is not valid TOML, so nothing is written into it", name(file)))
        .hint("mend it first: roomkey config check")
}

fn sound(text: &str, file: &str, so: &str) -> Result<()> {
    let wrong = |problems: Vec<super::Problem>| {
        let said = problems.first().map_or_else(String::new, ToString::to_string);
        Error::config(format!("{said}, so {so}")).hint("mend it first: roomkey config check")
    };
    syntax::parse(text, &Arc::from(file)).map(drop).map_err(wrong)
}

/// The parser writes `\n`; a file whose lines all end in `\r\n` keeps its own ends.
fn with_ends_of(before: &str, after: String) -> String {
    let lines = before.matches('\n').count();
    match lines > 0 && before.matches("\r\n").count() == lines {
        true => after.replace("\r\n", "\n").replace('\n', "\r\n"),
        false => after,
    }
}

/// A table at the top of the file, whatever way it is written; made where there is none and one is wanted.
pub(super) fn top<'d>(
    document: &'d mut DocumentMut,
    key: &str,
    make: bool,
    file: &str,
) -> Result<&'d mut dyn TableLike> {
    if make && !document.contains_key(key) {
        let mut table = Table::new();
        table.set_implicit(true);
        document.insert(key, Item::Table(table));
    }
    let found = document.get_mut(key).and_then(Item::as_table_like_mut);
    found.ok_or_else(|| Error::config(format!("{} has no table `{key}`", name(file))))
}

fn taken(wanted: &str) -> Error {
    Error::config(format!("there is a preset {} already", name(wanted)))
        .hint("choose another name, or replace it knowingly")
}

fn elsewhere(kind: &str, wanted: &str, file: &str) -> Error {
    Error::config(format!("{kind} {} does not stand in {}", name(wanted), name(file)))
        .hint("change it in the file it stands in")
}

fn save(document: &mut DocumentMut, preset: &Saved, over: bool, file: &str) -> Result<()> {
    let wanted = preset_name(&preset.name).map_err(|why| Error::usage(format!("the name: {why}")))?;
    let first = document.as_table().is_empty();
    let presets = top(document, "presets", true, file)?;
    match (presets.get_mut(&wanted).and_then(Item::as_table_like_mut), over) {
        (Some(_), false) => Err(taken(&wanted)),
        (None, true) => Err(elsewhere("preset", &wanted, file)),
        (Some(table), true) => {
            written::put(table, "profile", &Literal::Text(preset.profile.clone()));
            written::put(table, "operation", &Literal::Text(preset.operation.clone()));
            written::values(table, &preset.values);
            Ok(())
        }
        (None, false) => {
            let inline = presets.iter().any(|(_, item)| item.is_inline_table());
            presets.insert(&wanted, written::preset(preset, inline, first));
            Ok(())
        }
    }
}

fn rename(document: &mut DocumentMut, from: &str, to: &str, file: &str) -> Result<()> {
    let to = preset_name(to).map_err(|why| Error::usage(format!("the name: {why}")))?;
    let presets = top(document, "presets", false, file)?;
    if presets.contains_key(&to) {
        return Err(taken(&to));
    }
    let item = presets.remove(from).ok_or_else(|| elsewhere("preset", from, file))?;
    presets.insert(&to, item);
    for profile in profiles(document) {
        if written::text(profile, "default_preset") == Some(from) {
            written::put(profile, "default_preset", &Literal::Text(to.clone()));
        }
    }
    Ok(())
}

fn delete(document: &mut DocumentMut, wanted: &str, file: &str) -> Result<()> {
    let presets = top(document, "presets", false, file)?;
    let item = presets.remove(wanted).ok_or_else(|| elsewhere("preset", wanted, file))?;
    comments::keep(document, &item);
    for profile in profiles(document) {
        if written::text(profile, "default_preset") == Some(wanted) {
            profile.remove("default_preset");
        }
    }
    Ok(())
}

fn default(document: &mut DocumentMut, profile: &str, preset: Option<&str>, file: &str) -> Result<()> {
    let known = document.get("presets").and_then(Item::as_table_like);
    if let Some(wanted) = preset
        && !known.is_some_and(|presets| presets.contains_key(wanted))
        && document.get("include").is_none()
    {
        return Err(elsewhere("preset", wanted, file));
    }
    let profiles = top(document, "profiles", false, file)?;
    let table = profiles.get_mut(profile).and_then(Item::as_table_like_mut);
    let table = table.ok_or_else(|| elsewhere("profile", profile, file))?;
    match preset {
        Some(wanted) => written::put(table, "default_preset", &Literal::Text(wanted.to_owned())),
        None => drop(table.remove("default_preset")),
    }
    Ok(())
}

fn profiles(document: &mut DocumentMut) -> impl Iterator<Item = &mut dyn TableLike> {
    let profiles = document.get_mut("profiles").and_then(Item::as_table_like_mut);
    let items = profiles.into_iter().flat_map(|profiles| profiles.iter_mut());
    items.filter_map(|(_, item)| item.as_table_like_mut())
}
