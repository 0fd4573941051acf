//! A plan as it would go out, with its secrets hidden: what the form shows and a dry run prints.

use crate::domain::link::Audience;
use crate::domain::page::Step;
use crate::domain::request::Preview;
use crate::error::{Error, Kind, Result};
use crate::provider::build;
use crate::provider::expand::Ground;
use crate::provider::plan::Plan;
use crate::provider::settings::Settings;
use crate::provider::wire::Secrets;

use super::Flow;

/// The links a plan only signs, as far as they are known before anything is sent, with the credential hidden.
pub fn signed_links(plan: &Plan, settings: &Settings) -> Result<Vec<(Audience, String)>> {
    let flow = Flow::new(plan.clone(), settings.clone());
    let Some(spec) = plan.spec() else { return Ok(Vec::new()) };
    let ground = flow.ground(Secrets::Hidden);
    let mut links = Vec::new();
    for step in spec.steps.iter().filter(|step| step.offline && flow.applies(step)) {
        let url = build::preview(&ground, &plan.operation, step)?.url;
        let place = format!("{{{}:url}}", step.id);
        for (_, link) in spec.links.iter().filter(|(_, l)| l.url == place && flow.facts().all(&l.when)) {
            links.push((flow.audience(link), url.clone()));
        }
    }
    Ok(links)
}

/// The requests of a plan with their secrets hidden, and the links that are only signed. Nothing is sent and no
/// secret is needed; what a later step takes from an earlier answer is named instead.
pub fn previews(plan: &Plan, settings: &Settings) -> Result<Vec<Preview>> {
    let Some(spec) = plan.spec() else {
        return Err(Error::new(Kind::Usage, "this operation does not exist"));
    };
    let ground = Ground {
        page: &plan.page,
        operation: Some(spec),
        settings,
        values: &plan.values,
        answers: &[],
        urls: &[],
        details: &[],
        here: None,
        profile: &plan.profile,
        agent: &plan.agent,
        secrets: Secrets::Hidden,
    };
    let applies = |step: &&Step| ground.facts().all(&step.when);
    spec.steps.iter().filter(applies).map(|step| build::preview(&ground, &plan.operation, step)).collect()
}
