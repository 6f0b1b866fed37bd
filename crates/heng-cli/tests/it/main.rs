//! The command line as its users meet it: real folders, real files, the built program.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test says what it expects by failing"
)]

mod bad_input;
mod batch;
mod cases;
mod check;
mod common_checks;
mod doc;
mod document_checks;
mod example;
mod explain;
mod fmt;
mod formats;
mod hostile;
mod impact;
mod import;
mod imports;
mod kit;
mod many;
mod office_files;
mod one_fact;
mod onto;
mod packs;
mod proofs;
mod register;
mod report;
mod robust;
mod shipping;
#[cfg(feature = "parquet")]
mod stored;
mod survive;
mod tutorial;
mod twin;
mod variants;
mod verify;
mod workbooks;
mod years;
