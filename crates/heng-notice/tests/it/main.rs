//! Sentences and tables of notices, from outside the crate.

mod sentences;
mod tables;
