//! Scorecards as text.
//!
//! The score sheet is what a department and its reviewer both read, so every point on it has a
//! reason, every datum its origin, and every rule its source and status. A total that is not
//! decided is never shown as one.
//!
//! | module | holds |
//! |---|---|
//! | `account` | which points were lost, rest on assumptions, or are open |
//! | `data` | the data behind a score, with their origins |
//! | `reason` | how a score came about, in one line |
//! | `regain` | what one fact more would have brought, and cliffs |
//! | `record` | the scorecard row by row, for documents |
//! | `steps` | how it came about, step by step |
//! | `sheet` | the score sheet |
//! | `explain` | one indicator, as a person would write it |
//! | `layout` | columns that align under wide characters |
//! | `wording` | the words, zh and en side by side |

mod account;
mod data;
mod explain;
mod layout;
mod reason;
mod record;
mod regain;
mod sheet;
mod steps;
mod teller;
#[cfg(test)]
mod tests;
mod weights;
mod wording;

use heng_model::{Facts, Program, Scorecard, facts::Subject};

pub use explain::{explain, explain_all};
pub use record::{Item, Record, Row, record};
pub use regain::tell_cliffs;
pub use sheet::score_sheet;

/// A scorecard with what it was made of.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The rules.
    pub program: &'a Program,
    /// The data.
    pub facts: &'a Facts,
    /// Who was scored.
    pub subject: &'a Subject,
    /// The scores.
    pub scorecard: &'a Scorecard,
}
