//! Where the cursor can stand, in the order of the screen, and how it moves. Moving is never refused: what is wrong in
//! a field is marked, it does not hold anybody.

use super::Form;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    Operation,
    Title,
    Ticket,
    /// By its place among all fields of the operation.
    Field(usize),
    /// The line that stands for all folded fields.
    Advanced,
    /// The heading of a group, by its place.
    Group(usize),
    /// A remedy offered in the checks, by its place.
    Fix(usize),
}

/// Stops a page of fields moves over.
const PAGE: isize = 6;

impl Form {
    /// Every stop there is at present.
    pub fn stops(&self) -> Vec<Stop> {
        let mut stops = Vec::new();
        if self.page().operations.len() > 1 {
            stops.push(Stop::Operation);
        }
        stops.extend([Stop::Title, Stop::Ticket]);
        let Some(spec) = self.spec() else { return stops };
        let seen = |index: &usize| !self.only_set || self.is_told(*index);
        stops.extend((0..spec.essentials.len()).filter(seen).map(Stop::Field));
        if !spec.advanced.is_empty() {
            stops.push(Stop::Advanced);
        }
        let mut index = spec.essentials.len();
        for (group, (title, fields)) in spec.advanced.iter().enumerate() {
            let mine = index..index + fields.len();
            index += fields.len();
            if self.only_set && mine.clone().any(|index| seen(&index)) {
                stops.push(Stop::Group(group));
                stops.extend(mine.filter(seen).map(Stop::Field));
            } else if let Some(open) = self.open.as_ref().filter(|_| !self.only_set) {
                stops.push(Stop::Group(group));
                stops.extend(mine.filter(|_| open.contains(title)).map(Stop::Field));
            }
        }
        stops.extend((0..self.fixes().count()).map(Stop::Fix));
        stops
    }

    /// Whether a field says something: it is filled in, needed, wrong, or under the cursor.
    fn is_told(&self, index: usize) -> bool {
        self.focus == Stop::Field(index)
            || self.problem(Stop::Field(index)).is_some()
            || self.field(index).is_some_and(|(_, field, state)| field.rules.required || !state.is_empty())
    }

    /// Shows only what is filled in or needed, or everything again.
    pub(super) fn show_only_set(&mut self) {
        self.only_set = !self.only_set;
        self.settle_focus();
    }

    /// Puts the cursor somewhere; what is folded there is unfolded first.
    pub fn go(&mut self, stop: Stop) {
        if let Stop::Field(index) = stop {
            self.only_set &= self.is_told(index);
            self.unfold(index);
        }
        if self.stops().contains(&stop) {
            self.stand(stop);
        }
    }

    /// To the field of this wire name, whatever is folded.
    pub fn go_to(&mut self, name: &str) {
        if let Some(index) = self.position(name) {
            self.go(Stop::Field(index));
        }
    }

    pub(super) fn step(&mut self, by: isize) {
        let stops = self.stops();
        let here = stops.iter().position(|stop| *stop == self.focus).unwrap_or(0);
        let count = isize::try_from(stops.len()).unwrap_or(1).max(1);
        let next = (isize::try_from(here).unwrap_or(0) + by).rem_euclid(count);
        self.move_to(&stops, next);
    }

    pub(super) fn page_by(&mut self, direction: isize) {
        self.move_by(direction * PAGE);
    }

    /// Moves over so many stops, and stays at the ends.
    pub(super) fn move_by(&mut self, by: isize) {
        let stops = self.stops();
        let here = stops.iter().position(|stop| *stop == self.focus).unwrap_or(0);
        let last = isize::try_from(stops.len()).unwrap_or(1).max(1) - 1;
        let next = isize::try_from(here).unwrap_or(0) + by;
        self.move_to(&stops, next.clamp(0, last));
    }

    fn move_to(&mut self, stops: &[Stop], next: isize) {
        if let Some(stop) = usize::try_from(next).ok().and_then(|next| stops.get(next)) {
            self.stand(*stop);
        }
    }

    /// Another place under the cursor: what was typed so far is one step.
    fn stand(&mut self, stop: Stop) {
        if stop != self.focus
            && let Some(input) = self.text_at_mut(self.focus)
        {
            input.pause();
        }
        self.focus = stop;
        self.said = None;
    }

    /// After something was folded or a remedy has gone: the nearest stop that still stands.
    pub(super) fn settle_focus(&mut self) {
        let stops = self.stops();
        if stops.contains(&self.focus) {
            return;
        }
        self.focus = match self.focus {
            Stop::Fix(_) => stops.last().copied().unwrap_or(Stop::Title),
            Stop::Field(_) | Stop::Group(_) if stops.contains(&Stop::Advanced) => Stop::Advanced,
            _ => Stop::Title,
        };
    }

    /// Opens the group a field is in.
    fn unfold(&mut self, index: usize) {
        let Some(title) = self.group_of(index).map(str::to_owned) else { return };
        let open = self.open.get_or_insert_default();
        if !open.contains(&title) {
            open.push(title);
        }
    }

    /// The title of the group a field is in; none for essentials.
    pub fn group_of(&self, index: usize) -> Option<&str> {
        let spec = self.spec()?;
        let mut first = spec.essentials.len();
        if index < first {
            return None;
        }
        for (title, fields) in &spec.advanced {
            first += fields.len();
            if index < first {
                return Some(title);
            }
        }
        None
    }

    /// All groups open, or all folded into one line.
    pub(super) fn fold(&mut self) {
        let only_set = std::mem::take(&mut self.only_set);
        self.open = match (&self.open, self.spec()) {
            (open, Some(spec)) if open.is_none() || only_set => {
                Some(spec.advanced.iter().map(|(title, _)| title.clone()).collect())
            }
            _ => None,
        };
        self.settle_focus();
    }

    /// Space on a heading: the group alone; on the line above them: the headings alone, then what is set alone.
    pub(super) fn toggle_heading(&mut self, group: Option<usize>) {
        let Some(group) = group else {
            let any = self.advanced_counts().0 > 0;
            (self.open, self.only_set) = match (&self.open, self.only_set) {
                (None, false) => (Some(Vec::new()), false),
                (Some(_), false) if any => (None, true),
                _ => (None, false),
            };
            return;
        };
        if self.only_set {
            return;
        }
        let title = self.spec().and_then(|spec| spec.advanced.0.get(group)).map(|(title, _)| title.clone());
        if let (Some(title), Some(open)) = (title, &mut self.open) {
            match open.iter().position(|known| *known == title) {
                Some(at) => drop(open.remove(at)),
                None => open.push(title),
            }
        }
    }
}
