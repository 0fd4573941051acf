//! The rate limit: points per minute, counted from the first call of a minute on.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::super::times;
use super::super::wire::Answer;

const MINUTE: SignedDuration = SignedDuration::from_secs(60);

pub(super) struct Budget {
    limit: u64,
    left: u64,
    ends: Timestamp,
}

impl Default for Budget {
    /// The larger of the documented plans.
    fn default() -> Budget {
        Budget::of(1000)
    }
}

impl Budget {
    pub(super) fn of(points: u64) -> Budget {
        Budget { limit: points, left: points, ends: Timestamp::MIN }
    }

    /// Takes the price of a call, or gives the refusal.
    pub(super) fn charge(&mut self, price: u64, now: Timestamp) -> Option<Answer> {
        if now >= self.ends {
            self.left = self.limit;
            self.ends = now.checked_add(MINUTE).unwrap_or(now);
        }
        if let Some(left) = self.left.checked_sub(price) {
            self.left = left;
            return None;
        }
        let wait = self.ends.duration_since(now).as_millis();
        let body = json!({
            "error": "Rate limit active for throttle key: organization:1", "data": {"msLeft": wait as u64},
        });
        let seconds = (wait + 999) / 1000;
        Some(self.mark(Answer::json(429, &body).with("retry-after", &seconds.to_string())))
    }

    /// Adds the headers that say how much is left.
    pub(super) fn mark(&self, answer: Answer) -> Answer {
        answer
            .with("x-ratelimit-limit", &self.limit.to_string())
            .with("x-ratelimit-remaining", &self.left.to_string())
            .with("x-ratelimit-reset", &times::utc(self.ends))
    }
}
