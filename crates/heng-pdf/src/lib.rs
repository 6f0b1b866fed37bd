//! The report as PDF: the same parts that the docx is made of, set by typst after GB/T 9704-2012.
//!
//! `source` writes them in typst's language, `choice` settles the fonts, `setting` has typst set them. Typst
//! takes long to compile, so the last is there with the feature `typst` alone; the others are always tested.
//!
//! **Invariant:** no clock and no file: fonts come as bytes, and the same inputs give the same bytes.

mod choice;
#[cfg(feature = "typst")]
mod setting;
mod source;

pub use choice::{Choice, Substitution, choose};
#[cfg(feature = "typst")]
pub use setting::{Face, Unset, print};
pub use source::source;
