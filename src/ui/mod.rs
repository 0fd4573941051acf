//! Drawing: a pure function of the `Model`, one module per page. Words over icons, one accent, no box inside a box.

pub mod form;
pub mod parts;
pub mod theme;
