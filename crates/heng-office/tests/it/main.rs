//! The table out and back: every pack of `rules/`, and edits of each kind.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

mod out;
mod same;
mod support;
