//! The table of the reference workload by columns, written by hand.

pub mod columns;
pub mod kernel;
