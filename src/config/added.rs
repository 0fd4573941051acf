//! A profile that is added to a configuration: its name and settings by the rules of the loader, and its place in the
//! text of the file, of which everything else stays as the user wrote it. Secrets are never part of it, only where they
//! are kept.

use toml_edit::{InlineTable, Item, Table, Value};

use crate::domain::page::Page;
use crate::domain::secret::SecretSource;
use crate::error::{Error, Result};

use super::change::{preset_name, rewritten, top};
use super::problem::name as shown;
use super::{Config, SettingSource, rules};

/// A profile as it goes into the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Added {
    pub name: String,
    /// Id of the provider.
    pub provider: String,
    /// What the user wants other than by default; no source is the secret itself.
    pub settings: Vec<(String, SettingSource)>,
}

/// The name a new profile may have, or what is wrong with it.
pub fn new_profile_name(text: &str, config: &Config) -> std::result::Result<String, String> {
    let name = preset_name(text)?;
    match config.profile_names().any(|known| known == name) {
        true => Err("there is a profile of this name already".to_owned()),
        false => Ok(name),
    }
}

/// A setting as it is used, or what is wrong with it; never a word of the value.
pub fn setting_text(page: &Page, key: &str, text: &str) -> std::result::Result<String, String> {
    let setting = page.settings.get(key).ok_or("there is no such setting")?;
    rules::fit(text, setting, rules::is_part_of_host(page, key))
}

impl Added {
    /// The text of a file with this profile in it.
    pub fn apply(&self, text: &str, file: &str) -> Result<String> {
        rewritten(text, file, |document| {
            let first = document.as_table().is_empty();
            let profiles = top(document, "profiles", true, file)?;
            if profiles.contains_key(&self.name) {
                let message = format!("there is a profile {} already", shown(&self.name));
                return Err(Error::config(message).hint("choose another name"));
            }
            let inline = profiles.iter().any(|(_, item)| item.is_inline_table());
            let item = match inline {
                true => Item::Value(Value::InlineTable(self.pairs()?.into_iter().collect())),
                false => {
                    let mut table = Table::new();
                    if !first {
                        table.decor_mut().set_prefix("\n");
                    }
                    table.extend(self.pairs()?);
                    Item::Table(table)
                }
            };
            profiles.insert(&self.name, item);
            Ok(())
        })
    }

    fn pairs(&self) -> Result<Vec<(String, Value)>> {
        let mut pairs = vec![("provider".to_owned(), Value::from(self.provider.as_str()))];
        for (key, source) in &self.settings {
            pairs.push((key.clone(), value(source)?));
        }
        Ok(pairs)
    }
}

fn value(source: &SettingSource) -> Result<Value> {
    let way = |way: &str, name: &str| Value::InlineTable(InlineTable::from_iter([(way, name)]));
    match source {
        SettingSource::Plain(text) => Ok(text.as_str().into()),
        SettingSource::Secret(SecretSource::Env(name)) => Ok(way("env", name)),
        SettingSource::Secret(SecretSource::File(path)) => Ok(way("file", path)),
        SettingSource::Secret(SecretSource::Keyring(account)) => Ok(way("keyring", account)),
        SettingSource::Secret(SecretSource::Command(_) | SecretSource::Inline(_)) => {
            Err(Error::config("only where a secret is kept is written"))
        }
    }
}
