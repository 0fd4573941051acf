//! What a plan under way has brought: the links and details of its entry, each judged before it counts.

use crate::domain::entry::Detail;
use crate::domain::link::{Audience, Link};
use crate::domain::page::{DetailAudience, DetailSpec, LinkSpec};
use crate::domain::secret::Secret;
use crate::domain::text::DisplayText;
use crate::error::Result;
use crate::provider::link_check::{self, Expected, LinkCheck};
use crate::provider::outcome::unclear;
use crate::provider::placeholder::{Reference, Template};
use crate::provider::wire::Secrets;
use crate::provider::{answer, ends};

use super::{Flow, odd};

impl Flow {
    /// The links the answers and signatures give. A link whose step ran but whose value is missing or unusable is an
    /// error unless it is optional.
    pub(super) fn links(&mut self) -> Result<Vec<Link>> {
        let Some(spec) = self.plan.spec() else { return Ok(Vec::new()) };
        let mut links = Vec::new();
        let mut warnings = Vec::new();
        for (id, link) in &spec.links {
            if !self.facts().all(&link.when) || !self.has_run(&link.url) {
                continue;
            }
            match self.ground(Secrets::Live).address(&link.url) {
                Some(url) => match self.link(id, link, url) {
                    Ok(made) => links.push(made),
                    Err(reason) if link.optional => warnings.push(format!("no {}: {reason}", link.label)),
                    Err(reason) => {
                        return Err(unclear(&self.plan.page, &format!("gave no usable link: {reason}")));
                    }
                },
                None if link.optional => warnings.extend(self.asked_in_vain(id, link)),
                None => {
                    return Err(unclear(&self.plan.page, &format!("gave no {}", link.label.to_lowercase())));
                }
            }
        }
        self.warnings.extend(warnings);
        odd::mark_equal(&mut links);
        Ok(links)
    }

    /// A warning when an optional link was asked for by name and did not come.
    fn asked_in_vain(&self, id: &str, link: &LinkSpec) -> Option<String> {
        let wanted = self.plan.values.iter().any(|(_, value)| {
            link.url.rsplit('/').next().is_some_and(|name| value.has(name.trim_end_matches('}')))
        });
        wanted.then(|| format!("no {id} link was returned"))
    }

    /// Whether the steps a text points at have been performed.
    fn has_run(&self, text: &str) -> bool {
        let Ok(template) = Template::parse(text) else { return false };
        template.references().all(|reference| match reference {
            Reference::Answer(step, _) => self.answers.iter().any(|(id, _)| id == step),
            Reference::Url(step) => self.urls.iter().any(|(id, _)| id == step),
            _ => true,
        })
    }

    fn link(&self, id: &str, spec: &LinkSpec, url: String) -> Result<Link, &'static str> {
        let ground = self.ground(Secrets::Live);
        let (url, warning) = match self.check(&url) {
            LinkCheck::Good => (url, None),
            LinkCheck::Unusual(reason) => (link_check::as_read(&url), Some(reason)),
            LinkCheck::Hostile(reason) => return Err(reason),
        };
        let audience = self.audience(spec);
        let (ends, source, note) = ends::resolve(&ground, &spec.ends, self.arrived);
        let person = spec.person.as_deref().and_then(|person| ground.text(person));
        let label = match (person, audience, spec.audience) {
            (Some(person), Audience::Host, Audience::Personal) => format!("{} ({person}, host)", spec.label),
            (Some(person), ..) => format!("{} ({person})", spec.label),
            (None, Audience::Host, Audience::Personal) => format!("{} (host)", spec.label),
            (None, ..) => spec.label.clone(),
        };
        let note = [note, spec.note.clone()].into_iter().flatten().collect::<Vec<_>>().join("; ");
        let secret = spec.secret || audience != Audience::Guest;
        Ok(Link {
            id: id.to_owned(),
            label: DisplayText::line(&label).into(),
            url: Secret::new(url),
            audience,
            reuse: spec.reuse,
            secret,
            ends,
            source,
            note: (!note.is_empty()).then(|| DisplayText::line(&note).into()),
            warning,
        })
    }

    /// Whom a link is for: a personal one whose holder is host is a host link.
    pub(super) fn audience(&self, spec: &LinkSpec) -> Audience {
        let is_host = spec.role.as_deref() == Some("host")
            || (!spec.host_if.is_empty() && self.facts().all(&spec.host_if));
        if is_host { Audience::Host } else { spec.audience }
    }

    fn check(&self, url: &str) -> LinkCheck {
        let base = self.settings.plain("base_url").unwrap_or_default();
        let own = [base, self.settings.plain("link_base").unwrap_or(base)];
        let host = crate::domain::request::host(base);
        let patterns: Vec<String> = (self.plan.page.link_hosts.iter())
            .map(|pattern| pattern.replace("{setting:base_url}", &host))
            .chain(self.plan.link_hosts.iter().cloned())
            .collect();
        link_check::check(url, &Expected { patterns: &patterns, own: &own })
    }

    pub(super) fn details(&self) -> Vec<Detail> {
        let Some(spec) = self.plan.spec() else { return Vec::new() };
        spec.details.iter().filter_map(|(key, detail)| self.detail(key, detail)).collect()
    }

    fn detail(&self, key: &str, spec: &DetailSpec) -> Option<Detail> {
        let value = self.detail_value(spec)?;
        let host = spec.audience == Some(DetailAudience::Host)
            || (!spec.host_if.is_empty() && self.facts().all(&spec.host_if));
        let (label, value) = (DisplayText::line(&spec.label).into(), Secret::new(value));
        Some(Detail { key: key.to_owned(), label, value, secret: spec.secret, copy: spec.copy, host })
    }

    pub(super) fn detail_value(&self, spec: &DetailSpec) -> Option<String> {
        if !self.facts().all(&spec.when) {
            return None;
        }
        let ground = self.ground(Secrets::Live);
        let value = |text: &str| match Template::parse(text).ok()?.lone() {
            Some((reference, reading)) => {
                let value = ground.value(reference, reading)?;
                answer::text(&value)
                    .or_else(|| (value.is_object() || value.is_array()).then(|| value.to_string()))
            }
            None => ground.text(text),
        };
        value(&spec.value).or_else(|| spec.or.as_deref().and_then(value))
    }

    pub(super) fn detail_warnings(&self) -> Vec<String> {
        let Some(spec) = self.plan.spec() else { return Vec::new() };
        let present = |detail: &&DetailSpec| self.detail_value(detail).is_some();
        spec.details.iter().map(|(_, detail)| detail).filter(present).filter_map(|d| d.warn.clone()).collect()
    }
}
