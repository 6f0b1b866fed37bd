//! Tests of rules: cases with the scores that must come out, how much of a pack they reach
//! (coverage), whether they would notice a wrong rule (mutation), and what must hold whatever the
//! figures are (properties).
//!
//! A suite is a file of cases: [`read`] takes `.cases` (written like a rule file), `.toml`, `.csv` and
//! `.xlsx`, and the 用例 and 性质 inside a rule file (`.heng`). A case names its facts, changes to them, and what must come out. [`run`] scores it and
//! says what differs.
//!
//! **Invariant:** nothing here opens a file, and the evaluator is the one that scores departments.

pub mod aimed;
pub mod coverage;
mod expect;
mod facts;
mod goal;
pub mod kept;
pub mod mutate;
mod pinned;
mod property;
mod prove;
mod reach;
pub mod read;
mod record;
mod run;
mod suite;
pub mod witness;
mod wording;

pub use expect::{Difference, Expect};
pub use facts::{assemble, changed};
pub use goal::{Goal, unknown_names};
pub use pinned::{pinned, pinned_text};
pub use property::{Alike, Claim, Property};
pub use prove::{Counter, Proof, Side, Start, prove};
pub use run::{Bench, Prepared, Ran, prepare, run, run_prepared};
pub use suite::{Base, Suite, TestCase};
