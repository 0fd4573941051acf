//! What a run starts from: the places, the configuration with the files it includes, and the providers' pages with
//! the user's own laid over them. Console and command line read them alike.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::{Config, Included, Preset, Problem, Profile, Store, What};
use crate::domain::nearest::nearest;
use crate::domain::page::Page;
use crate::error::{Error, Kind, Result};
use crate::ports::children;
use crate::ports::clock::Clock;
use crate::ports::history::{self, Keep};
use crate::ports::paths::{self, Access, Lookup, Places, Stamp};
use crate::provider::catalog::Catalog;
use crate::provider::fits;

pub struct Setup {
    pub places: Places,
    pub config: Config,
    pub catalog: Arc<Catalog>,
    /// Whether there is a configuration file at all.
    pub exists: bool,
    /// Who else can get at the configuration file and those it includes, by the names profiles know them by.
    pub access: Vec<(String, Access)>,
    /// Those files as they were when they were read.
    pub read: Vec<(PathBuf, Stamp)>,
}

impl Setup {
    /// Reads everything. `flag` is `--config`. An error means that a file could not be read at all; what is wrong
    /// inside stays in the configuration's problems.
    pub fn load(flag: Option<&Path>, env: Lookup) -> Result<Setup> {
        let places = paths::places(flag, env)?;
        let mut read = vec![(places.config.clone(), paths::stamp(&places.config))];
        let file = paths::read_config(&places)?;
        let catalog = Arc::new(catalog(&places.config_dir.join("providers")));
        let name = places.config.display().to_string();
        let mut access = Vec::new();
        let exists = file.is_some();
        let config = match file {
            None => Config::empty(&name),
            Some(main) => {
                access.push((main.name.clone(), main.access));
                Config::assemble(&main.text, &main.name, &mut |written| {
                    let path = paths::beside(&places.config, written, env);
                    read.push((path.clone(), paths::stamp(&path)));
                    let file = paths::read_text(&path)?;
                    access.push((file.name.clone(), file.access));
                    Ok(Included { name: file.name, text: file.text })
                })
            }
        };
        let config = config.judged_by(fits::fault);
        children::hide(config.key_variables());
        Ok(Setup { places, config, catalog, exists, access, read })
    }

    pub fn access(&self, file: &str) -> Access {
        let known = self.access.iter().find(|(name, _)| name == file);
        known.map(|(_, access)| *access).unwrap_or_default()
    }

    /// A profile of this name that can be used, with its provider's page.
    pub fn profile(&self, name: &str) -> Result<(Profile, Arc<Page>)> {
        let unusable = |problems: Vec<Problem>| Problem::error(&problems);
        if self.config.is_broken() {
            return Err(unusable(self.config.problems().to_vec()));
        }
        if !self.config.profile_names().any(|known| known == name) {
            return Err(self.no_such(name));
        }
        let Some(provider) = self.config.provider_of(name) else {
            let about = Some(What::Profile(name.to_owned()));
            let problems = self.config.problems().iter().filter(|problem| problem.about == about);
            return Err(unusable(problems.cloned().collect()));
        };
        let page = match self.catalog.page(provider) {
            Some(Ok(page)) => page,
            Some(Err(fault)) => {
                return Err(Error::config(fault.to_string()).hint("mend that page of the provider"));
            }
            None => {
                let near = nearest(provider, self.catalog.ids());
                let error = Error::config(format!("profile {name} names an unknown provider"));
                return Err(match near {
                    Some(near) => error.hint(format!("did you mean `{near}`?")),
                    None => error.hint("`roomkey providers` lists them"),
                });
            }
        };
        self.config.profile(name, &page).map(|profile| (profile, page)).map_err(unusable)
    }

    /// The presets that fit profiles of a provider, in the order of the file: those made for one of them, and those
    /// made for none that it understands.
    pub fn presets(&self, page: &Page) -> impl Iterator<Item = Preset> {
        self.config.preset_names().filter_map(|name| {
            let of = self.config.profile_of(name);
            let preset = match of {
                Some(profile) if self.config.provider_of(profile) != Some(&page.id) => None,
                _ => self.config.preset(name, page).ok(),
            };
            preset.filter(|preset| of.is_some() || !preset.values.is_empty())
        })
    }

