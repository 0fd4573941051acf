//! Placeholders of a page: `{field}`, `{setting:key}`, `{step:/pointer}`, `{step:url}`, `{detail:key}`,
//! `{header:Name}`, `{answer:/pointer}`, each with an optional reading behind a bar (`|seconds`, `|milliseconds`,
//! `|jwt-exp`). A text is parsed into its parts; what the parts mean is looked up elsewhere, and values are never
//! expanded again.

/// Where a placeholder points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// A field of the operation, or one of ours: `profile`, `agent`, `field`.
    Field(String),
    Setting(String),
    /// Pointer into the answer of a step.
    Answer(String, String),
    /// The exact address of a step that was only signed.
    Url(String),
    Detail(String),
    Header(String),
    /// Pointer into the answer at hand (error rows).
    Here(String),
}

/// How a value is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    Seconds,
    Milliseconds,
    JwtExp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Text(String),
    Hole { reference: Reference, reading: Option<Reading> },
}

/// A text of a page in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(pub Vec<Part>);

impl Template {
    /// Errors name the placeholder, not the value.
    pub fn parse(text: &str) -> Result<Template, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            if open > 0 {
                parts.push(Part::Text(rest[..open].into()));
            }
            let close = rest[open..].find('}').ok_or("a placeholder has no closing brace")? + open;
            parts.push(hole(&rest[open + 1..close])?);
            rest = &rest[close + 1..];
        }
        if rest.contains('}') {
            return Err("a closing brace has no opening one".into());
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.into()));
        }
        Ok(Template(parts))
    }

    /// The one placeholder the text consists of.
    pub fn lone(&self) -> Option<(&Reference, Option<Reading>)> {
        match self.0.as_slice() {
            [Part::Hole { reference, reading }] => Some((reference, *reading)),
            _ => None,
        }
    }

    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        self.0.iter().filter_map(|part| match part {
            Part::Hole { reference, .. } => Some(reference),
            Part::Text(_) => None,
        })
    }
}

fn hole(inner: &str) -> Result<Part, String> {
    let (path, reading) = match inner.split_once('|') {
        None => (inner, None),
        Some((path, word)) => (path, Some(reading(word)?)),
    };
    let reference = match path.split_once(':') {
        _ if inner.contains('{') => return Err("a placeholder has no closing brace".into()),
        None if path.is_empty() || path.contains(char::is_whitespace) => {
            return Err(format!("`{{{inner}}}` is not a placeholder"));
        }
        None => Reference::Field(path.into()),
        Some((source, "")) => return Err(format!("`{{{source}:}}` points nowhere")),
        Some(("setting", key)) => Reference::Setting(key.into()),
        Some(("detail", key)) => Reference::Detail(key.into()),
        Some(("header", name)) => Reference::Header(name.into()),
        Some(("answer", pointer)) => Reference::Here(pointer.into()),
        Some((step, "url")) => Reference::Url(step.into()),
        Some((step, pointer)) if pointer.starts_with('/') => Reference::Answer(step.into(), pointer.into()),
        Some(_) => return Err(format!("`{{{inner}}}`: a pointer begins with `/`")),
    };
    Ok(Part::Hole { reference, reading })
}

fn reading(word: &str) -> Result<Reading, String> {
    match word {
        "seconds" => Ok(Reading::Seconds),
        "milliseconds" => Ok(Reading::Milliseconds),
        "jwt-exp" => Ok(Reading::JwtExp),
        _ => Err(format!("`|{word}` is no reading: seconds, milliseconds or jwt-exp")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_in_all_forms() {
        let parse = |text: &str| Template::parse(text).unwrap();
        let lone = |text: &str| parse(text).lone().map(|(r, reading)| (r.clone(), reading)).unwrap();
        assert_eq!(lone("{roomName}"), (Reference::Field("roomName".into()), None));
        assert_eq!(lone("{setting:app}"), (Reference::Setting("app".into()), None));
        assert_eq!(lone("{sign:url}"), (Reference::Url("sign".into()), None));
        let jwt = Reference::Answer("mint".into(), "/jwt".into());
        assert_eq!(lone("{mint:/jwt|jwt-exp}"), (jwt, Some(Reading::JwtExp)));
        assert_eq!(parse("{setting:link_base}/{room:/roomName}").0.len(), 3);
        assert!(parse("no holes").lone().is_none());
    }

    #[test]
    fn mistakes_are_named() {
        for text in ["{", "{{}", "{{a}}", "a}", "{}", "{a b}", "{x:y}", "{x:/y|z}", "{setting:}"] {
            assert!(Template::parse(text).is_err(), "{text}");
        }
    }
}
