//! A place to run the program in: a home of its own, a sandbox, and a configuration with one profile per provider.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jiff::Timestamp;
use roomkey::sandbox::{PROVIDERS, Running, Sandbox, World};
use tempfile::TempDir;

pub struct Stage {
    home: TempDir,
    pub sandbox: Running,
}

/// What a run of the program came to.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// The exit code is this, the sentence is said, and standard output is empty.
    #[track_caller]
    pub fn failed(&self, code: i32, sentence: &str) {
        assert_eq!(self.code, code, "{self:?}");
        assert!(self.err.contains(sentence), "{sentence:?} is not in {self:?}");
        assert_eq!(self.out, "", "{self:?}");
    }
}

impl Stage {
    /// A serving sandbox and a profile for each provider that fits it.
    pub fn new() -> Stage {
        Stage::whose_clock(Timestamp::now)
    }

    /// The same with another clock at the services.
    pub fn whose_clock(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Stage {
        let world = World { now: std::sync::Arc::new(now), seed: 7 };
        let sandbox = Sandbox::bind(0, world).unwrap().serve().unwrap();
        let stage = Stage { home: TempDir::new().unwrap(), sandbox };
        let profiles: Vec<String> = PROVIDERS.iter().map(|provider| stage.profile(provider, &[])).collect();
        stage.configure(&format!("zone = \"UTC\"\nagent = \"Ada\"\n{}", profiles.join("\n")));
        stage
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn config(&self) -> PathBuf {
        self.home().join("config.toml")
    }

    /// A profile of the provider's name. `instead` are lines that replace the sandbox's settings, or add to them.
    pub fn profile(&self, provider: &str, instead: &[(&str, &str)]) -> String {
        let mut text = format!("[profiles.{provider}]\nprovider = \"{provider}\"\n");
        for (name, value) in self.sandbox.settings(provider) {
            if !instead.iter().any(|(key, _)| *key == name) {
                text.push_str(&format!("{name} = '{value}'\n"));
            }
        }
        for (name, value) in instead {
            text.push_str(&format!("{name} = {value}\n"));
        }
        text
    }

    /// Writes the configuration.
    pub fn configure(&self, text: &str) {
        std::fs::write(self.config(), text).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(self.config(), std::fs::Permissions::from_mode(0o600)).unwrap();
        }
    }

    /// The program in this place, without the configuration.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_roomkey"));
        command.env_clear().env("HOME", self.home()).env("XDG_CONFIG_HOME", self.home().join("none"));
        command.env("XDG_STATE_HOME", self.home().join("state")).current_dir(self.home());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the program with the configuration.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        finish(self.command().arg("--config").arg(self.config()).args(arguments))
    }
}

/// Runs a command to its end.
pub fn finish(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