    /// The profile a preset names; an error where there is no such preset.
    pub fn profile_of_preset(&self, name: &str) -> Result<Option<&str>> {
        if self.config.is_broken() || self.config.preset_names().any(|known| known == name) {
            return Ok(self.config.profile_of(name));
        }
        let error = Error::usage(format!("there is no preset `{name}`"));
        let names: Vec<&str> = self.config.preset_names().collect();
        Err(match nearest(name, names.iter().copied()) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None if names.is_empty() => error.hint("F3 in the form of the console saves one"),
            None => error.hint(format!("choose {}", names.join(", "))),
        })
    }

    /// A preset of this name for a profile, or why it cannot be used with it.
    pub fn preset(&self, name: &str, profile: &Profile, page: &Page) -> Result<Preset> {
        let of = self.config.profile_of(name).and_then(|of| self.config.provider_of(of));
        if let Some(provider) = of.filter(|provider| *provider != page.id) {
            return Err(Error::usage(format!(
                "preset {name} is for {provider}, and profile {} is for {}",
                profile.name, page.id
            )));
        }
        self.config.preset(name, page).map_err(|problems| Problem::error(&problems))
    }

    fn no_such(&self, name: &str) -> Error {
        let error = Error::usage(format!("there is no profile `{name}`"));
        match nearest(name, self.config.profile_names()) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint(format!("choose {}", self.names())),
        }
    }

    /// The names of all profiles, for messages.
    pub fn names(&self) -> String {
        self.config.profile_names().collect::<Vec<_>>().join(", ")
    }

    /// How the history is to be kept, under the name of this run; nothing where the user wants none.
    pub fn history(
        &self,
        clock: &Clock,
        run: Option<String>,
        reads: bool,
    ) -> Result<Option<history::Options>> {
        let keep = match self.config.store() {
            Store::All => Keep::All,
            Store::Guest => Keep::Guest,
            Store::Off => return Ok(None),
        };
        let run =
            run.ok_or_else(|| Error::new(Kind::Storage, "could not get random bytes from the system"))?;
        let (dir, keep_days) = (self.places.state_dir.clone(), self.config.keep_days());
        Ok(Some(history::Options { dir, keep, keep_days, clock: clock.clone(), run, reads, at_once: false }))
    }

    /// Takes every link out of the history of a user who wants none any more. What could not be done now is done at
    /// the next start.
    pub fn give_up_history(&self) {
        if self.config.store() == Store::Off {
            let _ = history::give_up(&self.places.state_dir);
        }
    }

    /// Refuses what somebody else could have written: inline secrets and commands of a file that others can write.
    pub fn trust(&self, profile: &Profile) -> Result<()> {
        let doubtful = profile.trusts_file().next().filter(|_| self.access(&profile.file).others_can_write);
        let Some(setting) = doubtful else { return Ok(()) };
        let message =
            format!("others can write {}, which holds {setting} of profile {}", profile.file, profile.name);
        Err(Error::config(message).hint(format!("chmod go-w {}", profile.file)))
    }

    /// The standing warning about a secret that others can read.
    pub fn exposed(&self, profile: &Profile) -> Option<String> {
        let setting =
            profile.inline_secrets().next().filter(|_| self.access(&profile.file).others_can_read)?;
        Some(format!("others can read {setting} of profile {}: chmod 600 {}", profile.name, profile.file))
    }
}

/// The pages of the program and those of the user's directory, in the order of their names. What cannot be read is
/// listed with its error like a page that cannot be understood.
pub fn catalog(dir: &Path) -> Catalog {
    let mut catalog = Catalog::embedded();
    let Ok(entries) = std::fs::read_dir(dir) else { return catalog };
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    for path in files.iter().filter(|path| path.extension().is_some_and(|end| end == "toml")) {
        let Some(id) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
        let text = paths::read_text(path).map(|file| file.text);
        catalog.lay_over(id, &path.display().to_string(), text.unwrap_or_default());
    }
    catalog
}
