//! `roomkey profile add`: asks for everything a profile of a provider holds (the questions stand in `questions`), tests
//! the key, shows what will be written, and writes it. Keys are typed unseen, go where the user wants them kept, and
//! are neither arguments nor ever shown. Until the last answer nothing is changed.

use std::path::Path;
use std::sync::Arc;

use crate::config::{Added, CONCURRENCY, Profile, SettingSource};
use crate::domain::page::Page;
use crate::error::{Error, Kind, Result};
use crate::ports::closed;
use crate::ports::files::{self, Written};
use crate::worker::setup::Setup;

use super::super::World;
use super::super::ask::{Asking, Stop};
use super::kept::Kept;
use super::test;

/// Why no profile came to be.
pub(super) enum End {
    Stop(Stop),
    Error(Error),
}

impl From<Stop> for End {
    fn from(stop: Stop) -> End {
        End::Stop(stop)
    }
}

impl From<Error> for End {
    fn from(error: Error) -> End {
        End::Error(error)
    }
}

/// Somebody to ask, and what is known so far.
pub(super) struct Desk<'w> {
    pub setup: Setup,
    pub asking: Asking,
    /// Whether a keyring answers, once it was asked.
    pub keyring: Option<bool>,
    pub world: &'w mut World,
}

/// The answers.
struct Draft {
    name: String,
    page: Arc<Page>,
    plain: Vec<(String, String)>,
    secrets: Vec<(String, Kept)>,
}

pub(super) fn run(name: Option<String>, world: &mut World) -> u8 {
    let mut desk = match begin(world) {
        Ok(desk) => desk,
        Err(error) => return world.io.fail(&error),
    };
    match desk.add(name) {
        Ok(true) => desk.world.io.show(&format!("written: {}", desk.setup.config.file())),
        Ok(false) | Err(End::Stop(Stop::Ended)) => desk.nothing(0),
        Err(End::Stop(stop)) => desk.nothing(stop.exit_code()),
        Err(End::Error(error)) => desk.world.io.fail(&error),
    }
}

fn begin(world: &mut World) -> Result<Desk<'_>> {
    let setup = Setup::load(world.config.as_deref(), &*world.env)?;
    let file = setup.config.file();
    let instead = format!(
        "write [profiles.NAME] with its provider and settings into {file} (`roomkey providers show ID`)"
    );
    let asking = Asking::begin(&instead)?;
    if setup.config.is_broken() {
        let message = format!("{file} is not valid TOML, so nothing is written into it");
        return Err(Error::config(message).hint("mend it first: roomkey config edit"));
    }
    Ok(Desk { setup, asking, keyring: None, world })
}

impl Desk<'_> {
    fn nothing(&mut self, code: u8) -> u8 {
        self.world.io.say("nothing was changed");
        code
    }

    fn add(&mut self, name: Option<String>) -> Result<bool, End> {
        let page = self.provider()?;
        let name = self.name(name, &page)?;
        let mut draft = Draft { name, page, plain: Vec::new(), secrets: Vec::new() };
        let page = Arc::clone(&draft.page);
        for (key, setting) in page.settings.iter().filter(|(_, setting)| !setting.secret) {
            if let Some(text) = self.setting(&draft.page, key, setting)? {
                draft.plain.push((key.clone(), text));
            }
        }
        loop {
            draft.secrets.clear();
            for (key, setting) in page.settings.iter().filter(|(_, setting)| setting.secret) {
                if let Some(kept) = self.secret(&draft.name, key, setting)? {
                    draft.secrets.push((key.clone(), kept));
                }
            }
            match self.tested(&draft)? {
                'k' => break,
                'g' => return Ok(false),
                _ => {}
            }
        }
        self.write(&draft)
    }

    /// `k` where the profile is to be kept, `t` where its keys are to be typed again, `g` to give up.
    fn tested(&mut self, draft: &Draft) -> Result<char, End> {
        if draft.page.test.is_none() {
            let said = format!("{} has no call that only tests a key, so it is not tested", draft.page.name);
            self.world.io.say(&said);
            return Ok('k');
        }
        self.world.io.say(&format!("asking {} …", draft.page.name));
        match test::test(&draft.profile(&self.setup), &draft.page, &self.world.env) {
            Ok(proof) => {
                self.world.io.say(&proof.told());
                Ok('k')
            }
            Err(error) => {
                self.world.io.fail(&error);
                let choices = [('t', "type the key again"), ('k', "keep it all the same"), ('g', "give up")];
                Ok(self.asking.letter("What now?", &choices, &mut self.world.io)?)
            }
        }
    }

    /// Shows what would be written and writes it, the keys first. False where the user does not want it.
    fn write(&mut self, draft: &Draft) -> Result<bool, End> {
        let file = self.setup.config.file().to_owned();
        let added = draft.added();
        self.world.io.say(&format!("\n{}", added.apply("", &file)?.trim_end()));
        let question = format!("\nWrite this into {file}?");
        if self.asking.letter(&question, &[('y', "yes"), ('n', "no")], &mut self.world.io)? == 'n' {
            return Ok(false);
        }
        closed::make_dir(self.dir())
            .map_err(|_| Error::new(Kind::Storage, "could not make the directory"))?;
        let mut put = Vec::new();
        let mut done = Ok(());
        for (_, kept) in &draft.secrets {
            done = kept.put();
            if done.is_err() {
                break;
            }
            put.push(kept);
        }
        let done = done.and_then(|()| self.put(&added));
        if done.is_err() {
            put.iter().for_each(|kept| kept.take_back());
        }
        done.map(|()| true).map_err(End::from)
    }

    fn put(&self, added: &Added) -> Result<()> {
        let (path, file) = (&self.setup.places.config, self.setup.config.file());
        if self.setup.exists {
            return files::rewrite(path, &mut |text| added.apply(text, file));
        }
        match files::write(path, added.apply("", file)?.as_bytes(), false)? {
            Written::Done => Ok(()),
            Written::Exists => {
                Err(Error::new(Kind::Storage, format!("{file} was made by somebody else meanwhile"))
                    .hint("try again"))
            }
        }
    }

    pub fn dir(&self) -> &Path {
        let dir = self.setup.places.config_dir.as_path();
        if dir.as_os_str().is_empty() { Path::new(".") } else { dir }
    }
}

impl Draft {
    fn added(&self) -> Added {
        let plain = self.plain.iter().map(|(key, text)| (key.clone(), SettingSource::Plain(text.clone())));
        let secret =
            self.secrets.iter().map(|(key, kept)| (key.clone(), SettingSource::Secret(kept.source())));
        Added {
            name: self.name.clone(),
            provider: self.page.id.clone(),
            settings: plain.chain(secret).collect(),
        }
    }

    /// The profile as it would be, with the keys that were typed.
    fn profile(&self, setup: &Setup) -> Profile {
        let plain = self.plain.iter().map(|(key, text)| (key.clone(), SettingSource::Plain(text.clone())));
        let secret =
            self.secrets.iter().map(|(key, kept)| (key.clone(), SettingSource::Secret(kept.at_hand())));
        Profile {
            name: self.name.clone(),
            provider: self.page.id.clone(),
            file: Arc::from(setup.config.file()),
            settings: plain.chain(secret).collect(),
            defaults: Vec::new(),
            default_preset: None,
            link_hosts: Vec::new(),
            ca_file: setup.config.ca_file().map(str::to_owned),
            concurrency: CONCURRENCY,
            prefix: None,
        }
    }
}
