//! Asking about something that was made, and deleting it: from an entry and its page to the request, from the answer to
//! a finding. The request uses the entry's details and the settings of its profile, never a link of it.

use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::entry::{Detail, Entry, Outcome};
use crate::domain::finding::{Asking, Finding, Found, Told};
use crate::domain::literal::Literal;
use crate::domain::page::{FollowUp, Operation, Page};
use crate::domain::request::{Failure, Preview, Request, Response};
use crate::domain::secret::MASK;
use crate::domain::text::DisplayText;
use crate::domain::values::Values;
use crate::error::{Error, Kind, Result};

use super::build;
use super::expand::Ground;
use super::outcome::{self, Verdict, Word, judge};
use super::placeholder::{Reference, Template};
use super::settings::Settings;
use super::told::told;
use super::wire::Secrets;

/// One call about one entry that can be made: the page knows how, and the entry holds what it needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub asking: Asking,
    pub entry: Entry,
    page: Arc<Page>,
}

impl Question {
    /// An error says why it cannot be asked.
    pub fn new(asking: Asking, entry: &Entry, page: Arc<Page>) -> Result<Question> {
        if let Outcome::NotCreated(_) = entry.outcome {
            return Err(Error::usage(match asking {
                Asking::Check => "nothing was created, so there is nothing to check",
                Asking::Delete => "nothing was created, so there is nothing to delete",
            }));
        }
        let question = Question { asking, entry: entry.clone(), page };
        let (page, follow) = (&question.page, question.follow());
        let Some(follow) = follow else {
            let made = question.operation().map_or(entry.operation.as_str(), |spec| spec.label.as_str());
            return Err(Error::usage(match asking {
                Asking::Check => format!("there is no way to look up at {} what “{made}” makes", page.name),
                Asking::Delete => format!("there is no way to delete at {} what “{made}” makes", page.name),
            }));
        };
        match question.lacks(follow) {
            None => Ok(question),
            Some(lack) => {
                let error =
                    Error::usage(format!("this entry does not hold {lack}, by which {} knows it", page.name));
                Err(error.hint(format!("look at {} itself", page.name)))
            }
        }
    }

    pub fn page(&self) -> &Page {
        &self.page
    }

    /// What the page calls it: "Archive the room".
    pub fn label(&self) -> Option<&str> {
        self.follow()?.label.as_deref()
    }

    /// What the page warns of before it is done.
    pub fn warning(&self) -> Option<&str> {
        self.follow()?.warn.as_deref()
    }

    /// The one setting whose secret this needs.
    pub fn secret_setting(&self, settings: &Settings) -> Option<String> {
        self.on(settings, Secrets::Hidden, |ground| {
            build::secret_setting(ground, &self.entry.operation).map(str::to_owned)
        })
    }

    pub fn request(&self, settings: &Settings) -> Result<Request> {
        let follow = self.follow().ok_or_else(|| Error::usage("the page does not say how"))?;
        self.on(settings, Secrets::Live, |ground| build::follow_up(ground, &self.entry.operation, follow))
    }

    /// The request with its secrets hidden; nothing where it cannot be shown whole.
    pub fn shown(&self, settings: &Settings) -> Option<Preview> {
        let follow = self.follow()?;
        self.on(settings, Secrets::Hidden, |ground| {
            build::follow_up_preview(ground, &self.entry.operation, follow).ok()
        })
    }

    /// What an answer means. An error of a kind that leaves it open says that it may be deleted.
    pub fn judge(
        &self,
        settings: &Settings,
        answer: &Result<Response, Failure>,
        at: Timestamp,
    ) -> Result<Finding> {
        let follow = self.follow().ok_or_else(|| Error::usage("the page does not say how"))?;
        self.on(settings, Secrets::Live, |ground| self.judge_on(ground, follow, answer, at))
    }

    fn judge_on(
        &self,
        ground: &Ground,
        follow: &FollowUp,
        answer: &Result<Response, Failure>,
        at: Timestamp,
    ) -> Result<Finding> {
        let found = |found| Ok(Finding { at, found });
        if let Ok(response) = answer
            && let Some((why, word)) = outcome::says_gone(ground, follow.answer, response)
        {
            return match (word, self.asking) {
                (Word::Strange, Asking::Delete) => Err(self.elsewhere()),
                _ => found(self.gone(&why, word == Word::Own)),
            };
        }
        match judge(ground, follow.answer, answer, at) {
            Verdict::Success(_) if self.asking == Asking::Delete => found(Found::Deleted),
            Verdict::Success(answer) => {
                let over = follow.gone.as_ref().is_some_and(|test| outcome::holds(&answer, test));
                match over {
                    true => found(self.gone(&format!("{} says it is over", self.page.name), true)),
                    false => {
                        self.there(told(ground, follow, &answer), follow).map(|found| Finding { at, found })
                    }
                }
            }
            Verdict::NotCreated(mut error) => {
                // Of the thing itself nothing was heard.
                if self.asking == Asking::Delete && error.status == Some(404) {
                    error.kind = Kind::Unclear;
                }
                Err(error)
            }
            Verdict::Maybe(error) => Err(self.open(error)),
        }
    }

