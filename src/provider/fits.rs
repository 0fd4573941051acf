//! Whether a value that stands in the configuration could ever be sent. It is read as typed text is, but for what is
//! decided only when it is used: a pattern is filled then, and then a time may have passed. No refusal repeats the
//! value. Neighbours: `crate::config` asks, `read` knows the kinds.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::moment::{Unit, could_be_moment, parse_span};
use crate::domain::nearest::did_you_mean;
use crate::domain::page::{Field, Kind, Operation};

use super::generate::{PIECES, is_pattern, takes_patterns, unknown_piece};
use super::read::read_field;
use super::settings::Settings;
use super::validate::Context;

/// What is wrong with a value of this operation's field, as a clause; nothing where it may serve.
pub fn fault(operation: &Operation, name: &str, text: &str) -> Option<String> {
    let (known, field) = operation.field_for(name)?;
    if text.is_empty() || (field.null && text == "null") {
        return None;
    }
    if takes_patterns(field) {
        if let Some(piece) = unknown_piece(text) {
            let near = did_you_mean(piece, PIECES);
            return Some(format!("unknown placeholder{near}; there are {{{}}}", PIECES.join("} {")));
        }
        if is_pattern(text) {
            return None;
        }
    }
    match field.kind {
        Kind::Datetime => {
            (!could_be_moment(text)).then(|| "not a time: write 16:00, in 2h or fri 9:00".into())
        }
        Kind::Duration if parse_span(text, Some(field.unit.unwrap_or(Unit::Seconds))).is_err() => {
            Some("not a length of time: write 30m, 2h or 1h30".into())
        }
        _ => refusal(operation, (known, field), (name, text)),
    }
}

/// Why typed text would be refused. No present is needed for any kind but times.
fn refusal(
    operation: &Operation,
    (known, field): (&str, &Field),
    (name, text): (&str, &str),
) -> Option<String> {
    let (raw, settings) = (vec![(name.to_owned(), text.to_owned())], Settings::default());
    let context = Context { now: Timestamp::UNIX_EPOCH, zone: &TimeZone::UTC, settings: &settings };
    read_field(operation, known, field, &raw, &context).err().map(|unclear| unclear.reason)
}
