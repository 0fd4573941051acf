//! Which rows the list shows, and in which order: by what they hold, by their state, by what is sorted for.

use std::cmp::{Ordering, Reverse};

use crate::domain::entry::State;

use super::row::Row;

/// The order of the list, from its top.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Newest,
    /// What ends next; what has no known end follows, and then what is of no use any more.
    Ending,
    Profile,
    Name,
}

impl Order {
    pub fn name(self) -> &'static str {
        match self {
            Order::Newest => "newest first",
            Order::Ending => "ending first",
            Order::Profile => "by profile",
            Order::Name => "by name",
        }
    }

    pub fn next(self) -> Order {
        match self {
            Order::Newest => Order::Ending,
            Order::Ending => Order::Profile,
            Order::Profile => Order::Name,
            Order::Name => Order::Newest,
        }
    }

    /// How two rows stand in the list; of equal ones the newer stands above.
    pub fn compare(self, a: &Row, b: &Row) -> Ordering {
        let newer = b.job.cmp(&a.job);
        let words = |row: &Row| row.name.as_str().to_lowercase();
        match self {
            Order::Newest => newer,
            Order::Ending => until(a).cmp(&until(b)).then(newer),
            Order::Profile => a.profile.as_str().cmp(b.profile.as_str()).then(newer),
            Order::Name => words(a).cmp(&words(b)).then(newer),
        }
    }
}

/// Rises with the time a row can still be used: its rank, and its end where one is known.
fn until(row: &Row) -> impl Ord {
    let rank = match (row.state, row.ends) {
        (State::Live | State::Ending, Some(_)) => 0,
        (State::Creating | State::Live | State::Ending, _) => 1,
        (State::Maybe, _) => 2,
        (State::Ended | State::Failed | State::Deleted, _) => 3,
    };
    // Of what is over the latest is the nearest.
    let over = Reverse(row.ends.filter(|_| rank == 3));
    (rank, row.ends.filter(|_| rank == 0), over)
}

/// The states whose rows are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum States {
    #[default]
    All,
    /// What can be used, or soon.
    Live,
    /// What somebody should look after.
    Trouble,
    Over,
}

impl States {
    pub fn name(self) -> &'static str {
        match self {
            States::All => "all",
            States::Live => "live",
            States::Trouble => "failed or maybe",
            States::Over => "over",
        }
    }

    pub fn next(self) -> States {
        match self {
            States::All => States::Live,
            States::Live => States::Trouble,
            States::Trouble => States::Over,
            States::Over => States::All,
        }
    }

    fn hold(self, state: State) -> bool {
        match self {
            States::All => true,
            States::Live => matches!(state, State::Creating | State::Live | State::Ending),
            States::Trouble => matches!(state, State::Failed | State::Maybe),
            States::Over => matches!(state, State::Ended | State::Deleted),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// In lower case; an empty one holds all rows.
    filter: String,
    pub states: States,
    pub order: Order,
}

impl View {
    pub fn filter(&self) -> &str {
        &self.filter
    }

    pub fn set_filter(&mut self, text: &str) {
        self.filter = text.to_lowercase();
    }

    /// Whether it leaves rows out.
    pub fn is_partial(&self) -> bool {
        !self.filter.is_empty() || self.states != States::All
    }

    pub fn shows(&self, row: &Row) -> bool {
        self.states.hold(row.state) && row.holds(&self.filter)
    }
}
