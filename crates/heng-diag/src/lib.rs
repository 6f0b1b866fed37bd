//! Diagnostics: what is wrong, where, why it matters and what to do, in Chinese and English.
//!
//! A [`Diagnostic`] stays structured until it is rendered; the terminal, the JSON output and an
//! editor read the same value. Codes (`stage/kebab-name`) are never translated and never reused;
//! each has a page in `docs/codes/`.

mod diagnostic;
mod excerpt;
mod fix;
mod html;
mod json;
mod render;
mod report;
mod source;
mod text;
mod visible;
mod wording;

pub use diagnostic::{Diagnostic, Edit, Fix, Label, Severity, sort};
pub use fix::{Fixed, apply_fixes};
pub use html::escape_html;
pub use render::{Format, render, render_all, render_together};
pub use source::{FileId, LineColumn, SourceFile, Sources, Span};
pub use text::{Lang, Pair, Text, pick};
pub use visible::{is_invisible, visible};
