//! How the rows of the form are shared out: the fields come first, the request keeps three lines, white space goes
//! first when room is short.

/// Rows each part would like.
pub struct Wanted {
    pub note: u16,
    pub fields: u16,
    pub request: u16,
    pub checks: u16,
    pub help: u16,
}

/// Where each part stands: top and height, or the row of a single line.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Layout {
    pub note: (u16, u16),
    pub fields: (u16, u16),
    pub request_rule: Option<u16>,
    pub request: (u16, u16),
    pub checks: (u16, u16),
    pub create: Option<u16>,
    pub foot_rule: Option<u16>,
    pub help: (u16, u16),
}

impl Layout {
    /// Shares out the rows of an area. The first row is the rule with the title.
    pub fn new(height: u16, wanted: &Wanted) -> Layout {
        let most = match height {
            0..22 => 2,
            _ if wanted.checks > 3 => 5 + (height - 22) / 4,
            _ => 3,
        };
        let checks = if height < 8 { 0 } else { wanted.checks.min(most) };
        let create = u16::from(height >= 10);
        let foot = u16::from(height >= 12);
        let help = wanted.help.min(if height >= 14 { 2 } else { u16::from(height >= 6) });
        let note = wanted.note.min(if height >= 14 { 2 } else { 0 });
        let crowd = checks.saturating_sub(1) + note + help.saturating_sub(1);
        let gaps = match height {
            26.. => 3,
            22..26 => 3u16.saturating_sub(crowd),
            19..22 => 1,
            _ => 0,
        };
        let rule = u16::from(height >= 12);
        let rest = height.saturating_sub(1 + note + gaps + rule + checks + create + foot + help);
        let least = match (rule, height) {
            (0, _) => 0,
            (_, 22..) => wanted.request.min(3 + (height - 22) / 3),
            _ => wanted.request.min(rest / 3),
        };
        let fields = wanted.fields.min(rest.saturating_sub(least));
        let request = if rule == 0 { 0 } else { wanted.request.min(rest - fields) };
        // what nobody needed becomes white space again
        let gaps = if height >= 19 { 3.min(gaps + rest - fields - request) } else { gaps };
        let mut y = 1;
        let mut take = |rows: u16| {
            let top = y;
            y += rows;
            (top, rows)
        };
        let note = take(note);
        take(u16::from(gaps >= 3));
        let fields = take(fields);
        take(u16::from(gaps >= 1));
        let request_rule = take(rule);
        let request = take(request);
        take(u16::from(gaps >= 2));
        let checks = take(checks);
        let create = take(create);
        let bottom = height - help - foot;
        let only = |(y, rows): (u16, u16)| (rows > 0).then_some(y);
        Layout {
            note,
            fields,
            request_rule: only(request_rule),
            request,
            checks,
            create: only(create),
            foot_rule: only((bottom, foot)),
            help: (bottom + foot, help),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_usual_size_essentials_and_three_lines_of_request_are_seen() {
        let wanted = Wanted { note: 0, fields: 9, request: 5, checks: 1, help: 1 };
        let layout = Layout::new(22, &wanted);
        assert_eq!((layout.fields, layout.request), ((2, 9), (13, 4)));
        assert_eq!((layout.checks, layout.create, layout.foot_rule), ((18, 1), Some(19), Some(20)));
        assert_eq!(layout.help, (21, 1));
    }

    #[test]
    fn nothing_ever_stands_below_the_area() {
        for height in 3..70 {
            for fields in [0, 1, 9, 90] {
                for (note, checks) in [(0, 0), (2, 1), (1, 9)] {
                    let wanted = Wanted { note, fields, request: 12, checks, help: 2 };
                    let layout = Layout::new(height, &wanted);
                    let create = layout.create.unwrap_or(layout.checks.0 + layout.checks.1);
                    assert!(layout.foot_rule.is_none_or(|y| create < y && y < height), "{height}");
                    assert!(layout.help.0 + layout.help.1 <= height, "{height}");
                    assert!(create <= layout.help.0, "{height}: {layout:?}");
                }
            }
        }
    }
}
