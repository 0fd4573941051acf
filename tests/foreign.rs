//! Clients of these services that others wrote, at work against the sandbox: what they sign, send and read has to
//! fit. They live in a Python environment named by `ROOMKEY_FOREIGN_VENV`, made with
//! `python3 -m venv DIR && DIR/bin/pip install bbbctl==0.5.1 whereby-api==0.1.3 bigbluebutton-api-python==0.0.11`.
//! Without it these tests say so and check nothing.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]

#[path = "support/skipped.rs"]
mod skipped;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Command, Output};

use jiff::Timestamp;
use roomkey::sandbox::{Running, Sandbox, World};

use skipped::skipped;

struct Foreign {
    running: Running,
    bin: PathBuf,
}

impl Foreign {
    /// Nothing when the environment is not there to be used.
    fn open() -> Option<Foreign> {
        let Some(folder) = std::env::var_os("ROOMKEY_FOREIGN_VENV") else {
            skipped("ROOMKEY_FOREIGN_VENV names no Python environment");
            return None;
        };
        let world = World::still(Timestamp::from_second(1_795_269_600).unwrap(), 11);
        let running = Sandbox::bind(0, world).unwrap().serve().unwrap();
        Some(Foreign { running, bin: PathBuf::from(folder).join("bin") })
    }

    fn setting(&self, provider: &str, name: &str) -> String {
        let settings = self.running.settings(provider);
        settings.into_iter().find(|(key, _)| key == name).unwrap().1
    }

    /// Runs a script of `tests/foreign` and wants it to succeed.
    fn python(&self, script: &str, arguments: &[String]) -> String {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/foreign").join(script);
        let output = Command::new(self.bin.join("python")).arg(path).args(arguments).output().unwrap();
        text(output)
    }

    fn bbbctl(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(self.bin.join("bbbctl"));
        // it adds `api` only to a server without any path
        command.args(["--server", &format!("{}api", self.setting("bigbluebutton", "base_url"))]);
        command.args(["--secret", &self.setting("bigbluebutton", "secret"), "--format", "compact"]);
        command.args(arguments).output().unwrap()
    }
}

/// What a browser would be told at this address.
fn follow(link: &str) -> String {
    let (host, path) = link.trim().trim_start_matches("http://").split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn text(output: Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn bbbctl_creates_lists_joins_and_ends() {
    let Some(foreign) = Foreign::open() else { return };
    let name = "Sprint \u{201c}7\u{201d} \u{1f680} it's ü & more";
    let made = foreign.bbbctl(&["meeting", "create", "e-1", name, "--meta", "ticket=INC 42", "--record"]);
    text(made);
    let room = foreign.running.rooms().remove(0);
    assert_eq!((room.id.as_str(), room.name.as_str(), room.created), ("e-1", name, 1));
    assert!(text(foreign.bbbctl(&["meeting", "list"])).contains("e-1"));
    assert!(text(foreign.bbbctl(&["meeting", "info", "e-1"])).contains("INC 42"));
    let link = text(foreign.bbbctl(&["meeting", "join", "e-1", "Zoë Müller"]));
    assert!(follow(&link).contains("/bbb/client/BigBlueButton.html?sessionToken="), "{link}");
    text(foreign.bbbctl(&["record", "list"]));
    text(foreign.bbbctl(&["meeting", "end", "e-1"]));
    assert!(!foreign.running.rooms()[0].alive);
    let gone = foreign.bbbctl(&["meeting", "info", "none"]);
    assert!(!gone.status.success());
    assert!(String::from_utf8_lossy(&gone.stderr).contains("notFound"), "{gone:?}");
}

#[test]
fn the_python_library_for_bigbluebutton_works() {
    let Some(foreign) = Foreign::open() else { return };
    // it keeps only the host of an address that does not end in /bigbluebutton/api/
    let arguments =
        [foreign.setting("bigbluebutton", "base_url"), foreign.setting("bigbluebutton", "secret")];
    let said = foreign.python("bbb_library.py", &arguments);
    assert_eq!(said.trim(), "version 2.0, running true, people 1, refused invalidPassword, ended");
    assert_eq!(foreign.running.rooms()[0].name, "Zoë & Co. (A/B+C=100%)");
}

#[test]
fn the_python_client_for_whereby_works() {
    let Some(foreign) = Foreign::open() else { return };
    let arguments = [foreign.setting("whereby", "base_url"), foreign.setting("whereby", "api_key")];
    let said = foreign.python("whereby_client.py", &arguments);
    assert_eq!(said.trim(), "made, read, deleted, gone 404");
    assert_eq!(foreign.running.created("whereby"), 1);
}
