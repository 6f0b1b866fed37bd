//! Scoring tables of notices: criterion sentences and whole tables read into rules.
//!
//! heng-phrase says a block as a notice would; this crate goes the other way. A sentence is read
//! when one pattern fits all of it, and refused otherwise, with the pattern that comes nearest:
//! what could mean two things is never read as one of them. A table becomes a pack; what was not
//! understood is listed, never dropped.

mod amount;
mod canonical;
mod clause;
mod combine;
mod fold;
mod import;
mod pattern;
mod range;
mod reading;
mod sentence;
mod table;
mod text;
mod wording;

pub use canonical::{Names, read_canonical};
pub(crate) use heng_dsl::KEYWORDS;
pub use import::{ImportOptions, Imported, NotATable, Remark, choose_table, import_table};
pub use reading::{Datum, Frame, Guess, Known, Reading, Refusal, Why};
pub use sentence::read_sentence;
pub use table::{
    Broken, MOST_CELLS, OfficeFile, OfficeRow, OfficeTable, Table, read_document, read_document_file, read_text_table,
    read_workbook, read_workbook_file, tables_of,
};
pub use text::one_line;
