//! The fields as a column of blocks, of which those around the cursor are seen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::form::{FormAction, Stop};
use crate::app::layout::Area;
use crate::app::spot::{Spot, Spots};
use crate::ui;

use super::Pen;
use super::control::is_tight;
use super::row::{self, Row};
use crate::ui::parts::{cells, count, hints, line_width, put, put_right};

/// Rows from which on groups are parted although not all fields are seen.
const ROOMY: u16 = 20;

/// What stands in the column of fields.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    Blank,
    Stop(Stop),
    /// A finished line of a panel, the column of the cursor in it, and what a click on it means from a column on.
    Line(Line<'static>, Option<u16>, Option<(u16, Spot)>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub content: Content,
    pub height: u16,
    /// What is seen is chosen around it.
    pub here: bool,
}

/// All fields that are not folded.
pub fn blocks(pen: &Pen) -> Vec<Block> {
    let stops = pen.form.stops();
    let mut blocks = Vec::with_capacity(stops.len() + 8);
    for (at, stop) in stops.iter().enumerate() {
        if matches!(stop, Stop::Fix(_)) {
            continue;
        }
        let before = at.checked_sub(1).and_then(|at| stops.get(at));
        if parted(before, *stop, stops.get(at + 1)) {
            blocks.push(Block { content: Content::Blank, height: 1, here: false });
        }
        let height = row::height(pen, *stop);
        blocks.push(Block { content: Content::Stop(*stop), height, here: super::is_here(pen, *stop) });
    }
    blocks
}

/// Whether white space stands before a stop: before what is folded, and around the fields of an open group.
fn parted(before: Option<&Stop>, stop: Stop, next: Option<&Stop>) -> bool {
    match (before, stop) {
        (_, Stop::Advanced) | (Some(Stop::Field(_)), Stop::Group(_)) => true,
        (Some(Stop::Group(_)), Stop::Group(_)) => matches!(next, Some(Stop::Field(_))),
        _ => false,
    }
}

/// White space goes when the fields need the rows, unless there are many of them anyway.
pub fn tighten(blocks: &mut Vec<Block>, height: u16) {
    let total: u16 = blocks.iter().map(|block| block.height).sum();
    if total > height && height < ROOMY {
        blocks.retain(|block| block.content != Content::Blank);
    }
}

/// The blocks that are seen in a height, each with the row of its top (which may be above the first), and how many
/// stops are hidden above and below.
pub fn visible(blocks: &[Block], height: u16) -> (Vec<(&Block, i32)>, (usize, usize)) {
    let height = i32::from(height);
    let total: i32 = blocks.iter().map(|block| i32::from(block.height)).sum();
    let mut top = 0;
    let mut focus = (0, 0);
    for block in blocks {
        if block.here {
            focus = (top, i32::from(block.height));
        }
        top += i32::from(block.height);
    }
    let middle = focus.0 + focus.1 / 2 - height / 2;
    let offset = middle.clamp(0, (total - height).max(0));
    let (mut shown, mut above, mut below, mut top) = (Vec::new(), 0, 0, -offset);
    for block in blocks {
        let bottom = top + i32::from(block.height);
        let counts = usize::from(block.content != Content::Blank);
        if bottom <= 0 {
            above += counts;
        } else if top >= height {
            below += counts;
        } else {
            shown.push((block, top));
        }
        top = bottom;
    }
    (shown, (above, below))
}

/// Draws a block whose top is at a row of the area, clipped to the rows of the fields. The answer is the place of the
/// cursor in the area.
pub fn draw(
    pen: &Pen,
    block: &Block,
    area: Rect,
    buffer: &mut Buffer,
    (top, (first, height)): (i32, (u16, u16)),
    spots: &mut Spots,
) -> Option<(u16, u16)> {
    let inside = |y: i32| -> Option<u16> {
        let y = u16::try_from(y).ok()?;
        (y >= first && y < first.saturating_add(height)).then_some(y)
    };
    match &block.content {
        Content::Blank => None,
        Content::Line(line, column, spot) => {
            let y = inside(top)?;
            if let Some((x, spot)) = spot {
                spots.add(ui::from(area, *x, y), *spot);
            }
            put(buffer, area, 0, y, line.clone());
            column.map(|x| (x, y))
        }
        Content::Stop(stop) => {
            if matches!(stop, Stop::Advanced)
                && let Some(y) = inside(top)
            {
                spots.add(ui::line(area, y), Spot::Field(*stop, None));
                folding(pen, (area, y), buffer, spots);
            }
            let row = row::row(pen, *stop, block.height);
            let Row { lines, cursor, choices, texts, typed } = row;
            for (index, line) in lines.into_iter().enumerate() {
                let Some(y) = inside(top + i32::try_from(index).unwrap_or(0)) else { continue };
                put(buffer, area, 0, y, line);
                if !matches!(stop, Stop::Advanced) {
                    spots.add(ui::line(area, y), Spot::Field(*stop, None));
                }
                let text = texts.as_ref().filter(|_| index < typed);
                if let Some((texts, start)) = text.and_then(|texts| Some((texts, texts.starts.get(index)?))) {
                    let place = ui::from(area, count(pen.columns.input), y);
                    spots.add(Area { width: texts.cells, ..place }, Spot::Text(*stop, *start));
                }
            }
            if let Some(y) = inside(top) {
                for (place, (x, width)) in choices.into_iter().enumerate() {
                    spots.add(Area { width, ..ui::from(area, x, y) }, Spot::Field(*stop, Some(place)));
                }
            }
            let (x, y) = cursor?;
            inside(top + i32::from(y)).map(|y| (x, y))
        }
    }
}

/// What can be done with the folded fields.
fn folding(pen: &Pen, (area, y): (Rect, u16), buffer: &mut Buffer, spots: &mut Spots) {
    let (fold, find) = ((pen.keys)(FormAction::Fold), (pen.keys)(FormAction::Find));
    let all = pen.form.open_groups().is_some() && !pen.form.shows_only_set();
    let only = (pen.keys)(FormAction::OnlySet);
    let only = (
        FormAction::OnlySet,
        only.as_str(),
        if pen.form.shows_only_set() { "all again" } else { "only set" },
    );
    let unfold = (FormAction::Fold, fold.as_str(), if all { "fold" } else { "unfold" });
    let pairs = [unfold, only, (FormAction::Find, find.as_str(), "find")];
    // at the usual width the counts and three hints do not stand side by side
    let room = usize::from(pen.width) >= 100 || pen.form.shows_only_set();
    let shown = |action: FormAction| match action {
        FormAction::OnlySet => room,
        FormAction::Fold => !(is_tight(pen) && pen.form.shows_only_set()),
        _ => true,
    };
    let mut line = Line::default();
    let mut places = [None; 3];
    let pairs = pairs.into_iter().filter(|(action, ..)| shown(*action));
    for (place, (action, key, word)) in places.iter_mut().zip(pairs) {
        if !line.spans.is_empty() {
            line.push_span(Span::raw("  "));
        }
        *place = Some((action, count(line_width(&line)), cells(key) + 1 + cells(word)));
        line.spans.extend(hints(&[(key, word)], pen.theme).spans);
    }
    let left = put_right(buffer, area, 2, y, line);
    for (action, x, width) in places.into_iter().flatten() {
        spots.add(Area { width, ..ui::from(area, left + x, y) }, Spot::Form(action));
    }
}
