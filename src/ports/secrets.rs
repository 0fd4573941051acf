//! Fetches a secret from where a profile says it is: environment, command, file, keyring, or the configuration itself.
//! Each way can wait, so this runs off the drawing thread. Errors name the source and the position of what is wrong in
//! it, never a piece of the secret, and never what a command wrote to its standard error.

use std::io::Read;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::domain::mask;
use crate::domain::secret::{Secret, SecretSource};
use crate::error::{Error, Result};

use super::children::{self, Waited};
use super::keyring;
use super::paths::{self, Lookup};

/// How long a command may take.
pub const LIMIT: Duration = Duration::from_secs(10);
/// Largest output of a command, in bytes.
const MOST_OUTPUT: usize = 64 * 1024;
/// Largest secret, in bytes. No service issues longer ones, and no server takes them.
const MOST: usize = 8 * 1024;

/// What is to be fetched, with the names for the messages.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub source: &'a SecretSource,
    /// `api_key`
    pub setting: &'a str,
    pub profile: &'a str,
}

/// What fetching needs of the world.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    pub env: Lookup<'a>,
    /// Time for a command, usually `LIMIT`.
    pub limit: Duration,
}

/// A secret fit for a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    pub secret: Secret,
    /// White space stood around it and was dropped (one line break at the end does not count): worth a word, since
    /// it hints at a slip.
    pub trimmed: bool,
}

/// Fetches a secret; every error is of kind `Config`.
pub fn resolve(wanted: Wanted<'_>, world: Surroundings<'_>) -> Result<Fetched> {
    let Wanted { source, setting, profile } = wanted;
    let raw = match source {
        SecretSource::Env(name) => from_env(name, world),
        SecretSource::Command(argv) => from_command(argv, world),
        SecretSource::File(path) => from_file(path, world),
        SecretSource::Keyring(account) => keyring::read(account),
        SecretSource::Inline(secret) => Ok(Zeroizing::new(secret.expose().as_bytes().to_vec())),
    };
    let fetched = raw.and_then(|raw| clean(&raw).map_err(|why| format!("{}: {why}", source.describe())));
    if let Ok(fetched) = &fetched {
        mask::watch(&fetched.secret);
    }
    fetched.map_err(|why| Error::config(why).hint(format!("check {setting} of profile {profile}")))
}

type Raw = Zeroizing<Vec<u8>>;

fn from_env(name: &str, world: Surroundings<'_>) -> Result<Raw, String> {
    let value = (world.env)(name).ok_or_else(|| format!("environment variable {name} is not set"))?;
    if value.is_empty() {
        return Err(format!("environment variable {name} is set but empty"));
    }
    Ok(Zeroizing::new(value.into_encoded_bytes()))
}

fn from_file(path: &str, world: Surroundings<'_>) -> Result<Raw, String> {
    let path = paths::with_home(path, world.env);
    paths::read_bytes(&path, MOST_OUTPUT).map(|(bytes, _)| bytes).map_err(|error| error.message().to_owned())
}

/// Runs the program without a shell and takes the first line it prints.
fn from_command(argv: &[String], world: Surroundings<'_>) -> Result<Raw, String> {
    let (program, arguments) = argv.split_first().ok_or("the command is empty")?;
    let told = format!("command {program}");
    let mut command = children::command(program);
    command.args(arguments).stdout(Stdio::piped());
    own_group(&mut command);
    let mut child =
        command.spawn().map_err(|error| format!("could not start {told}: {}", paths::reason(&error)))?;
    let (mut output, status) = match listen(&mut child, world.limit) {
        Ok(heard) => heard,
        Err(silence) => {
            stop(&mut child);
            return Err(format!("{told} {}", silence.told(world.limit)));
        }
    };
    if !status.success() {
        return Err(format!("{told} {}", ended(status)));
    }
    let line = output.iter().position(|byte| *byte == b'\n').unwrap_or(output.len());
    output.truncate(line);
    if output.is_empty() {
        return Err(format!("{told} printed nothing in its first line"));
    }
    Ok(output)
}

/// Why a command was stopped.
enum Silence {
    TooLong,
    TooMuch,
    Unreadable,
}

impl Silence {
    fn told(&self, limit: Duration) -> String {
        match self {
            Silence::TooLong => format!("gave no answer within {} s and was stopped", limit.as_secs_f32()),
            Silence::TooMuch => format!("printed more than {} KiB and was stopped", MOST_OUTPUT / 1024),
            Silence::Unreadable => "could not be read from and was stopped".to_owned(),
        }
    }
}

