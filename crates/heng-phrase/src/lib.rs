//! How values, expressions and criteria are said, in Chinese and English.
//!
//! The score sheet, the trace, the JSON scorecard, `explain`, `doc` and the diff all have to say
//! the same expression in the same words. The words belong neither to the model, which has no
//! text, nor to the language front end: a stored program is explained without a parser.
//!
//! | module | says |
//! |---|---|
//! | `number` | numbers with their units |
//! | `value` | values, data, states, outcomes |
//! | `expr` | expressions as the rule language writes them, with names or with numbers put in |
//! | `cause` | why a finding was made, and what to do |
//! | `criterion` | the rule of an indicator as a notice would say it |
//! | `wording` | the words of all of them, zh and en side by side |

mod cause;
mod criterion;
mod expr;
mod number;
mod phrase;
#[cfg(test)]
mod tests;
mod value;
mod wording;

pub use number::{decimal, points};
pub use phrase::Phrase;
