//! A command line that could not be understood, in our words. The parser's own would repeat what was written, and
//! what was written may be a key; here only names of options are repeated, never values.

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::domain::nearest::nearest;
use crate::error::Error;

use super::args::Args;
use super::streams::Streams;

/// Answers help and version, or tells of the mistake; the exit code.
pub(super) fn explain(error: &clap::Error, io: &mut Streams) -> u8 {
    let text = || error.render().to_string().trim_end().to_owned();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => io.show(&text()),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            io.say(&text());
            2
        }
        _ => io.fail(&worded(error)),
    }
}

fn worded(error: &clap::Error) -> Error {
    let option = words(error, ContextKind::InvalidArg).into_iter().next().map(|arg| name(&arg));
    let option = option.flatten();
    let about = option.clone().unwrap_or_else(|| "an argument".into());
    let seek = "`roomkey --help` shows what can be written";
    match error.kind() {
        ErrorKind::UnknownArgument => unknown(error, option),
        ErrorKind::InvalidSubcommand => {
            let written = words(error, ContextKind::InvalidSubcommand).into_iter().next().unwrap_or_default();
            let all = Args::command();
            let of = command_of(error, &all);
            let known = of.get_subcommands().filter(|command| !command.is_hide_set());
            let known: Vec<&str> = known.map(clap::Command::get_name).collect();
            let hint = match nearest(&written, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if of.get_name() == all.get_name() => seek.to_owned(),
                None => format!("choose {}", known.join(", ")),
            };
            Error::usage("there is no such command").hint(hint)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let choices = words(error, ContextKind::ValidValue);
            let missing = words(error, ContextKind::InvalidValue).iter().all(String::is_empty);
            let said = if missing { "needs a value" } else { "does not take this value" };
            let hint =
                if choices.is_empty() { seek.to_owned() } else { format!("choose {}", choices.join(", ")) };
            Error::usage(format!("{about} {said}")).hint(hint)
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = words(error, ContextKind::InvalidArg).join(", ");
            Error::usage(format!("missing: {missing}")).hint(seek)
        }
        ErrorKind::MissingSubcommand => {
            let choices = words(error, ContextKind::ValidSubcommand);
            Error::usage("a command is missing").hint(format!("choose {}", choices.join(", ")))
        }
        ErrorKind::ArgumentConflict => {
            let other = words(error, ContextKind::PriorArg).iter().find_map(|arg| name(arg));
            match other.filter(|other| *other != about) {
                Some(other) => Error::usage(format!("{about} and {other} do not go together")),
                None => Error::usage(format!("{about} stands twice")),
            }
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            Error::usage(format!("{about} takes one value")).hint(seek)
        }
        ErrorKind::InvalidUtf8 => Error::usage("an argument is not UTF-8"),
        _ => Error::usage("this command line cannot be understood").hint(seek),
    }
}

/// The command whose words were being read: the parser says it in the line of usage, `roomkey config <COMMAND>`.
fn command_of<'c>(error: &clap::Error, all: &'c clap::Command) -> &'c clap::Command {
    let usage = match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => usage.to_string(),
        _ => String::new(),
    };
    usage.split_whitespace().fold(all, |command, word| command.find_subcommand(word).unwrap_or(command))
}

fn unknown(error: &clap::Error, option: Option<String>) -> Error {
    let Some(option) = option else {
        return Error::usage("an argument stands where none is expected")
            .hint("`roomkey --help` shows what can be written");
    };
    let unknown = Error::usage(format!("there is no option {option}"));
    if ["key", "secret", "token", "pass", "cookie", "auth"].iter().any(|word| option.contains(word)) {
        return unknown
            .hint("keys are never arguments: write them into the configuration, best as { env = … }");
    }
    match words(error, ContextKind::SuggestedArg).first() {
        Some(near) => unknown.hint(format!("did you mean {near}?")),
        None => unknown.hint("`roomkey --help` shows what can be written"),
    }
}

/// The name of an option without anything that could be a value: `--key=X` gives `--key`, `-kX` gives `-k`.
fn name(written: &str) -> Option<String> {
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    if let Some(long) = written.strip_prefix("--") {
        let long = long.split(['=', ' ']).next().unwrap_or_default();
        return (plain(long) && long.len() <= 30).then(|| format!("--{long}"));
    }
    let short = written.strip_prefix('-')?.chars().next()?;
    short.is_ascii_alphabetic().then(|| format!("-{short}"))
}

fn words(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(word)) => vec![word.clone()],
        Some(ContextValue::Strings(words)) => words.clone(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_options_are_repeated() {
        assert_eq!(name("--key=sk_live_1").as_deref(), Some("--key"));
        assert_eq!(name("--port <N>").as_deref(), Some("--port"));
        assert_eq!(name("-ksk_live_1").as_deref(), Some("-k"));
        assert_eq!(name("sk_live_1"), None);
        assert_eq!(name("--Sk_live_1"), None);
    }
}