/// Waits for the output and the end of a child, each on a thread of its own making, both within the limit. The
/// child is not reaped before the limit is kept, so its process group cannot have become somebody else's.
fn listen(child: &mut Child, limit: Duration) -> Result<(Raw, ExitStatus), Silence> {
    let stdout = child.stdout.take().ok_or(Silence::Unreadable)?;
    let id = child.id();
    let waited = Waited::on(id);
    let (heard, hear) = mpsc::channel();
    std::thread::spawn(move || {
        let mut output = Zeroizing::new(Vec::with_capacity(MOST_OUTPUT + 1));
        let read = stdout.take(MOST_OUTPUT as u64 + 1).read_to_end(&mut output);
        let result = match read {
            Err(_) => Err(Silence::Unreadable),
            Ok(_) if output.len() > MOST_OUTPUT => Err(Silence::TooMuch),
            Ok(_) => {
                await_end(id);
                Ok(output)
            }
        };
        // Nobody listens any more once the limit has passed.
        let _ = heard.send(result);
    });
    let output = hear.recv_timeout(limit).map_err(|_| Silence::TooLong)??;
    drop(waited);
    let status = child.wait().map_err(|_| Silence::Unreadable)?;
    Ok((output, status))
}

/// Returns when the child has ended, and leaves it to be reaped.
#[cfg(unix)]
fn await_end(id: u32) {
    use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
    if let Some(pid) = i32::try_from(id).ok().and_then(Pid::from_raw) {
        while matches!(waitid(WaitId::Pid(pid), options), Err(rustix::io::Errno::INTR)) {}
    }
}

#[cfg(not(unix))]
fn await_end(_: u32) {}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
fn own_group(_: &mut Command) {}

/// Ends the child with all it has started.
fn stop(child: &mut Child) {
    children::end_group(child.id());
    // Where the group is gone already, so is the child; both calls may then fail without harm.
    let _ = child.kill();
    let _ = child.wait();
}

fn ended(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return format!("was ended by signal {signal}");
    }
    match status.code() {
        Some(code) => format!("ended with exit code {code}"),
        None => "was ended from outside".to_owned(),
    }
}

/// A secret must pass through a header or a query untouched: printable ASCII, spaces only inside.
fn clean(raw: &[u8]) -> Result<Fetched, String> {
    let text =
        std::str::from_utf8(raw).map_err(|error| format!("not text at byte {}", error.valid_up_to()))?;
    let line = text.strip_suffix('\n').unwrap_or(text);
    let line = line.strip_suffix('\r').unwrap_or(line);
    let bare = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if bare.is_empty() {
        return Err("holds nothing but white space".to_owned());
    }
    if bare.len() > MOST {
        return Err(format!("longer than {} KiB, which no key is", MOST / 1024));
    }
    match bare.char_indices().enumerate().find(|(_, (_, c))| !matches!(c, ' '..='~')) {
        Some((at, (_, c))) => Err(format!("character {} is {}, which no key holds", at + 1, kind(c))),
        None => Ok(Fetched { secret: Secret::new(bare), trimmed: bare.len() != line.len() }),
    }
}

fn kind(c: char) -> &'static str {
    match c {
        '\n' | '\r' => "a line break",
        _ if c.is_control() => "a control character",
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => {
            "an invisible character"
        }
        '\u{2018}'..='\u{201F}' => "a typographic quote",
        _ if c.is_whitespace() => "an unusual space",
        _ => "not ASCII",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_trimmed_and_plain() {
        let kept = |raw: &str| clean(raw.as_bytes()).map(|f| (f.secret.expose().to_owned(), f.trimmed));
        assert_eq!(kept("key"), Ok(("key".into(), false)));
        assert_eq!(kept("key\n"), Ok(("key".into(), false)));
        assert_eq!(kept("key\r\n"), Ok(("key".into(), false)));
        assert_eq!(kept(" key\u{A0}\n"), Ok(("key".into(), true)));
        assert_eq!(kept("sid=1; b=2"), Ok(("sid=1; b=2".into(), false)));
        for (raw, said) in [
            ("ke\ny", "character 3 is a line break"),
            ("k\u{200B}ey", "character 2 is an invisible character"),
            ("ke\u{A0}y", "character 3 is an unusual space"),
            ("“key”", "character 1 is a typographic quote"),
            ("kéy", "character 2 is not ASCII"),
            ("k\u{0}y", "character 2 is a control character"),
            ("  \n", "nothing but white space"),
        ] {
            let error = kept(raw).unwrap_err();
            assert!(error.contains(said), "{raw:?}: {error}");
        }
        assert!(clean(&vec![b'k'; MOST]).is_ok());
        assert!(clean(&vec![b'k'; MOST + 1]).unwrap_err().contains("8 KiB"));
        assert_eq!(clean(b"ke\xFFy").unwrap_err(), "not text at byte 2");
    }
}
