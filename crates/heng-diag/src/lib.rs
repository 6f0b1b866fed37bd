//! Diagnostics: what is wrong, where, why it matters and what to do, in Chinese and English.
//!
//! A [`Diagnostic`] stays structured until it is rendered; the terminal, the JSON output and an
//! editor read the same value. Codes (`stage/kebab-name`) are never translated and never reused;
//! each has a page in `docs/codes/`.

mod diagnostic;
mod render;
mod source;
mod text;

pub use diagnostic::{Diagnostic, Edit, Fix, Label, Severity, sort};
pub use render::{Format, render, render_all};
pub use source::{FileId, LineColumn, SourceFile, Sources, Span};
pub use text::{Lang, Text};
