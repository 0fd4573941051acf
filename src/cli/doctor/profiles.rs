//! The profiles: provider, and whether each secret is where it is said to be. No address is told, for it may name a
//! customer. Of a secret only the kind of its source is told, and it is fetched by the way a call would fetch it, so
//! that what would fail then fails here; commands are started only where that was asked for.

use std::path::Path;

use crate::config::Profile;
use crate::domain::secret::SecretSource;
use crate::ports::secrets::{self, LIMIT, Surroundings, Wanted};
use crate::ports::{http, paths};
use crate::worker::call::Env;
use crate::worker::setup::Setup;

use super::fact::Facts;

pub(super) fn look(setup: &Setup, env: &Env, commands: bool, facts: &mut Facts) {
    facts.about("profiles");
    if setup.exists && setup.config.has_no_profiles() && !setup.config.is_broken() {
        facts.note("profiles", "none: the console starts on the sandbox", "add one to the configuration");
    }
    for name in setup.config.profile_names() {
        match setup.profile(name) {
            Err(error) => {
                let todo = error.next_step().unwrap_or("roomkey config check names it with its line");
                facts.misconfigured(name, error.message(), todo);
            }
            Ok((profile, page)) => {
                facts.ok(name, &page.id);
                own_authority(&profile, env, facts);
                let refused = setup.trust(&profile).err();
                for (setting, source) in profile.secrets() {
                    let refused = refused.as_ref().filter(|_| by_file(source));
                    let name = format!("{name} {setting}");
                    match refused {
                        Some(error) => {
                            facts.misconfigured(&name, error.message(), error.next_step().unwrap_or_default())
                        }
                        None => secret(&name, (setting, source), &profile, env, commands, facts),
                    }
                }
            }
        }
    }
}

fn own_authority(profile: &Profile, env: &Env, facts: &mut Facts) {
    let Some(written) = &profile.ca_file else { return };
    let path = paths::beside(Path::new(&*profile.file), written, &**env);
    let name = format!("{} ca_file", profile.name);
    match http::authorities(&path) {
        Ok(count) => facts.ok(&name, format!("authorities: {count}")),
        Err(error) => facts.misconfigured(&name, error.message(), error.next_step().unwrap_or_default()),
    }
}

fn by_file(source: &SecretSource) -> bool {
    matches!(source, SecretSource::Inline(_) | SecretSource::Command(_))
}

fn kind(source: &SecretSource) -> &'static str {
    match source {
        SecretSource::Env(_) => "from the environment",
        SecretSource::Command(_) => "from a command",
        SecretSource::File(_) => "from a file",
        SecretSource::Keyring(_) => "from the keyring",
        SecretSource::Inline(_) => "in the configuration",
    }
}

fn secret(
    name: &str,
    (setting, source): (&str, &SecretSource),
    profile: &Profile,
    env: &Env,
    commands: bool,
    facts: &mut Facts,
) {
    let kind = kind(source);
    if matches!(source, SecretSource::Command(_)) && !commands {
        return facts.ok(name, format!("{kind}, which was not run; --run does"));
    }
    let wanted = Wanted { source, setting, profile: &profile.name };
    match secrets::resolve(wanted, Surroundings { env: &**env, limit: LIMIT }) {
        Ok(fetched) if fetched.trimmed => {
            facts.note(
                name,
                format!("{kind}: there, with white space around it"),
                "take the white space away",
            );
        }
        Ok(_) => facts.ok(name, format!("{kind}: there")),
        Err(error) => {
            let why = hide_name(error.message(), source);
            facts.misconfigured(name, format!("{kind}: {why}"), &format!("check {setting} of this profile"));
        }
    }
}

/// Without the name of a file or account, which may be the key itself, put into the wrong place. A variable's name is
/// told where it is written as those are, `ACME_KEY`, and no key is.
fn hide_name(message: &str, source: &SecretSource) -> String {
    let name = match source {
        SecretSource::Env(name) if is_usual(name) => "",
        SecretSource::Env(name) | SecretSource::File(name) | SecretSource::Keyring(name) => name.as_str(),
        SecretSource::Command(argv) => argv.first().map_or("", String::as_str),
        SecretSource::Inline(_) => "",
    };
    if name.is_empty() { message.to_owned() } else { message.replace(name, "…") }
}

fn is_usual(variable: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.len() <= 16 && word.bytes().all(|b| b.is_ascii_uppercase());
    variable.contains('_') && variable.split('_').all(is_word)
}
