//! Sentences and tables of notices, from outside the crate.

mod normal;
mod packs;
mod sentences;
mod tables;
