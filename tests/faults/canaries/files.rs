//! What stays on the disk: the log at its most talkative, the history with all that lies beside it, temporary files.
//! Every secret field of every operation and every key.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use roomkey::provider::catalog::Catalog;
use roomkey::sandbox::{Fault, PROVIDERS};

use super::{echo, free_of, keys, required};
use crate::examples::{arguments, configure, examples};
use crate::stage::{Ran, Stage, finish};

/// Every file below a directory.
fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Bytes as text in which every ASCII letter stands as it is, whatever is around it.
fn contents(path: &Path) -> String {
    std::fs::read(path).unwrap().into_iter().map(char::from).collect()
}

/// Runs it with the log at its most talkative, and libraries told to talk as well.
fn run(stage: &Stage, arguments: &[String], env: &[(String, String)]) -> Ran {
    let temporary = stage.home().join("tmp");
    std::fs::create_dir_all(&temporary).unwrap();
    let mut command = stage.command();
    command.env("TMPDIR", temporary).env("RUST_LOG", "trace").env("RUST_BACKTRACE", "full");
    command.envs(env.iter().map(|(name, value)| (name, value)));
    command.arg("--config").arg(stage.config()).args(["--log-level", "trace", "create", "--json"]);
    finish(command.args(arguments))
}

/// The state and temporary files of a run hold none of this. The history keeps links as they are until their end, and
/// some are signed over a password that stands in them.
#[track_caller]
fn disk_is_free_of(stage: &Stage, secrets: &[String], links: &[String], place: &str) -> String {
    let mut log = String::new();
    for file in files(stage.home()).into_iter().filter(|file| *file != stage.config()) {
        let kept = file.to_string_lossy().contains("history.db");
        let links = links.iter().filter(|_| kept);
        let text = links.fold(contents(&file), |text, link| text.replace(link, ""));
        let place = format!("{place}, {}", file.display());
        assert!(!text.contains("CANARY"), "{place}: a canary");
        free_of(secrets, &text, &place);
        if file.ends_with("roomkey.log") {
            log = text;
        }
    }
    assert!(stage.home().join("state/roomkey/history.db").exists(), "{place}: no history");
    log
}

/// The addresses of the links that were made.
fn links(ran: &Ran) -> Vec<String> {
    let entry = ran.json();
    let links = entry["links"].as_array().unwrap().iter();
    links.map(|link| link["url"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn no_secret_field_of_any_operation_is_on_the_disk() {
    let catalog = Catalog::embedded();
    let mut sown = BTreeSet::new();
    for provider in PROVIDERS {
        let page = catalog.usable(provider).unwrap();
        for example in examples(provider) {
            let id = example.operation.clone().unwrap();
            let operation = page.operations.get(&id).unwrap();
            let mut env = Vec::new();
            let mut given = vec!["-p".to_owned(), provider.to_owned()];
            for argument in arguments(&example) {
                let secret = argument
                    .split_once('=')
                    .filter(|(name, value)| {
                        !value.is_empty() && operation.field_for(name).is_some_and(|(_, field)| field.secret)
                    })
                    .map(|(name, value)| (name.to_owned(), format!("{value}-CANARY-{}", env.len())));
                let Some((name, canary)) = secret else {
                    given.push(argument);
                    continue;
                };
                let variable = format!("SECRET_{}", env.len());
                given.push(format!("{name}=@env:{variable}"));
                sown.insert(format!("{provider} {id} {name}"));
                env.push((variable, canary));
            }
            if env.is_empty() {
                continue;
            }
            let stage = Stage::new();
            configure(&stage, provider, &example);
            let place = format!("{provider}, {}", example.title);
            let ran = run(&stage, &given, &env);
            assert!(matches!(ran.code, 0 | 5), "{place}: {ran:?}");
            let mut secrets = keys(|id| stage.sandbox.settings(id));
            secrets.extend(env.into_iter().map(|(_, canary)| canary));
            let log = disk_is_free_of(&stage, &secrets, &links(&ran), &place);
            // What is only signed sends nothing, and so there is little to tell.
            let told = log.contains(" trace ") || stage.sandbox.requests().is_empty();
            assert!(told && log.contains("ends with exit code"), "{place}: {log}");
            free_of(&secrets, &ran.err, &place);
        }
    }
    for provider in PROVIDERS {
        for (id, operation) in &catalog.usable(provider).unwrap().operations {
            for (name, _) in operation.fields().filter(|(_, field)| field.secret) {
                let place = format!("{provider} {id} {name}");
                assert!(sown.contains(&place), "no example has the secret field {place}");
            }
        }
    }
}

#[test]
fn no_key_is_on_the_disk_whatever_the_provider_repeats() {
    for provider in PROVIDERS {
        let stage = Stage::new();
        let secrets = keys(|id| stage.sandbox.settings(id));
        let sent: Vec<String> = keys(|id| match id == provider {
            true => stage.sandbox.settings(id),
            false => Vec::new(),
        });
        let mut given = vec!["-p".to_owned(), provider.to_owned()];
        given.extend(required(provider).iter().map(|(name, value)| format!("{name}={value}")));
        for status in [200, 400, 401, 403, 500] {
            stage.sandbox.order(Fault::new(provider, echo(provider, status, &sent[..1])));
            let ran = run(&stage, &given, &[]);
            assert!(!matches!(ran.code, 2 | 3), "{provider}, {status}: {ran:?}");
            disk_is_free_of(&stage, &secrets, &[], &format!("{provider}, {status}"));
        }
    }
}

#[test]
fn without_the_option_there_is_no_log_whatever_the_environment_says() {
    let stage = Stage::new();
    let mut command = stage.command();
    command.env("RUST_LOG", "trace").arg("--config").arg(stage.config());
    let ran = finish(command.args(["create", "-p", "whereby", "endDate=in 2h"]));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    assert!(!files(stage.home()).iter().any(|file| file.ends_with("roomkey.log")));
}

#[test]
fn a_log_that_cannot_be_kept_stops_nothing() {
    let stage = Stage::new();
    std::fs::create_dir_all(stage.home().join("state/roomkey/roomkey.log")).unwrap();
    let config = stage.config();
    let config = config.to_str().unwrap();
    let ran = finish(
        stage
            .command()
            .args(["--config", config, "--log-level=info", "create", "-p", "joinme"])
            .arg("startWithPersonalUrl=false"),
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("no log is kept: could not open"), "{ran:?}");
    let wrong = finish(stage.command().args(["--log-level", "CANARY", "config", "path"]));
    wrong.failed(2, "--log-level does not take this value: choose off, error, warn, info, debug, trace");
    assert!(!wrong.err.contains("CANARY"));
}
