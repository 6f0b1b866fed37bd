//! The rule language: from the text of a rule file to a [`heng_model::Program`].
//!
//! ```text
//! text -fold-> half-width -parse-> pairs -build-> tree -lower-> program -check-> findings
//! ```
//! Every stage returns what it could make *and* all it has to say. A file with ten mistakes gives
//! ten findings: a line that cannot be read is reported and skipped, a headline that cannot be read
//! is reported and its block is read on.

// What pest makes of the grammar names it.
extern crate alloc;

mod aim;
mod amend;
mod ast;
mod balance;
mod build;
mod check;
mod compile;
pub mod diff;
mod fold;
mod format;
mod import;
mod keywords;
mod lower;
mod outline;
mod parse;
mod place;
mod proof;
mod reading;
mod retouch;
mod tree;
mod wording;
mod words;

pub use aim::{Aim, Goal};
pub use amend::{based_on, has_rules, is_amendment};
pub use check::PRACTICE;
pub use compile::{Compiled, compile, compile_with};
pub use format::{FormatOptions, Formatted, format};
pub use import::{Found, Loader, Wanted, alone, has_use};
pub use keywords::{KEYWORDS, Keyword, WORDS};
pub use proof::proofs;
pub use reading::{Reading, expand};
pub use retouch::{Retouch, Touch, retouch};
pub use tree::{Node as TreeNode, dump_tree};
