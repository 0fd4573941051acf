//! The request exactly as it will be sent, secrets hidden: method, address, headers and body of every step, coloured
//! calmly and broken between parts. Links that are only signed are called so.

use std::borrow::Cow;

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use serde_json::Value as Json;

use crate::domain::request::Preview;
use crate::domain::secret::MASK;
use crate::domain::text::DisplayText;
use crate::ui::parts::{graphemes, width as cells};
use crate::ui::theme::Theme;

use super::Pen;

/// Columns left free before a line, and one more before what continues it.
const MARGIN: usize = 2;

/// Pieces of text that are kept whole where the width allows.
type Pieces = Vec<(Cow<'static, str>, Style)>;

pub fn lines<'a>(pen: &Pen) -> Vec<Line<'a>> {
    let assessment = pen.form.assessment();
    if assessment.trouble.is_some() {
        let text = match assessment.has_errors() {
            true => "  shown as soon as the fields above are right",
            false => "  no request can be made like this",
        };
        return vec![Line::styled(text, pen.theme.quiet())];
    }
    let mut lines = Vec::new();
    for preview in &assessment.requests {
        lines.extend(whole(preview, pen.width, pen.theme));
    }
    lines
}

/// One request in lines of this width.
pub fn whole<'a>(preview: &Preview, width: u16, theme: Theme) -> Vec<Line<'a>> {
    let width = usize::from(width).saturating_sub(MARGIN + 1);
    let mut lines = wrap(first(preview, theme), width);
    if let Some(body) = &preview.body {
        let mut pieces = Pieces::new();
        json(body, theme, &mut pieces);
        lines.extend(wrap(pieces, width));
    }
    let rest = headers(preview, false);
    if !preview.offline && !rest.is_empty() {
        lines.extend(wrap(vec![(rest.into(), theme.quiet())], width));
    }
    lines
}

/// Method and address, and the header that signs.
fn first(preview: &Preview, theme: Theme) -> Pieces {
    let word = if preview.offline { "Signed link" } else { &preview.method };
    let mut pieces = vec![(format!("{word} ").into(), theme.strong())];
    let url = DisplayText::line(&preview.url);
    pieces
        .extend(url.as_str().split_inclusive(['?', '&']).map(|part| (part.to_owned().into(), theme.text())));
    let signed = headers(preview, true);
    if !preview.offline && !signed.is_empty() {
        pieces.push((format!("   {signed}").into(), theme.quiet()));
    }
    pieces
}

/// The headers with a secret in them, or the others.
fn headers(preview: &Preview, secret: bool) -> String {
    let mine = preview.headers.iter().filter(|(_, value)| value.contains(MASK) == secret);
    let text: Vec<String> = mine.map(|(name, value)| format!("{name}: {value}")).collect();
    DisplayText::line(&text.join("   ")).into()
}

fn json(value: &Json, theme: Theme, pieces: &mut Pieces) {
    match value {
        Json::Object(object) => {
            pieces.push(("{".into(), theme.quiet()));
            for (index, (key, value)) in object.iter().enumerate() {
                separate(index, theme, pieces);
                pieces.push((format!("{}: ", quoted(key)).into(), theme.text()));
                json(value, theme, pieces);
            }
            pieces.push(("}".into(), theme.quiet()));
        }
        Json::Array(items) => {
            pieces.push(("[".into(), theme.quiet()));
            for (index, value) in items.iter().enumerate() {
                separate(index, theme, pieces);
                json(value, theme, pieces);
            }
            pieces.push(("]".into(), theme.quiet()));
        }
        Json::String(text) => pieces.push((quoted(text).into(), theme.good())),
        Json::Null => pieces.push(("null".into(), theme.quiet())),
        other => pieces.push((other.to_string().into(), theme.warn())),
    }
}

fn separate(index: usize, theme: Theme, pieces: &mut Pieces) {
    if index > 0 {
        pieces.push((", ".into(), theme.quiet()));
    }
}

fn quoted(text: &str) -> String {
    DisplayText::line(&Json::from(text).to_string()).into()
}

/// Cells of a piece, with what an opening mark or a name must not be parted from.
fn cells_with_next(pieces: &[(Cow<str>, Style)]) -> usize {
    let mut before = 0;
    for (text, _) in pieces {
        if !matches!(text.as_ref(), "{" | "[") && !text.ends_with(": ") {
            return before + cells(text.trim_end());
        }
        before += cells(text);
    }
    before
}

/// Pieces over several lines. A piece longer than a line is cut between graphemes; closing marks and commas stay
/// behind what they close.
fn wrap<'a>(pieces: Pieces, width: usize) -> Vec<Line<'a>> {
    let width = width.max(4);
    let start = |lines: &mut Vec<Line>, deep: usize| lines.push(Line::raw(" ".repeat(MARGIN + deep)));
    let mut lines = Vec::new();
    start(&mut lines, 0);
    let mut used = 0;
    let push = |lines: &mut Vec<Line<'a>>, text: Cow<'static, str>, style: Style| {
        if let Some(line) = lines.last_mut() {
            line.spans.push(Span::styled(text, style));
        }
    };
    let ahead: Vec<usize> = (0..pieces.len()).map(|at| cells_with_next(&pieces[at..])).collect();
    for ((text, style), ahead) in pieces.into_iter().zip(ahead) {
        let own = cells(text.trim_end());
        let closing = matches!(text.as_ref(), "}" | "]" | ", ");
        if used > 1 && !closing && used + ahead > width && own < width {
            start(&mut lines, 1);
            used = 1;
        }
        if used + own <= width || closing {
            let text =
                if used > 1 || !text.starts_with(' ') { text } else { text.trim_start().to_owned().into() };
            used += cells(&text);
            push(&mut lines, text, style);
            continue;
        }
        let mut part = String::new();
        for grapheme in graphemes(&text) {
            if used + cells(grapheme) > width {
                push(&mut lines, std::mem::take(&mut part).into(), style);
                start(&mut lines, 1);
                used = 1;
            }
            used += cells(grapheme);
            part.push_str(grapheme);
        }
        push(&mut lines, part.into(), style);
    }
    lines
}
