//! Ways a message is written. What an entry brings into a text must stay text there: it may not become markup.

use super::fill::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Plain,
    Markdown,
    /// As it is pasted into Slack, where nothing need be escaped but a call to everybody.
    Slack,
    Html,
    /// Subject and plain text.
    Mail,
}

impl Format {
    pub const ALL: [Format; 5] = [Format::Plain, Format::Markdown, Format::Slack, Format::Html, Format::Mail];

    pub fn name(self) -> &'static str {
        match self {
            Format::Plain => "plain",
            Format::Markdown => "markdown",
            Format::Slack => "slack",
            Format::Html => "html",
            Format::Mail => "mail",
        }
    }

    /// A value as it stands in a text of this format. Links stay what a plain copy yields, as far as the format can
    /// hold it.
    pub(super) fn write(self, value: &Value) -> String {
        match (self, value) {
            (Format::Html, Value::Link(text) | Value::Words(text)) => html(text),
            (Format::Markdown, Value::Link(url)) => markdown_url(url),
            (Format::Markdown, Value::Words(text)) => markdown(text),
            (Format::Slack, Value::Words(text)) => calm(text),
            (_, Value::Link(text) | Value::Words(text)) => text.clone(),
        }
    }
}

/// `&`, angle brackets and quotes as references.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// Every sign that could begin markup, behind a backslash.
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Brackets would end an address in `[word](address)`; escaped they mean the same.
pub fn markdown_url(url: &str) -> String {
    url.replace('(', "%28").replace(')', "%29").replace('<', "%3C").replace('>', "%3E").replace(' ', "%20")
}

/// `@channel` and its like call nobody.
fn calm(text: &str) -> String {
    let mut out = text.to_owned();
    for call in ["@channel", "@here", "@everyone"] {
        out = out.replace(call, &call.replace('@', "@ "));
    }
    out.replace("<!", "< !")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_text() {
        let words = |format: Format, text: &str| format.write(&Value::Words(text.into()));
        assert_eq!(words(Format::Html, "<b>\"A&B\"</b>"), "&lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;");
        assert_eq!(words(Format::Markdown, "[x](y) *b*"), "\\[x\\](y) \\*b\\*");
        assert_eq!(words(Format::Slack, "@here & <!channel>"), "@ here & < !channel>");
        assert_eq!(words(Format::Plain, "<b>&"), "<b>&");
    }

    #[test]
    fn links_stay_links() {
        let link = |format: Format, url: &str| format.write(&Value::Link(url.into()));
        assert_eq!(link(Format::Html, "https://x.example/?a=1&b=2"), "https://x.example/?a=1&amp;b=2");
        assert_eq!(link(Format::Markdown, "https://x.example/a_(b)"), "https://x.example/a_%28b%29");
        for format in [Format::Plain, Format::Slack, Format::Mail] {
            assert_eq!(link(format, "https://x.example/?a=1&b=(2)"), "https://x.example/?a=1&b=(2)");
        }
    }
}
