//! Secrets from every source: what is fetched, what is refused, and that nothing of it is told.
#![cfg(unix)]

use std::ffi::OsString;
use std::io::Read;
use std::os::unix::fs::OpenOptionsExt;
use std::process::Command;
use std::time::{Duration, Instant};

use roomkey::domain::secret::SecretSource;
use roomkey::error::{Error, Kind};
use roomkey::ports::children;
use roomkey::ports::secrets::{Fetched, LIMIT, Surroundings, Wanted, resolve};
use rustix::fs::OFlags;

fn env(name: &str) -> Option<OsString> {
    match name {
        "KEY" => Some("sk_CANARY".into()),
        "EMPTY" => Some("".into()),
        "SPACED" => Some(" sk_CANARY ".into()),
        "BROKEN" => Some("sk_\u{200B}CANARY".into()),
        _ => None,
    }
}

fn fetch_within(source: SecretSource, limit: Duration) -> Result<Fetched, Error> {
    let wanted = Wanted { source: &source, setting: "api_key", profile: "whereby" };
    let result = resolve(wanted, Surroundings { env: &env, limit });
    if let Err(error) = &result {
        assert_eq!(error.kind, Kind::Config);
        assert_eq!(error.next_step(), Some("check api_key of profile whereby"));
        assert!(!format!("{error} {error:?}").contains("CANARY"), "{error:?}");
    }
    result
}

fn text(source: SecretSource) -> Result<String, String> {
    let fetched = fetch_within(source, LIMIT).map_err(|error| error.message().to_owned())?;
    Ok(fetched.secret.expose().to_owned())
}

fn shell(script: &str) -> SecretSource {
    SecretSource::Command(["sh", "-c", script].map(String::from).to_vec())
}

#[test]
fn from_the_environment() {
    let from = |name: &str| text(SecretSource::Env(name.into()));
    assert_eq!(from("KEY").as_deref(), Ok("sk_CANARY"));
    assert_eq!(from("SPACED").as_deref(), Ok("sk_CANARY"));
    assert!(fetch_within(SecretSource::Env("SPACED".into()), LIMIT).unwrap().trimmed);
    assert_eq!(from("UNSET").unwrap_err(), "environment variable UNSET is not set");
    assert_eq!(from("EMPTY").unwrap_err(), "environment variable EMPTY is set but empty");
    assert_eq!(
        from("BROKEN").unwrap_err(),
        "environment variable BROKEN: character 4 is an invisible character, which no key holds"
    );
}

#[test]
fn from_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("key");
    let from = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        let said = text(SecretSource::File(path.display().to_string()));
        said.map_err(|error| error.replace(&path.display().to_string(), "PATH"))
    };
    assert_eq!(from(b"sk_CANARY\n").as_deref(), Ok("sk_CANARY"));
    assert_eq!(
        from(b"sk_CANARY\nmore\n").unwrap_err(),
        "file PATH: character 10 is a line break, which no key holds"
    );
    assert_eq!(from(b"\xFFsk_CANARY").unwrap_err(), "file PATH: not text at byte 0");
    assert_eq!(from(b"").unwrap_err(), "file PATH: holds nothing but white space");
    assert_eq!(from(&[b'k'; 8193]).unwrap_err(), "file PATH: longer than 8 KiB, which no key is");
    let missing = text(SecretSource::File("/nowhere/key".into())).unwrap_err();
    assert_eq!(missing, "there is no file /nowhere/key");
    let directory = text(SecretSource::File(dir.path().display().to_string())).unwrap_err();
    assert!(directory.ends_with("is a directory"), "{directory}");
}

#[test]
fn from_a_command() {
    assert_eq!(text(shell("echo sk_CANARY; echo second line")).as_deref(), Ok("sk_CANARY"));
    assert_eq!(text(shell("cat; printf sk_CANARY")).as_deref(), Ok("sk_CANARY"), "standard input is empty");
    assert_eq!(text(shell("echo CANARY >&2; exit 7")).unwrap_err(), "command sh ended with exit code 7");
    assert_eq!(text(shell("kill -9 $$")).unwrap_err(), "command sh was ended by signal 9");
    assert_eq!(text(shell("true")).unwrap_err(), "command sh printed nothing in its first line");
    assert_eq!(
        text(shell("echo; echo sk_CANARY")).unwrap_err(),
        "command sh printed nothing in its first line"
    );
    let missing = text(SecretSource::Command(vec!["/no/such/program".into()])).unwrap_err();
    assert_eq!(missing, "could not start command /no/such/program: no such file");
}

#[test]
fn no_shell_reads_the_arguments() {
    let argv = ["printf", "%s", "$(echo no);`no`"].map(String::from).to_vec();
    assert_eq!(text(SecretSource::Command(argv)).as_deref(), Ok("$(echo no);`no`"));
}

/// Not a test: what is hidden stays so for a whole process, so this has one of its own.
#[test]
#[ignore = "run by the next test, with a variable of its own"]
fn in_a_process_of_its_own() {
    let script = shell("printf %s \"${ONE_OF_OURS-gone}\"");
    assert_eq!(text(script.clone()).as_deref(), Ok("there"), "the test can tell the difference");
    children::hide(["ONE_OF_OURS"]);
    assert_eq!(text(script).as_deref(), Ok("gone"));
}

#[test]
fn commands_do_not_inherit_the_other_keys() {
    let mut process = Command::new(std::env::current_exe().unwrap());
    process.args(["--ignored", "--exact", "secrets::in_a_process_of_its_own"]).env("ONE_OF_OURS", "there");
    let ran = process.output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
fn a_command_that_waits_is_stopped_with_all_it_started() {
    // Both processes hold the pipe's writing end; it ends only when both are gone.
    let dir = tempfile::tempdir().unwrap();
    let fifo = dir.path().join("alive");
    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let flags = OFlags::NONBLOCK.bits().cast_signed();
    let mut alive = std::fs::File::options().read(true).custom_flags(flags).open(&fifo).unwrap();
    let script = format!("exec 3>'{}'; printf started >&3; sleep 1000 & sleep 1000", fifo.display());
    let started = Instant::now();
    let error = fetch_within(shell(&script), Duration::from_secs(1)).unwrap_err();
    assert_eq!(error.message(), "command sh gave no answer within 1 s and was stopped");
    assert!(started.elapsed() < Duration::from_secs(30));
    rustix::fs::fcntl_setfl(&alive, OFlags::empty()).unwrap();
    let mut read = String::new();
    alive.read_to_string(&mut read).unwrap();
    assert_eq!(read, "started");
}

#[test]
fn a_command_that_never_stops_talking_is_stopped() {
    let error = text(SecretSource::Command(vec!["yes".into(), "CANARY".into()])).unwrap_err();
    assert_eq!(error, "command yes printed more than 64 KiB and was stopped");
}

#[test]
fn a_command_that_closes_its_output_and_lingers_is_stopped() {
    let script = shell("echo sk_CANARY; exec >&- ; exec sleep 1000");
    let error = fetch_within(script, Duration::from_millis(300)).unwrap_err();
    assert_eq!(error.message(), "command sh gave no answer within 0.3 s and was stopped");
}