    /// A look that tells nothing of what its page wants shown was not answered with the thing itself.
    fn there(&self, told: Vec<Told>, follow: &FollowUp) -> Result<Found> {
        if told.is_empty() && !follow.show.is_empty() {
            let message = format!("the answer of {} says nothing about it", self.page.name);
            let hint = format!("check base_url of profile {}", self.entry.profile);
            return Err(Error::new(Kind::Unclear, message).hint(hint));
        }
        Ok(Found::There(told))
    }

    /// To a deletion every "not there" of the provider is the answer that was wanted. A look proves something gone
    /// only where the
    /// operation has made it itself: other people's meetings may still begin, and what was only maybe made may still come.
    fn gone(&self, why: &str, sure: bool) -> Found {
        let made_here = self.operation().is_some_and(|spec| spec.delete.is_some());
        let sure = match self.asking {
            Asking::Delete => true,
            Asking::Check => sure && made_here && self.entry.outcome == Outcome::Created,
        };
        Found::Gone { why: DisplayText::line(why), sure }
    }

    /// Whoever answered is not known to be the provider.
    fn elsewhere(&self) -> Error {
        Error::new(Kind::Unclear, format!("{} was not found at this address", self.page.name))
            .hint(format!("check base_url of profile {}", self.entry.profile))
            .status(404)
    }

    /// No clear answer came.
    fn open(&self, error: Error) -> Error {
        self.unanswered(error.kind, error.message())
    }

    /// What is to be said where the answer of a call that was sent is not known.
    pub fn unanswered(&self, kind: Kind, message: &str) -> Error {
        Error::new(kind, message).hint(match self.asking {
            Asking::Check => "check once more in a moment",
            Asking::Delete => "it may be deleted: check it",
        })
    }

    fn operation(&self) -> Option<&Operation> {
        self.page.operation(&self.entry.operation)
    }

    fn follow(&self) -> Option<&FollowUp> {
        let spec = self.operation()?;
        match self.asking {
            Asking::Check => spec.check.as_ref(),
            Asking::Delete => spec.delete.as_ref(),
        }
    }

    /// The label of a detail the call needs and the entry does not hold.
    fn lacks(&self, follow: &FollowUp) -> Option<String> {
        let mut texts = vec![follow.call.path.as_str()];
        texts.extend(follow.query.iter().filter_map(|(_, literal)| match literal {
            Literal::Text(text) => Some(text.as_str()),
            _ => None,
        }));
        let templates = texts.into_iter().filter_map(|text| Template::parse(text).ok());
        let keys: Vec<String> = templates.flat_map(|template| details_of(&template)).collect();
        let known =
            |key: &str| self.entry.details.iter().any(|detail| detail.key == key && !detail.value.is_empty());
        let lack = keys.into_iter().find(|key| !known(key))?;
        let spec = self.operation().and_then(|spec| spec.details.get(&lack));
        Some(format!("“{}”", spec.map_or(lack.as_str(), |detail| detail.label.as_str())))
    }

    /// Does something with everything the placeholders may point at.
    fn on<T>(&self, settings: &Settings, secrets: Secrets, act: impl FnOnce(&Ground) -> T) -> T {
        let value = |detail: &Detail| match (secrets, detail.secret) {
            (Secrets::Hidden, true) => MASK.to_owned(),
            _ => detail.value.expose().to_owned(),
        };
        let present = self.entry.details.iter().filter(|detail| !detail.value.is_empty());
        let details: Vec<(String, String)> =
            present.map(|detail| (detail.key.clone(), value(detail))).collect();
        act(&Ground {
            page: &self.page,
            operation: self.operation(),
            settings,
            values: &Values::default(),
            answers: &[],
            urls: &[],
            details: &details,
            here: None,
            profile: &self.entry.profile,
            agent: "",
            secrets,
        })
    }
}

fn details_of(template: &Template) -> Vec<String> {
    let key = |reference: &Reference| match reference {
        Reference::Detail(key) => Some(key.clone()),
        _ => None,
    };
    template.references().filter_map(key).collect()
}
