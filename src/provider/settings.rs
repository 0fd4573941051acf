//! What a profile holds, ready for use: its values, the page's defaults, addresses made whole. Secrets are either
//! known (for sending) or only known to exist (for previews, which read no environment, command or keyring).

use crate::domain::page::{Case, Kind, Page};
use crate::domain::secret::Secret;

use super::placeholder::{Part, Reference, Template};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    Plain(String),
    Secret(Secret),
    /// A secret that is configured and was not fetched.
    Hidden,
}

/// Setting keys and values of one profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    entries: Vec<(String, Setting)>,
}

impl Settings {
    /// Fills in the page's defaults and completes addresses.
    pub fn complete(page: &Page, given: Vec<(String, Setting)>) -> Settings {
        let mut settings = Settings { entries: given };
        for (key, spec) in &page.settings {
            if spec.trim || spec.secret {
                settings.trim(key);
            }
            if spec.rules.case == Some(Case::Lower)
                && let Some(Setting::Plain(text)) = settings.get(key)
            {
                let lower = text.trim().to_lowercase();
                settings.set(key, Setting::Plain(lower));
            }
            if settings.get(key).is_none()
                && let Some(default) = spec.default.as_deref().and_then(|text| settings.fill(text))
            {
                settings.entries.push((key.clone(), Setting::Plain(default)));
            }
            if let Some(Setting::Plain(address)) = settings.get(key)
                && (spec.completes.is_some() || spec.kind == Kind::Url)
            {
                let whole = whole_address(address, spec.completes.as_deref());
                settings.set(key, Setting::Plain(whole));
            }
        }
        settings
    }

    pub fn get(&self, key: &str) -> Option<&Setting> {
        self.entries.iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }

    /// A setting that is not secret.
    pub fn plain(&self, key: &str) -> Option<&str> {
        match self.get(key) {
            Some(Setting::Plain(text)) => Some(text),
            _ => None,
        }
    }

    /// The secrets that are known, so that texts of the provider can be searched for them.
    pub fn secrets(&self) -> impl Iterator<Item = &Secret> {
        self.entries.iter().filter_map(|(_, value)| match value {
            Setting::Secret(secret) => Some(secret),
            _ => None,
        })
    }

    fn set(&mut self, key: &str, value: Setting) {
        if let Some((_, slot)) = self.entries.iter_mut().find(|(k, _)| k == key) {
            *slot = value;
        }
    }

    fn trim(&mut self, key: &str) {
        let trimmed = match self.get(key) {
            Some(Setting::Plain(text)) => Setting::Plain(text.trim().into()),
            Some(Setting::Secret(secret)) => Setting::Secret(Secret::new(secret.expose().trim())),
            _ => return,
        };
        self.set(key, trimmed);
    }

    /// A default may name other settings; it is absent when one of them is.
    fn fill(&self, text: &str) -> Option<String> {
        let mut out = String::new();
        for part in Template::parse(text).ok()?.0 {
            match part {
                Part::Text(text) => out.push_str(&text),
                Part::Hole { reference: Reference::Setting(key), .. } => out.push_str(self.plain(&key)?),
                Part::Hole { .. } => return None,
            }
        }
        Some(out)
    }
}

/// No slash at the end; `completes` is added when the address has no path, its last segment when it lacks that.
fn whole_address(address: &str, completes: Option<&str>) -> String {
    let address = address.trim().trim_end_matches('/');
    let Some(completes) = completes else { return address.to_owned() };
    let path =
        address.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    let last = completes.rsplit('/').next().unwrap_or_default();
    match path {
        "" => format!("{address}{completes}"),
        path if path.rsplit('/').next() == Some(last) => address.to_owned(),
        _ => format!("{address}/{last}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_made_whole() {
        let bbb = |address: &str| whole_address(address, Some("/bigbluebutton/api"));
        for address in [
            "https://bbb.example.com",
            "https://bbb.example.com/",
            "https://bbb.example.com/bigbluebutton",
            "https://bbb.example.com/bigbluebutton/",
            "https://bbb.example.com/bigbluebutton/api",
            " https://bbb.example.com/bigbluebutton/api/ ",
        ] {
            assert_eq!(bbb(address), "https://bbb.example.com/bigbluebutton/api", "{address}");
        }
        assert_eq!(whole_address("https://api.whereby.dev/v1/", None), "https://api.whereby.dev/v1");
    }
}
