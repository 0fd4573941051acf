//! Every rule of every page fires on the values it is meant for, stays silent on others, and its one-key remedy
//! really mends it.

use serde::Deserialize;

use roomkey::domain::keyed::Keyed;
use roomkey::domain::literal::Literal;
use roomkey::provider::compose::Raw;
use roomkey::provider::validate::{Problem, Severity};

use super::stage::{PROVIDERS, fixture, page, settings, typed, understand};

#[derive(Deserialize)]
struct Rules {
    rule: Vec<Sample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    operation: String,
    values: Keyed<Literal>,
    clean: Keyed<Literal>,
    #[serde(default)]
    error: Option<String>,
    #[serde(default)]
    warn: Option<String>,
    #[serde(default)]
    requires: Vec<String>,
}

fn problems(provider: &str, operation: &str, raw: &Raw) -> Vec<Problem> {
    let page = page(provider);
    let now = "2026-11-21T14:00:00Z".parse().unwrap();
    let example = page.operation(operation).and_then(|o| o.examples.first()).expect("an example");
    let settings = settings(&page, &example.settings.0);
    understand(&page, operation, raw, &settings, now).problems
}

impl Sample {
    fn heard<'a>(&self, problems: &'a [Problem]) -> Vec<&'a Problem> {
        let said = |p: &&Problem| {
            let error = p.severity == Severity::Error && Some(&p.text) == self.error.as_ref();
            let warn = p.severity == Severity::Warning && Some(&p.text) == self.warn.as_ref();
            let required = p.text.contains("is required")
                && p.field.as_ref().is_some_and(|field| self.requires.contains(field));
            error || warn || required
        };
        problems.iter().filter(said).collect()
    }
}

#[test]
fn every_rule_fires_and_its_remedy_mends() {
    for provider in PROVIDERS {
        for sample in fixture::<Rules>(provider, "rules.toml").rule {
            let place = format!(
                "{provider} {}: {:?} {:?} {:?}",
                sample.operation, sample.error, sample.warn, sample.requires
            );
            let raw = typed(&sample.values);
            let found = problems(provider, &sample.operation, &raw);
            let heard = sample.heard(&found);
            assert!(!heard.is_empty(), "{place}: silent, only {found:?}");
            let calm = problems(provider, &sample.operation, &typed(&sample.clean));
            assert!(sample.heard(&calm).is_empty(), "{place}: speaks without cause");
            for problem in heard.iter().filter(|problem| !problem.fix.is_empty()) {
                let mut mended = raw.clone();
                mended.retain(|(name, _)| !problem.fix.iter().any(|(fixed, _)| fixed == name));
                mended.extend(problem.fix.clone());
                let left = problems(provider, &sample.operation, &mended);
                assert!(sample.heard(&left).is_empty(), "{place}: the remedy does not mend it");
            }
        }
    }
}

#[test]
fn every_rule_of_every_page_has_a_sample() {
    for provider in PROVIDERS {
        let page = page(provider);
        let samples = fixture::<Rules>(provider, "rules.toml").rule;
        for (id, operation) in &page.operations {
            for rule in &operation.rules {
                let known = samples.iter().filter(|sample| sample.operation == *id).any(|sample| {
                    (rule.error.is_some() && rule.error == sample.error)
                        || (rule.warn.is_some() && rule.warn == sample.warn)
                        || (!rule.requires.is_empty()
                            && sample.requires.iter().any(|r| rule.requires.contains(r)))
                });
                assert!(known, "{provider} {id}: no sample for {rule:?}");
            }
        }
    }
}
