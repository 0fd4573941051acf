//! Everything that can be said about a configuration once the providers' pages are at hand: each profile and preset
//! by its page, names that point at nothing, keys that look copied from one provider to another, zones, and keys of
//! the keyboard. Nothing is fetched and nothing is sent.

use crate::domain::nearest::did_you_mean;
use std::sync::Arc;

use crate::domain::page::Page;
use crate::domain::secret::SecretSource;

use super::basics::time_zone;
use super::preset::Notes as PresetNotes;
use super::problem::Pen;
use super::profile::Profile;
use super::{Config, Keymap, Problem};

type PageOf<'a> = &'a dyn Fn(&str) -> Option<Arc<Page>>;

impl Config {
    /// Every problem of the configuration, file by file. `providers` are the known ids, for "did you mean".
    pub fn check(&self, providers: &[&str], page_of: PageOf<'_>) -> Vec<Problem> {
        let mut problems = self.problems.clone();
        let profiles = self.check_profiles(providers, page_of, &mut problems);
        self.check_inline_keys(&profiles, &mut problems);
        for notes in &self.presets {
            self.check_preset(notes, page_of, &mut problems);
        }
        self.check_names(page_of, &mut problems);
        self.check_zones(&mut problems);
        match Keymap::shipped() {
            Ok(keymap) => problems.extend(keymap.with(&self.keys).1),
            Err(error) => problems.push(Problem::new(
                super::Severity::Error,
                &super::Place::whole(&self.file),
                error.to_string(),
            )),
        }
        let main = |problem: &Problem| problem.file != self.file;
        problems
            .sort_by(|a, b| (main(a), &a.file, a.line, a.column).cmp(&(main(b), &b.file, b.line, b.column)));
        problems.dedup();
        problems
    }

    fn check_profiles(
        &self,
        providers: &[&str],
        page_of: PageOf<'_>,
        problems: &mut Vec<Problem>,
    ) -> Vec<Profile> {
        let mut profiles = Vec::new();
        for notes in &self.profiles {
            let Some(provider) = notes.provider() else { continue };
            match page_of(provider) {
                Some(page) => profiles.push(notes.by_page(&page, self.fault, problems)),
                None => {
                    let place = notes.sheet.place("provider").unwrap_or(&notes.place);
                    let near = did_you_mean(provider, providers.iter().copied());
                    notes.pen(problems).bad(place, "provider", format!("there is no such provider{near}"));
                }
            }
        }
        profiles
    }

    /// The same key for two services is most likely a slip of the clipboard.
    fn check_inline_keys(&self, profiles: &[Profile], problems: &mut Vec<Problem>) {
        for (index, profile) in profiles.iter().enumerate() {
            for (setting, source) in profile.secrets() {
                let same = |other: &&Profile| {
                    other.provider != profile.provider && other.secrets().any(|(_, theirs)| theirs == source)
                };
                let earlier = profiles.iter().take(index).find(same);
                let (Some(earlier), SecretSource::Inline(_)) = (earlier, source) else { continue };
                let Some(notes) = self.profiles.iter().find(|notes| notes.name == profile.name) else {
                    continue;
                };
                let entry = notes.settings.iter().find(|entry| entry.key == setting);
                let place = entry.map_or(&notes.place, |entry| &entry.item.place);
                let text =
                    format!("the same key as in profile {}, which is another provider's", earlier.name);
                notes.pen(problems).warn(place, setting, text);
            }
        }
    }

    fn check_preset(&self, notes: &PresetNotes, page_of: PageOf<'_>, problems: &mut Vec<Problem>) {
        let page_for = |profile: &str| self.provider_of(profile).and_then(page_of);
        if let Some(profile) = notes.sheet.text("profile") {
            if let Some(page) = page_for(profile) {
                notes.by_page(&page, self.fault, problems);
            }
            return;
        }
        // Without a profile it is enough that it fits one of the providers in use: the one it fits best speaks.
        let mut best: Option<Vec<Problem>> = None;
        for page in self.profile_names().filter_map(page_for) {
            let mut said = Vec::new();
            notes.by_page(&page, self.fault, &mut said);
            if best.as_ref().is_none_or(|best| said.len() < best.len()) {
                best = Some(said);
            }
        }
        problems.extend(best.unwrap_or_default());
    }

    /// Names that point at a profile or a preset that is not there.
    fn check_names(&self, page_of: PageOf<'_>, problems: &mut Vec<Problem>) {
        if let (Some(name), Some(place)) = (self.default_profile(), self.basics.place("default_profile"))
            && !self.profile_names().any(|known| known == name)
        {
            let near = did_you_mean(name, self.profile_names());
            Pen { problems, about: None, path: String::new() }.slip(
                place,
                "default_profile",
                format!("there is no such profile{near}"),
            );
        }
        for notes in &self.presets {
            if let (Some(name), Some(place)) = (notes.sheet.text("profile"), notes.sheet.place("profile"))
                && !self.profile_names().any(|known| known == name)
            {
                let near = did_you_mean(name, self.profile_names());
                notes.pen(problems).bad(place, "profile", format!("there is no such profile{near}"));
            }
        }
        for notes in &self.profiles {
            let (Some(name), Some(place)) =
                (notes.sheet.text("default_preset"), notes.sheet.place("default_preset"))
            else {
                continue;
            };
            if !self.preset_names().any(|known| known == name) {
                let near = did_you_mean(name, self.preset_names());
                notes.pen(problems).slip(place, "default_preset", format!("there is no such preset{near}"));
                continue;
            }
            let theirs = self.profile_of(name).and_then(|profile| self.provider_of(profile));
            if let (Some(theirs), Some(ours)) = (theirs, notes.provider())
                && theirs != ours
                && page_of(ours).is_some()
            {
                notes.pen(problems).slip(place, "default_preset", "that preset belongs to another provider");
            }
        }
    }

    fn check_zones(&self, problems: &mut Vec<Problem>) {
        if let Err(problem) = self.zone() {
            problems.push(problem);
        }
        for notes in &self.templates {
            if let (Some(zone), Some(place)) = (notes.sheet.text("zone"), notes.sheet.place("zone"))
                && let Err(reason) = time_zone(zone)
            {
                notes.pen(problems).bad(place, "zone", reason);
            }
        }
    }
}
