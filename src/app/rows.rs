//! All rows, with what the screen needs of them at hand: how many are in each state, which ones the view shows and in
//! which order, and which one is selected. The selection sticks to its row, whatever comes above it.

use jiff::Timestamp;

use crate::domain::entry::{Entry, State};

use super::message::JobId;
use super::row::{Mark, Row};
use super::view::{Order, States, View};

#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// Oldest first; a row's place here never changes.
    all: Vec<Row>,
    /// Places of the rows the view shows, the lowest of the list first; none where it shows all, the newest on top.
    shown: Option<Vec<usize>>,
    view: View,
    selected: Option<JobId>,
    marked: Option<JobId>,
    /// The first visible row, counted from the top of the list.
    pub top: usize,
    counts: [usize; State::ALL.len()],
    /// When the next state changes by time alone.
    turn: Option<Timestamp>,
}

impl Rows {
    /// Number of rows the view shows.
    pub fn len(&self) -> usize {
        self.shown.as_ref().map_or(self.all.len(), Vec::len)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of all rows.
    pub fn total(&self) -> usize {
        self.all.len()
    }

    /// The row at a place of the list, counted from its top.
    pub fn at(&self, place: usize) -> Option<&Row> {
        let back = self.len().checked_sub(place + 1)?;
        match &self.shown {
            Some(shown) => self.all.get(*shown.get(back)?),
            None => self.all.get(back),
        }
    }

    pub fn get(&self, job: JobId) -> Option<&Row> {
        self.index(job).map(|index| &self.all[index])
    }

    pub fn get_mut(&mut self, job: JobId) -> Option<&mut Row> {
        self.index(job).map(|index| &mut self.all[index])
    }

    /// Rows stand in the order of their numbers.
    fn index(&self, job: JobId) -> Option<usize> {
        self.all.binary_search_by_key(&job, |row| row.job).ok()
    }

    /// All rows, newest first, whatever the view.
    pub fn iter(&self) -> impl Iterator<Item = &Row> {
        self.all.iter().rev()
    }

    pub fn count(&self, state: State) -> usize {
        self.counts[slot(state)]
    }

    /// Adds the newest row; its number must be higher than all others.
    pub fn push(&mut self, row: Row, now: Timestamp) {
        self.counts[slot(row.state)] += 1;
        self.expect(row.entry().and_then(|entry| entry.changes_after(now)));
        let shows = self.view.shows(&row);
        self.all.push(row);
        if let Some(shown) = &mut self.shown {
            match self.view.order {
                Order::Newest if shows => shown.push(self.all.len() - 1),
                Order::Newest => {}
                _ => self.sift(self.visible()),
            }
        }
        if self.selected.is_none() {
            self.select_place(0);
        }
    }

    /// Puts rows under all others; their numbers must rise and be lower than those of all others.
    pub fn prepend(&mut self, rows: Vec<Row>, now: Timestamp) {
        for row in &rows {
            self.counts[slot(row.state)] += 1;
            self.expect(row.entry().and_then(|entry| entry.changes_after(now)));
        }
        let keep = self.visible();
        self.all.splice(0..0, rows);
        self.sift(keep);
    }

    /// Takes the rows of these entries out; one that is under way stays.
    pub fn remove(&mut self, ids: &[String]) {
        let gone = |row: &Row| row.entry().is_some_and(|entry| ids.contains(&entry.id));
        for row in self.all.iter().filter(|row| gone(row)) {
            self.counts[slot(row.state)] -= 1;
        }
        let (keep, place) = (self.visible(), self.place());
        self.all.retain(|row| !gone(row));
        self.sift(keep);
        if keep != self.visible() {
            self.select_place(place.unwrap_or(0).min(self.len().saturating_sub(1)));
        }
    }

    /// The number of the row of an entry.
    pub fn job_of(&self, id: &str) -> Option<JobId> {
        let is = |row: &&Row| match (row.entry(), row.running()) {
            (Some(entry), _) => entry.id == id,
            (None, Some(running)) => running.plan.id == id,
            (None, None) => false,
        };
        self.all.iter().find(is).map(|row| row.job)
    }

    /// The job has become an entry.
    pub fn finish(&mut self, job: JobId, entry: Entry, now: Timestamp) {
        let Some(index) = self.index(job) else { return };
        self.expect(entry.changes_after(now));
        self.counts[slot(self.all[index].state)] -= 1;
        let mut row = Row::done(job, entry, now);
        let before = &mut self.all[index];
        (row.mark, row.asking) = (before.mark, before.asking);
        row.answered = before.answered.take();
        self.counts[slot(row.state)] += 1;
        self.all[index] = row;
        if self.shown.is_some() {
            self.sift(self.visible());
        }
    }

    /// Gives an entry another ticket; the entry, where it had another one before.
    pub fn set_ticket(&mut self, job: JobId, ticket: Option<String>) -> Option<Entry> {
        let index = self.index(job)?;
        let entry = self.all[index].set_ticket(ticket)?;
        if self.shown.is_some() {
            self.sift(self.visible());
        }
        Some(entry)
    }

    fn visible(&self) -> Option<JobId> {
        self.selected().map(|row| row.job)
    }

    fn expect(&mut self, turn: Option<Timestamp>) {
        self.turn = self.turn.into_iter().chain(turn).min();
    }

    /// Brings the states up to date; costs nothing until one can have changed.
    pub fn refresh(&mut self, now: Timestamp) {
        if self.turn.is_none_or(|turn| now < turn) {
            return;
        }
        self.counts = Default::default();
        let mut turn = None::<Timestamp>;
        for row in &mut self.all {
            if let Some(entry) = row.entry() {
                let (state, next) = (entry.state(now), entry.changes_after(now));
                row.ends = entry.ends(now);
                row.state = state;
                turn = turn.into_iter().chain(next).min();
            }
            self.counts[slot(row.state)] += 1;
        }
        self.turn = turn;
        self.sift(self.visible());
    }

    /// Marks the row whose link is on the clipboard; there is only one.
    pub fn mark(&mut self, job: JobId, mark: Mark) {
        if let Some(before) = self.marked.replace(job).and_then(|before| self.get_mut(before)) {
            before.mark = None;
        }
        if let Some(row) = self.get_mut(job) {
            row.mark = Some(mark);
        }
    }

    /// The row's link is on no clipboard any more.
    pub fn unmark(&mut self, job: JobId) {
        if self.marked == Some(job) {
            self.marked = None;
            if let Some(row) = self.get_mut(job) {
                row.mark = None;
            }
        }
    }

    pub fn view(&self) -> &View {
        &self.view
    }

    /// Shows only the rows that hold this text, in any case; an empty one shows all.
    pub fn set_filter(&mut self, text: &str) {
        self.view.set_filter(text);
        self.sift(None);
    }

    pub fn set_states(&mut self, states: States) {
        self.view.states = states;
        self.sift(None);
    }

    pub fn set_order(&mut self, order: Order) {
        self.view.order = order;
        self.sift(self.visible());
    }

    /// The row to keep stays whatever the view says: one that changes its state must not slip away under the
    /// finger that is about to copy it.
    fn sift(&mut self, keep: Option<JobId>) {
        let place = self.place();
        let Rows { all, view, .. } = &*self;
        let shows = |index: &usize| keep == Some(all[*index].job) || view.shows(&all[*index]);
        self.shown = match view.order {
            Order::Newest => view.is_partial().then(|| (0..all.len()).filter(shows).collect()),
            order => {
                let mut shown: Vec<usize> = (0..all.len()).filter(shows).collect();
                shown.sort_by(|a, b| order.compare(&all[*b], &all[*a]));
                Some(shown)
            }
        };
        if self.place().is_none() {
            self.select_place(place.unwrap_or(0).min(self.len().saturating_sub(1)));
        }
    }

    pub fn selected(&self) -> Option<&Row> {
        self.at(self.place()?)
    }

    /// Where the selected row stands in the list, counted from its top.
    pub fn place(&self) -> Option<usize> {
        let index = self.index(self.selected?)?;
        let back = match &self.shown {
            Some(shown) if self.view.order == Order::Newest => shown.binary_search(&index).ok()?,
            Some(shown) => shown.iter().position(|at| *at == index)?,
            None => index,
        };
        Some(self.len() - 1 - back)
    }

    pub fn select(&mut self, job: JobId) {
        self.selected = Some(job);
    }

    pub fn select_place(&mut self, place: usize) {
        self.selected = self.at(place).map(|row| row.job);
    }

    /// Moves the selection, stopping at both ends.
    pub fn step(&mut self, by: isize) {
        let Some(last) = self.len().checked_sub(1) else { return };
        let place = self.place().unwrap_or(0).saturating_add_signed(by).min(last);
        self.select_place(place);
    }

    /// Scrolls as little as needed for the selection to stand within `height` rows.
    pub fn scroll(&mut self, height: usize) {
        let place = self.place().unwrap_or(0);
        let height = height.max(1);
        self.top = self.top.min(place).max((place + 1).saturating_sub(height));
        self.top = self.top.min(self.len().saturating_sub(height));
    }
}

fn slot(state: State) -> usize {
    State::ALL.iter().position(|known| *known == state).unwrap_or(0)
}
