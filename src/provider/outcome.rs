//! The one place that decides what an answer means for a creating call: created, certainly not created, or maybe.
//! Pages say how a provider words its errors; what follows from a status for the room is said here alone.
//! In doubt it is "maybe".

use jiff::Timestamp;
use url::Url;

use crate::domain::page::{AnswerKind, ErrorRow, Errors, Page, RowKind, ValueTest};
use crate::domain::request::{Failure, Response};
use crate::domain::text::DisplayText;
use crate::error::{Error, Kind};

use super::answer::{Answer, is_packed};
use super::condition::from_json;
use super::expand::Ground;
use super::hide::hide;
use super::time_header;

/// What one answer means.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    Success(Answer),
    NotCreated(Error),
    Maybe(Error),
}

/// Longest wait a provider's word is taken for, in seconds.
const LONGEST_WAIT: u64 = 3600;
/// Longest piece of a provider's own words in an error, in characters.
const QUOTED: usize = 200;

/// Judges the answer to a step. `ground` fills the placeholders of error rows.
pub fn judge(
    ground: &Ground,
    kind: AnswerKind,
    result: &Result<Response, Failure>,
    at: Timestamp,
) -> Verdict {
    let response = match result {
        Ok(response) => response,
        Err(Failure::NotSent(error)) => return Verdict::NotCreated(error.clone()),
        Err(Failure::Unknown(error)) => return Verdict::Maybe(error.clone()),
    };
    let answer = read(kind, response);
    let here = Ground { here: Some((response, answer.as_ref())), ..*ground };
    let errors = &ground.page.errors;
    if (200..300).contains(&response.status) {
        return judge_success(&here, errors, response, answer.clone(), at);
    }
    let mut error = explain(&here, errors, response, answer.as_ref(), at).status(response.status);
    match response.status {
        401 => error.kind = Kind::Auth,
        429 => error.kind = Kind::RateLimited,
        307 | 308 => error.kind = Kind::Redirected,
        408 => error.kind = Kind::Timeout,
        status if status < 400 => error.kind = Kind::Unclear,
        500.. => error.kind = Kind::Server,
        _ => {}
    }
    if error.kind.exit_code() == 8 { Verdict::Maybe(error) } else { Verdict::NotCreated(error) }
}

fn judge_success(
    here: &Ground,
    errors: &Errors,
    response: &Response,
    answer: Option<Answer>,
    at: Timestamp,
) -> Verdict {
    let Some(answer) = answer else { return Verdict::Maybe(unreadable(here.page, response)) };
    let Some(ok) = &errors.ok else { return Verdict::Success(answer) };
    if holds(&answer, ok) {
        return Verdict::Success(answer);
    }
    if errors.no.as_ref().is_some_and(|no| !holds(&answer, no)) {
        return Verdict::Maybe(
            unclear(here.page, "gave an answer that says neither yes nor no").status(response.status),
        );
    }
    Verdict::NotCreated(explain(here, errors, response, Some(&answer), at).status(response.status))
}

fn read(kind: AnswerKind, response: &Response) -> Option<Answer> {
    if is_packed(response) {
        return None;
    }
    match kind {
        AnswerKind::Json => Answer::json(&response.body),
        AnswerKind::Xml | AnswerKind::BbbJoin => Answer::xml(&response.body),
    }
}

fn unreadable(page: &Page, response: &Response) -> Error {
    let start = response.body.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(0);
    let head = response.body[start..].iter().take(15).map(u8::to_ascii_lowercase).collect::<Vec<_>>();
    let is_page = head.starts_with(b"<!doctype html") || head.starts_with(b"<html");
    let text = if is_page {
        "answered with a web page (a proxy or portal?)"
    } else {
        "gave an answer that cannot be read"
    };
    unclear(page, text).status(response.status)
}

/// Whose word it is that something is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// The provider's own, which leaves no doubt.
    Own,
    /// A bare 404 may as well come from a wrong address.
    Bare,
    /// A 404 in no form of the provider's: a web page, or the words of another server.
    Strange,
}

