//! Sentences and tables of notices, from outside the crate.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects by failing"
)]

mod normal;
mod packs;
mod sentences;
mod tables;
