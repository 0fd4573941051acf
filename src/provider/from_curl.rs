//! A curl command, pasted, as raw values for the fields of an operation: what stands in its body and its address under
//! names the operation knows. Keys, headers and everything else in it are left alone.

use serde_json::Value as Json;

use crate::domain::page::{Kind, Operation};

use super::compose::Raw;

/// Options whose next word is neither an address nor data.
const TAKING: [&str; 14] = [
    "-H",
    "--header",
    "-X",
    "--request",
    "-u",
    "--user",
    "-o",
    "--output",
    "-A",
    "--user-agent",
    "-b",
    "--cookie",
    "-e",
    "--referer",
];
const DATA: [&str; 7] =
    ["-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--data-urlencode", "--json"];

/// The values of a command; none where the text is no curl command.
pub fn from_curl(operation: &Operation, text: &str) -> Option<Raw> {
    let words = words(text)?;
    let (first, rest) = words.split_first()?;
    if first != "curl" {
        return None;
    }
    let mut raw = Raw::new();
    let mut rest = rest.iter();
    while let Some(word) = rest.next() {
        let (name, own) = match word.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name, Some(value)),
            _ if word.starts_with("-d") && word.len() > 2 => ("-d", word.get(2..)),
            _ => (word.as_str(), None),
        };
        if DATA.contains(&name) {
            let data = own.or_else(|| rest.next().map(String::as_str)).unwrap_or_default();
            data_values(operation, data, &mut raw);
        } else if TAKING.contains(&name) {
            rest.next();
        } else if let Some(query) = word.starts_with("http").then(|| word.split_once('?')).flatten() {
            form_values(operation, query.1, &mut raw);
        }
    }
    Some(raw)
}

fn data_values(operation: &Operation, data: &str, raw: &mut Raw) {
    match serde_json::from_str::<Json>(data) {
        Ok(json @ Json::Object(_)) => json_values(operation, "", &json, raw),
        _ => form_values(operation, data, raw),
    }
}

fn form_values(operation: &Operation, data: &str, raw: &mut Raw) {
    for (name, value) in url::form_urlencoded::parse(data.as_bytes()) {
        if operation.field_for(&name).is_some() {
            put(raw, &name, value.into_owned());
        }
    }
}

/// Nested names are joined by dots, as fields are named.
fn json_values(operation: &Operation, name: &str, json: &Json, raw: &mut Raw) {
    if let Some(field) = operation.field(name) {
        match json {
            Json::Null if !field.null => {}
            Json::Null => put(raw, name, "null".into()),
            Json::String(text) => put(raw, name, text.clone()),
            Json::Array(items) if field.kind != Kind::Json && items.iter().all(Json::is_string) => {
                let items: Vec<&str> = items.iter().filter_map(Json::as_str).collect();
                put(raw, name, items.join(","));
            }
            other => put(raw, name, other.to_string()),
        }
    } else if let Json::Object(fields) = json {
        for (key, value) in fields {
            let deeper = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
            json_values(operation, &deeper, value, raw);
        }
    }
}

/// What comes later wins, as in a shell's command line.
fn put(raw: &mut Raw, name: &str, value: String) {
    raw.retain(|(known, _)| known != name);
    raw.push((name.to_owned(), value));
}

/// The words of a command as a POSIX shell would take them; none where a quote does not end.
fn words(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = text.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => {
                let inner = word.get_or_insert_default();
                loop {
                    match letters.next()? {
                        '\'' => break,
                        other => inner.push(other),
                    }
                }
            }
            '"' => {
                let inner = word.get_or_insert_default();
                loop {
                    match letters.next()? {
                        '"' => break,
                        '\\' if letters.peek().is_some_and(|next| "\"\\$`\n".contains(*next)) => {
                            inner.extend(letters.next().filter(|next| *next != '\n'));
                        }
                        other => inner.push(other),
                    }
                }
            }
            '\\' => match letters.next() {
                // a line that goes on
                Some('\n' | '\r') | None => {}
                Some(other) => word.get_or_insert_default().push(other),
            },
            other if other.is_whitespace() => words.extend(word.take()),
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::catalog::Catalog;

    #[track_caller]
    fn reads(page: &str, operation: &str, text: &str, expected: &[(&str, &str)]) {
        let page = Catalog::embedded().usable(page).unwrap();
        let found = from_curl(page.operation(operation).unwrap(), text).unwrap();
        let found: Vec<(&str, &str)> = found.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn bodies_addresses_and_nested_names() {
        reads(
            "whereby",
            "create",
            "curl -X POST https://api.whereby.dev/v1/meetings \\\n -H 'Authorization: Bearer canary' \\\n \
             -d '{\"endDate\": \"2099-02-18T14:23:00Z\", \"isLocked\": true, \"fields\": [\"hostRoomUrl\"], \
             \"recording\": {\"type\": \"cloud\", \"destination\": {\"provider\": \"s3\"}}, \"unknown\": 1}'",
            &[
                ("endDate", "2099-02-18T14:23:00Z"),
                ("isLocked", "true"),
                ("fields", "hostRoomUrl"),
                ("recording.type", "cloud"),
                ("recording.destination.provider", "s3"),
            ],
        );
        reads(
            "bigbluebutton",
            "meeting",
            "curl \"https://b.example/bigbluebutton/api/create?name=Router+help&meetingID=m-1&meta_a=x&checksum=canary\"",
            &[("name", "Router help"), ("meetingID", "m-1"), ("meta_a", "x")],
        );
        reads(
            "metered",
            "create-room",
            r#"curl --json "{\"privacy\":\"public\",\"maxParticipants\":5}" 'https://a.metered.live/api/v1/room?secretKey=canary'"#,
            &[("privacy", "public"), ("maxParticipants", "5")],
        );
        reads(
            "joinme",
            "start",
            r#"curl -d'{"viewerMode":null,"webhooks":{"meeting.start":{"callbackUrl":"https://x.example","customCallbackData":{"a":1}}}}'"#,
            &[
                ("viewerMode", "null"),
                ("webhooks.meeting.start.callbackUrl", "https://x.example"),
                ("webhooks.meeting.start.customCallbackData", "{\"a\":1}"),
            ],
        );
    }

    #[test]
    fn what_is_no_command_is_none() {
        let page = Catalog::embedded().usable("whereby").unwrap();
        let operation = page.operation("create").unwrap();
        for text in
            ["", "curling club", "wget https://x.example", "curl 'https://x.example", "Ada <ada@x.example>"]
        {
            assert_eq!(from_curl(operation, text), None, "{text}");
        }
        assert_eq!(from_curl(operation, "curl https://x.example"), Some(Raw::new()));
    }
}
