//! Places: what is in a program knows where it was written; a finding wants that as a span.

use heng_diag::{FileId, Span};
use heng_model::expr::SourceRef;

/// The place of something that is in a program.
pub fn span(at: SourceRef) -> Span {
    Span { file: FileId(at.file), start: at.start, end: at.end }
}
