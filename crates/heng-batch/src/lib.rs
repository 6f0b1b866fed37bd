//! Many departments at once: a file with a department a row goes in, a file with a row of scores for
//! each comes out.
//!
//! Rows are read in blocks of bounded size, blocks are scored by as many threads as are asked for and
//! written in the order in which they were read, so the bytes that come out depend on the bytes that
//! go in and on nothing else. A row that cannot be read is set aside with line, column, reason and
//! value; the run goes on.
//!
//! | module | one noun |
//! |---|---|
//! | [`chunk`] | whole records cut from a stream of bytes |
//! | [`record`] | one line of a file as its cells |
//! | [`table`] | which column of the file is what |
//! | `parse`, [`typed`] | plain text straight into columns |
//! | [`mod@line`] | one department as a line of the output |
//! | [`source`] | files of other formats as lines of the same form |
//! | `columnar` (feature `parquet`) | scores as Parquet |
//! | [`rows`] | a whole file in memory |
//! | [`impact`] | the same departments under two rule sets |
//! | [`totals`] | every department scored, in memory |
//! | [`overview`] | scores put in order: ranking, distributions, self-scores |
//! | [`sensitivity`], [`calibrate`] | what hangs on the numbers of the rules; which line gives a share |
//! | [`svg`] | pictures of numbers |
//! | [`peers`] | what every unit gives to the others, where units are scored among each other |
//! | `side` | one thing done to many, side by side |
//! | [`mod@run`] | the way from stream to stream |
//!
//! **Invariant:** nothing here opens a file, and no row is dropped unseen: read is scored plus set
//! aside.

pub mod calibrate;
pub mod chunk;
#[cfg(feature = "parquet")]
pub mod columnar;
pub mod impact;
pub mod line;
pub mod overview;
mod parse;
pub mod peers;
pub mod record;
pub mod rows;
pub mod run;
pub mod sensitivity;
mod sheet;
mod side;
pub mod source;
pub mod svg;
pub mod table;
pub mod totals;
pub mod typed;
pub mod wording;

pub use chunk::{Chunk, Chunker};
pub use peers::Survey;
pub use run::{Job, Rules, Streams, Summary, run};
pub use side::by_side;
pub use table::Table;
pub use typed::Typed;
