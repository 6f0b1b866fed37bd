//! The table out and back: every pack of `rules/`, and edits of each kind.

mod out;
mod support;
