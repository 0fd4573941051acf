//! The nearest known name for one that is not known: a slip of the finger, another case, or an abbreviation.

/// ", did you mean `api_key`?", or nothing where no known name is near.
pub fn did_you_mean<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    nearest(name, known).map_or_else(String::new, |near| format!(", did you mean `{near}`?"))
}

/// The known name that is nearest to the given one, if one is near at all.
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let wanted = plain(name);
    if wanted.is_empty() || wanted.len() > 64 {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        let plain = plain(candidate);
        let distance = strsim::damerau_levenshtein(&wanted, &plain);
        let near = distance <= (plain.chars().count().max(wanted.chars().count()) / 3).max(1)
            || strsim::jaro_winkler(&wanted, &plain) >= 0.9
            || abbreviates(&wanted, &plain);
        if near && best.is_none_or(|(so_far, _)| distance < so_far) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Case and the choice between `-`, `_` and `.` are the commonest slips of all.
fn plain(name: &str) -> String {
    name.chars().map(|c| if matches!(c, '-' | '.') { '_' } else { c.to_ascii_lowercase() }).collect()
}

/// `bbb` for `bigbluebutton`: the same first letter and the others in order, three at least.
fn abbreviates(short: &str, long: &str) -> bool {
    let mut letters = long.chars();
    short.len() >= 3
        && short.chars().next() == long.chars().next()
        && short.chars().all(|wanted| letters.any(|c| c == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant_and_nothing_else() {
        let known = ["api_key", "auth", "base_url", "checksum", "bigbluebutton", "whereby"];
        for (slip, meant) in [
            ("api-key", Some("api_key")),
            ("apikey", Some("api_key")),
            ("API_KEY", Some("api_key")),
            ("baseurl", Some("base_url")),
            ("chekcsum", Some("checksum")),
            ("bbb", Some("bigbluebutton")),
            ("wereby", Some("whereby")),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(nearest(slip, known), meant, "{slip}");
        }
    }
}
