//! Tests of rules: cases with the scores that must come out, how much of a pack they reach
//! (coverage), and whether they would notice a wrong rule (mutation).
//!
//! A suite is a file of cases: [`read`] takes `.cases` (written like a rule file), `.toml`, `.csv` and
//! `.xlsx`. A case names its facts, changes to them, and what must come out. [`run`] scores it and
//! says what differs.
//!
//! **Invariant:** nothing here opens a file, and the evaluator is the one that scores departments.

pub mod coverage;
mod expect;
mod facts;
pub mod mutate;
mod reach;
pub mod read;
mod run;
mod suite;
pub mod witness;
mod wording;

pub use expect::{Difference, Expect};
pub use facts::{assemble, changed};
pub use run::{Bench, Prepared, Ran, prepare, run, run_prepared};
pub use suite::{Base, Suite, TestCase};
