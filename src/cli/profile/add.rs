//! `roomkey profile add`: asks for everything a profile of a provider holds, tests the key, shows what will be written,
//! and writes it. Keys are typed unseen, go where the user wants them kept, and are neither arguments nor ever shown.
//! Until the last answer nothing is changed.

use std::path::Path;
use std::sync::Arc;

use crate::config::{Added, CONCURRENCY, Profile, SettingSource, new_profile_name, setting_text};
use crate::domain::page::{Page, Setting};
use crate::domain::secret::{Secret, SecretSource};
use crate::error::{Error, Kind, Result};
use crate::ports::files::{self, Written};
use crate::ports::secrets::{self, LIMIT, Surroundings, Wanted};
use crate::ports::{children, keyring};
use crate::worker::setup::Setup;

use super::super::ask::{Asking, Stop};
use super::super::{World, page};
use super::kept::Kept;
use super::test;

/// Why no profile came to be.
enum End {
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
struct Desk<'w> {
    setup: Setup,
    asking: Asking,
    /// Whether a keyring answers, once it was asked.
    keyring: Option<bool>,
    world: &'w mut World,
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

    fn provider(&mut self) -> Result<Arc<Page>, End> {
        let pages: Vec<_> = self.setup.catalog.ids().filter_map(|id| self.setup.catalog.usable(id)).collect();
        for (number, page) in (1..).zip(&pages) {
            self.world.io.say(&format!("{number}  {}: {}", page.id, page.about));
        }
        loop {
            let answer = self.asking.line("Provider, by number or name: ", &mut self.world.io)?;
            let numbered = (1..)
                .zip(&pages)
                .find(|(number, page)| answer == number.to_string() || answer.eq_ignore_ascii_case(&page.id));
            match numbered {
                Some((_, page)) => return Ok(Arc::clone(page)),
                None => self.world.io.say("there is no such provider"),
            }
        }
    }

    fn name(&mut self, given: Option<String>, page: &Page) -> Result<String, End> {
        if let Some(given) = given {
            match new_profile_name(&given, &self.setup.config) {
                Ok(name) => return Ok(name),
                Err(why) => self.world.io.say(&format!("the name: {why}")),
            }
        }
        let mut free =
            (1..).map(|number| if number == 1 { page.id.clone() } else { format!("{}-{number}", page.id) });
        let free = free.find(|name| new_profile_name(name, &self.setup.config).is_ok()).unwrap_or_default();
        loop {
            let answer = self.asking.line(&format!("Name of the profile [{free}]: "), &mut self.world.io)?;
            let wanted = if answer.is_empty() { &free } else { &answer };
            match new_profile_name(wanted, &self.setup.config) {
                Ok(name) => return Ok(name),
                Err(why) => self.world.io.say(&why),
            }
        }
    }

    /// A setting other than by default.
    fn setting(&mut self, of: &Page, key: &str, setting: &Setting) -> Result<Option<String>, End> {
        self.world.io.say(&format!("{key}: {}", page::setting(setting)));
        let offered = setting.default.as_deref().map(|text| format!(" [{text}]")).unwrap_or_default();
        loop {
            let answer = self.asking.line(&format!("{key}{offered}: "), &mut self.world.io)?;
            let needed = setting.rules.required && setting.default.is_none();
            if answer.is_empty() && !needed {
                return Ok(None);
            }
            match setting_text(of, key, &answer) {
                Ok(text) => return Ok((setting.default.as_ref() != Some(&text)).then_some(text)),
                Err(why) => self.world.io.say(&why),
            }
        }
    }

    /// A secret and where it is to be kept; nothing where the user leaves it out.
    fn secret(&mut self, profile: &str, key: &str, setting: &Setting) -> Result<Option<Kept>, End> {
        self.world.io.say(&format!("{key}: {}", page::setting(setting)));
        let mut ways = Vec::new();
        if *self.keyring.get_or_insert_with(|| keyring::has(profile).is_some()) {
            ways.push(('k', "in the keyring"));
        }
        ways.extend([
            ('f', "in a file of its own, for you alone"),
            ('e', "in an environment variable that you set"),
        ]);
        if !setting.rules.required || !setting.needed_by.is_empty() {
            ways.push(('s', "skip it"));
        }
        loop {
            let way =
                self.asking.letter(&format!("Where shall {key} be kept?"), &ways, &mut self.world.io)?;
            let kept = match way {
                's' => return Ok(None),
                'e' => Ok(self.variable(profile, key)?),
                _ => {
                    let secret = self.typed(profile, key)?;
                    match way {
                        'k' => Kept::in_keyring(profile, key, secret),
                        _ => Kept::in_file(self.dir(), profile, key, secret),
                    }
                }
            };
            match kept {
                Ok(kept) => return Ok(Some(kept)),
                Err(error) => drop(self.world.io.fail(&error)),
            }
        }
    }

    fn variable(&mut self, profile: &str, key: &str) -> Result<Kept, End> {
        let usual = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
        let usual: String = format!("{profile}_{key}").chars().map(usual).collect();
        let usual = if usual.starts_with(|c: char| c.is_ascii_digit()) { format!("_{usual}") } else { usual };
        loop {
            let answer =
                self.asking.line(&format!("Name of the variable [{usual}]: "), &mut self.world.io)?;
            let name = if answer.is_empty() { usual.clone() } else { answer };
            let good = !name.starts_with(|c: char| c.is_ascii_digit())
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            if good {
                children::hide([name.clone()]);
                return Ok(Kept::Variable(name));
            }
            self.world.io.say(
                "a variable's name is made of letters, digits and `_`; the key itself is not asked for here",
            );
        }
    }

    /// A key fit for a request.
    fn typed(&mut self, profile: &str, key: &str) -> Result<Secret, End> {
        loop {
            let typed = self.asking.unseen(&format!("{key} (it is not shown): "), &mut self.world.io)?;
            let source = SecretSource::Inline(typed);
            let wanted = Wanted { source: &source, setting: key, profile };
            match secrets::resolve(wanted, Surroundings { env: &*self.world.env, limit: LIMIT }) {
                Ok(fetched) => return Ok(fetched.secret),
                Err(error) => {
                    let why = error.message().trim_start_matches("the configuration file: ");
                    self.world.io.say(&format!("what was typed: {why}"));
                }
            }
        }
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
        files::make_dir(self.dir()).map_err(|_| Error::new(Kind::Storage, "could not make the directory"))?;
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

    fn dir(&self) -> &Path {
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
