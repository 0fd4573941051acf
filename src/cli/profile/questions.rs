//! What is asked for a new profile, in the words and by the rules of its provider's page. A question is asked again
//! until its answer will do; what was wrong is said without repeating it.

use std::sync::Arc;

use crate::config::{new_profile_name, setting_text};
use crate::domain::page::{Page, Setting};
use crate::domain::secret::{Secret, SecretSource};
use crate::ports::secrets::{self, LIMIT, Surroundings, Wanted};
use crate::ports::{children, keyring};

use super::super::page;
use super::add::{Desk, End};
use super::kept::Kept;

impl Desk<'_> {
    /// A page of the catalogue.
    pub fn provider(&mut self) -> Result<Arc<Page>, End> {
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

    /// A name that no profile has.
    pub fn name(&mut self, given: Option<String>, page: &Page) -> Result<String, End> {
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
    pub fn setting(&mut self, of: &Page, key: &str, setting: &Setting) -> Result<Option<String>, End> {
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
    pub fn secret(&mut self, profile: &str, key: &str, setting: &Setting) -> Result<Option<Kept>, End> {
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
}