/// Why an answer to a call about something says that it is not there, and whose word that is. Nothing where it does not
/// say so, and where the page takes its 404 for something else.
pub fn says_gone(ground: &Ground, kind: AnswerKind, response: &Response) -> Option<(String, Word)> {
    let answer = read(kind, response);
    let here = Ground { here: Some((response, answer.as_ref())), ..*ground };
    let errors = &ground.page.errors;
    let refused = match response.status {
        200..300 => errors.no.as_ref().is_some_and(|no| answer.as_ref().is_some_and(|a| holds(a, no))),
        400..500 => true,
        _ => false,
    };
    let words = vendor_text(&here, errors, answer.as_ref());
    let row =
        errors.case.iter().find(|row| matches(row, errors, response, answer.as_ref(), words.as_deref()));
    let means_other =
        row.is_some_and(|row| row.kind != RowKind::Gone && row.status.iter().any(|status| *status == 404));
    let by_status = response.status == 410 || (response.status == 404 && !means_other);
    let row = row.filter(|row| refused && row.kind == RowKind::Gone);
    if row.is_none() && !by_status {
        return None;
    }
    let key = answer.as_ref().and_then(|answer| errors.key.iter().find_map(|at| answer.text_at(at)));
    let word = if response.status == 410 || words.is_some() || key.is_some() {
        Word::Own
    } else if answer.is_none() && !response.body.trim_ascii().is_empty() {
        Word::Strange
    } else {
        Word::Bare
    };
    let said = row.filter(|_| word == Word::Own).and_then(|row| here.text(&row.say));
    let plain = || format!("{} answered {}", ground.page.name, response.status);
    Some((hide(&here, &said.unwrap_or_else(plain)), word))
}

/// "maybe created" because the answer cannot be understood.
pub fn unclear(page: &Page, text: &str) -> Error {
    Error::new(Kind::Unclear, format!("{} {text}", page.name))
        .hint("check at the provider before you try again")
}

/// Whether a test on one value of an answer holds.
pub fn holds(answer: &Answer, test: &ValueTest) -> bool {
    let value = answer.at(&test.at).map(|json| from_json(&json));
    let is = |literal| value.as_ref().is_some_and(|value| value.is(literal));
    test.is.as_ref().is_none_or(is) && test.not.as_ref().is_none_or(|literal| !is(literal))
}

/// The page's sentence for an error answer that came at this time, or a plain one with the provider's own words.
/// After too many calls it says how long to wait, where the provider did.
pub fn explain(
    here: &Ground,
    errors: &Errors,
    response: &Response,
    answer: Option<&Answer>,
    at: Timestamp,
) -> Error {
    let own_words = vendor_text(here, errors, answer);
    let row = errors.case.iter().find(|row| matches(row, errors, response, answer, own_words.as_deref()));
    let mut error = match row {
        Some(row) => by_row(here, row, response, own_words),
        None => plain(here.page, response, own_words),
    };
    if response.status == 429 || error.kind == Kind::RateLimited {
        error.wait =
            error.wait.or_else(|| time_header::retry_after(response, at)).map(|s| s.min(LONGEST_WAIT));
    }
    match error.wait {
        Some(0) | None => error,
        Some(seconds) => {
            error.hint(format!("wait {}, then try again", crate::domain::moment::short_span(seconds as i64)))
        }
    }
}

fn by_row(here: &Ground, row: &ErrorRow, response: &Response, own_words: Option<String>) -> Error {
    let mut said = here.text(&row.say).unwrap_or_else(|| generic(here.page, response));
    if matches!(row.kind, RowKind::Field | RowKind::Refused | RowKind::Exists | RowKind::Provider)
        && let Some(words) = own_words.filter(|words| !said.contains(words.as_str()))
    {
        said.push_str(&format!(" (\"{words}\")"));
    }
    let kind = match row.kind {
        RowKind::Auth => Kind::Auth,
        RowKind::Limit => Kind::RateLimited,
        RowKind::Field | RowKind::Exists | RowKind::Gone | RowKind::Refused | RowKind::Provider => {
            Kind::Refused
        }
    };
    let wait = |text: &Option<String>| text.as_deref().and_then(|text| here.seconds(text));
    let wait = wait(&row.wait).or_else(|| wait(&row.or_wait)).filter(|seconds| *seconds >= 0);
    let mut error = Error::new(kind, hide(here, &said));
    if let Some(hint) = row.hint.as_deref().and_then(|hint| here.text(hint)) {
        error = error.hint(hide(here, &hint));
    }
    error.wait =
        wait.and_then(|seconds| u64::try_from(seconds).ok()).map(|seconds| seconds.min(LONGEST_WAIT));
    error.field = row.field.clone();
    error
}

