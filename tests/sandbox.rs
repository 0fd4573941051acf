//! The sandbox, asked over real connections by a client of a few lines: what each service grants, what it refuses and
//! in which words, what it has really made, and how it misbehaves on order.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]

mod sandbox {
    mod bbb;
    mod bbb_join;
    mod bunch;
    mod checksum;
    mod client;
    mod faults;
    mod joinme;
    mod metered;
    mod serving;
    mod whereby;
}
