//! Facts and calendars from bytes, programs and scorecards to and from their wire forms.
//!
//! Whatever the format, what a department hands in takes one path: bytes are read into a tree of
//! names and texts with their places (`raw`), the tree is laid out by the schema (`bind`), and each
//! text becomes a value of its datum's type (`parse_value`). So a date, an amount or the word 缺报
//! means the same in TOML, JSON and a workbook, and every finding says where it stands.
//!
//! **Invariant:** nothing here opens a file; nothing is rounded, guessed or taken for nought.

mod bind;
mod calendar;
mod date;
mod flat;
mod head;
mod index;
mod number;
mod parse_value;
mod raw;
mod reader;
mod texts;
pub mod wire;
mod wording;
mod words;

pub use calendar::read_calendar;
pub use flat::{Layout, Refused, Target};
pub use head::name_and_unit;
pub use reader::{FactsFile, Reading, SheetTexts, read_facts, read_sheet_texts, sheet_name};
pub use texts::{fact_heads, fact_texts};
pub use words::is_state_word;
