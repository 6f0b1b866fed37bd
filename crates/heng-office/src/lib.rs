//! The scoring table of a pack goes out to Word and Excel, is edited there, and comes back.
//!
//! The table that is written carries a record of what stood in each of its cells. When it comes back, that
//! record is the base of a merge in three ways: what was edited in the table goes into the rule file, what was
//! edited in the rule file meanwhile stays, and where both say something else of one cell, both are shown.
//!
//! | module | holds |
//! |---|---|
//! | `field` | what a cell holds |
//! | `page` | the table of a pack |
//! | `ledger` | what was written |
//! | `book`, `docx` | the table as a workbook and as a document |
//! | `back` | a table that came back |
//! | `compare` | what was written, what came back and the pack today |
//! | `read` | criteria read back |
//! | `insert` | rows that are new |
//! | `merge` | edits as changes of the rule file |
//! | `wording` | the words, zh and en side by side |

mod back;
mod book;
mod compare;
mod docx;
mod field;
mod insert;
mod ledger;
mod merge;
mod page;
mod read;
#[cfg(test)]
mod tests;
mod wording;

use heng_diag::{Diagnostic, Lang};
use heng_model::Program;

pub use back::{BackRow, NotBack, Returned, Strange, ledger, open, returned};
pub use compare::{Compared, Doubt, Edit, Why, compare};
pub use field::Field;
pub use ledger::{Ledger, NoLedger};
pub use merge::{Choice, Conflicts, Merged, Unmade, merge};
pub use page::{Cells, Page, Row, plain};

/// In which file a table goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A workbook: xlsx.
    Workbook,
    /// A document: docx.
    Document,
}

/// The scoring table of a pack as a file of Word or Excel; the same pack gives the same bytes.
///
/// # Errors
/// What such a file cannot hold.
pub fn write(program: &Program, lang: Lang, kind: Kind) -> Result<Vec<u8>, Box<Diagnostic>> {
    let page = Page::of(program, lang);
    let record = Ledger::of(&page);
    match kind {
        Kind::Workbook => book::write(&page, &record).map_err(|error| Box::new(wording::unwritten(&error.to_string()))),
        Kind::Document => docx::write(&page, &record).map_err(|error| Box::new(wording::unwritten(&error.to_string()))),
    }
}