fn generic(page: &Page, response: &Response) -> String {
    match response.status {
        300..=399 => match elsewhere(response) {
            Some(host) => format!("{} redirects to {host}; roomkey follows no redirect", page.name),
            None => format!("{} points elsewhere; roomkey follows no redirect", page.name),
        },
        400..=499 => format!("{} refused the request", page.name),
        500..=599 => format!("{} reports trouble of its own", page.name),
        _ => format!("{} gave an unexpected answer", page.name),
    }
}

/// The host a redirect names, as a browser would read it; none where it stays on the same one.
fn elsewhere(response: &Response) -> Option<String> {
    let url = Url::parse(response.header("location")?).ok()?;
    let host = url.host_str().filter(|host| host.len() <= 253)?;
    Some(host.to_owned())
}

fn plain(page: &Page, response: &Response, own_words: Option<String>) -> Error {
    let words = own_words.map(|words| format!(": \"{words}\"")).unwrap_or_default();
    let hint = match response.status {
        401 => "check the key of this profile",
        403 => "check what this key may do",
        429 => "wait a little and try again",
        307 | 308 | 404 => "check base_url of this profile",
        300..=399 => "check at the provider before you try again, and base_url of this profile",
        ..=199 | 408 | 500.. => "check at the provider before you try again",
        _ => "",
    };
    let message = format!("{} ({}){words}", generic(page, response), response.status);
    Error::new(Kind::Refused, message).hint(hint)
}

/// The provider's own sentence, cut, cleaned, and without any secret of ours it may repeat.
fn vendor_text(here: &Ground, errors: &Errors, answer: Option<&Answer>) -> Option<String> {
    let answer = answer?;
    let text = errors.text.iter().find_map(|pointer| answer.text_at(pointer))?;
    let text = hide(here, &text);
    let text: String = DisplayText::line(text.trim()).as_str().chars().take(QUOTED).collect();
    (!text.is_empty()).then_some(text)
}

fn matches(
    row: &ErrorRow,
    errors: &Errors,
    response: &Response,
    answer: Option<&Answer>,
    words: Option<&str>,
) -> bool {
    let key = answer.and_then(|answer| errors.key.iter().find_map(|pointer| answer.text_at(pointer)));
    let any = |patterns: &[String], value: Option<&str>| {
        patterns.is_empty() || value.is_some_and(|value| patterns.iter().any(|pattern| like(pattern, value)))
    };
    (row.status.is_empty() || row.status.iter().any(|status| *status == response.status))
        && any(&row.key.0, key.as_deref())
        && any(&row.text.0, words)
        && row
            .header
            .as_ref()
            .is_none_or(|test| response.header(&test.name).is_some_and(|value| like(&test.is, value)))
        && row.answer.as_ref().is_none_or(|test| answer.is_some_and(|answer| holds(answer, test)))
}

/// Equality without case, with `*` at either end for "anything".
fn like(pattern: &str, value: &str) -> bool {
    let (pattern, value) = (pattern.to_lowercase(), value.to_lowercase());
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(_), Some(_)) if pattern.len() > 1 => value.contains(&pattern[1..pattern.len() - 1]),
        (Some(end), _) => value.ends_with(end),
        (_, Some(start)) => value.starts_with(start),
        _ => pattern == value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_anything() {
        assert!(like("ERR_403_DEVELOPER_OVER_*", "err_403_developer_over_qps"));
        assert!(like("*already exists*", "Room ALREADY EXISTS."));
        assert!(like("*token", "bad token") && !like("token", "bad token"));
        assert!(like("*", "anything"));
    }
}
