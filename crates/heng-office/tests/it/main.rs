//! The table out and back: every pack of `rules/`, and edits of each kind.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test says what it expects by failing"
)]

mod attacks;
mod edit;
mod edits;
mod out;
mod same;
mod support;
