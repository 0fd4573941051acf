//! The console of a stage in a pseudo-terminal, and what its first line counts.

use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};

use roomkey::sandbox::PROVIDERS;

use crate::pty::Pty;
use crate::stage::Stage;

pub struct Console(Pty);

impl Console {
    /// With the configuration of that file; waits for its first screen.
    pub fn open(stage: &Stage, config: &Path) -> Console {
        let mut console = Console::begin(stage, config);
        console.until_shown(&["roomkey", "whereby", "q quit"]);
        console
    }

    pub fn begin(stage: &Stage, config: &Path) -> Console {
        Console::started_by(stage, config, &[], Path::new(env!("CARGO_BIN_EXE_roomkey")))
    }

    /// Started by the words before it: a shell that sets limits, another user, a tracer.
    pub fn started_by(stage: &Stage, config: &Path, by: &[String], program: &Path) -> Console {
        let state = format!("XDG_STATE_HOME={}", stage.home().join("state").display());
        let (program, config) = (program.display().to_string(), config.display().to_string());
        let mut argv = vec!["env", &state];
        argv.extend(by.iter().map(String::as_str));
        argv.extend([program.as_str(), "--config", &config]);
        Console(Pty::run((120, 30), &argv))
    }

    /// Waits until this holds.
    pub fn sees(&mut self, wanted: &str, is_so: impl Fn(&Console) -> bool) {
        while !is_so(self) {
            let before = self.screen();
            self.0.until(wanted, |pty| pty.screen() != before);
        }
    }

    /// How many rows of a state the first line counts.
    pub fn counted(&self, state: &str) -> usize {
        let screen = self.screen();
        let words: Vec<&str> = screen.lines().next().unwrap_or_default().split_whitespace().collect();
        let count = words.iter().position(|word| *word == state).and_then(|at| words.get(at.checked_sub(1)?));
        count.map_or(0, |count| count.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().unwrap())
    }

    /// How many entries have links that can be used.
    pub fn links(&self) -> usize {
        self.counted("live") + self.counted("ending")
    }

    pub fn leave(mut self) {
        self.keys("q");
        assert_eq!(self.exit_code(), 0);
    }
}

impl Deref for Console {
    type Target = Pty;
    fn deref(&self) -> &Pty {
        &self.0
    }
}

impl DerefMut for Console {
    fn deref_mut(&mut self) -> &mut Pty {
        &mut self.0
    }
}

/// A configuration in which every profile is named after its provider and `suffix`.
pub fn named(stage: &Stage, suffix: &str) -> PathBuf {
    let profile = |provider: &&str| {
        let named = format!("[profiles.{provider}-{suffix}]");
        stage.profile(provider, &[]).replace(&format!("[profiles.{provider}]"), &named)
    };
    let path = stage.home().join(format!("{suffix}.toml"));
    std::fs::write(&path, PROVIDERS.iter().map(profile).collect::<Vec<_>>().join("\n")).unwrap();
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    path
}
